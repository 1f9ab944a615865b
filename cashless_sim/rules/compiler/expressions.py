"""Lowers the expressions of one rule to straight-line text over float32 and yes/no locals."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import EnumMeta, IntEnum
from typing import Any

import numpy as np

from cashless_sim.rules.compiler.numbers import NUMBERS
from cashless_sim.rules.compiler.values import (
    ARITHMETIC,
    SIGNS,
    NotCompilable,
    Plain,
    Value,
    exact,
    folded,
    joined,
    plain_of,
    refuse,
    worked_out,
)
from cashless_sim.rules.compiler.writer import Writer
from cashless_sim.rules.reading import Text, read_function
from cashless_sim.rules.rule import Rule


class Expressions:
    """Lowers expressions of one function; formulas are lowered in place by a fresh instance."""

    def __init__(self, writer: Writer, rule: Rule, text: Text, prefix: str) -> None:
        """``prefix`` keeps this function's locals apart from everyone else's."""
        self.writer, self.rule, self.text, self.prefix = writer, rule, text, prefix
        self.names: dict[str, Value] = {}
        self.within: tuple[Any, ...] = ()
        self._outside = text.globals()
        self._own = {n.id for n in ast.walk(text.tree or ast.Pass()) if isinstance(n, ast.Name) and _is_stored(n)}

    # -- names -------------------------------------------------------------------------------------------------
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

    def _name(self, node: ast.Name) -> Value:
        if node.id in self.names:
            return self.names[node.id]
        if node.id in self._own:
            raise self.refuse(node, f"'{node.id}' may have no value here", "give it one kind of value on every path")
        found = self._outside.get(node.id, getattr(builtins, node.id, None))
        if found is None:
            raise self.refuse(node, f"does not know '{node.id}'", "use columns, here, peers, u and constants")
        return self._known(node, node.id, found)

    def _known(self, node: ast.AST, name: str, found: Any) -> Value:
        if isinstance(found, Value):
            return found
        if isinstance(found, np.generic):
            raise self.refuse(node, f"'{name}' is a numpy number", "write it as a plain number")
        if isinstance(found, bool | float):
            return Value("c", known=found)
        return Value("c", known=int(found)) if isinstance(found, int) else Value("thing", name, found)

    def _tuple(self, node: ast.Tuple) -> Value:
        return Value("thing", "tuple", tuple(self._copied(self.value(item)) for item in node.elts))

    def _attribute(self, node: ast.Attribute) -> Value:
        base = self.value(node.value)
        if base.kind == "thing" and isinstance(base.known, type) and issubclass(base.known, IntEnum):
            return Value("c", known=int(base.known[node.attr]))
        if base.kind == "thing" and base.known is None:
            return self._part(node, base.text, node.attr, ())
        raise self.refuse(node, f"cannot take .{node.attr} of this", "read h, here, peers, u or self")

    def _subscript(self, node: ast.Subscript) -> Value:
        keys = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        at = tuple(self.value(k) for k in keys)
        if isinstance(node.value, ast.Attribute) and isinstance(node.value.value, ast.Name):
            base = self.value(node.value.value)
            if base.kind == "thing" and base.known is None:
                return self._part(node, base.text, node.value.attr, at)
        items = self.value(node.value)
        if items.kind == "thing" and isinstance(items.known, tuple | list | range) and len(at) == 1 and at[0].kind == "c":
            return self._known(node, items.text, items.known[at[0].known])
        raise self.refuse(node, "cannot index this", "index with a declared constant such as a bill or method")

    def _part(self, node: ast.AST, whose: str, name: str, at: tuple[Value, ...]) -> Value:
        try:
            return self.writer.part(self.rule, whose, name, at)
        except (KeyError, IndexError, ValueError) as problem:
            raise self.refuse(node, f"does not know {whose}.{name} ({problem})", "declare it first") from None

    # -- arithmetic --------------------------------------------------------------------------------------------
    def number(self, value: Value) -> str:
        """Return the text of a value as a float32."""
        if value.kind == "c":
            return self.writer.literal(value.known)
        if value.kind == "b":
            return f"({self.writer.literal(1)} if {value.text} else {self.writer.literal(0)})"
        if value.kind == "f":
            return value.text
        raise NotCompilable(self.writer.where, f"'{value.text}' is no number", "use one of its parts")

    def truth(self, value: Value) -> str:
        """Return the text of a value as yes or no."""
        if value.kind == "c":
            return str(bool(value.known))
        return value.text if value.kind == "b" else f"({self.number(value)} != {self.writer.literal(0)})"

    def _binop(self, node: ast.BinOp) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if left.kind == right.kind == "c" and type(node.op) in ARITHMETIC:
            return Value("c", known=folded(node.op, left.known, right.known))
        return self.arithmetic(node, node.op, left, right)

    def arithmetic(self, node: ast.AST, op: ast.operator, left: Value, right: Value) -> Value:
        """Return + - * / of two values as the operation on float32 that the plain text does too."""
        if type(op) not in SIGNS:
            raise self.refuse(node, f"cannot take {type(op).__name__}", "use + - * /")
        if "b" in (left.kind, right.kind):
            raise self.refuse(node, "does arithmetic with a yes/no value", "write (1.0 if … else 0.0)")
        first, second = self._both_plain(node, left, right)
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
                self._both_plain(node, left, right)
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
            self._both_plain(node, left, item)
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
            return Value("b", f"({self.truth(yes)} if {test} else {self.truth(no)})")
        if any(truths):
            raise NotCompilable(self.writer.where, "gives yes/no on one path and a number on the other", "give numbers")
        plain = joined(plain_of(yes), plain_of(no))
        return Value("f", f"({self.number(yes)} if {test} else {self.number(no)})", plain=plain)

    # -- calls -------------------------------------------------------------------------------------------------
    def _call(self, node: ast.Call) -> Value:
        if node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
            raise self.refuse(node, "cannot take keyword or starred arguments", "give them in order")
        called = self.value(node.func)
        function: Any = called.known
        if callable(function) and function in NUMBERS:
            numbers = [self.number(self.value(a)) for a in node.args]
            return Value("f", f"{NUMBERS[function]}({', '.join(numbers)})")
        if getattr(function, "is_formula", False):
            return self._formula(node, function, [self.value(a) for a in node.args])
        if function is builtins.tuple and node.args and isinstance(node.args[0], ast.GeneratorExp):
            return self._tuple_of(node.args[0])
        arguments = [self.value(a) for a in node.args]
        if function in (builtins.min, builtins.max) and arguments:
            if len(arguments) == 1 and isinstance(arguments[0].known, tuple):
                arguments = [self._known(node, "tuple", item) for item in arguments[0].known]
            return self._extreme(node, arguments, "<" if function is builtins.min else ">")
        if function is builtins.abs and len(arguments) == 1 and arguments[0].kind in ("c", "f"):
            [one] = arguments
            known = one.kind == "c"
            return Value("c", known=abs(one.known)) if known else Value("f", f"abs({one.text})", plain=one.plain)
        if function is builtins.range and all(a.kind == "c" for a in arguments):
            return Value("thing", "range", range(*(a.known for a in arguments)))
        raise self.refuse(node, f"cannot call {called.text}", "call a @formula, exp, log, power, min, max or abs")

    def held(self, value: Value) -> str:
        """Return the name of a local that holds a value, to be used more than once."""
        text = self.number(value)
        return text if text.isidentifier() else self.writer.local(self.prefix, text)

    def _extreme(self, node: ast.AST, arguments: list[Value], sign: str) -> Value:
        if all(a.kind == "c" for a in arguments):
            pick = min if sign == "<" else max
            return Value("c", known=pick(a.known for a in arguments))
        best, *others = arguments
        for other in others:
            if "b" in (best.kind, other.kind):
                raise self.refuse(node, "takes the least or most of yes/no values", "use and, or")
            self._both_plain(node, best, other)
            held, rival = self.held(best), self.held(other)
            text = self.writer.local(self.prefix, f"({rival} if {rival} {sign} {held} else {held})")
            best = Value("f", text, plain=joined(plain_of(best), plain_of(other)))
        return best

    def _tuple_of(self, node: ast.GeneratorExp) -> Value:
        [generator] = node.generators
        if generator.ifs or not isinstance(generator.target, ast.Name):
            raise self.refuse(node, "cannot take this comprehension", "loop over one declared constant")
        items = []
        for item in self.loop(generator.iter):
            with self.bound(generator.target.id, item):
                items.append(self._copied(self.value(node.elt)))
        return Value("thing", "tuple", tuple(items))

    def _copied(self, value: Value) -> Value:
        if value.kind == "f":
            return Value("f", self.writer.local(self.prefix, value.text), plain=value.plain)
        return self._kept(value)

    def loop(self, node: ast.expr) -> Iterator[Value]:
        """Yield the items of something that is known beforehand."""
        over = self.value(node)
        if over.kind != "thing" or not isinstance(over.known, tuple | list | range | EnumMeta):
            raise self.refuse(node, "loops over something not known beforehand", "loop over BILLS or METHODS")
        yield from (self._known(node, over.text, item) for item in over.known)

    @contextmanager
    def bound(self, name: str, value: Value) -> Iterator[None]:
        """Bind a name for a while."""
        before = self.names.get(name)
        self.names[name] = value
        yield
        if before is None:
            del self.names[name]
        else:
            self.names[name] = before

    def _formula(self, node: ast.AST, function: Any, arguments: list[Value]) -> Value:
        try:
            text = read_function(function)
        except OSError:
            text = Text(None, function, "", 0)
        if text.tree is None or function in self.within:
            reason = "calls itself" if text.tree else "has no source text to read"
            raise self.refuse(node, f"{function.__name__} {reason}", "write the formula out in a file or cell")
        inner = Expressions(self.writer, self.rule, text, f"{self.prefix}f{next(self.writer.counter)}_")
        inner.within = (*self.within, function)
        for argument, value in zip(text.tree.args.args, arguments, strict=True):
            known = value.kind in ("c", "thing", "b") or value.text.isidentifier()
            inner.names[argument.arg] = value if known else Value("f", inner.held(value), plain=value.plain)
        return inner.body(text.tree.body)

    def body(self, statements: list[ast.stmt]) -> Value:
        """Return what a formula's statements come to: assignments, if with return, and a last return."""
        for position, statement in enumerate(statements):
            if isinstance(statement, ast.Return) and statement.value is not None:
                return self.value(statement.value)
            if isinstance(statement, ast.Assign) and [type(t) for t in statement.targets] == [ast.Name]:
                self.names[statement.targets[0].id] = self._kept(self.value(statement.value))
            elif isinstance(statement, ast.If):
                test = self.value(statement.test)
                rest = [*statement.orelse, *statements[position + 1 :]]
                if test.kind == "c":
                    return self.body([*statement.body, *rest] if test.known else rest)
                before = dict(self.names)
                yes = self.body(statement.body)
                self.names = before
                no = self.body(rest)
                return self.choice(self.truth(test), yes, no)
            elif not isinstance(statement, ast.Expr):
                raise self.refuse(statement, "a formula is assignments, if … return, and a last return", "split it")
        raise self.refuse(self.text.tree or ast.Pass(), "a path of the formula returns nothing", "return a value")

    def _kept(self, value: Value) -> Value:
        if value.kind == "b":
            return Value("b", self.writer.local(self.prefix, value.text))
        return Value("f", self.held(value), plain=value.plain) if value.kind == "f" else value


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)
