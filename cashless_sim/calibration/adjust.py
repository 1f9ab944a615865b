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
RIDGE = 1.0
"""Weight of a slope of zero, in draws: keeps few draws from being read as an exact law."""
NEAREST_ONE = 1e-9


def adjusted(posterior: Posterior, targets: Sequence[Aim], seed: int) -> Posterior:
    """Return the posterior with its numbers moved by a weighted straight line through statistics with errors.

    Done on the scale on which the prior is normal, so that no number leaves its range; the weights stay. It mends
    a tolerance h above 1 where the model is nearly straight: what the weights have used of the targets is a
    figure with error ``h sd``, what is left one with error ``sd h / √(h² - 1)``, and only that moves the draws.
    At a tolerance of 1 nothing is left to do.
    """
    h = posterior.tolerance
    if h <= 1:
        return posterior
    left = h / (h**2 - 1) ** 0.5
    usable = np.isfinite(posterior.statistics).all(axis=1) & (posterior.weights > 0)
    statistics = posterior.statistics[usable] + left * errors(seed, posterior.draws[usable], targets)
    goal = np.array([t.value for t in targets])
    z = _normal(posterior)[usable]
    slopes = _slopes(statistics, z, posterior.weights[usable], posterior.ess)
    moved = z + (goal - statistics) @ slopes
    values = posterior.values.copy()
    for k, prior in enumerate(posterior.priors):
        values[usable, k] = [prior.at(float(u)) for u in ndtr(moved[:, k])]
    return replace(posterior, values=values)


def errors(seed: int, draws: NDArray[np.int64], targets: Sequence[Aim]) -> F64:
    """Return errors ``float64[n, t]`` as large as the targets say, keyed by draw."""
    ids = draws.astype(np.uint32)
    return np.stack([ndtri(luck(seed, ids, "error", j)) * t.sd for j, t in enumerate(targets)], axis=1)


def _normal(posterior: Posterior) -> F64:
    shares = [prior.share(posterior.values[:, k]) for k, prior in enumerate(posterior.priors)]
    return np.asarray(ndtri(np.clip(np.stack(shares, axis=1), NEAREST_ONE, 1 - NEAREST_ONE)))


def _slopes(statistics: F64, z: F64, weights: F64, worth: float) -> F64:
    """Return the weighted ridge slopes of z on the statistics: ``float64[t, k]``."""
    weights = weights / weights.sum()
    x = statistics - weights @ statistics
    spread = np.sqrt(weights @ x**2)
    x = x / spread
    y = z - weights @ z
    square = (x * weights[:, None]).T @ x + RIDGE / max(worth, 1.0) * np.eye(x.shape[1])
    return np.asarray(np.linalg.solve(square, (x * weights[:, None]).T @ y) / spread[:, None])
