"""The explorer's grid run into the store by local processes, and taken up again after any stop."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.data import data_hash
from cashless_sim.experiment.drawing import Drawing
from cashless_sim.experiment.job import size
from cashless_sim.experiment.manifest import code_hash, cores
from cashless_sim.experiment.packed import Packed, unpacked
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.experiment.store import Identity, Store
from cashless_sim.experiment.version import code_of
from cashless_sim.present.explore.design import Design
from cashless_sim.present.explore.making import BASELINE, HISTORY, Maker, Piece, names, pieces

PIECE = 37
AHEAD = 2
KEPT = "explorer 1"
"""Which rows of a run are kept, and how: to be counted on when `making.slim` changes."""
Told = Callable[[float], None]
Made = list[tuple[str, Packed, float]]


@dataclass(frozen=True)
class Grid:
    """A design with its draws, and where its runs are found in a store."""

    design: Design
    drawing: Drawing
    code: str

    @property
    def draws(self) -> range:
        """Numbers of the draws."""
        return range(self.drawing.draws)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Recipe hash of each run of a draw: of the baseline (and of its history), then of the cells."""
        design, base = self.design, self.design.base
        found = {
            name: base.hash if cell is None else design.scenario(cell).hash for name, cell in names(design).items()
        }
        return {HISTORY: f"{base.hash} until {design.start}", **found}

    @cached_property
    def _shared(self) -> dict[str, Any]:
        base = self.design.base
        return {"data": data_hash(), "code": code_of(base, self.code), "households": size(base)}

    def identity(self, name: str, draw: int) -> Identity:
        """Return what the numbers of one run follow from."""
        kept = json.dumps([KEPT, self._priors, self.drawing.key(draw), draw, self.design.start])
        luck: dict[str, Any] = {"seed": self.drawing.seed, "replicate": FIRST_DRAW + draw}
        return Identity(recipe=self.hashes[name], kept=kept, **luck, **self._shared)

    @cached_property
    def _priors(self) -> str:
        return self.design.base.prior_hash

    def ask(self, name: str, draw: int) -> bytes:
        """Return the key under which a run is asked for (bytes[32]): with the source, as an edit of it may matter."""
        text = f"{code_hash()} {self.identity(name, draw).text}"
        return hashlib.sha256(text.encode("utf-8")).digest()

    @cached_property
    def asks(self) -> dict[tuple[str, int], bytes]:
        """The key of every run by name and draw; the history of a draw first."""
        return {(name, draw): self.ask(name, draw) for draw in self.draws for name in self.hashes}


def run_grid(grid: Grid, store: str | Path, workers: int | None = None, told: Told = lambda share: None) -> None:
    """Make the runs of a grid that a store does not hold, each kept the moment its piece is finished.

    ``told`` hears the finished share [0, 1]. Raises `UserError` before the first run, `FileProblem` for the store.
    """
    with Store(store) as held:
        there = held.finished(grid.asks.values())
        left = _left(grid, there)
        total, done = len(grid.draws) * len(names(grid.design)), 0
        done = total - sum(len(one) for one in left.values())
        told(done / total)
        todo = pieces(grid.design, grid.draws, left, PIECE)
        maker = Maker(grid.design, grid.drawing)
        for piece, made in _made(maker, todo, min(workers or cores(), max(1, len(todo)))):
            for name, run, seconds in made:
                held.put(grid.asks[name, piece.draw], grid.identity(name, piece.draw), run, seconds)
            done += len(piece.plans)
            told(done / total)


def _left(grid: Grid, there: set[bytes]) -> dict[int, list[str]]:
    """Return the plans of each draw that have to be made; the baseline is made for its history too."""
    left: dict[int, list[str]] = {draw: [] for draw in grid.draws}
    for (name, draw), ask in grid.asks.items():
        if ask not in there:
            plan = BASELINE if name == HISTORY else name
            left[draw] += [plan] if plan not in left[draw] else []
    return left


def _made(maker: Maker, todo: Sequence[Piece], workers: int) -> Iterator[tuple[Piece, Made]]:
    """Yield each piece with its runs as they finish, made here or in local processes."""
    if workers == 1:
        yield from ((piece, list(maker.made(piece))) for piece in todo)
        return
    waiting = iter(todo)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(maker,)) as pool:
        flying: dict[Future[Made], Piece] = {}
        try:
            for piece in waiting:
                flying[pool.submit(_piece, piece)] = piece
                if len(flying) >= AHEAD * workers:
                    yield from _settled(flying)
            while flying:
                yield from _settled(flying)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _settled(flying: dict[Future[Made], Piece]) -> Iterator[tuple[Piece, Made]]:
    done, _ = wait(flying, return_when=FIRST_COMPLETED)
    for future in done:
        yield flying.pop(future), future.result()


_HERE: dict[str, Maker] = {}


def _begin(maker: Maker) -> None:
    """Remember in a worker what makes runs."""
    _HERE["maker"] = maker


def _piece(piece: Piece) -> Made:
    return list(_HERE["maker"].made(piece))


# -- reading ---------------------------------------------------------------------------------------------------------
def read_grid(grid: Grid, store: str | Path, manifest: Mapping[str, Any]) -> tuple[Runs, pd.DataFrame]:
    """Return the runs of all plans and draws, and the history: replicate, month, measure, value.

    Scenarios are called ``baseline`` and ``cell-N``. Raises `DataProblem` for a damaged run.
    """
    frames, past, facts = [], [], []
    with Store(store, make=False) as held:
        for (name, draw), ask in grid.asks.items():
            run = held.run(ask)[1]
            frame = unpacked(run, f"{store}: {ask.hex()[:12]}")
            luck = {"replicate": FIRST_DRAW + draw}
            if name == HISTORY:
                past.append(frame.assign(**luck))
                continue
            frames.append(frame.assign(scenario=name, **luck))
            labels = {"scenario": name, "draw": draw, "seed": grid.drawing.seed, **luck}
            facts.append({**labels, **json.loads(run.facts)})
    facts.sort(key=lambda one: list(grid.hashes).index(one["scenario"]))
    texts = ["month", "measure", "group"]
    named = ["scenario", *texts]
    whole = pd.concat([one.astype(dict.fromkeys(named, object)) for one in frames], ignore_index=True)
    history = pd.concat([one.astype(dict.fromkeys(texts, object)) for one in past], ignore_index=True)
    return Runs(whole.astype(dict.fromkeys(named, "category")), {**manifest, "runs": facts}), history
