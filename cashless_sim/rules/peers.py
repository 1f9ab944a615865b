"""Counts, for every household, the contacts of which something was true last month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cashless_sim.population.columns import WORD, Columns

FIELD = 10
BLOCK = 1024
"""Rows whose ties are summed together."""
AT_ONCE = 3
"""Flags that are counted in one walk along the ties: each has ten bits of a 32-bit sum."""


def marked(columns: Columns, names: Sequence[str]) -> NDArray[np.uint32]:
    """Return up to three yes/no columns as one number a household, ``uint32[n]``: a field of ten bits each."""
    marks = np.zeros(columns.n, dtype=np.uint32)
    for place, name in enumerate(names):
        bit = columns.specs[name].bit
        if bit >= 0:
            _mark(columns.words[bit // WORD], bit % WORD, FIELD * place, marks)
        else:
            marks |= columns.stored(name).astype(np.uint32) << np.uint32(FIELD * place)
    return marks


@njit(nogil=True, cache=True)
def _mark(word: NDArray[np.uint32], bit: int, place: int, marks: NDArray[np.uint32]) -> None:
    for row in range(len(marks)):
        marks[row] |= ((word[row] >> np.uint32(bit)) & np.uint32(1)) << np.uint32(place)


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

    ``marks`` come from `marked`; nobody may have more than 1,023 contacts. One running sum goes along all ties of a
    block, and a row's count is the difference of two of its values: there is no loop a row that ends unforeseen.
    Indices are unsigned, so that none is tested for being negative.
    """
    most = 0
    for start in range(first, last, BLOCK):
        most = max(most, indptr[min(start + BLOCK, last)] - indptr[start])
    sums = np.zeros(most + 1, dtype=np.uint32)
    for start in range(first, last, BLOCK):
        stop, origin = min(start + BLOCK, last), np.uintp(indptr[start])
        total = np.uint32(0)
        for at in range(np.uintp(indptr[stop]) - origin):
            total = np.uint32(total + marks[np.uint32(indices[origin + at])])
            sums[at + np.uintp(1)] = total
        for row in range(np.uintp(start), np.uintp(stop)):
            own = sums[np.uintp(indptr[row + np.uintp(1)]) - origin] - sums[np.uintp(indptr[row]) - origin]
            for place in range(len(out)):
                count = (own >> np.uint32(FIELD * place)) & np.uint32(1023)
                out[place, row] = min(count, np.uint32(255))


def well_mixed(flag: NDArray[np.bool_], ties: int) -> NDArray[np.uint8]:
    """Return the expected count among ``ties`` contacts drawn from everyone: ``uint8[n]``, the same for all."""
    expected: Any = np.rint(ties * float(np.count_nonzero(flag)) / max(1, len(flag)))
    return np.full(len(flag), int(min(expected, 255)), dtype=np.uint8)
