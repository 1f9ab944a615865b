"""The figure of a plan in a notebook: adoption with its band, districts as tiles, and who is not reached."""

from __future__ import annotations

import base64
import io
import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from cashless_sim.data import place
from cashless_sim.present.explore.answers import Answer
from cashless_sim.present.explore.live import Lived
from cashless_sim.present.explore.making import GROUPS
from cashless_sim.present.locale.explore import told
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import month, number, percent
from cashless_sim.present.plot.cells import REACHED, bare, cell
from cashless_sim.present.plot.sheet import capital
from cashless_sim.present.plot.tile_map import tiles_of
from cashless_sim.present.style import COLOURS, FAINT, INK, theme

SIZE, DPI = (11.2, 5.0), 92
LETTERS = 10
"""Of a district's name in one line of its tile."""
HEADLINE = "using"
BAR, PLAN = "#D5A253", COLOURS["B"]
NO_CHANGE = "–"


def picture(lived: Lived, tongue: str) -> bytes:
    """Return the figure as PNG."""
    with theme():
        figure = Figure(figsize=SIZE, dpi=DPI)
        _adoption(figure.add_axes((0.05, 0.11, 0.33, 0.77)), lived, tongue)
        _tiles(figure.add_axes((0.41, 0.05, 0.27, 0.83)), lived, tongue)
        _groups(figure.add_axes((0.805, 0.05, 0.19, 0.83)), lived, tongue)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png")
    return buffer.getvalue()


def image(lived: Lived, tongue: str) -> str:
    """Return the figure as an HTML image with its sentence as alt text."""
    data = base64.b64encode(picture(lived, tongue)).decode("ascii")
    alt = told("live.alt", tongue, sentence=sentence(lived, tongue)).replace('"', "'")
    return f'<img class="cashless-figure" style="max-width:100%" alt="{alt}" src="data:image/png;base64,{data}">'


def sentence(lived: Lived, tongue: str) -> str:
    """Return where the plan leads, beside the baseline, in one sentence."""
    at = month(str(lived.runs.frame["month"].max()), tongue)
    plan, base = (float(one.curves[HEADLINE][0][-1]) for one in (lived.answer, lived.baseline))
    return told("page.level", tongue, month=at, plan=percent(plan, tongue), base=percent(base, tongue))


def _year(text: str) -> float:
    return int(text[:4]) + (int(text[5:7]) - 0.5) / 12


def _adoption(ax: Axes, lived: Lived, tongue: str) -> None:
    later = sorted(str(one) for one in lived.runs.frame["month"].unique())
    years = [_year(one) for one in [*lived.months, *later]]
    mean, low, high = ([*lived.past[HEADLINE][k], *lived.answer.curves[HEADLINE][k]] for k in range(3))
    base = [*lived.past[HEADLINE][0], *lived.baseline.curves[HEADLINE][0]]
    ax.axvspan(years[len(lived.months)], years[-1], color="#f6f1e3", linewidth=0)
    ax.fill_between(years, low, high, color=PLAN, alpha=0.2, linewidth=0, label=_band(lived, tongue))
    ax.plot(years, base, color=INK, linewidth=1.4, dashes=(5, 3), label=told("page.without", tongue))
    ax.plot(years, mean, color=PLAN, linewidth=2.2, label=told("page.with", tongue))
    ax.set(ylim=(0, 1), xlim=(years[0], years[-1]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share, tongue, 0)))
    ax.tick_params(labelsize=8)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    ax.grid(axis="y", color="#e6e6e6")
    ax.legend(loc="upper left", fontsize=7.5, frameon=False)
    ax.set_title(capital(word("of.using", tongue)), loc="left", fontsize=8.5, pad=8)


def _band(lived: Lived, tongue: str) -> str:
    return told("page.band", tongue, draws=lived.runs.table["draw"].nunique())


def _tiles(ax: Axes, lived: Lived, tongue: str) -> None:
    about = place(lived.plan.settings().place)
    tiles = tiles_of(about.name, about.districts)
    names = about.districts["district_vi" if tongue == "vi" else "district"]
    levels = {g.removeprefix("district="): held[0][0] for g, held in lived.answer.places.items()}
    known = pd.Series(levels).dropna()
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    for district, name in zip(about.districts["district"], names, strict=True):
        column, line = tiles[district]
        share = levels.get(district, float("nan"))
        shade = share if share != share else 0.1 + 0.8 * (share - low) / max(high - low, 1e-9)
        ink = cell(ax, (column + 0.02, line + 0.02), (0.96, 0.96), shade, REACHED)
        change = _change(lived.answer, f"district={district}", tongue)
        text = f"{textwrap.fill(str(name), LETTERS)}\n{_share(share, tongue)}\n{change}"
        ax.text(column + 0.5, line + 0.5, text, ha="center", va="center", color=ink, fontsize=7.5)
    ax.set(xlim=(0, 1 + max(c for c, _ in tiles.values())), ylim=(1 + max(r for _, r in tiles.values()), 0))
    ax.set(xticks=[], yticks=[])
    bare(ax)
    ax.set_title(told("live.map", tongue), loc="left", fontsize=8.5, pad=8)


def _groups(ax: Axes, lived: Lived, tongue: str) -> None:
    for row, group in enumerate(GROUPS):
        level, was = lived.answer.groups[group][0][0], lived.baseline.groups[group][0][0]
        ax.barh(row, 1, color="#f0f0f0", height=0.66)
        if level == level:
            ax.barh(row, 1 - level, color=BAR, height=0.66)
            ax.plot([1 - was] * 2, [row - 0.42, row + 0.42], color="black", linewidth=1.6)
        text = f"{_share(1 - level, tongue)}  {_change(lived.answer, group, tongue, -1)}"
        ax.text(0.98, row, text, ha="right", va="center", fontsize=7.5, color=INK)
    ax.set(xlim=(0, 1), ylim=(len(GROUPS) - 0.4, -0.6), xticks=[])
    ax.set_yticks(range(len(GROUPS)), [word(f"group.{group}", tongue) for group in GROUPS], fontsize=7.5, color=FAINT)
    bare(ax)
    ax.set_title(told("live.groups", tongue), loc="right", fontsize=8.5, pad=8)


def _share(share: float, tongue: str) -> str:
    return percent(share, tongue) if share == share else "<30"


def _change(answer: Answer, group: str, tongue: str, sign: int = 1) -> str:
    """Return what the plan changes, in points; a dash where that cannot be told apart from nothing."""
    held: Any = answer.places.get(group) or answer.groups.get(group)
    mean, low, high = held[1]
    if not (low > 0 or high < 0):
        return NO_CHANGE
    change = 100 * mean * sign
    return ("+" if change > 0 else "") + number(change, tongue, 2)
