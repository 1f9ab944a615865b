"""Tables in CSV files, each cell as a dictionary of columns says."""

from __future__ import annotations

import csv
import io
import math
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from cashless_sim.errors import DataProblem, FileProblem, nearest

NEXT = "correct it; data/README.md says what each column holds"
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

Row = dict[str, Any]
Check = Callable[[Row], tuple[str, str] | None]


@dataclass(frozen=True)
class Field:
    """One column of a table, as ``data/dictionary.csv`` describes it."""

    name: str
    kind: str
    optional: bool
    allowed: tuple[str, ...]
    low: float
    high: float


def dictionary(path: Path) -> dict[str, tuple[Field, ...]]:
    """Return the fields of each table that a dictionary describes, by the stem of the table's file."""
    tables: dict[str, tuple[Field, ...]] = {}
    for row in csv.DictReader(read(path).splitlines()):
        low, high = float(row["low"] or "-inf"), float(row["high"] or "inf")
        allowed = tuple(row["allowed"].split("|")) if row["allowed"] else ()
        field = Field(row["column"], row["kind"], row["optional"] == "yes", allowed, low, high)
        tables[row["table"]] = (*tables.get(row["table"], ()), field)
    return tables


def table_of(
    path: Path, fields: tuple[Field, ...], unique: tuple[str, ...], check: Check | None = None
) -> pd.DataFrame:
    """Return a CSV file as a frame, each cell as its field says and each row checked; raise `DataProblem`.

    ``unique`` are the columns that no two rows share; ``check`` returns what is wrong with a row, and what is expected.
    """
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, raw in _records(path, fields):
        where = f"{shown(path)}:{line}"
        rows.append({f.name: _cell(where, f, raw[f.name].strip()) for f in fields})
        if (first := seen.setdefault(tuple(raw[n] for n in unique), line)) != line:
            refuse(where, f"the row repeats line {first}", f"one row for each {', '.join(unique)}")
        if check and (found := check(rows[-1])):
            refuse(where, *found)
    return pd.DataFrame(rows, columns=[f.name for f in fields])


def _records(path: Path, fields: tuple[Field, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells of each row, refusing a wrong header or a ragged row."""
    reader = csv.reader(io.StringIO(read(path), newline=""), strict=True)
    try:
        header, names = next(reader, []), [f.name for f in fields]
    except csv.Error as error:
        refuse(f"{shown(path)}:1", str(error), "a header in CSV")
    wrong = {name: "missing" for name in names if name not in header}
    wrong |= {name: "unknown" for name in header if name not in names}
    wrong |= {name: "there twice" for name in names if header.count(name) > 1}
    for name, what in wrong.items():
        expected = f"the columns {', '.join(names)}"
        refuse(f"{shown(path)}:1", f"column '{name}' is {what}", expected)
    line = reader.line_num + 1
    try:
        for cells in reader:
            if len(cells) != len(header):
                refuse(f"{shown(path)}:{line}", f"{len(cells)} cells", f"{len(header)}, as in the header")
            yield line, dict(zip(header, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        refuse(f"{shown(path)}:{line}", str(error), "cells in CSV, quoted where they hold a comma")


def _cell(where: str, field: Field, text: str) -> Any:
    """Return one cell as its kind asks: text, float (NaN if empty), or int."""
    if not text and field.optional:
        return math.nan if field.kind in ("number", "whole") else ""
    if field.kind == "choice" and text not in field.allowed:
        expected = "one of " + ", ".join(field.allowed)
        refuse(where, f"{field.name} is '{text}'", expected, nearest(text, field.allowed))
    if field.kind == "date" and not _DATE.fullmatch(text):
        refuse(where, f"{field.name} is '{text}'", "a date as YYYY, YYYY-MM or YYYY-MM-DD")
    if field.kind in ("number", "whole"):
        return _number(where, field, text)
    if not text:
        refuse(where, f"{field.name} is empty", "a text")
    return text


def _number(where: str, field: Field, text: str) -> float | int:
    try:
        value = int(text) if field.kind == "whole" else float(text)
    except ValueError:
        value = math.nan
    if not (abs(value) <= sys.float_info.max and field.low <= value <= field.high):
        kind = "whole number" if field.kind == "whole" else "number"
        refuse(where, f"{field.name} is '{text}'", f"a {kind} from {field.low:g} to {field.high:g}")
    return value


def read(path: Path) -> str:
    """Return the text of a file, without a byte-order mark; raise `FileProblem`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem, expected = "it is not UTF-8", "text in UTF-8"
    except OSError as error:
        problem, expected = str(error.strerror), "a file that can be read"
    raise FileProblem(path=shown(path), problem=problem, expected=expected, next=NEXT)


def shown(path: Path) -> str:
    """Return the last parts of a path, enough to find the file."""
    parts = path.parts
    start = max((i for i, part in enumerate(parts) if part in ("data", "_shipped")), default=0)
    return "/".join(parts[start:]) if start else str(path)


def refuse(where: str, problem: str, expected: str, near: str | None = None) -> NoReturn:
    """Raise `DataProblem` for what stands at ``where`` (file:line)."""
    raise DataProblem(where=where, problem=problem, expected=expected, near=near, next=NEXT)
