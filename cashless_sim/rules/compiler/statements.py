"""Lowers the statements of one rule's household method into the month's kernel."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from cashless_sim.rules.compiler.expressions import Expressions
from cashless_sim.rules.compiler.values import NotCompilable, Value, joined, plain_of
from cashless_sim.rules.compiler.writer import Writer
from cashless_sim.rules.rule import Rule

ARGUMENTS = ("self", "h", "peers", "here", "u")
_UNWORKABLE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


def lower_rule(writer: Writer, rule: Rule) -> None:
    """Add one rule to the kernel; raise `NotCompilable` with the line when it cannot be taken."""
    text = type(rule).text
    if text.tree is None:
        raise NotCompilable(text.file, "the source text is not to be had", "keep the rule in a file or notebook cell")
    writer.rules.append(rule)
    writer.line(f"# {type(rule).__name__}")
    expressions = Expressions(writer, rule, text, f"r{len(writer.rules)}_")
    expressions.names.update({name: Value("thing", name) for name in ARGUMENTS})
    try:
        Statements(expressions).run(text.tree.body)
    except _UNWORKABLE as problem:
        reason = f"cannot work this out ({type(problem).__name__}: {problem})"
        raise NotCompilable(writer.where, reason, "write it in smaller steps") from None


class Statements:
    """Lowers statements with one set of names."""

    def __init__(self, expressions: Expressions) -> None:
        """Use these names and this writer."""
        self.at = expressions
        self.writer = expressions.writer
        self.declared: dict[str, str] = {}

    def run(self, statements: list[ast.stmt]) -> None:
        """Lower statements in order."""
        for statement in statements:
            self.writer.where = self.at.text.where(statement)
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                self._assign(statement.targets[0], self.at.value(statement.value))
            elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
                self._assign(statement.target, self.at.value(statement.value))
            elif isinstance(statement, ast.AugAssign):
                self._augmented(statement)
            elif isinstance(statement, ast.If):
                self._if(statement)
            elif isinstance(statement, ast.For):
                self._for(statement)
            elif not (isinstance(statement, ast.Pass) or _is_words(statement)):
                raise self.at.refuse(
                    statement,
                    f"cannot take {type(statement).__name__.lower()}",
                    "use assignments, if/else and loops over constants (put the rest under else instead of return)",
                )

    def _augmented(self, node: ast.AugAssign) -> None:
        left = self.at.value(_as_load(node.target))
        right = self.at.value(node.value)
        self._assign(node.target, self.at.arithmetic(node, node.op, left, right))

    def _assign(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            self._assign_local(target, value)
            return
        keys: tuple[Value, ...] = ()
        inner = target
        if isinstance(target, ast.Subscript):
            inner, keys = target.value, (self.at.value(target.slice),)
        if not (isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == "h"):
            raise self.at.refuse(target, "writes something else than a column or a local", "write h.<column>")
        column = self.writer.columns[inner.attr]
        text = self.at.truth(value) if column.kind is bool else self.at.number(value)
        try:
            if value.kind == "c":
                self.writer.write_known(inner.attr, keys, value.known)
            else:
                self.writer.write_column(inner.attr, keys, text)
        except IndexError as problem:
            raise self.at.refuse(target, f"cannot write h.{inner.attr} ({problem})", "index with a constant") from None

    def _assign_local(self, target: ast.Name, value: Value) -> None:
        if value.kind == "thing":
            self.at.names[target.id] = value
            return
        kind = "b" if value.kind == "b" or isinstance(value.known, bool) else "f"
        if self.declared.setdefault(target.id, kind) != kind:
            raise self.at.refuse(target, f"'{target.id}' is once yes/no and once a number", "use two names")
        name = f"{self.at.prefix}{target.id}"
        self.writer.line(f"{name} = {self.at.truth(value) if kind == 'b' else self.at.number(value)}")
        self.at.names[target.id] = Value(kind, name, plain=plain_of(value) if kind == "f" else None)

    def _if(self, node: ast.If) -> None:
        test = self.at.value(node.test)
        if test.kind == "c":
            self.run(node.body if test.known else node.orelse)
            return
        before = dict(self.at.names)
        with self.writer.block(f"if {self.at.truth(test)}:"):
            self.writer.line("pass")
            self.run(node.body)
        after, self.at.names = self.at.names, before
        if node.orelse:
            self.at.names = dict(before)
            with self.writer.block("else:"):
                self.writer.line("pass")
                self.run(node.orelse)
        self.at.names = _on_both_paths(after, self.at.names)

    def _for(self, node: ast.For) -> None:
        if node.orelse or not isinstance(node.target, ast.Name):
            raise self.at.refuse(node, "cannot take this loop", "loop over one declared constant")
        for item in self.at.loop(node.iter):
            with self.at.bound(node.target.id, item):
                self.run(node.body)


def _on_both_paths(first: Mapping[str, Value], second: Mapping[str, Value]) -> dict[str, Value]:
    """Return the names that mean the same after either path; others have no value that can be relied on."""
    kept: dict[str, Value] = {}
    for name, value in first.items():
        other = second.get(name)
        if value == other:
            kept[name] = value
        elif other is not None and value.kind == other.kind == "f" and value.text == other.text:
            kept[name] = Value("f", value.text, plain=joined(value.plain, other.plain))
    return kept


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _as_load(target: ast.expr) -> ast.expr:
    loaded = ast.parse(ast.unparse(target), mode="eval").body
    return ast.copy_location(loaded, target)
