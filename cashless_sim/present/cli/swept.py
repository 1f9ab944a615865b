"""Scenarios run into a store, with their progress on the screen: what several commands do before they tell."""

from __future__ import annotations

from typing import Protocol

from cashless_sim.experiment.sweep import Sweep, sweep
from cashless_sim.present.cli.shown import under_way
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.scenario.recipe import Scenario


class Asked(Protocol):
    """As much of what was asked for as making the runs needs; ``households`` is None for all of the place."""

    @property
    def replicates(self) -> int:
        """Runs of luck, each scenario."""

    @property
    def draws(self) -> int:
        """Runs with drawn parameters, each scenario."""

    @property
    def households(self) -> int | None:
        """Households of a run."""

    @property
    def seed(self) -> int:
        """Seed of the luck."""

    @property
    def workers(self) -> int | None:
        """Local processes."""

    @property
    def store(self) -> str:
        """The store's file."""


def swept(wish: Asked, scenarios: dict[str, Scenario], tongue: str) -> Sweep:
    """Return the finished runs of the scenarios: those that the store has, the others made now. Raises `UserError`."""
    count = len(scenarios) * (wish.replicates + wish.draws)
    opening = say("cli.working", tongue, runs=number(count, tongue), scenarios=", ".join(scenarios))
    with under_way(tongue, opening) as told:
        return sweep(
            list(scenarios.values()),
            store=wish.store,
            replicates=wish.replicates,
            draws=wish.draws,
            seed=wish.seed,
            households=wish.households,
            workers=wish.workers,
            progress=told,
        )
