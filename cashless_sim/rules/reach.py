"""Marks the households that a campaign reached, and what it does to each: one compiled pass over rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cashless_sim.population.columns import SCALE
from cashless_sim.rules.compiler.intrinsics import philox_units
from cashless_sim.rules.compiler.numbers import log

_STEP = np.float32(SCALE)
_BACK = np.float32(1 / SCALE)
_ONE = np.float32(1)
_units: Any = philox_units


@njit(nogil=True, cache=True)
def keyed_units(
    ids: NDArray[np.uint32],
    month: Any,
    block: Any,
    replicate: Any,
    k0: Any,
    k1: Any,
    out: NDArray[np.float32],
) -> None:
    """Write the four uniforms of one block for each id: ``float32[4, n]``; equal to `streams.uniforms`."""
    for k in range(len(ids)):
        a, b, c, d = _units(ids[k], month, block, replicate, k0, k1)
        out[0, k] = a
        out[1, k] = b
        out[2, k] = c
        out[3, k] = d


@njit(nogil=True, cache=True)
def race(luck: NDArray[np.float32], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return −log(luck) / weight for each: the order of weighted draws [Efraimidis2006], alike on every machine."""
    out = np.empty(len(luck))
    for i in range(len(luck)):
        out[i] = -np.float64(log(luck[i])) / weight[i]
    return out


@njit(nogil=True, cache=True)
def _grown(held: Any, by: Any) -> Any:
    share = np.float32(held) * _STEP
    return np.int16(np.rint((_ONE - (_ONE - share) * (_ONE - by)) * _BACK))


@njit(nogil=True, cache=True)
def touch(
    rows: NDArray[np.int64],
    luck: NDArray[np.float32],
    number: Any,
    effects: NDArray[np.float32],
    best: NDArray[np.float32],
    informed: NDArray[np.bool_],
    nudged: NDArray[np.int16],
    taught: NDArray[np.int16],
    offered: NDArray[np.int16],
    opens: NDArray[np.int16],
    reassured: NDArray[np.int16],
    incentive: NDArray[np.int16],
    reached_by: NDArray[np.uint16],
    contacts: NDArray[np.uint8],
) -> None:
    """Add one campaign's contact to the rows it reached.

    ``luck`` is ``float32[4, n]`` (word 1 informs, word 2 races for the credit); ``effects`` hold informs, nudges,
    teaches, signs_up, opens, reassures, incentive.
    """
    pull = max(effects[1] + effects[3] + effects[6], np.float32(1e-6))
    for i in range(len(rows)):
        row = rows[i]
        if luck[1, row] < effects[0]:
            informed[row] = True
        nudged[row] = _grown(nudged[row], effects[1])
        taught[row] = _grown(taught[row], effects[2])
        offered[row] = _grown(offered[row], effects[3])
        opens[row] = _grown(opens[row], effects[4])
        reassured[row] += np.int16(np.rint(effects[5] * _BACK))
        incentive[row] = max(incentive[row], np.int16(np.rint(effects[6] * _BACK)))
        if contacts[row] < 255:
            contacts[row] += 1
        time = -log(luck[2, row]) / pull
        if time < best[row]:
            best[row] = time
            reached_by[row] = number
