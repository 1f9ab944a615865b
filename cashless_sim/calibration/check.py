"""Is the fit to be believed? Ranks, coverage and contraction, from fits to data whose truth is known.

A truth drawn from the prior must fall anywhere in its own posterior alike: its place there (0 to 1) is uniform over
many trials, within bands that hold for the whole curve at once [Talts2018], and it lies in an interval of 80 % in
80 % of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import binom, kstwo

from cashless_sim.calibration.adjust import adjusted, errors
from cashless_sim.calibration.proposals import luck
from cashless_sim.calibration.weights import Aim, Posterior, effective, kernel, misfit, tolerance
from cashless_sim.errors import BadValue

F64 = NDArray[np.float64]
LEVELS = (0.5, 0.8, 0.95)


@dataclass(frozen=True)
class Measured:
    """A target that was simulated: a figure with the error of the real one."""

    name: str
    value: float
    sd: float


@dataclass(frozen=True)
class Card:
    """What the checks found of one number: ``places[trials]`` of the truth in its posterior, and what follows.

    ``deviation`` is the largest distance of their curve from a straight line, ``band`` what chance alone stays
    within in 95 % of such checks; ``covered`` and its 95 % limits are by level.
    """

    name: str
    places: F64
    deviation: float
    band: float
    covered: dict[float, float]
    limits: dict[float, tuple[float, float]]

    @property
    def sound(self) -> bool:
        """Whether the curve stays inside its band."""
        return self.deviation <= self.band


def place(values: F64, weights: F64, truth: float, u: float) -> float:
    """Return where ``truth`` lies in weighted ``values``, 0 to 1; ``u`` breaks ties."""
    below, tied = weights[values < truth].sum(), weights[values == truth].sum()
    return float((below + u * tied) / weights.sum())


def contraction(posterior: Posterior) -> dict[str, float]:
    """Return, for each number, 1 - variance over that of the prior, on the prior's own scale: 0 says nothing learnt."""
    found = {}
    for index, prior in enumerate(posterior.priors):
        share = prior.share(posterior.values[:, index])
        mean = float((posterior.weights * share).sum())
        found[prior.name] = 1 - 12 * float((posterior.weights * (share - mean) ** 2).sum())
    return found


def outside(statistics: F64, targets: Sequence[Aim]) -> tuple[str, ...]:
    """Return the targets that prior simulations (``statistics[n, t]``) with their errors leave out: 99 % of them.

    Any of them means that the model can hardly be right: what is fitted then is not called calibrated.
    """
    found = []
    for index, target in enumerate(targets):
        seen = statistics[:, index][np.isfinite(statistics[:, index])]
        low, high = np.quantile(seen, (0.005, 0.995))
        reach = float(ndtri(0.995)) * target.sd
        if not low - reach <= target.value <= high + reach:
            found.append(target.name)
    return tuple(found)


def cards(names: Sequence[str], places: F64) -> tuple[Card, ...]:
    """Return a card for each number from ``places[trials, k]``; raise `BadValue` below ten trials."""
    trials = len(places)
    if trials < 10:
        raise BadValue(what="trials", value=trials, expected="10 or more")
    band = float(kstwo.ppf(0.95, trials))
    steps = np.arange(trials + 1) / trials
    found = []
    for name, column in zip(names, places.T, strict=True):
        ordered = np.sort(column)
        deviation = float(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()))
        covered = {level: float((np.abs(column - 0.5) <= level / 2).mean()) for level in LEVELS}
        limits = {
            level: (float(binom.ppf(0.025, trials, level)) / trials, float(binom.ppf(0.975, trials, level)) / trials)
            for level in LEVELS
        }
        found.append(Card(name, column, deviation, band, covered, limits))
    return tuple(found)


def against_known(
    fit: Callable[[Sequence[Measured], int], Posterior],
    truths: F64,
    statistics: F64,
    targets: Sequence[Aim],
    seed: int,
) -> tuple[Card, ...]:
    """Fit anew to each simulated data set and return the cards: ``fit(targets, trial)`` is what is checked.

    ``truths[trials, k]`` come from the prior, ``statistics[trials, t]`` from them; errors are added here.
    """
    data = statistics + errors(seed + 1, np.arange(len(truths)), targets)
    places: list[list[float]] = []
    names: tuple[str, ...] = ()
    for trial in range(len(truths)):
        aims = [Measured(t.name, float(v), t.sd) for t, v in zip(targets, data[trial], strict=True)]
        posterior = fit(aims, trial)
        names = tuple(prior.name for prior in posterior.priors)
        places.append(_places(posterior, truths[trial], seed, trial))
    return cards(names, np.array(places))


def from_bank(bank: Posterior, targets: Sequence[Aim], trials: int, worth: float, seed: int) -> tuple[Card, ...]:
    """Return the cards of fits that weigh one bank of prior simulations, its first ``trials`` in turn the truth.

    As `refitted` fits them; raises `BadValue` when the bank is not larger than the trials.
    """
    fits = refitted(bank, targets, trials, worth, seed)
    places = [_places(fit, bank.values[trial], seed, trial) for trial, fit in enumerate(fits)]
    return cards([prior.name for prior in bank.priors], np.array(places))


def refitted(bank: Posterior, targets: Sequence[Aim], trials: int, worth: float, seed: int) -> Iterator[Posterior]:
    """Yield a posterior for each of the bank's first ``trials`` simulations, taken for the truth and left out.

    ``bank`` holds simulations from the prior (its weights are not looked at). The tolerance of each trial is the
    least at which the weights are worth ``worth`` draws; a straight line then mends it (`adjusted`). Raises `BadValue`.
    """
    if not 10 <= trials < bank.spent:
        raise BadValue(what="trials", value=trials, expected=f"10 to {bank.spent - 1}, less than the bank holds")
    data = bank.statistics[:trials] + errors(seed + 1, np.arange(trials), targets)
    for trial in range(trials):
        others = np.arange(bank.spent) != trial
        aims = [Measured(t.name, float(v), t.sd) for t, v in zip(targets, data[trial], strict=True)]
        yield adjusted(weighed(bank, others, aims, worth), aims, seed)


def weighed(bank: Posterior, chosen: NDArray[np.bool_], targets: Sequence[Aim], worth: float) -> Posterior:
    """Return the chosen prior simulations weighed by how they fit, worth ``worth`` draws or more."""
    base = np.ones(int(chosen.sum()))
    square = misfit(bank.statistics[chosen], targets)
    h = tolerance(square, base, worth)
    weights = kernel(square, base, h)
    return replace(
        bank,
        values=bank.values[chosen],
        statistics=bank.statistics[chosen],
        draws=bank.draws[chosen],
        weights=weights,
        tolerance=h,
        course=((len(base), h, effective(weights)),),
    )


def _places(posterior: Posterior, truth: F64, seed: int, trial: int) -> list[float]:
    ids = np.array([trial], dtype=np.uint32)
    return [
        place(posterior.values[:, k], posterior.weights, float(truth[k]), float(luck(seed, ids, "tie", k)[0]))
        for k in range(len(truth))
    ]
