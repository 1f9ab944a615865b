"""Whether an inference finds the truth that it was given: ranks against the band that even ranks keep to."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.plot.frames import columns, named
from cashless_sim.present.plot.notes import Words, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.style import FAINT, INK

BAND, INSIDE, OUTSIDE = "#DCE6EE", "#8A8A8A", ("#D55E00", "#0072B2", "#CC79A7", "#009E73")
"""Numbers that leave the band are coloured, in turn, and named."""
LETTERS = 24
STYLES = ("-", "--", "-.", ":")


def ranks(
    frame: pd.DataFrame,
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
    runs: Runs | None = None,
    origin: str = "",
) -> Axes:
    """Return Axes with a line a number: how far its ranks are from even ones, share of trials in [-1, 1].

    ``frame`` has parameter, rank (of the truth among the posterior's draws, [0, 1], one a trial) and band (the largest
    distance that 95 % of even sets of ranks keep to, at all ranks together). Raises `BadValue`.
    """
    tongue = spoken(language)
    sheet = Sheet(size, ax)
    frame = columns(frame, ("parameter", "rank", "band"))
    found = {str(name): _distance(part["rank"]) for name, part in frame.groupby("parameter", sort=False)}
    band = float(frame["band"].max())
    out = [name for name, (_, gap) in found.items() if np.abs(gap).max() > band]
    facts = {"count": len(found) - len(out), "of": len(found)}
    words = Words(
        title=word("ranks.title.slide" if sheet.size.is_slide else "ranks.title", tongue, **facts),
        under=word("ranks.under", tongue),
        alt=word("ranks.alt", tongue, out=", ".join(out) or word("ranks.none", tongue), **facts),
        more=(word("ranks.note", tongue),),
    )
    with sheet.look():
        _lines(sheet, found, out, band, tongue)
        who = () if runs is None else runs.scenarios
        options = {"language": tongue, "origin": origin}
        return signed(sheet, "ranks", words, frame, options, runs=runs, scenarios=who, origin=origin)


def _distance(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return ranks in order, from 0 to 1, and how far the share of trials at or below each is from the rank."""
    given = np.sort(values.to_numpy(dtype=np.float64))
    x = np.concatenate([[0.0], given, [1.0]])
    share = np.concatenate([[0.0], np.arange(1, len(given) + 1) / len(given), [1.0]])
    return x, share - x


def _lines(
    sheet: Sheet, found: dict[str, tuple[np.ndarray, np.ndarray]], out: list[str], band: float, tongue: str
) -> None:
    ax, slide = sheet.ax, sheet.size.is_slide
    ax.axhspan(-band, band, color=BAND, linewidth=0)
    ax.axhline(0, color=FAINT, linewidth=1)
    for name, (x, gap) in found.items():
        if name not in out:
            ax.plot(x, gap, color=INSIDE, linewidth=0.6 * sheet.size.line, alpha=0.7)
    top = max([(2.2 if slide else 1.6) * band, *(float(np.abs(gap).max()) * 1.15 for _, gap in found.values())])
    for place, name in enumerate(out):
        x, gap = found[name]
        colour, style = OUTSIDE[place % len(OUTSIDE)], STYLES[place // len(OUTSIDE) % len(STYLES)]
        ax.plot(x, gap, color=colour, linestyle=style, linewidth=sheet.size.line, label=named(sheet, name, 2.6))
    if out:
        letters = {"fontsize": LETTERS} if slide else {"ncols": 2}
        ax.legend(loc="upper right", frameon=False, **letters)
    if not slide:
        ax.text(0.01, -band, word("ranks.band", tongue), va="top", color=INK, gid="value")
    said = [word(f"ranks.{axis}", tongue) for axis in "xy"]
    ax.set(xlim=(0, 1), ylim=(-top, top), xlabel="" if slide else said[0], ylabel="" if slide else said[1])
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(Ticks(tongue, are_shares=True))
    if slide:
        ax.set(xticks=[], yticks=[])
