"""A month of all households: the rules in order, each at the fastest level that its text allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import RuleProblem, nearest
from cashless_sim.population.columns import Column, Columns
from cashless_sim.rules.catalogue import refuse_two_owners
from cashless_sim.rules.compiler.kernel import Kernel, parameter_vector, write_kernel
from cashless_sim.rules.compiler.remember import compiled
from cashless_sim.rules.compiler.values import NotCompilable
from cashless_sim.rules.interpreter import Here, Luck, Peers, Row
from cashless_sim.rules.peers import count_ties, well_mixed
from cashless_sim.rules.reading import columns_read
from cashless_sim.rules.rule import Rule, Table
from cashless_sim.streams import key, refuse_collisions

CHUNK = 16_384
WELL_MIXED_TIES = 255
"""Contacts when everyone meets everyone: a share is then exact to 1/255."""
LEVELS = ("vectorised", "scalar", "interpreted")


@dataclass
class Segment:
    """Rules that run together, the level they reached, and why not a faster one."""

    rules: tuple[Rule, ...]
    level: str
    why: str
    kernel: Kernel | None = None
    function: Callable[..., Any] | None = None
    parameters: NDArray[np.float32] | None = None


@dataclass
class People:
    """What a month works on: the households' columns, their ids, cells and contacts."""

    columns: Columns
    ids: NDArray[np.uint32]
    cell: NDArray[Any]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    mixing: str = "village"
    degree: NDArray[np.uint8] = field(init=False)

    def __post_init__(self) -> None:
        """Work out the number of contacts."""
        degree = np.diff(self.indptr)
        if self.mixing == "none":
            degree = np.zeros_like(degree)
        elif self.mixing == "well-mixed":
            degree = np.full_like(degree, WELL_MIXED_TIES)
        self.degree = np.minimum(degree, 255).astype(np.uint8)

    @property
    def n(self) -> int:
        """Number of households."""
        return len(self.ids)


