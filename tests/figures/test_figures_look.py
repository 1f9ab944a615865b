"""Every figure in both languages on page and slide: nothing cut, nothing overlapping, large enough."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pytest
from figure_frames import (
    costs_frame,
    effects_frame,
    posterior_frame,
    ranks_frame,
    residuals_frame,
    runs_of,
    scorecard_frame,
)
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from cashless_sim.analysis.compare import compare
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.figures import FIGURES, FRAMES, RUNS, draw, figure
from cashless_sim.present.health import SMALLEST
from cashless_sim.present.palette import METHODS, ink_on
from cashless_sim.present.plot.cost_effect import front
from cashless_sim.present.plot.influence import ledger
from cashless_sim.present.plot.left_out import left_out
from cashless_sim.present.plot.posterior import learnt
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.plot.tile_map import TILES, tiles_of
from cashless_sim.present.provenance import of

TONGUES, SIZES = ("en", "vi"), ("page", "slide")
MINE = tuple(name for name in FIGURES if name != "adoption")
CASES = [(n, t, s) for n in FIGURES for t in TONGUES for s in SIZES if (n, s) != ("adoption", "page")]
LETTERS = 24.0
PRINTED, A4_ROOM = 7.0, 180 / 25.4
"""Points of the smallest letters on paper; inches that a page of figures is printed wide."""


@pytest.fixture(scope="module")
def runs() -> Runs:
    return runs_of()


@pytest.fixture(scope="module")
def sources(runs) -> dict[str, object]:
    frames = {
        "difference": compare(runs, "no-outreach", ("using",), ("all",)),
        "cost_effect": costs_frame(),
        "posterior": posterior_frame(),
        "ranks": ranks_frame(),
        "scorecard": scorecard_frame(),
        "sensitivity": effects_frame("sobol"),
        "population": residuals_frame(),
    }
    return dict.fromkeys(RUNS, runs) | frames


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


def drawn(name, sources, runs, tongue, size) -> Axes:
    options = {"runs": runs} if name in FRAMES else {"scenario": "hung-yen"}
    return draw(name, sources[name], language=tongue, size=size, **options)


def words(ax: Axes) -> list[Text]:
    """Return what is written: not the watermark, nor the labels of ticks outside the Axes, which are never drawn."""
    beyond = set()
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        beyond |= {t.label1 for t in axis.get_major_ticks() if not low - 1e-9 <= t.get_loc() <= high + 1e-9}
    found = ax.get_figure(root=True).findobj(Text)
    shown = [t for t in found if t.get_visible() and t.get_text().strip() and t not in beyond]
    return [t for t in shown if t.get_gid() != "watermark"]


def said(ax: Axes) -> str:
    return "\n".join(t.get_text() for t in words(ax)).replace("\u00a0", " ")


@pytest.mark.parametrize(("name", "tongue", "size"), CASES)
def test_nothing_is_cut_nothing_overlaps_and_a_hall_can_read_it(runs, sources, name, tongue, size):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a glyph that the font has not
        ax = drawn(name, sources, runs, tongue, size)
        page = ax.get_figure(root=True)
        page.canvas.draw()
    shown = [t for t in words(ax) if t.get_window_extent().width > 0]
    boxes = [(t.get_text(), t.get_window_extent()) for t in shown]
    for text, box in boxes:
        assert page.bbox.x0 <= box.x0 and box.x1 <= page.bbox.x1, text
        assert page.bbox.y0 <= box.y0 and box.y1 <= page.bbox.y1, text
    for (first, one), (second, other) in itertools.combinations(boxes, 2):
        assert not one.padded(-2).overlaps(other.padded(-2)), (first, second)
    smallest = min(t.get_fontsize() for t in shown)
    assert smallest * A4_ROOM / page.get_size_inches()[0] >= PRINTED
    if size == "slide":
        assert smallest >= LETTERS
        assert page.get_size_inches() == pytest.approx((10, 7.5))
        assert len([t for t in shown if is_number(t, ax)]) <= 3


def is_number(text: Text, ax: Axes) -> bool:
    """Whether words hold a number that the figure tells: not those of an axis, the title, a date or the note."""
    axis = {*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label}
    if text in axis or text.get_gid() in ("title", "note", "subtitle"):
        return False
    return bool(re.search(r"\d[.,]?\d*\u00a0%|^[+−]?\d[\d.,]*|[+−]\d", text.get_text()))


@pytest.mark.parametrize(
    ("ticks", "written"),
    [
        ([0.0, 0.05, 0.1], ["0,00", "0,05", "0,10"]),
        ([-1.0, 0.0, 1.0], ["−1", "0", "1"]),
        ([0.0, 0.1 + 0.2, 0.6], ["0,0", "0,3", "0,6"]),
        ([2.5], ["2,5"]),
        ([0.0, 2500.0], ["0", "2.500"]),
    ],
)
def test_ticks_have_the_digits_that_tell_them_apart(ticks, written):
    assert Ticks("vi").format_ticks(ticks) == written
    shares = [tick / 100 for tick in ticks]
    assert Ticks("vi", are_shares=True).format_ticks(shares) == [f"{one}\u00a0%" for one in written]


def test_a_small_difference_repeats_no_tick(runs):
    frame = runs.frame.copy()
    of_plan = (frame["scenario"] == "hung-yen") & (frame["measure"] == "using")
    base = runs.frame.loc[(frame["scenario"] == "no-outreach") & (frame["measure"] == "using"), "value"].to_numpy()
    frame.loc[of_plan, "value"] = base * 1.003
    ax = draw("difference", Runs(frame, runs.manifest), to="no-outreach", language="vi")
    ax.get_figure(root=True).canvas.draw()
    shown = [t.get_text() for t in ax.get_yticklabels()]
    assert len(shown) > 2 and len(set(shown)) == len(shown)


@pytest.mark.parametrize("name", MINE)
def test_it_keeps_what_it_shows_in_both_languages(runs, sources, name):
    english, vietnamese = (of(drawn(name, sources, runs, tongue, "page")) for tongue in TONGUES)
    assert english.data.equals(vietnamese.data) and len(english.data)
    assert english.alt != vietnamese.alt and "{" not in english.alt + vietnamese.alt
    assert english.facts["figure"] == name
    assert english.facts["manifest"]["results_hash"] == runs.results_hash
    note = "\n".join(english.facts["note"])
    for piece in ("2,000 of 377,582 synthetic households", "old Hưng Yên", "seed 1", "2 replicates", "4 prior draws"):
        assert piece in note
    assert "Mar 2018–Dec 2024" in note and "123456789ab" in note


def test_a_figure_of_unknown_runs_says_so_and_one_of_a_named_origin_does_not():
    unknown = draw("posterior", posterior_frame())
    assert any("ORIGIN UNKNOWN" in t.get_text() for t in unknown.texts)
    named = draw("posterior", posterior_frame(), origin="Posterior check, 12 January 2026.")
    assert not any(t.get_gid() == "watermark" for t in named.texts)
    assert of(named).facts["note"][0] == "Posterior check, 12 January 2026."


def test_red_marks_the_figure_and_a_calibrated_one_is_clean():
    def marks(runs: Runs) -> list[str]:
        return [t.get_text() for t in draw("funnel", runs, language="vi").texts if t.get_gid() == "watermark"]

    assert marks(runs_of()) == ["CHƯA HIỆU CHỈNH"]
    assert marks(runs_of(calibrated=True)) == []


def test_one_replicate_has_points_but_no_band():
    single = runs_of(replicates=1, draws=0)
    assert of(draw("funnel", single)).data["low"].isna().all()
    ax = draw("difference", single, to="no-outreach")
    data = of(ax).data
    assert data["low80"].isna().all() and data["difference"].notna().all()
    assert "One pair of runs tells no interval" in said(ax)


@pytest.mark.parametrize("name", FIGURES)
def test_bad_input_is_refused_with_a_word(runs, sources, name):
    empty = Runs(runs.frame.iloc[:0], runs.manifest) if name in RUNS else sources[name].iloc[:0]
    with pytest.raises(BadValue, match="at least one"):
        draw(name, empty)
    with pytest.raises(UnknownName, match="no language named 'fr'"):
        draw(name, sources[name], language="fr")
    with pytest.raises(UnknownName, match="did you mean 'slide'"):
        draw(name, sources[name], size="slides")
    with pytest.raises(UnknownName, match="did you mean"):
        figure(name[:-1])


def test_small_cells_are_hatched_and_kept_out_of_the_data(runs):
    ax = left_out(runs, "hung-yen")
    data = of(ax).data
    few = data[data["group"] == "age=15-24"]
    assert (few["households"] == 20).all() and few[["value", "low", "high"]].isna().all(axis=None)
    assert data.loc[data["group"] == "age=60+", "value"].notna().all()
    assert f"<{SMALLEST}" in said(ax)
    tiles = of(draw("tile_map", runs, scenario="hung-yen")).data.set_index("district")
    assert np.isnan(tiles["value"]["Phu Cu"]) and tiles["value"]["Van Lam"] > 0


def test_who_is_left_out_is_what_the_measure_leaves(runs):
    data = of(left_out(runs, "hung-yen")).data.set_index(["group", "month"])["value"]
    drawn = runs.select(scenario="hung-yen", measure="using", group="income=1", month="2024-12", draws=True)
    assert data["income=1", "2024-12"] == pytest.approx(1 - drawn["value"].mean())


def test_the_ledger_adds_up_to_all_first_payments(runs):
    own = runs.select(scenario="hung-yen", measure="adopted_by", draws=False)
    assert ledger(runs, "hung-yen")["households"].sum() == pytest.approx(own["value"].sum() / 2)


def test_methods_and_what_is_not_paid_are_all_bills(runs):
    data = of(draw("methods", runs, scenario="hung-yen")).data
    assert np.allclose(data.groupby("month")["value"].sum(), 1.0)


def test_the_front_is_what_nothing_beats():
    frame = costs_frame()
    assert list(frame.loc[front(frame), "scenario"]) == ["visits", "points", "debit"]
    dearer = frame.assign(cost=frame["cost"].where(frame["scenario"] != "points", 10e8))
    assert list(dearer.loc[front(dearer), "scenario"]) == ["visits", "debit", "even"]


def test_contraction_is_what_variance_was_lost():
    table = learnt(posterior_frame()).set_index("parameter")["contraction"]
    assert table["rules.Access.number_1"] == pytest.approx(1 - 0.15**2, abs=1e-9)
    assert table["rules.Access.number_0"] == pytest.approx(1 - 0.95**2, abs=1e-9)


def test_tiles_stand_apart_and_follow_the_map():
    from cashless_sim.data import place

    for name in ("hung-yen", "viet-nam", "evnnpc"):
        districts = place(name).districts
        tiles = tiles_of(name, districts)
        assert set(tiles) == set(districts["district"]) and len(set(tiles.values())) == len(tiles)
    lat = place("hung-yen").districts.set_index("district")["lat"]
    rows = {row: [lat[d] for d, (_, r) in TILES["hung-yen"].items() if r == row] for row in range(4)}
    assert min(rows[0]) > max(rows[3]) and np.mean(rows[1]) > np.mean(rows[2])


def test_colours_of_methods_differ_in_grey_from_their_neighbours():
    def grey(colour: str) -> float:
        return float(np.dot(to_rgb(colour), (0.299, 0.587, 0.114)))

    shades = [grey(colour) for colour in METHODS.values()]
    assert min(abs(a - b) for a, b in itertools.pairwise(shades)) > 0.1
    assert len(set(METHODS.values())) == len(METHODS)


@pytest.mark.parametrize("colour", ["#000000", "#FFFFFF", *METHODS.values()])
def test_letters_on_a_colour_can_be_read(colour):
    def light(hexed: str) -> float:
        return float(
            np.dot(
                [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(hexed)],
                (0.2126, 0.7152, 0.0722),
            )
        )

    one, other = sorted((light(colour), light(ink_on(colour))))
    assert (other + 0.05) / (one + 0.05) >= 4.5


def test_given_axes_are_drawn_on_and_nothing_is_saved(runs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = dict(plt.rcParams)
    ax = plt.figure().add_subplot()
    assert draw("methods", runs, ax=ax) is ax
    assert list(tmp_path.iterdir()) == [] and dict(plt.rcParams) == before
