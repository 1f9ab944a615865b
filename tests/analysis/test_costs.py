"""Costs: sums that agree with the model's books, Fieller's ratio, and silence where nothing can be told apart."""

import math
import shutil

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cashless_sim.analysis.burden import ITEMS, burden, burden_added, terms
from cashless_sim.analysis.costs import BILLS, cost_per, costs, effects, price_year, savings, spending
from cashless_sim.analysis.evidence import grade, grades, weakest
from cashless_sim.analysis.intervals import ratio_ends
from cashless_sim.analysis.targets import beside, targets
from cashless_sim.codes import Bill, Method
from cashless_sim.data import folder
from cashless_sim.errors import BadValue, DataProblem, FileProblem, UnknownName
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.rules.campaigns import CHANNELS
from cashless_sim.scenario.recipe import Scenario

VISITS = {
    "name": "visits",
    "channel": "home-visit",
    "sponsor": "bank",
    "start": "2017-09",
    "end": "2018-01",
    "capacity": 60_000,
    "cost_fixed": 1_000_000,
}
TEXTS = {"name": "texts", "channel": "sms", "sponsor": "power company", "start": "2017-10", "end": "2017-12"}


@pytest.fixture(scope="module")
def scenarios():
    base = Scenario.load("no-outreach").with_(households=1_000, end="2018-03", name="none")
    both = base.with_campaign(VISITS).with_campaign(TEXTS, name="both")
    return {"none": base, "both": both, "twin": base.with_(name="twin")}


@pytest.fixture(scope="module")
def runs(scenarios):
    return run(list(scenarios.values()), replicates=3, workers=1)


def rows(runs, **wanted):
    frame = runs.select(**wanted)
    return frame.astype({"group": str, "month": str})


# ------------------------------------------------------------------------------------------ spending


def test_spending_is_the_sum_of_the_months(runs, scenarios):
    found = spending(runs, scenarios.values(), by=("scenario", "campaign"))
    for campaign in ("visits", "texts"):
        counted = rows(runs, scenario="both", measure="spent", group=f"campaign={campaign}")
        by_replicate = counted.groupby("replicate")["value"].sum()
        row = found[(found["campaign"] == campaign) & (found["measure"] == "spent")].iloc[0]
        assert row["mean"] == pytest.approx(by_replicate.mean()) and row["n"] == 3
    contacts = found[(found["campaign"] == "visits") & (found["measure"] == "contacts")].iloc[0]["mean"]
    spent = found[(found["campaign"] == "visits") & (found["measure"] == "spent")].iloc[0]["mean"]
    assert spent == pytest.approx(contacts * CHANNELS["home-visit"].cost.value + 5 * 1_000_000)


def test_spending_by_sponsor_and_year_adds_up(runs, scenarios):
    whole = spending(runs, scenarios.values(), by=("scenario",)).set_index("measure")["mean"]
    parts = spending(runs, scenarios.values())
    assert set(parts["sponsor"]) == {"bank", "power company"} and set(parts["year"]) == {"2017", "2018"}
    assert parts.groupby("measure")["mean"].sum()["spent"] == pytest.approx(whole["spent"])


def test_spending_by_district_adds_up_where_it_is_counted(runs, scenarios):
    groups = runs.frame["group"].astype(str)
    if not groups.str.contains("district=.*;campaign=").any():
        with pytest.raises(BadValue, match="rows of spending by district"):
            spending(runs, scenarios.values(), by=("district",))
        return
    whole = spending(runs, scenarios.values(), by=("campaign",))
    parts = spending(runs, scenarios.values(), by=("campaign", "district"))
    summed = parts.groupby(["measure", "campaign"])["mean"].sum()
    contacts = whole.set_index(["measure", "campaign"])["mean"]["contacts"]
    assert summed["contacts"].to_dict() == pytest.approx(contacts.to_dict())


