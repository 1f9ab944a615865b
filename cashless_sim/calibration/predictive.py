"""Could the model have made what was reported? Published figures among simulations from the prior."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.calibration.adjust import errors
from cashless_sim.calibration.check import outside
from cashless_sim.calibration.weights import Aim, Posterior

F64 = NDArray[np.float64]
SMALL = 0.01
"""The published figures further out than all but this share of prior simulations raise the alarm."""
FEWEST = 50
"""Prior simulations below which a share of a hundredth cannot be told."""
RIDGE = 1e-3


def from_prior(fit: Posterior) -> F64:
    """Return the statistics of the simulations drawn from the prior, those of the first generation: float64[n, t]."""
    first = fit.statistics[: fit.particles]
    return np.asarray(first[np.isfinite(first).all(axis=1)])


def predictive(fit: Posterior, targets: Sequence[Aim], seed: int = 1) -> pd.DataFrame:
    """Return target, value, low, high (95 % of prior simulations with the target's error), outside, one row a target.

    ``outside`` is the share of them that lies as far from their middle as the published figure, or further.
    """
    seen = _reported(fit, targets, seed)
    rows = []
    for k, target in enumerate(targets):
        low, high = np.quantile(seen[:, k], (0.025, 0.975))
        below = float((seen[:, k] <= target.value).mean())
        rows.append((target.name, target.value, float(low), float(high), 2 * min(below, 1 - below)))
    return pd.DataFrame(rows, columns=["target", "value", "low", "high", "outside"])


def distance(fit: Posterior, targets: Sequence[Aim], seed: int = 1) -> float:
    """Return the share of prior simulations that lie as far from all others as the published figures do.

    Far is the Mahalanobis distance from the middle of the others, each left out in turn.
    """
    seen = _reported(fit, targets, seed)
    own = _mahalanobis(seen, np.array([t.value for t in targets]))
    others = [_mahalanobis(np.delete(seen, row, axis=0), seen[row]) for row in range(len(seen))]
    return float(np.mean(np.array(others) >= own))


def alarm(fit: Posterior, targets: Sequence[Aim], seed: int = 1) -> dict[str, Any]:
    """Return the shares as plain data: ``together``, the targets ``beyond`` 95 and 99 %, and ``alarm``.

    The alarm means that the model could hardly have made what was reported: what is fitted is not called
    calibrated. It goes off when all figures together lie further out than `SMALL` of the simulations, or one of them
    further than 99 % of the simulations and of its own error both (`outside`): among many figures one beyond 99 % is
    no surprise. With fewer than `FEWEST` prior simulations nothing is told: ``alarm`` is None.
    """
    count = len(from_prior(fit))
    if count < FEWEST:
        return {"simulations": count, "alarm": None}
    table, together = predictive(fit, targets, seed), distance(fit, targets, seed)
    beyond = {f"beyond_{level}": list(table["target"][table["outside"] < 1 - level / 100]) for level in (95, 99)}
    return {
        "simulations": count,
        "together": round(together, 4),
        **beyond,
        "alarm": bool(together < SMALL or len(outside(from_prior(fit), targets)) > 0),
    }


def _reported(fit: Posterior, targets: Sequence[Aim], seed: int) -> F64:
    """Return prior simulations as they would have been reported: each with the error of its target."""
    seen = from_prior(fit)
    return np.asarray(seen + errors(seed + 2, np.arange(len(seen)), targets))


def _mahalanobis(rows: F64, at: F64) -> float:
    centred = rows - rows.mean(axis=0)
    spread = centred.std(axis=0)
    scaled = centred / spread
    square = scaled.T @ scaled / len(rows) + RIDGE * np.eye(rows.shape[1])
    off = (at - rows.mean(axis=0)) / spread
    return float(off @ np.linalg.solve(square, off))
