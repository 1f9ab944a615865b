"""What a sweep asks for: scenarios × settings × luck × draws, each run with the key under which it is found again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from cashless_sim.data import own_hash
from cashless_sim.experiment.drawing import Drawing
from cashless_sim.experiment.job import Job, size
from cashless_sim.experiment.runs import FIRST_DRAW
from cashless_sim.experiment.space import point
from cashless_sim.experiment.store import Design, Identity
from cashless_sim.experiment.version import code_of
from cashless_sim.experiment.workers import Task, maker
from cashless_sim.scenario.recipe import Scenario

ABOUT = 1
NAMED = 3


@dataclass(frozen=True)
class Row:
    """One run asked for: ``scenario`` labels it, ``of`` names the scenario it changes at ``point``, if any."""

    scenario: str
    of: str
    point: int | None
    replicate: int
    draw: int | None


def rows(about: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the runs of a design in order: by scenario and point, first the replicates, then the draws."""
    count = about["points"]
    for one in about["scenarios"]:
        name = one["name"]
        for number in range(count) if count else (None,):
            label = name if number is None else f"{name}#{number}"
            for replicate in range(about["replicates"]):
                yield Row(label, name, number, replicate, None)
            for draw in range(about["draws"]):
                yield Row(label, name, number, FIRST_DRAW + draw, draw)


@dataclass(frozen=True)
class Asking:
    """A design that can be run: its scenarios, sized, its settings, luck and draws, and the code it runs on.

    ``drawing`` holds the seed of the luck too.
    """

    scenarios: Mapping[str, Scenario]
    settings: pd.DataFrame | None
    replicates: int
    drawing: Drawing
    groups: tuple[str, ...] | None
    measures: tuple[str, ...] | None
    code: str

    @cached_property
    def about(self) -> dict[str, Any]:
        """The design as plain data."""
        table = self.settings
        return {
            "format": ABOUT,
            "scenarios": [_about(name, scenario) for name, scenario in self.scenarios.items()],
            "points": 0 if table is None else len(table),
            "settings": [] if table is None else [point(table, number) for number in range(len(table))],
            "replicates": self.replicates,
            "draws": self.drawing.draws,
            "seed": self.drawing.seed,
            "parameters": self.drawing.about,
            "groups": self.groups and list(self.groups),
            "measures": self.measures and list(self.measures),
        }

    @cached_property
    def kept(self) -> str:
        """Which rows of a run are kept, as text; empty for all."""
        kept = {"groups": self.groups and sorted(self.groups), "measures": self.measures and sorted(self.measures)}
        return json.dumps(kept, sort_keys=True) if self.groups is not None or self.measures is not None else ""

    @cached_property
    def codes(self) -> dict[str, str]:
        """Code version of each scenario's runs, with the source of its rules from outside."""
        return {name: code_of(scenario, self.code) for name, scenario in self.scenarios.items()}

    def design(self, name: str | None) -> Design:
        """Return the design for the store, named after its first scenarios unless it has a name."""
        made = Design(name or "", self.about, tuple(self.ask(row) for row in rows(self.about)))
        names = list(self.scenarios)
        called = [*names[:NAMED], *([str(len(names) - NAMED)] if len(names) > NAMED else [])]
        given = name or f"{'+'.join(called)}-{made.id.hex()[:8]}"
        return Design(given, made.about, made.asks)

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        """What all runs of a scenario share; with the source, as a draw depends on how priors are drawn."""
        return {
            name: " ".join((maker(), self.codes[name], scenario.hash, str(self.drawing.seed), self.kept))
            for name, scenario in self.scenarios.items()
        }

    @cached_property
    def _priors(self) -> dict[str, str]:
        """What the draws of each scenario are drawn from, with its ranges."""
        return {name: scenario.prior_hash for name, scenario in self.scenarios.items()} if self.drawing.draws else {}

    @cached_property
    def _files(self) -> dict[str, str]:
        """What places from outside held when their runs were first asked for, by name; empty for those that ship."""
        return {}

    def ask(self, row: Row) -> bytes:
        """Return the key of what is asked (bytes[32]), known without making the scenario."""
        changes = {} if row.point is None else self.about["settings"][row.point]
        prior = None if row.draw is None else [self._priors[row.of], self.drawing.key(row.draw)]
        text = json.dumps([self._prefixes[row.of], changes, row.replicate, row.draw, prior], sort_keys=True)
        return hashlib.sha256(text.encode("utf-8")).digest()

    def scenario(self, row: Row) -> Scenario:
        """Return the scenario of one run: drawn first, then set; raise `UserError` for settings it cannot have."""
        made = self.scenarios[row.of]
        if row.draw is not None:
            made = self.drawing.scenario(made, row.draw)
        return made if row.point is None else made.with_(self.about["settings"][row.point])

    def task(self, row: Row, ask: bytes) -> tuple[Identity, Task]:
        """Return what identifies a run and how it is made; raise `UserError`."""
        scenario, seed = self.scenario(row), self.drawing.seed
        job = Job(scenario, row.scenario, seed, row.replicate, row.draw, size(scenario), self.groups, self.measures)
        data = maker().split()[1]
        identity = Identity(scenario.hash, data, self.codes[row.of], seed, row.replicate, job.size, self.kept)
        where = scenario.settings().place
        return identity, Task(ask, job, maker(), self._files.setdefault(where, own_hash(where)))


def _about(name: str, scenario: Scenario) -> dict[str, Any]:
    recipe = scenario.recipe
    return {
        "name": name,
        "title": recipe.title or name,
        "title_vi": recipe.title_vi or recipe.title or name,
        "hash": scenario.hash,
        "place": scenario.settings().place,
        "recipe": scenario.to_toml(),
    }
