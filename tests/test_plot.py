"""The adoption figure: what it shows, what it keeps back, and that nothing overlaps or is cut."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text
from stand_in import StandIn

from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.bands import bands
from cashless_sim.present.labels import label
from cashless_sim.present.plot.adoption import adoption
from cashless_sim.present.provenance import of
from cashless_sim.present.reported import points
from cashless_sim.present.saving import save
from cashless_sim.present.style import apart


@pytest.fixture(scope="module")
def runs() -> Runs:
    return run([StandIn(), StandIn("no-outreach", push=-0.01)], draws=6, draw_households=20_000, workers=1)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def words(ax: Axes) -> list[Text]:
    return [text for text in ax.get_figure(root=True).findobj(Text) if text.get_visible() and text.get_text().strip()]


def said(ax: Axes) -> str:
    return "\n".join(" ".join(text.get_text().split()) for text in words(ax))


@pytest.mark.parametrize("tongue", ["en", "vi"])
def test_nothing_is_cut_and_no_words_overlap(runs, tongue):
    ax = adoption(runs, language=tongue)
    page = ax.get_figure(root=True)
    page.canvas.draw()
    marks = ("UNCALIBRATED", "CHƯA HIỆU CHỈNH")
    boxes = {t.get_text(): t.get_window_extent() for t in words(ax) if t.get_text() not in marks}
    for text, box in boxes.items():
        assert page.bbox.x0 <= box.x0 and box.x1 <= page.bbox.x1, text
        assert page.bbox.y0 <= box.y0 and box.y1 <= page.bbox.y1, text
    for (first, one), (second, other) in itertools.combinations(boxes.items(), 2):
        assert not one.padded(-1.5).overlaps(other.padded(-1.5)), (first, second)


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize("name", ["hung-yen", "no-outreach"])
def test_no_label_of_a_point_touches_a_curve(runs, name, tongue):
    ax = adoption(runs, name, language=tongue)
    ax.get_figure(root=True).canvas.draw()
    labels = [text for text in words(ax) if re.fullmatch(r"[A-G] [\d.,]+\u00a0%", text.get_text())]
    assert len(labels) == len(of(ax).data.query("kind == 'reported'"))
    curves = [line for line in ax.lines if len(line.get_xdata()) > 2]
    assert len(curves) >= 8
    for text in labels:
        box = text.get_window_extent()
        assert not any(crosses(line, box) for line in curves), text.get_text()
        assert ax.bbox.x0 <= box.x0 and box.x1 <= ax.bbox.x1, text.get_text()


def crosses(line, box) -> bool:
    """Whether a curve, cut into short pieces, has one inside a box."""
    x, y = line.get_transform().transform(line.get_xydata()).T
    fine = np.linspace(0, len(x) - 1, 20 * len(x))
    at = np.interp(fine, np.arange(len(x)), x), np.interp(fine, np.arange(len(x)), y)
    return bool(((at[0] > box.x0) & (at[0] < box.x1) & (at[1] > box.y0) & (at[1] < box.y1)).any())


def test_a_label_finds_the_free_side():
    ax = plt.figure(figsize=(6, 4)).add_subplot()
    ax.set(xlim=(0, 10), ylim=(0, 10))
    ax.plot([5, 10], [5, 5])
    (text,) = label(ax, [(5, 5, "D 50 %", "black")], 9.0)
    assert not crosses(ax.lines[0], text.get_window_extent())
    crowded = label(ax, [(5, 5 + n / 100, f"E {n} %", "black") for n in range(4)], 9.0)
    boxes = [text.get_window_extent() for text in [text, *crowded]]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes[1:], 2))


def test_it_says_what_it_is(runs):
    english, vietnamese = said(adoption(runs)), said(adoption(runs, language="vi"))
    for piece in (
        "UNCALIBRATED",
        "old Hưng Yên",
        "377,582 synthetic households",
        "borders of 1 Apr 2019",
        "80 % of 6 prior draws at 20,000 households (seed 1), uncalibrated",
        "Recipe 0123456789ab",
        "Jun 2017–Dec 2030",
        "non-cash, as the utility counts",
    ):
        assert piece in english
    for piece in (
        "CHƯA HIỆU CHỈNH",
        "Hưng Yên cũ",
        "377.582 hộ mô phỏng",
        "80 % trong 6 bộ tham số giả định",
        "B 58,2 %",
        "khách hàng TTKDTM",
    ):
        assert piece in vietnamese


def test_hold_out_figures_are_not_shown(runs):
    shown = of(adoption(runs)).data
    reported = shown[shown["kind"] == "reported"]
    assert not reported.empty
    assert reported["month"].max() < "2023"
    assert set(reported["measure"]) <= {"A", "B", "D", "E", "G"}
    assert {point.code for point in points()} <= set("ABCDEFG")


def test_it_returns_axes_and_saves_nothing(runs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ax = adoption(runs, "no-outreach", codes=("B", "D"))
    assert isinstance(ax, Axes)
    assert list(tmp_path.iterdir()) == []
    given = plt.figure().add_subplot()
    assert adoption(runs, ax=given) is given


def test_the_callers_style_is_left_alone(runs):
    before = dict(plt.rcParams)
    adoption(runs)
    assert dict(plt.rcParams) == before


def test_saving_writes_picture_data_and_provenance(runs, tmp_path):
    ax = adoption(runs, language="vi")
    first = [path.read_bytes() for path in save(ax, tmp_path / "one" / "adoption")]
    again = [path.read_bytes() for path in save(ax, tmp_path / "two" / "adoption.png")]
    assert first == again
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == [
        "adoption.csv",
        "adoption.meta.json",
        "adoption.png",
        "adoption.svg",
    ]
    facts = json.loads(first[3])
    assert facts["calibrated"] is False
    assert facts["manifest"]["results_hash"] == runs.results_hash
    assert "chưa hiệu chỉnh" in facts["alt"]
    table = pd.read_csv(tmp_path / "one" / "adoption.csv")
    assert {"month", "measure", "value", "low", "high", "kind", "area"} <= set(table.columns)
    assert b"Description" in first[0]


def test_a_strange_figure_is_not_saved(tmp_path):
    with pytest.raises(KeyError):
        save(plt.figure().add_subplot(), tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_bands_hold_eighty_percent_of_the_draws(runs):
    band = bands(runs, "hung-yen", ("D",))
    last = band.frame.iloc[-1]
    drawn = runs.select(draws=True, scenario="hung-yen", measure="D", month="2030-12", group="all")["value"]
    assert (last["low"], last["high"]) == (drawn.quantile(0.1), drawn.quantile(0.9))
    assert (band.kind, band.count, band.replicates) == ("draws", 6, 1)


def test_one_run_has_no_band_and_several_have_one_of_luck():
    alone = run(StandIn(), workers=1)
    assert bands(alone, "hung-yen", ("D",)).frame["low"].isna().all()
    assert "No band" in said(adoption(alone))
    lucky = run(StandIn(), replicates=4, workers=1)
    assert bands(lucky, "hung-yen", ("D",)).kind == "luck"
    assert "80 % of 4 replicates (luck only)" in said(adoption(lucky))


def test_what_is_not_there_is_refused(runs):
    with pytest.raises(UnknownName, match="did you mean 'hung-yen'"):
        adoption(runs, "hung-yem")
    with pytest.raises(UnknownName, match="no statistic named 'Q'"):
        adoption(runs, codes=("Q",))
    with pytest.raises(UnknownName, match="en, vi"):
        adoption(runs, language="fr")
    with pytest.raises(BadValue, match="at least one"):
        adoption(Runs(runs.frame.iloc[:0], runs.manifest))


def test_a_title_is_shown_as_it_is_written():
    scenario = StandIn()
    scenario.recipe.title = "=1+$\\alpha$ <script>" + "x" * 200
    text = said(adoption(run(scenario, workers=1)))
    assert "<script>" in text
    assert "x" * 200 not in text


def test_labels_keep_their_distance():
    placed = apart([0.99, 0.98, 0.5, 1.0], 0.05, 0.0, 1.0)
    assert sorted(placed) == pytest.approx([0.5, 0.9, 0.95, 1.0])
    assert apart([], 0.05, 0.0, 1.0) == []
