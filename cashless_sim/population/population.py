"""The people of a place: columns, villages, weights and ties, the same for the same seed everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.data import Place
from cashless_sim.errors import BadValue
from cashless_sim.population import network as ties
from cashless_sim.population.columns import Columns
from cashless_sim.population.layout import Cell, Layout, lay_out
from cashless_sim.population.network import Network, NetworkSpec
from cashless_sim.population.quotas import I64, Batch, largest_remainder
from cashless_sim.population.residuals import residuals
from cashless_sim.population.start import Start, early_quota, find_start, working_share
from cashless_sim.population.synthesis import COLUMNS, People, Synthesis
from cashless_sim.streams import philox_array, purpose

BATCH = 24_000
"""Households worked out at a time; it changes speed and memory, never people."""


@dataclass(frozen=True, eq=False)
class Population:
    """Households in columns, in the order of their ids; the arrays are read-only, models copy them.

    ``ids`` is ``uint32[n]``, numbers of the full population; ``cell`` (``uint8`` or ``uint16[n]``) an index
    into ``cells``; ``village`` ``int32[n]`` the number of the village in the place; ``weight`` ``float64[n]``
    the real households that each stands for; ``poor_below`` the income that the poorest 40 % stay under.
    """

    place: Place
    seed: int
    ids: NDArray[np.uint32]
    columns: Columns
    cell: NDArray[Any]
    cells: tuple[Cell, ...]
    village: NDArray[np.int32]
    weight: NDArray[np.float64]
    network: Network
    full_size: int
    poor_below: float

    @property
    def n(self) -> int:
        """The number of household agents."""
        return len(self.ids)

    @cached_property
    def residuals(self) -> pd.DataFrame:
        """Every published marginal beside what was synthesised (`residuals`), worked out when asked for."""
        people = {name: self.columns.stored(name) for name in self.columns}
        return residuals(self.place, people, self.weight, self.village, self.network, self.poor_below)

    def describe(self) -> pd.DataFrame:
        """Return a copy of the residual table."""
        return self.residuals.copy()


def synthesise(place: Place, households: int | None, seed: int, network: NetworkSpec | None = None) -> Population:
    """Return the households of a place: all of them, or whole villages of about that many.

    A household of a sample has the id and traits that it has in the full population of the same seed; its
    ties inside the village too. Raises `BadValue` for a number below 1 or above the place's, or a negative
    seed.
    """
    spec = network or NetworkSpec()
    layout, start, synthesis = _prepared(_Asked((place.districts.to_csv(), place.marginals.to_csv()), place))
    _check(place, layout, households, seed)
    villages = _chosen(layout, households, seed)
    sizes = layout.sizes[villages]
    n = int(sizes.sum())
    columns = _columns(_people(synthesis, start, villages, seed, spec), n)
    ids = _ids(layout, villages)
    cell_of = layout.cell[villages]
    weight = np.repeat(_weights(layout, villages), sizes)
    cell = np.repeat(cell_of, sizes).astype(np.uint8 if len(layout.cells) < 256 else np.uint16)
    village = np.repeat(villages, sizes).astype(np.int32)
    graph = ties.build(spec, ids, sizes, layout.district[cell_of], seed)
    for array in (ids, graph.indptr, graph.indices, cell, village, weight):
        array.flags.writeable = False
    return Population(
        place=place,
        seed=seed,
        ids=ids,
        columns=columns,
        cell=cell,
        cells=layout.cells,
        village=village,
        weight=weight,
        network=graph,
        full_size=layout.full_size,
        poor_below=start.poor_below,
    )


@dataclass(frozen=True)
class _Asked:
    """A place that equals another when its tables hold the same."""

    tables: tuple[str, str]
    place: Place = field(compare=False)


@lru_cache(maxsize=8)
def _prepared(asked: _Asked) -> tuple[Layout, Start, Synthesis]:
    """Return what depends on the place alone, worked out once."""
    layout, working = lay_out(asked.place), working_share()
    start = find_start(asked.place, layout, working)
    return layout, start, Synthesis(asked.place, layout, working)


def _check(place: Place, layout: Layout, households: int | None, seed: int) -> None:
    if seed < 0 or seed >= 1 << 64:
        raise BadValue(what="seed", value=seed, expected="a whole number from 0 to 2^64 - 1")
    if households is not None and not (1 <= households <= layout.full_size and households == int(households)):
        raise BadValue(
            what="households",
            value=households,
            expected=f"a whole number from 1 to {layout.full_size}, all of {place.title}",
            next="leave it out to have them all",
        )


def _chosen(layout: Layout, households: int | None, seed: int) -> I64:
    """Return the numbers of the villages taken, rising: a share of each cell's, by keyed luck."""
    everyone = np.arange(len(layout.sizes))
    if households is None or households == layout.full_size:
        return everyone
    luck = philox_array(everyone.astype(np.uint32), 0, purpose("population.sample"), 0, seed)[0]
    queues = [np.flatnonzero(layout.cell == cell) for cell in range(len(layout.cells))]
    queues = [queue[np.argsort(luck[queue], kind="stable")] for queue in queues]
    upto = [np.cumsum(layout.sizes[queue]) for queue in queues]
    about = int(len(everyone) * households / layout.full_size + 0.5)
    best: tuple[int, I64] = (layout.full_size, everyone[:0])
    for count in range(max(1, about - 8), min(len(everyone), about + 8) + 1):
        shares = np.minimum(largest_remainder([float(h) for h in layout.households], count), [len(q) for q in queues])
        total = sum(int(sums[k - 1]) for sums, k in zip(upto, shares, strict=True) if k)
        if abs(total - households) < best[0] and total:
            best = (abs(total - households), shares)
    return np.sort(np.concatenate([q[:k] for q, k in zip(queues, best[1], strict=True)]))


