"""How scenarios differ from a baseline over time, with the receipt of the comparison."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from cashless_sim.analysis.compare import compare
from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.model.measures import MEASURES
from cashless_sim.present.groups import called
from cashless_sim.present.locale.figures import knows, word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month, number
from cashless_sim.present.palette import scenario_colours
from cashless_sim.present.plot.ends import LEAD_WIDTH, ends, separate
from cashless_sim.present.plot.frames import minus, title_of
from cashless_sim.present.plot.notes import Words, signed
from cashless_sim.present.plot.sheet import Sheet, capital
from cashless_sim.present.plot.spread import records
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.plot.years import year_axis, year_of
from cashless_sim.present.style import FAINT

MOST = 5
"""Scenarios in one figure; more are left out and counted in the margin."""
SHARES = tuple(m.name for m in MEASURES if m.unit == "share")


def difference(
    source: Runs | pd.DataFrame,
    to: str | None = None,
    measure: str = "using",
    group: str = "all",
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
    runs: Runs | None = None,
    origin: str = "",
    scenarios: Sequence[str] | None = None,
) -> Axes:
    """Return Axes with the paired difference of a measure over time, in percentage points, and its receipt.

    ``source`` is what `compare` returned, or runs, which are then compared with ``to`` (the first scenario);
    ``scenarios`` are those to draw (all, if None).
    Light bands 95 %, dark ones 80 %, as `compare` defines them; none where there is one pair. Raises `UnknownName`,
    and `BadValue` without rows or a baseline.
    """
    tongue = spoken(language)
    sheet = Sheet(size, ax)
    if isinstance(source, Runs):
        runs = source
    frame = _rows(source, to, measure, group, scenarios)
    baseline = str(frame["baseline"].iloc[0])
    names = tuple(dict.fromkeys(frame["scenario"]))
    shown = frame[frame["scenario"].isin(names[:MOST])]
    last = str(shown["month"].max())
    receipts = [_receipt(row, runs, tongue) for row in records(shown[shown["month"] == last])]
    short = word(f"short.{measure}" if knows(f"short.{measure}") else f"of.{measure}", tongue)
    facts = {"measure": word(f"of.{measure}", tongue), "short": short, "baseline": title_of(runs, baseline, tongue)}
    left = [word("difference.left", tongue, count=len(names) - MOST)] if len(names) > MOST else []
    kind = str(frame["interval"].iloc[0])
    where = runs.about(baseline)["place"] if runs is not None and baseline in runs.scenarios else ""
    whose = called(group, tongue, where, is_short=True)
    group_said = "" if group == "all" else word("of.group", tongue, group=whose)
    words = Words(
        title=capital(word("difference.title.slide" if sheet.size.is_slide else "difference.title", tongue, **facts)),
        under=word("difference.under", tongue, **facts) + group_said,
        alt=word("difference.alt", tongue, month=month(last, tongue), receipts=" ".join(receipts), **facts),
        more=(
            word("difference.receipt", tongue, month=month(last, tongue)),
            *receipts,
            _kind(frame, kind, tongue),
            *left,
        ),
    )
    options: dict[str, Any] = {"to": baseline, "measure": measure, "group": group, "language": tongue, "origin": origin}
    options["scenarios"] = list(names)
    with sheet.look():
        labels = _lines(sheet, shown, runs, tongue)
        who = dict.fromkeys([baseline, *names])
        drawn = signed(sheet, "difference", words, shown, options, runs=runs, scenarios=tuple(who), origin=origin)
        separate(sheet.ax, labels, LEAD_WIDTH)
    return drawn


def _rows(
    source: Runs | pd.DataFrame, to: str | None, measure: str, group: str, scenarios: Sequence[str] | None
) -> pd.DataFrame:
    if measure not in SHARES:
        near = nearest(measure, SHARES)
        raise UnknownName(what="measure that is a share", name=measure, expected=", ".join(SHARES), near=near)
    if isinstance(source, Runs):
        if source.frame.empty:
            raise BadValue(what="rows of the runs", value=0, expected="at least one")
        source = compare(source, to or source.scenarios[0], measures=(measure,), groups=(group,))
    rows = source[(source["measure"] == measure) & (source["group"] == group)]
    rows = rows if scenarios is None else rows[rows["scenario"].isin(scenarios)]
    if rows.empty:
        raise BadValue(what="rows of this figure in the frame", value=0, expected="at least one")
    return rows.drop(columns="pairs_needed", errors="ignore").sort_values(["scenario", "month"], kind="stable")


def _lines(sheet: Sheet, frame: pd.DataFrame, runs: Runs | None, tongue: str) -> list[Text]:
    ax, slide = sheet.ax, sheet.size.is_slide
    names = tuple(dict.fromkeys(frame["scenario"]))
    colours = scenario_colours(names)
    named = []
    for name, rows in frame.groupby("scenario", sort=False):
        x, colour = rows["month"].map(year_of), colours[str(name)]
        for cover, shade in ((95, 0.13), (80, 0.22)):
            ax.fill_between(
                x, 100 * rows[f"low{cover}"], 100 * rows[f"high{cover}"], color=colour, alpha=shade, linewidth=0
            )
        ax.plot(x, 100 * rows["difference"], color=colour, linewidth=sheet.size.line)
        value = 100 * float(rows["difference"].iloc[-1])
        text = _short(sheet, f"{_signed(value, tongue)}  {title_of(runs, str(name), tongue)}")
        named.append((value, text, colour))
    ax.axhline(0, color=FAINT, linewidth=1.0)
    ax.set_ylabel("" if slide else word("points", tongue))
    ax.yaxis.set_major_formatter(Ticks(tongue))
    ax.locator_params(axis="y", nbins=3 if slide else 7)
    x_all = frame["month"].map(year_of)
    year_axis(ax, float(x_all.min()), float(x_all.max()), slide)
    return ends(ax, named[:3] if slide else named, sheet.size.word)


def _short(sheet: Sheet, title: str) -> str:
    return sheet.shortened(title, 2.7 if sheet.size.is_slide else 2.2, 3)


def _signed(value: float, tongue: str) -> str:
    text = number(abs(value), tongue, 1)
    return text if not any(c in text for c in "123456789") else f"{'+' if value > 0 else '−'}{text}"


def _receipt(row: dict[str, Any], runs: Runs | None, tongue: str) -> str:
    """Return the receipt of one scenario at the last month: pairs, difference, intervals, what pairing gained."""
    value = {name: float(row[name]) for name in ("difference", "sd_difference", "variance_reduction", "n")}
    facts = {
        "title": title_of(runs, str(row["scenario"]), tongue),
        "difference": _signed(100 * value["difference"], tongue),
        "count": number(value["n"], tongue),
    }
    if math.isnan(value["sd_difference"]):
        return word("difference.receipt.one", tongue, **facts)
    for cover in (80, 95):
        low, high = (100 * float(row[f"{end}{cover}"]) for end in ("low", "high"))
        facts[f"range{cover}"] = minus(f"[{number(low, tongue, 1)}; {number(high, tongue, 1)}]")
    gain = value["variance_reduction"]
    facts["gain"] = number(gain, tongue, 1) if math.isfinite(gain) else "–"
    facts["sd"] = number(100 * value["sd_difference"], tongue, 2)
    return word("difference.receipt.row", tongue, **facts)


def _kind(frame: pd.DataFrame, kind: str, tongue: str) -> str:
    many: Sequence[int] = [int(n) for n in frame["n"]]
    return word("difference.single" if min(many) < 2 else f"difference.kind.{kind}", tongue)
