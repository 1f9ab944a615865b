"""The tables that ship with the package: where they lie, what they must hold, one reader a file."""

from __future__ import annotations

import hashlib
import math
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from cashless_sim.errors import BadValue, FileProblem, UnknownName, nearest
from cashless_sim.outside import is_outside, named
from cashless_sim.tables import Check, Field, Row, dictionary, read, refuse, shown, table_of

USES = ("fit", "hold-out", "other")
SPLITS = ("fit", "check", "planning")
SHARES = ("share", "share of adults", "share of households", "probability", "accuracy", "AUC", "MAPE")
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Place:
    """A place whose households can be built: its facts, its districts and its marginals.

    ``name`` finds it again (``package.module:NAME`` from outside). ``households`` and ``population`` are counts at
    ``date``; ``geography`` is its name in `reported_rates`; ``districts`` and ``marginals`` are what the readers of
    those names return.
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
            path=shown(path),
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
            refuse(shown(path), problem, "1, within 0.002")
    return table


def places(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of the shipped places, sorted."""
    inside = (root or folder()) / "population" / "places"
    return tuple(sorted(p.parent.name for p in inside.glob("*/place.toml")))


def place(name: str | Path, root: Path | None = None) -> Place:
    """Return a place: shipped, from outside (``package.module:NAME``), or from a folder of the same shape.

    ``NAME`` is the folder, a `pathlib.Path`. Raises `UnknownName`, `BadValue`, `FileProblem`, `DataProblem`.
    """
    inside = _place_folder(name, root)
    facts, table = _facts(inside), districts(inside)
    for key in ("households", "population"):
        if table[key].sum() != facts[key]:
            problem = f"{key} add up to {table[key].sum()}"
            refuse(shown(inside / "districts.csv"), problem, f"{facts[key]}, as place.toml says")
    chosen = {key: facts[key] for key in _PLACE_KEYS}
    called = name if isinstance(name, str) and is_outside(name) else inside.name
    return Place(name=called, districts=table, marginals=marginals(inside), **chosen)


def scenario_path(name: str, root: Path | None = None) -> Path:
    """Return the file of a shipped scenario or plan, named with or without ``.toml``; raise `UnknownName`."""
    inside = (root or folder()) / "scenarios"
    scenarios, plans = ({p.stem: p for p in sorted(top.glob("*.toml"))} for top in (inside, inside / "plans"))
    known, stem = {**plans, **scenarios}, name.removesuffix(".toml")
    if stem not in known:
        raise UnknownName(what="scenario", name=name, expected=", ".join(scenarios), near=nearest(stem, known))
    return known[stem]


def data_hash(root: Path | None = None) -> str:
    """Return the SHA-256 (hex) of all tables that a run reads, the same on every system."""
    top = root or folder()
    files = (p for part in ("observed", "population") for p in (top / part).rglob("*"))
    return _hashed({p.relative_to(top).as_posix(): p for p in files})


def people_hash(places: Iterable[str], root: Path | None = None) -> str:
    """Return the SHA-256 (hex) of what the households of these places are drawn from; raise `UnknownName`."""
    top = root or folder()
    files = {p.relative_to(top).as_posix(): p for p in (top / "population").glob("*")}
    for name in places:
        inside = _place_folder(name, root)
        start = name if is_outside(name) else inside.relative_to(top).as_posix()
        files |= {f"{start}/{p.name}": p for p in inside.glob("*")}
    return _hashed(files)


def own_hash(name: str) -> str:
    """Return the SHA-256 (hex) of the files of a place from outside; empty for any other, which `data_hash` covers.

    Raises `UnknownName`, `BadValue`.
    """
    return _hashed({p.name: p for p in _place_folder(name, None).glob("*")}) if is_outside(name) else ""


def _hashed(files: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for name in sorted(name for name, path in files.items() if path.suffix in (".csv", ".toml") and path.is_file()):
        content = files[name].read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _place_folder(name: str | Path, root: Path | None) -> Path:
    """Return the folder of a place, found by its name or by its Vietnamese title."""
    if isinstance(name, Path):
        return name
    if is_outside(name):
        return _folder_outside(name)
    inside = (root or folder()) / "population" / "places"
    known = {n: n for n in places(root)}
    known |= {_facts(inside / n)["title"]: n for n in places(root)}
    composed = unicodedata.normalize("NFC", name)
    if composed not in known:
        near = nearest(name, known)
        expected = ", ".join(places(root))
        raise UnknownName(what="place", name=name, expected=expected, near=known[near] if near else None)
    return inside / known[composed]


def _folder_outside(name: str) -> Path:
    found = named("place", name)
    if not isinstance(found, Path):
        expected = "a pathlib.Path: the folder of place.toml, districts.csv and marginals.csv"
        raise BadValue(what="place", value=name, expected=expected)
    return found


def _facts(inside: Path) -> Row:
    path = inside / "place.toml"
    try:
        facts = tomllib.loads(read(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        refuse(shown(path), str(error), "TOML")
    for key, kind in _PLACE_KEYS.items():
        if not isinstance(facts.get(key), kind):
            refuse(shown(path), f"'{key}' is {facts.get(key)!r}", f"a value of type {kind.__name__}")
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
    """Return a table as its entries in ``dictionary.csv`` say."""
    return table_of(path, _dictionary()[path.stem], unique, check)


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, tuple[Field, ...]]:
    """Return the fields of each table, by the stem of its file."""
    return dictionary(folder() / "dictionary.csv")
