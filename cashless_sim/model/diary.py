"""Follows a few households month by month, so that one household's story can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cashless_sim.population.columns import Columns

FOLLOWED = (
    "smartphone",
    "account",
    "wallet",
    "mobile_money",
    "aware_bank",
    "aware_wallet",
    "method",
    "late",
    "first_cause",
    "lapse_month",
    "reached_by",
    "occasion",
)


@dataclass(frozen=True)
class Change:
    """One column of one household that changed in a month; ``bill`` is None where there is one value."""

    household: int
    month: str
    column: str
    bill: int | None
    before: float
    after: float


class Diary:
    """The changes of the households that are followed."""

    def __init__(self, ids: Sequence[int], rows: Sequence[int], columns: Columns) -> None:
        """Note how they stand now."""
        self.ids, self.rows = list(ids), np.array(rows, dtype=np.intp)
        self.changes: list[Change] = []
        self._before = self._now(columns)

    def note(self, columns: Columns, month: str) -> None:
        """Add what changed since the last note."""
        now = self._now(columns)
        for name, after in now.items():
            before = self._before[name]
            for at in np.argwhere(before != after):
                bill = int(at[0]) if after.ndim > 1 else None
                self.changes.append(
                    Change(self.ids[at[-1]], month, name, bill, float(before[tuple(at)]), float(after[tuple(at)]))
                )
        self._before = now

    def _now(self, columns: Columns) -> Mapping[str, Any]:
        return {name: columns.stored(name)[..., self.rows].copy() for name in FOLLOWED if name in columns}

    def of(self, household: int) -> list[Change]:
        """Return one household's changes, in order."""
        return [c for c in self.changes if c.household == household]
