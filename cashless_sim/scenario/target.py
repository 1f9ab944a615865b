"""Whom a campaign is for: conditions on household columns, turned into the numbers that columns hold."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from cashless_sim.data import Place
from cashless_sim.errors import BadValue, UnknownKey, UnknownName, nearest
from cashless_sim.population.columns import Column
from cashless_sim.scenario.marked import Marked
from cashless_sim.scenario.schema import composed

RANGE = "{ min = 60, max = 75 }"


def district_names(place: Place) -> dict[str, str]:
    """Return the name of each district in the data, by that name and as people write it."""
    rows = place.districts
    known = dict(zip(rows["district"], rows["district"], strict=True))
    known |= dict(zip(rows["district_vi"], rows["district"], strict=True))
    return known


def condition(name: str, wanted: Any, mark: Marked, known: Mapping[str, Column], place: Place) -> Any:
    """Return a condition in numbers: one, a tuple of them, or ``{"min": …, "max": …}``.

    A column with a value for each bill has to meet it for all of them. Codes are given by name
    (``education = ["PRIMARY"]``, ``district = "Kim Dong"``). Raises `UnknownName` for a column that is not
    there, `UnknownKey` or `BadValue` for what the column cannot hold, with its line.
    """
    if name not in known:
        expected, near = ", ".join(sorted(known)), nearest(name, known)
        raise UnknownName(where=mark.where, what="household column", name=name, expected=expected, near=near)
    if isinstance(wanted, dict):
        return _range(name, wanted, mark)
    if isinstance(wanted, list | tuple):
        return tuple(_number(known[name], one, mark.at([i]), place) for i, one in enumerate(wanted))
    return _number(known[name], wanted, mark, place)


def _range(name: str, wanted: dict[str, Any], mark: Marked) -> dict[str, float]:
    for key, bound in wanted.items():
        if key not in ("min", "max"):
            raise UnknownKey(where=mark.at([key]).where, key=key, expected="min, max")
        if not _finite(bound):
            what = f"{key} of target '{name}'"
            raise BadValue(where=mark.at([key]).where, what=what, value=bound, expected="a finite number")
    if not wanted or wanted.get("min", -1e300) > wanted.get("max", 1e300):
        raise BadValue(
            where=mark.where, what=f"target '{name}'", value=wanted, expected=f"a range as {RANGE}, min first"
        )
    return wanted


def _number(column: Column, wanted: Any, mark: Marked, place: Place) -> bool | float:
    """Return one value as the column holds it."""
    kind: Any = column.kind
    names: dict[str, int] = {}
    rows: list[str] = []
    if column.name == "district":
        rows = list(place.districts["district"])
        names = {said: rows.index(name) for said, name in district_names(place).items()}
    elif isinstance(kind, type) and issubclass(kind, IntEnum):
        names = {member.name: int(member) for member in kind}
    if isinstance(wanted, str) and names:
        if composed(wanted) in names:
            return names[composed(wanted)]
        known = rows or list(names)
        expected, near = ", ".join(known), nearest(wanted, known)
        raise UnknownName(where=mark.where, what=column.name, name=wanted, expected=expected, near=near)
    if kind is bool and isinstance(wanted, bool):
        return wanted
    if kind is not bool and _finite(wanted) and (not names or wanted in names.values()):
        return float(wanted) if isinstance(wanted, float) else int(wanted)
    expected = "true or false" if kind is bool else ", ".join(names) or f"a number, a list, or {RANGE}"
    raise BadValue(where=mark.where, what=f"target '{column.name}'", value=wanted, expected=expected)


def _finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300
