"""Stated ranges hold their numbers; one that a plan inherits for a number it has changed goes with the old number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cashless_sim.errors import BadValue
from cashless_sim.rules.ranges import holds
from cashless_sim.scenario.marked import Marked
from cashless_sim.scenario.schema import Recipe

KINDS = ("campaigns", "shocks", "closures")


def settled(marks: Marked, recipe: Recipe) -> Marked:
    """Return marked tables without inherited ranges that do not hold the numbers of this plan.

    A range is inherited when neither its number nor the table's last word stands in the same text. One that is
    stated beside its number has to hold it: raises `BadValue` with file and line.
    """
    for path, what, number, pair in list(_stated(recipe)):
        if holds(pair, number):
            continue
        *table, key = path
        here, range_ = marks.at(table), marks.at([*table, "ranges", key])
        texts = {_text(here), _text(here.at([key]))}
        if number is None or key not in here.value or _text(range_) in texts:
            raise BadValue(
                where=range_.where,
                what=what,
                value=number,
                expected=f"a number from {pair[0]:g} to {pair[1]:g}",
                next="set another range, or leave it out",
            )
        marks = _without(marks, [*table, "ranges", key])
    return marks


def _stated(recipe: Recipe) -> Iterator[tuple[list[Any], str, float | None, tuple[float, float]]]:
    """Yield each stated range: the path of its number, its name in words, the number, and the range."""
    for kind in KINDS:
        for place, table in enumerate(getattr(recipe, kind)):
            for key, pair in table.ranges.stated().items():
                what = f"{key} of {kind.removesuffix('s')} '{table.name}'"
                yield [kind, place, key], what, getattr(table, key), pair
    for key, pair in recipe.observation.ranges.stated().items():
        yield ["observation", key], f"{key} of the observation", getattr(recipe.observation, key), pair


def _text(mark: Marked) -> str:
    """Return the text in which a value was written: its place without the line."""
    return re.sub(r":\d+$", "", mark.where)


def _without(marks: Marked, path: Sequence[Any]) -> Marked:
    """Return marked tables without the value at a path."""
    step, *rest = path
    inside: Any = list(marks.value) if isinstance(marks.value, list) else dict(marks.value)
    if rest:
        inside[step] = _without(inside[step], rest)
    else:
        del inside[step]
    return Marked(inside, marks.where)
