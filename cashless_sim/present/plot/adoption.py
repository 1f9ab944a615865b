"""Adoption over time: each statistic with its band, beside the figures that were reported."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.bands import Band, bands
from cashless_sim.present.health import watermark
from cashless_sim.present.labels import label
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month, percent, say
from cashless_sim.present.margin import aside, geography, note, titled
from cashless_sim.present.plot.ends import LEAD_WIDTH, ends, separate
from cashless_sim.present.plot.sheet import Sheet, page
from cashless_sim.present.plot.spread import records
from cashless_sim.present.plot.years import year_of
from cashless_sim.present.provenance import MadeOf, Provenance, attach
from cashless_sim.present.reported import CODES, Point, area_of, points
from cashless_sim.present.style import COLOURS, DASHES, FAINT, MARKS

SHOWN = ("A", "B", "D", "E", "G")
HEIGHT = 7.4
"""Inches: more than of other figures, as it tells of most."""
ROOM = 2.3
"""Inches beside the lines for what they are called."""


def adoption(
    runs: Runs,
    scenario: str | None = None,
    codes: tuple[str, ...] = SHOWN,
    language: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Return Axes with the statistics ``codes`` of a scenario (the first) over time; nothing is saved.

    Lines run the scenario's own values, bands hold 80 % of the prior draws (or of the replicates). Other scenarios
    of the runs are dashed. Reported fit figures stand as points: filled for this place, hollow for a wider
    area. Raises `UnknownName` for a scenario, code or language that is not there, `BadValue` for empty runs.
    """
    tongue = spoken(language)
    _known(codes)
    chosen = scenario or runs.scenarios[0]
    runs.about(chosen)
    band = bands(runs, chosen, tuple(codes))
    if band.frame.empty:
        raise BadValue(what="rows of these statistics in the runs", value=0, expected="at least one")
    sheet = Sheet(page(HEIGHT), ax)
    under = say("adoption.subtitle", tongue, title=titled(runs, chosen, tongue))
    with sheet.look():
        _lines(sheet.ax, band)
        _others(sheet.ax, runs, chosen, tuple(codes))
        shown = _points(sheet.ax, runs, chosen, band)
        _frame(sheet.ax, band, tongue)
        _key(sheet, runs, chosen, band, tongue)
        names = _ends(sheet, band, tongue)
        sheet.finish(
            _title(runs, chosen, band, tongue), under, note(runs, chosen, band, tongue), watermark(runs, tongue)
        )
        _say_points(sheet, shown, tongue)
        separate(sheet.ax, names, LEAD_WIDTH)
    return attach(sheet.ax, _provenance(runs, chosen, band, shown, tongue, tuple(codes)))


def _known(codes: tuple[str, ...]) -> None:
    for code in codes:
        if code not in CODES:
            near = nearest(code, CODES)
            raise UnknownName(what="statistic", name=code, expected=", ".join(CODES), near=near)


def _lines(ax: Axes, band: Band) -> None:
    for code, part in band.frame.groupby("measure"):
        x = part["month"].map(year_of)
        sns.lineplot(x=x, y=part["value"], ax=ax, color=COLOURS[str(code)], linewidth=2.4, errorbar=None)
        ax.fill_between(x, part["low"], part["high"], color=COLOURS[str(code)], alpha=0.15, linewidth=0)


def _others(ax: Axes, runs: Runs, chosen: str, codes: tuple[str, ...]) -> None:
    for number, name in enumerate(n for n in runs.scenarios if n != chosen):
        for code, part in bands(runs, name, codes).frame.groupby("measure"):
            line: dict[str, Any] = {"color": COLOURS[str(code)], "linewidth": 1.6, "dashes": _dash(number)}
            ax.plot(part["month"].map(year_of), part["value"], **line)


def _dash(number: int) -> tuple[float, ...]:
    return DASHES[1 + number % (len(DASHES) - 1)]


def _points(ax: Axes, runs: Runs, chosen: str, band: Band) -> list[Point]:
    """Draw the reported figures that the months cover; return them."""
    counted = set(band.frame["measure"])
    first, last = band.frame["month"].min(), band.frame["month"].max()
    shown = [p for p in points() if p.code in counted and p.end >= first and p.start <= last]
    home = area_of(runs.about(chosen)["place"])
    for point in shown:
        colour, x = COLOURS[point.code], year_of(point.month)
        fill = colour if point.area == home else "white"
        if point.start != point.end:
            ax.plot([year_of(point.start), year_of(point.end)], [point.value] * 2, color=colour, linewidth=1.0)
        ax.plot(x, point.value, MARKS[point.code], color=colour, markerfacecolor=fill, markersize=8, zorder=5)
    return shown


