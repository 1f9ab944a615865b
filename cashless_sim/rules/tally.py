"""Counts households by group in one compiled pass over the columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.rules.compiler.remember import compiled
from cashless_sim.rules.compiler.tally import Counted, write_tally
from cashless_sim.rules.interpreter import Here, Row
from cashless_sim.rules.month import Month
from cashless_sim.rules.rule import Rule, Table


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
        source, self._arguments = write_tally(context, group, self.counted, month.people.columns.specs)
        self._function, self.how = compiled(source, self._over_nobody)

    def _over_nobody(self, function: Callable[..., Any]) -> None:
        nothing = {n: np.zeros((1, t.size) if t.by else t.size, dtype=np.float32) for n, t in self._tables.items()}
        self._fill(function, np.zeros((1, len(self.counted)), dtype=np.int64), 0, 0, nothing)

    def _fill(
        self,
        function: Callable[..., Any],
        out: NDArray[np.int64],
        first: int,
        last: int,
        flat: Mapping[str, NDArray[np.float32]],
    ) -> None:
        """Add rows first to last to a table."""
        scalars: dict[str, Any] = {k: np.uint32(0) for k in ("month", "replicate", "k0", "k1")}
        scalars["P"] = np.zeros(1, dtype=np.float32)
        arguments = (
            out if a[0] == "out" else self.month._argument(a, first, last, scalars, flat) for a in self._arguments
        )
        function(*arguments)

    def count(self, tables: Mapping[str, NDArray[np.float32]]) -> NDArray[np.int64]:
        """Return the table as the households stand now."""
        size = (self.groups, len(self.counted))
        parts: list[NDArray[np.int64]] = []
        flat = {name: self.month._flat(name, tables[name]) for name in self._tables}

        def work(first: int, last: int) -> None:
            out = np.zeros(size, dtype=np.int64)
            parts.append(out)
            self._fill(self._function, out, first, last, flat)

        self.month._share_out(work)
        total: NDArray[np.int64] = np.sum(parts, axis=0)
        return total

    def count_plainly(self, tables: Mapping[str, NDArray[np.float32]]) -> NDArray[np.int64]:
        """Return the same table by plain Python, one household at a time: the proof of `count`."""
        total = np.zeros((self.groups, len(self.counted)), dtype=np.int64)
        for row in range(self.month.people.n):
            h = Row((self.month.people.columns,), row)
            here = Here(self._tables, tables, self.month._whose(row))
            at = int(self.group(h, here))
            for index, (_, formula, codes) in enumerate(self.counted):
                total[at, index] += int(formula(h, here, *codes))
        return total