def test_unknown_parts_and_missing_recipes_are_refused(runs, scenarios):
    with pytest.raises(UnknownName, match="did you mean 'sponsor'"):
        spending(runs, scenarios.values(), by=("sponser",))
    with pytest.raises(UnknownName, match="scenario with its recipe"):
        spending(runs, [scenarios["both"]])
    alone = run(scenarios["none"], workers=1)
    with pytest.raises(BadValue, match="rows of spending is 0"):
        spending(alone, [scenarios["none"]])


# ------------------------------------------------------------------------------------------ costs per gain


def test_effects_are_those_of_the_frame(runs):
    table = effects(runs, "none").set_index(["scenario", "replicate"])
    for replicate in range(3):
        total = {}
        for name in ("none", "both"):
            mine = rows(runs, scenario=name, replicate=replicate)
            last = mine[(mine["month"] == "2018-03") & (mine["group"] == "all")].set_index("measure")["value"]
            bills = mine[mine["group"].isin(BILLS)].pivot_table(
                index=["month", "group"], columns="measure", values="value"
            )
            total[name] = (last["using"] * last["households"], (bills["bills"] * bills["own_digital"]).sum())
        row = table.loc[("both", replicate)]
        assert row["payers"] == pytest.approx(total["both"][0] - total["none"][0])
        assert row["moved"] == pytest.approx(total["both"][1] - total["none"][1])
        assert row["cost"] > 0


def test_a_null_change_costs_nothing_and_cannot_be_told_apart(runs, scenarios):
    found = costs(runs, "none", scenarios.values()).set_index(["scenario", "per"])
    twin = found.loc["twin"]
    assert (twin[["cost", "gain"]] == 0).all().all()
    assert (twin["verdict"] == "cannot be told apart").all() and twin["value"].isna().all()
    both = found.loc[("both", "bill")]
    assert both["verdict"] == "told apart" and both["low80"] <= both["value"] <= both["high80"]
    assert both["grade"] == "D"


def test_savings_are_cash_bills_that_became_cheaper(runs):
    """A bill moved from cash to digital saves the difference of the two costs: here 3,500 - 800 VND."""
    table = effects(runs, "none")
    found = savings(runs, "none").set_index("scenario")
    assert found.loc["twin", "mean"] == 0
    assert found.loc["both", "mean"] == pytest.approx(table[table["scenario"] == "both"]["saved"].mean())
    collecting = {}
    for name in ("none", "both"):
        part = rows(runs, scenario=name, measure=["bills", "method_share"])
        shares = part[part["measure"] == "method_share"]
        split = shares["group"].str.extract(r"^(bill=\w+);method=(\w+)$").set_axis(["group", "method"], axis=1)
        shares = shares.drop(columns="group").join(split).dropna()
        issued = part[(part["measure"] == "bills") & part["group"].isin(BILLS)]
        both = shares.merge(issued, on=["replicate", "month", "group"], suffixes=("", "_issued"))
        cash = both["method"].isin(["COLLECTOR", "COUNTER", "AGENT"])
        collecting[name] = (both["value"] * both["value_issued"] * np.where(cash, 3_500, 800)).sum() / 3
    assert found.loc["both", "mean"] == pytest.approx(collecting["none"] - collecting["both"])
    assert price_year() == "2019" and set(found["prices"]) == {"2019"}


def test_fieller_covers_the_ratio_as_often_as_it_says():
    draw = np.random.default_rng(3)
    hits = 0
    for _ in range(600):
        below = 5 + draw.normal(size=8)
        above = 20 + 2 * draw.normal(size=8) + below - 5
        low, high = ratio_ends(above, below, 80, "mean")
        hits += low <= 4 <= high
    assert 0.75 <= hits / 600 <= 0.85


