"""Counts, for every household, the contacts of which something was true last month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

FIELD = 10
AT_ONCE = 3
"""Flags that are counted in one walk along the ties: each has ten bits of a 32-bit sum."""


def marked(flags: Sequence[NDArray[np.bool_]]) -> NDArray[np.uint32]:
    """Return up to three flags as one number a household, a field of ten bits each."""
    marks = flags[0].astype(np.uint32)
    for place, flag in enumerate(flags[1:], start=1):
        marks |= flag.astype(np.uint32) << np.uint32(FIELD * place)
    return marks


@njit(nogil=True, cache=True)
def count_ties(
    first: int,
    last: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    marks: NDArray[np.uint32],
    out: NDArray[np.uint8],
) -> None:
    """Write, into ``out[flags, n]``, how many contacts of rows first to last have each flag; at most 255.

    ``marks`` come from `marked`; nobody may have more than 1,023 contacts.
    """
    for row in range(first, last):
        total = np.uint32(0)
        for at in range(indptr[row], indptr[row + 1]):
            total += marks[indices[at]]
        for place in range(len(out)):
            count = (total >> np.uint32(FIELD * place)) & np.uint32(1023)
            out[place, row] = min(count, np.uint32(255))


def well_mixed(flag: NDArray[np.bool_], ties: int) -> NDArray[np.uint8]:
    """Return the expected count among ``ties`` contacts drawn from everyone: ``uint8[n]``, the same for all."""
    expected: Any = np.rint(ties * float(np.count_nonzero(flag)) / max(1, len(flag)))
    return np.full(len(flag), int(min(expected, 255)), dtype=np.uint8)
