"""Rows of a register whose statistic or place is from outside: allowed by their reader, found where they are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import cashless_sim.data as data
from cashless_sim.errors import BadValue, DataProblem, UnknownName
from cashless_sim.experiment.version import sources
from cashless_sim.model.own_measures import measures_named
from cashless_sim.outside import is_outside
from cashless_sim.scenario.trust import refuse_name

NAMES = ("code", "place")
"""Keys that may name something from outside."""
NEXT = "say where the figure was read, as a key or in words: it stands in no data file"


def own_names(table: Mapping[str, Any]) -> dict[str, str]:
    """Return what a row names from outside, by key: nothing for a row of published rates."""
    return {key: str(table[key]) for key in NAMES if is_outside(str(table.get(key, "")))}


def refuse_code(where: str, table: Mapping[str, Any], allow_code: bool | None) -> None:
    """Raise `BadValue` for a row that names code from outside, unless that is allowed."""
    for key, name in own_names(table).items():
        refuse_name(where, key, name, allow_code)


def refuse_wrong(where: str, table: Mapping[str, Any]) -> None:
    """Refuse a name behind which there is no share or no place, and a figure without a source; raise `UserError`."""
    own = own_names(table)
    try:
        if "place" in own:
            data.place(own["place"])
        measures = measures_named([own["code"]] if "code" in own else [])
    except (UnknownName, BadValue) as error:
        raise type(error)(**error.facts | {"where": where}) from None
    for measure in measures:
        if measure.measure.unit != "share":
            problem = f"the unit of {own['code']} is '{measure.measure.unit}'"
            raise DataProblem(where=where, problem=problem, expected="share, which is fitted in percent")
    if not str(table.get("source", "")).strip():
        raise DataProblem(where=where, problem="source is empty", expected="where the figure was read", next=NEXT)


def source_texts(codes: Iterable[str]) -> list[str]:
    """Return the source of the modules that statistics from outside come from, each after its name."""
    return list(sources(sorted({code.partition(":")[0] for code in codes if is_outside(code)})))