class Month:
    """The rules of a month, ready to run over people.

    ``level`` is the fastest level to try: ``"vectorised"``, ``"scalar"`` or ``"interpreted"``; all give the same
    bits. Raises `RuleProblem` for rules that do not fit together.
    """

    def __init__(self, rules: Sequence[Rule], people: People, threads: int = 1, level: str = "vectorised") -> None:
        """Add the rules' columns to the people and prepare the segments."""
        self.rules = tuple(rules)
        self.people = people
        self.threads = max(1, threads)
        refuse_two_owners(self.rules)
        _refuse_shared_luck(self.rules)
        self.tables = _tables(self.rules)
        self._specs = _all_columns(self.rules, people.columns)
        _refuse_unknown_columns(self.rules, self._specs)
        self.passing = Columns(people.n)
        self.counts: dict[str, NDArray[np.uint8]] = {}
        self.level = level
        self._segments: list[Segment] | None = None
        self._arguments: dict[int, list[list[Any]]] = {}

    # -- before the pass ---------------------------------------------------------------------------------------
    def gather(self) -> None:
        """Count the contacts' flags as they stand now, for the whole month."""
        people = self.people
        for where in sorted({p.where for r in self.rules for p in r.peers}):
            flag = people.columns.stored(where)
            out = self.counts.setdefault(where, np.zeros(people.n, dtype=np.uint8))
            if people.mixing == "well-mixed":
                out[:] = well_mixed(flag, WELL_MIXED_TIES)
            elif people.mixing == "village":
                self._share_out(partial(_count_ties, people, flag, out))

    def run(self, month: int, seed: int, replicate: int, tables: Mapping[str, NDArray[np.float32]]) -> None:
        """Run the month over all households; ``tables`` hold `Here`'s numbers, ``[whose, ...]`` float32."""
        self.gather()
        for number, segment in enumerate(self.segments()):
            if segment.function is None:
                self._interpret(segment.rules, range(self.people.n), month, seed, replicate, tables)
            else:
                self._run_compiled(number, segment, month, seed, replicate, tables)

    def household(
        self,
        view: Any,
        row: int,
        month: int,
        seed: int,
        replicate: int,
        tables: Mapping[str, NDArray[np.float32]],
    ) -> None:
        """Run the month as plain Python on one household; `gather` first."""
        at = self._whose(row)
        for rule in self.rules:
            kind = type(rule)
            rule.household(
                view,
                Peers(self.counts, int(self.people.degree[row]), kind, row),
                Here({t.name: t for t in rule.reads}, tables, at),
                Luck(kind, seed, int(self.people.ids[row]), month, replicate),
            )

    def scratch(self) -> Columns:
        """Return the passing columns as a table of their own, for working out single households."""
        if not hasattr(self, "_scratch"):
            self._scratch = Columns(self.people.n)
            for column in self._specs.values():
                if column.passing:
                    self._scratch.add(column)
        return self._scratch

    # -- levels --------------------------------------------------------------------------------------------------
    def segments(self) -> list[Segment]:
        """Return the segments, compiling them at the first call."""
        if self._segments is None:
            runs = _runs(self.rules, self._specs, self.level)
            kept = _kept(runs)
            for name in sorted(kept):
                self.passing.add(self._specs[name])
            self._segments = [self._segment(rules, why, kept) for rules, why in runs]
        return self._segments

    def _segment(self, rules: tuple[Rule, ...], why: str, kept: set[str]) -> Segment:
        if why:
            return Segment(rules, "interpreted", why)
        vector = self.level == "vectorised"
        kernel = write_kernel(rules, self._specs, kept, vector)
        function, how = compiled(kernel.source)
        level = "vectorised" if vector else "scalar"
        return Segment(rules, level, how, kernel, function, parameter_vector(kernel, rules))

    def explain(self) -> list[tuple[str, str, str]]:
        """Return (rule, level, why) for each rule."""
        return [(type(r).__name__, s.level, s.why) for s in self.segments() for r in s.rules]

    # -- running ---------------------------------------------------------------------------------------------------
    def _share_out(self, work: Callable[[int, int], None]) -> None:
        bounds = [(a, min(a + CHUNK, self.people.n)) for a in range(0, self.people.n, CHUNK)]
        if self.threads == 1 or len(bounds) == 1:
            for first, last in bounds:
                work(first, last)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            for done in [pool.submit(work, *bound) for bound in bounds]:
                done.result()

    def _run_compiled(
        self,
        number: int,
        segment: Segment,
        month: int,
        seed: int,
        replicate: int,
        tables: Mapping[str, NDArray[np.float32]],
    ) -> None:
        assert segment.kernel is not None and segment.function is not None
        k0, k1 = key(seed)
        scalars: dict[str, Any] = {
            "month": np.uint32(month),
            "replicate": np.uint32(replicate),
            "k0": np.uint32(k0),
            "k1": np.uint32(k1),
            "P": segment.parameters,
        }
        flat = {name: self._flat(name, tables[name]) for name in self.tables}
        function, arguments = segment.function, segment.kernel.arguments
        for name in self.passing:
            column = self.passing.specs[name]
            self.passing.stored(name)[...] = column.start

        def work(first: int, last: int) -> None:
            function(*(self._argument(a, first, last, scalars, flat) for a in arguments))

        self._share_out(work)

    def _flat(self, name: str, values: NDArray[np.float32]) -> NDArray[np.float32]:
        return values.reshape(len(values), -1) if self.tables[name].by else values.reshape(-1)

    def _argument(
        self,
        argument: tuple[Any, ...],
        first: int,
        last: int,
        scalars: Mapping[str, Any],
        flat: Mapping[str, Any],
    ) -> Any:
        kind = argument[0]
        if kind in scalars:
            return scalars[kind]
        if kind == "n":
            return last - first
        if kind == "T":
            return flat[argument[1]]
        if kind == "c":
            table = self.people.columns if argument[1] in self.people.columns else self.passing
            array = table.stored(argument[1])
            return (array if len(argument) == 2 else array[argument[2]])[first:last]
        whole = {"ids": self.people.ids, "cell": self.people.cell, "degree": self.people.degree}
        return (self.counts[argument[1]] if kind == "count" else whole[kind])[first:last]

    def _interpret(
        self,
        rules: tuple[Rule, ...],
        rows: Iterable[int],
        month: int,
        seed: int,
        replicate: int,
        tables: Mapping[str, NDArray[np.float32]],
    ) -> None:
        for row in rows:
            view = Row((self.people.columns, self.passing), row)
            at = self._whose(row)
            for rule in rules:
                kind = type(rule)
                rule.household(
                    view,
                    Peers(self.counts, int(self.people.degree[row]), kind, row),
                    Here({t.name: t for t in rule.reads}, tables, at),
                    Luck(kind, seed, int(self.people.ids[row]), month, replicate),
                )

    def _whose(self, row: int) -> dict[str, int]:
        whose = {"cell": int(self.people.cell[row])}
        for table in self.tables.values():
            if table.by not in ("", "cell"):
                whose[table.by] = int(self.people.columns.stored(table.by)[row])
        return whose


