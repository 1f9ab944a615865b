"""Two scenarios stepped side by side: which households part ways, when, and at which decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.model.outreach import OWNS
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

if TYPE_CHECKING:
    from cashless_sim.model.model import CashlessModel

FIELDS = ["household", "month", "column", "bill", "baseline", "scenario"]
SHARED = ("place", "households", "start", "end")


def diverging(
    baseline: Scenario,
    scenario: Scenario,
    households: Sequence[int] | None = None,
    columns: Sequence[str] | None = None,
    seed: int = 1,
    replicate: int = 0,
    threads: int = 1,
) -> pd.DataFrame:
    """Return the first month and column in which each household differs: one row a household that does.

    Columns: household (id), month, column (the first in the order of the month: outreach, then the rules),
    bill (index, -1 where the column has one value), and its values in ``baseline`` and ``scenario``.
    ``households`` are the ids to follow (all, if None), ``columns`` those that count (all that campaigns and
    rules write, if None). Two equal scenarios give no row. Raises `BadValue`, `UnknownName`.
    """
    _refuse_other_people(baseline, scenario)
    one, two = (made.build(seed=seed, replicate=replicate, threads=threads) for made in (baseline, scenario))
    names = _written(one, two, columns)
    left = _rows(one, households)
    found: list[tuple[Any, ...]] = []
    while len(left) and one.month <= one.settings.end:
        month = month_text(one.month)
        one.step()
        two.step()
        for name in names:
            before, after = (model.columns.stored(name) for model in (one, two))
            apart = _apart(before[..., left], after[..., left])
            found += [(int(one.ids[row]), month, name, *_told(before, after, row)) for row in left[apart]]
            left = left[~apart]
    return pd.DataFrame(found, columns=FIELDS)


def changed(found: pd.DataFrame) -> pd.DataFrame:
    """Return how many households parted ways by month and column, from what `diverging` returned."""
    counted = found.groupby(["month", "column"], sort=True).size()
    return counted.rename("households").reset_index()


def _refuse_other_people(baseline: Scenario, scenario: Scenario) -> None:
    """Refuse scenarios whose households are not the same ones."""
    mine, theirs = (
        {**{name: getattr(s.settings(), name) for name in SHARED}, "population_seed": s.recipe.place.population_seed}
        for s in (scenario, baseline)
    )
    for name, value in mine.items():
        if value != theirs[name]:
            text = month_text(value) if name in ("start", "end") else value
            raise BadValue(
                what=f"{name} of scenario '{scenario.name}'", value=text, expected=f"that of '{baseline.name}'"
            )


def _written(one: CashlessModel, two: CashlessModel, columns: Sequence[str] | None) -> list[str]:
    """Return the columns to compare, in the order in which a month writes them."""
    rules = [column for rule in one.settings.rules for column in rule.owns if not column.passing]
    names = [column.name for column in (*OWNS, *rules)]
    known = [name for name in dict.fromkeys(names) if name in one.columns and name in two.columns]
    for name in columns or ():
        if name not in known:
            near = nearest(name, known)
            raise UnknownName(
                what="column that a campaign or rule writes", name=name, expected=", ".join(known), near=near
            )
    return [name for name in known if columns is None or name in columns]


def _rows(model: CashlessModel, households: Sequence[int] | None) -> NDArray[np.intp]:
    if households is None:
        return np.arange(model.population.n, dtype=np.intp)
    return np.array([model.household(int(i)).row for i in households], dtype=np.intp)


def _apart(before: NDArray[Any], after: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which households differ, in any bill: ``bool[n]``."""
    differs: NDArray[np.bool_] = np.logical_or.reduce(np.atleast_2d(before != after))
    return differs


def _told(before: NDArray[Any], after: NDArray[Any], row: int) -> Iterator[float]:
    """Yield bill, value in the baseline, value in the scenario."""
    here, there = np.atleast_1d(before[..., row]), np.atleast_1d(after[..., row])
    bill = int(np.argmax(here != there))
    yield bill if before.ndim > 1 else -1
    yield float(here[bill])
    yield float(there[bill])
