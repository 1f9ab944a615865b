"""Households as columns: what a column is, how it is stored, and who may write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.units import Code, Count, Money, Number, Rate, Share, Utility

SCALE = 2.0**-14
"""Step of a `Share` column: stored as int16, so values lie in [-2, 2)."""

WORD = 32
"""Yes/no columns that share one word."""

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
    that every household begins with; ``bit`` its place among the shared words, -1 without one.
    """

    name: str
    kind: Any
    unit: str
    meaning: str
    per: tuple[int, ...] = ()
    start: float = 0
    passing: bool = False
    bit: int = field(default=-1, compare=False)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The storage type; raise `BadValue` for a kind that there is not."""
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
        return bool(self.kind == Share)  # an equal one: pickles bring another object

    @property
    def bytes(self) -> float:
        """Stored bytes for each household; a yes/no column without a ``per`` is one bit."""
        if self.passing:
            return 0
        return 1 / 8 if self.kind is bool and not self.per else self.dtype.itemsize * max(1, len(self.per))


def encode(column: Column, values: Any) -> NDArray[Any]:
    """Return values ``[n]`` or ``[per, n]`` as the column stores them: whole numbers rounded, within their type."""
    dtype = column.dtype
    if dtype.kind in "bf":
        return np.asarray(values).astype(dtype)
    scaled = np.asarray(values, dtype=np.float64) * (1 / SCALE if column.is_share else 1.0)
    limits = np.iinfo(dtype)
    return np.clip(np.rint(scaled), limits.min, limits.max).astype(dtype)


def decode(column: Column, stored: NDArray[Any]) -> NDArray[Any]:
    """Return stored values, ``[n]`` or ``[per, n]``, as people read them: shares as float32, codes as they are."""
    return stored.astype(np.float32) * np.float32(SCALE) if column.is_share else stored


class Columns:
    """A table of households: one array a column, ``[n]`` or ``[bills, n]``; yes/no columns share 32-bit words.

    With ``packed=False`` yes/no columns have an array of their own, as passing columns need.
    """

    def __init__(self, n: int, packed: bool = True) -> None:
        """Begin with no columns and ``n`` households."""
        self.n, self.packed = n, packed
        self.specs: dict[str, Column] = {}
        self.words: list[NDArray[np.uint32]] = []
        self._arrays: dict[str, NDArray[Any]] = {}
        self._flags = 0

    def add(self, column: Column, values: Any = None) -> None:
        """Add a column with the given values (people's units), or its start value."""
        stored = encode(column, column.start if values is None else values)
        shape = (len(column.per), self.n) if column.per else (self.n,)
        if self.packed and column.kind is bool and not column.per:
            self._add_flag(column, stored)
            return
        self.specs[column.name] = column
        self._arrays[column.name] = np.array(np.broadcast_to(stored, shape), dtype=column.dtype, order="C")

    def _add_flag(self, column: Column, stored: NDArray[np.bool_]) -> None:
        if self._flags % WORD == 0:
            self.words.append(np.zeros(self.n, dtype=np.uint32))
        self.specs[column.name] = replace(column, bit=self._flags)
        self._flags += 1
        self._set(self.specs[column.name], slice(None), stored)

    def _set(self, column: Column, rows: Any, stored: Any) -> None:
        """Write a yes/no column's bit, and nothing else of the word."""
        word, mask = self.words[column.bit // WORD], np.uint32(1 << column.bit % WORD)
        word[rows] = (word[rows] & ~mask) | np.where(stored, mask, np.uint32(0))

    def _flag(self, column: Column, rows: Any = slice(None)) -> Any:
        return (self.words[column.bit // WORD][rows] >> np.uint32(column.bit % WORD)) & np.uint32(1) != 0

    def stored(self, name: str) -> NDArray[Any]:
        """Return the stored array itself, ``[n]`` or ``[per, n]``, never to be re-bound; raise `UnknownName`.

        Of a yes/no column in a shared word it is a copy that cannot be written: use `put`.
        """
        if name in self._arrays:
            return self._arrays[name]
        if name not in self.specs:
            known = ", ".join(self.specs)
            raise UnknownName(what="column", name=name, expected=known, near=nearest(name, self.specs))
        flag: NDArray[np.bool_] = self._flag(self.specs[name])
        flag.flags.writeable = False
        return flag

    def at(self, name: str, row: int) -> Any:
        """Return what is stored for one household of a column without a ``per``."""
        return self._arrays[name][row] if name in self._arrays else self._flag(self.specs[name], row)

    def put(self, name: str, rows: Any, stored: Any) -> None:
        """Write stored values (as `encode` gives them) into rows: ``[rows]``, or ``[bills, rows]`` with a ``per``."""
        if name in self._arrays:
            self._arrays[name][..., rows] = stored
        else:
            self._set(self.specs[name], rows, stored)

    def values(self, name: str) -> NDArray[Any]:
        """Return a column as people read it, ``[n]`` or ``[per, n]``; a copy for shares (float32) and yes/no."""
        stored = self.stored(name)
        return decode(self.specs[name], stored)

    def write(self, name: str, rows: Any, values: Any) -> None:
        """Write values (people's units) into rows."""
        self.stored(name)
        self.put(name, rows, encode(self.specs[name], values))

    def freeze(self) -> None:
        """Let nobody write any more; copies can be written."""
        for array in self.arrays():
            array.flags.writeable = False

    def arrays(self) -> Iterator[NDArray[Any]]:
        """Iterate over what holds the columns, in the order of their coming; words of yes/no columns last."""
        yield from self._arrays.values()
        yield from self.words

    def __contains__(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return name in self.specs

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self.specs)

    def take(self, rows: NDArray[np.intp]) -> Columns:
        """Return a new table of some rows, in that order."""
        chosen = Columns(len(rows), self.packed)
        chosen.specs, chosen._flags = dict(self.specs), self._flags
        chosen._arrays = {name: np.ascontiguousarray(a[..., rows]) for name, a in self._arrays.items()}
        chosen.words = [word[rows] for word in self.words]
        return chosen

    def copy(self) -> Columns:
        """Return a table that shares nothing with this one."""
        return self.take(np.arange(self.n))

    @property
    def bytes_each(self) -> float:
        """Stored bytes for each household."""
        return sum(a.nbytes for a in self.arrays()) / max(1, self.n)


def names(columns: Sequence[Column] | Iterable[Column]) -> list[str]:
    """Return the names of columns, in order."""
    return [c.name for c in columns]
