"""Adoption over time for a hall: three statistics at most, each with its band and what was reported."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from cashless_sim.errors import BadValue
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.bands import Band, bands
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month, percent
from cashless_sim.present.margin import geography
from cashless_sim.present.plot.ends import LEAD_WIDTH, ends, separate
from cashless_sim.present.plot.notes import Words, chosen, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import Spread, records
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.plot.years import year_axis, year_of
from cashless_sim.present.reported import area_of, points
from cashless_sim.present.style import COLOURS, MARKS

SHOWN = ("B", "D", "G")
MOST = 3


def adoption_slide(
    runs: Runs,
    scenario: str | None = None,
    codes: tuple[str, ...] = SHOWN,
    language: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Return Axes of a slide with three statistics of a scenario over time; reported figures stand as points.

    Filled points are of this place, hollow ones of a wider area. Raises `UnknownName`, `BadValue`.
    """
    tongue, name = spoken(language), chosen(runs, scenario)
    band = bands(runs, name, tuple(codes[:MOST]))
    if band.frame.empty:
        raise BadValue(what="rows of these statistics in the runs", value=0, expected="at least one")
    sheet = Sheet("slide", ax)
    last = band.frame[band.frame["month"] == band.frame["month"].max()]
    place = geography(runs.about(name)["place"], tongue)
    said = ", ".join(f"{row['measure']} {percent(row['value'], tongue)}" for _, row in last.iterrows())
    facts = {"place": place, "month": month(str(last["month"].iloc[0]), tongue)}
    words = Words(
        title=word("adoption.title.slide", tongue, **facts),
        under="",
        alt=word("adoption.alt", tongue, ends=said, **facts),
        more=(word("adoption.note", tongue),),
    )
    options = {"scenario": name, "codes": list(codes[:MOST]), "language": tongue}
    kind = "around" if band.kind in ("draws", "posterior") else band.kind
    found = Spread(band.frame, kind, band.count, band.replicates)
    with sheet.look():
        labels = _lines(sheet, band, last, tongue)
        _reported(sheet, runs, name, band)
        drawn = signed(sheet, "adoption", words, band.frame, options, runs=runs, scenarios=(name,), spread=found)
        separate(sheet.ax, labels, LEAD_WIDTH)
    return drawn


def _lines(sheet: Sheet, band: Band, last: pd.DataFrame, tongue: str) -> list[Text]:
    ax = sheet.ax
    for code, rows in band.frame.groupby("measure"):
        x, colour = rows["month"].map(year_of), COLOURS[str(code)]
        ax.fill_between(x, rows["low"], rows["high"], color=colour, alpha=0.18, linewidth=0)
        ax.plot(x, rows["value"], color=colour, linewidth=sheet.size.line)
    ax.set(ylim=(0, 1.02), yticks=[0, 0.5, 1])
    ax.yaxis.set_major_formatter(Ticks(tongue, are_shares=True))
    x_all = band.frame["month"].map(year_of)
    year_axis(ax, float(x_all.min()), float(x_all.max()), few=True)
    named = []
    for row in records(last):
        code = str(row["measure"])
        text = f"{code} {percent(row['value'], tongue, 0)} {word(f'line.{code}', tongue)}"
        named.append((float(row["value"]), sheet.shortened(text, 3.3, 3), COLOURS[code]))
    return ends(ax, named, sheet.size.word)


def _reported(sheet: Sheet, runs: Runs, name: str, band: Band) -> None:
    """Draw the reported figures that the months cover."""
    home, first, last = area_of(runs.about(name)["place"]), band.frame["month"].min(), band.frame["month"].max()
    for point in points():
        if point.code in set(band.frame["measure"]) and point.end >= first and point.start <= last:
            colour = COLOURS[point.code]
            fill = colour if point.area == home else "white"
            sheet.ax.plot(
                year_of(point.month),
                point.value,
                MARKS[point.code],
                color=colour,
                markerfacecolor=fill,
                markersize=14,
                markeredgewidth=2.5,
                zorder=5,
            )
