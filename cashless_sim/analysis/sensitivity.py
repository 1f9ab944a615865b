"""Which numbers a result hangs on: elementary effects and shares of variance, by SALib."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.errors import BadValue, UnknownName, Unsupported, nearest
from cashless_sim.experiment.swept import Sweep

F64 = NDArray[np.float64]
Ranges = Mapping[str, tuple[float, float]]
LEVELS = 4
MORRIS, SOBOL = "morris", "sobol"
METHODS = (MORRIS, SOBOL)


def design(method: str, ranges: Ranges, count: int, seed: int = 1) -> pd.DataFrame:
    """Return the points to run: one column a key of the scenario, one row a point, for `effects` to be read from.

    ``count`` is the number of trajectories of Morris, which takes ``count x (keys + 1)`` points [Morris1991], or of
    base points of Sobol, a power of two, which takes ``count x (keys + 2)`` [Saltelli2010]. Raises `BadValue`,
    `UnknownName`, and `Unsupported` when SALib is not installed.
    """
    problem = _problem(method, ranges)
    if count < 2:
        raise BadValue(what="points of the sensitivity", value=count, expected="a whole number of 2 or more")
    if method == SOBOL and count & (count - 1):
        raise BadValue(what="points", value=count, expected="a power of two, as Sobol sequences need")
    if method == MORRIS:
        points = _library("sample.morris").sample(problem, count, num_levels=LEVELS, seed=seed)
    else:
        points = _library("sample.sobol").sample(problem, count, calc_second_order=False, seed=seed)
    return pd.DataFrame(points, columns=list(ranges))


def effects(method: str, ranges: Ranges, points: pd.DataFrame, result: F64, seed: int = 1) -> pd.DataFrame:
    """Return how much each key moves ``result[points]``, the weightiest first.

    Morris: ``mu`` mean effect over the whole range in the result's unit, ``mu_star`` mean of its size with ``conf``
    (95 %), ``sigma`` (curvature, interaction). Sobol: ``S1`` share of variance by the key alone, ``ST`` with its
    interactions, each with ``conf``. Raises as `design`, and `BadValue` when results are missing.
    """
    problem = _problem(method, ranges)
    if len(result) != len(points) or not np.isfinite(result).all():
        told = int(np.isfinite(result).sum())
        raise BadValue(what="results of the points", value=told, expected=f"{len(points)}, one for each point")
    facts: dict[str, Any] = {"print_to_console": False, "seed": seed}
    if method == MORRIS:
        values = points[list(ranges)].to_numpy(dtype=np.float64)
        found = _library("analyze.morris").analyze(problem, values, result, num_levels=LEVELS, **facts)
        columns = {"mu": "mu", "mu_star": "mu_star", "mu_star_conf": "conf", "sigma": "sigma"}
    else:
        if float(np.ptp(result)) == 0.0:
            raise BadValue(what="spread of the results", value=0, expected="results that are not all the same")
        found = _library("analyze.sobol").analyze(problem, result, calc_second_order=False, **facts)
        columns = {"S1": "S1", "S1_conf": "S1_conf", "ST": "ST", "ST_conf": "ST_conf"}
    table = pd.DataFrame({"key": list(ranges), **{new: np.asarray(found[old]) for old, new in columns.items()}})
    return table.sort_values("mu_star" if method == MORRIS else "ST", ascending=False, ignore_index=True)


def results(sweep: Sweep, measure: str, month: str, group: str = "all", of: str | None = None) -> F64:
    """Return a measure at each point of a sweep, the mean over its runs: ``float64[points]``; NaN where none is done.

    With ``of``, the name of one of two scenarios swept, it is how much that one is above the other on common luck.
    Raises `UnknownName`, `BadValue`.
    """
    rows = sweep.select(measure=measure, month=month, group=group)
    if rows.empty:
        raise BadValue(what="rows of these measures in the runs", value=0, expected=f"{measure} of {group} in {month}")
    means = rows.astype({"scenario": str}).groupby("scenario")["value"].mean()
    points = sweep.points
    names = list(dict.fromkeys(points["of"]))
    if of is not None and of not in names:
        raise UnknownName(what="scenario", name=of, expected=", ".join(names), near=nearest(of, names))
    wanted = {name: means.reindex(points.loc[points["of"] == name, "scenario"]).to_numpy() for name in names}
    if of is None or len(names) == 1:
        return np.asarray(wanted[of or names[0]], dtype=np.float64)
    others = [name for name in names if name != of]
    return np.asarray(wanted[of] - wanted[others[0]], dtype=np.float64)


def _problem(method: str, ranges: Ranges) -> dict[str, Any]:
    if method not in METHODS:
        near = nearest(method, METHODS)
        raise UnknownName(what="method of sensitivity", name=method, expected=", ".join(METHODS), near=near)
    if not ranges:
        raise BadValue(what="keys to vary", value="none", expected="at least one")
    for key, (low, high) in ranges.items():
        if not -np.inf < low < high < np.inf:
            expected = "two numbers, the lower first"
            raise BadValue(what=f"range of {key}", value=f"({low:g}, {high:g})", expected=expected)
    return {"num_vars": len(ranges), "names": list(ranges), "bounds": [list(ends) for ends in ranges.values()]}


def _library(part: str) -> Any:
    """Return a part of SALib, loaded when it is first used."""
    import importlib

    try:
        return importlib.import_module(f"SALib.{part}")
    except ImportError:
        why = "SALib is not installed (pip install SALib)"
        raise Unsupported(what="sensitivity", why=why) from None