def _weights(layout: Layout, villages: I64) -> NDArray[np.float64]:
    """Return the real households each household of these villages stands for.

    A cell without a village in the sample is carried by those of its kind, town or country, else by all.
    """
    drawn = np.bincount(layout.cell[villages], weights=layout.sizes[villages], minlength=len(layout.cells))
    kind = np.array([c.urban for c in layout.cells])
    factor = np.zeros(len(layout.cells))
    for urban in (False, True):
        inside = kind == urban
        present = inside & (drawn > 0)
        if present.any():
            factor[present] = layout.households[inside].sum() / layout.households[present].sum()
    carried = (factor * layout.households).sum()
    per_cell = factor * layout.households * (layout.full_size / carried) / np.maximum(drawn, 1)
    return np.asarray(per_cell[layout.cell[villages]], dtype=np.float64)


def _ids(layout: Layout, villages: I64) -> NDArray[np.uint32]:
    batch = Batch(layout.sizes[villages])
    first = np.repeat(layout.first_id[villages] - batch.starts, batch.sizes)
    return (first + np.arange(batch.n)).astype(np.uint32)


def _people(synthesis: Synthesis, start: Start, villages: I64, seed: int, spec: NetworkSpec) -> Iterator[People]:
    """Yield the people of a few villages at a time, along each village's social order."""
    layout = synthesis.layout
    early = early_quota(synthesis.marginals.value("early"), synthesis.quotas["account"])
    for some in _batches(villages, layout.sizes[villages]):
        batch, numbers, people, scores = synthesis.people(some, seed)
        start.add(people, batch, scores, synthesis.quotas["account"][some], early[some])
        classes = ties.social_class(people, start.poor_below)
        order = ties.social_order(batch, classes, spec, numbers, seed)
        yield {name: values[order] for name, values in people.items()}


def _batches(villages: I64, sizes: I64) -> list[I64]:
    """Return whole villages in groups of about `BATCH` households."""
    number = (np.cumsum(sizes) - sizes) // max(1, BATCH)
    return np.split(villages, np.flatnonzero(np.diff(number)) + 1)


def _columns(people: Iterator[People], n: int) -> Columns:
    """Return the columns of `COLUMNS`, read-only."""
    stored = {c.name: np.empty(n, dtype=c.dtype) for c in COLUMNS}
    row = 0
    for part in people:
        end = row + len(part["age"])
        for name, values in stored.items():
            values[row:end] = part[name]
        row = end
    columns = Columns(n)
    for column in COLUMNS:
        columns.add(column, stored.pop(column.name))
    columns.freeze()
    return columns
