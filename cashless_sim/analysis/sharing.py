"""Whole contacts shared among places: by any weights, such as the households that still pay in cash."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from cashless_sim.errors import BadValue

DISTRICT = "district="


def shared(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Return ``total`` split in whole numbers by weights (largest remainders first); raise `BadValue`."""
    everything = math.fsum(weights.values())
    if total < 0 or not everything > 0 or min(weights.values()) < 0:
        raise BadValue(what="total to share by these weights", value=total, expected="0 or more, and a weight above 0")
    exact = {name: total * weight / everything for name, weight in weights.items()}
    whole = {name: math.floor(share) for name, share in exact.items()}
    rest = total - sum(whole.values())
    for name in sorted(exact, key=lambda name: whole[name] - exact[name])[:rest]:
        whole[name] += 1
    return whole


def remaining(frame: pd.DataFrame, month: str) -> dict[str, float]:
    """Return households that paid no bill by an own digital method in a month, by district, from a run's frame.

    Raises `BadValue` when the frame has no such rows.
    """
    rows = frame[(frame["month"] == month) & frame["measure"].isin(["active", "households"])]
    rows = rows.astype({"group": str, "measure": str})
    rows = rows[rows["group"].str.startswith(DISTRICT) & ~rows["group"].str.contains(";")]
    wide = rows.pivot_table(index="group", columns="measure", values="value")
    if wide.empty:
        raise BadValue(what="rows of active and households by district", value=0, expected=f"rows of {month}")
    left = (wide["households"] * (1 - wide["active"])).dropna()
    return {str(group).removeprefix(DISTRICT): float(value) for group, value in left.items()}
