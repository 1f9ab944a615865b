"""Lowers the operators of a rule's text: the float32 operations that plain Python does on the same values."""

from __future__ import annotations

import ast
from collections.abc import Callable
from enum import EnumMeta
from typing import Any

import numpy as np

from cashless_sim.rules.compiler.values import (
    ARITHMETIC,
    SIGNS,
    NotCompilable,
    Plain,
    Value,
    apart,
    exact,
    folded,
    joined,
    plain_of,
    refuse,
    worked_out,
)
from cashless_sim.rules.compiler.writer import Writer
from cashless_sim.rules.reading import Text
from cashless_sim.rules.rule import Rule


class Operators:
    """Lowers constants and operators; what they work on is lowered by `Expressions`."""

    def __init__(self, writer: Writer, rule: Rule, text: Text, prefix: str) -> None:
        """``prefix`` keeps this function's locals apart from everyone else's."""
        self.writer, self.rule, self.text, self.prefix = writer, rule, text, prefix
        self.names: dict[str, Value] = {}
        self.within: tuple[Any, ...] = ()
        self._outside = text.globals()
        self._own = {n.id for n in ast.walk(text.tree or ast.Pass()) if isinstance(n, ast.Name) and _is_stored(n)}

    def value(self, node: ast.expr) -> Value:
        """Return what an expression comes to, writing the statements it needs first."""
        self.writer.where = self.text.where(node)
        method: Callable[[Any], Value] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise self.refuse(node, f"cannot take {type(node).__name__}", "write it with + - * / and if")
        return method(node)

    def refuse(self, node: ast.AST, reason: str, rewrite: str) -> NotCompilable:
        """Return the error for a node of this text."""
        return refuse(self.text, node, reason, rewrite)

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, bool | int | float):
            return Value("c", known=node.value)
        raise self.refuse(node, f"cannot take {node.value!r}", "use numbers and yes/no values")

    def _known(self, node: ast.AST, name: str, found: Any) -> Value:
        if isinstance(found, Value):
            return found
        if isinstance(found, np.generic):
            raise self.refuse(node, f"'{name}' is a numpy number", "write it as a plain number")
        number = isinstance(found, bool | int | float)
        return Value("c", known=found) if number else Value("thing", name, found)

    def number(self, value: Value) -> str:
        """Return the text of a value as a float32."""
        if value.kind == "c":
            return self.writer.literal(value.known)
        if value.kind == "b":
            return self.writer.picked(value.text, self.writer.literal(1), self.writer.literal(0))
        if value.kind == "f":
            return value.text
        raise NotCompilable(self.writer.where, f"'{value.text}' is no number", "use one of its parts")

    def truth(self, value: Value) -> str:
        """Return the text of a value as yes or no."""
        if value.kind == "c":
            return str(bool(value.known))
        return value.text if value.kind == "b" else f"({self.number(value)} != {self.writer.literal(0)})"

    def held(self, value: Value) -> str:
        """Return the name of a local that holds a value, to be used more than once."""
        text = self.number(value)
        return text if text.isidentifier() else self.writer.local(self.prefix, text)

    def arithmetic(self, node: ast.AST, op: ast.operator, left: Value, right: Value) -> Value:
        """Return + - * / of two values as the operation on float32 that the plain text does too."""
        if type(op) not in SIGNS:
            raise self.refuse(node, f"cannot take {type(op).__name__}", "use + - * /")
        if "b" in (left.kind, right.kind):
            raise self.refuse(node, "does arithmetic with a yes/no value", "write (1.0 if … else 0.0)")
        first, second = self._both_plain(node, left, right)
        if (first and first.code) or (second and second.code):
            raise self.refuse(node, "does arithmetic with a code, which numpy does in double precision", "use a number")
        plain = worked_out(op, first, second) if first and second else None
        return Value("f", f"({self.number(left)} {SIGNS[type(op)]} {self.number(right)})", plain=plain)

    def _both_plain(self, node: ast.AST, left: Value, right: Value) -> tuple[Plain | None, Plain | None]:
        """Return what is known of two values, refusing two plain numbers whose precision would show."""
        first, second = plain_of(left), plain_of(right)
        if first and second and not (exact(first) and exact(second)):
            raise self.refuse(
                node,
                "works on two plain numbers, which plain Python does in double precision",
                "make one of them a parameter",
            )
        return first, second

    def _binop(self, node: ast.BinOp) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if left.kind == right.kind == "c" and type(node.op) in ARITHMETIC:
            return Value("c", known=folded(node.op, left.known, right.known))
        return self.arithmetic(node, node.op, left, right)

    def compared(self, node: ast.AST, left: Value, right: Value) -> None:
        """Refuse to compare two plain numbers when their precision could show."""
        for one, other in ((left, right), (right, left)):
            plain = plain_of(one)
            if plain and other.kind == "c" and apart(plain, other.known):
                return
        self._both_plain(node, left, right)

    def _unaryop(self, node: ast.UnaryOp) -> Value:
        value = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return Value("c", known=not value.known) if value.kind == "c" else Value("b", f"(not {self.truth(value)})")
        if isinstance(node.op, ast.Invert) or value.kind not in ("c", "f"):
            raise self.refuse(node, "cannot take this sign", "use - before a number, not before a yes/no")
        if value.kind == "c":
            return Value("c", known=-value.known if isinstance(node.op, ast.USub) else +value.known)
        return Value("f", f"(-{value.text})", plain=value.plain) if isinstance(node.op, ast.USub) else value

    def _compare(self, node: ast.Compare) -> Value:
        values = [self.value(node.left)] + [self.value(c) for c in node.comparators]
        texts: list[str] = []
        for op, left, right in zip(node.ops, values, values[1:], strict=False):
            if isinstance(op, ast.In | ast.NotIn):
                text = self._member(node, op, left, right)
            elif type(op) not in SIGNS:
                raise self.refuse(node, f"cannot take {type(op).__name__}", "compare with == or !=")
            elif left.kind == right.kind == "c":
                text = bool(folded(op, left.known, right.known))
            elif left.kind == right.kind == "b":
                text = f"({left.text} {SIGNS[type(op)]} {right.text})"
            else:
                self.compared(node, left, right)
                text = f"({self.number(left)} {SIGNS[type(op)]} {self.number(right)})"
            if text is False:
                return Value("c", known=False)
            if text is not True:
                texts.append(text)
        return Value("b", f"({' & '.join(texts)})") if texts else Value("c", known=True)

    def _member(self, node: ast.AST, op: ast.cmpop, left: Value, right: Value) -> str | bool:
        if not isinstance(right.known, tuple | list | range | EnumMeta):
            raise self.refuse(node, "'in' needs a declared constant", "compare with == and or")
        items = [self._known(node, right.text, item) for item in right.known]
        if left.kind == "c" and all(item.kind == "c" for item in items):
            return bool(folded(op, left.known, [item.known for item in items]))
        for item in items:
            self.compared(node, left, item)
        held = self.held(left)
        either = " | ".join(f"({held} == {self.number(item)})" for item in items) or "False"
        return f"({either})" if isinstance(op, ast.In) else f"(not ({either}))"

    def _boolop(self, node: ast.BoolOp) -> Value:
        stops = isinstance(node.op, ast.Or)
        texts: list[str] = []
        for part in node.values:
            value = self.value(part)
            if value.kind == "f" or (value.kind == "c" and not isinstance(value.known, bool)):
                raise self.refuse(part, "'and' and 'or' take yes/no values only", "compare the number: … != 0")
            if value.kind != "c":
                texts.append(self.truth(value))
            elif value.known == stops:
                if not texts:
                    return Value("c", known=stops)
                texts.append(str(stops))
                break
        return Value("b", self._joined(texts, stops)) if texts else Value("c", known=not stops)

    @staticmethod
    def _joined(texts: list[str], either: bool) -> str:
        return f"({(' | ' if either else ' & ').join(texts)})"

    def _ifexp(self, node: ast.IfExp) -> Value:
        test = self.value(node.test)
        if test.kind == "c":
            return self.value(node.body if test.known else node.orelse)
        return self.choice(self.truth(test), self.value(node.body), self.value(node.orelse))

    def choice(self, test: str, yes: Value, no: Value) -> Value:
        """Return one of two values by a test."""
        truths = [v.kind == "b" or isinstance(v.known, bool) for v in (yes, no)]
        if all(truths):
            return Value("b", self.writer.picked(test, self.truth(yes), self.truth(no)))
        if any(truths):
            raise NotCompilable(self.writer.where, "gives yes/no on one path and a number on the other", "give numbers")
        plain = joined(plain_of(yes), plain_of(no))
        return Value("f", self.writer.picked(test, self.number(yes), self.number(no)), plain=plain)


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)
