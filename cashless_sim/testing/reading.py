"""What the text of a rule shows before it runs: what it sees outside, what its numbers mean."""

from __future__ import annotations

import ast
import builtins
import inspect
import os
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

import numpy as np

from cashless_sim.errors import UserError
from cashless_sim.population.columns import Column
from cashless_sim.rules.reading import OBJECTS, Text, read_function
from cashless_sim.rules.rule import Parameter, Rule
from cashless_sim.testing.finding import REFUSED, Finding, note, ok, refused

PLAIN = ("abs", "bool", "enumerate", "float", "int", "len", "max", "min", "range", "sum", "tuple", "zip")
"""Builtins that neither keep nor reach anything."""
KEY = re.compile(r"[A-Za-z][\w.-]*")
CONSTANTS = (bool, int, float, str, Enum, np.generic, range, type(None))


def seen_outside(kind: type[Rule]) -> list[Finding]:
    """Return what a rule's text, and the formulas it calls, see that is no constant and no formula."""
    found: list[Finding] = []
    _look(kind.text, set(), found)
    for check in ("luck", "outside"):
        if not any(one.check == check for one in found):
            found.append(ok(check))
    return found


def _look(text: Text, seen: set[Any], found: list[Finding]) -> None:
    if text.tree is None:
        return
    outside = text.globals()
    own = {n.id for n in ast.walk(text.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {argument.arg for argument in text.tree.args.args} | set(OBJECTS)
    for node, name, thing in _things(text.tree, own, outside):
        if getattr(thing, "is_formula", False):
            if thing not in seen and thing.__module__ != "cashless_sim.rules.maths":
                seen.add(thing)
                _look(read_function(thing), seen, found)
        elif (finding := _judged(name, thing, text.where(node))) is not None and finding not in found:
            found.append(finding)


def _things(tree: ast.FunctionDef, own: set[str], outside: dict[str, Any]) -> Iterator[tuple[ast.AST, str, Any]]:
    """Yield each outside thing that a body names, modules by what is taken from them."""
    nodes = [node for statement in tree.body for node in _walked(statement)]
    bases = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        base = node.value if isinstance(node, ast.Attribute) else node
        if not isinstance(base, ast.Name) or base.id in own:
            continue
        thing = outside.get(base.id, getattr(builtins, base.id, None))
        if isinstance(node, ast.Attribute) and inspect.ismodule(thing):
            yield node, f"{base.id}.{node.attr}", getattr(thing, node.attr, None)
        elif isinstance(node, ast.Attribute) or id(node) not in bases:
            yield node, base.id, thing


def _walked(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it but annotations, which are for readers."""
    yield node
    for name, value in ast.iter_fields(node):
        if name != "annotation":
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _walked(child)


def _judged(name: str, thing: Any, where: str) -> Finding | None:
    """Return what is wrong with an outside thing, None for a constant."""
    root = str(getattr(thing, "__module__", None) or type(getattr(thing, "__self__", thing)).__module__).split(".")[0]
    if root in ("random", "secrets") or type(thing).__module__.startswith("numpy.random"):
        return refused("luck", "generator", where, name=name)
    if name in PLAIN and thing is getattr(builtins, name):
        return None
    if isinstance(thing, type) and issubclass(thing, Enum):
        return None
    if callable(thing):
        return refused("outside", "calls", where, name=name)
    if _constant(thing):
        return None
    return refused("outside", "holds", where, name=name, kind=f"a {type(thing).__name__}")


def _constant(thing: Any) -> bool:
    if isinstance(thing, tuple | frozenset):
        return all(map(_constant, thing))
    return isinstance(thing, CONSTANTS)


def meaning(kind: type[Rule]) -> list[Finding]:
    """Return what columns and parameters do not say of themselves."""
    where = _where(kind)
    found = [
        refused("meaning", "no-doc", where, what=what)
        for what, thing in ((kind.__name__, kind), (f"{kind.__name__}.household", kind.household))
        if not (thing.__doc__ or "").strip() or (thing is kind and kind.__doc__ == Rule.__doc__)
    ]
    for column in kind.owns:
        for missing in ("unit", "meaning"):
            if not getattr(column, missing).strip():
                found.append(refused("meaning", "no-meaning", where, what=f"column {column.name}", missing=missing))
        found += _kind(column, where)
    for name, declared in kind.parameters.items():
        found += _number(f"{kind.__name__}.{name}", name, declared, where)
    loose = [name for name, declared in kind.parameters.items() if declared.plausible is None]
    if loose and not found:
        found.append(note("meaning", "held", names=", ".join(loose)))
    return found or [ok("meaning")]


def _kind(column: Column, where: str) -> list[Finding]:
    try:
        assert column.dtype is not None
    except UserError as error:
        return [Finding("meaning", REFUSED, where=where, error=error)]
    return []


def _number(what: str, name: str, declared: Parameter, where: str) -> Iterator[Finding]:
    if not declared.meaning.strip():
        yield refused("meaning", "no-meaning", where, what=what, missing="meaning")
    if not declared.unit:
        yield refused("meaning", "no-unit", where, what=what, name=name)
    if not KEY.fullmatch(declared.source):
        yield refused("meaning", "source", where, what=what, source=declared.source)
    if declared.plausible is not None:
        low, high = declared.plausible
        for value in declared.default if declared.per else (declared.default,):
            if not low <= value <= high:
                yield refused("meaning", "outside-range", where, what=what, value=value, low=low, high=high)


def _where(kind: type[Rule]) -> str:
    try:
        return f"{os.path.basename(inspect.getsourcefile(kind) or '')}:{inspect.getsourcelines(kind)[1]}"
    except (OSError, TypeError):
        return ""
