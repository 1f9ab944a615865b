"""Lowers the expressions of one rule to straight-line text over float32 and yes/no locals."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from enum import EnumMeta, IntEnum
from typing import Any

from cashless_sim.rules.compiler.numbers import NUMBERS
from cashless_sim.rules.compiler.operators import Operators
from cashless_sim.rules.compiler.values import (
    Value,
    joined,
    plain_of,
)
from cashless_sim.rules.reading import Text, read_function


class Expressions(Operators):
    """Lowers expressions of one function; formulas are lowered in place by a fresh instance."""

    # -- names -------------------------------------------------------------------------------------------------
    def _name(self, node: ast.Name) -> Value:
        if node.id in self.names:
            return self.names[node.id]
        if node.id in self._own:
            raise self.refuse(node, f"'{node.id}' may have no value here", "give it one kind of value on every path")
        found = self._outside.get(node.id, getattr(builtins, node.id, None))
        if found is None:
            raise self.refuse(node, f"does not know '{node.id}'", "use columns, here, peers, u and constants")
        return self._known(node, node.id, found)

    def _tuple(self, node: ast.Tuple) -> Value:
        return Value("thing", "tuple", tuple(self._copied(self.value(item)) for item in node.elts))

    def _attribute(self, node: ast.Attribute) -> Value:
        base = self.value(node.value)
        if base.kind == "thing" and isinstance(base.known, type) and issubclass(base.known, IntEnum):
            return Value("c", known=base.known[node.attr])
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
        if isinstance(items.known, tuple | list | range) and [key.kind for key in at] == ["c"]:
            return self._known(node, items.text, items.known[at[0].known])
        raise self.refuse(node, "cannot index this", "index with a declared constant such as a bill or method")

    def _part(self, node: ast.AST, whose: str, name: str, at: tuple[Value, ...]) -> Value:
        try:
            return self.writer.part(self.rule, whose, name, at)
        except (KeyError, IndexError, ValueError) as problem:
            raise self.refuse(node, f"does not know {whose}.{name} ({problem})", "declare it first") from None

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

    def _extreme(self, node: ast.AST, arguments: list[Value], sign: str) -> Value:
        if all(a.kind == "c" for a in arguments):
            pick = min if sign == "<" else max
            return Value("c", known=pick(a.known for a in arguments))
        best, *others = arguments
        for other in others:
            if "b" in (best.kind, other.kind):
                raise self.refuse(node, "takes the least or most of yes/no values", "use and, or")
            self.compared(node, best, other)
            held, rival = self.held(best), self.held(other)
            text = self.writer.local(self.prefix, f"pick({rival} {sign} {held}, {rival}, {held})")
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
            target = statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
            if isinstance(statement, ast.Assign) and isinstance(target, ast.Name):
                self.names[target.id] = self._kept(self.value(statement.value))
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
