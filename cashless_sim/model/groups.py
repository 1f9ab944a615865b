"""Adds the counted groups up to what is reported: everyone, districts, urban, age bands, income fifths."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cashless_sim.model.counting import AGES, BANDS, FIFTHS
from cashless_sim.population.layout import Cell

F64 = NDArray[np.float64]


class Groups:
    """The reported groups and how each is made of (cell, age band, fifth): ``share[reported, counted]``."""

    def __init__(self, cells: Sequence[Cell], weight_of_cell: F64) -> None:
        """``weight_of_cell`` is the real households that one agent of a cell stands for."""
        cell, band = np.divmod(np.arange(len(cells) * BANDS), BANDS)
        age, fifth = np.divmod(band, len(FIFTHS))
        district = np.array([c.district for c in cells])[cell]
        urban = np.array([c.urban for c in cells])[cell]
        chosen: dict[str, NDArray[np.bool_]] = {"all": np.ones(len(cell), dtype=bool)}
        for name in dict.fromkeys(c.district for c in cells):
            chosen[f"district={name}"] = district == name
        chosen["urban=yes"], chosen["urban=no"] = urban, ~urban
        chosen.update({f"age={name}": age == i for i, name in enumerate(AGES)})
        chosen.update({f"income={name}": fifth == i for i, name in enumerate(FIFTHS)})
        self.names = tuple(chosen)
        self.matrix: F64 = np.array([mask * weight_of_cell[cell] for mask in chosen.values()])
        self.size = len(cell)

    def sums(self, counted: NDArray[np.int64]) -> F64:
        """Return weighted sums for each reported group: ``float64[reported, measures]``."""
        sums: F64 = np.einsum("rg,gm->rm", self.matrix, counted.astype(np.float64))
        return sums
