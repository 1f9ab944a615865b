"""As much of finished runs as a report reads: ten scenarios by every pair of groups are millions of rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.analysis.plans import only
from cashless_sim.experiment.runs import Runs

SINGLE = frozenset({"age", "income", "urban", "district"})
OF_GROUPS = frozenset({"using", "households", "able", "account", "ever", "late"})
"""Measures that are kept for groups of households; of all households every measure is kept."""
OF_BILLS = frozenset({"bills", "late", "method_share", "fees"})
"""Measures that are kept for the bills of groups of households, of the last 12 months: what they bear in a year."""
YEAR = 12


def slim(runs: Runs) -> Runs:
    """Return the runs without rows of crossed groups, and with few measures of single ones."""
    group, measure = (runs.frame[name].astype("category") for name in ("group", "measure"))
    kinds = [_kind(str(name)) for name in group.cat.categories]
    wide = _at(group, [kind in ("all", "bill", "cause") for kind in kinds])
    single = _at(group, [kind == "group" for kind in kinds])
    few = _at(measure, _among(measure, OF_GROUPS))
    billed = _at(group, [kind == "billed" for kind in kinds])
    kept = wide | (single & few) | (billed & _last_year(runs) & _at(measure, _among(measure, OF_BILLS)))
    frame = runs.frame[kept]
    return Runs(frame.reset_index(drop=True), runs.manifest)


def _last_year(runs: Runs) -> NDArray[np.bool_]:
    """Return for each row whether its month is one of the last 12."""
    month = runs.frame["month"].astype("category")
    last = sorted(str(one) for one in month.cat.categories)[-YEAR:]
    return _at(month, [str(one) in last for one in month.cat.categories])


def _among(column: pd.Series, names: frozenset[str]) -> list[bool]:
    return [str(name) in names for name in column.cat.categories]


def pair(runs: Runs, names: Sequence[str]) -> Runs:
    """Return the runs of some scenarios, in the order of the names."""
    found = only(runs, list(dict.fromkeys(names)))
    order = {name: number for number, name in enumerate(dict.fromkeys(names))}
    rows = sorted(found.manifest["runs"], key=lambda row: order[row["scenario"]])
    return Runs(found.frame.reset_index(drop=True), {**found.manifest, "runs": rows})


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


def _at(column: pd.Series, wanted: Sequence[bool]) -> NDArray[np.bool_]:
    """Return for each row whether its category is wanted."""
    return np.asarray(wanted, dtype=bool)[column.cat.codes.to_numpy()]
