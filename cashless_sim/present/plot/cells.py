"""Cells that hold a share each: coloured, written into, and left empty where too few households stand behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.few import standing
from cashless_sim.present.health import SMALLEST
from cashless_sim.present.palette import EMPTY, ink_on
from cashless_sim.present.style import FAINT

SHADES = LinearSegmentedColormap.from_list("shades", ["#FFF6E0", "#F5C065", "#D9731A", "#8A3B00", "#4A1F00"])
"""From light to dark, so that it reads in grey."""
REACHED = LinearSegmentedColormap.from_list("reached", ["#EAF3FA", "#9CCBE8", "#3C8DC5", "#0A5A94", "#06304F"])


def suppressed(frame: pd.DataFrame, runs: Runs, scenario: str) -> pd.DataFrame:
    """Return a frame with ``households`` behind each group and NaN values where these are fewer than `SMALLEST`."""
    sizes = standing(runs, scenario)
    found = frame.assign(households=frame["group"].map(sizes).fillna(0).round().astype(int))
    numbers = [name for name in ("value", "low", "high") if name in found]
    found[numbers] = found[numbers].where(found["households"] >= SMALLEST)
    return found


def cell(ax: Axes, corner: tuple[float, float], size: tuple[float, float], share: float, shades: Any) -> str:
    """Draw one cell, its share [0, 1] as a shade, hatched when it is NaN; return the colour of letters on it."""
    if share != share:
        ax.add_patch(Rectangle(corner, *size, facecolor=EMPTY, edgecolor="#C4C4C4", hatch="///", linewidth=0))
        return FAINT
    colour = to_hex(shades(share))
    ax.add_patch(Rectangle(corner, *size, facecolor=colour, edgecolor="white", linewidth=2))
    return ink_on(colour)


def bare(ax: Axes) -> None:
    """Take spines and ticks away."""
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)


def scaled(values: Mapping[Any, float], low: float = 0.0, high: float = 1.0) -> dict[Any, float]:
    """Return shares stretched over [0, 1] between two ends; NaN stays."""
    return {key: (value - low) / max(high - low, 1e-9) for key, value in values.items()}