def _say_points(sheet: Sheet, shown: list[Point], tongue: str) -> None:
    """Write code and figure beside each point, clear of the curves."""
    said = [(year_of(p.month), p.value, f"{p.code} {percent(p.value, tongue)}", COLOURS[p.code]) for p in shown]
    label(sheet.ax, said, sheet.size.word)


def _frame(ax: Axes, band: Band, tongue: str) -> None:
    first, last = band.frame["month"].min(), band.frame["month"].max()
    years = range(int(first[:4]), int(last[:4]) + 2)
    ax.set(ylim=(0, 1.03), xlim=(years[0], years[-1]), xlabel="", ylabel=say("adoption.y", tongue))
    ax.set_xticks([*years], [str(year) for year in years])
    ax.set_yticks([n / 5 for n in range(6)], [percent(n / 5, tongue, 0) for n in range(6)])
    ax.grid(axis="y", color="#e6e6e6", linewidth=0.8)


def _title(runs: Runs, chosen: str, band: Band, tongue: str) -> str:
    """Return what the figure shows, where and when."""
    first, last = (month(str(edge), tongue) for edge in (band.frame["month"].min(), band.frame["month"].max()))
    return say("adoption.title", tongue, place=geography(runs.about(chosen)["place"], tongue), first=first, last=last)


def _ends(sheet: Sheet, band: Band, tongue: str) -> list[Text]:
    """Write each line's statistic and last value where it ends."""
    last = band.frame[band.frame["month"] == band.frame["month"].max()]
    named = []
    for row in records(last):
        code, value = str(row["measure"]), float(row["value"])
        text = f"{code}  {percent(value, tongue, 0)}  {say(f'line.{code}', tongue)}"
        named.append((value, sheet.wrapped(text, sheet.size.word, ROOM), COLOURS[code]))
    return ends(sheet.ax, named, sheet.size.word)


def _key(sheet: Sheet, runs: Runs, chosen: str, band: Band, tongue: str) -> None:
    """Say what points, shades and dashes mean, below the months."""
    where = geography(runs.about(chosen)["place"], tongue)
    dot: dict[str, Any] = {"marker": "o", "linestyle": "", "color": FAINT, "markersize": 7}
    handles: list[Any] = [
        Line2D([], [], label=say("adoption.point.here", tongue, place=where), **dot),
        Line2D([], [], label=say("adoption.point.wider", tongue), markerfacecolor="white", **dot),
    ]
    if band.kind != "none":
        text = say(f"adoption.band.{band.kind}", tongue, count=band.count)
        handles.append(Patch(facecolor=FAINT, alpha=0.25, label=text))
    for number, name in enumerate(n for n in runs.scenarios if n != chosen):
        title = sheet.shortened(titled(runs, name, tongue), sheet.size.width / 3, 2)
        handles.append(Line2D([], [], color=FAINT, linewidth=1.6, dashes=_dash(number), label=title))
    place: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (-0.01, -0.055), "ncol": 2, "frameon": False}
    sheet.ax.legend(handles=handles, fontsize=sheet.size.word, **place)


def _provenance(
    runs: Runs, chosen: str, band: Band, shown: list[Point], tongue: str, codes: tuple[str, ...]
) -> Provenance:
    model = band.frame.assign(kind="model", area=runs.about(chosen)["place"])
    rows = [(p.month, p.code, p.value, "reported", p.area, p.series) for p in shown]
    reported = pd.DataFrame(rows, columns=["month", "measure", "value", "kind", "area", "series"])
    data = pd.concat([model, reported], ignore_index=True) if rows else model.assign(series="")
    last = band.frame[band.frame["month"] == band.frame["month"].max()]
    first, end = band.frame["month"].min(), band.frame["month"].max()
    alt = say(
        "adoption.alt",
        tongue,
        first=month(first, tongue),
        last=month(end, tongue),
        mark=aside(runs, tongue),
        ends=", ".join(f"{row['measure']} {percent(row['value'], tongue)}" for _, row in last.iterrows()),
        band=say(f"adoption.band.{band.kind}", tongue, count=band.count),
    )
    facts = {
        "figure": "adoption",
        "title": _title(runs, chosen, band, tongue),
        "options": {"scenario": chosen, "codes": list(codes), "language": tongue, "size": "page"},
        "statistics": sorted(set(band.frame["measure"])),
        "band": {"kind": band.kind, "cover": 0.8, "count": band.count, "households": band.band_households},
        "note": note(runs, chosen, band, tongue),
        "calibrated": bool(runs.manifest.get("calibrated")),
        "manifest": MadeOf(runs),
    }
    return Provenance(data, facts, alt)
