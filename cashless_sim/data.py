"""The tables that ship with the package: where they lie, what they must hold, one reader a file."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from cashless_sim.errors import BadValue, DataProblem, FileProblem, UnknownName, nearest

USES = ("fit", "hold-out", "other")
SPLITS = ("fit", "check", "planning")
SHARES = ("share", "share of adults", "share of households", "probability", "accuracy", "AUC", "MAPE")
NEXT = "correct it; data/README.md says what each column holds"
_HERE = Path(__file__).resolve().parent
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


@dataclass(frozen=True)
class Place:
    """A place whose households can be built: its facts, its districts and its marginals.

    ``households`` and ``population`` are counts at ``date``; ``geography`` is its name in
    `reported_rates`; ``districts`` and ``marginals`` are what the readers of those names return.
    """

    name: str
    title: str
    title_en: str
    geography: str
    level: str
    date: str
    households: int
    population: int
    source: str
    status: str
    note: str
    districts: pd.DataFrame
    marginals: pd.DataFrame


_PLACE_KEYS: dict[str, type] = {
    **dict.fromkeys(("title", "title_en", "geography", "level", "date", "source", "status", "note"), str),
    **dict.fromkeys(("households", "population"), int),
}


def folder() -> Path:
    """Return the folder of the shipped data: the one in the wheel, else the checkout's ``data/``.

    Raises `FileProblem` when neither is there.
    """
    for found in (_HERE / "_shipped", _HERE.parent / "data"):
        if (found / "dictionary.csv").is_file():
            return found
    raise FileProblem(
        path=str(_HERE.parent / "data"),
        problem="the data of the package are not there",
        expected="a checkout with data/, or an installed wheel",
        next="install the package again",
    )


def reported_rates(use: str | Iterable[str] = ("fit",), root: Path | None = None) -> pd.DataFrame:
    """Return published rates whose ``use`` is among ``use`` (by default only those for fitting).

    ``value`` is in ``unit`` (percent of ``of``), ``code`` says which statistic. Raises `DataProblem`, and
    `BadValue` for an unknown use.
    """
    wanted = (use,) if isinstance(use, str) else tuple(use)
    for name in wanted:
        if name not in USES:
            raise BadValue(what="use", value=name, expected=", ".join(USES), near=nearest(name, USES))
    path = (root or folder()) / "observed" / "reported_rates.csv"
    table = _table(path, ("series", "geography", "group", "date"), _rate)
    return table[table["use"].isin(wanted)].reset_index(drop=True)


def targets(split: str = "fit", root: Path | None = None) -> pd.DataFrame:
    """Return the rows that a posterior may be fitted to; raise `BadValue`, `DataProblem`, `FileProblem`.

    ``"fit"`` and ``"check"`` (the posterior that makes the scorecard) never hold a row kept for checking.
    ``"planning"`` holds those too, and is refused until the scorecard is there.
    """
    if split not in SPLITS:
        raise BadValue(what="split", value=split, expected="fit, check or planning", near=nearest(split, SPLITS))
    if split == "planning":
        _scored(root)
    return reported_rates(use=("fit", "hold-out") if split == "planning" else ("fit",), root=root)


def calibrated(split: str = "planning", place: str = "hung-yen", root: Path | None = None) -> Path:
    """Return the folder of a shipped posterior, whether it is there or not; raise `BadValue`."""
    if split not in SPLITS[1:]:
        raise BadValue(what="split", value=split, expected="check or planning", near=nearest(split, SPLITS))
    return (root or folder()) / "calibrated" / place / split


def _scored(root: Path | None) -> None:
    path = (root or folder()) / "calibrated" / "hung-yen" / "scorecard.csv"
    if not path.is_file():
        raise FileProblem(
            path=_shown(path),
            problem="there is no scorecard yet",
            expected="one, made from a posterior that saw no figure kept for checking",
            next="cashless-sim validate makes it",
        )


def bass_series(root: Path | None = None) -> pd.DataFrame:
    """Return yearly sales of durable goods, thousand units [SrinivasanMason1986]; raise `DataProblem`."""
    return _table((root or folder()) / "observed" / "bass_series.csv", ("series", "date"))


def bass_estimates(root: Path | None = None) -> pd.DataFrame:
    """Return published Bass parameters: p and q a year, m thousand units; raise `DataProblem`."""
    return _table((root or folder()) / "observed" / "bass_estimates.csv", ("series",))


def parameters(root: Path | None = None) -> pd.DataFrame:
    """Return each parameter found in the literature: low, central, high in ``unit``; raise `DataProblem`."""
    return _table((root or folder()) / "population" / "parameters.csv", ("parameter",), _ranged)


def correlations(root: Path | None = None) -> pd.DataFrame:
    """Return the assumed correlations [-1, 1] of the Gaussian copula; raise `DataProblem`."""
    return _table((root or folder()) / "population" / "correlations.csv", ("first", "second"), _ranged)


def bills(root: Path | None = None) -> pd.DataFrame:
    """Return tariffs, use, season, collection and costs by bill, in ``unit``; raise `DataProblem`."""
    unique = ("bill", "item", "group", "starts")
    return _table((root or folder()) / "population" / "bills.csv", unique, _ranged)


def trends(root: Path | None = None) -> pd.DataFrame:
    """Return dated chances that move by straight lines: occasions, wages, selling; raise `DataProblem`."""
    return _table((root or folder()) / "population" / "trends.csv", ("item", "date"), _ranged)


def districts(place: str | Path = "hung-yen", root: Path | None = None) -> pd.DataFrame:
    """Return the districts of a place: persons, households, urban share [0, 1]; raise `DataProblem`."""
    return _table(_place_folder(place, root) / "districts.csv", ("district",))


def marginals(place: str | Path = "hung-yen", root: Path | None = None) -> pd.DataFrame:
    """Return what the households of a place must add up to, in ``unit``; raise `DataProblem`."""
    path = _place_folder(place, root) / "marginals.csv"
    table = _table(path, ("marginal", "group"), _ranged)
    for name, rows in table[table["kind"] == "distribution"].groupby("marginal"):
        if abs(rows["value"].sum() - 1) > 0.002:
            problem = f"the shares of '{name}' add up to {rows['value'].sum():.3f}"
            _refuse(_shown(path), problem, "1, within 0.002")
    return table


def places(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of the shipped places, sorted."""
    inside = (root or folder()) / "population" / "places"
    return tuple(sorted(p.parent.name for p in inside.glob("*/place.toml")))


