"""The middle of some runs and the band around it, for any quantity worked out from their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cashless_sim.errors import BadValue
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.present.bands import HIGH, LOW


@dataclass(frozen=True)
class Spread:
    """``frame`` has the columns it was asked by, value, low, high (NaN without a band).

    ``kind`` says what the band holds: ``"draws"`` (80 % of draws), ``"luck"`` (80 % of replicates), ``"none"``.
    """

    frame: pd.DataFrame
    kind: str
    count: int
    replicates: int


def spread(rows: pd.DataFrame, by: Sequence[str]) -> Spread:
    """Return mean and band of the ``value`` of rows that have a replicate; raise `BadValue` when there is none.

    Both are those of draws where there are two or more, as in tables; else those of the scenario's own values.
    """
    drawn = rows["replicate"] >= FIRST_DRAW
    own, draws = rows.loc[~drawn, "replicate"].nunique(), rows.loc[drawn, "replicate"].nunique()
    if not own + draws:
        raise BadValue(what="rows of this figure in the runs", value=0, expected="at least one")
    kind = "draws" if draws > 1 else "luck" if own > 1 else "none"
    keys = list(by)
    middle = rows[drawn] if kind == "draws" or not own else rows[~drawn]
    line = middle.groupby(keys, sort=True, observed=True)["value"].mean().rename("value")
    around = middle.groupby(keys, sort=True, observed=True)["value"]
    ends = pd.concat([around.quantile(LOW).rename("low"), around.quantile(HIGH).rename("high")], axis=1)
    if kind == "none":
        ends[:] = float("nan")
    frame = pd.concat([line, ends], axis=1).reset_index().dropna(subset=["value"])
    return Spread(frame.reset_index(drop=True), kind, draws if kind == "draws" else own, own)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as plain mappings."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def rows_of(runs: Runs, scenario: str, measure: str | Sequence[str], group: str | Sequence[str]) -> pd.DataFrame:
    """Return the rows of some measures and groups of a scenario as plain text and numbers; raise `BadValue`."""
    rows = runs.select(scenario=scenario, measure=measure, group=group)
    if rows.empty:
        raise BadValue(what="rows of this figure in the runs", value=0, expected="at least one")
    return rows.astype(dict.fromkeys(("scenario", "month", "measure", "group"), str))
