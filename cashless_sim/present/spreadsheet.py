"""A plan as a spreadsheet to fill in: labels in the reader's language, yellow cells, no macros; and back."""

from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from cashless_sim.errors import BadValue, FileProblem, UnknownKey, Unsupported, UserError, nearest
from cashless_sim.experiment.writing import whole
from cashless_sim.model.settings import SHOCKS, UTILITIES
from cashless_sim.present.locale.sentences import knows, say
from cashless_sim.rules.campaigns import CHANNELS, SEEDINGS, SPONSORS
from cashless_sim.scenario.marked import mark_all
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.scenario.schema import CampaignTable, ClosureTable, ShockTable
from cashless_sim.scenario.trust import refuse_code

LISTS: Mapping[str, Any] = {"campaigns": CampaignTable, "closures": ClosureTable, "shocks": ShockTable}
SHEET = "plan"
SCALARS = ("base", "title", "title_vi", "question", "question_vi", "start", "end", "households")
CHOICES = {
    "channel": tuple(CHANNELS),
    "sponsor": SPONSORS,
    "runner": SPONSORS,
    "seeding": SEEDINGS,
    "kind": SHOCKS,
    "utility": UTILITIES,
}
BLANK_ROWS = 20
MOST_ROWS, MOST_COLUMNS = 10_000, 200
FIRST_ROW = 2
EPOCH = datetime.datetime(2000, 1, 1)
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""Text is text: a note that begins with ``=`` is no formula."""
YELLOW, GREY = "#FFF2A8", "#808080"


def to_sheet(scenario: Scenario, base: Scenario, file: str | Path, tongue: str) -> Path:
    """Write a scenario as an .xlsx file in which cells to fill in are yellow; return its path.

    What is not in the sheets (rules, regulation, switches) is that of ``base``. Raises `Unsupported` when
    the scenario differs from it there, or a library is missing, and `FileProblem`.
    """
    if _with_lists(base, scenario).hash != scenario.hash:
        why = f"it differs from '{base.name}' in what a spreadsheet does not hold (rules, regulation, switches)"
        raise Unsupported(what=f"a spreadsheet of '{scenario.name}'", why=why, next="name its own base with --base")
    path = Path(file)
    whole(path, lambda part: _write(scenario, base, part, tongue))
    return path


def from_sheet(file: str | Path, base: Scenario | None = None, *, allow_code: bool | None = None) -> Scenario:
    """Return the scenario that an .xlsx file of `to_sheet` describes; ``base`` wins over the one that it names.

    One that names code from outside is refused unless ``allow_code``, as a scenario file is.
    Raises `FileProblem`, `UnknownKey`, `BadValue` and what a scenario raises, each with file, sheet and row.
    """
    book, name = _open(file), Path(file).name
    facts = {str(row[2]): row[1] for row in book[SHEET].iter_rows(values_only=True) if len(row) > 2 and row[2]}
    for key in facts:
        if key not in SCALARS:
            raise UnknownKey(where=name, key=key, expected=", ".join(SCALARS), near=nearest(key, SCALARS))
    start_from = base or Scenario.load(str(facts.get("base") or "hung-yen"), allow_code=allow_code)
    changes: dict[str, Any] = {
        key: str(facts[key]) for key in ("title", "title_vi", "question", "question_vi") if facts.get(key)
    }
    changes |= {key: _month(facts[key]) for key in ("start", "end") if facts.get(key)}
    households = facts.get("households")
    changes["households"] = None if households in (None, "all") else _number(households, name, "households", True)
    for kind, table in LISTS.items():
        rows = list(_rows(book[kind], table, f"{name}: {kind}")) if kind in book.sheetnames else []
        for where, row in rows:
            refuse_code(mark_all(row, where), allow_code)
        changes[kind] = [row for _, row in rows]
    try:
        return start_from.with_(changes, name=Path(file).stem)
    except UserError as error:
        inside = str(error.facts.get("where", "")).removeprefix("with_")
        raise type(error)(**{**error.facts, "where": f"{name} {inside}".strip()}) from None


def _with_lists(base: Scenario, scenario: Scenario) -> Scenario:
    """Return the base with all that the sheets hold of another scenario."""
    recipe = scenario.recipe
    lists = {kind: _plain(getattr(recipe, kind)) for kind in LISTS}
    return base.with_(lists, start=recipe.time.start, end=recipe.time.end, households=recipe.place.households)


def _plain(tables: Sequence[Any]) -> list[dict[str, Any]]:
    """Return tables of a recipe as a file has them: without what is not said."""
    return [{k: v for k, v in one.model_dump(mode="json").items() if v not in (None, [], {}, "")} for one in tables]


# -- writing ---------------------------------------------------------------------------------------------------------
def _write(scenario: Scenario, base: Scenario, path: Path, tongue: str) -> None:
    held = io.BytesIO()
    book = _library("xlsxwriter").Workbook(held, PLAIN)
    book.set_properties({"created": EPOCH})
    look = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "key": book.add_format({"font_color": GREY, "font_size": 8}),
        "cell": book.add_format({"bg_color": YELLOW, "border": 1, "border_color": "#D0D0D0"}),
        "text": book.add_format({"bg_color": YELLOW, "border": 1, "border_color": "#D0D0D0", "num_format": "@"}),
    }
    recipe = scenario.recipe
    facts = {
        "base": base.name,
        **{key: getattr(recipe, key) for key in ("title", "title_vi", "question", "question_vi")},
        "start": recipe.time.start,
        "end": recipe.time.end,
        "households": recipe.place.households or "all",
    }
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    for row, (key, value) in enumerate(facts.items()):
        sheet.write(row, 0, _label(key, tongue), look["head"])
        sheet.write(row, 1, value, look["cell" if isinstance(value, int) else "text"])
        sheet.write(row, 2, key, look["key"])
    sheet.write(len(facts) + 1, 0, say("sheet.how", tongue), look["head"])
    for kind, table in LISTS.items():
        _list(book, kind, table, _plain(getattr(recipe, kind)), look, tongue)
    book.close()
    path.write_bytes(held.getvalue())


def _list(book: Any, kind: str, table: Any, rows: Sequence[Mapping[str, Any]], look: Any, tongue: str) -> None:
    """Write one sheet: labels, keys in grey, a row for each item, and empty ones to fill in."""
    sheet = book.add_worksheet(kind)
    sheet.freeze_panes(FIRST_ROW, 1)
    last = FIRST_ROW + len(rows) + BLANK_ROWS - 1
    for column, key in enumerate(table.model_fields):
        sheet.set_column(column, column, 30 if key in ("name", "note", "target", "districts") else 16)
        sheet.write(0, column, _label(key, tongue), look["head"])
        sheet.write(1, column, key, look["key"])
        for row in range(FIRST_ROW, last + 1):
            value = rows[row - FIRST_ROW].get(key) if row < FIRST_ROW + len(rows) else None
            numeric = isinstance(value, int | float) or (value is None and _is_number(table, key))
            cell = look["cell" if numeric else "text"]
            sheet.write(row, column, None if value is None else _shown(value), cell)
        if key in CHOICES:
            _choose(book, sheet, key, (FIRST_ROW, column, last, column))


def _choose(book: Any, sheet: Any, key: str, area: tuple[int, int, int, int]) -> None:
    """Offer the known names in a list, kept in a hidden sheet as they may be too many for a cell."""
    name = f"list_{key}"
    if book.get_worksheet_by_name(name) is None:
        hidden = book.add_worksheet(name)
        hidden.write_column(0, 0, CHOICES[key])
        hidden.hide()
    source = f"={name}!$A$1:$A${len(CHOICES[key])}"
    sheet.data_validation(*area, {"validate": "list", "source": source, "error_type": "warning"})


def _shown(value: Any) -> Any:
    """Return a value as a cell holds it: lists apart by semicolons, tables as JSON."""
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def _label(key: str, tongue: str) -> str:
    return say(f"sheet.{key}", tongue) if knows(f"sheet.{key}") else key


# -- reading ---------------------------------------------------------------------------------------------------------
def _open(file: str | Path) -> Any:
    """Return the workbook; raise `FileProblem`."""
    expected = "a spreadsheet (.xlsx) made by cashless-sim scenario to-xlsx"
    library = _library("openpyxl")
    try:
        book = library.load_workbook(io.BytesIO(Path(file).read_bytes()), read_only=False, data_only=True)
    except OSError as error:
        raise FileProblem(path=str(file), problem=str(error.strerror or error), expected=expected) from None
    except Exception as error:  # whatever the library says of a file that is none
        said = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise FileProblem(path=str(file), problem=f"it is no spreadsheet ({said})", expected=expected) from None
    if SHEET not in book.sheetnames:
        raise FileProblem(path=str(file), problem=f"it has no sheet '{SHEET}'", expected=expected)
    refuse_vast(book, Path(file))
    return book


def refuse_vast(book: Any, file: Path) -> None:
    """Raise `FileProblem` for a sheet with cells so far out that reading up to them would take hours."""
    for sheet in book.worksheets:
        if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
            problem = f"its sheet '{sheet.title}' is of {sheet.max_row} rows and {sheet.max_column} columns"
            expected = f"at most {MOST_ROWS} rows and {MOST_COLUMNS} columns"
            raise FileProblem(path=str(file), problem=problem, expected=expected, next="take out the cells far away")


def _rows(sheet: Any, table: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each filled row as a table of a scenario, after the words that say where it stands."""
    cells = list(sheet.iter_rows(values_only=True))
    keys = [str(key) for key in (cells[1] if len(cells) > 1 else ()) if key is not None]
    for key in keys:
        if key not in table.model_fields:
            known = list(table.model_fields)
            raise UnknownKey(where=where, key=key, expected=", ".join(known), near=nearest(key, known))
    for number, row in enumerate(cells[FIRST_ROW:], FIRST_ROW + 1):
        given = {key: value for key, value in zip(keys, row, strict=False) if value not in (None, "")}
        here = f"{where}, row {number}"
        if given:
            yield here, {key: _value(table, key, value, here) for key, value in given.items()}