def place(name: str | Path, root: Path | None = None) -> Place:
    """Return a place by name, or from a folder of the same shape; raise `UnknownName`, `DataProblem`."""
    inside = _place_folder(name, root)
    facts, table = _facts(inside), districts(inside)
    for key in ("households", "population"):
        if table[key].sum() != facts[key]:
            problem = f"{key} add up to {table[key].sum()}"
            _refuse(_shown(inside / "districts.csv"), problem, f"{facts[key]}, as place.toml says")
    chosen = {key: facts[key] for key in _PLACE_KEYS}
    return Place(name=inside.name, districts=table, marginals=marginals(inside), **chosen)


def scenario_path(name: str, root: Path | None = None) -> Path:
    """Return the file of a shipped scenario, named with or without ``.toml``; raise `UnknownName`."""
    known = {p.stem: p for p in sorted(((root or folder()) / "scenarios").glob("*.toml"))}
    stem = name.removesuffix(".toml")
    if stem not in known:
        raise UnknownName(what="scenario", name=name, expected=", ".join(known), near=nearest(stem, known))
    return known[stem]


def data_hash(root: Path | None = None) -> str:
    """Return the SHA-256 (hex) of all tables that a run reads, the same on every system."""
    top = root or folder()
    return _hashed(top, (p for part in ("observed", "population") for p in (top / part).rglob("*")))


def people_hash(places: Iterable[str], root: Path | None = None) -> str:
    """Return the SHA-256 (hex) of what the households of these places are drawn from; raise `UnknownName`."""
    top = root or folder()
    files = [*(top / "population").glob("*")]
    for name in places:
        files += _place_folder(name, root).glob("*")
    return _hashed(top, files)


