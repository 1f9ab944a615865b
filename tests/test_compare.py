"""Paired differences: exact for a null change, Student's intervals, and what pairing gains."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from stand_in import StandIn

from cashless_sim.analysis.compare import compare
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.runs import FIRST_DRAW, Runs


def made(values: dict[str, list[float]], first: int = 0) -> Runs:
    """Return runs with the given values of D in one month, one for each replicate."""
    rows = [
        (name, first + number, "2030-12", "D", "all", value)
        for name, each in values.items()
        for number, value in enumerate(each)
    ]
    frame = pd.DataFrame(rows, columns=["scenario", "replicate", "month", "measure", "group", "value"])
    return Runs(frame, {"runs": [{"scenario": name} for name in values], "scenarios": []})


BASE = [0.30, 0.34, 0.28, 0.36, 0.31]
MORE = [0.35, 0.38, 0.34, 0.41, 0.35]


def test_a_null_change_is_exactly_zero():
    runs = run([StandIn(), StandIn("twin")], replicates=3, workers=1)
    found = compare(runs, to="hung-yen")
    assert (found["difference"] == 0).all()
    assert (found[["low80", "high80", "low95", "high95", "sd_difference"]] == 0).all().all()
    assert (found["n"] == 3).all()


def test_the_interval_is_students():
    row = compare(made({"more": MORE, "base": BASE}), to="base").iloc[0]
    differences = np.array(MORE) - np.array(BASE)
    test = stats.ttest_rel(MORE, BASE)
    for cover in (80, 95):
        low, high = test.confidence_interval(cover / 100)
        assert row[f"low{cover}"] == pytest.approx(low)
        assert row[f"high{cover}"] == pytest.approx(high)
    assert row["difference"] == pytest.approx(differences.mean())
    assert row["sd_difference"] == pytest.approx(differences.std(ddof=1))
    unpaired = math.sqrt(np.var(MORE, ddof=1) + np.var(BASE, ddof=1))
    assert row["sd_unpaired"] == pytest.approx(unpaired)
    assert row["variance_reduction"] == pytest.approx((unpaired / differences.std(ddof=1)) ** 2)
    assert row["interval"] == "mean"


def test_intervals_of_the_mean_cover_as_often_as_they_say():
    draw = np.random.default_rng(5).normal(size=(400, 2, 8))
    hits = 0
    for base, other in draw:
        row = compare(made({"a": list(base + 0.5 * other), "b": list(base)}), to="b").iloc[0]
        hits += row["low80"] <= 0 <= row["high80"]
    assert 0.74 <= hits / len(draw) <= 0.86


def test_prior_draws_spread_and_do_not_shrink():
    row = compare(made({"more": MORE, "base": BASE}, first=FIRST_DRAW), to="base").iloc[0]
    sd, n = row["sd_difference"], len(BASE)
    half = stats.t.ppf(0.9, n - 1) * sd * math.sqrt(1 + 1 / n)
    assert row["interval"] == "spread"
    assert row["high80"] - row["difference"] == pytest.approx(half)


def test_only_draws_are_paired_when_there_are_draws():
    runs = run([StandIn(), StandIn("slow", push=-0.01)], replicates=2, draws=4, workers=1)
    found = compare(runs, to="slow", measures=["D"], groups=["all"])
    assert set(found["n"]) == {4}
    assert set(found["measure"]) == {"D"}
    assert (found.loc[found["month"] == "2025-12", "difference"] > 0).all()


def test_pairing_gains_when_luck_is_shared():
    found = compare(run([StandIn(), StandIn("slow", push=-0.002)], replicates=8, workers=1), to="slow")
    middle = found[(found["month"] == "2021-06") & (found["measure"] == "D") & (found["group"] == "all")]
    assert float(middle["variance_reduction"].iloc[0]) > 5


def test_one_replicate_gives_points_without_a_band():
    row = compare(made({"more": MORE[:1], "base": BASE[:1]}), to="base").iloc[0]
    assert row["difference"] == pytest.approx(0.05)
    assert row[["low80", "high95", "sd_difference", "variance_reduction"]].isna().all()


def test_a_missing_baseline_is_refused():
    with pytest.raises(UnknownName, match="did you mean 'base'"):
        compare(made({"more": MORE, "base": BASE}), to="bass")
    with pytest.raises(BadValue, match="at least one other"):
        compare(made({"base": BASE}), to="base")


def test_unknown_measures_and_unpaired_runs_are_refused():
    runs = made({"more": MORE, "base": BASE})
    with pytest.raises(UnknownName, match="no measure named 'Q'"):
        compare(runs, to="base", measures=["Q"])
    rows = runs.frame.copy()
    rows.loc[rows["scenario"] == "more", "replicate"] += 50
    with pytest.raises(BadValue, match="same replicates"):
        compare(Runs(rows, runs.manifest), to="base")


def test_pairs_needed_is_the_least_number_that_is_narrow_enough():
    row = compare(made({"more": MORE, "base": BASE}), to="base", width=0.004).iloc[0]
    n, sd = int(row["pairs_needed"]), row["sd_difference"]

    def width(count: int) -> float:
        return 2 * stats.t.ppf(0.975, count - 1) * sd / math.sqrt(count)

    assert width(n) <= 0.004 < width(n - 1)
    exact = compare(made({"same": BASE, "base": BASE}), to="base", width=0.004).iloc[0]
    assert exact["pairs_needed"] == 2
    hopeless = compare(made({"more": MORE, "base": BASE}), to="base", width=1e-9).iloc[0]
    assert hopeless["pairs_needed"] == math.inf


def test_ignorance_does_not_shrink_with_pairs():
    row = compare(made({"more": MORE, "base": BASE}, first=FIRST_DRAW), to="base", width=0.004).iloc[0]
    assert math.isnan(row["pairs_needed"])


def test_runs_of_other_luck_are_refused():
    one = run([StandIn(), StandIn("slow", push=-0.01)], replicates=2, workers=1)
    facts = [{**row, "seed": 2} if row["scenario"] == "slow" else row for row in one.manifest["runs"]]
    with pytest.raises(BadValue, match="seed of the runs with replicate 0 is '1, 2'"):
        compare(Runs(one.frame, {**one.manifest, "runs": facts}), to="slow")
    with pytest.raises(BadValue, match="width of the interval is 0"):
        compare(one, to="slow", width=0)


def test_what_is_only_noted_when_it_happens_is_zero_elsewhere():
    rows = [("more", 0, 5.0), ("more", 2, 1.0), ("base", 0, 2.0)]
    rows = [(name, replicate, "2030-12", "adopted_by", "cause=peer", value) for name, replicate, value in rows]
    rows += [(name, r, "2030-12", "D", "all", 0.5) for name in ("more", "base") for r in range(4)]
    frame = pd.DataFrame(rows, columns=["scenario", "replicate", "month", "measure", "group", "value"])
    for kind in (object, "category"):
        runs = Runs(
            frame.astype({"measure": kind, "group": kind}), {"runs": [{"scenario": "more"}, {"scenario": "base"}]}
        )
        row = compare(runs, to="base", measures=["adopted_by"]).iloc[0]
        assert (row["n"], row["mean"], row["mean_baseline"]) == (4, 1.5, 0.5)
        assert row["sd_difference"] == pytest.approx(np.std([3, 0, 1, 0], ddof=1))