def test_a_ratio_to_a_fixed_number_is_students():
    above = np.array([3.0, 5.0, 4.0, 6.0])
    low, high = ratio_ends(above, np.full(4, 2.0), 95, "mean")
    ends = stats.ttest_1samp(above, 0).confidence_interval(0.95)
    assert (low, high) == (pytest.approx(ends[0] / 2), pytest.approx(ends[1] / 2))


def test_where_the_gain_spans_zero_there_is_no_ratio():
    facts = cost_per(np.full(6, 10.0), np.array([1.0, -1.0, 2.0, -2.0, 0.5, -0.4]), "mean")
    assert facts["verdict"] == "cannot be told apart"
    assert math.isnan(facts["value"]) and math.isnan(facts["low80"]) and math.isnan(facts["high95"])


@pytest.mark.parametrize(("draws", "cover"), [(9, 80), (39, 95)])
def test_the_fewest_draws_with_such_tails_give_their_outermost(draws, cover):
    cost, gain = np.arange(1.0, draws + 1) + 100, np.ones(draws)
    assert ratio_ends(cost, gain, cover, "spread") == (101.0, 100.0 + draws)
    assert all(math.isnan(end) for end in ratio_ends(cost[1:], gain[1:], cover, "spread"))


def test_draws_give_the_quantiles_of_their_ratios():
    gain, cost = np.linspace(8, 12, 19), np.full(19, 100.0)
    low, high = ratio_ends(cost, gain, 80, "spread")
    assert (low, high) == (pytest.approx(np.sort(cost / gain)[1]), pytest.approx(np.sort(cost / gain)[17]))
    assert all(math.isnan(end) for end in ratio_ends(cost, gain, 95, "spread"))  # 19 draws have no 2.5 % tail


def test_a_draw_that_gains_nothing_has_no_price():
    """A loss in one draw of twenty must not count as a low price: its price is beyond all others."""
    gain, cost = np.linspace(20, 39, 20), np.full(20, 100.0)
    sure = ratio_ends(cost, gain, 80, "spread")
    gain[0] = -30.0
    low, high = ratio_ends(cost, gain, 80, "spread")
    assert 0 < low <= sure[0] * 1.01 and math.isfinite(high)
    gain[:4] = -1.0
    low, high = ratio_ends(cost, gain + 60 * (gain > 0), 80, "spread")
    assert low > 0 and high == math.inf
    assert all(math.isnan(end) for end in ratio_ends(cost, -gain + 10, 80, "spread"))


def test_runs_without_the_rows_or_the_pairs_are_refused(runs):
    few = Runs(runs.frame[runs.frame["measure"] != "bills"], runs.manifest)
    with pytest.raises(BadValue, match="rows of these measures in the runs"):
        costs(few, "none")
    frame = runs.frame.copy()
    frame.loc[frame["scenario"] == "both", "replicate"] += 40
    facts = [{**r, "replicate": r["replicate"] + 40 * (r["scenario"] == "both")} for r in runs.manifest["runs"]]
    with pytest.raises(BadValue, match="same replicates"):
        costs(Runs(frame, {**runs.manifest, "runs": facts}), "none")
    with pytest.raises(UnknownName, match="did you mean 'none'"):
        costs(runs, "nane")


# ------------------------------------------------------------------------------------------ burden


def test_burden_is_bills_times_terms(runs, scenarios):
    asked = terms(scenarios["both"])
    found = burden(runs, scenarios["both"], months=1).set_index(["group", "item"])["mean"]
    mine = rows(runs, scenario="both", month="2018-03")
    hours = late = 0.0
    for replicate in range(3):
        one = mine[mine["replicate"] == replicate].set_index(["measure", "group"])["value"]
        for b in Bill:
            bill = f"bill={b.name.lower()}"
            issued = one["bills", bill] / one["households", "all"]
            late += issued * one["late", bill] * 12 / 3
            for m in Method:
                if m is not Method.NONE:
                    share = one["method_share", f"{bill};method={m.name}"]
                    hours += issued * share * asked.minutes[b, m] / 60 * 12 / 3
    assert found["all", "hours"] == pytest.approx(hours)
    assert found["all", "late_bills"] == pytest.approx(late)
    assert found["all", "time"] == pytest.approx(hours * 60 * asked.minute["all"])
    assert {group.partition("=")[0] for group, _ in found.index} == {"all", "urban", "age", "income", "district"}


