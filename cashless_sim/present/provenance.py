"""Where a drawn figure comes from: its data, its facts and its description, kept beside the Axes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd
from matplotlib.axes import Axes


@dataclass(frozen=True)
class Provenance:
    """The tidy ``data`` that a figure shows, the ``facts`` of what made them, and its ``alt`` text."""

    data: pd.DataFrame
    facts: Mapping[str, Any]
    alt: str


_KEPT: WeakKeyDictionary[Axes, Provenance] = WeakKeyDictionary()


def attach(ax: Axes, provenance: Provenance) -> Axes:
    """Keep the provenance of a figure for as long as it lives, and return its Axes."""
    _KEPT[ax] = provenance
    return ax


def of(ax: Axes) -> Provenance:
    """Return the provenance of a figure of this package; raise KeyError for another's."""
    return _KEPT[ax]
