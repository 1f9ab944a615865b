"""Counts, for every household, the contacts of which something was true last month."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(nogil=True, cache=True)
def count_ties(
    first: int,
    last: int,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    flag: NDArray[np.bool_],
    out: NDArray[np.uint8],
) -> None:
    """Write how many contacts of rows first to last have the flag; more than 255 count as 255."""
    for row in range(first, last):
        count = 0
        for at in range(indptr[row], indptr[row + 1]):
            count += flag[indices[at]]
        out[row] = min(count, 255)


def well_mixed(flag: NDArray[np.bool_], ties: int) -> NDArray[np.uint8]:
    """Return the expected count among ``ties`` contacts drawn from everyone: ``uint8[n]``, the same for all."""
    expected: Any = np.rint(ties * float(np.count_nonzero(flag)) / max(1, len(flag)))
    return np.full(len(flag), int(min(expected, 255)), dtype=np.uint8)
