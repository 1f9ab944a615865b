"""Sweeps: a design run into a store, here, in local processes or on a cluster, and taken up again after any stop."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.errors import BadValue, CashlessError, UserError
from cashless_sim.experiment.asking import Asking, Row, rows
from cashless_sim.experiment.drawing import Drawing, source_of
from cashless_sim.experiment.ensemble import counts, loaded
from cashless_sim.experiment.job import Progress, sized
from cashless_sim.experiment.manifest import cores
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.experiment.space import checked
from cashless_sim.experiment.store import Design, Identity, Store
from cashless_sim.experiment.swept import Sweep
from cashless_sim.experiment.version import code_version
from cashless_sim.experiment.workers import Outcome, Task, carried_out

__all__ = ["Sweep", "sweep"]


def sweep(
    scenarios: Any,
    settings: pd.DataFrame | None = None,
    *,
    store: str | Path,
    replicates: int | None = None,
    draws: int = 0,
    seed: int = 1,
    households: int | None = None,
    groups: Sequence[str] | None = None,
    measures: Sequence[str] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    retry: bool = False,
    name: str | None = None,
    progress: Progress | None = None,
    code: str | None = None,
    posterior: Draws | str = "planning",
) -> Sweep:
    """Run each scenario at each row of ``settings``, and keep every run in the store the moment it is finished.

    ``settings`` is a design (`grid`, `latin`, `sobol`, or your own frame): a column a dotted key of the scenario,
    an empty cell for its own value. At each point there are ``replicates`` runs of luck (one, by default; beside
    draws there may be none), the same luck at every point, and ``draws`` runs with drawn parameters, over which the
    settings win: those of ``posterior``, as in an ensemble's `run`, else of the plausible ranges. ``groups`` and
    ``measures`` are those whose rows are kept. Runs that the store has are not made again; a run that fails is put in
    quarantine, tried again with ``retry``, and the rest go on. ``workers`` local processes (all cores) or the Dask
    cluster at ``scheduler`` make the runs with the same results. ``code`` is the code version, worked out if None.
    Raises `UserError` before the first run, and `FileProblem` when the store cannot be written.
    """
    asking = _asking(scenarios, settings, (replicates, draws, seed), households, groups, measures, code, posterior)
    count = cores() if workers is None else workers
    if count < 1:
        raise BadValue(what="workers", value=workers, expected="a whole number of 1 or more")
    with Store(store) as held:
        design = asking.design(name)
        held.record(design)
        _Course(held, asking, design, progress or (lambda share: None)).run(count, scheduler, retry)
        return Sweep(held.path, design)


def _asking(
    scenarios: Any,
    settings: pd.DataFrame | None,
    numbers: tuple[int | None, int, int],
    households: int | None,
    groups: Sequence[str] | None,
    measures: Sequence[str] | None,
    code: str | None,
    posterior: Draws | str,
) -> Asking:
    replicates, draws, seed = counts(*numbers, least=0 if numbers[1] else 1)
    found = {name: sized(scenario, households) for name, scenario in loaded(scenarios).items()}
    asking = Asking(
        found,
        None if settings is None else checked(settings),
        replicates,
        Drawing(source_of(posterior, found.values()) if draws else None, draws, seed),
        None if groups is None else tuple(groups),
        None if measures is None else tuple(measures),
        code or code_version(),
    )
    _refuse_impossible(asking)
    return asking


def _refuse_impossible(asking: Asking) -> None:
    """Make the scenarios of the first point and of each setting's extremes, so that a wrong key is found at once."""
    if asking.settings is None:
        return
    wanted = {0}
    for key in asking.settings:
        column = pd.to_numeric(asking.settings[key], errors="coerce")
        if column.notna().any():
            wanted |= {int(column.argmin()), int(column.argmax())}
    for name in asking.scenarios:
        for number in sorted(wanted):
            asking.scenario(Row(name, name, number, 0, None))


class _Course:
    """One sweep under way: what is left to do, and where its results go."""

    def __init__(self, store: Store, asking: Asking, design: Design, progress: Progress) -> None:
        self._store = store
        self._asking = asking
        self._design = design
        self._told = progress
        self._begun: dict[bytes, Identity] = {}
        self._keys: set[bytes] = set()
        self._done = 0

    def run(self, workers: int, scheduler: str | None, retry: bool) -> None:
        left = self._left(retry)
        made = carried_out(self._tasks(left), min(workers, max(1, len(left))), scheduler)
        with closing(made):  # whatever happens, workers end at once
            for task, outcome in made:
                self._keep(task, outcome)

    def _keep(self, task: Task, outcome: Outcome) -> None:
        identity = self._begun.pop(task.ask)
        if outcome.run is None:
            self._store.fail(task.ask, _label(task.job.name, task.job.replicate), outcome.trace)
        else:
            self._store.put(task.ask, identity, outcome.run, outcome.seconds)
        self._step(1)

    def _left(self, retry: bool) -> list[tuple[Row, bytes]]:
        """Return the runs that are neither finished nor, unless they are to be tried again, in quarantine."""
        asks = self._design.asks
        out = self._store.finished(asks) | (set() if retry else set(self._store.failures(asks)))
        return [(row, ask) for row, ask in zip(rows(self._design.about), asks, strict=True) if ask not in out]

    def _step(self, count: int) -> None:
        self._done += count
        self._told(self._done / len(self._design.asks))

    def _tasks(self, left: list[tuple[Row, bytes]]) -> Iterator[Task]:
        """Yield what has to be made, each scenario only when its turn comes."""
        self._step(len(self._design.asks) - len(left))
        for row, ask in left:
            try:
                identity, task = self._asking.task(row, ask)
            except UserError as error:
                self._store.fail(ask, _label(row.scenario, row.replicate), _trace(error))
                self._step(1)
                continue
            key = identity.key
            if key in self._keys or self._store.has(key):
                self._store.point(ask, key)
                self._step(1)
                continue
            self._keys.add(key)
            self._begun[ask] = identity
            yield task


def _label(scenario: str, replicate: int) -> str:
    return f"{scenario}, {replicate}"


def _trace(error: CashlessError) -> str:
    return f"{''.join(traceback.format_exception(error))}\n{error}\n"
