"""Official targets beside figures of the same statistic, never beside another."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.data import folder
from cashless_sim.errors import BadValue, DataProblem, FileProblem, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.units import month_number

FILE = "targets.csv"
TEXTS = ("decision", "indicator", "code", "geography", "date", "unit", "status", "key", "url", "note")
NUMBERS = ("value", "low", "high")
COLUMNS = ("decision", "indicator", "code", "geography", "date", *NUMBERS, "unit", "status", "key", "url", "note")
CODES = (*"ABCDEFG", "none")
STATUS = ("seen", "recalled")
NEXT = "correct it; data/README.md says what each column holds"


def targets(root: Path | None = None) -> pd.DataFrame:
    """Return the targets of decisions and plans: ``value`` in ``unit``, ``date`` YYYY-MM, ``code`` A to G or none.

    ``status`` says whether the figure was seen at its source or recalled. Raises `FileProblem`, `DataProblem`.
    """
    path = (root or folder()) / FILE
    return pd.DataFrame(list(_rows(path)), columns=list(COLUMNS))


def beside(runs: Runs, root: Path | None = None) -> pd.DataFrame:
    """Return the targets whose statistic the runs report, each with what the runs say in its month.

    One row a target and scenario: the target's columns, ``scenario``, ``n`` runs, their mean ``simulated`` and
    ``gap`` = simulated - value, in percentage points; months after the run's end have none. Only rows of the
    same code are joined; what is counted elsewhere (a country, another power company) keeps its ``geography``.
    """
    table = targets(root)
    percent = table[(table["unit"] == "percent") & (table["code"] != "none")]
    rows = runs.select(group="all", measure=list("ABCDEFG")).astype({"month": str, "measure": str, "scenario": str})
    found = rows.groupby(["scenario", "month", "measure"])["value"].agg(["mean", "size"]).reset_index()
    found = found.rename(columns={"measure": "code", "month": "date", "mean": "simulated", "size": "n"})
    joined = percent.merge(found, on=["code", "date"])
    joined["simulated"] *= 100
    return joined.assign(gap=joined["simulated"] - joined["value"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield each row of the file, checked; raise `DataProblem` with its line."""
    shown = f"data/{FILE}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise FileProblem(path=shown, problem="it cannot be read", expected="a table in CSV, UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    if tuple(_heads(reader)) != COLUMNS:
        problem, expected = "the header is not that of targets", ", ".join(COLUMNS)
        raise DataProblem(where=f"{shown}:1", problem=problem, expected=expected)
    for row in _each(reader, shown):
        where = f"{shown}:{reader.line_num}"
        if None in row or None in row.values():
            raise DataProblem(where=where, problem="cells are missing or too many", expected=f"{len(COLUMNS)} cells")
        yield _checked(row, where)


def _heads(reader: csv.DictReader[str]) -> Iterable[str]:
    """Return the headings of a table, none where it is no CSV."""
    try:
        return reader.fieldnames or ()
    except csv.Error:
        return ()


def _each(reader: csv.DictReader[str], shown: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; raise `DataProblem` where it is no CSV."""
    try:
        yield from reader
    except csv.Error as error:
        expected = "cells in CSV, quoted where they hold a comma"
        raise DataProblem(
            where=f"{shown}:{reader.line_num}", problem=str(error), expected=expected, next=NEXT
        ) from None


def _checked(row: dict[str, str], where: str) -> dict[str, Any]:
    for name, known in (("code", CODES), ("status", STATUS)):
        if row[name] not in known:
            near = nearest(row[name], known)
            problem, expected = f"{name} is '{row[name]}'", "one of " + ", ".join(known)
            raise DataProblem(where=where, problem=problem, expected=expected, near=near, next=NEXT)
    try:
        month_number(row["date"])
        low, value, high = (float(row[name]) for name in ("low", "value", "high"))
    except (BadValue, ValueError):
        problem = f"date, low, value, high are {row['date']}, {row['low']}, {row['value']}, {row['high']}"
        raise DataProblem(where=where, problem=problem, expected="YYYY-MM and three numbers", next=NEXT) from None
    most = 100.0 if row["unit"] == "percent" else math.inf
    if not 0 <= low <= value <= high <= most:
        problem = f"low, value, high are {low:g}, {value:g}, {high:g}"
        raise DataProblem(where=where, problem=problem, expected=f"numbers in order, 0 to {most:g}", next=NEXT)
    return {**{name: row[name] for name in TEXTS}, "low": low, "value": value, "high": high}
