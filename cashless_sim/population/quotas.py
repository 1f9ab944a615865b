"""Whole people from published shares: integer quotas that add up, filled by rank within each village.

A province-wide count is split over villages by exact integer rounding and filled inside the village by the
order of a keyed score. So every published marginal is met to the household, and a village is the same whether
it is drawn alone or with the whole province.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import DataProblem

I64 = NDArray[np.int64]
F64 = NDArray[np.float64]
SLOT_BITS = 16
"""A village holds fewer than 2^16 households, and a batch fewer than 2^16 villages."""


def largest_remainder(weights: Sequence[float] | F64, total: int) -> I64:
    """Return whole numbers proportional to ``weights`` that add up to ``total``: ``int64[k]``.

    Ties of remainders go to the earlier entry. Raises `DataProblem` for negative or all-zero weights.
    """
    values = [float(w) for w in weights]
    whole = math.fsum(values)
    if total == 0:
        return np.zeros(len(values), dtype=np.int64)
    if min(values) < 0.0 or not whole > 0.0:
        raise DataProblem(problem=f"weights {values}", expected="numbers from 0 up, not all 0")
    exact = [total * (v / whole) for v in values]
    counts = [int(e) for e in exact]
    first = sorted(range(len(values)), key=lambda i: (counts[i] - exact[i], i))
    for i in first[: total - sum(counts)]:
        counts[i] += 1
    return np.array(counts, dtype=np.int64)


def fit_table(seed: F64, rows: Sequence[float], columns: Sequence[float], rounds: int = 200) -> F64:
    """Return ``seed`` scaled by turns to row and column sums (iterative proportional fitting): ``[r, c]``."""
    table = [[float(x) for x in row] for row in seed]
    for _ in range(rounds):
        for row, want in zip(table, rows, strict=True):
            _scale(row, want)
        moved = 0.0
        for c, want in enumerate(columns):
            column = [row[c] for row in table]
            have = math.fsum(column)
            moved = max(moved, abs(have - want))
            _scale(column, want)
            for row, value in zip(table, column, strict=True):
                row[c] = value
        if moved < 1e-9:
            break
    return np.array(table)


def _scale(values: list[float], want: float) -> None:
    have = math.fsum(values)
    factor = want / have if have > 0.0 else 0.0
    values[:] = [v * factor for v in values]


def whole_table(fitted: F64, rows: I64, columns: I64) -> I64:
    """Return a two-column table in whole numbers with exactly these row and column sums: ``int64[r, 2]``."""
    first = np.minimum(largest_remainder(fitted[:, 0], int(columns[0])), rows)
    gap = int(columns[0]) - int(first.sum())
    for r in np.argsort(first - rows, kind="stable")[:gap]:
        first[r] += 1
    return np.stack([first, rows - first], axis=1)


def village_quotas(totals: I64, sizes: I64) -> I64:
    """Return how many households of each category each village gets: ``int64[villages, k]``.

    Rows add up to ``sizes`` and columns to ``totals`` exactly; each entry is within 1 or so of its
    proportional share. Only integers are used: at each category the running share is rounded half up.
    """
    counts = np.zeros((len(sizes), len(totals)), dtype=np.int64)
    free = sizes.astype(np.int64).copy()
    for k in range(len(totals) - 1):
        left = max(1, int(free.sum()))
        reached = (2 * int(totals[k]) * np.cumsum(free) + left) // (2 * left)
        counts[:, k] = np.diff(reached, prepend=0)
        free -= counts[:, k]
    counts[:, -1] = free
    return counts


@dataclass(frozen=True)
class Batch:
    """Some whole villages side by side: their sizes and where each begins among the rows."""

    sizes: I64

    @property
    def n(self) -> int:
        """The number of households."""
        return int(self.sizes.sum())

    @property
    def starts(self) -> I64:
        """The first row of each village: ``int64[villages]``."""
        return np.cumsum(self.sizes) - self.sizes

    @property
    def village(self) -> I64:
        """The village of each row, counted within the batch: ``int64[n]``."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def order(self, score: F64) -> I64:
        """Return the rows by rising score within each village: ``int64[n]``; ties go to the earlier row."""
        village = self.village
        start = np.repeat(self.starts, self.sizes)
        slot = np.arange(self.n) - start
        level = np.clip((score + 16.0) * 2.0**27, 0.0, 2.0**32 - 1.0).astype(np.uint64)
        shift = np.uint64(SLOT_BITS)
        keys = (village.astype(np.uint64) << np.uint64(48)) | (level << shift) | slot.astype(np.uint64)
        keys.sort()
        return start + (keys & np.uint64((1 << SLOT_BITS) - 1)).astype(np.int64)

    def fill(self, score: F64, quotas: I64) -> I64:
        """Return category codes, lowest score first, filling the village's quotas: ``int64[n]``."""
        villages, categories = quotas.shape
        codes = np.repeat(np.tile(np.arange(categories), villages), quotas.ravel())
        return self.scatter(score, codes)

    def scatter(self, score: F64, values: NDArray[np.int64]) -> I64:
        """Return ``values``, given by rank in each village, at the rows of these ranks: ``int64[n]``."""
        placed = np.empty_like(values)
        placed[self.order(score)] = values
        return placed

    def fill_within(self, group: I64, score: F64, quotas: I64) -> I64:
        """Return category codes filled in each village and group apart: ``int64[n]``.

        ``quotas`` is ``[villages, groups, k]``; the categories of a group go to its lowest scores first.
        """
        villages, groups, categories = quotas.shape
        flat = np.tile(np.arange(groups * categories) % categories, villages)
        return self.scatter(score * 0.5 + 8.0 * (group - 0.5), np.repeat(flat, quotas.ravel()))

    def quantile(self, score: F64) -> F64:
        """Return each row's rank in its village as a share, (rank + 1/2) / size: ``float64[n]``."""
        rank = np.arange(self.n) - np.repeat(self.starts, self.sizes)
        return (self.scatter(score, rank) + 0.5) / np.repeat(self.sizes, self.sizes)
