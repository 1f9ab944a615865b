"""Published experiments, simulated: the sign always, the range as docs/patterns.md says."""

import importlib.util
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cashless_sim.data import place
from cashless_sim.model.model import CashlessModel
from cashless_sim.population.population import synthesise
from cashless_sim.scenario import Scenario
from cashless_sim.units import month_number

POSITIVE = ("assisted", "spreaders", "by hand", "switch", "late old", "complements", "long run")


@pytest.fixture(scope="module")
def patterns(root):
    folder = root / "benchmarks"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("patterns", folder / "patterns.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["patterns"] = module
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def values(patterns):
    return patterns.simulate()


@pytest.fixture(scope="module")
def found(patterns, values):
    return {row.pattern.key: row for row in patterns.judged(values)}


@pytest.mark.slow
@pytest.mark.parametrize("key", POSITIVE)
def test_the_sign_is_that_of_the_experiment(found, key):
    assert found[key].low > 0


@pytest.mark.slow
def test_teaching_without_gates_does_next_to_nothing(found, values):
    """The negative control: the same class where gates are open, a visit, does far more."""
    assert abs(found["training"].value) < 0.02
    assert values["ordinary visit"][1] > found["training"].high


@pytest.mark.slow
def test_standing_orders_outlast_the_money(found):
    assert found["by standing order"].high < found["by hand"].low


@pytest.mark.slow
def test_nobody_comes_back_to_counters_that_are_gone(found):
    assert found["rebound"].low > 0


@pytest.mark.slow
def test_the_page_says_pass_and_miss_as_they_are(patterns, found):
    """An honest miss stays in the table; a row that changes sides must be written down."""
    computed = {row.pattern.title: row.status for row in found.values()}
    assert patterns.documented() == computed


def test_a_value_outside_its_range_is_a_miss(patterns):
    pattern = patterns.PATTERNS[0]
    assert patterns.Found(pattern, pattern.high + 0.01, 0.0, 1.0).status == "miss"
    assert patterns.Found(pattern, pattern.high, 0.0, 1.0).status == "pass"


def test_the_interval_of_equal_seeds_has_no_width(patterns):
    value, low, high = patterns.ratio(np.array([[1.0, 4.0]] * 3))
    assert value == low == high == 0.25


# -- plausibility of levels, priors only ---------------------------------------------------------------------------
@pytest.fixture(scope="module")
def national():
    """Statistic D by month with and without outreach, 5,000 households of the country, three lucks, no fit."""
    settings = Scenario.load("viet-nam").settings()
    people = synthesise(place("viet-nam"), 5000, seed=1)
    arms = {}
    for name, campaigns in (("history", settings.campaigns), ("no outreach", ())):
        runs = []
        for replicate in range(3):
            model = CashlessModel(replace(settings, campaigns=campaigns), people, seed=1, replicate=replicate)
            frame = model.run(month_number("2022-12") - settings.start + 1)
            chosen = frame[(frame["measure"] == "D") & (frame["group"] == "all")]
            runs.append(chosen.set_index("month")["value"])
        arms[name] = pd.concat(runs, axis=1)
    return arms


def test_few_paid_digitally_in_2017(national):
    assert (national["history"].loc[:"2017-12"] < 0.10).all(axis=None)


def test_some_but_not_all_do_in_2022(national):
    late = national["history"].loc["2022-01":]
    assert ((late > 0.10) & (late < 0.60)).all(axis=None)


def test_outreach_raises_the_level(national):
    """Paired on three lucks: the mean difference lies more than two standard errors above zero."""
    difference = (national["history"] - national["no outreach"]).loc["2022-12"]
    assert difference.mean() > 2 * difference.std(ddof=1) / np.sqrt(3)
