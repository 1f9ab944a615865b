"""As much of finished runs as a report reads: ten scenarios by every pair of groups are millions of rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.analysis.plans import only
from cashless_sim.experiment.runs import Runs

SINGLE = frozenset({"age", "income", "urban", "district"})
OF_GROUPS = frozenset({"using", "households"})
"""Measures that are kept for groups of households in all months; of all households every measure is kept."""
OF_YEARS = frozenset({"able", "account", "ever", "late"})
"""Measures that are kept for groups of households at the end of each year and in the month that is judged."""
OF_BILLS = frozenset({"bills", "late", "method_share", "fees"})
"""Measures that are kept for the bills of groups of households, of the last 12 months: what they bear in a year."""
YEAR = 12


KINDS = ("all", "bill", "cause", "group", "billed", "crossed")
ALWAYS, YEARLY, LATELY = 1, 2, 4
"""When rows are kept: in all months, at the end of a year and when it is judged, in the last 12 months."""


def slim(runs: Runs, judged: str | None = None) -> Runs:
    """Return the runs without rows of crossed groups, and with few measures of single ones.

    ``judged`` is the month (YYYY-MM) that is judged, the last if None.
    """
    month, measure, group = (runs.frame[name].astype("category").array for name in ("month", "measure", "group"))
    frame = runs.frame[kept(month, measure, group, judged)]
    return Runs(frame.reset_index(drop=True), runs.manifest)


def kept(
    month: pd.Categorical, measure: pd.Categorical, group: pd.Categorical, judged: str | None = None
) -> NDArray[np.bool_]:
    """Return for each row whether `slim` keeps it: ``bool[rows]``; the labels may hold no missing value."""
    months = [str(one) for one in month.categories]
    last = sorted(months)[-YEAR:]
    ends = {judged, *last[-1:]}
    now = [ALWAYS + YEARLY * (one.endswith("-12") or one in ends) + LATELY * (one in last) for one in months]
    kinds = np.array([KINDS.index(_kind(str(one))) for one in group.categories])
    when = np.array([[_when(str(one), kind) for kind in KINDS] for one in measure.categories], dtype=np.uint8)
    wanted = when[:, kinds]
    found = wanted[measure.codes, group.codes] & np.array(now, dtype=np.uint8)[month.codes]
    return np.asarray(found != 0)


def _when(measure: str, kind: str) -> int:
    """Return when the rows of a measure are kept for a kind of group."""
    if kind in ("all", "bill", "cause"):
        return ALWAYS
    if kind == "group":
        return ALWAYS * (measure in OF_GROUPS) + YEARLY * (measure in OF_YEARS)
    return LATELY * (kind == "billed" and measure in OF_BILLS)


def pair(runs: Runs, names: Sequence[str]) -> Runs:
    """Return the runs of some scenarios, in the order of the names."""
    found = only(runs, list(dict.fromkeys(names)))
    order = {name: number for number, name in enumerate(dict.fromkeys(names))}
    rows = sorted(found.manifest["runs"], key=lambda row: order[row["scenario"]])
    return Runs(found.frame.reset_index(drop=True), {**found.manifest, "runs": rows})


@lru_cache(maxsize=4096)
def _kind(name: str) -> str:
    """Return what a group is: all, a bill, a cause or campaign, a group of households, its bills, or crossed."""
    keys = tuple(part.split("=")[0] for part in name.split(";"))
    if keys[0] in SINGLE - {"district"} and keys[1:] in (("bill",), ("bill", "method")):
        return "billed"
    if keys in (("all",), ("bill",), ("bill", "method")):
        return "all" if keys == ("all",) else "bill"
    if keys in (("cause",), ("campaign",)):
        return "cause"
    return "group" if len(keys) == 1 and keys[0] in SINGLE else "crossed"
