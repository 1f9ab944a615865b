"""A small world to check a rule in: a few synthetic households, a month with the rule in it, states at random."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Settings
from cashless_sim.model.tables import ALL
from cashless_sim.population.columns import Column, Columns
from cashless_sim.population.network import Network
from cashless_sim.population.population import Population
from cashless_sim.rules.people import People
from cashless_sim.rules.rule import Rule
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.streams import uniforms

HOUSEHOLDS, MONTHS, SEED = 150, 2, 5
FIRST, LAST = "2021-10", "2022-09"
"""Months in which much can happen: accounts open by phone, COVID-19 and campaigns are about."""
CODES = 40
"""Causes and a few campaigns: what a code at random may be."""


@dataclass(frozen=True)
class Ground:
    """The settings of a month that holds the rule, its few people, and the rule itself."""

    settings: Settings
    population: Population
    rule: Rule
    added: bool

    def model(self, rules: tuple[Rule, ...] | None = None) -> CashlessModel:
        """Return a model of plain rules, those of the settings or others, which checks its laws every month."""
        settings = self.settings if rules is None else replace(self.settings, rules=rules)
        return CashlessModel(settings, self.population, seed=SEED, level="interpreted", debug=True)


def ground(rule: Rule, scenario: str | Scenario) -> Ground:
    """Return the world of a scenario with the rule in its month; raise `UserError`."""
    loaded = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    small = loaded.with_(households=HOUSEHOLDS, start=FIRST, end=LAST)
    settings = small.settings()
    rules = placed(rule, settings.rules)
    people = few(small.population(), HOUSEHOLDS)
    return Ground(replace(settings, rules=rules), people, rule, len(rules) > len(settings.rules))


def placed(rule: Rule, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return a month's rules with one more: in the place of that of its name, or of those whose columns it owns."""
    owned = {column.name for column in rule.owns}
    same = [other for other in rules if type(other).__name__ == type(rule).__name__]
    taken = same or [other for other in rules if owned & {column.name for column in other.owns}]
    if not taken:
        return (*rules, rule)
    return tuple(rule if other is taken[0] else other for other in rules if other not in taken[1:])


def few(population: Population, n: int) -> Population:
    """Return the first households of a population, with the ties among them."""
    n = min(n, population.n)
    old = population.network
    ties = [old.ties(row) for row in range(n)]
    ties = [each[each < n] for each in ties]
    indptr = np.concatenate([[0], np.cumsum([len(each) for each in ties])]).astype(np.int64)
    rows = np.arange(n)
    return replace(
        population,
        ids=population.ids[:n],
        columns=population.columns.take(rows),
        cell=population.cell[:n],
        village=population.village[:n],
        weight=population.weight[:n],
        network=Network(indptr, np.concatenate(ties).astype(np.int32), old.spec),
    )


def open_rule(rule: Rule) -> Rule:
    """Return the rule with its passing columns stored, so that what it wrote can be seen afterwards."""
    kind = type(rule)
    owns = tuple(replace(column, passing=False) for column in kind.owns)
    opened = type(kind.__name__, (kind,), {"owns": owns, "__doc__": kind.__doc__, "__module__": kind.__module__})
    made: Rule = opened(**rule.values)
    return made


class Alone:
    """The people of a model on whom one rule runs by itself: what other rules pass on within a month is at random."""

    def __init__(self, model: CashlessModel, rule: Rule) -> None:
        """Keep the state of the model as it stands."""
        self._model, self._rule = model, rule
        self.tables = {name: values.copy() for name, values in model.tables.items()}
        self.stirred = {name: _stirred(name, values) for name, values in self.tables.items()}
        self.touches = len(self.tables["informed"])

    def people(self, mixed: int = 0) -> People:
        """Return people as the model left them; with ``mixed``, their rules' columns are drawn anew by that number."""
        columns = self._model.columns.copy()
        own = {column.name for column in self._rule.owns}
        for rule in self._model.settings.rules:
            for column in rule.owns:
                if column.passing:
                    values = column.start if column.name in own else self._at_random(column, None, mixed)
                    columns.add(replace(column, passing=False), values)
                elif mixed and column.name in columns:
                    columns.write(column.name, slice(None), self._at_random(column, columns, mixed))
        population = self._model.population
        ties = population.network
        network = self._model.settings.network
        people = People(columns, self._model.ids, columns.stored("cell"), ties.indptr, ties.indices, network)
        people.touch = (self._luck("touch", 0, mixed) * self.touches).astype(np.uint16)
        return people

    def restart(self, columns: Columns, whole: bool = False) -> None:
        """Set the rule's passing columns, or all of its columns, to what they start with."""
        for column in self._rule.owns:
            if column.passing or whole:
                columns.write(column.name, slice(None), column.start)

    def _luck(self, name: str, index: int, mixed: int) -> NDArray[np.float32]:
        return uniforms(SEED, self._model.ids, mixed, f"check.{name}", 0, index)

    def _at_random(self, column: Column, columns: Columns | None, mixed: int) -> Any:
        drawn = [self._luck(column.name, index, mixed) for index in range(max(1, len(column.per)))]
        values = np.array([_within(column, u, columns) for u in drawn])
        return values if column.per else values[0]


def _stirred(name: str, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a table in which no share or switch is zero everywhere: what is rare is tried too."""
    usual = {"share": 0.3, "0 or 1": 1.0}.get(ALL[name].unit, 0.0) if name in ALL else 0.0
    return values if usual == 0.0 or values.any() else np.full_like(values, usual)


def _within(column: Column, u: NDArray[np.float32], columns: Columns | None) -> NDArray[Any]:
    """Return values that a column may hold: any truth, code or share, numbers up to what is there."""
    if column.kind is bool:
        return u < 0.3
    if isinstance(column.kind, type) and issubclass(column.kind, IntEnum):
        return np.floor(u * len(column.kind))
    if column.is_share:
        return u
    if column.dtype == np.uint16 and column.unit == "code":
        return np.floor(u * CODES)
    there = columns.values(column.name).astype(np.float64) if columns is not None else np.zeros(1)
    low, high = float(there.min()), max(float(there.max()), 12.0)
    return np.floor(low + u * (high - low)) if column.dtype.kind in "ui" else low + u * (high - low)
