"""Statistics A to G worked out by hand from made-up sums."""

from dataclasses import replace
from fractions import Fraction as F

import numpy as np
import pytest

from cashless_sim.codes import CASH, DIGITAL, METHODS, Bill, Method
from cashless_sim.model.observation import counted_as_cashless, statistics
from cashless_sim.model.settings import Observation

ASSUMED = Observation(
    agent_counted_before=0.25,
    agent_counted_after=0.75,
    recount=600,
    firms=0.125,
    firms_digital=0.5,
    firms_revenue=0.375,
    helped_counted=0.5,
    payer_ratio=1.25,
    other_bills_digital=0.25,
    other_bills_cash=0.0625,
    accounts_ratio=1.5,
)
COUNTS = {int(m): 3 + 7 * n for n, m in enumerate(METHODS)}
SUMS = {
    **{f"uses.{m}": count for m, count in COUNTS.items()},
    **{f"value.{m}": 1000 * count + m for m, count in COUNTS.items()},
    f"customers.{int(Bill.ELECTRICITY)}": 2 * sum(COUNTS.values()),
    "account": 100,
    "account_or_money": 70,
    "households": 240,
    "survey_digital": 40,
    "survey_helped": 12,
    "utility_payers": 160,
    "adults_paying": 300,
    "adults_transacting": 48,
    "adults": 500,
}


def counted(settings=ASSUMED, month=700, **changed):
    held = {**SUMS, **changed}
    found = statistics(lambda name: np.array([float(held[name])]), settings, month)
    return {code: float(value[0]) for code, value in found.items()}


def uses(*methods):
    return sum(COUNTS[int(m)] for m in methods)


def test_the_methods_are_those_of_the_test():
    assert {int(m) for m in (*DIGITAL, *CASH, Method.PROXY)} == set(COUNTS)
    assert Method.AGENT in CASH and Method.PROXY not in (*DIGITAL, *CASH)


def test_a_is_all_but_home_and_own_counter():
    through = uses(Method.AGENT, Method.PROXY, *DIGITAL)
    assert counted()["A"] == pytest.approx(float(F(through, SUMS["customers.0"])))


@pytest.mark.parametrize(("month", "share"), [(599, F(1, 4)), (600, F(3, 4)), (601, F(3, 4))])
def test_b_counts_a_share_of_agents_cash_and_firms(month, share):
    assert counted_as_cashless(ASSUMED, month) == share
    households = F(uses(*DIGITAL, Method.PROXY) + share * uses(Method.AGENT), SUMS["customers.0"])
    assert counted(month=month)["B"] == pytest.approx(float(F(7, 8) * households + F(1, 8) * F(1, 2)))


@pytest.mark.parametrize(("month", "share"), [(599, F(1, 4)), (600, F(3, 4))])
def test_c_is_the_same_of_value(month, share):
    value = {m: SUMS[f"value.{m}"] for m in COUNTS}
    digital = sum(value[int(m)] for m in (*DIGITAL, Method.PROXY)) + share * value[int(Method.AGENT)]
    households = F(digital) / sum(value.values())
    assert counted(month=month)["C"] == pytest.approx(float(F(5, 8) * households + F(3, 8) * F(1, 2)))


def test_d_is_of_adults_who_paid():
    digital = F(5, 4) * (40 + F(1, 2) * 12)
    assert counted()["D"] == pytest.approx(float(digital / (digital + 160 - 40 - 6)))


def test_d_has_no_fewer_than_no_others():
    assert counted(utility_payers=20)["D"] == 1.0


def test_e_is_of_all_adults():
    payers = F(5, 4) * 40
    assert counted()["E"] == pytest.approx(float((payers + F(1, 4) * (300 - payers) + F(1, 16) * 48) / 500))


def test_e_has_no_more_payers_than_adults_paying():
    assert counted(survey_digital=290)["E"] == pytest.approx((300 + 48 / 16) / 500)


def test_f_and_g_are_of_households():
    assert counted()["F"] == pytest.approx(1.5 * 100 / 240)
    assert counted(account=200)["F"] == 1.0
    assert counted()["G"] == pytest.approx(70 / 240)


def test_nobody_is_no_number_and_no_warning():
    held = dict.fromkeys(SUMS, 0.0)
    found = statistics(lambda name: np.array([held[name]]), ASSUMED, 700)
    assert all(np.isnan(found[code][0]) for code in ("A", "D", "E", "F", "G", "B", "C"))


def test_without_firms_b_is_that_of_households():
    bare = replace(ASSUMED, firms=0.0)
    assert counted(bare)["B"] == pytest.approx(
        float(F(uses(*DIGITAL, Method.PROXY) + F(3, 4) * uses(Method.AGENT), 1)) / SUMS["customers.0"]
    )
