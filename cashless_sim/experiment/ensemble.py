"""Scenarios run over luck and over plausible parameters, here or in local processes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cashless_sim.data import data_hash
from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import Drawing, source_of
from cashless_sim.experiment.job import Job, Progress, Result, size, sized, work
from cashless_sim.experiment.manifest import FORMAT, code_hash, cores, machine, versions
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.experiment.runs import FIRST_DRAW, Runs, stacked
from cashless_sim.scenario.recipe import Scenario

__all__ = ["Runs", "run"]


def run(
    scenarios: Any,
    replicates: int | None = None,
    households: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    draws: int = 0,
    draw_households: int | None = None,
    draw_groups: Sequence[str] | None = None,
    threads: int | None = None,
    posterior: Draws | str = "planning",
) -> Runs:
    """Run each scenario ``replicates`` times (once, by default) and return the tidy frame with its manifest.

    ``scenarios`` is one or several `Scenario`, paths or shipped names; ``households`` overrides theirs.
    ``draws`` adds that many runs of ``draw_households``, numbered from `FIRST_DRAW`, of which ``draw_groups`` are kept
    (all, if None). Their parameters are draws of ``posterior``: the shipped one of that split when this code and
    these data made it, or one as read; else, or for ``"prior"``, draws from their plausible ranges. The manifest's
    ``parameters`` say which. The first run is made here on ``threads`` (all cores); ``workers`` local processes share
    the others (all cores by default): the result is the same for any number of either. ``progress`` is told the
    finished share [0, 1]. Raises `BadValue`, and what scenarios and models raise.
    """
    numbers = counts(replicates, draws, seed)
    groups = None if draw_groups is None else tuple(draw_groups)
    given = loaded(scenarios)
    drawing = Drawing(source_of(posterior, given.values()) if draws else None, draws, seed)
    jobs = list(_jobs(given, numbers, households, draw_households, groups, drawing))
    begun = time.perf_counter()
    done = _finished(jobs, _workers(workers, len(jobs)), threads, progress or (lambda share: None))
    frame = stacked([one for one, _ in done])
    manifest = _manifest(jobs, [facts for _, facts in done], seed, time.perf_counter() - begun)
    calibrated = drawing.source is not None and not drawing.about["doubts"]
    told = {"parameters": drawing.about, "calibrated": calibrated}
    return Runs(frame, manifest | told | {"asked": _asked(numbers, draw_households, groups)})


def _asked(
    numbers: tuple[int, int, int], draw_households: int | None, groups: tuple[str, ...] | None
) -> dict[str, Any]:
    """Return what was asked for beside the recipes, so that the same can be asked again."""
    replicates, draws, _ = numbers
    kept = None if groups is None else list(groups)
    return {"replicates": replicates, "draws": draws, "draw_households": draw_households, "draw_groups": kept}


def counts(replicates: int | None, draws: int, seed: int, least: int = 1) -> tuple[int, int, int]:
    """Return replicates (``least`` or more), draws and seed, or raise `BadValue`."""
    count = 1 if replicates is None else replicates
    limits: tuple[tuple[str, Any, int, int], ...] = (
        ("replicates", count, least, FIRST_DRAW),
        ("draws", draws, 0, 10 * FIRST_DRAW),
        ("seed", seed, 0, 2**64 - 1),
    )
    for what, value, low, high in limits:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise BadValue(what=what, value=value, expected=f"a whole number from {low} to {high}")
    return count, draws, seed


def loaded(scenarios: Any) -> dict[str, Scenario]:
    """Return the scenarios by name, or raise `BadValue` when there is none or two share a name."""
    one = isinstance(scenarios, str | Path) or not isinstance(scenarios, Sequence)
    found: dict[str, Scenario] = {}
    for given in [scenarios] if one else scenarios:
        scenario = Scenario.load(given) if isinstance(given, str | Path) else given
        if scenario.name in found:
            raise BadValue(what="scenario name", value=scenario.name, expected="a name used once")
        found[scenario.name] = scenario
    if not found:
        raise BadValue(what="scenarios", value=[], expected="at least one")
    return found


def _jobs(
    scenarios: dict[str, Scenario],
    numbers: tuple[int, int, int],
    households: int | None,
    draw_households: int | None,
    groups: tuple[str, ...] | None,
    drawing: Drawing,
) -> Iterator[Job]:
    replicates, draws, seed = numbers
    for name, given in scenarios.items():
        scenario = sized(given, households)
        for replicate in range(replicates):
            yield Job(scenario, name, seed, replicate, None, size(scenario))
    for name, given in scenarios.items():
        scenario = sized(given, draw_households or households)
        for draw in range(draws):
            yield Job(drawing.scenario(scenario, draw), name, seed, FIRST_DRAW + draw, draw, size(scenario), groups)


def _workers(workers: int | None, jobs: int) -> int:
    if workers is not None and workers < 1:
        raise BadValue(what="workers", value=workers, expected="a whole number of 1 or more")
    return max(1, min(jobs - 1, cores() if workers is None else workers))


def _finished(jobs: list[Job], workers: int, threads: int | None, progress: Progress) -> list[Result]:
    """Return each job's result in the order of the jobs, wherever it was made."""
    total = sum(job.size for job in jobs)
    done: dict[int, Result] = {}
    finished = 0
    for number, job in enumerate(jobs if workers == 1 else jobs[:1]):
        done[number] = work(job, threads or cores(), _part(progress, finished / total, job.size / total))
        finished += job.size
    if len(done) < len(jobs):
        for number, result in _elsewhere(jobs[1:], workers):
            done[number + 1] = result
            finished += jobs[number + 1].size
            progress(finished / total)
    return [done[number] for number in range(len(jobs))]


def _part(progress: Progress, before: float, size: float) -> Progress:
    """Return what tells ``progress`` about one run that is ``size`` of the whole."""
    return lambda share: progress(before + size * share)


def _elsewhere(jobs: list[Job], workers: int) -> Iterator[tuple[int, Result]]:
    """Yield number and result of jobs made in local processes, as they finish."""
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(backend="loky", inner_max_num_threads=1):
        made = Parallel(n_jobs=workers, return_as="generator_unordered")
        yield from made(delayed(_numbered)(number, job) for number, job in enumerate(jobs))


def _numbered(number: int, job: Job) -> tuple[int, Result]:
    return number, work(job, 1)


def _manifest(jobs: list[Job], entries: list[dict[str, Any]], seed: int, seconds: float) -> dict[str, Any]:
    first = {job.name: job.scenario for job in reversed(jobs) if job.draw is None}
    return {
        "format": FORMAT,
        "scenarios": [_about(name, first[name]) for name in dict.fromkeys(job.name for job in jobs)],
        "data_hash": data_hash(),
        "code_hash": code_hash(),
        "versions": versions(),
        "machine": machine(),
        "seed": seed,
        "calibrated": False,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "runs": entries,
    }


def _about(name: str, scenario: Scenario) -> dict[str, Any]:
    return {
        "name": name,
        "title": scenario.recipe.title or name,
        "title_vi": scenario.recipe.title_vi or scenario.recipe.title or name,
        "hash": scenario.hash,
        "place": scenario.settings().place,
        "households": scenario.settings().households,
        "recipe": scenario.to_toml(),
    }
