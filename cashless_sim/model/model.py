"""The Mesa model: whose turn it is each month, and what is kept of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import mesa
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.errors import BadValue
from cashless_sim.model.contacts import ties_of
from cashless_sim.model.counting import BANDS, counted, group_of
from cashless_sim.model.diary import Diary
from cashless_sim.model.groups import Groups
from cashless_sim.model.households import Household
from cashless_sim.model.laws import Laws
from cashless_sim.model.ledger import cause_names, credits
from cashless_sim.model.measures import SHARES, by_bill, cost_to_serve, shares
from cashless_sim.model.mesa_hooks import MesaFace
from cashless_sim.model.observation import statistics
from cashless_sim.model.organisations import Organisations
from cashless_sim.model.outreach import Outreach
from cashless_sim.model.own_measures import OwnCount, measures_named
from cashless_sim.model.record import Record
from cashless_sim.model.settings import IMITATION, Settings
from cashless_sim.model.start import QUINTILE, begin, income_fifths
from cashless_sim.model.tables import ALL, Calendar, empty_tables
from cashless_sim.population.columns import Column, Columns
from cashless_sim.population.population import Population
from cashless_sim.rules.at_once import month_of
from cashless_sim.rules.interpreter import Here, Row, RowView
from cashless_sim.rules.month import Whose
from cashless_sim.rules.people import People
from cashless_sim.rules.rule import Rule, Table
from cashless_sim.rules.tally import Tally
from cashless_sim.units import Count, month_text

Progress = Callable[[int, int], None]
CELL = Column("cell", Count, "code", "place × urban: whose surroundings the household sees")
REPORTED = (*"ABCDEFG", *SHARES)
COUNTED_TABLES = ("tick", "fee", "bank_fee", "provider_fee")


class CashlessModel(MesaFace, mesa.Model):
    """Households, utilities, banks and wallets, one month a step.

    ``threads`` and ``level`` change speed, never results: ``"vectorised"`` compiles first, ``"at once"`` begins with
    what is ready and compiles meanwhile, ``"interpreted"`` never compiles. ``debug`` checks every month that nothing
    is created or lost.
    Raises `BadValue` when stepped past the end of the settings.
    """

    def __init__(
        self,
        settings: Settings,
        population: Population,
        seed: int | None = 0,
        replicate: int = 0,
        threads: int = 1,
        level: str = "vectorised",
        debug: bool = False,
        rng: int | None = None,
    ) -> None:
        """Build the first month's state; ``rng`` is Mesa's name for ``seed`` and wins when given."""
        seed = int(seed or 0) if rng is None else int(rng)
        super().__init__(rng=seed % 2**63)
        self.settings, self.population = settings, population
        self.seed, self.replicate, self.debug = seed, int(replicate), debug
        self.cells = population.cells
        self.month = settings.start
        self.ids = population.ids.copy()
        self.weight = population.weight
        self.columns = self._columns()
        network, mixing = ties_of(settings.network, population)
        people = People(
            self.columns,
            self.ids,
            self.columns.stored("cell"),
            network.indptr,
            network.indices,
            mixing,
        )
        districts = [c.district for c in self.cells]
        self._outreach = Outreach(settings, people, districts, self.weight, population.village, self.seed, threads)
        self._rules = month_of(_imitating(settings), people, threads, level)
        self._calendar = Calendar(settings)
        self._organisations = Organisations(self, self.weight)
        self.tables = empty_tables(self._organisations.sizes | {"cell": len(self.cells), "touch": 1})
        self._furnish()
        begin(self.columns, self.ids, population.village, self.tables["points"], self.seed, self.replicate)
        self._laws = Laws(self.columns, float(self.weight.sum())) if debug else None
        self._cell_weight = self._weight_of_cell()
        self._groups = Groups(self.cells, self._cell_weight)
        self._tally: Tally | None = None
        self._own = OwnCount(measures_named(settings.measures), self._rules, _counted_tables(), self._groups)
        self.cause_names = cause_names(self._outreach.numbers)
        self._record = Record()
        self._diary: Diary | None = None
        self.reported: dict[str, float] = {}
        self.datacollector = mesa.DataCollector(model_reporters={name: partial(_reported, name) for name in REPORTED})

    # -- building ----------------------------------------------------------------------------------------------
    def _columns(self) -> Columns:
        columns = self.population.columns.copy()
        columns.add(CELL, self.population.cell)
        columns.add(QUINTILE, income_fifths(columns.stored("income"), self.weight))
        return columns

    def _weight_of_cell(self) -> Any:
        totals = np.bincount(self.population.cell, weights=self.weight, minlength=len(self.cells))
        homes = np.bincount(self.population.cell, minlength=len(self.cells))
        return totals / np.maximum(homes, 1)

    # -- the month -----------------------------------------------------------------------------------------------
    def step(self) -> None:
        """Run one month: calendar, outreach, households, organisations, count."""
        if self.month > self.settings.end:
            raise BadValue(
                what="month to run",
                value=month_text(self.month),
                expected=f"no month after {month_text(self.settings.end)}, the end of the scenario",
                next="set a later end",
            )
        self._furnish()
        self._outreach.step(self.month, self.replicate, self.tables, self._organisations.funds())
        self._rules.run(self.month, self.seed, self.replicate, self.tables)
        self._count()
        self.datacollector.collect(self)
        self.month += 1
        self.running = self.month <= self.settings.end

    def _furnish(self) -> None:
        self._calendar.furnish(self.tables, self.month)
        self._organisations.furnish(self.tables, self.month)

    def step_household(self, row: int) -> None:
        """Work out this month's rules for one household as plain Python; others stay as they are."""
        self.step_households([row])

    def step_households(self, rows: Iterable[int]) -> None:
        """Work out this month's rules for some households, who all see their contacts as they were before."""
        self._furnish()
        self._rules.gather()
        for row in rows:
            view = _Working(self, int(row))
            self._rules.household(view, int(row), self.month, self.seed, self.replicate, self.tables)

    def run(self, months: int | None = None, progress: Progress | None = None) -> pd.DataFrame:
        """Run some months (all that are left when None); return `frame`. ``progress(done, of)`` after each."""
        left = self.settings.end - self.month + 1
        months = left if months is None else min(months, left)
        for done in range(months):
            self.step()
            if progress is not None:
                progress(done + 1, months)
        return self.frame()

    def prepare(self) -> list[tuple[str, str, str]]:
        """Compile the month now instead of at the first step; return `explain_speed`."""
        self._counter()
        self._own.prepare()
        return self.explain_speed()

    def explain_speed(self) -> list[tuple[str, str, str]]:
        """Return (rule, level reached, why) for each rule of the month."""
        return self._rules.explain()

    # -- counting ------------------------------------------------------------------------------------------------
    def each(self, formula: Callable[..., Any], *codes: int) -> NDArray[np.float64]:
        """Return what a formula says of each household as it stands, worked out from its text: float64[n]."""
        tables, people = {table.name: table for table in _counted_tables()}, self._rules.people
        with np.errstate(all="ignore"):
            said = (
                formula(Row((self.columns,), row), Here(tables, self.tables, Whose(people, row)), *codes)
                for row in range(people.n)
            )
            return np.fromiter(map(float, said), dtype=np.float64, count=people.n)

    def _counter(self) -> Tally:
        if self._tally is None:
            self._tally = Tally(self._rules, _counted_tables(), group_of, self._groups.size, counted())
        return self._tally

    def _count(self) -> None:
        tally = self._counter()
        counts = tally.count(self.tables)
        table = self._groups.sums(counts)
        index = {name_of: i for i, (name_of, _, _) in enumerate(tally.counted)}

        def sums(name: str) -> Any:
            return table[:, index[name]]

        values = {**statistics(sums, self.settings.observation, self.month), **shares(sums)}
        self.reported = {measure: float(v[0]) for measure, v in values.items()}
        values["households"] = sums("households")
        costs = self._organisations.costs
        values |= self._own.values(self.tables, sums, self.settings.observation, self.month)
        values |= by_bill(sums) | cost_to_serve(sums, costs["cost_cash"], costs["cost_digital"])
        self._record.add(month_text(self.month), self._groups.names, values, self._causes())
        by_cell = counts.reshape(len(self.cells), BANDS, -1).sum(axis=1) * self._cell_weight[:, None]
        self._organisations.book(lambda name: by_cell[:, index[name]], self.columns)
        if self._laws is not None:
            tick = self.month - self.settings.start + 1
            self._laws.check(self.columns, sums, self.reported, month_text(self.month), tick)
        if self._diary is not None:
            self._diary.note(self.columns, month_text(self.month))

    def _causes(self) -> list[tuple[str, str, float]]:
        tick = self.month - self.settings.start + 1
        found: list[tuple[str, str, float]] = []
        for measure, cause, when in (
            ("adopted_by", "first_cause", "first_month"),
            ("lapsed_by", "left_because", "lapse_month"),
        ):
            credited = credits(self.columns, cause, when, tick, self.weight, self.cause_names)
            found += [(measure, f"cause={name}", total) for name, total in credited.items()]
        for reach in self._outreach.log:
            if reach.month == self.month:
                found.append(("contacts", f"campaign={reach.campaign}", reach.contacts))
                found.append(("spent", f"campaign={reach.campaign}", reach.spent))
                for district, (contacts, spent) in reach.districts.items():
                    group = f"district={district};campaign={reach.campaign}"
                    if contacts or spent:
                        found += [("contacts", group, contacts), ("spent", group, spent)]
        return found

    def follow(self, ids: Sequence[int]) -> Diary:
        """Return a diary that notes, from now on, what changes in some households; raise `UnknownName`."""
        self._diary = Diary(ids, [self.household(i).row for i in ids], self.columns)
        return self._diary

    def frame(self) -> pd.DataFrame:
        """Return what was counted so far: month, measure, group, value."""
        return self._record.frame()

    def state_hash(self) -> str:
        """Return the hash of every household's state: equal hashes mean equal bits."""
        digest = hashlib.sha256()
        digest.update(self.ids.tobytes())
        for name in sorted(self.columns):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(self.columns.stored(name)).tobytes())
        return digest.hexdigest()


def _imitating(settings: Settings) -> tuple[Rule, ...]:
    """Return the rules with the switch of imitation set, where the settings say so."""
    if settings.imitation is None:
        return settings.rules
    mode = IMITATION[settings.imitation]
    return tuple(r.with_(imitation=mode) if "imitation" in r.parameters else r for r in settings.rules)


def _counted_tables() -> list[Table]:
    """Return the surroundings that what is counted may read."""
    return [ALL[name] for name in COUNTED_TABLES]


def _reported(name: str, model: CashlessModel) -> float | None:
    """Return the last month's value for everyone; None before the first month."""
    return model.reported.get(name)


class _Working(Household):
    """A household while its month is worked out: sees the passing columns too."""

    __slots__ = ()

    def _tables(self) -> tuple[Columns, ...]:
        return (self.model.columns, self.model._rules.scratch())

    def __getattr__(self, name: str) -> Any:
        scratch = self.model._rules.scratch()
        if not name.startswith("_") and name in scratch:
            return RowView.__getattr__(self, name)
        return super().__getattr__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        scratch = self.model._rules.scratch()
        if name in scratch:
            scratch.write(name, self.row, value)
        else:
            RowView.__setattr__(self, name, value)
