"""Adoption over time: each statistic with its band, beside the figures that were reported."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.bands import Band, bands
from cashless_sim.present.health import watermark
from cashless_sim.present.labels import label
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month, percent, say
from cashless_sim.present.margin import aside, geography, note, titled
from cashless_sim.present.plot.sheet import mark_size
from cashless_sim.present.provenance import MadeOf, Provenance, attach
from cashless_sim.present.reported import CODES, Point, area_of, points
from cashless_sim.present.style import COLOURS, DASHES, FAINT, MARKS, WATERMARK, apart, theme

SHOWN = ("A", "B", "D", "E", "G")
GAP = 0.047


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
    with theme():
        ax = ax if ax is not None else _page()
        _lines(ax, band)
        _others(ax, runs, chosen, tuple(codes))
        shown = _points(ax, runs, chosen, band)
        _frame(ax, runs, chosen, band, tongue)
        _say_points(ax, shown, tongue)
        _ends(ax, band, tongue)
        rows = _key(ax, runs, chosen, band, tongue)
        _margin(ax, note(runs, chosen, band, tongue), rows)
    return attach(ax, _provenance(runs, chosen, band, shown, tongue, tuple(codes)))


def _known(codes: tuple[str, ...]) -> None:
    for code in codes:
        if code not in CODES:
            near = nearest(code, CODES)
            raise UnknownName(what="statistic", name=code, expected=", ".join(CODES), near=near)


def _page() -> Axes:
    """Return Axes with room for labels on the right and the note below."""
    figure = plt.figure(figsize=(12, 7.2))
    return figure.add_axes((0.078, 0.25, 0.605, 0.63))


def _year(month_: str) -> float:
    return int(month_[:4]) + (int(month_[5:7]) - 0.5) / 12


def _lines(ax: Axes, band: Band) -> None:
    for code, part in band.frame.groupby("measure"):
        x = part["month"].map(_year)
        sns.lineplot(x=x, y=part["value"], ax=ax, color=COLOURS[str(code)], linewidth=2.4, errorbar=None)
        ax.fill_between(x, part["low"], part["high"], color=COLOURS[str(code)], alpha=0.15, linewidth=0)


def _others(ax: Axes, runs: Runs, chosen: str, codes: tuple[str, ...]) -> None:
    for number, name in enumerate(n for n in runs.scenarios if n != chosen):
        for code, part in bands(runs, name, codes).frame.groupby("measure"):
            line: dict[str, Any] = {"color": COLOURS[str(code)], "linewidth": 1.6, "dashes": _dash(number)}
            ax.plot(part["month"].map(_year), part["value"], **line)


def _dash(number: int) -> tuple[float, ...]:
    return DASHES[1 + number % (len(DASHES) - 1)]


def _points(ax: Axes, runs: Runs, chosen: str, band: Band) -> list[Point]:
    """Draw the reported figures that the months cover; return them."""
    counted = set(band.frame["measure"])
    first, last = band.frame["month"].min(), band.frame["month"].max()
    shown = [p for p in points() if p.code in counted and p.end >= first and p.start <= last]
    home = area_of(runs.about(chosen)["place"])
    for point in shown:
        colour, x = COLOURS[point.code], _year(point.month)
        fill = colour if point.area == home else "white"
        if point.start != point.end:
            ax.plot([_year(point.start), _year(point.end)], [point.value] * 2, color=colour, linewidth=1.0)
        ax.plot(x, point.value, MARKS[point.code], color=colour, markerfacecolor=fill, markersize=8, zorder=5)
    return shown


def _say_points(ax: Axes, shown: list[Point], tongue: str) -> None:
    """Write code and figure beside each point, clear of the curves."""
    label(
        ax,
        [(_year(p.month), p.value, f"{p.code} {percent(p.value, tongue)}", COLOURS[p.code]) for p in shown],
    )


def _frame(ax: Axes, runs: Runs, chosen: str, band: Band, tongue: str) -> None:
    first, last = band.frame["month"].min(), band.frame["month"].max()
    years = range(int(first[:4]), int(last[:4]) + 2)
    ax.set(ylim=(0, 1.03), xlim=(years[0], years[-1]), xlabel="", ylabel=say("adoption.y", tongue))
    ax.set_xticks([*years], [str(year) for year in years])
    ax.set_yticks([n / 5 for n in range(6)], [percent(n / 5, tongue, 0) for n in range(6)])
    ax.grid(axis="y", color="#e6e6e6", linewidth=0.8)
    ax.set_title(_title(runs, chosen, band, tongue), loc="left", pad=28, fontsize=15)
    under = say("adoption.subtitle", tongue, title=titled(runs, chosen, tongue))
    ax.text(0, 1.03, under, transform=ax.transAxes, fontsize=10.5, color=FAINT)
    if mark := watermark(runs, tongue):
        style: dict[str, Any] = {**WATERMARK, "ha": "center", "va": "center", "zorder": 1, "gid": "watermark"}
        style["fontsize"] = mark_size(ax, mark)
        ax.text(0.5, 0.5, mark, transform=ax.transAxes, **style)


def _title(runs: Runs, chosen: str, band: Band, tongue: str) -> str:
    """Return what the figure shows, where and when."""
    first, last = (month(str(edge), tongue) for edge in (band.frame["month"].min(), band.frame["month"].max()))
    return say("adoption.title", tongue, place=geography(runs.about(chosen)["place"], tongue), first=first, last=last)


def _ends(ax: Axes, band: Band, tongue: str) -> None:
    """Write each line's statistic and last value where it ends."""
    last = band.frame[band.frame["month"] == band.frame["month"].max()]
    heights = apart([float(v) for v in last["value"]], GAP, 0.0, 1.0)
    right = ax.get_xlim()[1]
    for height, (_, row) in zip(heights, last.iterrows(), strict=True):
        code = str(row["measure"])
        text = f"{code}  {percent(row['value'], tongue, 0)}  {say(f'line.{code}', tongue)}"
        colour = COLOURS[code]
        start = (_year(row["month"]), right + 0.1)
        ax.plot(start, (row["value"], height), color=colour, linewidth=0.8, clip_on=False)
        ax.text(right + 0.17, height, text, color=colour, fontsize=9, va="center", clip_on=False)


def _key(ax: Axes, runs: Runs, chosen: str, band: Band, tongue: str) -> int:
    """Say what points, shades and dashes mean, below the months; return the number of lines it takes."""
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
        label = titled(runs, name, tongue)
        handles.append(Line2D([], [], color=FAINT, linewidth=1.6, dashes=_dash(number), label=label))
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(-0.01, -0.055), ncol=3, frameon=False, fontsize=9)
    return (len(handles) + 2) // 3


def _margin(ax: Axes, lines: list[str], rows: int) -> None:
    style: dict[str, Any] = {"transform": ax.transAxes, "fontsize": 8, "color": FAINT, "va": "top"}
    ax.text(0, -0.165 - 0.045 * (rows - 1), "\n".join(lines), linespacing=1.5, clip_on=False, **style)


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
