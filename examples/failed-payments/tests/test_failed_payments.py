"""Both rules are sound, do what they say, and change nothing where they are told to do nothing."""

from pathlib import Path

import cashless_sim.rules.learn as shipped
import numpy as np
import pytest
from cashless_sim import CashlessModel, Scenario
from cashless_sim.testing import check_rule, few

from failed_payments.rules import FailedPayments, Learn

HERE = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("rule", [FailedPayments, Learn])
def test_the_rule_is_sound(rule):
    report = check_rule(rule)
    assert report.ok, str(report)


class Home:
    """A household for a rule called with plain numbers."""

    def __init__(self, **values):
        self.__dict__.update(values)


def test_a_failure_is_vivid_and_fades():
    rule, home = FailedPayments(), Home(failures=[1, 0, 0], counted=[0, 0, 0], sore=0.0)
    rule.household(home, None, None, None)
    assert home.sore == 1.0 and home.counted == [1, 0, 0]
    rule.household(home, None, None, None)
    assert home.sore == pytest.approx(0.7)


@pytest.fixture(scope="module")
def plan():
    return Scenario.load(HERE / "warned.toml", allow_code=True).with_(households=200, start="2023-06", end="2023-07")


def lived(plan, learn):
    settings = plan.settings()
    rules = tuple(learn if type(rule).__name__ == "Learn" else rule for rule in settings.rules)
    made = type(settings)(**{**vars(settings), "rules": rules})
    model = CashlessModel(made, few(plan.population(), 120), seed=1, level="interpreted", debug=True)
    model.run()
    return model


def test_without_warnings_it_is_the_shipped_rule(plan):
    mine, theirs = lived(plan, Learn(warns=0.0)), lived(plan, shipped.Learn())
    for name in theirs.columns:
        np.testing.assert_array_equal(mine.columns.stored(name), theirs.columns.stored(name), err_msg=name)


def test_warnings_reach_those_who_know_and_soften_scams(plan):
    model = lived(plan, Learn(warns=1.0, shield=1.0, caution=0.0))
    assert model.columns.stored("warned").any()
    blow = lived(plan, Learn(warns=0.0))
    higher = model.columns.values("trust") - blow.columns.values("trust")
    assert higher.min() >= -(2**-13) and higher.max() > 0.01