def _value(table: Any, key: str, value: Any, where: str) -> Any:
    kinds = _kinds(table, key)
    if key in ("start", "end"):
        return _month(value)
    if "array" in kinds and "number" not in kinds:
        parts = [part.strip() for part in str(value).split(";") if part.strip()]
        return [_number(part, where, key, True) for part in parts] if key == "months" else parts
    if "object" in kinds or str(value).lstrip().startswith("{"):
        try:
            return json.loads(str(value))
        except (ValueError, RecursionError):
            raise BadValue(where=where, what=key, value=value, expected="a table in JSON") from None
    return _number(value, where, key, "integer" in kinds) if _is_number(table, key) else str(value)


def _number(value: Any, where: str, key: str, counted: bool) -> int | float:
    """Return a number, whole where a whole one is asked for; raise `BadValue` for text with dots of thousands."""
    held = value
    if isinstance(value, str) and value.strip().replace("-", "", 1).replace(".", "", 1).isdigit():
        held = float(value)
    plain = isinstance(held, int | float) and not isinstance(held, bool) and abs(held) <= sys.float_info.max
    if not plain or (counted and held != int(held)):
        kind = "a whole number" if counted else "a number"
        raise BadValue(where=where, what=key, value=value, expected=f"{kind}, without marks between thousands")
    return int(held) if counted else float(held)


def _month(value: Any) -> str:
    """Return a month as YYYY-MM, also where the spreadsheet made a date of it."""
    return value.strftime("%Y-%m") if isinstance(value, datetime.date) else str(value).strip()


def _kinds(table: Any, key: str) -> set[str]:
    """Return the JSON types that a field may have."""
    field = _fields(table)[key]
    return {str(one.get("type")) for one in (field, *field.get("anyOf", ()))}


@lru_cache(maxsize=8)
def _fields(table: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = table.model_json_schema()["properties"]
    return found


def _is_number(table: Any, key: str) -> bool:
    return bool(_kinds(table, key) & {"number", "integer"})


def _library(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise Unsupported(what="a spreadsheet", why=f"{name} is not installed (pip install {name})") from None
