"""Plans tried on the model: doses become campaigns, runs on common draws become shares and spending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.analysis.optimise.problem import Cell, Doses, Offer, Problem
from cashless_sim.analysis.pairing import IGNORANCE, kind_of
from cashless_sim.data import place
from cashless_sim.errors import UnknownName, nearest
from cashless_sim.experiment.drawing import PRIOR
from cashless_sim.experiment.job import Progress
from cashless_sim.experiment.sweep import sweep
from cashless_sim.experiment.version import code_version
from cashless_sim.model.counting import AGES, FIFTHS
from cashless_sim.model.measures import MEASURES
from cashless_sim.rules.campaigns import CHANNELS
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

F64 = NDArray[np.float64]
KEPT = ("households", "spent", "contacts")
LEAST_DOSE = 1e-3


@dataclass(frozen=True)
class Outcome:
    """What a plan came to: ``shares[draw, group]`` in the month judged; mean VND and contacts of each cell."""

    shares: F64
    spent: Mapping[Cell, float]
    contacts: Mapping[Cell, float]


class World(Protocol):
    """Anything that can try plans: the model, or a toy whose answer is known."""

    places: tuple[str, ...]
    groups: tuple[str, ...]
    homes: Mapping[str, float]

    def outcomes(self, plans: Mapping[str, Doses], seed: int, draws: int) -> Mapping[str, Outcome]:
        """Return the outcome of each plan, all on the same draws and luck."""


class Simulated:
    """The model as a world: a base scenario, and what the offers add to it."""

    def __init__(
        self,
        problem: Problem,
        base: Scenario,
        store: str | Path,
        households: int = 20_000,
        workers: int | None = None,
        code: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Get ready; runs end in the month judged and are kept in ``store``. Raises `UserError`.

        ``parameters`` says where the draws came from, once there are any.
        """
        self.problem, self.store, self.workers, self.progress = problem, store, workers, progress
        self.base = base.with_(end=problem.judged, households=households, name="base")
        self.code = code or code_version()
        self.parameters: Mapping[str, Any] = {"source": PRIOR}
        _refuse_no_share(problem.measure, self.base)
        table = place(self.base.settings().place).districts
        self.places: tuple[str, ...] = tuple(table["district"])
        homes = dict(zip(self.places, table["households"].astype(float), strict=True))
        self._offers: dict[str, Offer] = {offer.name: offer for offer in problem.offers}
        self._homes = homes
        families = [f"age={age}" for age in AGES] + [f"income={fifth}" for fifth in FIFTHS] + ["urban=yes", "urban=no"]
        self.groups: tuple[str, ...] = ("all", *(f"district={name}" for name in self.places), *families)
        self.homes: Mapping[str, float] = {"all": sum(homes.values())} | {
            f"district={name}": count for name, count in homes.items()
        }

    def scenario(self, doses: Doses, name: str) -> Scenario:
        """Return the base scenario with a campaign for each cell that has a dose."""
        added = [self._campaign(cell, dose) for cell, dose in doses.items() if dose >= LEAST_DOSE]
        kept = list(self.base.settings().campaigns)
        return self.base.with_(campaigns=[*kept, *(one for one in added if one)], name=name)

    def _campaign(self, cell: Cell, dose: float) -> dict[str, Any] | None:
        offer = self._offers[cell[0]]
        made: dict[str, Any] = {"name": "@".join(cell), "channel": offer.channel, "sponsor": offer.sponsor}
        made |= {"runner": offer.runner, "start": offer.start, "end": offer.end, "districts": [cell[1]]}
        made |= {"months": list(offer.months), "target": dict(offer.target), "cost_per_contact": offer.unit}
        if not CHANNELS[offer.channel].people_run:
            return _dated(made | {"intensity": round(min(dose, 1.0), 6)})
        capacity = round(dose * (offer.most or 0.0) * self._homes[cell[1]] / 1000)
        return _dated(made | {"capacity": capacity}) if capacity else None

    def outcomes(self, plans: Mapping[str, Doses], seed: int, draws: int) -> Mapping[str, Outcome]:
        """Run each plan on the same draws; what the store holds is not run again. Raises as `sweep` does."""
        scenarios = [self.scenario(doses, name) for name, doses in plans.items()]
        cells = {"@".join(cell): cell for doses in plans.values() for cell in doses}
        done = sweep(
            scenarios,
            store=self.store,
            replicates=0,
            draws=draws,
            seed=seed,
            groups=[*self.groups, *(f"campaign={name}" for name in sorted(cells))],
            measures=[self.problem.measure, *KEPT],
            workers=self.workers,
            code=self.code,
            progress=self.progress,
        )
        runs, self.parameters = done.runs(), done.parameters
        rows = runs.select(draws=kind_of(runs) == IGNORANCE).astype({"scenario": str, "measure": str, "group": str})
        last = rows[rows["month"] == self.problem.judged]
        self.homes = {**self.homes, **_homes(last)}
        return {name: self._outcome(rows[rows["scenario"] == name], cells) for name in plans}

    def _outcome(self, rows: pd.DataFrame, cells: Mapping[str, Cell]) -> Outcome:
        last = rows[(rows["month"] == self.problem.judged) & (rows["measure"] == self.problem.measure)]
        shares = last.pivot_table(index="replicate", columns="group", values="value").reindex(columns=self.groups)
        draws = rows["replicate"].nunique()
        paid = rows[rows["measure"].isin(["spent", "contacts"])]
        totals = (paid.groupby(["measure", "group"])["value"].sum() / draws).reset_index()
        found: dict[str, dict[Cell, float]] = {"spent": {}, "contacts": {}}
        for measure, group, value in zip(totals["measure"], totals["group"], totals["value"], strict=True):
            found[str(measure)][cells[str(group).removeprefix("campaign=")]] = float(value)
        return Outcome(shares.to_numpy(dtype=np.float64), found["spent"], found["contacts"])


def _refuse_no_share(measure: str, base: Scenario) -> None:
    """Refuse a measure that is no share of a group, unless the scenario brings measures from outside."""
    shares = [one.name for one in MEASURES if one.unit == "share"]
    if measure not in shares and not base.settings().measures:
        near = nearest(measure, shares)
        raise UnknownName(what="measure that is a share", name=measure, expected=", ".join(shares), near=near)


def _homes(last: pd.DataFrame) -> dict[str, float]:
    """Return the households of each group that has any."""
    means = last[last["measure"] == "households"].groupby("group")["value"].mean()
    return {str(group): float(value) for group, value in means.items()}


def _dated(table: dict[str, Any]) -> dict[str, Any]:
    return {**table, "start": month_text(table["start"]), "end": month_text(table["end"])}


def screen(world: World, problem: Problem, seed: int, draws: int, knots: Sequence[float]) -> Mapping[str, Outcome]:
    """Return outcomes of doing nothing, and of each payable offer at each dose in every place at once."""
    plans: dict[str, Doses] = {"base": {}}
    for offer in problem.payable:
        for dose in knots:
            plans[f"{offer.name}#{dose:g}"] = {(offer.name, one): dose for one in world.places}
    return world.outcomes(plans, seed, draws)
