"""On which line of a TOML text each key stands, which `tomllib` does not tell."""

from __future__ import annotations

import contextlib
import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'")
_LONG = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}", re.DOTALL)
_PLAIN = re.compile(r"[^,\]}#\n]*")


class _Lost(Exception):
    """The text is not TOML from here on."""


@dataclass
class Lines:
    """The line of each key path, and the first key given twice as ``(key, line, first line)``."""

    of: dict[KeyPath, int] = field(default_factory=dict)
    repeated: tuple[str, int, int] | None = None


def key_lines(text: str) -> Lines:
    """Return the lines of all keys of a TOML text; of a text that is not TOML, as far as it can be read."""
    scan = _Scan(text.replace("\r\n", "\n"))
    with contextlib.suppress(_Lost, RecursionError):
        scan.document()
    return scan.found


class _Scan:
    """One pass over a text, from key to key; values are skipped, not read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.ends = [found.start() for found in re.finditer("\n", text)]
        self.found = Lines()
        self.given: set[KeyPath] = set()
        self.counts: dict[KeyPath, int] = {}

    def document(self) -> None:
        """Read headers and key-value lines until the end."""
        table: KeyPath = ()
        self.skip(_GAP)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)
            self.skip(_GAP)

    def header(self) -> KeyPath:
        """Read ``[table]`` or ``[[table]]`` and return its path."""
        line, double = self.line(), self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        keys = self.key()
        self.take("]]" if double else "]")
        path = self.within((), keys[:-1], line)
        path = (*path, keys[-1])
        if not double:
            self.note(path, line)
            return (*path, self.counts[path] - 1) if path in self.counts else path
        self.found.of.setdefault(path, line)
        self.counts[path] = self.counts.get(path, 0) + 1
        path = (*path, self.counts[path] - 1)
        self.note(path, line)
        return path

    def pair(self, table: KeyPath) -> None:
        """Read ``key = value`` inside a table."""
        line, keys = self.line(), self.key()
        self.take("=")
        path = (*self.within(table, keys[:-1], line), keys[-1])
        self.note(path, line, known=True)
        self.skip(_BLANK)
        self.value(path)

    def within(self, table: KeyPath, keys: tuple[str, ...], line: int) -> KeyPath:
        """Return the path of keys below a table; in an array of tables, its last one."""
        path = table
        for key in keys:
            path = (*path, key)
            self.found.of.setdefault(path, line)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def note(self, path: KeyPath, line: int, known: bool = False) -> None:
        """Remember the line of a path, or that it is given for the second time."""
        before = path in self.given or (known and path in self.found.of)
        if before and self.found.repeated is None:
            self.found.repeated = (str(path[-1]), line, self.found.of[path])
        self.given.add(path)
        self.found.of.setdefault(path, line)

    def value(self, path: KeyPath) -> None:
        """Skip one value, noting the keys and items inside."""
        start = self.text[self.at : self.at + 1]
        if start == "[":
            self.array(path)
        elif start == "{":
            self.inline(path)
        elif self.text.startswith(('"""', "'''"), self.at):
            self.must(_LONG)
        elif start in ('"', "'"):
            self.must(_QUOTED)
        else:
            self.must(_PLAIN)

    def array(self, path: KeyPath) -> None:
        """Skip ``[a, b]``, noting the line of each item."""
        self.at += 1
        number = 0
        self.skip(_GAP)
        while not self.text.startswith("]", self.at):
            self.note((*path, number), self.line())
            self.value((*path, number))
            number += 1
            self.skip(_GAP)
            if not self.text.startswith("]", self.at):
                self.take(",")
                self.skip(_GAP)
        self.at += 1

    def inline(self, path: KeyPath) -> None:
        """Skip ``{a = 1, b = 2}``, noting the line of each key."""
        self.at += 1
        self.skip(_GAP)
        while not self.text.startswith("}", self.at):
            self.pair(path)
            self.skip(_GAP)
            if not self.text.startswith("}", self.at):
                self.take(",")
                self.skip(_GAP)
        self.at += 1

    def key(self) -> tuple[str, ...]:
        """Read ``a.b."c d"`` and return its parts."""
        parts = []
        while True:
            self.skip(_BLANK)
            quoted = self.text[self.at : self.at + 1] in ('"', "'")
            part = self.must(_QUOTED if quoted else _BARE)
            parts.append(_unquoted(part) if quoted else part)
            self.skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def take(self, sign: str) -> None:
        if not self.text.startswith(sign, self.at):
            raise _Lost
        self.at += len(sign)

    def skip(self, gap: re.Pattern[str]) -> None:
        found = gap.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def must(self, form: re.Pattern[str]) -> str:
        found = form.match(self.text, self.at)
        if not found or found.end() == self.at:
            raise _Lost
        self.at = found.end()
        return found[0]

    def line(self) -> int:
        return bisect_right(self.ends, self.at - 1) + 1 if self.at else 1


def _unquoted(text: str) -> str:
    try:
        return str(tomllib.loads(f"key = {text}")["key"])
    except tomllib.TOMLDecodeError:
        raise _Lost from None
