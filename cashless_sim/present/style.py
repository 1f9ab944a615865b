"""One look for all figures: one font that has every Vietnamese letter, colours that everyone can tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
import seaborn as sns

FONT = "DejaVu Sans"
INK = "#222222"
FAINT = "#6b6b6b"
COLOURS = {  # Okabe and Ito, one for each statistic everywhere
    "A": "#6b6b6b",
    "B": "#0072B2",
    "C": "#CC79A7",
    "D": "#D55E00",
    "E": "#B07C00",
    "F": "#56B4E9",
    "G": "#007A5A",
}
MARKS = {"A": "s", "B": "o", "C": "P", "D": "D", "E": "^", "F": "X", "G": "v"}
DASHES = ((), (5, 2), (1, 1.5), (5, 1.5, 1, 1.5), (8, 2, 1, 2, 1, 2))
WATERMARK = {"color": "#8a8a8a", "alpha": 0.22, "fontsize": 40, "fontweight": "bold", "rotation": 24}


@contextmanager
def theme() -> Iterator[None]:
    """Draw or save inside this: seaborn's ticks on white, DejaVu Sans, without touching the caller's settings."""
    look = {
        **sns.plotting_context("notebook"),
        **sns.axes_style("ticks"),
        "font.family": FONT,
        "axes.edgecolor": FAINT,
        "text.color": INK,
        "axes.titleweight": "bold",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "cashless_sim",
    }
    with mpl.rc_context(look):
        yield


def apart(heights: list[float], gap: float, low: float, high: float) -> list[float]:
    """Return label heights near the given ones, at least ``gap`` apart and inside [low, high] if they fit."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = [min(max(h, low), high) for h in heights]
    for before, after in zip(order, order[1:], strict=False):
        placed[after] = max(placed[after], placed[before] + gap)
    if order and placed[order[-1]] > high:
        placed[order[-1]] = high
        for after, before in zip(order[::-1], order[-2::-1], strict=False):
            placed[before] = min(placed[before], placed[after] - gap)
    return placed
