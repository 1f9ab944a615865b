"""Who simulates: this process or local ones; whatever they finish is kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread

from cashless_sim.calibration.journal import PART, Journal

Simulate = Callable[[Mapping[str, float], int], Sequence[float]]


class Crew:
    """Local processes that simulate, made when first needed; with one worker, this process."""

    def __init__(self, simulate: Simulate, workers: int) -> None:
        self._simulate, self._workers = simulate, workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *told: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each(self, values: list[dict[str, float]], draws: list[int]) -> Iterator[Sequence[float]]:
        """Yield the statistics of each draw, in order."""
        if self._workers == 1 or len(draws) < 2:
            return map(self._simulate, values, draws)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=get_context("spawn"), initializer=_leave_with_the_one_who_asked
            )
        return self._pool.map(self._simulate, values, draws)


def _leave_with_the_one_who_asked() -> None:
    """End this process when the one that made it is gone, however it went."""
    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def simulated(
    crew: Crew, journal: Journal, values: list[dict[str, float]], first: int, done: Callable[[int], None]
) -> list[tuple[float, ...]]:
    """Return the statistics of draws ``first``, …: those kept, and the others simulated and kept in whole parts."""
    last = first + len(values)
    width = len(values[0])
    found = {draw: row[width:] for draw, row in journal.kept(first, last).items()}
    todo = [draw for draw in range(first, last) if draw not in found]
    fresh: dict[int, tuple[float, ...]] = {}
    for draw, statistics in zip(todo, crew.each([values[d - first] for d in todo], todo), strict=True):
        fresh[draw] = tuple(map(float, statistics))
        if draw == todo[-1] or (draw + 1) % PART == 0:
            journal.keep(draw // PART, {d: (*values[d - first].values(), *fresh[d]) for d in fresh})
            found |= fresh
            fresh = {}
        done(draw + 1)
    return [found[draw] for draw in range(first, last)]
