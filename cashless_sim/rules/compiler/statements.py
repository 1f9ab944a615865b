"""Lowers the statements of one rule's household method into the month's kernel."""

from __future__ import annotations

import ast

from cashless_sim.rules.compiler.expressions import Expressions
from cashless_sim.rules.compiler.values import SIGNS, NotCompilable, Value
from cashless_sim.rules.compiler.writer import Writer
from cashless_sim.rules.rule import Rule


def lower_rule(writer: Writer, rule: Rule) -> None:
    """Add one rule to the kernel; raise `NotCompilable` with the line when it cannot be taken."""
    text = type(rule).text
    if text.tree is None:
        raise NotCompilable(text.file, "the source text is not to be had", "keep the rule in a file or notebook cell")
    writer.rules.append(rule)
    writer.line(f"# {type(rule).__name__}")
    names = [a.arg for a in text.tree.args.args]
    if names != ["self", "h", "peers", "here", "u"]:
        raise NotCompilable(text.where(text.tree), "takes other arguments", "use (self, h, peers, here, u)")
    Statements(Expressions(writer, rule, text, f"r{len(writer.rules)}_")).run(text.tree.body)


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
        sign = SIGNS.get(type(node.op))
        if sign is None:
            raise self.at.refuse(node, f"cannot take {type(node.op).__name__}", "use + - * /")
        self._assign(node.target, Value("f", f"({self.at.number(left)} {sign} {self.at.number(right)})"))

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
        known = value.kind == "c" and not column.is_share
        try:
            self.writer.write_column(inner.attr, keys, text, known)
        except IndexError as problem:
            raise self.at.refuse(target, f"cannot write h.{inner.attr} ({problem})", "index with a constant") from None

    def _assign_local(self, target: ast.Name, value: Value) -> None:
        if value.kind == "thing":
            self.at.names[target.id] = value
            return
        kind = "b" if value.kind == "b" or isinstance(value.known, bool) else "f"
        kind = self.declared.setdefault(target.id, kind)
        name = f"{self.at.prefix}{target.id}"
        self.writer.line(f"{name} = {self.at.truth(value) if kind == 'b' else self.at.number(value)}")
        self.at.names[target.id] = Value(kind, name)

    def _if(self, node: ast.If) -> None:
        test = self.at.value(node.test)
        if test.kind == "c":
            self.run(node.body if test.known else node.orelse)
            return
        with self.writer.block(f"if {self.at.truth(test)}:"):
            self.writer.line("pass")
            self.run(node.body)
        if node.orelse:
            with self.writer.block("else:"):
                self.writer.line("pass")
                self.run(node.orelse)

    def _for(self, node: ast.For) -> None:
        if node.orelse or not isinstance(node.target, ast.Name):
            raise self.at.refuse(node, "cannot take this loop", "loop over one declared constant")
        for item in self.at.loop(node.iter):
            with self.at.bound(node.target.id, item):
                self.run(node.body)


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _as_load(target: ast.expr) -> ast.expr:
    loaded = ast.parse(ast.unparse(target), mode="eval").body
    return ast.copy_location(loaded, target)
