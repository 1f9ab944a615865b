"""Ranking and selection: plans tried on common luck until what is clearly worse is out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom
from scipy.stats import t as student

from cashless_sim.analysis.intervals import COVERS, half_width, told
from cashless_sim.analysis.optimise.problem import Doses, Problem
from cashless_sim.analysis.optimise.world import Outcome, World
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
    and stages (Bonferroni) [KimNelson2001], so that the plan that is truly best is left out in at most 5 % of
    selections. The score of the plan picked is flattered by the picking: what it is worth, fresh draws say (`judged`).
    ``table`` has plan, n, score, left (whether it stayed to the end).
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
    """Whether ``best`` is above ``other`` in paired draws at a one-sided level, by a test that suits the risk.

    A mean: Student's. A chance of the target: the exact sign test of the draws in which only one reaches it
    [McNemar1947], as equal answers in a few draws have no spread. A tail mean: Student's on its influence
    [RockafellarUryasev2000], with no more degrees of freedom than draws lie in the tail.
    """
    apart = scored(best, problem) - scored(other, problem)
    n = len(apart)
    if problem.risk == "P(target)":
        ahead, behind = int((apart > 0).sum()), int((apart < 0).sum())
        return ahead > 0 and float(binom.sf(ahead - 1, ahead + behind, 0.5)) < level
    within = n if problem.risk == "mean" else math.ceil(problem.tail * n)
    error = float(apart.std(ddof=1)) / np.sqrt(n) if n > 1 else np.inf
    return within > 1 and bool(float(apart.mean()) > student.ppf(1 - level, within - 1) * error)


def judged(found: Mapping[str, Outcome], chosen: str, problem: Problem) -> pd.DataFrame:
    """Return the chosen plan against each other one, all tried on the same fresh draws: one row a plan.

    ``difference`` of the share of all, with low80 … high95 of one more draw, and the interval ``mean_low``,
    ``mean_high`` of its mean over draws, at a level of 5 % shared by all plans it is held against (Bonferroni);
    ``wins`` the share of draws in which the chosen plan is ahead, ``score`` of both by the risk measure. The
    ``verdict`` is by the 80 % interval of one more draw, each by itself: where it spans zero the ranking flips
    within what is not known. It judges the share, whatever the risk.
    """
    mine = found[chosen].shares[:, 0]
    others = {name: outcome.shares[:, 0] for name, outcome in found.items() if name != chosen}
    return pd.DataFrame(
        {"plan": chosen, "against": name, **_checked(mine, other, problem, len(others))}
        for name, other in others.items()
    )


def upheld(outcome: Outcome, groups: Sequence[str], problem: Problem) -> pd.DataFrame:
    """Return whether a plan keeps floors and gap when it is run, which were predicted when it was made.

    One row a constraint: ``asked``, the ``mean`` over draws with low80 … high95 of one more draw, and ``held``, the
    share of draws in which it holds. Money and team-evenings are kept by construction.
    """
    shares = dict(zip(groups, outcome.shares.T, strict=True))
    rows = [(f"floor of {group}", floor, shares[group], True) for group, floor in problem.floors.items()]
    if problem.max_gap is not None:
        family = np.array([values for group, values in shares.items() if group.startswith(f"{problem.gap_over}=")])
        rows.append(("max_gap", problem.max_gap, np.nanmax(family, axis=0) - np.nanmin(family, axis=0), False))
    made = [
        {"constraint": name, "asked": asked, **told(values, IGNORANCE), "held": _held(values, asked, least)}
        for name, asked, values, least in rows
    ]
    return pd.DataFrame(made, columns=["constraint", "asked", *told(np.zeros(2), IGNORANCE), "held"])


def _held(values: F64, asked: float, least: bool) -> float:
    return float((values >= asked).mean() if least else (values <= asked).mean())


def _checked(mine: F64, other: F64, problem: Problem, comparisons: int) -> dict[str, Any]:
    """Return how one plan stands to another on the same draws, as one of several comparisons."""
    facts = told(mine - other, IGNORANCE)
    half = float(half_width(len(mine), facts["sd"], 100 - 5 / comparisons, LUCK))
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
