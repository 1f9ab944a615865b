"""Costs of made-up runs, every sum worked out by hand; what breaking `costs` on purpose had left unnoticed."""

from types import SimpleNamespace as Made

import numpy as np
import pandas as pd
import pytest

from cashless_sim.analysis.costs import BILLS, cost_per, effects, spending
from cashless_sim.analysis.pairing import LUCK
from cashless_sim.experiment.runs import Runs

MONTHS = ("2020-11", "2020-12")
FULL = 1_000.0


def frame(name: str, replicate: int) -> pd.DataFrame:
    rows = []
    plan = name == "plan"
    for at, month in enumerate(MONTHS):
        rows += [(month, "households", "all", FULL), (month, "using", "all", 0.2 + 0.1 * plan + 0.01 * replicate)]
        rows += [(month, "households", BILLS[0], 7.0), (month, "spent", "all", 99.0)]
        for number, bill in enumerate(BILLS):
            rows += [
                (month, "bills", bill, 100.0 + number),
                (month, "own_digital", bill, 0.5 + 0.25 * plan),
                (month, "late", bill, 0.25),
                (month, "cost_to_serve", bill, np.nan if number == 2 else 8.0 - 4.0 * plan),
            ]
        if plan:
            rows += [(month, "spent", f"campaign={one}", cost + 100 * replicate + at) for one, cost in CAMPAIGNS]
    return pd.DataFrame(rows, columns=["month", "measure", "group", "value"]).assign(scenario=name, replicate=replicate)


CAMPAIGNS = (("visits", 1_000.0), ("texts", 50.0))


@pytest.fixture(scope="module")
def runs():
    parts = [frame(name, replicate) for name in ("base", "plan") for replicate in range(3)]
    about = [{"name": name, "hash": name, "title": name, "title_vi": name} for name in ("base", "plan")]
    rows = [
        {"scenario": name, "replicate": n, "draw": None, "seed": 1, "households": 100, "full_size": FULL}
        for name in ("base", "plan")
        for n in range(3)
    ]
    whole = pd.concat(parts, ignore_index=True)
    whole = whole.astype(dict.fromkeys(("scenario", "month", "measure", "group"), "category"))
    return Runs(whole, {"scenarios": about, "seed": 1, "runs": rows})


def test_added_cost_is_that_of_campaigns_and_none_is_nothing(runs):
    found = effects(runs, "base").sort_values("replicate")
    assert found["cost"].tolist() == [2 * 1_050.0 + 400 * n + 2 for n in range(3)]


def test_bills_moved_and_collecting_are_summed_over_bills_and_months(runs):
    found = effects(runs, "base")
    count = 2 * sum(100.0 + n for n in range(len(BILLS)))
    np.testing.assert_allclose(found["moved"], 0.25 * count)
    served = 2 * sum(100.0 + n for n in range(len(BILLS)) if n != 2)
    np.testing.assert_allclose(found["saved"], 0.75 * 4.0 * served)


def test_payers_are_of_all_households_in_the_last_month(runs):
    np.testing.assert_allclose(effects(runs, "base")["payers"], 100.0)


def test_a_ratio_is_of_means():
    facts = cost_per(np.array([10.0, 20.0, 60.0]), np.array([2.0, 2.1, 1.9]), LUCK)
    assert facts["cost"] == pytest.approx(30.0)
    assert facts["value"] == pytest.approx(15.0)
    assert cost_per(np.array([10.0, 20.0, 60.0]), np.array([-2.0, -2.1, -1.9]), LUCK)["value"] == pytest.approx(-15.0)


def test_spending_of_a_campaign_that_one_replicate_lacks_is_nothing_there(runs):
    campaigns = [Made(name=name, channel="sms", sponsor="bank") for name, _ in CAMPAIGNS]
    plans = [
        Made(name=name, settings=lambda given=given: Made(campaigns=given))
        for name, given in (("base", []), ("plan", campaigns))
    ]
    lacking = runs.frame[~((runs.frame["replicate"] == 1) & (runs.frame["group"] == "campaign=texts"))]
    found = spending(Runs(lacking, runs.manifest), plans, by=("campaign",))
    found = found[found["measure"] == "spent"].set_index("campaign")
    assert found.loc["texts", "mean"] == pytest.approx((101.0 + 0.0 + 501.0) / 3)
    assert found.loc["visits", "mean"] == pytest.approx((2_001.0 + 2_201.0 + 2_401.0) / 3)
