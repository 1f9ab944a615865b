"""What an expression of a rule comes to while it is being lowered."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from cashless_sim.rules.reading import Text


class Plain(NamedTuple):
    """What is known of a number that plain Python may not hold as a float32: a literal, or a code (an `IntEnum`)."""

    largest: float
    step: float
    code: bool = False


@dataclass(frozen=True)
class Value:
    """A yes/no (``b``), a float32 (``f``), a number known now (``c``), or a thing that has parts (``thing``)."""

    kind: str
    text: str = ""
    known: Any = None
    plain: Plain | None = None


class NotCompilable(Exception):
    """The compiler cannot take this text; the rule runs at a slower level."""

    def __init__(self, where: str, reason: str, rewrite: str) -> None:
        """Say the line, the reason and what to write instead."""
        self.where, self.reason, self.rewrite = where, reason, rewrite
        super().__init__(f"{where}: {reason}; {rewrite}")


def refuse(text: Text, node: ast.AST, reason: str, rewrite: str) -> NotCompilable:
    """Return the error for a node of a text."""
    return NotCompilable(text.where(node), reason, rewrite)


# -- numbers that plain Python works out in double precision ---------------------------------------------------------
def plain_of(value: Value) -> Plain | None:
    """Return how exactly a value is known to fit float32; None when it is a float32 for sure."""
    if value.kind == "c":
        return of_number(value.known)
    return Plain(1.0, 1.0) if value.kind == "b" else value.plain


def of_number(number: float) -> Plain:
    """Return size and step of one number; zero and infinity are multiples of anything."""
    if number == 0 or math.isinf(number):
        return Plain(0.0, math.inf, isinstance(number, IntEnum))
    fraction, power = math.frexp(number)
    whole = abs(int(fraction * 2**53))
    return Plain(abs(float(number)), math.ldexp(float(whole & -whole), power - 53), isinstance(number, IntEnum))


def exact(plain: Plain) -> bool:
    """Return whether every such number is a float32, so that both precisions agree."""
    return plain.largest < plain.step * 2**24


def apart(plain: Plain, number: float) -> bool:
    """Return whether no such number is the float32 next to ``number``, so that comparing agrees in both precisions."""
    rounded = abs(float(np.float32(number)))
    return exact(plain) and (rounded > plain.largest or (rounded != 0 and rounded % plain.step != 0))


def joined(first: Plain | None, second: Plain | None) -> Plain | None:
    """Return what holds for a value that is one or the other."""
    if first is None or second is None:
        return first or second
    return Plain(max(first.largest, second.largest), min(first.step, second.step), first.code or second.code)


def worked_out(op: ast.operator, left: Plain, right: Plain) -> Plain:
    """Return size and step of the result of an operation on two such numbers."""
    if isinstance(op, ast.Mult):
        if math.inf in (left.step, right.step):
            return Plain(0.0, math.inf)
        return Plain(left.largest * right.largest, left.step * right.step)
    if isinstance(op, ast.Add | ast.Sub):
        return Plain(left.largest + right.largest, min(left.step, right.step))
    return Plain(math.inf, 0.0)


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

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Mod, ast.FloorDiv)
SIGNS: dict[type[ast.AST], str] = {
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
