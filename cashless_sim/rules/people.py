"""What a month works on: the households' columns, ids, cells and contacts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.population.columns import Columns

WELL_MIXED_TIES = 255
"""Contacts when everyone meets everyone: a share is then exact to 1/255."""


@dataclass
class People:
    """What a month works on. Its arrays are written into and never re-bound."""

    columns: Columns
    ids: NDArray[np.uint32]
    cell: NDArray[Any]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    mixing: str = "village"
    degree: NDArray[np.uint8] = field(init=False)
    touch: NDArray[np.uint16] = field(init=False)

    def __post_init__(self) -> None:
        """Work out the number of contacts; nobody is reached by a campaign yet."""
        self.touch = np.zeros(len(self.ids), dtype=np.uint16)
        degree = np.diff(self.indptr)
        if self.mixing == "none":
            degree = np.zeros_like(degree)
        elif self.mixing == "well-mixed":
            degree = np.full_like(degree, WELL_MIXED_TIES)
        self.degree = np.minimum(degree, 255).astype(np.uint8)

    @property
    def n(self) -> int:
        """Number of households."""
        return len(self.ids)
