"""Plans worth trying: what is done now, simple rules of sharing, and the programme's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from cashless_sim.analysis.optimise.problem import Doses, Problem
from cashless_sim.analysis.optimise.programme import Programme
from cashless_sim.analysis.optimise.response import Response

F64 = NDArray[np.float64]
EQUAL, BY_HOMES, BY_CASH, INCUMBENT = "equal split", "by population", "by remaining cash users", "incumbent"
RULES = (EQUAL, BY_HOMES, BY_CASH)
SAME = 0.02


def split(problem: Problem, response: Response, weights: F64) -> F64:
    """Return doses when each line's money is shared among the offers that it may pay, and by weights among places.

    Shares, float64[offers, places]: none above 1, and team-evenings are kept within by scaling their year down.
    """
    offers = {offer.name: offer for offer in problem.offers}
    money = np.zeros(response.money.shape)
    share = weights / weights.sum()
    for line in problem.lines:
        mine = [o for o, name in enumerate(response.offers) if line.pays(offers[name])]
        for o in mine:
            money[o] += line.amount / len(mine) * share
    with np.errstate(divide="ignore", invalid="ignore"):
        doses: F64 = np.where(response.money > 0, np.minimum(money / response.money, 1.0), 0.0)
    for year, there in problem.evenings.items():
        now = np.array([offers[name].year == year for name in response.offers])
        used = float((doses * response.evenings)[now].sum())
        doses[now] *= min(1.0, there / used) if used > 0 else 1.0
    return doses


def rules(problem: Problem, response: Response) -> dict[str, F64]:
    """Return the doses of each simple rule: equally, by households, by households that still pay in cash."""
    at = [response.groups.index(f"district={place}") for place in response.places]
    homes = response.homes[at]
    cash = homes * (1 - response.base.mean(axis=0)[at])
    weights = {EQUAL: np.ones(len(at)), BY_HOMES: homes, BY_CASH: cash}
    return {name: split(problem, response, weight) for name, weight in weights.items()}


def answers(programme: Programme) -> Iterator[tuple[str, F64]]:
    """Yield the programme's best doses: on average, for the worst draws, and in each single draw."""
    yield "best on average", programme.best().doses
    yield "best of the worst", programme.best(cvar=True).doses
    for draw in range(programme.draws):
        yield f"best in draw {draw}", programme.best(draw).doses


def candidates(
    problem: Problem, programme: Programme, incumbent: Doses | None, most: int = 10
) -> tuple[dict[str, F64], str]:
    """Return up to ``most`` plans to try and the name of the incumbent, which is always among them.

    Without an incumbent it is the equal split. Plans nearly the same as an earlier one are left out. Raises
    `BadValue` when the constraints cannot hold together.
    """
    response = programme.response
    simple = rules(problem, response)
    found: dict[str, F64] = {} if incumbent is None else {INCUMBENT: response.array(incumbent)}
    found |= simple
    for name, doses in answers(programme):
        if len(found) < most and not any(_near(doses, other, response) for other in found.values()):
            found[name] = doses
    return found, INCUMBENT if incumbent is not None else EQUAL


def _near(one: F64, other: F64, response: Response) -> bool:
    """Whether two plans spend all but a few percent of their money alike."""
    apart = float(np.abs((one - other) * response.money).sum())
    return apart <= SAME * max(float((one * response.money).sum()), float((other * response.money).sum()), 1.0)


def named(doses: F64, response: Response) -> Doses:
    """Return an array of doses as a mapping from (offer, place), without what is zero."""
    pairs = ((o, p) for o in range(len(response.offers)) for p in range(len(response.places)))
    found: Mapping[tuple[str, str], float] = {
        (response.offers[o], response.places[p]): float(doses[o, p]) for o, p in pairs if doses[o, p] > 0
    }
    return found
