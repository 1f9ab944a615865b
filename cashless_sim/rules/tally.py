"""Counts households by group in one compiled pass over the columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.rules.arguments import Argument
from cashless_sim.rules.compiler.remember import compiled
from cashless_sim.rules.compiler.tally import Counted, write_tally
from cashless_sim.rules.interpreter import Here, Row
from cashless_sim.rules.month import Month
from cashless_sim.rules.rule import Rule, Table

OUT = ("out",)


class Tally:
    """Formulas about one household, counted for all: ``int64[groups, measures]``.

    ``group`` is a formula that gives a household's group; ``counted`` are (name, formula, codes).
    """

    def __init__(
        self,
        month: Month,
        tables: Sequence[Table],
        group: Callable[..., Any],
        groups: int,
        counted: Sequence[Counted],
    ) -> None:
        """Compile the pass for these people."""
        self.month, self.group, self.groups, self.counted = month, group, groups, tuple(counted)
        self._tables = {t.name: t for t in tables}
        context = type("Counted", (Rule,), {"reads": tuple(tables)})()
        month.tables.update(self._tables)
        source, names = write_tally(context, group, self.counted, month.people.columns.specs)
        self._arguments = month.arguments(names)
        self._function, self.how = compiled(source, self._over_nobody)

    def _over_nobody(self, function: Callable[..., Any]) -> None:
        nothing = {n: np.zeros((1, t.size) if t.by else t.size, dtype=np.float32) for n, t in self._tables.items()}
        out = np.zeros((1, len(self.counted)), dtype=np.int64)
        self._arguments.call(function, 0, 0, {**self._given(nothing), OUT: out})

    def _given(self, tables: Mapping[str, NDArray[np.float32]]) -> dict[Argument, Any]:
        scalars: dict[str, Any] = {k: np.uint32(0) for k in ("month", "replicate", "k0", "k1")}
        scalars["P"] = np.zeros(1, dtype=np.float32)
        return self.month.given(tables, self._tables, scalars)

    def count(self, tables: Mapping[str, NDArray[np.float32]]) -> NDArray[np.int64]:
        """Return the table as the households stand now: ``int64[groups, measures]``."""
        size = (self.groups, len(self.counted))
        parts: list[NDArray[np.int64]] = []
        given = self._given(tables)

        def work(first: int, last: int) -> None:
            out = np.zeros(size, dtype=np.int64)
            parts.append(out)
            self._arguments.call(self._function, first, last, {**given, OUT: out})

        self.month._share_out(work)
        total: NDArray[np.int64] = np.sum(parts, axis=0)
        return total

    def count_plainly(self, tables: Mapping[str, NDArray[np.float32]]) -> NDArray[np.int64]:
        """Return the same ``int64[groups, measures]`` by plain Python, household by household: the proof of `count`."""
        total = np.zeros((self.groups, len(self.counted)), dtype=np.int64)
        for row in range(self.month.people.n):
            h = Row((self.month.people.columns,), row)
            here = Here(self._tables, tables, self.month._whose(row))
            at = int(self.group(h, here))
            for index, (_, formula, codes) in enumerate(self.counted):
                total[at, index] += int(formula(h, here, *codes))
        return total
