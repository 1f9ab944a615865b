"""Reads the text of a rule and refuses what a rule may not do, with the line."""

from __future__ import annotations

import ast
import inspect
import os
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cashless_sim.errors import RuleProblem, nearest


@dataclass(frozen=True)
class Text:
    """The syntax tree of a function, its live object, and where it stands."""

    tree: ast.FunctionDef | None
    function: Callable[..., Any]
    file: str
    first_line: int

    def where(self, node: ast.AST) -> str:
        """Return ``file:line`` of a node."""
        return f"{os.path.basename(self.file)}:{self.first_line + getattr(node, 'lineno', 1) - 1}"

    def globals(self) -> dict[str, Any]:
        """Return the names that the function sees outside itself, closures included."""
        found = inspect.getclosurevars(inspect.unwrap(self.function))
        return {**self.function.__globals__, **found.nonlocals}


def read_function(function: Callable[..., Any]) -> Text:
    """Return the text of a formula; raise OSError when its source is not to be had."""
    lines, first = inspect.getsourcelines(function)
    node = ast.parse(textwrap.dedent("".join(lines))).body[0]
    if not isinstance(node, ast.FunctionDef):
        raise OSError(function.__name__)
    return Text(node, function, inspect.getsourcefile(function) or "<typed>", first)


_INSTEAD = {
    "math": "exp, log and power of cashless_sim.rules.maths",
    "np": "exp, log and power of cashless_sim.rules.maths",
    "numpy": "exp, log and power of cashless_sim.rules.maths",
    "random": "u.<name>, a named draw",
    "time": "here.month",
}


def check_text(rule: str, text: Text, names: dict[str, set[str]]) -> list[str]:
    """Return the undeclared scalar draws that the text uses; raise `RuleProblem` for what is forbidden."""
    if text.tree is None:
        return []
    implied: list[str] = []
    for node in ast.walk(text.tree):
        _refuse_forbidden(rule, text, node)
        for target in _targets(node):
            _check_target(rule, text, target, names["owns"])
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            whose, name = node.value.id, node.attr
            if whose == "u" and name not in names["draws"] and name not in implied:
                implied.append(name)
            _check_read(rule, text, node, whose, name, names)
    return implied


def _check_read(rule: str, text: Text, node: ast.AST, whose: str, name: str, names: dict[str, set[str]]) -> None:
    kinds = {"peers": "peers", "here": "reads", "self": "parameters"}
    if whose in kinds and name not in names[kinds[whose]]:
        declared = names[kinds[whose]]
        raise RuleProblem(
            where=text.where(node),
            rule=rule,
            problem=f"reads {whose}.{name}, which it does not declare",
            expected=f"one of {', '.join(sorted(declared)) or 'none declared'}",
            near=nearest(name, declared),
            next=f"declare it in `{kinds[whose]}`",
        )


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return list(node.targets)
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def _check_target(rule: str, text: Text, target: ast.expr, owned: set[str]) -> None:
    inner = target.value if isinstance(target, ast.Subscript) else target
    if not (isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name)):
        return
    whose, name = inner.value.id, inner.attr
    if whose == "h" and name in owned:
        return
    problem = f"writes h.{name}, which it does not own" if whose == "h" else f"writes {whose}.{name}"
    raise RuleProblem(
        where=text.where(target),
        rule=rule,
        problem=problem,
        expected=f"writes only to its own columns ({', '.join(sorted(owned)) or 'none'})",
        near=nearest(name, owned),
        next="own a column of your own, or write a rule that replaces the owner",
    )


def _refuse_forbidden(rule: str, text: Text, node: ast.AST) -> None:
    problem = instead = None
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
        problem, instead = "uses **", "power(base, by) of cashless_sim.rules.maths"
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in _INSTEAD:
        problem, instead = f"uses {node.value.id}.{node.attr}", _INSTEAD[node.value.id]
    elif isinstance(node, ast.Global | ast.Nonlocal | ast.Import | ast.ImportFrom):
        problem, instead = "reaches outside the household", "columns, here, peers and u"
    if problem:
        raise RuleProblem(where=text.where(node), rule=rule, problem=problem, expected=instead)


def columns_read(text: Text) -> dict[str, str]:
    """Return the columns that a text and the formulas it calls read, each with the place of its first reading."""
    found: dict[str, str] = {}
    if text.tree is None:
        return found
    outside = text.globals()
    for node in ast.walk(text.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "h":
            found.setdefault(node.attr, text.where(node))
        called: Any = (
            outside.get(node.func.id) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
        )
        if getattr(called, "is_formula", False) and called is not text.function:
            for name, where in columns_read(read_function(called)).items():
                found.setdefault(name, where)
    return found
