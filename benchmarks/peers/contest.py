"""Who takes part: our month and each peer's, ready to be stepped by turns, with what is equal checked before."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
from plain_twin import PlainModel
from twin_ratio import settings

from cashless_sim.data import place
from cashless_sim.model.model import CashlessModel
from cashless_sim.population.population import synthesise
from peers.numpy_month import NumpyMonth
from peers.simd_c import CMonth, compilers
from peers.word_of_mouth import Ours, write_job

MONTHS = 400
HERE = Path(__file__).resolve().parent


@dataclass
class Runner:
    """Something that steps a month; ``step`` returns CPU and wall seconds of the work alone."""

    name: str
    n: int
    step: Callable[[], tuple[float, float]]
    times: list[tuple[float, float]] = field(default_factory=list)

    def take_turn(self) -> None:
        """Step once and note seconds a household."""
        cpu, wall = self.step()
        self.times.append((cpu / self.n, wall / self.n))


@dataclass
class Pair:
    """One line of the table: a peer and our runner for the same work, what was equal, and the aim of the ratio."""

    title: str
    ours: Runner
    peer: Runner
    equal: str
    aims: tuple[float, float]
    ours_over_peer: bool = False


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return CPU and wall seconds of one call."""
    clock, before = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - before, time.perf_counter() - clock


def a_model(households: int, threads: int = 1) -> CashlessModel:
    """Return a Hưng Yên of about so many households with a visiting and a broadcast campaign."""
    people = synthesise(place("hung-yen"), households or None, seed=1)
    return CashlessModel(settings(MONTHS), people, seed=1, threads=threads)


def outreach(model: CashlessModel) -> None:
    """Do what comes before the households' part of the month."""
    model._furnish()
    model._outreach.step(model.month, 0, model.tables)


def rules(model: CashlessModel) -> None:
    """Do the households' part."""
    model._rules.run(model.month, model.seed, 0, model.tables)


def columns_of(model: CashlessModel) -> Runner:
    """Return our households' part of the month; outreach goes before and is not timed."""

    def step() -> tuple[float, float]:
        outreach(model)
        spent = timed(lambda: rules(model))
        model.month += 1
        return spent

    return Runner("ours", len(model.ids), step)


def by_c(households: int, check: int) -> tuple[Runner, str] | str:
    """Return the C month and what was equal, or why there is none."""
    found = compilers()
    if not found:
        return "no C compiler on this machine"
    fastest: tuple[float, str] = (np.inf, "")
    for name in found:
        try:
            fastest = min(fastest, (c_agrees(name, check), name))
        except subprocess.CalledProcessError as problem:
            return f"{name}: {problem.stderr.strip().splitlines()[0]}"
    model = a_model(households)
    month = CMonth(model, fastest[1])

    def step() -> tuple[float, float]:
        outreach(model)
        month.fill()
        spent = timed(month.step)
        model.month += 1
        return spent

    words = f"state hash equal after each of {check} months at 20,000 households"
    return Runner(f"SIMD C ({fastest[1]}, {month.width})", len(model.ids), step), words


def c_agrees(compiler: str, months: int, households: int = 20_000) -> float:
    """Return the CPU seconds of a month by this compiler; raise `AssertionError` unless the state is ours."""
    ours, theirs = a_model(households), a_model(households)
    month, spent = CMonth(theirs, compiler), []
    for _ in range(months):
        for model in (ours, theirs):
            outreach(model)
        rules(ours)
        month.fill()
        spent.append(timed(month.step)[0])
        assert ours.state_hash() == theirs.state_hash(), f"{compiler} ends in another state"
        ours.month += 1
        theirs.month += 1
    return float(np.median(spent))


def by_numpy(households: int, check: int) -> tuple[Runner, str]:
    """Return the NumPy month, timed with numpy's own generator, and what was equal with keyed luck."""
    numpy_agrees(check)
    model = a_model(households)
    month = NumpyMonth(model)

    def step() -> tuple[float, float]:
        outreach(model)
        month.refresh()
        spent = timed(month.step)
        model.month += 1
        return spent

    words = f"nearly every number of every column equal after {check} months on the same luck"
    return Runner("NumPy + SciPy", len(model.ids), step), words