def _hashed(top: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    named = {p.relative_to(top).as_posix(): p for p in files if p.suffix in (".csv", ".toml")}
    for name in sorted(named):
        content = named[name].read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _place_folder(name: str | Path, root: Path | None) -> Path:
    """Return the folder of a place, found by its name or by its Vietnamese title."""
    if isinstance(name, Path):
        return name
    inside = (root or folder()) / "population" / "places"
    known = {n: n for n in places(root)}
    known |= {_facts(inside / n)["title"]: n for n in places(root)}
    composed = unicodedata.normalize("NFC", name)
    if composed not in known:
        near = nearest(name, known)
        expected = ", ".join(places(root))
        raise UnknownName(what="place", name=name, expected=expected, near=known[near] if near else None)
    return inside / known[composed]


def _facts(inside: Path) -> Row:
    path = inside / "place.toml"
    try:
        facts = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        _refuse(_shown(path), str(error), "TOML")
    for key, kind in _PLACE_KEYS.items():
        if not isinstance(facts.get(key), kind):
            _refuse(_shown(path), f"'{key}' is {facts.get(key)!r}", f"a value of type {kind.__name__}")
    return facts


def _ranged(row: Row) -> tuple[str, str] | None:
    """Refuse a row whose low, central, high are not in order, or a share outside 0 to 1."""
    low, high = row["low"], row["high"]
    middle = row["central"] if "central" in row else row["value"]
    if not low <= middle <= high:
        return f"low, central, high are {low:g}, {middle:g}, {high:g}", "low <= central <= high"
    if row["unit"] in SHARES and not 0 <= low <= high <= 1:
        return f"a {row['unit']} runs from {low:g} to {high:g}", "a range within 0 to 1"
    return None


def _rate(row: Row) -> tuple[str, str] | None:
    """Refuse a reported rate outside its unit's range, or a fit row that nobody has seen."""
    if math.isnan(row["value"]) != (row["unit"] == "none"):
        return f"value is '{row['value']}' {row['unit']}", "a figure, or nothing with the unit none"
    if row["unit"] == "percent" and not 0 <= row["value"] <= 100:
        return f"value is {row['value']:g} percent", "a percentage from 0 to 100"
    if row["use"] == "fit" and row["status"] != "seen":
        return f"use is 'fit' and status is '{row['status']}'", "only rows seen at their source are fitted"
    return None


def _table(path: Path, unique: tuple[str, ...], check: Check | None = None) -> pd.DataFrame:
    """Return a CSV file as a frame, each cell as the dictionary says and each row checked."""
    fields = _dictionary()[path.stem]
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, raw in _records(path, fields):
        where = f"{_shown(path)}:{line}"
        rows.append({f.name: _cell(where, f, raw[f.name].strip()) for f in fields})
        if (first := seen.setdefault(tuple(raw[n] for n in unique), line)) != line:
            _refuse(where, f"the row repeats line {first}", f"one row for each {', '.join(unique)}")
        if check and (found := check(rows[-1])):
            _refuse(where, *found)
    return pd.DataFrame(rows, columns=[f.name for f in fields])


def _records(path: Path, fields: tuple[Field, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells of each row, refusing a wrong header or a ragged row."""
    reader = csv.reader(io.StringIO(_read(path), newline=""), strict=True)
    header, names = next(reader, []), [f.name for f in fields]
    wrong = {name: "missing" for name in names if name not in header}
    wrong |= {name: "unknown" for name in header if name not in names}
    wrong |= {name: "there twice" for name in names if header.count(name) > 1}
    for name, what in wrong.items():
        expected = f"the columns {', '.join(names)}"
        _refuse(f"{_shown(path)}:1", f"column '{name}' is {what}", expected)
    line = reader.line_num + 1
    try:
        for cells in reader:
            if len(cells) != len(header):
                _refuse(f"{_shown(path)}:{line}", f"{len(cells)} cells", f"{len(header)}, as in the header")
            yield line, dict(zip(header, cells, strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        _refuse(f"{_shown(path)}:{line}", str(error), "cells in CSV, quoted where they hold a comma")


def _cell(where: str, field: Field, text: str) -> Any:
    """Return one cell as its kind asks: text, float (NaN if empty), or int."""
    if not text and field.optional:
        return math.nan if field.kind in ("number", "whole") else ""
    if field.kind == "choice" and text not in field.allowed:
        expected = "one of " + ", ".join(field.allowed)
        _refuse(where, f"{field.name} is '{text}'", expected, nearest(text, field.allowed))
    if field.kind == "date" and not _DATE.fullmatch(text):
        _refuse(where, f"{field.name} is '{text}'", "a date as YYYY, YYYY-MM or YYYY-MM-DD")
    if field.kind in ("number", "whole"):
        return _number(where, field, text)
    if not text:
        _refuse(where, f"{field.name} is empty", "a text")
    return text


def _number(where: str, field: Field, text: str) -> float | int:
    try:
        value = int(text) if field.kind == "whole" else float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and field.low <= value <= field.high):
        kind = "whole number" if field.kind == "whole" else "number"
        _refuse(where, f"{field.name} is '{text}'", f"a {kind} from {field.low:g} to {field.high:g}")
    return value


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, tuple[Field, ...]]:
    """Return the fields of each table, by the stem of its file."""
    tables: dict[str, tuple[Field, ...]] = {}
    for row in csv.DictReader(_read(folder() / "dictionary.csv").splitlines()):
        low, high = float(row["low"] or "-inf"), float(row["high"] or "inf")
        allowed = tuple(row["allowed"].split("|")) if row["allowed"] else ()
        field = Field(row["column"], row["kind"], row["optional"] == "yes", allowed, low, high)
        tables[row["table"]] = (*tables.get(row["table"], ()), field)
    return tables


def _read(path: Path) -> str:
    """Return the text of a file, without a byte-order mark; raise `FileProblem`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problem, expected = "it is not UTF-8", "text in UTF-8"
    except OSError as error:
        problem, expected = str(error.strerror), "a file that can be read"
    raise FileProblem(path=_shown(path), problem=problem, expected=expected, next=NEXT)


def _shown(path: Path) -> str:
    """Return the last parts of a path, enough to find the file."""
    parts = path.parts
    start = max((i for i, part in enumerate(parts) if part in ("data", "_shipped")), default=0)
    return "/".join(parts[start:]) if start else str(path)


def _refuse(where: str, problem: str, expected: str, near: str | None = None) -> NoReturn:
    """Raise `DataProblem` for what stands at ``where`` (file:line)."""
    raise DataProblem(where=where, problem=problem, expected=expected, near=near, next=NEXT)
