"""Whether synthetic households are like those that were counted: how far each published share is missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from cashless_sim.data import place, places
from cashless_sim.errors import BadValue
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import number, percent
from cashless_sim.present.plot.beside import beside
from cashless_sim.present.plot.frames import columns, minus, translated
from cashless_sim.present.plot.notes import Words, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import records
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.style import FAINT, INK

CLOSE = 0.01
"""Difference of shares up to which a published one counts as met."""
NAMED, NAMED_ON_SLIDE = 5, 2
FREE = "not imposed"
KINDS = {FREE: ("#D55E00", "D"), "": ("#0072B2", "o")}


def population(
    frame: pd.DataFrame,
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
    runs: Runs | None = None,
    origin: str = "",
) -> Axes:
    """Return Axes with a point a published share: how far the synthetic one lies above or below it.

    ``frame`` is `Population.residuals`. Numbers in other units are summed up in the margin by their largest relative
    difference. Raises `UnknownName`, `BadValue`.
    """
    tongue = spoken(language)
    sheet = Sheet(size, ax)
    frame = columns(frame, ("marginal", "group", "published", "synthetic", "unit", "met_by"))
    empty = set(frame.loc[(frame["marginal"] == "households") & (frame["synthetic"] == 0), "group"])
    unseen = (frame["marginal"] == "urban") & frame["group"].isin(empty)
    shares = frame[(frame["unit"] == "share") & ~unseen].dropna(subset=["published", "synthetic"])
    if shares.empty:
        raise BadValue(what="rows of this figure in the frame", value=0, expected="at least one in the unit share")
    gap = (shares["synthetic"] - shares["published"]).abs()
    asked = shares["met_by"] != FREE
    facts = {
        "count": int((gap[asked] <= CLOSE).sum()),
        "of": int(asked.sum()),
        "points": number(100 * CLOSE, tongue),
        "largest": number(100 * float(gap[asked].max()), tongue, 1) if asked.any() else "–",
    }
    missing = [word("population.unseen", tongue, count=len(empty))] if empty else []
    words = Words(
        title=word("population.title.slide" if sheet.size.is_slide else "population.title", tongue, **facts),
        under=word("population.under", tongue, **facts),
        alt=word("population.alt", tongue, **facts),
        more=(word("population.note", tongue), _others(frame, tongue), *missing),
    )
    with sheet.look():
        _points(sheet, shares, tongue)
        who = () if runs is None else runs.scenarios
        drawn = signed(
            sheet,
            "population",
            words,
            frame,
            {"language": tongue, "origin": origin},
            runs=runs,
            scenarios=who,
            origin=origin,
        )
        _name(sheet, shares, gap, _titles(frame, tongue), tongue)
    return drawn


def _others(frame: pd.DataFrame, tongue: str) -> str:
    """Return how well the numbers in other units are met: the largest relative difference and whose it is."""
    rest = frame[(frame["unit"] != "share") & (frame["met_by"] != FREE) & (frame["published"] != 0)]
    off = (rest["synthetic"] / rest["published"] - 1).abs().dropna()
    if off.empty:
        return ""
    row = rest.loc[off.index].iloc[int(off.to_numpy().argmax())]
    group = str(row["group"])
    name = _said(str(row["marginal"]), _titles(frame, tongue).get(group, group), tongue)
    return word("population.others", tongue, count=len(off), name=name, share=percent(float(off.max()), tongue))


def _points(sheet: Sheet, shares: pd.DataFrame, tongue: str) -> None:
    ax, slide = sheet.ax, sheet.size.is_slide
    ax.axhline(0, color=FAINT, linewidth=1.0, zorder=1)
    for kind, (colour, mark) in KINDS.items():
        rows = shares[(shares["met_by"] == FREE) == (kind == FREE)]
        style: dict[str, Any] = {"color": colour, "markersize": 13 if slide else 7, "alpha": 0.8}
        ax.plot(rows["published"], _off(rows), mark, linestyle="", markeredgecolor="white", **style)
    ticks = [0, 0.5, 1] if slide else [0, 0.2, 0.4, 0.6, 0.8, 1]
    most = max(1.2 * float(_off(shares).abs().max()), 100 * CLOSE)
    ax.set(xlim=(-0.02, 1.02), ylim=(-most, most), xticks=ticks)
    ax.set_xlabel(word("population.x", tongue))
    ax.set_ylabel(word("population.y.slide" if slide else "population.y", tongue))
    ax.xaxis.set_major_formatter(Ticks(tongue, are_shares=True))
    ax.yaxis.set_major_formatter(Ticks(tongue))
    ax.locator_params(axis="y", nbins=3 if slide else 7)
    if not slide:
        dots = [Line2D([], [], color=c, marker=m, linestyle="", markersize=7) for c, m in KINDS.values()]
        names = [word("population.free", tongue), word("population.met", tongue)]
        ax.legend(dots, names, loc="upper right", frameon=False)


def _off(rows: pd.DataFrame) -> pd.Series[float]:
    """Return synthetic less published, percentage points."""
    return 100 * (rows["synthetic"] - rows["published"])


def _name(sheet: Sheet, shares: pd.DataFrame, gap: pd.Series[float], titles: Mapping[str, str], tongue: str) -> None:
    """Name the points that lie furthest off."""
    worst = gap[gap > CLOSE].nlargest(NAMED_ON_SLIDE if sheet.size.is_slide else NAMED).index
    named = []
    for row in records(shares.loc[worst].assign(off=_off(shares))):
        group = titles.get(row["group"], row["group"])
        said = sheet.shortened(_said(row["marginal"], group, tongue), 3.6 if sheet.size.is_slide else 2.6, 2)
        off = minus(number(row["off"], tongue, 0 if sheet.size.is_slide else 1))
        named.append((row["published"], row["off"], f"{said} {'+' if row['off'] > 0 else ''}{off}", INK))
    others = list(zip(shares["published"], _off(shares), strict=True))
    beside(sheet.ax, named, sheet.size.word, lines=sheet.ax.lines[:1], others=others)


def _titles(frame: pd.DataFrame, tongue: str) -> dict[str, str]:
    """Return what the districts of the frame are called in a language."""
    names = set(frame.loc[frame["marginal"] == "households", "group"])
    for known in places() if tongue == "vi" and names else ():
        districts = place(known).districts
        if names <= set(districts["district"]):
            return dict(zip(districts["district"], districts["district_vi"], strict=True))
    return {}


def _said(marginal: str, group: str, tongue: str) -> str:
    name = translated("marginal", marginal, tongue)
    return name if group in ("all", "") else f"{name}: {translated('survey', group, tongue)}"
