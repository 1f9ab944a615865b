"""Luck for the outreach phase in compiled passes: keyed uniforms, weighted orders, and who gets the credit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cashless_sim.rules.compiler.intrinsics import philox_units
from cashless_sim.rules.compiler.numbers import log

_units: Any = philox_units


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
