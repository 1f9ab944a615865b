"""A utility that closes its emptiest counters first and keeps a quarter everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from cashless_sim.codes import Method
from cashless_sim.model.policies import Fixed
from cashless_sim.model.settings import Closure, Policy

LEAST = np.float32(0.25)
"""Share of the counters that stay open everywhere."""


class KeepsSome(Fixed):
    """Closes a fifth of the counters each month where they are used least; agents take over."""

    def __init__(self, terms: Policy, closures: Sequence[Closure], districts: Sequence[str]) -> None:
        """Begin with all counters open."""
        super().__init__(terms, closures, districts)
        self.open = np.ones(len(self.districts), dtype=np.float32)

    def points(self, method: int, month: int) -> Any:
        """Return the share of points open in each cell: float32[cells]."""
        return self.open if method == Method.COUNTER else super().points(method, month)

    def handover(self, method: int) -> Any:
        """Return the code + 1 of the method that takes over closed counters: float32[cells]."""
        taker = super().handover(method)
        return taker + np.float32(int(Method.AGENT) + 1) if method == Method.COUNTER else taker

    def after(self, paid: Any, saved: float) -> float:
        """Look at bills by cell and method; return VND for outreach, none."""
        used = paid[:, Method.COUNTER] / np.maximum(paid.sum(axis=1), 1.0)
        fewer = np.maximum(self.open * np.float32(0.8), LEAST)
        self.open = np.where(used <= np.median(used), fewer, self.open)
        return 0.0
