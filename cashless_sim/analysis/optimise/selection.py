"""Ranking and selection: plans tried on common luck until what is clearly worse is out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t as student

from cashless_sim.analysis.intervals import COVERS, half_width, told
from cashless_sim.analysis.optimise.problem import Doses, Problem
from cashless_sim.analysis.optimise.world import World
from cashless_sim.analysis.pairing import IGNORANCE, LUCK

F64 = NDArray[np.float64]
LEVEL = 0.05
BETTER, WORSE, NOT_APART = "better", "worse", "cannot be told apart"


def scored(shares: F64, problem: Problem) -> F64:
    """Return a number for each draw whose mean is the risk measure: share, tail mean or chance of the target."""
    if problem.risk == "P(target)":
        assert problem.target is not None
        reached: F64 = (shares >= problem.target).astype(np.float64)
        return reached
    if problem.risk == "CVaR":
        limit = float(np.quantile(shares, problem.tail, method="inverted_cdf"))
        tail: F64 = limit + np.minimum(shares - limit, 0.0) / problem.tail
        return tail
    return shares


@dataclass(frozen=True)
class Selection:
    """The plan with the best score, and those that the draws could not tell from it; ``tried`` runs of each."""

    best: str
    left: tuple[str, ...]
    table: pd.DataFrame


def select(
    world: World, plans: Mapping[str, Doses], problem: Problem, seed: int, draws: int = 6, stages: int = 2
) -> Selection:
    """Try plans on common draws in stages; after each, leave out what is clearly worse than the best.

    Clearly: the paired difference in the risk measure lies below zero at a level of 5 % shared by all comparisons
    (Student, Bonferroni) [KimNelson2001]. ``table`` has plan, n, score, left (whether it stayed to the end).
    """
    left = list(plans)
    shares: dict[str, F64] = {name: np.empty(0) for name in plans}
    for stage in range(stages):
        found = world.outcomes({name: plans[name] for name in left}, seed + stage, draws)
        for name in left:
            shares[name] = np.concatenate([shares[name], found[name].shares[:, 0]])
        best = max(left, key=lambda name: _ranked(shares[name], problem))
        level = LEVEL / (max(1, len(plans) - 1) * stages)
        left = [name for name in left if name == best or not _clear(shares[best], shares[name], problem, level)]
        if len(left) == 1:
            break
    rows = [(name, len(shares[name]), scored(shares[name], problem).mean(), name in left) for name in plans]
    table = pd.DataFrame(rows, columns=["plan", "n", "score", "left"])
    return Selection(best, tuple(left), table.sort_values("score", ascending=False, ignore_index=True))


def _ranked(shares: F64, problem: Problem) -> tuple[float, float]:
    """Return what plans are ranked by: the risk measure, and the mean share where that is equal."""
    return round(float(scored(shares, problem).mean()), 9), float(shares.mean())


def _clear(best: F64, other: F64, problem: Problem, level: float) -> bool:
    """Whether ``best`` is above ``other`` in paired draws at a one-sided level."""
    apart = scored(best, problem) - scored(other, problem)
    n = len(apart)
    error = float(apart.std(ddof=1)) / np.sqrt(n) if n > 1 else np.inf
    return bool(float(apart.mean()) > student.ppf(1 - level, max(n - 1, 1)) * error)


def confirm(
    world: World, chosen: str, plans: Mapping[str, Doses], problem: Problem, seed: int, draws: int = 12
) -> pd.DataFrame:
    """Return the chosen plan against each other one on fresh draws: one row a plan it is held against.

    ``difference`` of the share of all, with low80 … high95 of one more draw, and the 95 % interval ``mean_low``,
    ``mean_high`` of its mean over draws; ``wins`` the share of draws in which the chosen plan is ahead, ``score`` of
    both by the risk measure. The ``verdict`` is by the 80 % interval of one more draw: where it spans zero the
    ranking flips within the priors.
    """
    found = world.outcomes(plans, seed, draws)
    mine = found[chosen].shares[:, 0]
    rows = []
    for name, outcome in found.items():
        if name == chosen:
            continue
        rows.append({"plan": chosen, "against": name, **_checked(mine, outcome.shares[:, 0], problem)})
    return pd.DataFrame(rows)


def _checked(mine: F64, other: F64, problem: Problem) -> dict[str, Any]:
    """Return how one plan stands to another on the same draws."""
    facts = told(mine - other, IGNORANCE)
    half = float(half_width(len(mine), facts["sd"], 95, LUCK))
    verdict = BETTER if facts["low80"] > 0 else WORSE if facts["high80"] < 0 else NOT_APART
    return {
        "n": facts["n"],
        "difference": facts["mean"],
        "sd": facts["sd"],
        **{f"{end}{cover}": facts[f"{end}{cover}"] for cover in COVERS for end in ("low", "high")},
        "mean_low": facts["mean"] - half,
        "mean_high": facts["mean"] + half,
        "wins": float((mine > other).mean()),
        "score": float(scored(mine, problem).mean()),
        "score_against": float(scored(other, problem).mean()),
        "verdict": verdict,
    }
