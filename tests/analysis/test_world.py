"""Plans tried on the model: doses become campaigns, money is what was spent, and the response is that of the runs."""

from dataclasses import replace

import numpy as np
import pytest

from cashless_sim.analysis.optimise.problem import Line, Offer, Problem
from cashless_sim.analysis.optimise.screening import screened
from cashless_sim.analysis.optimise.world import Simulated
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.rules.campaigns import CHANNELS
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

START = month_number("2017-07")
VISITS = Offer("visits", "home-visit", "bank", START, START, most=60.0, cost=20_000.0, evenings=0.25)
TEXTS = Offer("texts", "sms", "bank", START, START + 1, target={"smartphone": True})
HOUSEHOLDS = 14_000


@pytest.fixture(scope="module")
def problem():
    lines = (Line("pot", "bank", 2017, 1e9, ("home-visit", "sms")),)
    return Problem((VISITS, TEXTS), lines, "2017-09")


@pytest.fixture(scope="module")
def world(problem, tmp_path_factory):
    store = tmp_path_factory.mktemp("world") / "store.sqlite"
    return Simulated(problem, Scenario.load("no-outreach"), store, HOUSEHOLDS, workers=1, code="test")


@pytest.fixture(scope="module")
def outcomes(world):
    plans = {
        "base": {},
        "half": {("visits", p): 0.5 for p in world.places},
        "twin": {("visits", p): 0.0 for p in world.places},
    }
    return world.outcomes(plans, seed=1, draws=2)


def test_doses_become_campaigns(world):
    made = world.scenario({("visits", "Van Lam"): 0.5, ("texts", "Van Lam"): 0.25, ("visits", "Phu Cu"): 0.0}, "plan")
    added = {c.name: c for c in made.settings().campaigns}
    assert set(added) == {"visits@Van Lam", "texts@Van Lam"}
    homes = world.homes["district=Van Lam"]
    assert added["visits@Van Lam"].capacity == round(0.5 * 60 * homes / 1000)
    assert added["visits@Van Lam"].districts == ("Van Lam",) and added["visits@Van Lam"].contact_cost == 20_000
    assert added["texts@Van Lam"].intensity == 0.25
    assert added["texts@Van Lam"].contact_cost == CHANNELS["sms"].cost.value


def test_no_dose_is_no_change(outcomes):
    assert np.array_equal(outcomes["base"].shares, outcomes["twin"].shares)
    assert outcomes["twin"].spent == {}


def test_money_is_contacts_times_cost(world, outcomes):
    half = outcomes["half"]
    assert set(half.spent) == {("visits", place) for place in world.places}
    for cell, spent in half.spent.items():
        assert spent == pytest.approx(half.contacts[cell] * 20_000)
        assert half.contacts[cell] == pytest.approx(0.5 * 60 * world.homes[f"district={cell[1]}"] / 1000, rel=0.35)
    assert (half.shares[:, 0] > outcomes["base"].shares[:, 0]).all()


def test_the_response_is_that_of_the_runs(world, problem):
    response = screened(world, problem, seed=1, draws=2, knots=(0.5, 1.0))
    assert response.money.shape == (2, 10) and (response.money > 0).all()
    assert (np.diff(response.slopes, axis=-1) <= 1e-9).all() and (response.slopes >= 0).all()
    assert response.evenings[1].sum() == 0 and response.evenings[0].sum() > 0
    full = world.outcomes({"full": {("visits", p): 1.0 for p in world.places}}, seed=1, draws=2)["full"]
    doses = response.array({("visits", p): 1.0 for p in world.places})
    assert response.predicted(doses)[:, 0] == pytest.approx(full.shares[:, 0], abs=0.01)


def test_a_sample_that_leaves_a_place_out_is_refused(problem, tmp_path):
    small = Simulated(problem, Scenario.load("no-outreach"), tmp_path / "s.sqlite", 1_000, workers=1, code="test")
    with pytest.raises(BadValue, match="households of .* in the sample is 0"):
        screened(small, problem, seed=1, draws=2)


def test_a_measure_that_is_no_share_is_refused(problem, tmp_path):
    for measure, near in (("usin", "using"), ("spent", None)):
        asked = replace(problem, measure=measure)
        with pytest.raises(UnknownName, match="no measure that is a share named") as told:
            Simulated(asked, Scenario.load("no-outreach"), tmp_path / "s.sqlite", 1_000, code="test")
        assert near is None or told.value.facts["near"] == near
