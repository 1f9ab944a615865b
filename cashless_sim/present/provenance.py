"""Where a drawn figure comes from: its data, its facts and its description, kept beside the Axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.axes import Axes

from cashless_sim.experiment.runs import Runs

HASH = "results_hash"


@dataclass(frozen=True)
class Provenance:
    """The tidy ``data`` that a figure shows, the ``facts`` of what made them, and its ``alt`` text."""

    data: pd.DataFrame
    facts: Mapping[str, Any]
    alt: str


class MadeOf(Mapping[str, Any]):
    """The manifest of runs with the hash of their results, which is worked out when it is read: it takes a while."""

    def __init__(self, runs: Runs) -> None:
        """Keep the runs."""
        self._runs = runs

    def __getitem__(self, key: str) -> Any:
        return self._runs.results_hash if key == HASH else self._runs.manifest[key]

    def __iter__(self) -> Iterator[str]:
        return iter([*(key for key in self._runs.manifest if key != HASH), HASH])

    def __len__(self) -> int:
        return len(list(iter(self)))


_KEPT: WeakKeyDictionary[Axes, Provenance] = WeakKeyDictionary()


def attach(ax: Axes, provenance: Provenance) -> Axes:
    """Keep the provenance of a figure for as long as it lives, and return its Axes."""
    _KEPT[ax] = provenance
    return ax


def of(ax: Axes) -> Provenance:
    """Return the provenance of a figure of this package; raise KeyError for another's."""
    return _KEPT[ax]
