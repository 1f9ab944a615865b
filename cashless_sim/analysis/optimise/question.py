"""A question of where to spend, read from a file in TOML with unit costs from the user's own table."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import cashless_sim.analysis.optimise.kinds as kinds
from cashless_sim.analysis.optimise.problem import Cell, Line, Offer, Problem
from cashless_sim.data import folder
from cashless_sim.errors import BadValue, DataProblem, FileProblem, UnknownKey, UserError, nearest
from cashless_sim.units import month_number

OFFER = tuple(f.name for f in fields(Offer))
LINE = tuple(f.name for f in fields(Line))
TOP = (
    *("title", "title_vi", "question", "question_vi", "base", "households"),
    *("offers", "lines", "judged", "measure", "floors", "max_gap", "gap_over", "fix", "evenings"),
    *("risk", "tail", "target", "incumbent"),
)
COSTS = ("channel", "cost")


@dataclass(frozen=True)
class Question:
    """A problem, the scenario that it starts from, households of a run, and the plan held now, if it is given."""

    problem: Problem
    base: Path
    households: int
    incumbent: Mapping[str, float] | None
    title: str
    title_vi: str

    def held(self, places: Sequence[str]) -> Mapping[Cell, float] | None:
        """Return the incumbent's doses by cell; raise `UnknownName`."""
        if self.incumbent is None:
            return None
        asked = replace(self.problem, fix=self.incumbent).fixed(places)
        return {cell: dose for _, cells, dose in asked for cell in cells}


def question(file: str | Path, costs: str | Path | None = None) -> Question:
    """Return the question in a file, or in a shipped one by name; ``costs`` is a CSV of channel and VND a contact.

    Raises `FileProblem`, `UnknownKey`, `DataProblem`, `BadValue`, and what `Problem` raises, each with the file.
    """
    path = _found(Path(file))
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileProblem(path=str(file), problem=f"it is not TOML ({error})", expected="TOML, text in UTF-8") from None
    _keys(tables, TOP, path.name)
    kinds.refuse_kinds(tables, kinds.TOP, path.name)
    try:
        asked = _problem(tables, path.name)
        asked = asked if costs is None else asked.priced(unit_costs(costs))
    except UserError as error:
        raise type(error)(**{"where": path.name, **error.facts}) from None
    households = tables.get("households", 20_000)
    if isinstance(households, bool) or not isinstance(households, int) or households < 1:
        raise BadValue(where=path.name, what="households", value=households, expected="a whole number above 0")
    title = str(tables.get("title", path.stem))
    base = path.parent / str(tables.get("base", "01-nen.toml"))
    return Question(asked, base, households, tables.get("incumbent"), title, str(tables.get("title_vi", title)))


def unit_costs(file: str | Path) -> dict[str, float]:
    """Return VND a contact by channel from a CSV (UTF-8) with columns channel, cost.

    Raises `FileProblem`, `DataProblem`.
    """
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        expected = "a CSV file, UTF-8, with columns channel, cost"
        raise FileProblem(path=str(file), problem="it cannot be read", expected=expected) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not set(COSTS) <= set(reader.fieldnames or ()):
        raise DataProblem(where=f"{file}:1", problem="a column is missing", expected="columns channel, cost")
    found: dict[str, float] = {}
    for row in reader:
        where = f"{file}:{reader.line_num}"
        try:
            cost = float(row["cost"])
        except (TypeError, ValueError):
            raise DataProblem(where=where, problem=f"cost is '{row['cost']}'", expected="VND, 0 or more") from None
        if row["channel"] in found or not 0 <= cost < float("inf"):
            raise DataProblem(
                where=where, problem=f"{row['channel']}: {row['cost']}", expected="each channel once, VND"
            )
        found[row["channel"]] = cost
    return found


def _found(path: Path) -> Path:
    """Return the file, or the shipped question of that name; raise `FileProblem`."""
    if path.is_file():
        return path
    shipped = {p.stem: p for p in sorted((folder() / "scenarios" / "plans" / "budgets").glob("*.toml"))}
    if path.stem in shipped and path.parent == Path():
        return shipped[path.stem]
    expected = f"a file in TOML, or one that is shipped: {', '.join(shipped)}"
    near = nearest(path.stem, shipped)
    raise FileProblem(path=str(path), problem="it is not there", expected=expected, near=near)


def _problem(tables: Mapping[str, Any], shown: str) -> Problem:
    offers = tuple(Offer(**_table(row, OFFER, shown, kinds.OFFER)) for row in tables.get("offers", ()))
    lines = tuple(Line(**_table(row, LINE, shown, kinds.LINE)) for row in tables.get("lines", ()))
    given = {f.name: tables[f.name] for f in fields(Problem) if f.name in tables}
    if "judged" not in given:
        raise BadValue(what="judged", value=None, expected="a month as YYYY-MM")
    if "evenings" in given:
        given["evenings"] = {int(year): float(count) for year, count in given["evenings"].items()}
    return Problem(**{**given, "offers": offers, "lines": lines})


def _table(row: Mapping[str, Any], keys: Sequence[str], shown: str, known: Mapping[str, kinds.Kind]) -> dict[str, Any]:
    name = str(row.get("name", "?"))
    _keys(row, keys, f"{shown}: '{name}'")
    kinds.refuse_kinds(row, known, f"{shown}: '{name}'")
    made = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    for key in ("start", "end"):
        if key in keys:
            made[key] = month_number(str(row.get(key)))
    for key in ("name", "channel", "sponsor", "amount", "uses", "year"):
        if key in keys and key not in made:
            raise BadValue(where=f"{shown}: '{name}'", what=key, value=None, expected="to be given")
    return made


def _keys(table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise UnknownKey(where=where, key=key, expected=", ".join(known), near=nearest(key, known))
