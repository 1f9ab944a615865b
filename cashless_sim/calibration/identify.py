"""What a fit can learn of each number: is it found again, how far is its prior narrowed, where does it fit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.calibration.check import contraction, refitted, weighed
from cashless_sim.calibration.summary import UNLEARNT
from cashless_sim.calibration.weights import Aim, Posterior, misfit

F64 = NDArray[np.float64]
PARTS = 5
"""Parts of equal prior weight in a profile."""


def recovery(bank: Posterior, targets: Sequence[Aim], trials: int, worth: float, seed: int) -> pd.DataFrame:
    """Return name, correlation, error, contraction, informed: how truths from the prior are found again.

    All on the scale of the prior's share: correlation of truth and posterior mean, mean absolute error (a guess of the
    middle has 0.25), mean contraction over the trials; informed when that is `UNLEARNT` or more.
    """
    shares = _shares(bank)
    means: list[list[float]] = []
    narrowed: list[dict[str, float]] = []
    for fit in refitted(bank, targets, trials, worth, seed):
        means.append([float((fit.weights * column).sum()) for column in _shares(fit).T])
        narrowed.append(contraction(fit))
    found = np.array(means)
    rows = []
    for k, prior in enumerate(bank.priors):
        truth, mean = shares[:trials, k], found[:, k]
        learnt = float(np.mean([one[prior.name] for one in narrowed]))
        correlation = float(np.corrcoef(truth, mean)[0, 1])
        rows.append((prior.name, correlation, float(np.abs(truth - mean).mean()), learnt, learnt >= UNLEARNT))
    return pd.DataFrame(rows, columns=["name", "correlation", "error", "contraction", "informed"])


def profiles(bank: Posterior, targets: Sequence[Aim], worth: float) -> pd.DataFrame:
    """Return name, low, high, least_misfit, weight: five parts of each prior and how the real data fit there.

    ``least_misfit`` is the least Σ((s - value) / sd)² of the part's simulations, ``weight`` its share of the posterior
    (a fifth when the data say nothing), from prior simulations weighed without adjustment.
    """
    fit = weighed(bank, np.ones(bank.spent, dtype=bool), targets, worth)
    square, shares = misfit(bank.statistics, targets), _shares(bank)
    rows = []
    for k, prior in enumerate(bank.priors):
        part = np.minimum((shares[:, k] * PARTS).astype(int), PARTS - 1)
        for number in range(PARTS):
            inside = part == number
            least = float(square[inside].min()) if inside.any() else float("nan")
            low, high = prior.at(number / PARTS), prior.at((number + 1) / PARTS)
            rows.append((prior.name, low, high, least, float(fit.weights[inside].sum())))
    return pd.DataFrame(rows, columns=["name", "low", "high", "least_misfit", "weight"])


def _shares(fit: Posterior) -> F64:
    return np.stack([prior.share(fit.values[:, k]) for k, prior in enumerate(fit.priors)], axis=1)
