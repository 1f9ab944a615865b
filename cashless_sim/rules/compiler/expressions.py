"""Lowers the expressions of one rule to straight-line text over float32 and yes/no locals."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

from cashless_sim.rules.compiler.numbers import NUMBERS
from cashless_sim.rules.compiler.values import SIGNS, NotCompilable, Value, folded, refuse
from cashless_sim.rules.compiler.writer import Writer
from cashless_sim.rules.reading import Text, read_function
from cashless_sim.rules.rule import Rule

_OBJECTS = ("self", "h", "peers", "here", "u")


class Expressions:
    """Lowers expressions of one function; formulas are lowered in place by a fresh instance."""

    def __init__(self, writer: Writer, rule: Rule, text: Text, prefix: str) -> None:
        """``prefix`` keeps this function's locals apart from everyone else's."""
        self.writer, self.rule, self.text, self.prefix = writer, rule, text, prefix
        self.names: dict[str, Value] = {}
        self._outside = text.globals()

    # -- names -------------------------------------------------------------------------------------------------
    def value(self, node: ast.expr) -> Value:
        """Return what an expression comes to, writing the statements it needs first."""
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
        if node.id in _OBJECTS and node.id not in self._outside:
            return Value("thing", node.id)
        found = self._outside.get(node.id, getattr(builtins, node.id, None))
        if isinstance(found, bool | int | float):
            return Value("c", known=found if isinstance(found, bool | float) else int(found))
        if found is None:
            raise self.refuse(node, f"does not know '{node.id}'", "use columns, here, peers, u and constants")
        return Value("thing", node.id, found)

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
        if items.kind == "thing" and isinstance(items.known, tuple | list) and len(at) == 1 and at[0].kind == "c":
            item = items.known[at[0].known]
            return item if isinstance(item, Value) else Value("c", known=item)
        raise self.refuse(node, "cannot index this", "index with a declared constant such as a bill or method")

    def _part(self, node: ast.AST, whose: str, name: str, at: tuple[Value, ...]) -> Value:
        try:
            return self.writer.part(self.rule, whose, name, at)
        except (KeyError, IndexError) as problem:
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
        raise NotCompilable(self.text.where(self.text.tree or ast.Pass()), f"{value.text} is no number", "")

    def truth(self, value: Value) -> str:
        """Return the text of a value as yes or no."""
        if value.kind == "c":
            return str(bool(value.known))
        return value.text if value.kind == "b" else f"({self.number(value)} != {self.writer.literal(0)})"

    def _binop(self, node: ast.BinOp) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        if left.kind == right.kind == "c":
            return Value("c", known=folded(node.op, left.known, right.known))
        sign = SIGNS.get(type(node.op))
        if sign is None:
            raise self.refuse(node, f"cannot take {type(node.op).__name__}", "use + - * /")
        return Value("f", f"({self.number(left)} {sign} {self.number(right)})")

    def _unaryop(self, node: ast.UnaryOp) -> Value:
        value = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return Value("c", known=not value.known) if value.kind == "c" else Value("b", f"(not {self.truth(value)})")
        if value.kind == "c":
            return Value("c", known=-value.known if isinstance(node.op, ast.USub) else +value.known)
        return Value("f", f"(-{self.number(value)})") if isinstance(node.op, ast.USub) else value

    def _compare(self, node: ast.Compare) -> Value:
        values = [self.value(node.left)] + [self.value(c) for c in node.comparators]
        texts: list[str] = []
        for op, left, right in zip(node.ops, values, values[1:], strict=False):
            if left.kind == "c" and (right.kind == "c" or isinstance(right.known, tuple | list)):
                if not folded(op, left.known, right.known):
                    return Value("c", known=False)
            elif isinstance(op, ast.In | ast.NotIn):
                texts.append(self._member(node, op, left, right))
            elif left.kind == right.kind == "b":
                texts.append(f"({left.text} {SIGNS[type(op)]} {right.text})")
            else:
                texts.append(f"({self.number(left)} {SIGNS[type(op)]} {self.number(right)})")
        return Value("b", f"({' & '.join(texts)})") if texts else Value("c", known=True)

    def _member(self, node: ast.AST, op: ast.cmpop, left: Value, right: Value) -> str:
        if not isinstance(right.known, tuple | list):
            raise self.refuse(node, "'in' needs a declared constant", "compare with == and or")
        held = self.held(left)
        either = " | ".join(f"({held} == {self.writer.literal(int(item))})" for item in right.known)
        return f"({either})" if isinstance(op, ast.In) else f"(not ({either}))"

    def _boolop(self, node: ast.BoolOp) -> Value:
        stops = isinstance(node.op, ast.Or)
        texts: list[str] = []
        for part in node.values:
            value = self.value(part)
            if value.kind == "c":
                if bool(value.known) == stops:
                    return (
                        Value("c", known=stops) if not texts else Value("b", self._joined([*texts, str(stops)], stops))
                    )
                continue
            texts.append(self.truth(value))
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
        if {yes.kind, no.kind} <= {"b"} or all(v.kind == "b" or isinstance(v.known, bool) for v in (yes, no)):
            return Value("b", f"({self.truth(yes)} if {test} else {self.truth(no)})")
        return Value("f", f"({self.number(yes)} if {test} else {self.number(no)})")

    # -- calls -------------------------------------------------------------------------------------------------
    def _call(self, node: ast.Call) -> Value:
        if node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
            raise self.refuse(node, "cannot take keyword or starred arguments", "give them in order")
        called = self.value(node.func)
        function: Any = called.known
        if callable(function) and function in NUMBERS:
            values = [self.value(a) for a in node.args]
            return Value("f", f"{NUMBERS[function]}({', '.join(self.number(v) for v in values)})")
        if getattr(function, "is_formula", False):
            return self._formula(function, [self.value(a) for a in node.args])
        if function is builtins.tuple and isinstance(node.args[0], ast.GeneratorExp):
            return self._tuple_of(node.args[0])
        arguments = [self.value(a) for a in node.args]
        if function in (builtins.min, builtins.max):
            return self._extreme(arguments, "<" if function is builtins.min else ">")
        if function is builtins.abs:
            held = self.held(arguments[0])
            return Value("f", f"({held} if {held} >= {self.writer.literal(0)} else -{held})")
        if function is builtins.range and all(a.kind == "c" for a in arguments):
            return Value("thing", "range", tuple(range(*(a.known for a in arguments))))
        raise self.refuse(node, f"cannot call {called.text}", "call a @formula, exp, log, power, min, max or abs")

    def held(self, value: Value) -> str:
        """Return the name of a local that holds a value, to be used more than once."""
        if value.kind == "f" and value.text.isidentifier():
            return value.text
        return self.writer.local(self.prefix, self.number(value))

    def _extreme(self, arguments: list[Value], sign: str) -> Value:
        if all(a.kind == "c" for a in arguments):
            pick = min if sign == "<" else max
            return Value("c", known=pick(a.known for a in arguments))
        best = self.held(arguments[0])
        for other in arguments[1:]:
            rival = self.held(other)
            best = self.writer.local(self.prefix, f"({rival} if {rival} {sign} {best} else {best})")
        return Value("f", best)

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
            return Value("f", self.writer.local(self.prefix, value.text))
        return self._kept(value)

    def loop(self, node: ast.expr) -> Iterator[Value]:
        """Yield the items of something that is known beforehand."""
        over = self.value(node)
        known: Any = list(over.known) if isinstance(over.known, type(IntEnum)) else over.known
        if over.kind != "thing" or not isinstance(known, tuple | list):
            raise self.refuse(node, "loops over something not known beforehand", "loop over BILLS or METHODS")
        yield from (i if isinstance(i, Value) else Value("c", known=int(i)) for i in known)

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

    def _formula(self, function: Any, arguments: list[Value]) -> Value:
        text = read_function(function)
        assert text.tree is not None
        inner = Expressions(self.writer, self.rule, text, f"{self.prefix}f{next(self.writer.counter)}_")
        for argument, value in zip(text.tree.args.args, arguments, strict=True):
            known = value.kind in ("c", "thing", "b") or value.text.isidentifier()
            inner.names[argument.arg] = value if known else Value("f", inner.held(value))
        return inner.body(text.tree.body)

    def body(self, statements: list[ast.stmt]) -> Value:
        """Return what a formula's statements come to: assignments, if with return, and a last return."""
        for position, statement in enumerate(statements):
            if isinstance(statement, ast.Return) and statement.value is not None:
                return self.value(statement.value)
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                self.names[statement.targets[0].id] = self._kept(self.value(statement.value))
            elif isinstance(statement, ast.If):
                test = self.value(statement.test)
                rest = [*statement.orelse, *statements[position + 1 :]]
                if test.kind == "c":
                    return self.body([*statement.body, *rest] if test.known else rest)
                before = dict(self.names)
                yes = self.body(statement.body)
                self.names = before
                return self.choice(self.truth(test), yes, self.body(rest))
            elif not isinstance(statement, ast.Expr):
                raise self.refuse(statement, "a formula is assignments, if … return, and a last return", "split it")
        raise self.refuse(self.text.tree or ast.Pass(), "a path of the formula returns nothing", "return a value")

    def _kept(self, value: Value) -> Value:
        if value.kind == "b":
            return Value("b", self.writer.local(self.prefix, value.text))
        return Value("f", self.held(value)) if value.kind == "f" else value
