"""Collects the text of a month's kernel, and what it loads, draws and stores."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from cashless_sim.population.columns import SCALE, Column, encode
from cashless_sim.rules.compiler.values import Value
from cashless_sim.rules.rule import OWN_INDEX, CountOf, Draw, Rule, Table
from cashless_sim.streams import purpose


class Writer:
    """The growing kernel: lines, constants, and everything that must be loaded first or stored last."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        """``columns`` are all that households have, passing ones included."""
        self.columns = columns
        self.lines: list[str] = []
        self.depth = 0
        self.counter: Iterator[int] = itertools.count()
        self.constants: dict[str, str] = {}
        self.read: dict[str, None] = {}
        self.written: dict[str, None] = {}
        self.counts: dict[str, None] = {}
        self.shares: dict[str, None] = {}
        self.tables: dict[str, Table] = {}
        self.shared: dict[str, dict[str, str]] = {"": {}, "cell": {}}
        self.parameters: dict[tuple[int, str, int | None], str] = {}
        self.where = ""
        self._drawn: list[set[tuple[str, int, bool]]] = [set()]
        self.rules: list[Rule] = []

    # -- text --------------------------------------------------------------------------------------------------
    def line(self, text: str) -> None:
        """Add a line at the present depth."""
        self.lines.append("    " * self.depth + text)

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """Add an indented block; luck drawn inside is not known outside."""
        self.line(header)
        self.depth += 1
        self._drawn.append(set())
        yield
        self._drawn.pop()
        self.depth -= 1

    def local(self, prefix: str, text: str) -> str:
        """Add a local that holds a value; return its name."""
        name = f"{prefix}t{next(self.counter)}"
        self.line(f"{name} = {text}")
        return name

    @staticmethod
    def picked(test: str, yes: str, no: str) -> str:
        """Return the text of one of two values by a test; what may not be looked up is left to a branch."""
        return f"({yes} if {test} else {no})" if "[" in yes + no else f"pick({test}, {yes}, {no})"

    def literal(self, number: float) -> str:
        """Return the name of a float32 constant."""
        value = float(np.float32(number))
        text = repr(value).replace("inf", "INFINITY")
        return self.constants.setdefault(text, f"K{len(self.constants)}")

    # -- parts of a household's month -----------------------------------------------------------------------------
    def part(self, rule: Rule, whose: str, name: str, at: tuple[Value, ...]) -> Value:
        """Return the value of ``whose.name[at]``; raise KeyError or IndexError when there is none."""
        parts = {
            "self": self._parameter,
            "h": self._column,
            "peers": self._peer,
            "here": self._table,
            "u": self._draw,
        }
        return parts[whose](rule, name, at)

    def column_text(self, name: str, at: tuple[Value, ...]) -> str:
        """Return the local that holds a column's value; raise IndexError for a bill that is not there."""
        column = self.columns[name]
        if column.per:
            if len(at) != 1 or at[0].kind != "c" or at[0].known not in column.per:
                raise IndexError(f"give one of {column.per}")
            return f"h_{name}_{int(at[0].known)}"
        if at:
            raise IndexError("it has one value")
        return f"h_{name}"

    def _column(self, rule: Rule, name: str, at: tuple[Value, ...]) -> Value:
        text = self.column_text(name, at)
        self.read[name] = None
        return Value("b" if self.columns[name].kind is bool else "f", text)

    def _parameter(self, rule: Rule, name: str, at: tuple[Value, ...]) -> Value:
        declared = rule.parameters[name]
        index = int(_flat((declared.per,), at)) if declared.per else None
        if at and not declared.per:
            raise IndexError("it has one value")
        key = (self.rules.index(rule), name, index)
        return Value("f", self.parameters.setdefault(key, f"p{len(self.parameters)}"))

    def _peer(self, rule: Rule, name: str, at: tuple[Value, ...]) -> Value:
        declared = next((p for p in rule.peers if p.name == name), None)
        if declared is None:
            raise KeyError(name)
        self.counts[declared.where] = None
        if isinstance(declared, CountOf):
            return Value("f", f"n_{declared.where}")
        self.shares[declared.where] = None
        return Value("f", f"s_{declared.where}")

    def _table(self, rule: Rule, name: str, at: tuple[Value, ...]) -> Value:
        table = next((t for t in rule.reads if t.name == name), None)
        if table is None:
            raise KeyError(name)
        self.tables[name] = table
        if table.by and table.by not in OWN_INDEX:
            self.read[table.by] = None
        whose = f"here_{table.by}, " if table.by in OWN_INDEX else (f"U32(h_{table.by}), " if table.by else "")
        item = _flat(table.per, at)
        text = f"T_{name}[{whose}{item}]"
        if table.by in self.shared and item.isdecimal():
            text = self.shared[table.by].setdefault(text, f"here_{name}_{item}")
        return Value("f", text)

    def _draw(self, rule: Rule, name: str, at: tuple[Value, ...]) -> Value:
        draw = next((d for d in rule.draws if d.name == name), None)
        if draw is None:
            raise KeyError(name)
        index = int(_flat(draw.per, at))
        owner = type(rule).__name__
        self._block_of(f"{owner}.{name}", draw, index // 4)
        return Value("f", f"u_{owner}_{name}_{index}")

    def _block_of(self, name: str, draw: Draw, block: int) -> None:
        if any((name, block, draw.once) in known for known in self._drawn):
            return
        self._drawn[-1].add((name, block, draw.once))
        stem = "u_" + name.replace(".", "_")
        targets = ", ".join(f"{stem}_{block * 4 + word}" for word in range(4))
        counter = (purpose(name) + block) & 0xFFFFFFFF
        month = "ONCE" if draw.once else "month"
        self.line(f"{targets} = philox_units(id_, {month}, U32({counter}), replicate, k0, k1)")

    # -- writing -----------------------------------------------------------------------------------------------
    def write_known(self, name: str, at: tuple[Value, ...], number: float) -> None:
        """Write a number known now into a column's local."""
        column, target = self.columns[name], self.column_text(name, at)
        self.written[name] = None
        self.read[name] = None
        stored = stored_value(column, number)
        self.line(f"{target} = {stored if column.kind is bool else self.literal(stored)}")

    def write_column(self, name: str, at: tuple[Value, ...], text: str) -> None:
        """Write a value into a column's local, as its storage would give it back."""
        column, target = self.columns[name], self.column_text(name, at)
        self.written[name] = None
        self.read[name] = None
        limits = _limits(column)
        if limits is None:
            self.line(f"{target} = {text}")
            return
        low, high = (self.literal(x) for x in limits)
        held = self.local("w_", text)
        held = self.local("w_", f"pick({held} >= {low}, {held}, {low})")
        held = self.local("w_", f"pick({held} > {high}, {high}, {held})")
        big = self.literal(12582912.0)
        if column.is_share:
            up, down = self.literal(1 / SCALE), self.literal(SCALE)
            self.line(f"{target} = (({held} * {up} + {big}) - {big}) * {down}")
        else:
            self.line(f"{target} = ({held} + {big}) - {big}")


def stored_value(column: Column, number: Any) -> Any:
    """Return a number as a column gives it back: bool, or rounded and held within its type."""
    held = encode(column, np.float32(number))[()]
    return bool(held) if column.kind is bool else float(held) * (SCALE if column.is_share else 1.0)


def _limits(column: Column) -> tuple[float, float] | None:
    if column.is_share:
        return -32768 * SCALE, 32767 * SCALE
    if column.dtype.kind in "bf":
        return None
    limits: Any = np.iinfo(column.dtype)
    return float(limits.min), float(limits.max)


def _flat(per: tuple[tuple[int, ...], ...], at: tuple[Value, ...]) -> str:
    """Return the flat index of one item of a table or draw: a number, or text when it is only known later."""
    if len(per) != len(at):
        raise IndexError(f"it takes {len(per)} indices")
    known, later = 0, ""
    for sizes, index in zip(per, at, strict=True):
        known *= len(sizes)
        later = f"({later}) * {len(sizes)}" if later else ""
        if index.kind == "c":
            known += sizes.index(index.known)
        elif index.kind == "f":
            later = f"{later} + U32({index.text})" if later else f"U32({index.text})"
        else:
            raise IndexError("an index is a number")
    return f"{later} + {known}" if later and known else (later or str(known))
