"""What a fitted model is scored on and what it forecasts: names, dates and errors, never a published value."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cashless_sim.data as data
from cashless_sim.calibration.targets import (
    KEYS,
    Register,
    Target,
    Wave,
    check_table,
    each_once,
    made_target,
    percentages,
    read_register,
    read_waves,
    register,
)
from cashless_sim.errors import DataProblem
from cashless_sim.units import month_text

FILE = Path("calibrated", "points.toml")
PARTS = ("time", "space", "forced", "forecast")
NEEDED = ("code", "place", "geography", "date", "group", "sd")


@dataclass(frozen=True)
class Point:
    """A figure to be scored or forecast; its ``target`` has no value.

    ``row`` is (code, geography, group, date) of the figure as published: its group may differ from that of the
    target where a place stands in.
    """

    target: Target
    row: tuple[str, str, str, str]
    part: str


@dataclass(frozen=True)
class Points:
    """All of them, the waves they are of, and the hash of their text."""

    points: tuple[Point, ...]
    waves: Mapping[str, Wave]
    hash: str

    def asked(self, *parts: str) -> tuple[Point, ...]:
        """Return the points of some parts, in their order."""
        return tuple(one for one in self.points if one.part in parts)


def points(root: Path | None = None) -> Points:
    """Return what is scored and forecast, without a value; raise `FileProblem`, `DataProblem`."""
    text, tables = read_register((root or data.folder()) / FILE, "points")
    where = f"data/{FILE.as_posix()}"
    waves = read_waves(where, tables)
    found = tuple(_point(f"{where}: point {n}", table, waves) for n, table in enumerate(tables["points"], start=1))
    listed = []
    for one in found:
        stands_in = one.row[1] != data.place(one.target.place, root).geography
        listed.append(replace(one, target=_renamed(one)) if stands_in else one)
    each_once(where, tuple(one.target for one in listed))
    return Points(tuple(listed), waves, hashlib.sha256(text.encode("utf-8")).hexdigest())


def asking(register: Register, points: Points, *parts: str) -> Register:
    """Return a register that asks a simulation for its own targets and for the points of some parts."""
    kept = {one.name for one in register.targets}
    more = [one.target for one in points.asked(*parts) if one.target.name not in kept]
    targets = (*register.targets, *more)
    return replace(register, targets=targets, waves={**points.waves, **register.waves})


def planning(register: Register, root: Path | None = None) -> Register:
    """Return the register with everything reported among its targets; raise `FileProblem` without a scorecard."""
    known = percentages(data.targets("planning", root))
    text, tables = read_register((root or data.folder()) / FILE, "planning")
    where = f"data/{FILE.as_posix()}"
    waves = {**register.waves, **read_waves(where, tables)}
    more = tuple(_known(f"{where}: planning {n}", t, waves, known) for n, t in enumerate(tables["planning"], start=1))
    targets = (*register.targets, *more)
    each_once(where, targets)
    values = " ".join(f"{one.name}={one.value:.9g}" for one in targets)
    digest = hashlib.sha256(f"{register.hash} {text} {values}".encode()).hexdigest()
    return replace(register, targets=targets, waves=waves, hash=digest)


def span(split: str) -> tuple[str, str]:
    """Return the first and last month (YYYY-MM) of the figures that a shipped split is fitted to; raise as `planning`.

    A survey counts with all months in which it may have been in the field.
    """
    asked = register("check")
    asked = planning(asked) if split == "planning" else asked
    waves = [asked.waves[one.wave] if one.wave else None for one in asked.targets]
    pairs = list(zip(asked.targets, waves, strict=True))
    first = min(one.month if wave is None else wave.first for one, wave in pairs)
    last = max(one.month if wave is None else wave.last for one, wave in pairs)
    return month_text(first), month_text(last)


def _point(where: str, table: dict[str, Any], waves: Mapping[str, Wave]) -> Point:
    keys = {key: kind for key, kind in KEYS.items() if key != "value"} | {"part": str, "published": str}
    check_table(where, table, (*NEEDED, "part"), keys)
    part = table["part"]
    if part not in PARTS:
        raise DataProblem(where=where, problem=f"part is '{part}'", expected="one of " + ", ".join(PARTS))
    row = (table["code"], table["geography"], table.get("published", table["group"]), table["date"])
    return Point(made_target(where, table, waves), row, part)


def _renamed(point: Point) -> Target:
    """Return the target of a place that another stands in for, under a name of its own."""
    return replace(point.target, name=f"{point.target.name}.{point.row[1]}")


def _known(where: str, table: dict[str, Any], waves: Mapping[str, Wave], known: Mapping[Any, float]) -> Target:
    check_table(where, table, NEEDED, {key: kind for key, kind in KEYS.items() if key != "value"})
    groups = [table["group"], *([table["minus"]] if table.get("minus") else [])]
    keys = [(table["code"], table["geography"], group, table["date"]) for group in groups]
    for key in keys:
        if key not in known:
            expected = "a row of reported_rates.csv that was published"
            raise DataProblem(where=where, problem=f"no row {', '.join(key)} is there", expected=expected)
    value = known[keys[0]] - (known[keys[1]] if len(keys) == 2 else 0.0)
    return replace(made_target(where, table, waves), value=value / 100)
