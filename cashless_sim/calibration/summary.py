"""What a calibration learnt, in one frame: each free number before and after, and each target beside its fit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.targets import Register
from cashless_sim.calibration.weights import Posterior

F64 = NDArray[np.float64]
SHARES = (0.1, 0.5, 0.9)
UNLEARNT = 0.1
"""Contraction below which the data are said not to inform a number."""


def numbers(fits: Mapping[str, Posterior], register: Register) -> pd.DataFrame:
    """Return name, low, high (prior), p10, p50, p90 (posterior), contraction: one row a free number.

    The members are mixed with their registered weights; contraction is against the whole prior.
    """
    weights = _mixed(fits, register)
    rows = []
    for k, prior in enumerate(FREE):
        values = np.concatenate([fit.values[:, k] for fit in fits.values()])
        share = prior.share(values)
        spread = float((weights * (share - (weights * share).sum()) ** 2).sum())
        rows.append((prior.name, prior.low, prior.high, *quantiles(values, weights), 1 - 12 * spread))
    return pd.DataFrame(rows, columns=["name", "low", "high", "p10", "p50", "p90", "contraction"])


def fitted(fits: Mapping[str, Posterior], register: Register) -> pd.DataFrame:
    """Return target, value, sd, p10, p50, p90 (of the fit), misfit (SDs from the median): shares, one row a target."""
    weights = _mixed(fits, register)
    rows = []
    for k, target in enumerate(register.targets):
        values = np.concatenate([fit.statistics[:, k] for fit in fits.values()])
        usable = np.isfinite(values)
        low, middle, high = quantiles(values[usable], weights[usable])
        rows.append((target.name, target.value, target.sd, low, middle, high, (middle - target.value) / target.sd))
    return pd.DataFrame(rows, columns=["target", "value", "sd", "p10", "p50", "p90", "misfit"])


def quantiles(values: F64, weights: F64) -> tuple[float, float, float]:
    """Return the values below which 10, 50 and 90 % of the weight lie; nan without any weight."""
    order = np.argsort(values, kind="stable")
    edges = np.cumsum(weights[order])
    if not len(edges) or edges[-1] <= 0:
        return (float("nan"),) * 3
    low, middle, high = (float(values[order[np.searchsorted(edges, share * edges[-1])]]) for share in SHARES)
    return low, middle, high


def _mixed(fits: Mapping[str, Posterior], register: Register) -> F64:
    total = sum(register.member(name).weight for name in fits)
    return np.concatenate([register.member(name).weight / total * fit.weights for name, fit in fits.items()])
