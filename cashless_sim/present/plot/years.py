"""Months on an axis that counts years."""

from __future__ import annotations

import math

from matplotlib.axes import Axes

MANY = 12
"""Most years that are named on a page; on a slide every fifth is."""
FIFTH = 5


def year_of(month: str) -> float:
    """Return the middle of a ``YYYY-MM`` month as a year."""
    return int(month[:4]) + (int(month[5:7]) - 0.5) / 12


def year_axis(ax: Axes, first: float, last: float, few: bool) -> None:
    """Name the years from first to last below the Axes, each, or few of them, and leave no room beside them."""
    years = some_years(math.ceil(first - 0.05), math.floor(last), few)
    ax.set_xlim(first, max(last, first + 1e-3))
    ax.set_xticks(years, [str(year) for year in years])
    ax.set_xlabel("")


def some_years(first: int, last: int, few: bool) -> list[int]:
    """Return the years to name: all of some, on a slide every fifth where there are more than four."""
    years = list(range(first, last + 1))
    if few and len(years) > FIFTH - 1:
        return [year for year in years if year % FIFTH == 0] or years[:1]
    return years[:: max(1, math.ceil(len(years) / MANY))]
