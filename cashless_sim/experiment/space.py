"""Designs: frames of settings, one row a point, one column a key of the scenario."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.errors import BadValue, DataProblem, nearest
from cashless_sim.experiment.writing import told

DIGITS = 6
METHODS = ("latin", "sobol")
MOST = 1_000_000

Space = Mapping[str, tuple[float, float] | Sequence[Any]]


def grid(space: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return every combination of the values of each key; raise `BadValue` when there is none or a million."""
    values = [list(given) for given in space.values()]
    count = math.prod(map(len, values)) if values else 0
    _counted(count, "points of the grid")
    return pd.DataFrame(list(itertools.product(*values)), columns=list(space), dtype=object)


def latin(space: Space, points: int, seed: int = 1) -> pd.DataFrame:
    """Return a Latin hypercube: each key's range, ``(low, high)`` or a list to choose from, is evenly covered.

    Raises `BadValue`. [McKay1979]
    """
    from scipy.stats.qmc import LatinHypercube

    _counted(points, "points")
    return _scaled(space, LatinHypercube(d=_width(space), rng=seed).random(points))


def sobol(space: Space, points: int, seed: int = 1) -> pd.DataFrame:
    """Return the first ``points`` (a power of two) of a scrambled Sobol sequence over the ranges; raise `BadValue`.

    [Sobol1967]
    """
    from scipy.stats.qmc import Sobol

    _counted(points, "points")
    if points & (points - 1):
        raise BadValue(what="points", value=points, expected="a power of two, as Sobol sequences need")
    return _scaled(space, Sobol(d=_width(space), rng=seed).random(points))


def _counted(count: Any, what: str) -> None:
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST:
        raise BadValue(what=what, value=count, expected=f"a whole number from 1 to {MOST}")


def _width(space: Space) -> int:
    if not space:
        raise BadValue(what="keys to vary", value="none", expected="at least one")
    return len(space)


def _scaled(space: Space, unit: Any) -> pd.DataFrame:
    """Return columns of points in [0, 1) stretched over their ranges, six digits each."""
    columns = {}
    for (key, given), share in zip(space.items(), np.asarray(unit).T, strict=True):
        if isinstance(given, tuple):
            low, high = _range(key, given)
            columns[key] = [float(f"{low + (high - low) * float(u):.{DIGITS}g}") for u in share]
        else:
            choices = list(given)
            _counted(len(choices), f"values of {key}")
            columns[key] = [choices[min(int(u * len(choices)), len(choices) - 1)] for u in share]
    return pd.DataFrame(columns)


def _range(key: str, given: tuple[Any, ...]) -> tuple[float, float]:
    numbers = len(given) == 2 and all(isinstance(v, int | float) and math.isfinite(v) for v in given)
    if not numbers or not given[0] < given[1]:
        raise BadValue(what=f"range of {key}", value=str(given), expected="two numbers, the lower first")
    return float(given[0]), float(given[1])


def design_file(path: str | Path) -> pd.DataFrame:
    """Return the user's own design from a CSV file (UTF-8): a key a column, a point a row, empty = as it is.

    Raises `FileProblem`, `DataProblem`.
    """
    with told(Path(path), "a file that can be read"):
        try:
            frame = pd.read_csv(path, encoding="utf-8-sig")
        except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
            expected = "a table in CSV, UTF-8, one column a key"
            raise DataProblem(where=str(path), problem="it cannot be read as a table", expected=expected) from error
    return frame


def point(frame: pd.DataFrame, number: int) -> dict[str, Any]:
    """Return the settings of one row as plain values; an empty cell leaves the scenario's own value."""
    row = {str(key): _plain(frame[key].iloc[number]) for key in frame.columns}
    return {key: value for key, value in row.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if not isinstance(value, str | int | float | list | dict):
        raise BadValue(what="cell of the design", value=str(value), expected="a number, a text, or true or false")
    return value


def checked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a design that can be used, or raise `BadValue` for an empty one or a key given twice."""
    if len(frame) == 0 or len(frame.columns) == 0:
        raise BadValue(what="rows of the design", value=len(frame), expected="at least one row and one column")
    names = [str(name) for name in frame.columns]
    for name in names:
        if names.count(name) > 1:
            raise BadValue(what="column of the design", value=name, expected="a name used once")
    return frame.reset_index(drop=True)


def method(name: str) -> Any:
    """Return `latin` or `sobol` by name; raise `BadValue`."""
    if name not in METHODS:
        raise BadValue(what="--method", value=name, expected=", ".join(METHODS), near=nearest(name, METHODS))
    return latin if name == "latin" else sobol
