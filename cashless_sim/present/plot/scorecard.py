"""The scorecard: what was forecast for figures that no fit saw, beside what was published."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import knows as known
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.plot.frames import columns, translated
from cashless_sim.present.plot.notes import Words, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import records
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.style import FAINT, INK

RIVALS = ("last value", "logistic", "Bass", "Bass with pulses")
SHAPES = {"last value": "|", "logistic": "x", "Bass": "+", "Bass with pulses": "2"}
ROWS, ROWS_ON_SLIDE, NUMBERS_ON_SLIDE = 18, 5, 3
HIT, MISS = "#0072B2", "#D55E00"
FIRST = ("all",)
FLAT: dict[str, Any] = {"solid_capstyle": "butt"}


def scorecard(
    frame: pd.DataFrame,
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
    runs: Runs | None = None,
    origin: str = "",
) -> Axes:
    """Return Axes with a row a figure: forecast median with 80 and 95 % intervals, the published value, baselines.

    ``frame`` is that of `calibration.score.scorecard`: point, code, geography, group, date, published, median, low80 …
    high95, and ``<baseline>: median``; shares. Points outside the 80 % interval are orange. Raises `UnknownName`,
    `BadValue`.
    """
    tongue = spoken(language)
    sheet = Sheet(size, ax)
    frame = columns(frame, ("point", "published", "median", "low80", "high80"))
    inside = (frame["published"] >= frame["low80"]) & (frame["published"] <= frame["high80"])
    most = ROWS_ON_SLIDE if sheet.size.is_slide else ROWS
    shown = _ordered(frame).head(most)
    facts = {"count": int(inside.sum()), "of": len(frame)}
    left = [word("score.left", tongue, count=len(frame) - len(shown))] if len(frame) > len(shown) else []
    missed = ", ".join(str(p) for p in frame.loc[~inside, "point"])
    words = Words(
        title=word("score.title.slide" if sheet.size.is_slide else "score.title", tongue, **facts),
        under=word("score.under", tongue),
        alt=word("score.alt", tongue, missed=missed or "–", **facts),
        more=(word("score.note", tongue), *left),
    )
    with sheet.look():
        _rows(sheet, shown, tongue)
        who = () if runs is None else runs.scenarios
        return signed(
            sheet,
            "scorecard",
            words,
            frame,
            {"language": tongue, "origin": origin},
            runs=runs,
            scenarios=who,
            origin=origin,
        )


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the totals before the groups, otherwise as they came."""
    if "group" not in frame:
        return frame
    return frame.assign(late=~frame["group"].isin(FIRST)).sort_values("late", kind="stable").drop(columns="late")


def _rows(sheet: Sheet, shown: pd.DataFrame, tongue: str) -> None:
    ax, slide = sheet.ax, sheet.size.is_slide
    wide = sheet.size.line
    seen: dict[str, Any] = {}
    for place, row in enumerate(records(shown)):
        hit = row["low80"] <= row["published"] <= row["high80"]
        colour = HIT if hit else MISS
        if "low95" in row:
            ax.plot([row["low95"], row["high95"]], [place] * 2, color=colour, alpha=0.35, linewidth=2 * wide, **FLAT)
        ax.plot([row["low80"], row["high80"]], [place] * 2, color=colour, alpha=0.75, linewidth=4 * wide, **FLAT)
        ax.plot(row["median"], place, "|", color="white", markersize=7 * wide, markeredgewidth=wide)
        seen["published"] = ax.plot(row["published"], place, "D", color=INK, markersize=3.2 * wide, zorder=6)[0]
        for name in () if slide else RIVALS:
            value = row.get(f"{name}: median", np.nan)
            if np.isfinite(value):
                seen[name] = ax.plot(value, place, SHAPES[name], color=FAINT, markersize=8, zorder=5)[0]
        if not slide or place < NUMBERS_ON_SLIDE:
            ax.text(
                1.015, place, _said(row, tongue, slide), transform=ax.get_yaxis_transform(), va="center", gid="value"
            )
    labels = [_name(sheet, row, tongue) for row in records(shown)]
    ax.set_yticks(range(len(shown)), labels)
    ax.set(xlim=(0, 1.03), ylim=(len(shown) - 0.5, -0.6))
    ax.xaxis.set_major_formatter(Ticks(tongue, are_shares=True))
    ax.set_xticks([0, 0.5, 1] if slide else [0, 0.2, 0.4, 0.6, 0.8, 1])
    ax.grid(axis="x", color="#e6e6e6", linewidth=0.8)
    ax.tick_params(axis="y", length=0)
    if not slide:
        names = [word("score.published", tongue), *(word(f"baseline.{n}", tongue) for n in seen if n in RIVALS)]
        lines = [seen["published"], *(seen[n] for n in seen if n in RIVALS)]
        ax.legend(lines, names, loc="upper left", bbox_to_anchor=(0, -0.06), ncol=3, frameon=False, handletextpad=0.4)


def _name(sheet: Sheet, row: dict[str, Any], tongue: str) -> str:
    """Return what a row is called: statistic, where or whom, when."""
    if not {"code", "geography", "group", "date"} <= set(row):
        return sheet.wrapped(str(row["point"]), sheet.size.word, 3.4)
    where = str(row["geography"])
    where = say(f"area.{where}", tongue) if known(f"area.{where}") else translated("area", where, tongue)
    group = str(row["group"])
    whom = "" if group == "all" else ", " + translated("survey", group, tongue)
    name = f"{row['code']} {where} {str(row['date'])[:4]}{whom}"
    return sheet.wrapped(name, sheet.size.word, 3.6 if sheet.size.is_slide else 3.4)


def _said(row: dict[str, Any], tongue: str, slide: bool) -> str:
    published = number(100 * row["published"], tongue, 1)
    if slide:
        return f"{published} %"
    ends = f"{number(100 * row['low80'], tongue, 1)}–{number(100 * row['high80'], tongue, 1)}"
    return f"{published}  |  {number(100 * row['median'], tongue, 1)} [{ends}]"
