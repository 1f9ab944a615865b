"""Luck for the outreach phase in compiled passes: keyed uniforms, weighted orders, and who gets the credit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cashless_sim.rules.compiler.intrinsics import philox_units
from cashless_sim.rules.compiler.numbers import log

_units: Any = philox_units
BLOCK = 1024
"""Households whose uniforms are worked out together."""


@njit(nogil=True, cache=True)
def keyed_units(
    ids: NDArray[np.uint32], month: Any, block: Any, replicate: Any, k0: Any, k1: Any
) -> NDArray[np.float32]:
    """Return the four uniforms of one block for each id: ``float32[4, n]``; equal to `streams.uniforms`."""
    out = np.empty((4, len(ids)), dtype=np.float32)
    for k in range(len(ids)):
        out[0, k], out[1, k], out[2, k], out[3, k] = _units(ids[k], month, block, replicate, k0, k1)
    return out


@njit(nogil=True, cache=True)
def first_units(
    ids: NDArray[np.uint32], month: Any, block: Any, replicate: Any, k0: Any, k1: Any
) -> NDArray[np.float32]:
    """Return the first uniform of one block for each id: ``float32[n]``, row 0 of `keyed_units`."""
    out = np.empty(len(ids), dtype=np.float32)
    for k in range(len(ids)):
        out[k] = _units(ids[k], month, block, replicate, k0, k1)[0]
    return out


@njit(nogil=True, cache=True)
def below(
    limit: Any, ids: NDArray[np.uint32], month: Any, block: Any, replicate: Any, k0: Any, k1: Any
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return where the first uniform of a block is below a limit, and the next two there: ``float32[2, found]``."""
    n = len(ids)
    where, luck = np.empty(n, dtype=np.int64), np.empty((2, n), dtype=np.float32)
    units = np.empty((3, BLOCK), dtype=np.float32)
    found = 0
    for start in range(0, n, BLOCK):
        size = min(BLOCK, n - start)
        for k in range(size):
            units[0, k], units[1, k], units[2, k], _ = _units(ids[start + k], month, block, replicate, k0, k1)
        for k in range(size):
            where[found], luck[0, found], luck[1, found] = start + k, units[1, k], units[2, k]
            found += units[0, k] < limit
    return where[:found].copy(), luck[:, :found].copy()


@njit(nogil=True, cache=True)
def by_group(groups: NDArray[np.uint16], count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return positions ordered by group, in order within each, and where each group begins: ``int64[count + 1]``."""
    starts = np.zeros(count + 1, dtype=np.int64)
    for k in range(len(groups)):
        starts[groups[k] + 1] += 1
    starts[:] = np.cumsum(starts)
    at, order = starts.copy(), np.empty(len(groups), dtype=np.int64)
    for k in range(len(groups)):
        order[at[groups[k]]] = k
        at[groups[k]] += 1
    return order, starts


@njit(nogil=True, cache=True)
def race(luck: NDArray[np.float32], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return −log(luck) / weight for each: the order of weighted draws [Efraimidis2006], alike on every machine."""
    out = np.empty(len(luck))
    for i in range(len(luck)):
        out[i] = -np.float64(log(luck[i])) / weight[i]
    return out


@njit(nogil=True, cache=True)
def claim(
    rows: NDArray[np.int64],
    luck: NDArray[np.float32],
    pull: Any,
    number: Any,
    personal: bool,
    best: NDArray[np.float32],
    reached_by: NDArray[np.uint16],
    contacts: NDArray[np.uint8],
) -> None:
    """Count a personal contact for each row, and give the credit where the time −log(luck) / pull is the first."""
    for i in range(len(rows)):
        row = rows[i]
        if personal and contacts[row] < 255:
            contacts[row] += 1
        time = -log(luck[i]) / pull
        if time < best[row]:
            best[row] = time
            reached_by[row] = number
