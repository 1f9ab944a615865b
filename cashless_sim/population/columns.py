"""Households as columns: what a column is, how it is stored, and who may write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.units import Code, Count, Money, Number, Rate, Share, Utility

SCALE = 2.0**-14
"""Step of a `Share` column: stored as int16, so values lie in [-2, 2)."""

_DTYPES: dict[Any, type[np.generic]] = {
    bool: np.bool_,
    Share: np.int16,
    Code: np.uint16,
    Count: np.uint8,
    Number: np.uint16,
    Money: np.float32,
    Rate: np.float32,
    Utility: np.float32,
}


@dataclass(frozen=True)
class Column:
    """One variable of a household.

    ``kind`` is ``bool``, an `IntEnum` (stored as uint8), `Share` (int16 steps of 2⁻¹⁴), `Code` (uint16),
    `Count` (uint8), `Number` (uint16) or a float kind (float32). ``per`` gives one value for each bill.
    ``passing`` columns live only while the month is worked out and are not stored. ``start`` is the value
    that every household begins with.
    """

    name: str
    kind: Any
    unit: str
    meaning: str
    per: tuple[int, ...] = ()
    start: float = 0
    passing: bool = False

    @property
    def dtype(self) -> np.dtype[Any]:
        """The storage type."""
        if isinstance(self.kind, type) and issubclass(self.kind, IntEnum):
            return np.dtype(np.uint8)
        if self.kind not in _DTYPES:
            raise BadValue(
                what=f"kind of column '{self.name}'",
                value=self.kind,
                expected="bool, an IntEnum, Share, Code, Count, Number or Money",
            )
        return np.dtype(_DTYPES[self.kind])

    @property
    def is_share(self) -> bool:
        """Whether values are stored in steps of 2⁻¹⁴."""
        return self.kind is Share

    @property
    def bytes(self) -> int:
        """Stored bytes for each household."""
        return 0 if self.passing else self.dtype.itemsize * max(1, len(self.per))


def encode(column: Column, values: Any) -> NDArray[Any]:
    """Return values as the column stores them: whole numbers are rounded and held within their type."""
    dtype = column.dtype
    if dtype.kind in "bf":
        return np.asarray(values).astype(dtype)
    scaled = np.asarray(values, dtype=np.float64) * (1 / SCALE if column.is_share else 1.0)
    limits = np.iinfo(dtype)
    return np.clip(np.rint(scaled), limits.min, limits.max).astype(dtype)


def decode(column: Column, stored: NDArray[Any]) -> NDArray[Any]:
    """Return stored values as people read them: shares as float32, codes and counts unchanged."""
    return stored.astype(np.float32) * np.float32(SCALE) if column.is_share else stored


class Columns:
    """A table of households: one array a column, ``[n]`` or ``[bills, n]``."""

    def __init__(self, n: int) -> None:
        """Begin with no columns and ``n`` households."""
        self.n = n
        self.specs: dict[str, Column] = {}
        self._arrays: dict[str, NDArray[Any]] = {}

    def add(self, column: Column, values: Any = None) -> None:
        """Add a column with the given values (people's units), or its start value."""
        shape = (len(column.per), self.n) if column.per else (self.n,)
        self.specs[column.name] = column
        if values is None:
            start = encode(column, column.start)
            self._arrays[column.name] = np.full(shape, start, dtype=column.dtype)
        else:
            stored = encode(column, values)
            self._arrays[column.name] = np.ascontiguousarray(np.broadcast_to(stored, shape))
            if self._arrays[column.name].base is not None or not self._arrays[column.name].flags.writeable:
                self._arrays[column.name] = self._arrays[column.name].copy()

    def stored(self, name: str) -> NDArray[Any]:
        """Return the stored array itself, to be written into and never re-bound; raise `UnknownName`."""
        if name not in self._arrays:
            raise UnknownName(
                what="column", name=name, expected=", ".join(self._arrays), near=nearest(name, self._arrays)
            )
        return self._arrays[name]

    def values(self, name: str) -> NDArray[Any]:
        """Return a column as people read it (shares as float32); a copy for shares."""
        return decode(self.specs[name] if name in self.specs else self._missing(name), self.stored(name))

    def write(self, name: str, rows: Any, values: Any) -> None:
        """Write values (people's units) into rows of a column without a ``per``."""
        self.stored(name)[rows] = encode(self.specs[name], values)

    def _missing(self, name: str) -> Column:
        self.stored(name)
        raise AssertionError(name)

    def __contains__(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return name in self._arrays

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._arrays)

    def take(self, rows: NDArray[np.intp]) -> Columns:
        """Return a new table of some rows, in that order."""
        chosen = Columns(len(rows))
        for name, spec in self.specs.items():
            chosen.specs[name] = spec
            chosen._arrays[name] = np.ascontiguousarray(self._arrays[name][..., rows])
        return chosen

    def copy(self) -> Columns:
        """Return a table that shares nothing with this one."""
        return self.take(np.arange(self.n))

    @property
    def bytes_each(self) -> float:
        """Stored bytes for each household."""
        return sum(a.nbytes for a in self._arrays.values()) / max(1, self.n)


def names(columns: Sequence[Column] | Iterable[Column]) -> list[str]:
    """Return the names of columns, in order."""
    return [c.name for c in columns]
