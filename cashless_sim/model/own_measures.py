"""Measures from outside: formulas about one household, counted in a pass of their own, and a value for each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import BadValue
from cashless_sim.model.counting import group_of
from cashless_sim.model.groups import Groups
from cashless_sim.model.measures import MEASURES, Measure, Sums
from cashless_sim.model.settings import Observation
from cashless_sim.outside import named
from cashless_sim.rules.month import Month
from cashless_sim.rules.rule import Table
from cashless_sim.rules.tally import Tally

F64 = NDArray[np.float64]
Tables = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class OwnMeasure:
    """A measure from outside: what is counted of each household, and how the sums make a value for each group.

    ``counts`` are formulas ``f(h, here)`` of truths or whole numbers, by names of its own. ``value`` gets the sums by
    name (its own and those of `cashless_sim.model.counting`: float64[groups]), the `Observation` and the month's
    number, and returns float64[groups] in the measure's unit, nan where there is nobody.
    """

    measure: Measure
    counts: Mapping[str, Callable[..., Any]]
    value: Callable[[Sums, Observation, int], F64]


def measures_named(uses: Sequence[str]) -> tuple[OwnMeasure, ...]:
    """Return measures from outside by ``package.module:NAME``; raise `UnknownName` or `BadValue`."""
    found = tuple(named("measure", use) for use in uses)
    taken = [one.name for one in MEASURES]
    for use, one in zip(uses, found, strict=True):
        if not isinstance(one, OwnMeasure):
            raise BadValue(what="measure", value=use, expected="an OwnMeasure")
        if one.measure.name in taken:
            raise BadValue(what="name of a measure", value=one.measure.name, expected="a name used once")
        taken.append(one.measure.name)
    return found


class OwnCount:
    """Counts the measures from outside of one run; without any it does nothing."""

    def __init__(self, measures: Sequence[OwnMeasure], month: Month, tables: Sequence[Table], groups: Groups) -> None:
        """Nothing is compiled yet; ``tables`` are those that formulas may read."""
        self._measures, self._groups = tuple(measures), groups
        self._month, self._tables = month, tables
        self._tally: Tally | None = None

    def prepare(self) -> None:
        """Compile the pass, unless it is there or there is nothing to count."""
        if self._tally is None and self._measures:
            counted = [(name, formula, ()) for one in self._measures for name, formula in one.counts.items()]
            self._tally = Tally(self._month, self._tables, group_of, self._groups.size, counted)

    def values(self, tables: Tables, sums: Sums, observation: Observation, month: int) -> dict[str, F64]:
        """Return measure → float64[groups] as the households stand; raise `BadValue` for another shape."""
        self.prepare()
        if self._tally is None:
            return {}
        table = self._groups.sums(self._tally.count(tables))
        own = {name: table[:, at] for at, (name, _, _) in enumerate(self._tally.counted)}

        def both(name: str) -> F64:
            return own[name] if name in own else sums(name)

        with np.errstate(divide="ignore", invalid="ignore"):
            return {one.measure.name: self._checked(one, one.value(both, observation, month)) for one in self._measures}

    def _checked(self, one: OwnMeasure, value: Any) -> F64:
        found: F64 = np.asarray(value, dtype=np.float64)
        if found.shape != (len(self._groups.names),):
            expected = f"a number for each of {len(self._groups.names)} groups"
            raise BadValue(what=f"value of measure '{one.measure.name}'", value=found.shape, expected=expected)
        return found