def _count_ties(people: People, flag: NDArray[np.bool_], out: NDArray[np.uint8], first: int, last: int) -> None:
    count_ties(first, last, people.indptr, people.indices, flag, out)


def _refuse_unknown_columns(rules: Sequence[Rule], known: Mapping[str, Column]) -> None:
    for rule in rules:
        for name, where in columns_read(type(rule).text).items():
            if name not in known:
                raise RuleProblem(
                    where=where,
                    rule=type(rule).__name__,
                    problem=f"reads h.{name}, which no rule of this month owns",
                    expected="a column of the population or of a rule in the month",
                    near=nearest(name, known),
                    next="add the rule that owns it to the month",
                )


def _refuse_shared_luck(rules: Sequence[Rule]) -> None:
    refuse_collisions({f"{type(r).__name__}.{d.name}": -(-d.size // 4) for r in rules for d in r.draws})


def _tables(rules: Sequence[Rule]) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for rule in rules:
        for table in rule.reads:
            if found.setdefault(table.name, table) != table:
                raise RuleProblem(
                    rule=type(rule).__name__,
                    problem=f"declares here.{table.name} otherwise than another rule",
                    expected="one declaration for each table",
                )
    return found


def _all_columns(rules: Sequence[Rule], columns: Columns) -> dict[str, Column]:
    for rule in rules:
        for column in rule.owns:
            if not column.passing and column.name not in columns:
                columns.add(column)
    owned = {c.name: c for r in rules for c in r.owns}
    return {**owned, **columns.specs}


def _runs(rules: Sequence[Rule], columns: Mapping[str, Column], level: str) -> list[tuple[tuple[Rule, ...], str]]:
    """Return groups of neighbouring rules that compile together, and why the others do not."""
    runs: list[tuple[tuple[Rule, ...], str]] = []
    for rule in rules:
        why = "asked for" if level == "interpreted" else ""
        if not why:
            try:
                write_kernel([rule], columns, set(), False)
            except NotCompilable as problem:
                why = str(problem)
        if runs and not why and not runs[-1][1]:
            runs[-1] = ((*runs[-1][0], rule), "")
        else:
            runs.append(((rule,), why))
    return runs


def _kept(runs: list[tuple[tuple[Rule, ...], str]]) -> set[str]:
    """Return the passing columns that must outlive their segment: all, unless one compiled segment is everything."""
    if len(runs) == 1 and not runs[0][1]:
        return set()
    return {c.name for rules, _ in runs for r in rules for c in r.owns if c.passing}
