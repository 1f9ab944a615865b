"""One run to make: which scenario, which luck, which parameters, and how it is made."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cashless_sim.data import place
from cashless_sim.experiment.runs import COLUMNS
from cashless_sim.scenario.recipe import Scenario

Progress = Callable[[float], None]
Result = tuple[pd.DataFrame, dict[str, Any]]


@dataclass(frozen=True)
class Job:
    """One run to make: a scenario, its replicate of luck, and the prior draw of its parameters, if any.

    ``groups`` and ``measures`` are those whose rows are kept (all, if None).
    """

    scenario: Scenario
    name: str
    seed: int
    replicate: int
    draw: int | None
    size: int
    groups: tuple[str, ...] | None = None
    measures: tuple[str, ...] | None = None


def sized(scenario: Scenario, households: int | None) -> Scenario:
    """Return the scenario with this number of households, or as it is if None; raise `BadValue`."""
    return scenario if households is None else scenario.with_(households=households)


def size(scenario: Scenario) -> int:
    """Return how many households a run of the scenario has."""
    settings = scenario.settings()
    return settings.households or place(settings.place).households


def work(job: Job, threads: int, told: Progress | None = None) -> Result:
    """Return the tidy frame of one run and what it was."""
    begun = time.perf_counter()
    model = job.scenario.build(seed=job.seed, replicate=job.replicate, threads=threads)
    frame = model.run(progress=(lambda done, total: told(done / total)) if told else None)
    if job.groups is not None:
        frame = frame[frame["group"].isin(job.groups)]
    if job.measures is not None:
        frame = frame[frame["measure"].isin(job.measures)]
    frame = frame.assign(scenario=job.name, replicate=job.replicate)[list(COLUMNS)]
    facts = {
        "scenario": job.name,
        "replicate": job.replicate,
        "draw": job.draw,
        "seed": job.seed,
        "households": len(model.population.ids),
        "full_size": int(model.population.full_size),
        "start": str(frame["month"].min()),
        "end": str(frame["month"].max()),
        "seconds": round(time.perf_counter() - begun, 3),
    }
    return frame, facts
