"""A TOML file, with all that it extends, becomes one table whose values know their lines."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from cashless_sim.data import scenario_path
from cashless_sim.errors import BadValue, DuplicateKey, FileProblem, UnknownName
from cashless_sim.scenario.lines import key_lines
from cashless_sim.scenario.marked import Marked, Written, extended, mark

EXPECTED = "a scenario in TOML, text in UTF-8"
SPOKEN = (("title", "title_vi"), ("question", "question_vi"))
"""Keys that say one thing in two languages."""
GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(\1\d{3})*")
"""Thousands set apart as people write them: 5.000, 1,200,000."""


@dataclass(frozen=True)
class Source:
    """A text, how messages call it, and the folder in which it looks for what it extends."""

    text: str
    shown: str
    path: Path | None = None


def open_source(name: str | Path, folder: Path | None = None) -> Source:
    """Return the text of a file, or of a shipped scenario by name; raise `FileProblem`."""
    path, shown = (folder or Path()) / name, str(name)
    try:
        if not path.is_file() and not _is_path(shown):
            path, shown = _shipped(shown)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        is_folder = isinstance(error, IsADirectoryError) or os.path.isdir(path)
        problem = "it is a folder" if is_folder else "it is not there"
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError) and not is_folder:
            problem = str(error.strerror).lower()
        raise FileProblem(path=shown, problem=problem, expected="a scenario file in TOML") from None
    try:
        return Source(content.decode("utf-8-sig"), shown, path.resolve())
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileProblem(path=f"{shown}:{line}", problem="it is not UTF-8", expected=EXPECTED) from None


def read(source: Source, above: tuple[Path, ...] = ()) -> Marked:
    """Return the tables of a source, written over what it extends.

    Words in one language are not inherited beside own words in the other. Raises `FileProblem`,
    `DuplicateKey` or `BadValue`.
    """
    own = tables(source)
    wish = own.value.pop("extends", None)
    if wish is None:
        return extended(Marked({}, own.where), own)
    if not isinstance(wish.value, str):
        raise BadValue(where=wish.where, what="extends", value=wish.value, expected="the name of a file")
    try:
        base = open_source(wish.value, source.path.parent if source.path else None)
    except FileProblem as error:
        raise FileProblem(where=wish.where, **error.facts) from None
    path = source.path or Path()
    if base.path in (*above, path):
        expected = "a file that does not lead back to this one"
        raise BadValue(where=wish.where, what="extends", value=wish.value, expected=expected)
    return extended(_silenced(read(base, (*above, path)), own), own)


def _silenced(base: Marked, own: Marked) -> Marked:
    """Return the tables to extend without the words that ``own`` says in one language only."""
    gone = {key for pair in SPOKEN for key in pair if key not in own.value and set(pair) & set(own.value)}
    return Marked({key: inner for key, inner in base.value.items() if key not in gone}, base.where)


def ungrouped(digits: str) -> str | None:
    """Return how to write a whole number whose thousands are set apart, as advice; None for another text."""
    if not GROUPED.fullmatch(digits.strip()):
        return None
    parts = re.split(r"[.,]", digits.strip())
    return f"in TOML write {'_'.join(parts)} or {''.join(parts)}"


def tables(source: Source) -> Marked:
    """Return one text's tables; raise `FileProblem` or `DuplicateKey`."""
    try:
        parsed = tomllib.loads(source.text, parse_float=Written)
    except (ValueError, RecursionError) as error:
        raise _refusal(source, error) from None
    return mark(parsed, key_lines(source.text), source.shown)


def _refusal(source: Source, error: Exception) -> FileProblem | DuplicateKey:
    """Return what is wrong with a text that tomllib does not take."""
    repeated = key_lines(source.text).repeated
    if repeated and re.match(r"Cannot (overwrite|declare|mutate|redefine)|Duplicate", str(error)):
        key, line, first = repeated
        return DuplicateKey(where=f"{source.shown}:{line}", key=key, next=f"it stands first on line {first}; keep one")
    found = re.search(r"line (\d+)", str(error))
    line = int(found[1]) if found else source.text.rstrip().count("\n") + 1
    said = re.sub(r" \(at .*\)$", "", str(error)).replace("\n", " ") or type(error).__name__
    lines = source.text.splitlines()
    value = re.search(r"=\s*([\d.,]+)\s*(#.*)?$", lines[line - 1] if line <= len(lines) else "")
    advice = ungrouped(value[1]) if value else None
    return FileProblem(
        path=f"{source.shown}:{line}", problem=f"it is not TOML ({said})", expected=EXPECTED, next=advice
    )


def _is_path(name: str) -> bool:
    """Whether a name is meant as a file or folder rather than as a shipped scenario."""
    return "/" in name or "\\" in name or (Path(name).exists() and not _ships(name))


def _ships(name: str) -> bool:
    try:
        return bool(scenario_path(name))
    except UnknownName:
        return False


def _shipped(name: str) -> tuple[Path, str]:
    try:
        path = scenario_path(name)
    except UnknownName as error:
        raise FileProblem(
            path=name,
            problem="it is not there",
            expected=f"a scenario file, or one that is shipped: {error.facts['expected']}",
            near=error.facts.get("near"),
        ) from None
    return path, path.name
