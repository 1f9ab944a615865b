"""How well simulations fit their targets, and what they then count for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cashless_sim.calibration.priors import Prior

F64 = NDArray[np.float64]
CARRIED = 0.5
"""Share of the particles that the weights must be worth before the tolerance falls further."""
WIDEST = 1e6


class Aim(Protocol):
    """What a fit needs to know of a target."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def sd(self) -> float: ...  # noqa: D102


@dataclass(frozen=True)
class Posterior:
    """Weighted simulations: ``values[n, k]`` in the order of ``priors``, ``statistics[n, t]``, ``weights[n]`` (sum 1).

    ``draws[n]`` number the simulations and key all their other luck. ``tolerance`` is 1 when the targets' own
    errors were reached, more when they had to be widened. ``course`` tells each generation's (spent, tolerance, ess).
    """

    priors: tuple[Prior, ...]
    values: F64
    statistics: F64
    weights: F64
    draws: NDArray[np.int64]
    tolerance: float
    particles: int
    course: tuple[tuple[int, float, float], ...] = field(default=())

    @property
    def spent(self) -> int:
        """Simulations made."""
        return len(self.weights)

    @property
    def ess(self) -> float:
        """How many even draws the weights are worth."""
        return effective(self.weights)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What keeps the posterior from being good: codes ``few-effective``, ``tolerance``, ``failed``."""
        found = ["few-effective"] if self.ess < CARRIED * self.particles * 0.99 else []
        found += ["tolerance"] if self.tolerance > 1 else []
        return (*found, *(["failed"] if np.isnan(self.statistics).any() else []))


def effective(weights: F64) -> float:
    """Return (Σw)² / Σw²: 0 when no weight is positive."""
    square = float((weights**2).sum())
    return float(weights.sum()) ** 2 / square if square > 0 else 0.0


def misfit(statistics: F64, targets: Sequence[Aim]) -> F64:
    """Return Σ ((s - value) / sd)² of each row, float64[n]; infinite where a statistic is nan."""
    value, sd = np.array([t.value for t in targets]), np.array([t.sd for t in targets])
    found = (((statistics - value) / sd) ** 2).sum(axis=1)
    return np.where(np.isnan(found), np.inf, found)


def tolerance(square: F64, base: F64, wanted: float) -> float:
    """Return the least h ≥ 1 at which the weights are worth ``wanted`` draws, within a thousandth.

    No more is wanted than half of what the weights are worth without any target; `WIDEST` when all failed.
    """
    low, high = 1.0, WIDEST
    if not np.isfinite(square.min()):
        return high
    wanted = min(wanted, effective(kernel(square, base, high)) / 2)
    if effective(kernel(square, base, low)) >= wanted:
        return low
    while high / low > 1.001:
        middle = (low * high) ** 0.5
        low, high = (low, middle) if effective(kernel(square, base, middle)) >= wanted else (middle, high)
    return high


def kernel(square: F64, base: F64, h: float) -> F64:
    """Return weights, float64[n] of sum 1: ``base`` times the normal kernel of misfit ``square`` at tolerance h."""
    least = square.min()
    if not np.isfinite(least):
        return np.full(len(square), 1 / len(square))
    weights = base * np.exp(-0.5 * (square - least) / h**2)
    return np.asarray(weights / weights.sum())
