"""From a problem to a plan: screen, programme, try, select, and check again on fresh luck."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.analysis.evidence import grade
from cashless_sim.analysis.optimise.candidates import RULES, candidates, named
from cashless_sim.analysis.optimise.front import front, price_of_equity
from cashless_sim.analysis.optimise.problem import Doses, Problem
from cashless_sim.analysis.optimise.programme import Programme
from cashless_sim.analysis.optimise.response import Response
from cashless_sim.analysis.optimise.screening import KNOTS, screened
from cashless_sim.analysis.optimise.selection import judged, select, upheld
from cashless_sim.analysis.optimise.world import World

F64 = NDArray[np.float64]
FRESH = 1_000_003
"""How far the seeds of the re-check lie from those that chose the plan."""


@dataclass(frozen=True)
class Effort:
    """How many draws each step gets, and how many plans are tried."""

    screening: int = 6
    trying: int = 6
    stages: int = 2
    checking: int = 12
    plans: int = 10


@dataclass(frozen=True)
class Optimised:
    """What an optimisation gives back.

    ``doses`` of the plan; ``plan`` one row a cell: offer, channel, grade, place, dose, money (VND), evenings;
    ``chosen`` its name, ``incumbent`` that of what it is held against, ``left`` the plans that could not be told
    from it; ``lawful`` whether the incumbent keeps to the constraints (else it is only compared); ``tried`` every
    plan's score; ``check`` the re-check on fresh seeds; ``kept`` whether floors and gap hold there; ``front`` predicted
    digital share, cost and gap; ``binding`` constraint → what one more unit of it would add to the share of the plan
    that is best on average, as predicted; ``equity`` VND for one point less of
    gap at the same share (NaN: not within this money).
    """

    doses: Doses
    plan: pd.DataFrame
    chosen: str
    incumbent: str
    left: tuple[str, ...]
    lawful: bool
    tried: pd.DataFrame
    check: pd.DataFrame
    kept: pd.DataFrame
    front: pd.DataFrame
    binding: dict[str, float]
    equity: float


def optimise(
    world: World,
    problem: Problem,
    incumbent: Doses | None = None,
    seed: int = 1,
    effort: Effort | None = None,
    said: Callable[[str], None] | None = None,
) -> Optimised:
    """Return the plan that does best under the problem's constraints, with what it takes to judge it.

    The programme on the screened response proposes, runs of the world on common luck decide, fresh seeds check.
    The incumbent (the equal split, if None) is always among the plans tried, if it keeps to the constraints.
    ``said`` is told each step by name. Raises `BadValue` naming the smallest set of constraints that cannot hold
    together.
    """
    work, step = effort or Effort(), said or (lambda name: None)
    step("screening")
    response = screened(world, problem, seed, work.screening, KNOTS)
    programme = Programme(problem, response)
    step("solving")
    arrays, now = candidates(problem, programme, incumbent, work.plans)
    plans = {name: named(doses, response) for name, doses in arrays.items()}
    allowed = {name: plan for name, plan in plans.items() if programme.allows(arrays[name])}
    step("trying")
    picked = select(world, allowed, problem, seed + 1, work.trying, work.stages)
    chosen = picked.best
    step("checking")
    beside = dict.fromkeys([chosen, now, *(rule for rule in RULES if rule in plans)])
    fresh = world.outcomes({name: plans[name] for name in beside}, seed + FRESH, work.checking)
    best = arrays[chosen]
    return Optimised(
        plans[chosen],
        bought(problem, response, best),
        chosen,
        now,
        picked.left,
        now in allowed,
        picked.table,
        judged(fresh, chosen, problem),
        upheld(fresh[chosen], world.groups, problem),
        front(problem, response),
        programme.best().prices,
        price_of_equity(programme, best),
    )


def bought(problem: Problem, response: Response, doses: F64) -> pd.DataFrame:
    """Return what a plan buys: one row a cell with a dose, dearest first."""
    offers = {offer.name: offer for offer in problem.offers}
    rows = []
    for (o, name), (p, place) in ((a, b) for a in enumerate(response.offers) for b in enumerate(response.places)):
        dose = float(doses[o, p])
        if dose > 0:
            channel = offers[name].channel
            money, evenings = dose * response.money[o, p], dose * response.evenings[o, p]
            rows.append((name, channel, grade(channel), place, dose, float(money), float(evenings)))
    columns = ["offer", "channel", "grade", "place", "dose", "money", "evenings"]
    return pd.DataFrame(rows, columns=columns).sort_values("money", ascending=False, ignore_index=True)
