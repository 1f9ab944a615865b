"""The health card: each light goes on for its own fault, in both languages, with what to do."""

from __future__ import annotations

import pytest
from figure_frames import runs_of

from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.health import KEYS, behind, health, watermark, worst
from cashless_sim.present.locale.figures import TABLES

SPLITS = ("check", "planning")


@pytest.fixture(scope="module")
def runs() -> Runs:
    return runs_of()


def light(key: str, runs: Runs):
    return {one.key: one for one in health(runs)}[key]


def changed(made: Runs, /, **facts: object) -> Runs:
    return Runs(made.frame, {**made.manifest, **facts})


def test_lights_come_in_order_and_speak_both_languages(runs):
    lights = health(runs)
    assert [one.key for one in lights] == [key for key in KEYS if key != "ranges"]
    for one in lights:
        for tongue in ("en", "vi"):
            assert one.sentence(tongue).endswith(".") and "{" not in one.sentence(tongue) + one.question(tongue)
            assert bool(one.advice(tongue)) == (one.colour != "green")
            assert bool(one.mark(tongue)) == (one.colour == "red")
        assert one.sentence("en") != one.sentence("vi")
    assert worst(lights) == "red" and worst([]) == "green"


@pytest.mark.parametrize(
    ("replicates", "draws", "colour", "case"),
    [
        (1, 0, "amber", "one"),
        (2, 0, "amber", "few.luck"),
        (8, 0, "amber", "enough.luck"),
        (1, 2, "amber", "few.draws"),
        (1, 20, "green", "enough.draws"),
    ],
)
def test_runs_are_counted(replicates, draws, colour, case):
    found = light("replicates", runs_of(("hung-yen",), replicates, draws))
    assert (found.colour, found.case) == (colour, case)


def test_only_a_fit_of_this_code_and_data_is_calibrated(runs):
    assert light("calibrated", runs).case == "no"
    assert light("calibrated", changed(runs, calibrated=True)).colour == "green"
    assert light("calibrated", changed(runs, calibrated=True, code_hash="0" * 64)).case == "other"
    doubted = changed(runs, parameters={"source": "posterior", "doubts": ["unscored"]})
    assert "no scorecard" in light("calibrated", doubted).sentence("en")
    assert "bảng kiểm định" in light("calibrated", doubted).sentence("vi")
    assert watermark(doubted) == watermark(runs) == "UNCALIBRATED"
    assert watermark(changed(runs, calibrated=True), "vi") == ""


def test_months_after_the_last_fitted_figure_are_an_outlook(runs):
    table = [{**row, "end": "2019-12"} for row in runs.manifest["runs"]]
    assert light("dates", runs).colour == "amber"
    assert light("dates", changed(runs, runs=table)).colour == "green"


def test_each_fit_has_its_own_last_figure(runs):
    last = {split: light("dates", changed(runs, parameters={"split": split})).facts["last"] for split in SPLITS}
    assert last["check"] < last["planning"] and last["check"].startswith("2022") and last["planning"][:4] == "2024"
    table = [{**row, "end": "2024-05"} for row in runs.manifest["runs"]]
    inside = changed(runs, runs=table, parameters={"split": "planning"})
    assert light("dates", inside).colour == "green"
    assert light("dates", changed(inside, parameters={"split": "check"})).colour == "amber"


def test_scenarios_of_other_luck_or_size_are_not_comparable(runs):
    assert light("paired", runs).colour == "green"
    for key, value in (("households", 99), ("seed", 7), ("replicate", 55)):
        table = [dict(row) for row in runs.manifest["runs"]]
        table[0][key] = value
        assert light("paired", changed(runs, runs=table)).colour == "red"
    assert "paired" not in {one.key for one in health(runs_of(("hung-yen",)))}


def test_small_groups_are_counted_in_simulated_households(runs):
    sizes = behind(runs, "hung-yen")
    assert sizes["age=15-24"] == pytest.approx(20) and sizes["all"] == pytest.approx(2000)
    assert light("groups", runs).facts["count"] == 2
    assert light("groups", runs_of(tiny=False)).colour == "green"


def test_credits_that_miss_their_total_are_a_fault(runs):
    assert light("credits", runs).colour == "green"
    frame = runs.frame.copy()
    at = frame.index[(frame["measure"] == "adopted_by") & (frame["month"] == "2021-06")][0]
    frame.loc[at, "value"] += 100
    broken = Runs(frame, {**runs.manifest, "calibrated": True})
    found = light("credits", broken)
    assert found.colour == "red" and found.facts["gap"] == 100
    assert watermark(broken) == "FAULTY, DO NOT USE"


def test_numbers_outside_their_plausible_range_are_named(runs):
    from cashless_sim.scenario.recipe import Scenario

    shipped = Scenario.load("hung-yen")
    inside = {one.key: one for one in health(runs, [shipped])}["ranges"]
    assert inside.colour == "green"
    rule, name = next(
        (r, n) for r in shipped.settings().rules for n, p in r.parameters.items() if p.plausible and not p.per
    )
    beyond = rule.parameters[name].plausible[1] + 1e-6
    key = f"{type(rule).__name__}.{name}"
    moved = shipped.with_({f"rules.{key}": beyond})
    found = {one.key: one for one in health(runs, [moved])}["ranges"]
    assert found.colour == "amber" and key in found.sentence("vi")


def test_empty_runs_and_unknown_languages_are_refused(runs):
    with pytest.raises(BadValue, match="rows of the runs"):
        health(Runs(runs.frame.iloc[:0], runs.manifest))
    with pytest.raises(UnknownName, match="no language"):
        health(runs)[0].sentence("fr")


def holes(text: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_hold_the_same_sentences():
    import unicodedata

    assert list(TABLES["en"]) == list(TABLES["vi"])
    for key, english in TABLES["en"].items():
        vietnamese = TABLES["vi"][key]
        assert holes(english) >= holes(vietnamese) and english.strip() and vietnamese.strip(), key
        assert unicodedata.is_normalized("NFC", vietnamese), key


def test_every_sentence_is_used(root):
    import ast
    import re

    texts = set()
    for path in (root / "cashless_sim" / "present").rglob("*.py"):
        if path.parent.name != "locale":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts.add(re.escape(node.value))
                elif isinstance(node, ast.JoinedStr):
                    parts = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in node.values]
                    texts.add("".join(parts))
    ends = ("", r"(\..+)?")
    patterns = [re.compile(text + end) for text in texts if re.sub(r"[.+\\]", "", text) for end in ends]
    assert [key for key in TABLES["en"] if not any(p.fullmatch(key) for p in patterns)] == []
