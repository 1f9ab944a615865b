"""Cuts a month into passes over a tile, so that what few households do is worked out for those few only.

A costly branch at the top of a rule is such a place: vectorised code would work it out for everyone and throw most
of it away. Rows that take the branch are gathered side by side, worked out, and put back; the values are the same.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

COSTLY = re.compile(r"\b(?:exp|log|power|philox_units)\(")
FEWEST = 8
"""Costly calls in a branch that is worth gathering for."""


@dataclass(frozen=True)
class Section:
    """Some lines of the month; with a ``test`` they are for those only of whom it holds."""

    lines: tuple[str, ...]
    test: str
    tested: frozenset[str]
    """Names in the test."""
    exposed: frozenset[str]
    """Names whose value from before the lines need."""
    written: frozenset[str]
    """Names that may get a value here."""
    certain: frozenset[str]
    """Names that get a value here on every path."""


def cut(lines: Sequence[str], events: Container[str]) -> list[Section]:
    """Return the sections of a body: ordinary and costly ones by turns.

    ``events`` are the yes/no locals that tell of this month only, which are true of few households.
    """
    found: list[tuple[list[str], str]] = [([], "")]
    for block in _blocks(lines):
        header = block[0].strip()
        if header[3:-1] in events and sum(len(COSTLY.findall(line)) for line in block[1:]) >= FEWEST:
            found += [([line[4:] for line in block[1:]], header[3:-1]), ([], "")]
        else:
            found[-1][0].extend(block)
    return [_section(drawn_first(part), test) for part, test in found]


def drawn_first(lines: Sequence[str]) -> list[str]:
    """Return the lines with every draw once, at the top: vectorised code draws for all whatever the branch."""
    draws = {line.strip(): None for line in lines if "philox_units(" in line}
    return [*draws, *(line for line in lines if "philox_units(" not in line)]


def _blocks(lines: Sequence[str]) -> Iterable[list[str]]:
    """Yield each statement at the top with what is inside it; an ``if`` with an ``else`` stays whole."""
    block: list[str] = []
    for line in lines:
        if block and not line.startswith((" ", "else:")):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _section(lines: list[str], test: str) -> Section:
    reader = _Reader()
    certain = reader.read(ast.parse("\n".join(lines)).body, set())
    tested = {n.id for n in ast.walk(ast.parse(test)) if isinstance(n, ast.Name)}
    names = (tested, reader.exposed, reader.written, certain)
    return Section(tuple(lines), test, *(frozenset(some) for some in names))


class _Reader:
    """Reads statements: what they need from before, may write, and write for certain."""

    def __init__(self) -> None:
        self.exposed: set[str] = set()
        self.written: set[str] = set()

    def read(self, statements: Iterable[ast.stmt], known: set[str]) -> set[str]:
        """Return the names that have a value after these statements on every path."""
        for statement in statements:
            if isinstance(statement, ast.If):
                self._needs(statement.test, known)
                known = self.read(statement.body, set(known)) & self.read(statement.orelse, set(known))
            elif isinstance(statement, ast.Assign):
                self._needs(statement.value, known)
                names = {n.id for n in ast.walk(statement.targets[0]) if isinstance(n, ast.Name)}
                self.written |= names
                known = known | names
        return known

    def _needs(self, node: ast.expr, known: set[str]) -> None:
        self.exposed |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - known


def live_after(sections: Sequence[Section]) -> list[frozenset[str]]:
    """Return, for each section, the names whose value is needed after it."""
    after: list[frozenset[str]] = []
    live: frozenset[str] = frozenset()
    for section in reversed(sections):
        after.append(live)
        certain: frozenset[str] = frozenset() if section.test else section.certain
        live = section.tested | section.exposed | (live - certain)
    return after[::-1]


def kinds_of(lines: Iterable[str], known: dict[str, str]) -> dict[str, str]:
    """Return ``known`` and the kind of each name that lines give a value to: ``b`` for yes/no, else ``f``."""
    kinds = dict(known)
    for line in lines:
        text = line.strip()
        if " = " not in text or text.startswith(("if ", "#")):
            continue
        [statement] = ast.parse(text).body
        assert isinstance(statement, ast.Assign)
        for name in (n.id for n in ast.walk(statement.targets[0]) if isinstance(n, ast.Name)):
            kinds.setdefault(name, _kind(statement.value, kinds))
    return kinds


def _kind(node: ast.expr, kinds: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return kinds.get(node.id, "f")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pick":
        return _kind(node.args[1], kinds)
    if isinstance(node, ast.IfExp):
        return _kind(node.body, kinds)
    if isinstance(node, ast.Constant):
        return "b" if isinstance(node.value, bool) else "f"
    yes_no = isinstance(node, ast.Compare) or (
        isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr)
    )
    return "b" if yes_no or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)) else "f"
