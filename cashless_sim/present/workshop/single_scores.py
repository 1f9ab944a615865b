"""Scores of single choices as a table that is made once and printed, for a workshop without a computer."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.analysis.workshop.menu import Menu, shipped
from cashless_sim.errors import BadValue, DataProblem, FileProblem
from cashless_sim.experiment.writing import told, whole, writable

NAME = "singles.csv"
POINT = 100
"""Households that one point on paper stands for."""
SCORED = ("gain", "low80", "high80", "spent", "helped", "helped_low80", "helped_high80")
COLUMNS = ("number", "name", "chips", *SCORED, "judged", "households", "draws", "seed", "fitted")
WHAT, NEXT = "the table of single choices", "cashless-sim workshop singles makes it"


@dataclass(frozen=True)
class Singles:
    """What each choice alone adds, by its number, and how many households, draws and which seed it is from."""

    rows: Mapping[int, Mapping[str, float]]
    households: int
    draws: int
    seed: int


def write_singles(
    scores: pd.DataFrame, menu: Menu, path: Path, households: int, draws: int, seed: int, fitted: bool
) -> Path:
    """Write the scores of single choices, whole or not at all; return the path. Raises `FileProblem`."""
    found = scores.sort_values("table", ignore_index=True)
    facts: dict[str, Any] = {
        "judged": menu.judged,
        "households": households,
        "draws": draws,
        "seed": seed,
        "fitted": fitted,
    }
    made = found[list(SCORED)].round(0).astype(int, errors="ignore").assign(number=found["table"], **facts)
    made["name"] = [menu.by_number[number].name for number in made["number"]]
    made["chips"] = [menu.by_number[number].chips for number in made["number"]]
    writable(path.parent)
    whole(path, partial(_put, made[list(COLUMNS)]))
    return path


def _put(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def read_singles(menu: Menu, file: str | Path | None = None) -> Singles:
    """Return the scores of single choices, shipped ones if no file is named.

    Raises `FileProblem`, and `DataProblem` when they are not of these choices or hold no number.
    """
    path = Path(file) if file is not None else shipped().with_name(NAME)
    with told(path, WHAT):
        if not path.is_file():
            problem, expected = "it is not there", "one, made for these choices"
            raise FileProblem(path=str(path), problem=problem, expected=expected, next=NEXT)
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    known = [(str(one.number), one.name, str(one.chips), menu.judged) for one in menu.choices]
    if [tuple(row.get(key) for key in ("number", "name", "chips", "judged")) for row in rows] != known:
        problem, expected = "it was made for other choices", "one, made for these choices"
        raise DataProblem(where=path.name, problem=problem, expected=expected, next=NEXT)
    scored = {int(row["number"]): {key: _number(row, key, path.name) for key in SCORED} for row in rows}
    sizes = [int(_number(rows[0], key, path.name)) for key in ("households", "draws", "seed")]
    return Singles(scored, *sizes)


def _number(row: Mapping[str, Any], key: str, where: str) -> float:
    try:
        value = float(row[key])
    except (KeyError, TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise BadValue(where=where, what=f"key '{key}'", value=row.get(key), expected="a number")
    return value
