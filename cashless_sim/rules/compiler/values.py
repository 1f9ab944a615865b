"""What an expression of a rule comes to while it is being lowered."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cashless_sim.rules.reading import Text


@dataclass(frozen=True)
class Value:
    """A yes/no (``b``), a float32 (``f``), a number known now (``c``), or a thing that has parts (``thing``)."""

    kind: str
    text: str = ""
    known: Any = None


class NotCompilable(Exception):
    """The compiler cannot take this text; the rule runs at a slower level."""

    def __init__(self, where: str, reason: str, rewrite: str) -> None:
        """Say the line, the reason and what to write instead."""
        self.where, self.reason, self.rewrite = where, reason, rewrite
        super().__init__(f"{where}: {reason}; {rewrite}")


def refuse(text: Text, node: ast.AST, reason: str, rewrite: str) -> NotCompilable:
    """Return the error for a node of a text."""
    return NotCompilable(text.where(node), reason, rewrite)


def folded(op: ast.AST, left: Any, right: Any) -> Any:
    """Return an operation on numbers known now, worked out as Python does."""
    return _WORKED_OUT[type(op)](left, right)


_WORKED_OUT: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.FloorDiv: operator.floordiv,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
