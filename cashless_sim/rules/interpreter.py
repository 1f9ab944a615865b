"""Runs a rule's text as plain Python on one household: slow, for reading, debugging and proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

import cashless_sim.streams as streams
from cashless_sim.errors import nearest
from cashless_sim.population.columns import SCALE, Column, Columns, encode
from cashless_sim.rules.rule import CountOf, Draw, Rule, Table

_STEP = np.float32(SCALE)


def _read(column: Column, stored: Any) -> Any:
    if column.kind is bool:
        return bool(stored)
    number = np.float32(stored)
    return number * _STEP if column.is_share else number


def _kept(column: Column, value: Any) -> Any:
    """Return what a column keeps of a value: a float32 first, as in compiled rules; no number counts as the least."""
    number = np.float32(value)
    lost = number != number and column.dtype.kind in "iu"
    return encode(column, -np.inf if lost else number)


class BillValues:
    """One household's values of a column that has one for each bill."""

    __slots__ = ("_array", "_column", "_row")

    def __init__(self, column: Column, array: NDArray[Any], row: int) -> None:
        """Look at one row of ``[bills, n]``."""
        self._column, self._array, self._row = column, array, row

    def __getitem__(self, bill: int) -> Any:
        """Return the value for one bill."""
        return _read(self._column, self._array[bill, self._row])

    def __setitem__(self, bill: int, value: Any) -> None:
        """Write the value for one bill."""
        self._array[bill, self._row] = _kept(self._column, value)

    def __len__(self) -> int:
        """Return the number of bills."""
        return len(self._column.per)

    def __repr__(self) -> str:
        """Show the values."""
        return repr([self[b] for b in self._column.per])


class RowView:
    """A household as attributes: reads and writes one row of the tables it is given."""

    _own: frozenset[str] = frozenset({"row"})
    row: int

    def _tables(self) -> tuple[Columns, ...]:
        """Return the tables that hold this household's columns, first one first."""
        raise AttributeError("this view has no tables")

    def __getattr__(self, name: str) -> Any:
        """Return a column's value: bool, float32, or a list-like of them for each bill."""
        if name.startswith("_"):
            raise AttributeError(name)
        for table in self._tables():
            if name in table:
                column = table.specs[name]
                if column.per:
                    return BillValues(column, table.stored(name), self.row)
                return _read(column, table.at(name, self.row))
        known = [n for table in self._tables() for n in table]
        near = nearest(name, known)
        hint = f"; did you mean '{near}'?" if near else ""
        raise AttributeError(f"a household has no column '{name}'{hint}")

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a column's value; new attributes are refused."""
        if name in self._own or name.startswith("_"):
            object.__setattr__(self, name, value)
            return
        for table in self._tables():
            if name in table:
                column = table.specs[name]
                if column.per:
                    raise AttributeError(f"'{name}' has one value for each bill: write h.{name}[bill] = …")
                table.put(name, self.row, _kept(column, value))
                return
        getattr(self, name)


class Row(RowView):
    """A row of tables, without Mesa: what the interpreter hands to a rule when no agent is asked for."""

    _own = frozenset({"row", "tables"})

    def __init__(self, tables: tuple[Columns, ...], row: int) -> None:
        """Look at one row."""
        self.tables = tables
        self.row = row

    def _tables(self) -> tuple[Columns, ...]:
        return self.tables


class _TableRow:
    __slots__ = ("_at", "_values")

    def __init__(self, values: NDArray[np.float32]) -> None:
        self._values = values

    def __getitem__(self, at: Any) -> np.float32:
        index = tuple(int(i) for i in at) if isinstance(at, tuple) else int(at)
        return np.float32(self._values[index])


class Here:
    """The surroundings of one household: ``here.fee[b, m]`` of its own cell, bank or provider."""

    def __init__(self, tables: Mapping[str, Table], arrays: Mapping[str, NDArray[np.float32]], at: Any) -> None:
        """``at`` maps ``by`` to this household's index."""
        self._tables, self._arrays, self._at = tables, arrays, at

    def __getattr__(self, name: str) -> Any:
        """Return a number, or an indexable of numbers."""
        table = self._tables[name]
        values = self._arrays[name]
        if table.by:
            values = values[self._at[table.by]]
        return _TableRow(values) if table.per else np.float32(values)


class Peers:
    """Aggregates over the contacts of one household."""

    def __init__(self, counts: Mapping[str, NDArray[np.uint8]], degree: int, rule: type[Rule], row: int) -> None:
        """Look at one row of the gathered counts (by yes/no column)."""
        for declared in rule.peers:
            value = np.float32(counts[declared.where][row])
            if not isinstance(declared, CountOf):
                value = value / np.float32(degree) if degree else np.float32(0)
            setattr(self, declared.name, value)


class _Uniforms:
    __slots__ = ("_draw", "_sizes")

    def __init__(self, draw: Any, sizes: Sequence[int]) -> None:
        self._draw, self._sizes = draw, sizes

    def __getitem__(self, at: Any) -> np.float32:
        index = 0
        for position, size in zip(at if isinstance(at, tuple) else (at,), self._sizes, strict=True):
            index = index * size + int(position)
        number: np.float32 = self._draw(index)
        return number


class Luck:
    """The named luck of one household, rule, month and replicate: ``u.race[b, m]``."""

    def __init__(self, rule: type[Rule], seed: int, id_: int, month: int, replicate: int) -> None:
        """Name the household, month and replicate."""
        self._rule, self._at, self._seed = rule, (id_, month, replicate), seed

    def __getattr__(self, name: str) -> Any:
        """Return the uniform of that purpose, or an indexable of uniforms."""
        draw = next((d for d in self._rule.draws if d.name == name), Draw(name))
        id_, month, replicate = self._at
        purpose = f"{self._rule.__name__}.{name}"

        def value(index: int) -> np.float32:
            return streams.uniform(self._seed, id_, 0 if draw.once else month, purpose, replicate, index)

        return _Uniforms(value, [len(p) for p in draw.per]) if draw.per else value(0)
