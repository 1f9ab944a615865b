"""What a fit is held against: the register of targets, their errors and dates, written down before any fit.

Only rows that may be fitted are opened, to check that the register repeats them; figures kept for checking are never
read here, and a register that names one is refused. A row whose statistic or place is from outside
(``package.module:NAME``) has none to repeat: its figure stands in the register alone, with its source.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf, nan
from pathlib import Path
from typing import Any, NoReturn

import cashless_sim.data as data
from cashless_sim.calibration.own_rows import own_names, refuse_code, refuse_wrong, source_texts
from cashless_sim.errors import BadValue, DataProblem, FileProblem, nearest
from cashless_sim.outside import is_outside
from cashless_sim.units import month_number, month_text

CODES = ("A", "B", "C", "D", "E", "F", "G", "FIRST")
GROUPS = (
    "all",
    "men",
    "women",
    "age15-24",
    "age25+",
    "poor40",
    "rich60",
    "prim_edu",
    "sec_edu",
    "rural",
    "urban",
)
FILE = Path("calibrated", "targets.toml")
NEXT = "data/calibrated/README.md says what the register holds"
AGREES = 0.005
KEYS = {
    "code": str,
    "place": str,
    "geography": str,
    "date": str,
    "group": str,
    "value": float,
    "sd": float,
    "wave": str,
    "minus": str,
    "minus_sd": float,
}
NEEDED = ("code", "place", "geography", "date", "group", "value", "sd")
OWN = KEYS | {"source": str}
"""What a row may hold whose statistic or place is from outside."""


@dataclass(frozen=True)
class Wave:
    """A survey wave: the months in which it may have been fielded, and what is known of its sample (shares)."""

    name: str
    first: int
    last: int
    paid: float
    low_education: float


@dataclass(frozen=True)
class Target:
    """One published figure as a share, or the difference between two groups; ``sd`` is its whole error, as a share.

    ``wave`` names the survey it is from, empty for a figure of one month, ``month``.
    """

    name: str
    code: str
    place: str
    group: str
    minus: str
    value: float
    sd: float
    wave: str
    month: int


@dataclass(frozen=True)
class Member:
    """One structure of the registered mixture: its range of k0, its k_P (None: from the prior), its closures."""

    name: str
    spontaneous: tuple[float, float]
    by_peers: float | None
    handover: bool
    weight: float


@dataclass(frozen=True)
class Register:
    """The whole register; ``hash`` is that of its text, with the source of statistics from outside."""

    targets: tuple[Target, ...]
    waves: Mapping[str, Wave]
    members: tuple[Member, ...]
    place_effect: Mapping[str, float]
    hash: str

    def member(self, name: str) -> Member:
        """Return a structure by name; raise `BadValue`."""
        known = {one.name: one for one in self.members}
        if name not in known:
            near = nearest(name, known)
            raise BadValue(what="member", value=name, expected=", ".join(known), near=near)
        return known[name]


def register(
    split: str = "check", path: Path | None = None, root: Path | None = None, *, allow_code: bool | None = None
) -> Register:
    """Return the register of a split, each target held against the rows that may be fitted.

    One that names code from outside is refused unless ``allow_code``, as a scenario file is.

    Raises `BadValue` for another split than ``check``, `FileProblem`, and `DataProblem` for a target that is no
    fit row, outside 0 to 100 %, of an unknown code, place or group, or without an error.
    """
    if split != "check":
        raise BadValue(what="split", value=split, expected="check", near=nearest(split, ("check",)))
    known = percentages(data.targets(split, root))
    text, tables = read_register(path or (root or data.folder()) / FILE, "targets")
    where = str(path) if path else f"data/{FILE.as_posix()}"
    waves = read_waves(where, tables)
    rows = [(f"{where}: target {n}", table) for n, table in enumerate(tables["targets"], start=1)]
    for at, table in rows:
        refuse_code(at, table, allow_code)
    targets = tuple(_target(at, table, waves, known) for at, table in rows)
    each_once(where, targets)
    members = tuple(_member(f"{where}: member {n}", m) for n, m in enumerate(tables.get("members", []), start=1))
    effects = _effects(f"{where}: place_effect", tables.get("place_effect", {}))
    whole = "\0".join([text, *source_texts(target.code for target in targets)])
    return Register(targets, waves, members, effects, hashlib.sha256(whole.encode("utf-8")).hexdigest())


def _effects(where: str, table: Any) -> dict[str, float]:
    """Return the SD between places of each number that has one; raise `DataProblem`."""
    if not isinstance(table, dict):
        _refuse(where, "it is no table", "a number for each key")
    for key, value in table.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
            _refuse(where, f"{key} is {value!r}", "a number of 0 or more")
    return {key: float(value) for key, value in table.items()}


def percentages(rows: Any) -> dict[tuple[str, str, str, str], float]:
    """Return (code, geography, group, date) → percent, of rows as `cashless_sim.data` gives them."""
    rows = rows[rows["unit"] == "percent"]
    keys = zip(*(rows[name].astype(str) for name in ("code", "geography", "group", "date")), strict=True)
    return dict(zip(keys, rows["value"].astype(float), strict=True))


def each_once(where: str, targets: tuple[Target, ...]) -> None:
    """Refuse two targets of one name: `DataProblem`."""
    names = [one.name for one in targets]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        _refuse(where, f"target '{twice}' stands there twice", "each once")


def read_register(path: Path, tables: str) -> tuple[str, dict[str, Any]]:
    """Return text and contents of a file that holds ``[[tables]]``; raise `FileProblem`."""
    expected = "a register of targets in TOML"
    try:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        found = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise FileProblem(path=str(path), problem=problem, expected=expected, next=NEXT) from error
    if not isinstance(found.get(tables), list) or not found[tables]:
        raise FileProblem(path=str(path), problem=f"it holds no [[{tables}]]", expected=expected, next=NEXT)
    return text, found


def read_waves(where: str, tables: dict[str, Any]) -> dict[str, Wave]:
    """Return the waves of a register by name; raise `DataProblem`."""
    return {name: _wave(f"{where}: wave '{name}'", name, table) for name, table in tables.get("waves", {}).items()}


def _target(where: str, table: dict[str, Any], waves: Mapping[str, Wave], known: Mapping[Any, float]) -> Target:
    if own := own_names(table):
        check_table(where, table, (*NEEDED, "source"), OWN, own)
        refuse_wrong(where, table)
        value = _percent(where, table)
    else:
        check_table(where, table, NEEDED)
        value = _repeats(where, table, known)
    return replace(made_target(where, table, waves), value=value / 100)


def made_target(where: str, table: dict[str, Any], waves: Mapping[str, Wave]) -> Target:
    """Return the target that a checked table describes, without a value (nan); raise `DataProblem`."""
    group, minus = table["group"], table.get("minus", "")
    errors = (table["sd"], table.get("minus_sd", 0.0))
    if not (all(0 <= one <= 100 for one in errors) and any(errors)):
        _refuse(where, f"sd is {table['sd']}", "an error in points, above 0")
    sd = sum(float(one) ** 2 for one in errors) ** 0.5 / 100
    wave = table.get("wave", "")
    if wave and wave not in waves:
        _refuse(where, f"wave is '{wave}'", "one of " + ", ".join(waves), nearest(wave, waves))
    month = waves[wave].last if wave else _month(where, table["date"])
    called, there = (str(table[key]).rpartition(":")[2] for key in ("code", "place"))
    where_of = f".{there}" if not wave or is_outside(table["place"]) else ""
    label = f"{called}{where_of}.{wave or month_text(month)}"
    name = f"{label}.{group}" + (f"-{minus}" if minus else "")
    return Target(name, table["code"], table["place"], group, minus, nan, sd, wave, month)


def _repeats(where: str, table: dict[str, Any], known: Mapping[Any, float]) -> float:
    """Return the value in percent, after finding it in the rows that may be fitted."""
    groups = [table["group"], table["minus"]] if table.get("minus") else [table["group"]]
    value = _percent(where, table)
    keys = [(table["code"], table["geography"], group, table["date"]) for group in groups]
    for key in keys:
        if key not in known:
            _refuse(where, f"no row {', '.join(key)} may be fitted", "a row of reported_rates.csv whose use is fit")
    published = known[keys[0]] - (known[keys[1]] if len(keys) == 2 else 0.0)
    if abs(published - value) > AGREES:
        _refuse(where, f"value is {value:g}", f"{published:.4g}, as reported_rates.csv has it")
    return value


def _percent(where: str, table: Mapping[str, Any]) -> float:
    """Return the value in percent; of the difference between two groups it may be below 0."""
    low, value = -100.0 if table.get("minus") else 0.0, float(table["value"])
    if not low <= value <= 100:
        _refuse(where, f"value is {value:g} percent", f"a percentage from {low:g} to 100")
    return value


def check_table(
    where: str,
    table: dict[str, Any],
    needed: tuple[str, ...],
    keys: Mapping[str, type] = KEYS,
    own: Mapping[str, str] | None = None,
) -> None:
    """Refuse an unknown key or name, a value of another kind, and a missing key: `DataProblem`.

    ``own`` holds what the table names from outside, by key.
    """
    for key, value in table.items():
        if key not in keys:
            _refuse(where, f"unknown key '{key}'", "one of " + ", ".join(keys), nearest(key, keys))
        kind = (int, float) if keys[key] is float else str
        if isinstance(value, bool) or not isinstance(value, kind):
            _refuse(where, f"{key} is {value!r}", "a number" if keys[key] is float else "a text")
    for key in needed:
        if key not in table:
            _refuse(where, f"{key} is missing", ", ".join(needed))
    code, group, minus, place = table["code"], table["group"], table.get("minus", "") or "all", table["place"]
    named = (("code", code, CODES), ("group", group, GROUPS), ("group", minus, GROUPS), ("place", place, data.places()))
    for what, name, names in named:
        if name not in names and what not in (own or {}):
            _refuse(where, f"{what} is '{name}'", "one of " + ", ".join(names), nearest(name, names))


def _wave(where: str, name: str, table: dict[str, Any]) -> Wave:
    try:
        first, last = month_number(str(table["first"])), month_number(str(table["last"]))
        wave = Wave(name, first, last, float(table["paid"]), float(table["low_education"]))
    except (KeyError, ValueError, TypeError, BadValue) as error:
        _refuse(where, f"it cannot be read ({error})", "first, last (YYYY-MM), paid, low_education (shares)")
    if first > last or not (0 < wave.paid <= 1 and 0 <= wave.low_education < 1):
        _refuse(where, "its months or shares are out of order", "first up to last, shares in [0, 1]")
    return wave


def _member(where: str, table: dict[str, Any]) -> Member:
    try:
        low, high = map(float, table["spontaneous"])
        peers = table.get("by_peers")
        peers = None if peers is None else float(peers)
        return Member(str(table["name"]), (low, high), peers, bool(table["handover"]), float(table["weight"]))
    except (KeyError, ValueError, TypeError) as error:
        _refuse(where, f"it cannot be read ({error})", "name, spontaneous = [low, high], handover, weight")


def _month(where: str, date: str) -> int:
    try:
        return month_number(date[:7])
    except (ValueError, BadValue):
        _refuse(where, f"date is '{date}'", "a wave, or a date as YYYY-MM or YYYY-MM-DD")


def _refuse(where: str, problem: str, expected: str, near: str | None = None) -> NoReturn:
    raise DataProblem(where=where, problem=problem, expected=expected, near=near, next=NEXT)
