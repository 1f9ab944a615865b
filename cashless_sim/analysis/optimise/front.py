"""What more money or more equity would buy: the Pareto front of share, cost and gap, as predicted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.analysis.optimise.problem import Problem
from cashless_sim.analysis.optimise.programme import Programme
from cashless_sim.analysis.optimise.response import Response
from cashless_sim.errors import BadValue

F64 = NDArray[np.float64]
PARTS = (0.25, 0.5, 0.75, 1.0)
NARROWED = (1.0, 0.9, 0.8, 0.6)
POINT = 0.01


def gap_of(problem: Problem, response: Response, doses: F64) -> float:
    """Return the predicted difference between the best and the worst group of the family, as a share."""
    at = [g for g, group in enumerate(response.groups) if group.startswith(f"{problem.gap_over}=")]
    shares = response.predicted(doses).mean(axis=0)[at]
    return float(shares.max() - shares.min()) if at else float("nan")


def front(problem: Problem, response: Response) -> pd.DataFrame:
    """Return plans that none of the others beats in share, cost and gap at once: share, cost (VND), gap, budget.

    ``budget`` is the part of every line that may be spent. Predicted by the response, not simulated.
    """
    widest = gap_of(problem, response, np.zeros(response.money.shape))
    found = []
    for part in PARTS:
        lines = tuple(replace(line, amount=line.amount * part) for line in problem.lines)
        for narrow in NARROWED:
            limit = min(narrow * widest, 1.0 if problem.max_gap is None else problem.max_gap)
            asked = replace(problem, lines=lines, max_gap=limit)
            try:
                doses = Programme(asked, response).best().doses
            except BadValue:
                continue
            share = float(response.predicted(doses).mean(axis=0)[0])
            cost = float((doses * response.money).sum())
            found.append((share, cost, gap_of(problem, response, doses), part))
    table = (
        pd.DataFrame(found, columns=["share", "cost", "gap", "budget"])
        .round(9)
        .drop_duplicates(["share", "cost", "gap"])
    )
    return table[undominated(table)].sort_values("cost", ignore_index=True)


def undominated(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows no other beats: a higher share, a lower cost and a lower gap are better."""
    worth = np.column_stack([-table["share"], table["cost"], table["gap"]])
    kept = np.ones(len(worth), dtype=bool)
    for row, mine in enumerate(worth):
        others = np.delete(worth, row, axis=0)
        kept[row] = not ((others <= mine).all(axis=1) & (others < mine).any(axis=1)).any()
    return kept


def price_of_equity(programme: Programme, doses: F64) -> float:
    """Return VND for one percentage point less of gap at the plan's predicted share; NaN where money cannot buy it."""
    response = programme.response
    share = float(response.predicted(doses).mean(axis=0)[0])
    gap = gap_of(programme.problem, response, doses)
    if not gap > POINT:
        return float("nan")
    slack = 1e-9
    return programme.cheapest(share - slack, gap - POINT) - programme.cheapest(share - slack, gap + slack)
