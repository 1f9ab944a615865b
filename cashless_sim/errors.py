"""What can go wrong, as a tree; sentences for readers live in `present/locale`.

CashlessError
├── UserError                 the user can mend it: exit code 2
│   ├── FileProblem           missing, a folder, not TOML, not UTF-8, cannot be written
│   ├── UnknownKey            a key that no one reads, with "did you mean"
│   ├── DuplicateKey
│   ├── BadValue              wrong type, out of range, not a number
│   ├── UnknownName           a place, rule, channel, column or method that is not there
│   ├── DataProblem           a data file with a missing column, wrong unit, value out of range
│   ├── RuleProblem           a rule that writes another's column, uses unkeyed luck, …
│   └── Unsupported           something Mesa offers that a model kept in columns cannot honour
├── StreamCollision           two purposes would share the same luck
└── BrokenLaw                 something that must hold in every month does not: a fault of the model

Each carries a `code` and its facts as keyword arguments, so the edge can say it in any language; `str()`
says it in English in one line: what, where, what was expected, what next.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Any


class CashlessError(Exception):
    """Base of every error this package raises on purpose."""

    code = "error"
    template = "{message}"

    def __init__(self, **facts: Any) -> None:
        """Keep the facts; the sentence is made when it is shown."""
        self.facts = facts
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """Return the English sentence, in one line."""
        shown = {name: value for name, value in self.facts.items() if value is not None or name == "value"}
        where = f"{shown['where']}: " if "where" in shown else ""
        text = where + self.template.format_map(_Gaps(shown))
        if shown.get("near"):
            text += f"; did you mean '{shown['near']}'?"
        if shown.get("next"):
            text += f"; {shown['next']}"
        return " ".join(text.split())

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the trip from a worker process."""
        return (_rebuild, (type(self), self.facts))


class _Gaps(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return f"<{name}>"


def _rebuild(kind: type[CashlessError], facts: dict[str, Any]) -> CashlessError:
    return kind(**facts)


class UserError(CashlessError):
    """Something the user can mend; the command line exits with 2."""

    code = "user"


class FileProblem(UserError):
    """A file or folder that cannot be used."""

    code = "file"
    template = "{path}: {problem}; expected {expected}"


class UnknownKey(UserError):
    """A key that nothing reads."""

    code = "unknown-key"
    template = "unknown key '{key}'; expected one of {expected}"


class DuplicateKey(UserError):
    """A key given twice."""

    code = "duplicate-key"
    template = "key '{key}' is given twice; expected it once"


class BadValue(UserError):
    """A value of the wrong type or outside its range."""

    code = "bad-value"
    template = "{what} is {value!r}; expected {expected}"


class UnknownName(UserError):
    """A name that is not there."""

    code = "unknown-name"
    template = "no {what} named '{name}'; expected one of {expected}"


class DataProblem(UserError):
    """A data file that does not hold what its dictionary says."""

    code = "data"
    template = "{problem}; expected {expected}"


class RuleProblem(UserError):
    """A rule that breaks the rules of rules."""

    code = "rule"
    template = "rule {rule}: {problem}; expected {expected}"


class Unsupported(UserError):
    """Something that Mesa offers and a model kept in columns cannot honour."""

    code = "unsupported"
    template = "{what} is not possible: {why}"


class StreamCollision(CashlessError):
    """Two purposes hash to the same stream."""

    code = "stream-collision"
    template = "the draws '{first}' and '{second}' would share their luck; rename one of them"


class BrokenLaw(CashlessError):
    """Bills, money, households or credits do not add up."""

    code = "broken-law"
    template = "in {month}, {what} do not agree: {left} and {right}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name``, reading with and without diacritics, or None."""
    plain = {_plain(k): k for k in known}
    found = difflib.get_close_matches(_plain(name), list(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()
