"""Paired differences between scenarios that share their luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cashless_sim.analysis.intervals import COVERS, half_width, pairs_needed
from cashless_sim.analysis.pairing import (
    BY,
    IGNORANCE,
    kind_of,
    others,
    pairable,
    paired,
    refuse_other_luck,
    replicates_of,
)
from cashless_sim.errors import BadValue
from cashless_sim.experiment.runs import Runs


def compare(
    runs: Runs,
    to: str,
    measures: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    width: float | None = None,
) -> pd.DataFrame:
    """Return how each other scenario differs from scenario ``to``, paired by luck and by draw.

    One row for each scenario, month, measure and group: ``n`` pairs, both means, their ``difference``,
    ``sd_difference``, ``low80 … high95``, ``sd_unpaired`` (of a difference between independent runs) and
    ``variance_reduction`` = (sd_unpaired / sd_difference)², all in the measure's unit. With prior draws in the
    runs only these are paired, and the interval is that of one more draw (``spread``: ignorance does not
    shrink with draws); without, it is that of the mean over luck (``mean``). Both are Student's t.
    With ``width``, ``pairs_needed`` says how many pairs the 95 % interval of the mean needs to be no wider
    (inf: over a million); it is NaN for ``spread``. One replicate gives a difference without an interval (NaN).
    Raises `UnknownName`, and `BadValue` when the runs do not share their luck.
    """
    if width is not None and not 0 < width < float("inf"):
        raise BadValue(what="width of the interval", value=width, expected="a number above 0")
    names = others(runs, to)
    refuse_other_luck(runs)
    frame, kind = pairable(runs, measures, groups), kind_of(runs)
    there = replicates_of(runs)
    pairs = {name: paired(frame, name, to, BY, there[name] & there[to]) for name in names}
    found = pd.concat([_one(rows, name, to, kind) for name, rows in pairs.items()], ignore_index=True)
    if width is not None:
        needed = [np.nan if kind == IGNORANCE else pairs_needed(sd, width) for sd in found["sd_difference"]]
        found["pairs_needed"] = needed
    return found


def _one(pairs: pd.DataFrame, name: str, to: str, kind: str) -> pd.DataFrame:
    grouped = pairs.groupby(BY, sort=False, observed=True)
    found = grouped.agg(
        n=("difference", "size"),
        mean=("value", "mean"),
        mean_baseline=("value_base", "mean"),
        difference=("difference", "mean"),
        sd_difference=("difference", "std"),
        variance=("value", "var"),
        variance_base=("value_base", "var"),
    ).reset_index()
    found = found.astype(dict.fromkeys(BY, str))
    return _with_intervals(found.assign(scenario=name, baseline=to, interval=kind), kind)


def _with_intervals(found: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Add the intervals and what pairing gained; one pair gives NaN."""
    for cover in COVERS:
        half = half_width(found["n"], found["sd_difference"], cover, kind)
        found[f"low{cover}"] = found["difference"] - half
        found[f"high{cover}"] = found["difference"] + half
    unpaired = found["variance"] + found["variance_base"]
    found["sd_unpaired"] = np.sqrt(unpaired)
    with np.errstate(divide="ignore", invalid="ignore"):
        found["variance_reduction"] = unpaired.to_numpy() / found["sd_difference"].to_numpy() ** 2
    ends = [f"{end}{cover}" for cover in COVERS for end in ("low", "high")]
    head = ["scenario", "baseline", *BY, "n", "interval", "mean", "mean_baseline", "difference"]
    return found[[*head, "sd_difference", *ends, "sd_unpaired", "variance_reduction"]]
