"""Follows a few households month by month, so that one household's story can be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cashless_sim.population.columns import Columns

FOLLOWED = (
    "age",
    "smartphone",
    "account",
    "wallet",
    "mobile_money",
    "aware_bank",
    "aware_wallet",
    "heard_from",
    "method",
    "late",
    "cut",
    "months_since_digital",
    "pays_digitally",
    "cause",
    "first_cause",
    "first_month",
    "left_because",
    "lapse_month",
    "reached_by",
    "occasion",
    "moved_in",
    "gone",
)
"""Columns that are watched, as far as a model has them."""

State = Mapping[tuple[str, int | None], float]
"""How a household stands: a value for each column, or for each column and bill."""


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
        self.months: list[str] = []
        self._before = self._first = self._now(columns)

    def note(self, columns: Columns, month: str) -> None:
        """Add what changed since the last note."""
        self.months.append(month)
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

    def first(self, household: int) -> State:
        """Return how one household stood before the first month noted."""
        at = self.ids.index(household)
        return {key: value for name, values in self._first.items() for key, value in _keyed(name, values[..., at])}

    def states(self, household: int) -> Iterator[tuple[str, State, State]]:
        """Yield each month noted, with how the household stood before it and after."""
        after = self.first(household)
        changed: dict[str, list[Change]] = defaultdict(list)
        for change in self.of(household):
            changed[change.month].append(change)
        for month in self.months:
            before = after
            after = {**before, **{(c.column, c.bill): c.after for c in changed[month]}}
            yield month, before, after


def causes_of(model: Any) -> Mapping[int, str]:
    """Return the causes of a model by code: fixed ones in small letters, ``campaign:<name>`` for campaigns."""
    names: Mapping[int, str] = model.cause_names
    return names


def _keyed(name: str, values: Any) -> Iterator[tuple[tuple[str, int | None], float]]:
    """Yield column and bill with the value of one household."""
    if values.ndim == 0:
        yield (name, None), float(values)
    else:
        yield from (((name, bill), float(value)) for bill, value in enumerate(values))
