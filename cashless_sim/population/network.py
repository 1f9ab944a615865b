"""Who talks to whom: a small world in every village, with some ties to other villages of the district.

Households are numbered along their village's social order, so that a tie to a near row is a tie to someone of
like age, income and schooling. Each village is a ring in which everyone is tied to the next few rows; a share
of these ties is rewired to anyone in the village [WattsStrogatz1998] and a share of all ties leads to other villages
of the district. Draws are keyed by household, so the ties are the same on any machine and number of threads.
In a sample the ties between villages are drawn again among the villages of the sample, which keeps the mean
degree; the ties inside a village are those of the full population.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import Education
from cashless_sim.errors import BadValue
from cashless_sim.population.normal import F64
from cashless_sim.population.quotas import I64, Batch
from cashless_sim.streams import philox_array, purpose

U32 = NDArray[np.uint32]


@dataclass(frozen=True)
class NetworkSpec:
    """How ties are made; ``well-mixed`` and ``none`` store no ties.

    ``degree`` is the mean number of ties [Banerjee2013], ``rewire`` the share of a village's ring that is
    rewired, ``far`` the share of ties to other villages of the district (assumed), ``homophily`` the share of
    ties inside one's own class of age, income and education beyond what chance would give (assumed).
    Raises `BadValue`.
    """

    kind: Literal["village", "well-mixed", "none"] = "village"
    degree: float = 9.0
    rewire: float = 0.1
    far: float = 0.1
    homophily: float = 0.4

    def __post_init__(self) -> None:
        """Refuse what cannot be built."""
        if self.kind not in ("village", "well-mixed", "none"):
            raise BadValue(what="network kind", value=self.kind, expected="'village', 'well-mixed' or 'none'")
        for name in ("rewire", "far", "homophily"):
            value = getattr(self, name)
            if not 0.0 <= value <= 1.0:
                raise BadValue(what=f"network {name}", value=value, expected="a share from 0 to 1")
        if not (self.near >= 1.0 and self.degree <= 64.0):
            raise BadValue(
                what="network degree",
                value=self.degree,
                expected="at most 64, and at least 2 ties inside the village",
                next="raise degree or lower far",
            )

    @property
    def near(self) -> float:
        """Ring ties that each household starts, in its village."""
        return self.degree * (1.0 - self.far) / 2.0


@dataclass(frozen=True)
class Network:
    """Symmetric ties in compressed rows: those of row i are ``indices[indptr[i]:indptr[i + 1]]``, rising."""

    indptr: I64
    indices: NDArray[np.int32]
    spec: NetworkSpec

    @property
    def n(self) -> int:
        """The number of households."""
        return len(self.indptr) - 1

    @property
    def degree(self) -> I64:
        """The number of ties of each household: ``int64[n]``."""
        return np.diff(self.indptr)

    def ties(self, row: int) -> NDArray[np.int32]:
        """Return the rows tied to one row: ``int32[degree]``, rising."""
        return self.indices[self.indptr[row] : self.indptr[row + 1]]


def social_class(people: Mapping[str, NDArray[Any]], poor_below: float) -> I64:
    """Return the class that homophily is about: three ages by two incomes by two educations, ``int64[n]``."""
    age = (people["age"] >= 40).astype(np.int64) + (people["age"] >= 60)
    learned = (people["education"] >= Education.UPPER_SECONDARY).astype(np.int64)
    return age * 4 + (people["income"] >= poor_below).astype(np.int64) * 2 + learned


def homophily(network: Network, classes: I64) -> float:
    """Return the share of ties inside a class beyond chance: 1 where all are, 0 for a single class."""
    share = np.bincount(classes) / max(1, len(classes))
    chance = float((share * share).sum())
    if not chance < 1.0:
        return 0.0
    inside = classes[np.repeat(np.arange(network.n), network.degree)] == classes[network.indices]
    return (float(inside.mean()) - chance) / (1.0 - chance)


def social_order(batch: Batch, classes: I64, spec: NetworkSpec, ids: U32, seed: int) -> I64:
    """Return each village's rows in the order of its ring: ``int64[n]``.

    A share of households stands in the order of the classes, the others anywhere; the share is chosen so
    that ties inside a class exceed chance by ``spec.homophily``.
    """
    words = philox_array(ids, 0, purpose("network.place"), 0, seed)
    mixed, placed, anywhere, _ = (_unit(w) for w in words)
    ranked = batch.order(classes + mixed * 0.999)
    size = np.repeat(batch.sizes, batch.sizes)
    place = np.empty(batch.n)
    place[ranked] = np.arange(batch.n) - np.repeat(batch.starts, batch.sizes) + 0.5
    kept = (1.0 - spec.rewire) * (1.0 - spec.far)
    borders = (int(classes.max(initial=0)) + 1) * (spec.near + 1.0) / 2.0 / size
    wanted = spec.homophily / np.maximum(kept * (1.0 - np.minimum(borders, 0.5)), 1e-9)
    stays = placed < np.sqrt(np.minimum(wanted, 1.0))
    return batch.order(np.where(stays, place / size, anywhere))


def build(spec: NetworkSpec, ids: U32, sizes: I64, districts: NDArray[np.int64], seed: int) -> Network:
    """Return the ties of whole villages, side by side in rows.

    ``sizes`` and ``districts`` say how many households each village has and which district it is in;
    the villages of a district stand together.
    """
    n = len(ids)
    indptr = np.zeros(n + 1, dtype=np.int64)
    if spec.kind != "village":
        return Network(indptr, np.zeros(0, dtype=np.int32), spec)
    parts = []
    ends = np.cumsum(sizes)
    edges = np.flatnonzero(np.diff(districts, prepend=-1, append=-1))
    for first, last in zip(edges[:-1], edges[1:], strict=True):
        start, stop = int(ends[first] - sizes[first]), int(ends[last - 1])
        source, target = _district(spec, ids[start:stop], Batch(sizes[first:last]), seed)
        degree, other = _symmetric(source, target, stop - start)
        indptr[start + 1 : stop + 1] = degree
        parts.append(other + np.int32(start))
    return Network(np.cumsum(indptr), np.concatenate(parts), spec)


def _district(spec: NetworkSpec, ids: U32, batch: Batch, seed: int) -> tuple[U32, U32]:
    """Return both ends of the ties of one district, counted from its first row."""
    start = np.repeat(batch.starts, batch.sizes)
    size = np.repeat(batch.sizes, batch.sizes)
    row = np.arange(batch.n)
    found = [_ring(spec, k, ids, row, start, size, seed) for k in range(int(np.ceil(spec.near)))]
    count = spec.degree * spec.far / 2.0
    found += [_far(count - k, k, ids, row, start, size, seed) for k in range(int(np.ceil(count)))]
    pairs = [np.concatenate(side).astype(np.uint32) for side in zip(*found, strict=True)]
    return pairs[0], pairs[1]


def _ring(spec: NetworkSpec, k: int, ids: U32, row: I64, start: I64, size: I64, seed: int) -> tuple[I64, I64]:
    """Ties of each row to the one ``k + 1`` places on, some of them rewired."""
    gate, turn, pick, _ = philox_array(ids, 0, purpose("network.ring") + k, 0, seed)
    step, slot = k + 1, row - start
    use = (size > 2 * step) | ((size == 2 * step) & (slot < step))
    use &= _below(gate, spec.near - k)
    target = start + (slot + step) % size
    turned = np.flatnonzero(use & _below(turn, spec.rewire))
    target[turned] = start[turned] + _another(pick[turned], slot[turned], size[turned])
    return row[use], target[use]


def _far(share: float, k: int, ids: U32, row: I64, start: I64, size: I64, seed: int) -> tuple[I64, I64]:
    """Ties to households of other villages; inside the village where it is the only one here."""
    gate, pick, _, _ = philox_array(ids, 0, purpose("network.far") + k, 0, seed)
    use = np.flatnonzero(_below(gate, share)) if len(row) > 1 else row[:0]
    outside = len(row) - size[use]
    chosen = _scaled(pick[use], np.maximum(outside, 1))
    target = np.where(chosen < start[use], chosen, chosen + size[use])
    alone = outside == 0
    target[alone] = _another(pick[use][alone], row[use][alone], size[use][alone])
    return row[use], target


def _symmetric(source: U32, target: U32, n: int) -> tuple[I64, NDArray[np.int32]]:
    """Return the degree of each row and the other ends, each tie once in both directions."""
    shift = np.uint64(32)
    a, b = source.astype(np.uint64), target.astype(np.uint64)
    keys = np.concatenate([(a << shift) | b, (b << shift) | a])
    keys.sort()
    first = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    keys = keys[first]
    degree = np.bincount((keys >> shift).astype(np.int64), minlength=n)
    return degree, (keys & np.uint64(0xFFFFFFFF)).astype(np.int32)


def _unit(words: U32) -> F64:
    """Return words as float64 in the open (0, 1)."""
    return (words.astype(np.float64) + 0.5) * 2.0**-32


def _below(words: U32, share: float) -> NDArray[np.bool_]:
    """Return whether each word, as a share of 2³², lies below ``share``."""
    return words.astype(np.uint64) < np.uint64(min(max(share, 0.0), 1.0) * 2.0**32)


def _scaled(words: U32, n: I64) -> I64:
    """Return whole numbers from 0 to n - 1, evenly: ``int64``."""
    return ((words.astype(np.uint64) * n.astype(np.uint64)) >> np.uint64(32)).astype(np.int64)


def _another(words: U32, slot: I64, size: I64) -> I64:
    """Return some other slot of the village."""
    other = _scaled(words, size - 1)
    return other + (other >= slot)
