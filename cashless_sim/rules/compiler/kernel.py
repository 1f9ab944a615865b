"""Assembles lowered rules into one kernel over many households, and compiles it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cashless_sim.population.columns import Column
from cashless_sim.rules.compiler.frame import Argument, Frame, argument_name
from cashless_sim.rules.compiler.passes import TILE, in_one, in_sections
from cashless_sim.rules.compiler.statements import lower_rule
from cashless_sim.rules.compiler.writer import Writer
from cashless_sim.rules.rule import Rule

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
{before}
    first = 0
    while first < n:
        last = {last}
{body}
        first = last
'''

_RUN = """first + 1
        while last < n and {within}cell[last] == cell[first]:
            last += 1
        here_cell = np.uintp(cell[first])"""


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
    frame = Frame(writer, kept)
    lines, arguments = in_sections(frame, writer.lines) if vector else (in_one(frame, writer.lines), [])
    return Kernel(
        source_of(frame, ", ".join(type(r).__name__ for r in rules), arguments, lines, vector),
        (*frame.arguments, *arguments),
        tuple(writer.parameters),
        tuple(type(r).__name__ for r in rules),
    )


def source_of(frame: Frame, rules: str, more: Sequence[Argument], lines: Sequence[str], vector: bool) -> str:
    """Return the text of passes over households: first what all share, then runs of one cell, then each of them.

    Households of a cell stand together, so what a cell's tables say is looked up once for the run.
    """
    writer, tiled = frame.writer, ("rows",) in more
    by_cell = any(table.by == "cell" for table in writer.tables.values())
    whole = f"min(n, first + {TILE})" if tiled else "n"
    shared = [f"{name} = {text}" for text, name in writer.shared["cell"].items()]
    return _HEADER.format(
        rules=rules,
        imports="from cashless_sim.rules.compiler.pipeline import NoAlias\n" if vector else "",
        constants="\n".join(f"{name} = F({text})" for text, name in writer.constants.items()),
        options="nogil=True, cache=True, error_model='numpy', boundscheck=False"
        + (", pipeline_class=NoAlias" if vector else ""),
        arguments=", ".join(argument_name(a) for a in (*frame.arguments, *more)),
        before="\n".join(f"    {line}" for line in _before(writer)),
        last=_RUN.format(within=f"last - first < {TILE} and " if tiled else "") if by_cell else whole,
        body="\n".join(f"        {line}" for line in (*shared, *lines)),
    )


def _before(writer: Writer) -> list[str]:
    """Return the lines that look up what is the same for everyone."""
    parameters = [f"{name} = P[{index}]" for index, name in enumerate(writer.parameters.values())]
    return parameters + [f"{name} = {text}" for text, name in writer.shared[""].items()]


def parameter_vector(kernel: Kernel, rules: Sequence[Rule]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return the values of the kernel's parameters: ``float32[parameters]``."""
    values = []
    for index, name, at in kernel.parameters:
        value = rules[index].values[name]
        values.append(value if at is None else value[at])
    return np.array(values, dtype=np.float32)
