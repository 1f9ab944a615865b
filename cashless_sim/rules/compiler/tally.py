"""Compiles what is counted: formulas about one household become one pass that fills a table of groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cashless_sim.population.columns import Column
from cashless_sim.rules.compiler.expressions import Expressions
from cashless_sim.rules.compiler.frame import Argument, Frame
from cashless_sim.rules.compiler.kernel import columns_key, source_of
from cashless_sim.rules.compiler.passes import in_one
from cashless_sim.rules.compiler.values import Value
from cashless_sim.rules.compiler.writer import Writer
from cashless_sim.rules.reading import read_function
from cashless_sim.rules.rule import Rule

Counted = tuple[str, Callable[..., Any], tuple[int, ...]]
"""A measure: its name, a formula ``f(h, here, *codes)``, and the codes (bill, method) it is counted for."""


_written: dict[Any, tuple[str, tuple[Argument, ...]]] = {}


def write_tally(
    context: Rule, group: Callable[..., Any], counted: Sequence[Counted], columns: Mapping[str, Column]
) -> tuple[str, tuple[Argument, ...]]:
    """Return the source of a pass that adds each formula's value to ``out[group, measure]``, and its arguments."""
    key = (type(context).reads, group, tuple(counted), columns_key(columns))
    if key not in _written:
        _written.clear()
        _written[key] = _write(context, group, counted, columns)
    return _written[key]


def _write(
    context: Rule, group: Callable[..., Any], counted: Sequence[Counted], columns: Mapping[str, Column]
) -> tuple[str, tuple[Argument, ...]]:
    writer = Writer(columns)
    writer.rules.append(context)
    where = _lowered(writer, context, group, ("h", "here"), ())
    writer.line(f"at = np.intp({where.text})")
    for index, (_, formula, codes) in enumerate(counted):
        value = _lowered(writer, context, formula, ("h", "here"), codes)
        if value.kind == "b":
            writer.line(f"out[at, {index}] += {value.text}")
        else:
            whole = Expressions(writer, context, read_function(formula), "n_").number(value)
            writer.line(f"out[at, {index}] += np.int64({whole})")
    frame = Frame(writer, set())
    more: list[Argument] = [("out",)]
    return source_of(frame, "what is counted", more, in_one(frame, writer.lines), False), (*frame.arguments, *more)


def _lowered(
    writer: Writer,
    context: Rule,
    formula: Callable[..., Any],
    objects: tuple[str, ...],
    codes: tuple[int, ...],
) -> Value:
    text = read_function(formula)
    assert text.tree is not None
    expressions = Expressions(writer, context, text, f"m{next(writer.counter)}_")
    given = [Value("thing", name) for name in objects] + [Value("c", known=code) for code in codes]
    for argument, value in zip(text.tree.args.args, given, strict=True):
        expressions.names[argument.arg] = value
    return expressions.body(text.tree.body)
