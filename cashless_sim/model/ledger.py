"""The ledger: which cause each first digital payment and each lapse is credited to; credits add up exactly."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import Cause
from cashless_sim.population.columns import Columns


def cause_names(campaigns: Mapping[str, int]) -> dict[int, str]:
    """Return the name of each cause code: fixed ones in small letters, campaigns by name."""
    fixed = {int(c): c.name.lower() for c in Cause}
    return {**fixed, **{number: f"campaign:{name}" for name, number in campaigns.items()}}


def credits(
    columns: Columns, cause: str, when: str, tick: int, weight: NDArray[np.float64], names: Mapping[int, str]
) -> dict[str, float]:
    """Return real households by cause whose column ``when`` says this month: they sum to all of them."""
    rows = np.flatnonzero(columns.stored(when) == tick)
    codes = columns.stored(cause)[rows]
    met, which = np.unique(codes, return_inverse=True)
    totals = np.bincount(which, weights=weight[rows], minlength=len(met))
    return {names[int(code)]: float(total) for code, total in zip(met, totals, strict=True)}


def first_payments(columns: Columns, names: Mapping[int, str]) -> dict[str, int]:
    """Return how many households ever paid digitally, by cause of the first payment."""
    codes, counts = np.unique(columns.stored("first_cause"), return_counts=True)
    return {names[int(c)]: int(n) for c, n in zip(codes, counts, strict=True) if c != Cause.NOT_YET}
