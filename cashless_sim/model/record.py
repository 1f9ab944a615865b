"""Keeps what each month counted, and gives it back as one tidy frame."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Single = tuple[str, str, float]


class Record:
    """Months of values for the same measures and groups, and single values that only some months have."""

    def __init__(self) -> None:
        """Begin empty."""
        self.months: list[str] = []
        self._names: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._labels: list[tuple[str, str]] = []
        self._values: list[F64] = []
        self._single: list[tuple[str, str, str, float]] = []

    def add(self, month: str, groups: tuple[str, ...], values: Mapping[str, F64], single: list[Single]) -> None:
        """Add a month: a vector over ``groups`` for each measure, and (measure, group, value) of its own.

        A measure named ``late;bill=water`` is written as measure ``late`` of group ``…;bill=water``.
        """
        names = (tuple(values), groups)
        if not self._labels:
            self._names, self._labels = names, [_label(name, group) for name in values for group in groups]
        assert names == self._names
        self.months.append(month)
        self._values.append(np.concatenate(list(values.values())))
        self._single += [(month, *row) for row in single]

    def frame(self) -> pd.DataFrame:
        """Return month, measure, group, value; one row each, months in order, nothing for groups without anybody."""
        columns = ["month", "measure", "group", "value"]
        months = np.repeat(np.array(self.months, dtype=object), len(self._labels))
        names = np.array(self._labels, dtype=object).reshape(-1, 2)
        measures, groups = (np.tile(names[:, i], len(self.months)) for i in (0, 1))
        values = np.concatenate(self._values) if self._values else np.empty(0)
        whole = pd.DataFrame({"month": months, "measure": measures, "group": groups, "value": values})
        single = pd.DataFrame(self._single, columns=columns).astype({"value": "float64"})
        both = pd.concat([whole, single], ignore_index=True) if len(single) else whole
        both = both[both["value"].notna()]
        return both.sort_values("month", kind="stable", ignore_index=True)


def _label(name: str, group: str) -> tuple[str, str]:
    measure, part, detail = name.partition(";")
    if not part:
        return measure, group
    return measure, detail if group == "all" else f"{group};{detail}"
