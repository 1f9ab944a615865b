"""Assembles lowered rules into one kernel over many households, and compiles it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cashless_sim.population.columns import SCALE, WORD, Column
from cashless_sim.rules.compiler.statements import lower_rule
from cashless_sim.rules.compiler.writer import Writer, stored_value
from cashless_sim.rules.rule import OWN_INDEX, Rule

Argument = tuple[Any, ...]
MOST_KEPT = 256

_HEADER = '''"""A month of households, made from the text of: {rules}."""

import numpy as np
from numba import njit

from cashless_sim.rules.compiler.intrinsics import philox_units, pick
from cashless_sim.rules.compiler.numbers import exp, log, power
{imports}
F = np.float32
U32 = np.uint32
ONCE = np.uint32(0)
INFINITY = float("inf")
{constants}


@njit({options})
def month_of_households({arguments}):
    for k in range(n):
{body}
'''


@dataclass(frozen=True)
class Kernel:
    """The source of a compiled segment and the arguments that it takes, in order."""

    source: str
    arguments: tuple[Argument, ...]
    parameters: tuple[tuple[int, str, int | None], ...]
    rules: tuple[str, ...]


_written: dict[tuple[Any, ...], Kernel] = {}


def write_kernel(rules: Sequence[Rule], columns: Mapping[str, Column], kept: set[str], vector: bool) -> Kernel:
    """Return the kernel of some rules; ``kept`` are passing columns that others need too.

    A kernel does not depend on the values of parameters, so it is written once for the same rules and columns.
    Raises `NotCompilable` with the line when a rule cannot be taken.
    """
    key = (tuple(type(r) for r in rules), columns_key(columns), frozenset(kept), vector)
    if key not in _written:
        if len(_written) >= MOST_KEPT:
            _written.clear()
        _written[key] = _write(rules, columns, kept, vector)
    return _written[key]


def columns_key(columns: Mapping[str, Column]) -> tuple[Any, ...]:
    """Return what tells one set of columns from another: their specs and their places among the words."""
    return tuple((c, c.bit) for c in columns.values())


def _write(rules: Sequence[Rule], columns: Mapping[str, Column], kept: set[str], vector: bool) -> Kernel:
    writer = Writer(columns)
    for rule in rules:
        lower_rule(writer, rule)
    body, writer.lines, writer.depth = writer.lines, [], 2
    arguments = _load(writer, kept)
    prologue, writer.lines = writer.lines, []
    _store(writer, kept)
    epilogue = writer.lines
    return Kernel(
        _source(writer, arguments, [*prologue, *body, *epilogue], vector),
        tuple(arguments),
        tuple(writer.parameters),
        tuple(type(r).__name__ for r in rules),
    )


def _source(writer: Writer, arguments: list[Argument], body: list[str], vector: bool) -> str:
    options = "nogil=True, cache=True, error_model='numpy', boundscheck=False"
    imports = ""
    if vector:
        imports = "from cashless_sim.rules.compiler.pipeline import NoAlias\n"
        options += ", pipeline_class=NoAlias"
    return _HEADER.format(
        rules=", ".join(type(r).__name__ for r in writer.rules),
        imports=imports,
        constants="\n".join(f"{name} = F({text})" for text, name in writer.constants.items()),
        options=options,
        arguments=", ".join(argument_name(a) for a in arguments),
        body="\n".join(body),
    )


def argument_name(argument: Argument) -> str:
    """Return the name of an argument in the kernel's text."""
    return "_".join(str(part) for part in argument)


def _rows(column: Column, kept: set[str]) -> list[tuple[str, Argument]]:
    """Return (local, argument) of each array of a stored column."""
    bills: tuple[int | None, ...] = column.per or (None,)
    return [
        (
            f"h_{column.name}" if b is None else f"h_{column.name}_{b}",
            ("c", column.name) if b is None else ("c", column.name, b),
        )
        for b in bills
    ]


def _is_local(column: Column, kept: set[str]) -> bool:
    return column.passing and column.name not in kept


def _load(writer: Writer, kept: set[str]) -> list[Argument]:
    arguments: list[Argument] = [("n",), ("ids",), ("month",), ("replicate",), ("k0",), ("k1",), ("P",)]
    writer.line("id_ = ids[k]")
    for index, name in enumerate(writer.parameters.values()):
        writer.line(f"{name} = P[{index}]")
    for word in _words(writer, writer.read):
        arguments.append(("w", word))
        writer.line(f"word_{word} = w_{word}[k]")
    for name in writer.read:
        column = writer.columns[name]
        if column.bit >= 0:
            writer.line(f"h_{name} = (word_{column.bit // WORD} & U32({_mask(column)})) != U32(0)")
            continue
        for local, argument in _rows(column, kept):
            if _is_local(column, kept):
                start = stored_value(column, column.start)
                start = str(start) if column.kind is bool else writer.literal(start)
                writer.line(f"{local} = {start}")
                continue
            arguments.append(argument)
            writer.line(f"{local} = {_loaded(writer, column, argument_name(argument))}")
    for where in writer.counts:
        arguments.append(("count", where))
        writer.line(f"n_{where} = F(count_{where}[k])")
    if writer.shares:
        arguments.append(("degree",))
        writer.line("n_ties = F(degree[k])")
    for where in writer.shares:
        zero, one = writer.literal(0), writer.literal(1)
        writer.line(f"s_{where} = n_{where} / pick(n_ties > {zero}, n_ties, {one})")
    for own in OWN_INDEX:
        if any(t.by == own for t in writer.tables.values()):
            arguments.append((own,))
            writer.line(f"here_{own} = U32({own}[k])")
    arguments.extend(("T", name) for name in writer.tables)
    return arguments


def _words(writer: Writer, names: Iterable[str]) -> list[int]:
    """Return the shared words that hold some yes/no columns."""
    return sorted({writer.columns[n].bit // WORD for n in names if writer.columns[n].bit >= 0})


def _mask(column: Column) -> int:
    return 1 << column.bit % WORD


def _loaded(writer: Writer, column: Column, array: str) -> str:
    if column.kind is bool:
        return f"{array}[k]"
    return f"F({array}[k]) * {writer.literal(SCALE)}" if column.is_share else f"F({array}[k])"


def _store(writer: Writer, kept: set[str]) -> None:
    for word in _words(writer, writer.written):
        held = [c for c in map(writer.columns.__getitem__, writer.written) if c.bit // WORD == word and c.bit >= 0]
        others = ~sum(_mask(c) for c in held) & 0xFFFFFFFF
        bits = "".join(f" | (U32(h_{c.name}) << U32({c.bit % WORD}))" for c in held)
        writer.line(f"w_{word}[k] = (word_{word} & U32({others})){bits}")
    for name in writer.written:
        column = writer.columns[name]
        if _is_local(column, kept) or column.bit >= 0:
            continue
        for local, argument in _rows(column, kept):
            writer.line(f"{argument_name(argument)}[k] = {_stored(writer, column, local)}")


def _stored(writer: Writer, column: Column, local: str) -> str:
    if column.dtype.kind in "bf":
        return local
    if column.is_share:
        local = f"{local} * {writer.literal(1 / SCALE)}"
    return f"np.{column.dtype.name}(np.int32({local}))"


def parameter_vector(kernel: Kernel, rules: Sequence[Rule]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return the values of the kernel's parameters: ``float32[parameters]``."""
    values = []
    for index, name, at in kernel.parameters:
        value = rules[index].values[name]
        values.append(value if at is None else value[at])
    return np.array(values, dtype=np.float32)
