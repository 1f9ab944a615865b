"""Ensembles: the same numbers from any number of workers, whole files, draws inside their ranges."""

from __future__ import annotations

import hashlib
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stand_in import StandIn

from cashless_sim.errors import BadValue, FileProblem, UnknownName
from cashless_sim.experiment import runs as runs_file
from cashless_sim.experiment.design import luck, prior_draw, within
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.runs import CATEGORIES, COLUMNS, FIRST_DRAW, stacked
from cashless_sim.experiment.writing import whole
from cashless_sim.scenario.recipe import Scenario

BOTH = (StandIn(), StandIn("no-outreach", push=-0.01))


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return Scenario.load("hung-yen").with_(households=300, end="2017-09", shocks=[])


def test_the_frame_is_tidy_and_in_order():
    runs = run(BOTH, replicates=2, draws=2, workers=1)
    assert list(runs.frame.columns) == ["scenario", "replicate", "month", "measure", "group", "value"]
    order = runs.frame[["scenario", "replicate"]].astype({"scenario": str}).drop_duplicates()
    first = [("hung-yen", 0), ("hung-yen", 1), ("no-outreach", 0), ("no-outreach", 1)]
    drawn = [(name, FIRST_DRAW + n) for name in ("hung-yen", "no-outreach") for n in range(2)]
    assert list(order.itertuples(index=False, name=None)) == first + drawn
    assert runs.frame["value"].dtype == np.float64
    assert runs.scenarios == ("hung-yen", "no-outreach")


def test_frames_are_stacked_as_objects_would_be():
    def part(scenario: str, months: list[str], kind: str) -> pd.DataFrame:
        labels = {"scenario": scenario, "month": months, "measure": "D", "group": ["b", "a"]}
        frame = pd.DataFrame({**labels, "replicate": 3, "value": [0.5, np.nan]})[list(COLUMNS)]
        return frame.astype(dict.fromkeys(CATEGORIES, kind)).iloc[:1] if kind == "category" else frame

    parts = [part("z", ["2020-02", "2020-01"], "object"), part("y", ["2019-12", "2020-01"], "category")]
    plain = pd.concat([one.astype(dict.fromkeys(CATEGORIES, object)) for one in parts], ignore_index=True)
    found = stacked(parts)
    pd.testing.assert_frame_equal(found, plain.astype(dict.fromkeys(CATEGORIES, "category")))
    assert list(found["month"].cat.categories) == ["2019-12", "2020-01", "2020-02"]
    assert stacked([]).empty and list(stacked([])) == list(COLUMNS)


def test_workers_change_nothing(tiny):
    alone = run([tiny], replicates=2, draws=1, workers=1, threads=1)
    shared = run([tiny], replicates=2, draws=1, workers=2, threads=2)
    assert alone.results_hash == shared.results_hash
    assert alone.frame["value"].nunique() > 10


def test_luck_and_draws_differ_between_replicates(tiny):
    runs = run(tiny, replicates=2, draws=2, workers=1)
    values = {number: tuple(part["value"]) for number, part in runs.frame.groupby("replicate")}
    assert list(values) == [0, 1, FIRST_DRAW, FIRST_DRAW + 1]
    assert len(set(values.values())) == 4


def test_draws_may_be_smaller_and_keep_fewer_groups():
    runs = run(BOTH, households=5000, draws=2, draw_households=700, draw_groups=("all",), workers=1)
    assert set(runs.table.groupby(runs.table["draw"].notna())["households"].first()) == {5000, 700}
    assert set(runs.select(draws=True)["group"]) == {"all"}
    assert set(runs.select(draws=False)["group"]) == {"all", "urban=yes"}


def test_progress_ends_at_one_and_never_turns_back():
    told: list[float] = []
    run(BOTH, replicates=2, draws=2, workers=1, progress=told.append)
    assert told[-1] == pytest.approx(1.0)
    assert told == sorted(told)


def test_the_manifest_says_what_made_the_runs():
    runs = run(BOTH, households=5000, seed=7, workers=1)
    manifest = runs.manifest
    assert json.loads(json.dumps(manifest)) == manifest
    assert [entry["name"] for entry in manifest["scenarios"]] == ["hung-yen", "no-outreach"]
    assert {"python", "numpy", "mesa", "numba", "cashless-sim"} <= set(manifest["versions"])
    assert len(manifest["data_hash"]) == len(manifest["code_hash"]) == len(runs.results_hash) == 64
    assert (manifest["seed"], manifest["calibrated"]) == (7, False)
    assert manifest["scenarios"][1]["recipe"] == "push = -0.01\n"
    assert manifest["scenarios"][0]["households"] == 5000
    assert manifest["asked"] == {"replicates": 1, "draws": 0, "draw_households": None, "draw_groups": None}
    row = manifest["runs"][0]
    assert (row["households"], row["full_size"], row["end"]) == (5000, 377_582, "2030-12")


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    written = []
    for name in ("one", "two"):
        runs = run(BOTH, replicates=2, workers=1)
        table, manifest = runs.write(tmp_path / name)
        written.append(table.read_bytes())
        assert hashlib.sha256(written[-1]).hexdigest() == runs.results_hash
        assert json.loads(manifest.read_text(encoding="utf-8"))["results_hash"] == runs.results_hash
    assert written[0] == written[1]
    assert b"\r" not in written[0]
    assert run(BOTH, replicates=2, workers=1, seed=2).results_hash != runs.results_hash