def test_richer_time_is_dearer(scenarios):
    minute = terms(scenarios["none"]).minute
    assert minute["income=1"] < minute["income=3"] < minute["income=5"]
    assert minute["income=1"] < minute["all"] < minute["income=5"]


def test_a_null_change_burdens_nobody(runs, scenarios):
    found = burden_added(runs, scenarios, "none", months=3)
    twin = found[found["scenario"] == "twin"]
    assert (twin[["mean", "sd", "low95", "high95"]] == 0).all().all()
    assert set(found["item"]) == set(ITEMS)
    both = found[(found["scenario"] == "both") & (found["group"] == "all")].set_index("item")["mean"]
    assert both["hours"] < 0  # visits move people from counters to phones


def test_burden_without_its_rows_is_refused(runs, scenarios):
    few = Runs(runs.frame[runs.frame["measure"] != "method_share"], runs.manifest)
    few = Runs(few.frame[few.frame["measure"] != "late"], runs.manifest)
    with pytest.raises(BadValue, match="rows of these measures in the runs"):
        burden(few, scenarios["both"])
    with pytest.raises(UnknownName, match="scenario in these runs"):
        burden(runs, scenarios["none"].with_(name="other"))


# ------------------------------------------------------------------------------------------ evidence, targets


def test_a_channel_is_as_well_known_as_its_weakest_effect():
    assert grades("phone-call")["nudges"] == "C"
    assert grade("phone-call") == "D" and grade("loudspeaker") == "D"
    assert all(grade(channel) in "ABCD" for channel in CHANNELS)
    assert weakest([]) == ""


def test_targets_have_sources_and_join_their_own_code_only(root):
    table = targets()
    assert {"Decision1813_2021", "Decision411_2022"} <= set(table["key"])
    known = (root / "docs" / "references.bib").read_text(encoding="utf-8")
    assert all(f"{{{key}," in known for key in table["key"])
    assert (table.loc[table["status"] == "seen", "url"] != "").all()
    values = {"B": 0.6, "D": 0.9, "F": 0.7}
    frame = pd.DataFrame(
        [("s", FIRST_DRAW, month, code, "all", v) for code, v in values.items() for month in ("2025-12", "2030-12")],
        columns=["scenario", "replicate", "month", "measure", "group", "value"],
    )
    found = beside(Runs(frame, {"runs": [{"scenario": "s"}], "scenarios": []}))
    assert set(found["code"]) == {"F"}  # B's targets are of other months, D has none
    assert found.loc[found["date"] == "2030-12", "gap"].tolist() == pytest.approx([70 - 95])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2030-12,95,95,95", "2030-12,95,96,99", "low, value, high are 96, 95, 99"),
        ("2030-12,95", "2030,95", "date, low, value, high are 2030"),
        (",F,", ",Q,", "code is 'Q'"),
        ("recalled", "remembered", "status is 'remembered'"),
        (",url,note", ",note", "the header is not that of targets"),
        ("percent,recalled,Decision411_2022,,", "percent,recalled,Decision411_2022,", "cells are missing"),
    ],
)
def test_a_broken_target_is_refused_with_its_line(tmp_path, old, new, said):
    shutil.copy(folder() / "targets.csv", tmp_path)
    text = (tmp_path / "targets.csv").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "targets.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataProblem, match=f"targets.csv:.*{said}"):
        targets(tmp_path)


def test_a_missing_table_of_targets_is_said(tmp_path):
    with pytest.raises(FileProblem, match="data/targets.csv: it cannot be read"):
        targets(tmp_path)
