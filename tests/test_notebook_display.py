"""What notebooks show: health cards, tables of one language, figures with alt text; and their verbs on small worlds."""

import ast
import re
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cashless_sim as cs
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.experiment.runs import Runs
from cashless_sim.present import notebook
from cashless_sim.present.locale import notebook as locale
from cashless_sim.present.locale.sentences import VARIABLE

SHORT = {"end": "2017-10", "households": 400}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "en")


@pytest.fixture(scope="module")
def pair() -> list[cs.Scenario]:
    return [cs.Scenario.load(name).with_(SHORT) for name in ("no-outreach", "hung-yen")]


@pytest.fixture(scope="module")
def runs(pair: list[cs.Scenario]) -> Runs:
    return cs.run(pair, replicates=2, seed=3, workers=1)


def test_the_card_tells_lights_recipes_and_seed(runs, pair):
    shown = notebook.card(runs, "en")
    for text in ("UNCALIBRATED", "<script"):
        assert text not in shown
    for wanted in ("red", "seed 3", *(scenario.hash[:12] for scenario in pair), "replicates: 2"):
        assert wanted in shown
    assert "mã số ngẫu nhiên 3" in notebook.card(runs, "vi")


def test_the_language_is_set_for_all_that_follows(runs, monkeypatch):
    monkeypatch.setenv(VARIABLE, "en")
    cs.notebook("vi")
    assert "Độ" in notebook.card(runs) or "đỏ" in notebook.card(runs)
    with pytest.raises(UnknownName):
        cs.notebook("fr")


def test_a_figure_becomes_a_picture_with_alt_text(runs):
    ax = cs.draw("difference", runs, to="no-outreach", measure="using")
    picture, facts = notebook._picture(ax)
    assert picture.startswith(b"\x89PNG") and facts["alt"] == notebook._alt(ax)
    assert len(facts["alt"]) > 40


def test_another_packages_figure_is_left_alone():
    import matplotlib.pyplot as plt

    figure, ax = plt.subplots()
    assert notebook._picture(ax) is None
    plt.close(figure)


def test_differences_are_told_in_points(runs):
    found = cs.compare(runs, to="no-outreach", measures=["aware"], groups=["all"])
    table = cs.table(found.tail(1))
    assert table.heads[4].endswith("points")
    said = float(table.rows[0][4].replace("−", "-"))
    assert said == pytest.approx(100 * found["difference"].iloc[-1], abs=0.005)
    assert "<th" in table._repr_html_() and table.heads[0] in repr(table)


def test_a_table_speaks_vietnamese(runs):
    found = cs.compare(runs, to="no-outreach", measures=["aware"], groups=["all"]).tail(1)
    assert cs.table(found, language="vi").heads[4].endswith("điểm phần trăm")


def test_any_frame_is_a_table_with_words_first():
    frame = pd.DataFrame({"name": ["<b>"], "number": [0.012345], "alarm": [np.bool_(True)], "count": [12000]})
    table = cs.table(frame)
    assert table.rows == (("<b>", "0.0123", "yes", "12,000"),)
    assert table.left == 1 and "&lt;b&gt;" in table._repr_html_()


def test_each_known_frame_is_known_by_one_kind_only():
    from cashless_sim.present.notebook_tables import KINDS

    for needed, _ in KINDS:
        assert [kind for kind, _ in KINDS if kind <= needed] == [needed]


def test_a_bar_outside_a_notebook_is_that_of_the_command_line(capsys):
    move = cs.bar("en")
    move(0.5)
    move(1.0)
    assert "done" in capsys.readouterr().err


def test_a_bar_in_a_notebook_ends_empty(monkeypatch):
    shown: list[str] = []

    class Handle:
        def update(self, html: Any) -> None:
            shown.append(html.data)

    class HTML:
        def __init__(self, data: str) -> None:
            self.data = data

    def display(html: Any, display_id: bool) -> Handle:
        shown.append(html.data)
        return Handle()

    module = type("IPythonDisplay", (), {"HTML": HTML, "display": staticmethod(display)})
    monkeypatch.setitem(__import__("sys").modules, "IPython.display", module)
    move = notebook._Bar("en")
    for share in (0.0, 0.3, 1.0):
        move(share)
    assert "progress" in shown[0] and shown[-1] == ""


def test_the_shipped_fit_is_told_with_its_prior(root: Path):
    fit = cs.posterior("planning")
    frame = fit.frame
    assert set(frame["kind"]) == {"prior", "posterior"}
    assert (fit.members["tolerance"] > 1).all() and fit.members["alarm"].any()
    for name, rows in frame.groupby("parameter"):
        before, after = (rows.loc[rows["kind"] == kind, "value"] for kind in ("prior", "posterior"))
        assert before.min() <= after.min() and after.max() <= before.max(), name


def test_rivals_are_those_of_the_scorecard():
    scores = cs.scorecard()
    table = scores.rivals("en").set_index("method")
    wanted = scores.card[scores.card["point"].isin(["D.findex-2024.all", "E.findex-2024.all", "G.findex-2024.all"])]
    errors = (wanted["median"] - wanted["published"]).abs() / wanted["published"]
    assert table["mape"].iloc[0] == pytest.approx(100 * errors.mean())
    assert table.loc["logistic", "mape"] < table["mape"].iloc[0]
    assert len(scores.forecast) and len(scores.months)


def test_sensitivity_finds_the_number_that_acts(pair, tmp_path):
    ranges = {"rules.Awareness.tell": (0.0, 0.9), "rules.Turnover.oldest": (39.0, 40.0)}
    found = cs.sensitivity(pair[1:], ranges, 2, "aware", "2017-10", households=400, store=tmp_path / "s", workers=1)
    assert found["key"].iloc[0] == "rules.Awareness.tell"
    assert found["mu_star"].iloc[0] > 0.05 > found["mu_star"].iloc[-1]


def test_a_decision_counts_the_draws_in_which_a_plan_is_ahead(pair, tmp_path):
    found = cs.decide(pair[1], pair[0], 20, "2017-07", "aware", households=300, store=tmp_path / "s", workers=1)
    ahead = (found.gains["hung-yen"] > found.gains["no-outreach"]).mean()
    assert found.share == pytest.approx(ahead)
    assert found.sentences("en")[0].startswith("hung-yen is ahead of no-outreach in")
    assert found.sentences("vi")[0].startswith("hung-yen hơn no-outreach")
    with pytest.raises(BadValue):
        cs.decide(pair[1], pair[0], 5, "2017-07", store=tmp_path / "s")


def test_both_languages_say_the_same():
    assert list(locale.EN) == list(locale.VI)
    for key, english in locale.EN.items():
        holes = re.findall(r"\{\w+\}", english)
        assert sorted(re.findall(r"\{\w+\}", locale.VI[key])) == sorted(holes), key
        assert unicodedata.is_normalized("NFC", locale.VI[key])


def test_every_sentence_is_used(root: Path):
    texts: set[str] = set()
    for path in (root / "cashless_sim" / "present").glob("notebook*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
    unused = [key for key in locale.EN if key not in texts and not key.startswith(("column.", "card.p", "bill="))]
    assert unused == []
