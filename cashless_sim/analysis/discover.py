"""What would have to be true for a plan to win: boxes in the space of uncertain numbers, by PRIM."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom

from cashless_sim.errors import BadValue

F64 = NDArray[np.float64]
Flags = NDArray[np.bool_]
Limits = dict[int, tuple[float, float]]
SURE = 0.05


@dataclass(frozen=True)
class Box:
    """Limits of some numbers inside which cases of interest are dense.

    ``limits`` key → (low, high), infinite where a side is open; ``coverage`` share of all cases of interest that lie
    inside, ``density`` share of the cases inside that are of interest, ``mass`` share of all cases inside;
    ``chance`` how likely each limit's gain in density is luck (quasi p-value) [BryantLempert2010].
    """

    limits: Mapping[str, tuple[float, float]]
    coverage: float
    density: float
    mass: float
    chance: Mapping[str, float]


def discover(
    cases: pd.DataFrame, wins: Flags, density: float = 0.8, least: float = 0.05, peel: float = 0.05, boxes: int = 3
) -> list[Box]:
    """Return up to ``boxes`` boxes in which cases that win are dense, each found among what the ones before left.

    Peels off, again and again, the ``peel`` share of cases at the end of one column that raises the density most,
    until it is reached or ``least`` of all cases are left; limits that may be luck (p > 0.05) are taken away again
    [FriedmanFisher1999]. No box when density cannot be raised. Raises `BadValue`.
    """
    for what, value in (("density", density), ("least", least), ("peel", peel)):
        if not 0 < value <= 1:
            raise BadValue(what=what, value=value, expected="a share above 0")
    values, flags = cases.to_numpy(dtype=np.float64), np.asarray(wins, dtype=bool)
    if len(values) != len(flags) or len(values) < 10:
        raise BadValue(what="cases to look into", value=len(values), expected="10 or more, each with its outcome")
    left = np.ones(len(flags), dtype=bool)
    found: list[Box] = []
    while len(found) < boxes and flags[left].any():
        limits = _certain(values, flags, left, _peeled(values, flags, left, density, least, peel))
        within = left & _inside(values, limits)
        if not limits or flags[within].mean() <= flags[left].mean():
            break
        found.append(_box(cases, values, flags, left, limits))
        left &= ~within
    return found


def _peeled(values: F64, flags: Flags, left: Flags, density: float, least: float, peel: float) -> Limits:
    """Return the limits that remain when the worst ends are peeled off one after the other."""
    limits: Limits = {}
    best: Limits = {}
    inside, densest = left, float(flags[left].mean())
    while flags[inside].mean() < density:
        tries = [one for number in range(values.shape[1]) for one in _ends(values, inside, limits, number, peel)]
        kept = [(one, left & _inside(values, one)) for one in tries]
        kept = [(one, rows) for one, rows in kept if least * len(flags) <= rows.sum() < inside.sum()]
        if not kept:
            break
        limits, inside = max(kept, key=lambda pair: float(flags[pair[1]].mean()))
        if flags[inside].mean() > densest:
            best, densest = limits, float(flags[inside].mean())
    return best


def _ends(values: F64, inside: Flags, limits: Limits, number: int, peel: float) -> Iterator[Limits]:
    """Yield the limits with either end of a column cut off; of equal values at an end, all go."""
    column = values[inside, number]
    low, high = np.quantile(column, [peel, 1 - peel])
    below, above = limits.get(number, (-np.inf, np.inf))
    if column.min() < column.max():
        first = low if low > column.min() else column[column > low].min()
        last = high if high < column.max() else column[column < high].max()
        yield limits | {number: (float(first), above)}
        yield limits | {number: (below, float(last))}


def _inside(values: F64, limits: Limits) -> Flags:
    within = np.ones(len(values), dtype=bool)
    for number, (low, high) in limits.items():
        within &= (values[:, number] >= low) & (values[:, number] <= high)
    return within


def _chance(values: F64, flags: Flags, left: Flags, limits: Limits, number: int) -> float:
    """Return how likely so many wins inside are, if this limit did nothing: binomial at the density without it."""
    without = left & _inside(values, {n: ends for n, ends in limits.items() if n != number})
    within = left & _inside(values, limits)
    return float(binom.sf(flags[within].sum() - 1, within.sum(), flags[without].mean()))


def _certain(values: F64, flags: Flags, left: Flags, limits: Limits) -> Limits:
    """Return the limits without those that may be luck, the likeliest taken away first."""
    while limits:
        chances = {number: _chance(values, flags, left, limits, number) for number in limits}
        worst = max(chances, key=lambda number: chances[number])
        if chances[worst] <= SURE:
            return limits
        limits = {number: ends for number, ends in limits.items() if number != worst}
    return limits


def _box(cases: pd.DataFrame, values: F64, flags: Flags, left: Flags, limits: Limits) -> Box:
    within = left & _inside(values, limits)
    names = [str(name) for name in cases.columns]
    chance = {names[number]: _chance(values, flags, left, limits, number) for number in limits}
    return Box(
        {names[number]: ends for number, ends in limits.items()},
        float(flags[within].sum() / flags.sum()),
        float(flags[within].mean()),
        float(within.mean()),
        chance,
    )
