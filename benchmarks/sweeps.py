"""How fast sweeps run on two cores, what the store costs, whether memory stays flat, how fast a sweep resumes.

Run ``python benchmarks/sweeps.py`` from the project's folder on an idle machine: about 25 minutes on two cores. Fewer
runs (``--runs``, ``--tiny``) give an estimate, and the table then says so.
"""

import argparse
import os
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
import psutil
import results

import cashless_sim.experiment.workers as workers
from cashless_sim.experiment.job import Job, work
from cashless_sim.experiment.manifest import cores
from cashless_sim.experiment.sweep import sweep
from cashless_sim.scenario.recipe import Scenario

RUNS, TINY = 1_000, 10_000
HOUSEHOLDS, END = 20_000, "2025-05"  # 96 months from June 2017
FEW, SHORT = 200, "2017-08"
KEY = "rules.Awareness.tell"
KEPT = {"groups": ["all"], "measures": ["B", "D", "E", "G", "using", "households"]}


def design(runs: int) -> pd.DataFrame:
    """Return as many points as there are to be runs."""
    return pd.DataFrame({KEY: np.round(np.linspace(0.1, 0.5, runs), 9)})


def timed(store: Path, scenario: Scenario, runs: int, count: int, seed: int = 1, **kept: list[str]) -> float:
    """Return seconds of wall clock that a sweep of ``runs`` points takes with ``count`` workers."""
    begun = time.perf_counter()
    done = sweep(scenario, design(runs), store=store, seed=seed, workers=count, **kept)
    spent = time.perf_counter() - begun
    assert done.missing == 0, done.failures["traceback"].iloc[0]
    return spent


def whole(folder: Path, runs: int) -> tuple[str, str, str]:
    """Return the row of a sweep of full-sized runs, from its first to its last."""
    minutes = timed(folder / "whole.sqlite", full(), runs, 2, **KEPT) / 60
    measured = f"{runs:,} runs of {HOUSEHOLDS:,} households, 96 months, 2 workers, first to last"
    if runs >= RUNS:
        return measured, f"{minutes:.1f} minutes", "none set"
    return f"{measured}; **extrapolated** to {RUNS:,}", f"{minutes * RUNS / runs:.1f} minutes", "none set"


def full() -> Scenario:
    """Return the scenario of a full-sized run."""
    return Scenario.load("hung-yen").with_(households=HOUSEHOLDS, end=END)


def against_one(folder: Path, runs: int, rounds: int) -> tuple[str, str, str]:
    """Return the row of two workers against one: the same sweeps in turn, each with new luck and its own start."""
    ratios = []
    for number in range(rounds):
        alone, both = (timed(folder / f"{n}.sqlite", full(), runs, n, 10 * number + n, **KEPT) for n in (1, 2))
        ratios.append(alone / both)
    told = f"{median(ratios):.2f} times ({min(ratios):.2f} to {max(ratios):.2f})"
    verdict = "≥ 1.7 met" if median(ratios) >= 1.7 else "≥ 1.7 **missed**"
    return (
        f"one worker takes longer than two by, {rounds} rounds of {runs} runs, start of workers included",
        told,
        verdict,
    )


def overhead(folder: Path, runs: int) -> list[tuple[str, str, str]]:
    """Return the rows of what a sweep costs beyond making its runs, in CPU time of one process."""
    rows = []
    for name, kept in (("six measures of all", KEPT), ("every row", {})):
        inside = [0.0]

        def counted(job: Job, threads: int, spent: list[float] = inside) -> object:
            begun = time.process_time()
            made = work(job, threads)
            spent[0] += time.process_time() - begun
            return made

        timed(folder / "warm.sqlite", full(), 1, 1, 7)
        with replaced(counted):
            begun = time.process_time()
            timed(folder / f"{len(rows)}.sqlite", full(), runs, 1, 8, **kept)
            more = (time.process_time() - begun - inside[0]) / inside[0]
        size = (folder / f"{len(rows)}.sqlite").stat().st_size / runs / 1e3
        told = f"{100 * more:.2f} % of run time, {size:,.0f} kB a run"
        rows.append(
            (f"store and sweep, {name} kept, {runs} runs", told, "< 5 % met" if more < 0.05 else "< 5 % **missed**")
        )
    return rows


@contextmanager
def replaced(function: object):
    """Let workers of this process call another function for a run."""
    workers.work = function
    try:
        yield
    finally:
        workers.work = work


def tiny(folder: Path, runs: int) -> list[tuple[str, str, str]]:
    """Return the rows of a sweep of many small runs: memory on its way, then how fast all of it is skipped."""
    scenario = Scenario.load("hung-yen").with_(households=FEW, end=SHORT)
    seen: list[tuple[float, float]] = []
    stop = threading.Event()
    done = [0.0]

    def watch() -> None:
        while not stop.wait(0.5):
            seen.append((done[0], resident()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        sweep(
            scenario,
            design(runs),
            store=folder / "tiny.sqlite",
            workers=2,
            progress=lambda x: done.__setitem__(0, x),
            **KEPT,
        )
    finally:
        stop.set()
        watcher.join()
    early = max((memory for share, memory in seen if share <= 0.1), default=0.0)
    late = max((memory for share, memory in seen if share >= 0.9), default=0.0)
    begun = time.perf_counter()
    again = sweep(scenario, design(runs), store=folder / "tiny.sqlite", workers=2, **KEPT)
    speed = runs / (time.perf_counter() - begun)
    assert again.missing == 0
    flat = "flat met" if late < 1.1 * early else "flat **missed**"
    return [
        (f"{runs:,} runs of {FEW} households: parent's memory in the first tenth", f"{early:.0f} MB", ""),
        (f"{runs:,} runs of {FEW} households: parent's memory in the last tenth", f"{late:.0f} MB", flat),
        (
            "finished runs skipped on resuming",
            f"{speed:,.0f} a second",
            f"> 1,000 {'met' if speed > 1000 else '**missed**'}",
        ),
    ]


def resident() -> float:
    """Return MB of memory that this process holds."""
    return psutil.Process().memory_info().rss / 1e6


def main() -> None:
    """Print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of the whole sweep; 0 leaves it out")
    parser.add_argument("--pairs", type=int, default=40, help="runs of each sweep of one worker against two; 0: none")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--overhead", type=int, default=30, help="runs for the cost of the store; 0: none")
    parser.add_argument("--tiny", type=int, default=TINY, help="small runs, for memory and resuming; 0: none")
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        timed(home / "first.sqlite", full(), 1, 1)  # compiles, and works the code version out
        rows += overhead(home, given.overhead) if given.overhead else []
        rows += tiny(home, given.tiny) if given.tiny else []
        rows += [against_one(home, given.pairs, given.rounds)] if given.pairs else []
        rows += [whole(home, given.runs)] if given.runs else []
    load = f"{os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else "unknown"
    head = f"`python benchmarks/sweeps.py`, {cores()} cores may be used, load {load}. {results.machine()}"
    lines = [f"| {what} | {told} | {verdict} |" for what, told, verdict in rows]
    text = "\n".join([head, "", "| what | measured | bar |", "|---|---:|---|", *lines])
    print(text)
    if not given.no_write:
        results.put("Sweeps", text)


if __name__ == "__main__":
    main()
