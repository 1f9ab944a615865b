"""What is free in a fit: ten numbers with their ranges, each on the scale on which its prior is even."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import BadValue

F64 = NDArray[np.float64]
DIGITS = 9


@dataclass(frozen=True)
class Prior:
    """An even prior from ``low`` to ``high``, of the number or, with ``log``, of its logarithm.

    ``key`` is the dotted key of the scenario that the number goes to; `BadValue` when the range is no range.
    """

    name: str
    low: float
    high: float
    log: bool = False
    key: str = ""

    def __post_init__(self) -> None:
        """Refuse an empty range, one that is not finite, and a logarithm of nothing."""
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise BadValue(what=f"prior of {self.name}", value=(self.low, self.high), expected="low below high")
        if self.log and self.low <= 0:
            raise BadValue(what=f"prior of {self.name}", value=self.low, expected="a low end above 0 for a logarithm")

    def at(self, u: float) -> float:
        """Return the value below which the share ``u`` of the prior lies, inside the range, to nine digits."""
        if self.log:
            value = math.exp(math.log(self.low) + u * math.log(self.high / self.low))
        else:
            value = self.low + u * (self.high - self.low)
        return min(max(float(f"{value:.{DIGITS}g}"), self.low), self.high)

    def share(self, values: F64) -> F64:
        """Return the share of the prior below each value: float64, [0, 1]."""
        if self.log:
            return np.asarray(np.log(values / self.low) / math.log(self.high / self.low))
        return np.asarray((values - self.low) / (self.high - self.low))


SPONTANEOUS = "spontaneous"
FREE = (
    Prior("account_hazard", 0.0003, 0.006, True, "rules.Access.account_hazard"),
    Prior("ekyc_factor", 1.0, 10.0, True, "rules.Access.ekyc_factor"),
    Prior("account_income", 0.5, 3.0, False, "rules.Access.account_income"),
    Prior("account_schooling", 0.0, 1.2, False, "rules.Access.account_schooling"),
    Prior("smartphone_hazard", 0.006, 0.02, True, "rules.Access.smartphone_hazard"),
    Prior("transacts_hazard", 0.002, 0.03, True, "rules.Access.transacts_hazard"),
    Prior(SPONTANEOUS, 0.0005, 0.10, True, "rules.Consider.spontaneous"),
    Prior("digital", -4.5, 0.5, False, "rules.Choose.digital"),
    Prior("other_bills_cash", 0.05, 0.4, False, "observation.other_bills_cash"),
    Prior("agent_counted_after", 0.1, 0.9, False, "observation.agent_counted_after"),
)
"""The free numbers; every other uncertain number is drawn from its own prior and not updated."""


def free(spontaneous: tuple[float, float] | None = None) -> tuple[Prior, ...]:
    """Return the free numbers, the rate of reconsidering by oneself within a part of its range if one is given.

    Raises `BadValue` for a part that is none.
    """
    if spontaneous is None:
        return FREE
    low, high = spontaneous
    whole = next(prior for prior in FREE if prior.name == SPONTANEOUS)
    if not whole.low <= low < high <= whole.high:
        expected = f"a range within {whole.low:g} to {whole.high:g}"
        raise BadValue(what=f"range of {SPONTANEOUS}", value=spontaneous, expected=expected)
    return tuple(Prior(p.name, low, high, p.log, p.key) if p is whole else p for p in FREE)
