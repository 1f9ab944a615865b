"""Tables' forms as small files: written when they are keyed, read again, personal data refused."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cashless_sim.analysis.workshop.form import Form, checked, distinct
from cashless_sim.analysis.workshop.menu import Menu
from cashless_sim.errors import BadValue, DataProblem, FileProblem
from cashless_sim.experiment.writing import told, whole, writable
from cashless_sim.present.local_form import PERSONAL

FORMS = Path("results", "workshop", "forms")
KEYS = ("table", "round", "choices")
ENDINGS = (".toml", ".csv")
EXPECTED = "a form of a table: .toml, .csv, or a folder of them"
ONLY = "table, round and choices: tables are scored, not persons"
NEXT = "take it out of the form"
SECRET = {
    "an ID number": re.compile(r"(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{6}(?!\d)"),
    "a phone number": re.compile(r"(?<![\d-])(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)"),
    "a customer code": re.compile(r"\bP[A-Z]\d{6,}", re.IGNORECASE),
}
"""What no line of a form may hold, not even a comment."""


def picked(text: str) -> tuple[int, ...]:
    """Return the numbers in ``1,4,7``, ``1 4 7`` or ``147``, one key a choice; raise `BadValue`."""
    if not re.fullmatch(r"[\d\s,;.]*", text.strip()):
        raise BadValue(what="keyed choices", value=text, expected="numbers of choices, as 1,4,7")
    return tuple(int(digit) for digit in text if digit.isdigit())


def kept(form: Form, menu: Menu, folder: str | Path = FORMS) -> tuple[Path, bool]:
    """Write a form, checked first; return its path and whether it replaces one. Raises as `checked`, `FileProblem`."""
    sound = checked(form, menu)
    path = writable(Path(folder)) / f"{sound.name}.toml"
    there = path.exists()
    choices = ", ".join(map(str, sound.choices))
    text = f"table = {sound.table}\nround = {sound.round}\nchoices = [{choices}]\n"
    whole(path, lambda part: _put(part, text))
    return path, there


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def read_forms(names: Sequence[str | Path], menu: Menu) -> tuple[Form, ...]:
    """Return the forms in files and folders, in order.

    Nothing is read from a file that seems to hold a name, a phone number, an ID or a customer code. Raises
    `FileProblem`, `DataProblem` with file and line, and as `checked` and `distinct` do.
    """
    found: list[Form] = []
    for path in _files(names):
        found += [checked(form, menu, path.name) for form in read_form(path)]
    return distinct(found)


def _files(names: Iterable[str | Path]) -> Iterator[Path]:
    for name in names:
        path = Path(name)
        inside = sorted(one for one in path.glob("*") if one.suffix in ENDINGS) if path.is_dir() else [path]
        if not inside:
            raise FileProblem(path=str(path), problem="there is no form in it", expected=EXPECTED)
        yield from inside


def read_form(path: Path) -> tuple[Form, ...]:
    """Return the forms of one file: one in TOML, a row each in CSV; raise `FileProblem` and as `read_forms`."""
    try:
        with told(path, EXPECTED):
            text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise FileProblem(path=str(path), problem="it is not UTF-8", expected=EXPECTED) from None
    _refuse_personal(text, path.name)
    rows = list(csv.DictReader(io.StringIO(text))) if path.suffix == ".csv" else [_table(text, path)]
    return tuple(_form(row, path.name) for row in rows)


def _refuse_personal(text: str, name: str) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in (*PERSONAL.items(), *SECRET.items()):
            if pattern.search(line):
                where = f"{name}:{number}"
                raise DataProblem(where=where, problem=f"the line looks like {what}", expected=ONLY, next=NEXT)


def _table(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileProblem(path=str(path), problem=f"it is no TOML ({error})", expected=EXPECTED) from None


def _form(row: dict[Any, Any], name: str) -> Form:
    for key in row:
        if key not in KEYS:
            problem = f"it says more than a form may: '{key or row[key]}'"
            raise DataProblem(where=name, problem=problem, expected=ONLY, next=NEXT)
    return Form(
        _whole("table", row.get("table"), name), _whole("round", row.get("round") or 1, name), _choices(row, name)
    )


def _whole(what: str, value: Any, name: str) -> int:
    """Return a whole number as a file has it; raise `BadValue` for any other text, as somebody's name."""
    plain = value.strip() if isinstance(value, str) else value
    if isinstance(plain, str) and plain.isascii() and plain.isdigit():
        return int(plain)
    if isinstance(plain, int) and not isinstance(plain, bool):
        return plain
    raise BadValue(where=name, what=what, value=value, expected="a whole number from 1 to 99")


def _choices(row: dict[Any, Any], name: str) -> tuple[int, ...]:
    given = row.get("choices")
    if isinstance(given, str):
        return picked(given)
    if not isinstance(given, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in given):
        raise BadValue(where=name, what="choices", value=given, expected="numbers of choices, as 1,4,7")
    return tuple(given)
