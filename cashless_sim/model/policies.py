"""How a utility behaves, as small classes that can be replaced: keep, follow a schedule, or adapt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import CASH, Method
from cashless_sim.errors import UnknownName, nearest
from cashless_sim.model.settings import Closure, Policy
from cashless_sim.outside import is_outside, named

F32 = NDArray[np.float32]


class Behaviour(Protocol):
    """What a utility asks of its policy: cash points to keep open, and what to do with a month's books."""

    def points(self, method: int, month: int) -> F32:
        """Return the share of a cash method's points that are open in each cell: ``float32[cells]``."""

    def handover(self, method: int) -> F32:
        """Return the code + 1 of the cash method that takes over closed points, 0 for none: ``float32[cells]``."""

    def after(self, paid: NDArray[np.float64], saved: float) -> float:
        """Look at bills ``[cells, methods]`` (last: late) and VND saved on last month; return VND for outreach."""


class Fixed:
    """Keeps every cash point as it was at the start."""

    def __init__(self, terms: Policy, closures: Sequence[Closure], districts: Sequence[str]) -> None:
        """``districts`` names the district of each cell."""
        self.terms, self.closures, self.districts = terms, closures, tuple(districts)

    def points(self, method: int, month: int) -> F32:
        """All open: ``float32[cells]``, shares."""
        return np.ones(len(self.districts), dtype=np.float32)

    def handover(self, method: int) -> F32:
        """Nobody takes over: ``float32[cells]``, zeros."""
        return np.zeros(len(self.districts), dtype=np.float32)

    def after(self, paid: NDArray[np.float64], saved: float) -> float:
        """Nothing follows."""
        return 0.0


class Scheduled(Fixed):
    """Closes collectors, counters and agents by district and date."""

    def points(self, method: int, month: int) -> F32:
        """The least that any closure in force leaves: ``float32[cells]``, shares."""
        share = super().points(method, month)
        for closure, here in self._of(method):
            share[here] = np.minimum(share[here], np.float32(closure.open_share(month)))
        return share

    def handover(self, method: int) -> F32:
        """The cash method that a closure names for its customers, code + 1: ``float32[cells]``."""
        taker = super().handover(method)
        for closure, here in self._of(method):
            if closure.to is not None:
                taker[here] = int(Method[closure.to]) + 1
        return taker

    def _of(self, method: int) -> Iterator[tuple[Closure, NDArray[np.bool_]]]:
        for closure in self.closures:
            if Method[closure.method] == method:
                yield closure, np.array([not closure.districts or d in closure.districts for d in self.districts])


class Adaptive(Scheduled):
    """Closes points where few of a cell pay in cash, and puts part of what is saved into outreach, within a budget."""

    def __init__(self, terms: Policy, closures: Sequence[Closure], districts: Sequence[str]) -> None:
        """Begin with all points open."""
        super().__init__(terms, closures, districts)
        self.left = {m: np.ones(len(self.districts)) for m in CASH}

    def points(self, method: int, month: int) -> F32:
        """What the schedule leaves, less what was closed for want of customers: ``float32[cells]``, shares."""
        share: F32 = super().points(method, month) * self.left[method].astype(np.float32)
        return share

    def after(self, paid: NDArray[np.float64], saved: float) -> float:
        """Close a fifth of a cell's points of a method that few use there; return the share of savings to spend."""
        bills = np.maximum(paid.sum(axis=1), 1.0)
        for m in CASH:
            thin = (paid[:, m] > 0) & (paid[:, m] < self.terms.close_below * bills)
            self.left[m] = np.where(thin, 0.8 * self.left[m], self.left[m])
        return min(saved * self.terms.reinvest, self.terms.budget or 0.0)


POLICIES: Mapping[str, type[Fixed]] = {"fixed": Fixed, "scheduled": Scheduled, "adaptive": Adaptive}


def policy_named(use: str, shipped: Mapping[str, Any] = POLICIES) -> Any:
    """Return a policy class by name, or one from outside by ``package.module:Name``; raise `UnknownName`."""
    if is_outside(use):
        return named("policy", use)
    if use not in shipped:
        raise UnknownName(what="policy", name=use, expected=", ".join(shipped), near=nearest(use, shipped))
    return shipped[use]
