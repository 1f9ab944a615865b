"""Regression adjustment: draws moved to where their statistics would have met the targets [Beaumont2002]."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from cashless_sim.calibration.proposals import luck
from cashless_sim.calibration.weights import Aim, Posterior

F64 = NDArray[np.float64]
RIDGES = tuple(float(r) for r in 10.0 ** np.arange(-2.0, 3.1, 0.5))
"""Weights of a slope of zero that are tried, in the unit of the statistics' own spread."""
MOST_LEVERAGE = 0.95
NEAREST_ONE = 1e-9


def adjusted(posterior: Posterior, targets: Sequence[Aim], seed: int) -> Posterior:
    """Return the posterior with its numbers moved by a weighted straight line through statistics with errors.

    Done on the scale on which the prior is normal, so that no number leaves its range; the weights stay. It mends
    a tolerance h above 1 where the model is nearly straight: what the weights have used of the targets is a
    figure with error ``h sd``, what is left one with error ``sd h / √(h² - 1)``, and only that moves the draws.
    At a tolerance of 1 nothing is left to do. Few draws and many statistics make a line that fits its own draws too
    well: each draw keeps its distance from the line that the others make, and each number has the ridge that serves
    the draws left out best, up to no line at all.
    """
    h = posterior.tolerance
    if h <= 1:
        return posterior
    left = h / (h**2 - 1) ** 0.5
    usable = np.isfinite(posterior.statistics).all(axis=1) & (posterior.weights > 0)
    statistics = posterior.statistics[usable] + left * errors(seed, posterior.draws[usable], targets)
    goal = np.array([t.value for t in targets])
    moved = _moved(_normal(posterior)[usable], statistics, goal, posterior.weights[usable])
    values = posterior.values.copy()
    for k, prior in enumerate(posterior.priors):
        values[usable, k] = [prior.at(float(u)) for u in ndtr(moved[:, k])]
    return replace(posterior, values=values)


def _moved(z: F64, statistics: F64, goal: F64, weights: F64) -> F64:
    """Return where each draw would lie had its statistics met the goal: float64[n, k] like ``z``."""
    weights = weights / weights.sum()
    middle, spread = weights @ statistics, np.sqrt(weights @ (statistics - weights @ statistics) ** 2)
    x, aim = (statistics - middle) / spread, (goal - middle) / spread
    best = z.copy()
    least = weights @ (z - (weights @ z)) ** 2
    for ridge in RIDGES:
        at_goal, away = _line(x, z, weights, aim, ridge)
        error = weights @ away**2
        better = error < least
        best[:, better] = (at_goal + away)[:, better]
        least = np.minimum(least, error)
    return best


def _line(x: F64, z: F64, weights: F64, aim: F64, ridge: float) -> tuple[F64, F64]:
    """Return what the line says at the goal, ``float64[k]``, and each draw's distance from the line of the others."""
    weighted = x * weights[:, None]
    inverse = np.linalg.inv(weighted.T @ x + ridge * np.eye(x.shape[1]))
    centre = weights @ z
    slopes = inverse @ (weighted.T @ (z - centre))
    leverage = weights * (1.0 + np.einsum("ij,jk,ik->i", x, inverse, x))
    apart = (z - centre - x @ slopes) / (1.0 - np.minimum(leverage, MOST_LEVERAGE))[:, None]
    return centre + aim @ slopes, apart


def errors(seed: int, draws: NDArray[np.int64], targets: Sequence[Aim]) -> F64:
    """Return errors ``float64[n, t]`` as large as the targets say, keyed by draw."""
    ids = draws.astype(np.uint32)
    return np.stack([ndtri(luck(seed, ids, "error", j)) * t.sd for j, t in enumerate(targets)], axis=1)


def _normal(posterior: Posterior) -> F64:
    shares = [prior.share(posterior.values[:, k]) for k, prior in enumerate(posterior.priors)]
    return np.asarray(ndtri(np.clip(np.stack(shares, axis=1), NEAREST_ONE, 1 - NEAREST_ONE)))
