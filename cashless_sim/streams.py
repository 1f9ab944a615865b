"""Chance with a name: Philox4x32-10 keyed by seed, household, month, purpose, replicate.

A draw depends on nothing but its key and counter, so the same scenario gives the same bits on any number of
threads, in any order, for any sample of the households [Salmon2011].
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import StreamCollision

_M0, _M1 = 0xD2511F53, 0xCD9E8D57
_W0, _W1 = 0x9E3779B9, 0xBB67AE85
_MASK = 0xFFFFFFFF
U32 = NDArray[np.uint32]


def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Return the four 32-bit words of one Philox4x32-10 block, in plain integers [Salmon2011]."""
    for _ in range(10):
        p0, p1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & _MASK, (p0 >> 32) ^ c3 ^ k1, p0 & _MASK
        k0, k1 = (k0 + _W0) & _MASK, (k1 + _W1) & _MASK
    return c0, c1, c2, c3


def philox_array(
    c0: NDArray[np.uint32] | int, c1: int, c2: NDArray[np.uint32] | int, c3: int, seed: int
) -> tuple[U32, U32, U32, U32]:
    """Return the four words of many blocks at once: ``uint32[n]`` each."""
    k0, k1 = key(seed)
    shape = np.broadcast_shapes(np.shape(c0), np.shape(c2))
    x0 = np.broadcast_to(np.asarray(c0, dtype=np.uint64), shape)
    x1 = np.full(shape, c1, dtype=np.uint64)
    x2 = np.broadcast_to(np.asarray(c2, dtype=np.uint64), shape)
    x3 = np.full(shape, c3, dtype=np.uint64)
    low, shift = np.uint64(_MASK), np.uint64(32)
    for _ in range(10):
        p0, p1 = np.uint64(_M0) * x0, np.uint64(_M1) * x2
        x0, x1, x2, x3 = (
            (p1 >> shift) ^ x1 ^ np.uint64(k0),
            p1 & low,
            (p0 >> shift) ^ x3 ^ np.uint64(k1),
            p0 & low,
        )
        k0, k1 = (k0 + _W0) & _MASK, (k1 + _W1) & _MASK
    return x0.astype(np.uint32), x1.astype(np.uint32), x2.astype(np.uint32), x3.astype(np.uint32)


def key(seed: int) -> tuple[int, int]:
    """Return the two 32-bit key words of a 64-bit seed."""
    return seed & _MASK, (seed >> 32) & _MASK


@lru_cache(maxsize=4096)
def purpose(name: str) -> int:
    """Return the 32-bit number of a named purpose (FNV-1a with a final mix), the same on every machine."""
    value = 0x811C9DC5
    for byte in name.encode("utf-8"):
        value = ((value ^ byte) * 0x01000193) & _MASK
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & _MASK
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & _MASK
    return value ^ (value >> 16)


def refuse_collisions(blocks: dict[str, int]) -> None:
    """Raise `StreamCollision` when two purposes (name -> number of blocks) would share luck."""
    taken: dict[int, str] = {}
    for name, count in blocks.items():
        for block in range(count):
            other = taken.setdefault((purpose(name) + block) & _MASK, name)
            if other != name:
                raise StreamCollision(first=other, second=name)


def unit(word: int) -> np.float32:
    """Return one word as a float32 in the open (0, 1)."""
    return (np.float32(word >> 9) + np.float32(0.5)) * np.float32(2.0**-23)


def units(words: U32) -> NDArray[np.float32]:
    """Return words as float32 in the open (0, 1), in their shape."""
    scaled = (words >> np.uint32(9)).astype(np.float32) + np.float32(0.5)
    return scaled * np.float32(2.0**-23)


def uniforms(seed: int, ids: U32, month: int, name: str, replicate: int = 0, index: int = 0) -> NDArray[np.float32]:
    """Return one uniform in (0, 1) for each id: ``float32[n]``.

    ``index`` picks one of several draws of the same purpose; it equals ``u.<name>[index]`` of a rule.
    """
    block = (purpose(name) + index // 4) & _MASK
    words = philox_array(ids, month, block, replicate, seed)
    return units(words[index % 4])


def uniform(seed: int, id_: int, month: int, name: str, replicate: int = 0, index: int = 0) -> np.float32:
    """Return one uniform in (0, 1) for one household; equal to `uniforms` at that id."""
    block = (purpose(name) + index // 4) & _MASK
    return unit(philox(id_, month, block, replicate, *key(seed))[index % 4])
