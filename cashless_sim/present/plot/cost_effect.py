"""What plans cost against what they add, with those that nothing beats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cashless_sim.analysis.costs import APART, RATES, costs
from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.plot.beside import beside
from cashless_sim.present.plot.frames import title_of
from cashless_sim.present.plot.notes import Words, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import records
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.style import FAINT, INK
from cashless_sim.scenario.recipe import Scenario

Named = tuple[float, float, str, str]
MILLION = 1e6
FRONT, BEATEN = "#0072B2", "#8C8C8C"
MOST = 3
"""Plans named on a slide."""
FEW = 4
"""Plans that are named beside their points on a page; of more, points carry numbers and a list the names."""
LIST_WIDTH = 2.5
"""Width of that list, inches."""


def cost_effect(
    source: Runs | pd.DataFrame,
    to: str | None = None,
    per: str = "payer",
    scenarios: Iterable[Scenario] = (),
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
    runs: Runs | None = None,
    origin: str = "",
    month: str | None = None,
) -> Axes:
    """Return Axes with added cost (million VND) and added gain of each plan, 80 % intervals, and the Pareto front.

    ``source`` is what `costs` returned, or runs, which are then held against ``to`` at ``month`` (the last). ``per`` is
    payer or bill. A plan whose gain cannot be told from zero is hollow and never on the front. Raises `UnknownName`,
    `BadValue`.
    """
    tongue = spoken(language)
    sheet = Sheet(size, ax)
    if isinstance(source, Runs):
        runs = source
    frame = _rows(source, to, per, scenarios, month)
    frame = frame.assign(front=front(frame))
    baseline = str(frame["baseline"].iloc[0])
    best = ", ".join(title_of(runs, name, tongue) for name in frame.loc[frame["front"], "scenario"])
    facts = {"baseline": title_of(runs, baseline, tongue), "gain": word(f"gain.{per}", tongue)}
    words = Words(
        title=word("cost.title.slide" if sheet.size.is_slide else "cost.title", tongue, **facts),
        under=word("cost.under", tongue, **facts),
        alt=word("cost.alt", tongue, count=len(frame), best=best or "–", **facts),
        more=(word("cost.note", tongue), word("cost.grades", tongue)),
    )
    options = {"to": baseline, "per": per, "language": tongue, "origin": origin, "month": month}
    with sheet.look():
        _points(sheet, frame, tongue, per)
        named = _named(sheet, frame, runs, tongue)
        if not sheet.size.is_slide and len(named) > FEW:
            named = _listed(sheet, named)
        who = tuple(dict.fromkeys([baseline, *frame["scenario"]]))
        drawn = signed(sheet, "cost_effect", words, frame, options, runs=runs, scenarios=who, origin=origin)
        beside(sheet.ax, named, sheet.size.word, lines=list(sheet.ax.lines))
    return drawn


def front(frame: pd.DataFrame) -> list[bool]:
    """Return which plans nothing beats: told apart, and no other such plan costs no more and gains no less."""
    apart = (frame["verdict"] == APART).to_numpy() & (frame["gain"] > 0).to_numpy()
    cost, gain = frame["cost"].to_numpy(dtype=float), frame["gain"].to_numpy(dtype=float)
    found = []
    for i in range(len(frame)):
        beats = apart & (cost <= cost[i]) & (gain >= gain[i]) & ((cost < cost[i]) | (gain > gain[i]))
        found.append(bool(apart[i] and not beats.any()))
    return found


def _rows(
    source: Runs | pd.DataFrame, to: str | None, per: str, scenarios: Iterable[Scenario], month: str | None
) -> pd.DataFrame:
    if per not in RATES:
        raise UnknownName(what="gain", name=per, expected=", ".join(RATES), near=nearest(per, RATES))
    if isinstance(source, Runs):
        if source.frame.empty:
            raise BadValue(what="rows of the runs", value=0, expected="at least one")
        source = costs(source, to or source.scenarios[0], scenarios, month)
    rows = source[source["per"] == per]
    if rows.empty:
        raise BadValue(what="rows of this figure in the frame", value=0, expected="at least one")
    return rows.drop(columns="front", errors="ignore").reset_index(drop=True)


def _points(sheet: Sheet, frame: pd.DataFrame, tongue: str, per: str) -> None:
    ax, slide = sheet.ax, sheet.size.is_slide
    for row in records(frame):
        colour = FRONT if row["front"] else BEATEN
        x = row["cost"] / MILLION
        ends = [row["gain_low80"], row["gain_high80"]]
        if np.isfinite(ends).all():
            ax.plot([x, x], ends, color=colour, linewidth=sheet.size.line / 1.5, alpha=0.6, solid_capstyle="butt")
        fill = colour if row["verdict"] == APART else "white"
        dot: dict[str, Any] = {"color": colour, "markerfacecolor": fill, "markersize": 16 if slide else 9}
        ax.plot(x, row["gain"], "o", zorder=5, markeredgewidth=1.8, **dot)
    best = frame[frame["front"]].sort_values("cost")
    ax.plot(
        best["cost"] / MILLION, best["gain"], color=FRONT, linewidth=sheet.size.line / 1.4, linestyle="--", zorder=2
    )
    ax.axhline(0, color=FAINT, linewidth=1.0)
    ax.set_xlabel(word("cost.x.slide" if slide else "cost.x", tongue))
    ax.set_ylabel(word(f"gain.{per}.axis" if not slide else f"gain.{per}.slide", tongue))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(Ticks(tongue))
    ax.locator_params(nbins=3 if slide else 7)
    ax.margins(x=0.12, y=0.12)


def _listed(sheet: Sheet, named: Sequence[Named]) -> list[Named]:
    """Write as many names as there is room for as a list at the right; return their numbers, to stand at the points."""
    at, shown = 1.0, 0
    for place, (_, _, said, colour) in enumerate(named, 1):
        text = sheet.wrapped(f"{place}. {' '.join(said.split())}", sheet.size.word, LIST_WIDTH)
        down = 0.052 * (text.count("\n") + 1) + 0.018
        if at - down < 0:
            break
        style: dict[str, Any] = {"transform": sheet.ax.transAxes, "va": "top", "fontsize": sheet.size.word}
        sheet.ax.text(1.02, at, text, color=colour, clip_on=False, gid="beside", **style)
        at, shown = at - down, place
    return [(x, y, str(place), colour) for place, (x, y, _, colour) in enumerate(named[:shown], 1)]


def _named(sheet: Sheet, frame: pd.DataFrame, runs: Runs | None, tongue: str) -> list[Named]:
    """Return where each plan's title and evidence grade belong; on a slide those of the front, three at most."""
    chosen = frame.sort_values(["front", "gain"], ascending=False)
    if sheet.size.is_slide:
        chosen = chosen[chosen["front"]].head(MOST)
    named: list[Named] = []
    for row in records(chosen):
        grade = f" ({row['grade']})" if row.get("grade") else ""
        said = sheet.shortened(title_of(runs, str(row["scenario"]), tongue), _room(sheet), 2) + grade
        colour = INK if row["front"] else FAINT
        named.append((row["cost"] / MILLION, row["gain"], said, colour))
    return named


def _room(sheet: Sheet) -> float:
    return 3.4 if sheet.size.is_slide else 2.3
