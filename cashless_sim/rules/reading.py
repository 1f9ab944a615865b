"""Reads the text of a rule and refuses what a rule may not do, with the line."""

from __future__ import annotations

import ast
import inspect
import os
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
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


@lru_cache(maxsize=1024)
def read_function(function: Callable[..., Any]) -> Text:
    """Return the text of a formula; raise OSError when its source is not to be had."""
    lines, first = inspect.getsourcelines(function)
    node = ast.parse(textwrap.dedent("".join(lines))).body[0]
    if not isinstance(node, ast.FunctionDef):
        raise OSError(function.__name__)
    return Text(node, function, inspect.getsourcefile(function) or "<typed>", first)


OBJECTS = ("self", "h", "peers", "here", "u")
_INSTEAD = {
    "math": "exp, log and power of cashless_sim.rules.maths",
    "np": "exp, log and power of cashless_sim.rules.maths",
    "numpy": "exp, log and power of cashless_sim.rules.maths",
    "random": "u.<name>, a named draw",
    "time": "here.tick",
    "cmath": "exp, log and power of cashless_sim.rules.maths",
    "secrets": "u.<name>, a named draw",
}


def check_text(rule: str, text: Text, names: dict[str, set[str]]) -> list[str]:
    """Return the undeclared scalar draws that the text uses; raise `RuleProblem` for what is forbidden."""
    if text.tree is None:
        return []
    if [a.arg for a in text.tree.args.args] != list(OBJECTS):
        raise RuleProblem(
            where=text.where(text.tree), rule=rule, problem="takes other arguments", expected=f"({', '.join(OBJECTS)})"
        )
    _refuse_outsiders(rule, text, set())
    implied: list[str] = []
    for node in ast.walk(text.tree):
        _refuse_forbidden(rule, text, node)
        _refuse_alias(rule, text, node)
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
    if isinstance(node, ast.Assign | ast.Delete):
        return [inner for target in node.targets for inner in _flat(target)]
    if isinstance(node, ast.With):
        return [inner for item in node.items if item.optional_vars for inner in _flat(item.optional_vars)]
    return list(_flat(node.target)) if isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For) else []


def _flat(target: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            yield from _flat(item)
    else:
        yield target.value if isinstance(target, ast.Starred) else target


def _refuse_alias(rule: str, text: Text, node: ast.AST) -> None:
    """Refuse to hide a household behind another name, where its columns could be written unseen."""
    problem = None
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and isinstance(node.value, ast.Name):
        problem = f"gives {node.value.id} a second name" if node.value.id in OBJECTS else None
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("setattr", "delattr"):
        problem = f"calls {node.func.id}"
    if problem:
        raise RuleProblem(where=text.where(node), rule=rule, problem=problem, expected="h.<column> = … in plain sight")


def _refuse_outsiders(rule: str, text: Text, seen: set[Any]) -> None:
    """Refuse functions of `math`, numpy and `random` under any name, here and in the formulas that are called."""
    assert text.tree is not None
    outside = text.globals()
    own = {n.id for n in ast.walk(text.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    own |= {a.arg for a in text.tree.args.args}
    for node in ast.walk(text.tree):
        if not isinstance(node, ast.Name) or node.id in own or node.id not in outside:
            continue
        found = outside[node.id]
        root = _root_of(found)
        if root in _INSTEAD:
            raise RuleProblem(
                where=text.where(node), rule=rule, problem=f"uses {node.id} of {root}", expected=_INSTEAD[root]
            )
        if getattr(found, "is_formula", False) and found not in seen:
            seen.add(found)
            _refuse_impure(rule, found, seen)


def _root_of(found: Any) -> str:
    if inspect.ismodule(found):
        return found.__name__.partition(".")[0]
    if not callable(found):
        return ""
    module = getattr(found, "__module__", None) or type(getattr(found, "__self__", None)).__module__
    return str(module).partition(".")[0]


def _refuse_impure(rule: str, formula: Callable[..., Any], seen: set[Any]) -> None:
    try:
        text = read_function(formula)
    except (OSError, SyntaxError):
        return
    assert text.tree is not None
    if text.function.__module__ == "cashless_sim.rules.maths":
        return
    _refuse_outsiders(rule, text, seen)
    for node in ast.walk(text.tree):
        _refuse_forbidden(rule, text, node)
        for target in _targets(node):
            if isinstance(target.value if isinstance(target, ast.Subscript) else target, ast.Attribute):
                raise RuleProblem(
                    where=text.where(target),
                    rule=rule,
                    problem=f"its formula {formula.__name__} writes {ast.unparse(target)}",
                    expected="a formula only works something out",
                    next="write columns in the household method",
                )


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