def test_a_full_disk_leaves_nothing_under_the_final_name(tmp_path, monkeypatch):
    def full(path, texts):
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    runs = run(StandIn(), workers=1)
    monkeypatch.setattr(runs_file, "_put", full)
    with pytest.raises(FileProblem, match="No space left on device"):
        runs.write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_survives_a_failed_writing(tmp_path):
    path = tmp_path / "runs.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        whole(path, lambda beside: beside.write_text(str(1 / 0), encoding="utf-8"))
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_the_way_of_a_folder_is_refused(tmp_path):
    (tmp_path / "results").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem, match="a folder that can be written"):
        run(StandIn(), workers=1).write(tmp_path / "results")


@pytest.mark.parametrize(
    "wrong",
    [
        {"replicates": 0},
        {"replicates": True},
        {"replicates": 1.5},
        {"draws": -1},
        {"seed": -1},
        {"seed": 2**64},
        {"workers": 0},
    ],
)
def test_bad_numbers_are_refused(wrong):
    with pytest.raises(BadValue, match=next(iter(wrong))):
        run(StandIn(), **wrong)


def test_scenarios_are_named_once_and_there_is_one():
    with pytest.raises(BadValue, match="used once"):
        run([StandIn(), StandIn()])
    with pytest.raises(BadValue, match="at least one"):
        run([])


def test_more_households_than_the_place_has_are_refused():
    with pytest.raises(BadValue, match="377582"):
        run("hung-yen", households=400_000)
    with pytest.raises(BadValue, match="households"):
        run("hung-yen", households=0)


def test_selecting_names_what_is_wrong():
    runs = run(StandIn(), workers=1)
    with pytest.raises(UnknownName, match="measure"):
        runs.select(mesure="D")
    with pytest.raises(UnknownName, match="hung-yen"):
        runs.about("hung-yem")
    assert len(runs.select(measure=["D", "E"], month="2030-12", group="all")) == 2


def test_titles_cannot_break_the_page():
    scenario = StandIn("<script>alert(1)</script>")
    shown = run(scenario, workers=1)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


shares = st.floats(0, 1, exclude_min=True, exclude_max=True)
ends = st.floats(1e-4, 1e4)


@given(ends, ends, ends, shares)
def test_a_draw_stays_in_its_range(first, second, third, u):
    low, middle, high = sorted((first, second, third))
    assert low <= within(low, middle, high, u) <= high


@given(ends, ends, ends)
def test_the_default_is_the_median(first, second, third):
    low, middle, high = sorted((first, second, third))
    if low < middle < high:
        assert within(low, middle, high, 0.5) == pytest.approx(middle, rel=1e-5)


def test_draws_follow_the_two_slopes():
    u = (np.arange(20_000) + 0.5) / 20_000
    drawn = np.array([within(0.0, 1.0, 3.0, float(x)) for x in u])
    assert drawn.mean() == pytest.approx((2 / 3 + 1 + 2 / 3) / 2, abs=1e-3)
    logs = np.log([within(0.01, 0.1, 1.0, float(x)) for x in u])
    assert logs.mean() == pytest.approx(math.log(0.1), abs=1e-3)
    assert within(2.0, 2.0, 2.0, 0.9) == 2.0
    assert within(0.0, 0.0, 0.3, 0.999999) == pytest.approx(0.3, abs=1e-3)


def test_prior_draws_keep_to_the_plausible_ranges_and_are_shared_by_scenarios(tiny):
    drawn = prior_draw(tiny, seed=1, draw=3)
    other = prior_draw(tiny.without_campaign(tiny.settings().campaigns[0].name), seed=1, draw=3)
    changed = 0
    pairs = zip(tiny.settings().rules, drawn.settings().rules, other.settings().rules, strict=True)
    for rule, now, again in pairs:
        for name, declared in rule.parameters.items():
            assert now.values[name] == again.values[name]
            if declared.plausible is None:
                assert now.values[name] == rule.values[name]
                continue
            low, high = (np.float32(end) for end in declared.plausible)
            for value in now.values[name] if declared.per else (now.values[name],):
                assert low <= value <= high
                changed += 1
    assert changed > 20
    assert drawn.hash != tiny.hash
    assert prior_draw(tiny, seed=1, draw=3).hash == drawn.hash
    assert prior_draw(tiny, seed=1, draw=4).hash != drawn.hash


def test_campaigns_of_one_channel_share_their_effects(tiny):
    campaigns = prior_draw(tiny, seed=1, draw=0).settings().campaigns
    effects: dict[str, list[float]] = {}
    for campaign in campaigns:
        if not next(c for c in tiny.settings().campaigns if c.name == campaign.name).effects:
            effects.setdefault(campaign.channel, []).append(campaign.effect("nudges"))
    assert effects
    assert all(len(set(values)) == 1 for values in effects.values())
    assert all(0 < campaign.intensity <= 1 for campaign in campaigns)


def test_luck_is_named():
    assert luck(1, 0, "Awareness.tell") == luck(1, 0, "Awareness.tell")
    assert len({luck(1, 0, "a"), luck(1, 0, "b"), luck(1, 1, "a"), luck(2, 0, "a"), luck(1, 0, "a", 1)}) == 5