def numpy_agrees(months: int, households: int = 2_000) -> None:
    """Raise `AssertionError` unless nearly every number of every column is ours: exp and log differ in the last bit."""
    model = a_model(households)
    month = NumpyMonth(model, luck="keyed")
    for _ in range(months):
        outreach(model)
        month.refresh()
        month.step()
        rules(model)
        for name in model.columns:
            same = np.mean(model.columns.values(name) == month.c[name])
            assert same > 1 - 1e-3, f"NumPy's {name} differs in {1 - same:.3%}"
        model.month += 1


def by_twin(objects: int, households: int) -> tuple[Runner, Runner, str]:
    """Return our whole month, outreach included, the plain Mesa twin's, and what was equal."""
    small = a_model(objects)
    twin, ours = PlainModel(a_model(objects)), small
    twin.step()
    outreach(ours)
    rules(ours)
    assert twin.state_hash() == ours.state_hash(), "the twin ends in another state"
    model = a_model(households)

    def step() -> tuple[float, float]:
        spent = timed(lambda: (outreach(model), rules(model)))
        model.month += 1
        return spent

    peer = Runner("plain Mesa twin", len(twin.homes), lambda: timed(twin.step))
    return (
        Runner("ours, with outreach", len(model.ids), step),
        peer,
        "state hash equal after a month of the same households",
    )


class Elsewhere:
    """A peer in another Python, kept running: it steps when told."""

    def __init__(self, python: str, script: str, *arguments: str) -> None:
        """Start it; raise `RuntimeError` with its last words when it cannot run."""
        command = [python, str(HERE / script), *arguments]
        self._run = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        first = self._run.stdout.readline() if self._run.stdout else ""
        while first and not first.startswith("{"):
            first = self._run.stdout.readline() if self._run.stdout else ""
        if not first:
            said = self._run.communicate()[1].strip().splitlines()
            raise RuntimeError(said[-1] if said else "it said nothing")
        self.about = json.loads(first)
        self.count = -1

    def step(self) -> tuple[float, float]:
        """Tell it to step; return its CPU and wall seconds."""
        assert self._run.stdin and self._run.stdout
        self._run.stdin.write("step\n")
        self._run.stdin.flush()
        said = json.loads(self._run.stdout.readline())
        self.count = said["count"]
        return said["cpu"], said["wall"]

    def close(self) -> None:
        """Let it end."""
        self._run.communicate()


def by_word(python: str, script: str, households: int, months: int) -> tuple[Runner, Runner, Elsewhere, str]:
    """Return our word of mouth and a peer's; raise `RuntimeError` when it cannot run or counts otherwise."""
    model = a_model(households)
    ours = Ours(model)
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder, "job.npz")
        write_job(ours, job, months)
        peer = Elsewhere(python, script, str(job))
    for _ in range(3):
        ours.step()
        peer.step()
        if abs(ours.count() - peer.count) > 1e-4 * len(model.ids):
            raise RuntimeError(f"counts {peer.count} where ours counts {ours.count()}")
    words = f"number who know equal after each of 3 months ({peer.count:,} of {len(model.ids):,}), on the same luck"
    mine = Runner("ours, word of mouth", len(model.ids), lambda: timed(ours.step))
    return mine, Runner(peer.about["version"], peer.about["n"], peer.step), peer, words


def bytes_each(objects: int, households: int) -> tuple[float, float]:
    """Return bytes a household of the plain twin and of ours: columns, ties, weights and buffers."""
    import tracemalloc

    settled = a_model(objects)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    twin = PlainModel(settled)
    twin.step()
    theirs = (tracemalloc.get_traced_memory()[0] - before) / len(twin.homes)
    del twin, settled
    before = tracemalloc.get_traced_memory()[0]
    model = a_model(households)
    model.step()
    ours = (tracemalloc.get_traced_memory()[0] - before) / len(model.ids)
    tracemalloc.stop()
    return theirs, ours
