"""Paired differences between scenarios that share their luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import FIRST_DRAW, Runs

BY = ["month", "measure", "group"]
COVERS = (80, 95)


def compare(
    runs: Runs,
    to: str,
    measures: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return how each other scenario differs from scenario ``to``, paired by replicate.

    One row for each scenario, month, measure and group: ``n`` pairs, both means, their ``difference``,
    ``sd_difference``, ``low80 … high95``, ``sd_unpaired`` (of a difference between independent runs) and
    ``variance_reduction`` = (sd_unpaired / sd_difference)², all in the measure's unit. With prior draws in the
    runs only these are paired, and the interval is that of one more draw (``spread``: ignorance does not
    shrink with draws); without, it is that of the mean over luck (``mean``). Both are Student's t.
    One replicate gives a difference without an interval (NaN). Raises `UnknownName`, `BadValue`.
    """
    names = runs.scenarios
    if to not in names:
        near = nearest(to, names)
        raise UnknownName(what="scenario in these runs", name=to, expected=", ".join(names), near=near)
    others = [name for name in names if name != to]
    if not others:
        raise BadValue(what="scenarios in these runs", value=to, expected="a baseline and at least one other")
    frame, kind = _pairable(runs, measures, groups)
    base = frame[frame["scenario"] == to]
    return pd.concat(
        [_one(frame[frame["scenario"] == name], base, name, to, kind) for name in others], ignore_index=True
    )


def _pairable(runs: Runs, measures: Sequence[str] | None, groups: Sequence[str] | None) -> tuple[pd.DataFrame, str]:
    """Return the rows to pair, and whether they are prior draws (``spread``) or luck (``mean``)."""
    drawn = bool((runs.frame["replicate"] >= FIRST_DRAW).any())
    wanted = {"measure": measures, "group": groups}
    for name, values in wanted.items():
        known = runs.frame[name].unique()
        for value in values or ():
            if value not in known:
                near = nearest(value, known)
                raise UnknownName(what=name, name=value, expected=", ".join(sorted(known)), near=near)
    chosen = {name: values for name, values in wanted.items() if values is not None}
    return runs.select(draws=drawn, **chosen), "spread" if drawn else "mean"


def _one(frame: pd.DataFrame, base: pd.DataFrame, name: str, to: str, kind: str) -> pd.DataFrame:
    keys = ["replicate", *BY]
    pairs = frame[[*keys, "value"]].merge(base[[*keys, "value"]], on=keys, suffixes=("", "_base"), sort=False)
    if pairs.empty:
        raise BadValue(what=f"pairs of '{name}' and '{to}'", value=0, expected="runs with the same replicates")
    pairs["difference"] = pairs["value"] - pairs["value_base"]
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
    return _with_intervals(found.assign(scenario=name, baseline=to, interval=kind))


def _with_intervals(found: pd.DataFrame) -> pd.DataFrame:
    """Add the intervals and what pairing gained; one pair gives NaN."""
    n = found["n"].to_numpy(dtype=float)
    sd = found["sd_difference"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(found["interval"] == "spread", np.sqrt(1 + 1 / n), np.sqrt(1 / n))
        for cover in COVERS:
            half = student.ppf(0.5 + cover / 200, np.where(n > 1, n - 1, np.nan)) * sd * scale
            found[f"low{cover}"] = found["difference"] - half
            found[f"high{cover}"] = found["difference"] + half
        unpaired = found["variance"] + found["variance_base"]
        found["sd_unpaired"] = np.sqrt(unpaired)
        found["variance_reduction"] = unpaired / sd**2
    ends = [f"{end}{cover}" for cover in COVERS for end in ("low", "high")]
    head = ["scenario", "baseline", *BY, "n", "interval", "mean", "mean_baseline", "difference"]
    return found[[*head, "sd_difference", *ends, "sd_unpaired", "variance_reduction"]]
