"""The linear programme: the best doses on the response, what binds, and which constraints cannot hold together."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from cashless_sim.analysis.optimise.problem import Problem
from cashless_sim.analysis.optimise.response import Response
from cashless_sim.errors import BadValue, UnknownName, nearest

F64 = NDArray[np.float64]
TIGHT = 1e-6
SMALL_SETS = 3


@dataclass(frozen=True)
class Row:
    """One inequality ``left · x <= right`` and the constraint of the problem that it belongs to."""

    name: str
    left: F64
    right: float


@dataclass(frozen=True)
class Solution:
    """Doses ``[offer, place]``, the spending of each line on each offer, and the price of each binding constraint.

    ``prices`` holds what one more unit of a constraint's right-hand side would add to the objective.
    """

    doses: F64
    paid: F64
    value: float
    prices: dict[str, float]


class Programme:
    """Variables: doses by segment, VND by line and offer, the ends of the gap, and what risk needs."""

    def __init__(self, problem: Problem, response: Response) -> None:
        """Lay the variables out; raise `UnknownName` for groups and places that the response does not hold."""
        self.problem, self.response = problem, response
        self.shape = (*response.money.shape, len(response.widths))
        self.segments = int(np.prod(self.shape))
        self.flows = len(problem.lines) * len(response.offers)
        self.draws = response.slopes.shape[0]
        self.high = self.segments + self.flows
        self.low = self.high + 1
        self.value_at_risk = self.low + 1
        self.size = self.value_at_risk + 1 + self.draws
        self.named = list(self._named())

    # -- building rows ---------------------------------------------------------------------------------------------
    def _zero(self) -> F64:
        return np.zeros(self.size)

    def _dosed(self, weights: F64) -> F64:
        """Return a row that weighs doses by ``weights[offer, place]`` or ``[offer, place, segment]``."""
        row = self._zero()
        full = weights[..., None] if weights.ndim == 2 else weights
        row[: self.segments] = np.broadcast_to(full, self.shape).ravel()
        return row

    def _share(self, group: str, draw: int | None = None) -> tuple[F64, float]:
        """Return row and constant of a group's share, in one draw or on average."""
        made = self.response
        if group not in made.groups:
            raise UnknownName(
                what="group", name=group, expected=", ".join(made.groups), near=nearest(group, made.groups)
            )
        g = made.groups.index(group)
        slopes = made.slopes.mean(axis=0) if draw is None else made.slopes[draw]
        base = made.base.mean(axis=0) if draw is None else made.base[draw]
        return self._dosed(slopes * made.lift[:, :, g, None] / made.homes[g]), float(base[g])

    def _named(self) -> Iterator[Row]:
        """Yield the rows of every constraint that the user states."""
        problem, made = self.problem, self.response
        for number, line in enumerate(problem.lines):
            row = self._zero()
            first = self.segments + number * len(made.offers)
            row[first : first + len(made.offers)] = 1.0
            yield Row(f"budget line {line.name}", row, line.amount)
        offers = {offer.name: offer for offer in problem.offers}
        for year, evenings in problem.evenings.items():
            now = np.array([offers[name].year == year for name in made.offers])
            yield Row(f"team-evenings of {year}", self._dosed(made.evenings * now[:, None]), evenings)
        for group, floor in problem.floors.items():
            row, base = self._share(group)
            yield Row(f"floor of {group}", -row, base - floor)
        if problem.max_gap is not None:
            row = self._zero()
            row[self.high], row[self.low] = 1.0, -1.0
            yield Row("max_gap", row, problem.max_gap)
        for name, cells, dose in problem.fixed(made.places):
            for offer, place in cells:
                one = np.zeros(made.money.shape)
                one[made.offers.index(offer), made.places.index(place)] = 1.0
                yield Row(f"fix {name}", self._dosed(one), dose)
                yield Row(f"fix {name}", -self._dosed(one), -dose)

    def _always(self, gap: bool) -> Iterator[Row]:
        """Yield what holds by definition: the ends of the gap lie around every group of its family."""
        family = [g for g in self.response.groups if g.startswith(f"{self.problem.gap_over}=")]
        for group in family if gap else ():
            row, base = self._share(group)
            above, below = row.copy(), -row
            above[self.high], below[self.low] = -1.0, 1.0
            yield Row("", above, -base)
            yield Row("", below, base)

    def _paid(self) -> tuple[F64, F64]:
        """Return equalities: what each offer costs is paid by lines, and lines pay only what they may."""
        made, lines = self.response, self.problem.lines
        offers = {offer.name: offer for offer in self.problem.offers}
        rows = []
        for number, name in enumerate(made.offers):
            spent = np.zeros(made.money.shape)
            spent[number] = made.money[number]
            row = -self._dosed(spent)
            for at, line in enumerate(lines):
                row[self.segments + at * len(made.offers) + number] = float(line.pays(offers[name]))
            rows.append(row)
        return np.array(rows), np.zeros(len(rows))

    # -- solving ---------------------------------------------------------------------------------------------------
    def _solve(self, goal: F64, rows: Sequence[Row], more: Sequence[Row] = ()) -> Any:
        """Return linprog's answer for the least ``goal · x``."""
        every = [*rows, *more, *self._always(any(row.name == "max_gap" for row in (*rows, *more)))]
        left = np.array([row.left for row in every]) if every else None
        right = np.array([row.right for row in every]) if every else None
        widths = np.broadcast_to(self.response.widths, self.shape).ravel()
        bounds: list[tuple[float | None, float | None]] = [(0.0, float(w)) for w in widths]
        bounds += [(0.0, None)] * self.flows + [(None, None)] * 3 + [(0.0, None)] * self.draws
        equal, zero = self._paid()
        return linprog(goal, A_ub=left, b_ub=right, A_eq=equal, b_eq=zero, bounds=bounds, method="highs")

    def best(self, draw: int | None = None, more: Sequence[Row] = (), cvar: bool = False) -> Solution:
        """Return the doses with the highest share of all: on average, in one draw, or of the worst draws.

        Raises `BadValue` naming the smallest set of constraints that cannot hold together.
        """
        row, base = self._share("all", draw)
        goal, extra = -row, list(more)
        if cvar:
            goal, tails = self._tail()
            base, extra = 0.0, [*extra, *tails]
        answer = self._solve(goal, self.named, extra)
        if answer.status != 0:
            self.refuse()
        return self._solution(answer, base, [*self.named, *extra])

    def _tail(self) -> tuple[F64, list[Row]]:
        """Return goal and rows of the mean of the worst draws [RockafellarUryasev2000]."""
        goal = self._zero()
        goal[self.value_at_risk] = -1.0
        rows = []
        for draw in range(self.draws):
            short = self.value_at_risk + 1 + draw
            goal[short] = 1.0 / (self.problem.tail * self.draws)
            row, base = self._share("all", draw)
            left = -row
            left[self.value_at_risk], left[short] = 1.0, -1.0
            rows.append(Row("", left, base))
        return goal, rows

    def allows(self, doses: F64) -> bool:
        """Whether a plan's doses can be had under every constraint, as predicted."""
        filled = np.clip(doses[..., None] - self.response.knots[:-1], 0.0, self.response.widths)
        one = np.eye(self.segments, self.size)
        fixed = [
            Row("", one[i] * sign, value * sign + TIGHT) for i, value in enumerate(filled.ravel()) for sign in (1, -1)
        ]
        return bool(self._solve(self._zero(), self.named, fixed).status == 0)

    def cheapest(self, share: float, gap: float | None) -> float:
        """Return the least VND for a share of all, within a gap; NaN when no money of these lines can do it."""
        row, base = self._share("all")
        goal = self._dosed(self.response.money)
        extra = [Row("", -row, base - share)]
        if gap is not None:
            ends = self._zero()
            ends[self.high], ends[self.low] = 1.0, -1.0
            extra.append(Row("max_gap", ends, gap))
        answer = self._solve(goal, self.named, extra)
        return float(answer.fun) if answer.status == 0 else float("nan")

    def _solution(self, answer: Any, base: float, rows: Sequence[Row]) -> Solution:
        filled = answer.x[: self.segments].reshape(self.shape)
        paid = answer.x[self.segments : self.high].reshape(len(self.problem.lines), -1)
        prices: dict[str, float] = {}
        for row, slack, price in zip(rows, answer.ineqlin.residual, answer.ineqlin.marginals, strict=False):
            if row.name and slack < TIGHT * max(1.0, abs(row.right)) and price < 0:
                prices[row.name] = prices.get(row.name, 0.0) - float(price)
        return Solution(np.clip(filled.sum(axis=2), 0.0, 1.0), paid, base - float(answer.fun), prices)

    # -- what cannot be --------------------------------------------------------------------------------------------
    def _holds(self, names: Collection[str]) -> bool:
        rows = [row for row in self.named if row.name in names]
        return bool(self._solve(self._zero(), rows).status == 0)

    def conflict(self) -> tuple[str, ...]:
        """Return the smallest set of constraints that cannot hold together; empty when all can.

        Of more than three, it is a set from which none can be spared, but there may be a smaller one.
        """
        names = list(dict.fromkeys(row.name for row in self.named))
        if self._holds(names):
            return ()
        for size in range(1, min(SMALL_SETS, len(names)) + 1):
            for some in itertools.combinations(names, size):
                if not self._holds(some):
                    return some
        left = list(names)
        for name in names:  # without each that is not needed for the conflict
            fewer = [other for other in left if other != name]
            if not self._holds(fewer):
                left = fewer
        return tuple(left)

    def refuse(self) -> None:
        """Raise `BadValue` that names the smallest set of constraints that cannot hold together."""
        found = self.conflict()
        if len(found) == 1 and found[0].startswith("floor of "):
            group = found[0].removeprefix("floor of ")
            row, base = self._share(group)
            most = base - float(self._solve(-row, []).fun)
            value = self.problem.floors[group]
            raise BadValue(what=found[0], value=value, expected=f"at most {most:.3f}, which the offers can reach")
        expected = "constraints that can hold together; loosen one of them"
        raise BadValue(what="constraints that conflict", value=", ".join(found), expected=expected)
