"""The published rules are sound, stand in the places of shipped rules, and do what their papers say."""

import sys
from pathlib import Path

import pytest
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

    truth = compare.published()
    assert {name.split(".")[0] for name in truth} == set(compare.SCORED)
    assert all(0 < value < 1 for value in truth.values())
    assert compare.options_of([]).budget == 40
    month = dict(compare.changed(RULES["threshold"]))["month.rules"]
    assert {"use": RULES["threshold"]} in month and len(month) == len(ORDER)
