"""A month of all households: the rules in order, each at the fastest level that its text allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.population.columns import Columns, encode
from cashless_sim.rules.arguments import Argument, Arguments
from cashless_sim.rules.fitting import all_columns, refuse_misfits, tables_of
from cashless_sim.rules.interpreter import Here, Luck, Peers, Row
from cashless_sim.rules.peers import AT_ONCE, count_ties, marked, well_mixed
from cashless_sim.rules.people import WELL_MIXED_TIES, People
from cashless_sim.rules.rule import OWN_INDEX, Rule
from cashless_sim.rules.segments import Segment, groups_of, kept_of, segment_of
from cashless_sim.streams import key

CHUNK = 16_384


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
        refuse_misfits(self.rules)
        self.tables = tables_of(self.rules)
        self._specs = all_columns(self.rules, people.columns)
        self.passing = Columns(people.n, packed=False)
        told = sorted({p.where for r in self.rules for p in r.peers})
        self._told = [told[i : i + AT_ONCE] for i in range(0, len(told), AT_ONCE)]
        self._counted = [np.zeros((len(names), people.n), dtype=np.uint8) for names in self._told]
        self.level = level
        self._arguments: dict[tuple[Argument, ...], Arguments] = {}
        self._segments: list[Segment] | None = None

    @property
    def counts(self) -> dict[str, NDArray[np.uint8]]:
        """How many contacts of each household had each flag, as last gathered: ``uint8[n]`` by flag."""
        pairs = zip(self._told, self._counted, strict=True)
        return {where: out[place] for names, out in pairs for place, where in enumerate(names)}

    # -- before the pass ---------------------------------------------------------------------------------------
    def gather(self) -> None:
        """Count the contacts' flags as they stand now, for the whole month."""
        people = self.people
        for names, out in zip(self._told, self._counted, strict=True):
            if people.mixing == "well-mixed":
                out[:] = [well_mixed(people.columns.stored(name), WELL_MIXED_TIES) for name in names]
            elif people.mixing == "village":
                self._share_out(partial(_count_ties, people, marked(people.columns, names), out))

    def run(self, month: int, seed: int, replicate: int, tables: Mapping[str, NDArray[np.float32]]) -> None:
        """Run the month over all households; ``tables`` hold `Here`'s numbers, ``[whose, ...]`` float32."""
        self.gather()
        segments = self.segments()
        _restart(self.passing, slice(None))
        for segment in segments:
            if segment.function is None:
                self._interpret(segment.rules, range(self.people.n), month, seed, replicate, tables)
            else:
                self._run_compiled(segment, month, seed, replicate, tables)

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
        _restart(self.scratch(), row)
        self._interpret_one(self.rules, view, row, month, seed, replicate, tables)

    def scratch(self) -> Columns:
        """Return the passing columns as a table of their own, for working out single households."""
        if not hasattr(self, "_scratch"):
            self._scratch = Columns(self.people.n, packed=False)
            for column in self._specs.values():
                if column.passing:
                    self._scratch.add(column)
        return self._scratch

    # -- levels --------------------------------------------------------------------------------------------------
    def segments(self) -> list[Segment]:
        """Return the segments, compiling them at the first call."""
        if self._segments is None:
            groups = groups_of(self.rules, self._specs, self.level)
            kept = kept_of(groups)
            for name in sorted(kept):
                self.passing.add(self._specs[name])
            self._segments = [segment_of(g, self._specs, kept, self.level, self._try_out) for g in groups]
        return self._segments

    def _try_out(self, segment: Segment) -> None:
        """Run a compiled segment over nobody."""
        nothing = {name: np.zeros((1, t.size) if t.by else t.size, dtype=np.float32) for name, t in self.tables.items()}
        self._call(segment, 0, 0, self.given(nothing, self.tables, _scalars(segment, 0, 0, 0)))

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
        self, segment: Segment, month: int, seed: int, replicate: int, tables: Mapping[str, NDArray[np.float32]]
    ) -> None:
        given = self.given(tables, self.tables, _scalars(segment, month, seed, replicate))
        self._share_out(lambda first, last: self._call(segment, first, last, given))

    def _call(self, segment: Segment, first: int, last: int, given: Mapping[Argument, Any]) -> None:
        assert segment.kernel is not None and segment.function is not None
        names = segment.kernel.arguments
        if names not in self._arguments:
            self._arguments[names] = self.arguments(names)
        self._arguments[names].call(segment.function, first, last, given)

    def arguments(self, names: Sequence[Argument]) -> Arguments:
        """Return a compiled pass's arguments over these people."""
        return Arguments(names, self)

    def given(
        self, tables: Mapping[str, NDArray[np.float32]], read: Iterable[str], scalars: Mapping[str, Any]
    ) -> dict[Argument, Any]:
        """Return what differs from month to month, as compiled passes name it."""
        flat: dict[Argument, Any] = {("T", name): self._flat(name, tables[name]) for name in read}
        return flat | {(name,): value for name, value in scalars.items()}

    def _flat(self, name: str, values: NDArray[np.float32]) -> NDArray[np.float32]:
        return values.reshape(len(values), -1) if self.tables[name].by else values.reshape(-1)

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
            self._interpret_one(rules, view, row, month, seed, replicate, tables)

    def _interpret_one(
        self,
        rules: tuple[Rule, ...],
        view: Any,
        row: int,
        month: int,
        seed: int,
        replicate: int,
        tables: Mapping[str, NDArray[np.float32]],
    ) -> None:
        at, id_, degree = self._whose(row), int(self.people.ids[row]), int(self.people.degree[row])
        with np.errstate(all="ignore"):  # compiled arithmetic is as silent
            for rule in rules:
                kind = type(rule)
                here = Here({t.name: t for t in rule.reads}, tables, at)
                rule.household(
                    view, Peers(self.counts, degree, kind, row), here, Luck(kind, seed, id_, month, replicate)
                )

    def _whose(self, row: int) -> Whose:
        return Whose(self.people, row)


class Whose:
    """Which surroundings are a household's: its cell, and the bank or provider that it has at present."""

    def __init__(self, people: People, row: int) -> None:
        """Look at one row."""
        self._people, self._row = people, row

    def __getitem__(self, by: str) -> int:
        """Return the index of its cell, bank or provider."""
        if by in OWN_INDEX:
            return int(getattr(self._people, by)[self._row])
        return int(self._people.columns.at(by, self._row))


def _scalars(segment: Segment, month: int, seed: int, replicate: int) -> dict[str, Any]:
    numbers = dict(zip(("month", "replicate", "k0", "k1"), (month, replicate, *key(seed)), strict=True))
    return {**{name: np.uint32(number) for name, number in numbers.items()}, "P": segment.parameters}


def _restart(passing: Columns, rows: Any) -> None:
    """Set passing columns to what they are at the start of every month."""
    for name, column in passing.specs.items():
        passing.stored(name)[..., rows] = encode(column, column.start)


def _count_ties(people: People, marks: NDArray[np.uint32], out: NDArray[np.uint8], first: int, last: int) -> None:
    count_ties(first, last, people.indptr, people.indices, marks, out)
