"""Approximate Bayesian computation in generations, each looking where the last ones fitted.

A simulation s counts as ``exp(-½ Σ ((s - value) / (h sd))²)``: with h = 1 that is exactly the error the targets
state, so the posterior is exact for a simulator plus that error [Wilkinson2013]. The tolerance h begins wide and
falls as far as enough simulations carry it. Every simulation ever made is weighted by the mixture of all
proposals, the prior among them, which bounds the weights [Cornuet2012]. Luck is keyed by the draw's number, and
results are taken in that order: any number of workers gives the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from cashless_sim.calibration.crew import Crew, Simulate, simulated
from cashless_sim.calibration.journal import Journal
from cashless_sim.calibration.priors import Prior
from cashless_sim.calibration.proposals import Proposal, around, standard
from cashless_sim.calibration.weights import CARRIED, WIDEST, Aim, Posterior, effective, kernel, misfit, tolerance
from cashless_sim.errors import BadValue

F64 = NDArray[np.float64]
Progress = Callable[[float], None]
Distance = Callable[[F64, Sequence[Aim]], F64]
"""Statistics, a row a simulation, and the targets → squared distance of each row: float64[n]."""


def infer(
    simulate: Simulate,
    priors: Sequence[Prior],
    targets: Sequence[Aim],
    particles: int,
    budget: int,
    seed: int,
    folder: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    about: Mapping[str, object] | None = None,
    distance: Distance = misfit,
) -> Posterior:
    """Return the posterior of ``priors`` given ``targets``, from at most ``budget`` simulations.

    ``simulate(values, draw)`` returns a statistic for each target (nan where it failed) and must depend on
    nothing else; with several workers it must be importable. Each generation makes ``particles`` simulations, the
    last as many as are left; it ends early when the weights are worth ``particles`` at tolerance 1. With
    ``folder``, a killed fit is taken up where it was; ``about`` (plain data) says what else it rests on.
    ``distance(statistics[n, t], targets)`` returns the squared distance of each row in SDs of the targets, infinite
    where a simulation failed; the fits shipped use the sum of squares.
    Raises `BadValue`, and `DataProblem` for a folder of another fit.
    """
    _checked(priors, targets, particles, budget, seed, workers)
    names = [*(p.name for p in priors), *(f"statistic.{t.name}" for t in targets)]
    held = {} if distance is misfit else {"distance": f"{distance.__module__}.{distance.__qualname__}"}
    journal = Journal(folder, names, _identity(priors, targets, particles, seed, {**(about or {}), **held}))
    state = _State(tuple(priors), targets, particles, distance)
    with Crew(simulate, workers) as crew:
        while state.spent < budget and not state.enough:
            first, last = state.spent, min(state.spent + particles, budget)
            z = state.proposed(seed, np.arange(first, last, dtype=np.uint32))
            values = [tuple(p.at(float(u)) for p, u in zip(priors, row, strict=True)) for row in ndtr(z)]
            rows = simulated(crew, journal, state.named(values), first, lambda n: _tell(progress, n / budget))
            state.take(z, np.array(values), np.array(rows))
    _tell(progress, 1.0)
    return state.posterior()


class _State:
    """All simulations so far, and the mixture of proposals that they came from."""

    def __init__(self, priors: tuple[Prior, ...], targets: Sequence[Aim], particles: int, distance: Distance) -> None:
        self._distance = distance
        self._priors, self._targets, self._particles = priors, targets, particles
        self._z = np.empty((0, len(priors)))
        self._values, self._statistics = self._z, np.empty((0, len(targets)))
        self._proposals: list[tuple[int, Proposal | None]] = []
        self._mixture = np.empty(0)
        self._next: Proposal | None = None
        self._weights, self._tolerance = np.empty(0), WIDEST
        self._course: list[tuple[int, float, float]] = []

    @property
    def spent(self) -> int:
        return len(self._z)

    @property
    def enough(self) -> bool:
        return self._tolerance == 1.0 and effective(self._weights) >= self._particles

    def named(self, values: list[tuple[float, ...]]) -> list[dict[str, float]]:
        return [dict(zip((p.name for p in self._priors), row, strict=True)) for row in values]

    def proposed(self, seed: int, draws: NDArray[np.uint32]) -> F64:
        if self._next is None:
            return standard(seed, draws, len(self._priors))
        return self._next.drawn(seed, draws)

    def take(self, z: F64, values: F64, statistics: F64) -> None:
        """Add a generation and weigh all simulations again."""
        old, new = self._mixture, np.zeros(len(z))
        for count, proposal in self._proposals:
            new += count * _density(proposal, z)
        self._proposals.append((len(z), self._next))
        old = old + len(z) * _density(self._next, self._z)
        self._mixture = np.concatenate([old, new + len(z) * _density(self._next, z)])
        self._z, self._values = np.concatenate([self._z, z]), np.concatenate([self._values, values])
        self._statistics = np.concatenate([self._statistics, statistics])
        self._weigh()

    def _weigh(self) -> None:
        base = _density(None, self._z) / self._mixture
        square = self._distance(self._statistics, self._targets)
        self._tolerance = tolerance(square, base, CARRIED * self._particles)
        self._weights = kernel(square, base, self._tolerance)
        worth = effective(self._weights)
        self._course.append((self.spent, self._tolerance, worth))
        self._next = around(self._z, self._weights, worth)

    def posterior(self) -> Posterior:
        return Posterior(
            self._priors,
            self._values,
            self._statistics,
            self._weights,
            np.arange(self.spent, dtype=np.int64),
            self._tolerance,
            self._particles,
            tuple(self._course),
        )


def _density(proposal: Proposal | None, z: F64) -> F64:
    """Return the density of a proposal, of the prior if there is none."""
    if proposal is None:
        return np.asarray(np.exp(-0.5 * (z**2).sum(axis=1)) / (2 * np.pi) ** (z.shape[1] / 2))
    return proposal.density(z)


def _checked(priors: Any, targets: Any, particles: Any, budget: Any, seed: Any, workers: Any) -> None:
    """Refuse what cannot be fitted: `BadValue`."""
    for what, value, low in (("particles", particles, 2), ("seed", seed, 0), ("workers", workers, 1)):
        if isinstance(value, bool) or not isinstance(value, int) or value < low:
            raise BadValue(what=what, value=value, expected=f"a whole number of {low} or more")
    if isinstance(budget, bool) or not isinstance(budget, int) or budget < particles:
        raise BadValue(what="budget", value=budget, expected=f"at least as many simulations as particles, {particles}")
    for what, given in (("priors", priors), ("targets", targets)):
        names = [one.name for one in given]
        if not names or len(set(names)) < len(names):
            raise BadValue(what=what, value=names, expected="one or more, each name once")
    for one in targets:
        if not (np.isfinite(one.value) and np.isfinite(one.sd) and one.sd > 0):
            raise BadValue(what=f"target {one.name}", value=(one.value, one.sd), expected="a figure and an SD above 0")


def _identity(priors: Any, targets: Any, particles: int, seed: int, about: Any) -> dict[str, object]:
    return {
        "priors": [[p.name, p.low, p.high, p.log] for p in priors],
        "targets": [[t.name, float(t.value), float(t.sd)] for t in targets],
        "particles": particles,
        "seed": seed,
        "about": dict(about or {}),
    }


def _tell(progress: Progress | None, share: float) -> None:
    if progress is not None:
        progress(min(share, 1.0))
