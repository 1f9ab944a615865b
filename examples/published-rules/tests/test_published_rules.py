"""The published rules are sound, stand in the places of shipped rules, and do what their papers say."""

import sys
from pathlib import Path

import numpy as np
import pytest
from cashless_sim import Scenario
from cashless_sim.calibration.points import asking, points
from cashless_sim.calibration.score import crps
from cashless_sim.calibration.targets import register
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.testing import check_rule

from published_rules import RULES
from published_rules.banerjee2013 import Awareness
from published_rules.rogers2003 import UP_TO, Consider

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


@pytest.mark.parametrize("use", RULES.values(), ids=list(RULES))
def test_a_published_rule_is_sound_and_replaces_a_shipped_one(use):
    report = check_rule(use)
    assert report.ok, str(report)
    name = use.rpartition(":")[2]
    assert name in ORDER
    assert {c.name for c in rule_named(name).owns} <= {c.name for c in rule_named(use).owns}


class Home:
    """A household, its contacts or its luck, for a rule called with plain numbers."""

    def __init__(self, **values):
        self.__dict__.update(values)


def unaware(**more):
    return Home(aware_bank=False, aware_wallet=False, heard_from=0, moved_in=False, transacts=False, **more)


@pytest.mark.parametrize(
    ("paying", "informed", "chance"), [(1, 1, 0.35), (0, 1, 0.05), (2, 2, 1 - 0.65**2), (0, 0, 0.0)]
)
def test_information_is_passed_with_its_chance(paying, informed, chance):
    rule, here = Awareness(), Home(informed=0.0, teller=0)
    for luck, told in ((max(chance - 0.001, 0.0), chance > 0), (chance + 0.001, False)):
        home = unaware()
        rule.household(home, Home(paying=float(paying), informed=float(informed)), here, Home(hears=luck, which=0.9))
        assert home.aware_bank is told


def test_payers_tell_seven_times_as_often():
    assert 1 / float(Awareness().ratio) == pytest.approx(7, abs=0.01)


def test_the_kinds_are_those_of_rogers():
    assert UP_TO == (0.025, 0.16, 0.5, 0.84, 1.0)
    assert list(Consider().threshold) == sorted(Consider().threshold)


def test_the_comparison_names_what_it_scores():
    import compare

    truth = compare.published(asking(register("check"), points(), "time"))
    assert set(compare.HEADLINE) <= set(truth) and len(truth) == 31
    assert all(0 < value < 1 for value in truth.values())
    assert not set(truth) & {target.name for target in register("check").targets}
    month = compare.month_with(RULES["threshold"])["month.rules"]
    assert {"use": RULES["threshold"]} in month and len(month) == len(ORDER)


@pytest.mark.parametrize("use", ["", *RULES.values()])
def test_every_month_has_as_many_free_numbers_each_with_a_place(use):
    import compare

    priors = compare.free_in(use, register("check").member(compare.STRUCTURE))
    scenario = Scenario.load("no-outreach").with_(compare.month_with(use))
    middle = {prior.key: prior.at(0.5) for prior in priors}
    rules = {type(rule).__name__: rule for rule in scenario.with_(middle).settings().rules}
    assert len(middle) == 10
    for key, value in middle.items():
        kind, _, name = key.removeprefix("rules.").partition(".")
        assert not key.startswith("rules.") or float(rules[kind].values[name]) == pytest.approx(value)


def test_only_what_is_fitted_is_weighed():
    import compare

    aims = [Home(value=0.5, sd=0.1), Home(value=0.0, sd=compare.UNSEEN)]
    assert compare.fitted_only(np.array([[0.7, 0.9], [0.5, np.nan]]), aims) == pytest.approx([4.0, 0.0])


def test_the_score_of_even_draws_is_the_shipped_one():
    import compare

    values = np.array([0.1, 0.4, 0.2, 0.9])
    assert compare.weighted_crps(values, np.full(4, 0.25), 0.3) == pytest.approx(crps(values, 0.3))
