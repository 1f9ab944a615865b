"""Where runs are made: in this process, in local processes, or on a cluster; a killed worker costs only its runs."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cashless_sim.data import data_hash, own_hash
from cashless_sim.errors import CashlessError, Unsupported
from cashless_sim.experiment.cluster import on_cluster
from cashless_sim.experiment.job import Job, work
from cashless_sim.experiment.manifest import code_hash
from cashless_sim.experiment.packed import Packed, packed

AHEAD = 2
IDLE = 20
WATCH = 1.0
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
SAME = "bring the same version to all machines, and begin the sweep again after an edit"
KILLED = "The worker process ended without a word: killed, or out of memory."


@dataclass(frozen=True)
class Task:
    """A run to make: ``ask`` is its key in the store; ``made_by`` the source and data that its maker must have.

    ``files`` is the hash of a place from outside, empty for one that ships.
    """

    ask: bytes
    job: Job
    made_by: str
    files: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a task: a run, made in ``seconds``, or the traceback of its failure."""

    run: Packed | None
    seconds: float = 0.0
    trace: str = ""


@lru_cache(maxsize=1)
def maker() -> str:
    """Return what this process makes runs with: hashes (hex) of source and data, as they were when first asked."""
    return f"{code_hash()} {data_hash()}"


def attempt(task: Task) -> Outcome:
    """Make one run with one thread; return it packed, or what Python said."""
    try:
        if maker() != task.made_by or own_hash(task.job.scenario.settings().place) != task.files:
            raise Unsupported(
                what="making this run", why="source or data differ from those the sweep began with", next=SAME
            )
        frame, facts = work(task.job, 1)
        return Outcome(packed(frame, facts), facts["seconds"])
    except CashlessError as error:
        return Outcome(None, trace=f"{traceback.format_exc()}\n{type(error).__name__}: {error}\n")
    except Exception:
        return Outcome(None, trace=traceback.format_exc())


def carried_out(tasks: Iterable[Task], workers: int, scheduler: str | None) -> Generator[tuple[Task, Outcome]]:
    """Yield each task with its outcome, as they finish; few tasks are asked for ahead of time."""
    if scheduler is not None:
        for task, found in on_cluster(tasks, scheduler, attempt):
            yield task, found if isinstance(found, Outcome) else _lost(found)
    elif workers == 1:
        yield from ((task, attempt(task)) for task in tasks)
    else:
        yield from _Local(workers).carried_out(tasks)


class _Local:
    """Local processes, made anew when one dies; tasks in flight at that moment are then tried one at a time."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: Any = None
        self._flying: dict[Future[Outcome], Task] = {}

    def carried_out(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
        try:
            for task in tasks:
                yield from self._submitted(task)
                if len(self._flying) >= AHEAD * self._workers:
                    yield from self._settled()
            while self._flying:
                yield from self._settled()
        finally:
            self._end()

    def _submitted(self, task: Task) -> Iterator[tuple[Task, Outcome]]:
        """Hand a task over; if the pool turns out to be broken, settle what was in flight first."""
        while True:
            try:
                self._flying[self._ready().submit(attempt, task)] = task
            except BrokenProcessPool:
                if not self._flying:
                    self._end()
                while self._flying:
                    yield from self._settled()
            else:
                return

    def _ready(self) -> Any:
        if self._pool is None:
            from joblib.externals.loky import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(
                self._workers, timeout=IDLE, env=ONE_THREAD, initializer=_outlive_no_parent, initargs=(os.getpid(),)
            )
        return self._pool

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(kill_workers=True)
        self._pool = None

    def _settled(self) -> Iterator[tuple[Task, Outcome]]:
        """Yield what has finished; wait for at least one."""
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        suspects = []
        for future in done:
            task = self._flying.pop(future)
            if isinstance(error := future.exception(), BrokenProcessPool):
                suspects.append(task)
            elif error is not None:
                yield task, _lost(error)
            else:
                yield task, future.result()
        if suspects:
            yield from self._alone(suspects)

    def _alone(self, suspects: list[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Try each run that a broken pool took down by itself: only one that kills its worker again has failed."""
        broken = list(self._flying)
        wait(broken)
        for future in broken:
            task = self._flying.pop(future)
            if future.exception() is None:
                yield task, future.result()
            else:
                suspects.append(task)
        self._end()
        for task in suspects:
            try:
                outcome = self._ready().submit(attempt, task).result()
            except BrokenProcessPool:
                outcome = Outcome(None, trace=KILLED)
                self._end()
            yield task, outcome


def _outlive_no_parent(maker: int) -> None:
    """Let this worker end soon after its parent, which may be killed without a chance to say so.

    ``maker`` is the process that asked for it: it may be gone before this begins. On Windows a launcher stands between.
    """
    parent = maker if os.name == "posix" else os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _lost(error: BaseException) -> Outcome:
    """Return the outcome of a task whose worker could not even say what went wrong."""
    return Outcome(None, trace="".join(traceback.format_exception(error)))
