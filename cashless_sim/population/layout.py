"""Where the households live: districts, town and country, and villages of unequal size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cashless_sim.data import Place
from cashless_sim.errors import DataProblem
from cashless_sim.population.quotas import I64, SLOT_BITS, fit_table, largest_remainder, whole_table
from cashless_sim.streams import philox_array, purpose


@dataclass(frozen=True)
class Cell:
    """One district's towns or its countryside."""

    district: str
    urban: bool


@dataclass(frozen=True)
class Layout:
    """All villages of a place in the order of their households' ids; the same for every seed.

    ``cell`` and ``sizes`` have one entry a village; ``cells`` and ``households`` one a cell; ``district`` one
    a cell, the row of the place's table of districts.
    """

    cells: tuple[Cell, ...]
    households: I64
    district: I64
    cell: I64
    sizes: I64

    @property
    def full_size(self) -> int:
        """Households in the whole place."""
        return int(self.sizes.sum())

    @property
    def first_id(self) -> I64:
        """The id of the first household of each village: ``int64[villages]``."""
        return np.cumsum(self.sizes) - self.sizes + 1

    @property
    def urban(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each village is urban: ``bool[villages]``."""
        return np.array([c.urban for c in self.cells], dtype=np.bool_)[self.cell]


def lay_out(place: Place) -> Layout:
    """Return the villages of a place; raise `DataProblem` for a village of 65,536 households or more.

    District by urban counts come from iterative proportional fitting in whole numbers; the mean and range of
    village sizes are the marginal ``village_size`` (recalled or assumed).
    """
    counts = district_urban(place.districts).ravel()
    used = np.flatnonzero(counts > 0)
    names = [str(d) for d in place.districts["district"]]
    cells = tuple(Cell(names[i // 2], bool(i % 2)) for i in used)
    households = counts[used]
    size = place.marginals.set_index("marginal").loc[["village_size"]].iloc[0]
    villages = _villages(households, float(size["value"]))
    spread = (float(size["low"]) / float(size["value"]), float(size["high"]) / float(size["value"]))
    cell = np.repeat(np.arange(len(cells)), villages)
    layout = Layout(cells, households, used // 2, cell, _sizes(households, villages, spread))
    if int(layout.sizes.max()) >= 1 << SLOT_BITS:
        raise DataProblem(
            problem=f"a village of {int(layout.sizes.max())} households",
            expected=f"fewer than {1 << SLOT_BITS}",
            next="lower village_size in marginals.csv",
        )
    return layout


def district_urban(districts: pd.DataFrame) -> I64:
    """Return households by district, rural and urban: ``int64[districts, 2]``, adding up exactly.

    The margins are the households of each district and the place's urban total, the sum of the districts'
    urban shares; the seed is each district's own split.
    """
    rows = districts["households"].to_numpy(dtype=np.int64)
    share = districts["urban_share"].to_numpy(dtype=np.float64)
    seed = np.stack([rows * (1.0 - share), rows * share], axis=1)
    total = int(rows.sum())
    columns = largest_remainder([np.cumsum(seed[:, c])[-1] for c in (0, 1)], total)
    fitted = fit_table(seed, [float(r) for r in rows], [float(c) for c in columns])
    return whole_table(fitted, rows, columns)


def _villages(households: I64, size: float) -> I64:
    """Return the number of villages of each cell, at least one."""
    total = max(1, int(float(households.sum()) / size + 0.5))
    counts = np.maximum(largest_remainder([float(h) for h in households], total), 1)
    return np.minimum(counts, households)


def _sizes(households: I64, villages: I64, spread: tuple[float, float]) -> I64:
    """Return village sizes between the ends of ``spread`` times the mean, before rounding."""
    number = np.arange(int(villages.sum()), dtype=np.uint32)
    word = philox_array(number, 0, purpose("population.village_size"), 0, 0)[0]
    weight = spread[0] + (spread[1] - spread[0]) * (word.astype(np.float64) * 2.0**-32)
    ends = np.cumsum(villages)
    return np.concatenate(
        [
            largest_remainder(weight[end - count : end], int(total))
            for end, count, total in zip(ends, villages, households, strict=True)
        ]
    )
