"""The scorecard: forecasts of figures that no fit saw, beside what was published and beside simple baselines.

This and `report` are the only files of the folder that open figures kept for checking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

import cashless_sim.data as data
from cashless_sim.calibration.baselines import METHODS, Figure
from cashless_sim.calibration.points import Point, Points
from cashless_sim.calibration.proposals import luck
from cashless_sim.calibration.targets import Register, Wave, percentages
from cashless_sim.units import month_number

F64 = NDArray[np.float64]
Known = Mapping[tuple[str, str, str, str], float]
"""(code, geography, group, date) → percent."""
ERRORS = 20
"""Errors of reporting drawn for each draw of the model and of a baseline."""
DRAWS = 200
"""Draws of each baseline."""
STAND_IN = {"Viet Nam": ("B", "Northern Vietnam (27 provinces)")}
"""Where a place has no figure of B to fit, the baselines take those of another, as the model does."""
MOST = 8
"""Figures of one kind that may be fitted, at most."""
UNDATED = "findex-2022"
"""The wave fitted whose month is not known: errors are shown for each month."""
HEADLINE = ("D.findex-2024.all", "E.findex-2024.all", "G.findex-2024.all")
"""The figures whose mean error in percent is the bar; cash only is what D leaves and counts with it."""


@dataclass(frozen=True)
class Score:
    """A forecast against one figure: shares; ``inside`` by level of the interval."""

    median: float
    low80: float
    high80: float
    low95: float
    high95: float
    crps: float

    def inside(self, value: float, level: int) -> bool:
        """Return whether the interval of a level holds the value."""
        low, high = (self.low80, self.high80) if level == 80 else (self.low95, self.high95)
        return low <= value <= high


def crps(sample: F64, value: float) -> float:
    """Return the continuous ranked probability score of equally likely values: shares [GneitingRaftery2007].

    The absolute error when all are one.
    """
    ordered = np.sort(np.asarray(sample, dtype=np.float64))
    n = len(ordered)
    apart = float((ordered * (2 * np.arange(1, n + 1) - n - 1)).sum()) / n**2
    return float(np.abs(ordered - value).mean()) - apart


def scored(sample: F64, value: float) -> Score:
    """Return the score of a sample against a figure."""
    low95, low80, middle, high80, high95 = map(float, np.quantile(sample, (0.025, 0.1, 0.5, 0.9, 0.975)))
    return Score(middle, low80, high80, low95, high95, crps(sample, value))


def reported(values: F64, sd: float, seed: int, name: str) -> F64:
    """Return each value `ERRORS` times as it would be reported: with errors of ``sd``, keyed by name, within 0 to 1."""
    rows = np.arange(len(values), dtype=np.uint32)
    us = np.stack([luck(seed, rows, f"report.{name}", j) for j in range(ERRORS)], axis=1)
    return np.asarray(np.clip(values[:, None] + sd * ndtri(us), 0.0, 1.0).ravel())


def scorecard(forward: pd.DataFrame, register: Register, points: Points, seed: int) -> pd.DataFrame:
    """Return one row a point with its forecasts and scores; shares, errors as forecast minus published.

    ``forward`` is what posterior draws say (`forward.forward`). For each baseline: median and CRPS, nan where no figure
    of that kind may be fitted.
    """
    known, fitted = percentages(data.reported_rates(use=("hold-out",))), percentages(data.targets("check"))
    waves = {**points.waves, **register.waves}
    rows = []
    for point in points.asked("time", "space", "forced"):
        value = known[point.row] / 100
        sample = reported(forward[point.target.name].to_numpy(dtype=np.float64), point.target.sd, seed, "model")
        score = scored(sample, value)
        rows.append(_row(point, value, score) | _baselines(point, value, fitted, waves, seed))
    return pd.DataFrame(rows)


def by_month(forward: pd.DataFrame, register: Register, points: Points, seed: int) -> pd.DataFrame:
    """Return the error in percent of the headline figures for each month in which the 2022 survey may have been.

    Columns month (a number), draws, model, and one a baseline: means of absolute errors over published, shares.
    """
    known, fitted = percentages(data.reported_rates(use=("hold-out",))), percentages(data.targets("check"))
    chosen = [one for one in points.points if one.target.name in HEADLINE]
    waves = {**points.waves, **register.waves}
    middles = {name: (one.first + one.last) / 2 for name, one in waves.items()}
    rows = []
    for month in range(waves[UNDATED].first, waves[UNDATED].last + 1):
        mine = forward[forward[f"month.{UNDATED}"] == month]
        row: dict[str, float] = {"month": month, "draws": len(mine)}
        row["model"] = _mape([float(mine[one.target.name].median()) for one in chosen], chosen, known)
        when = middles | {UNDATED: month}
        for name, fit in METHODS.items():
            found = [fit(figures(one, fitted, when))(when[one.target.wave]) for one in chosen]
            row[name] = _mape(found, chosen, known)
        rows.append(row)
    return pd.DataFrame(rows)


def figures(point: Point, fitted: Known, months: Mapping[str, float]) -> list[Figure]:
    """Return the published figures that a baseline of a point is fitted to: those that the model is fitted to.

    ``months`` gives the month of each survey wave.
    """
    code, geography, group, _ = point.row
    other = STAND_IN.get(geography)
    wanted = other[1] if other and other[0] == code else geography
    found = []
    for (of, where, whom, date), value in fitted.items():
        if (of, where, whom) == (code, wanted, group):
            month = months[f"findex-{date}"] if len(date) == 4 else month_number(date[:7])
            found.append(Figure(month, value / 100, point.target.sd))
    return sorted(found, key=lambda one: one.month)


def headline(card: pd.DataFrame, name: str = "") -> float:
    """Return the mean absolute error in percent of the headline figures, as a share; ``name`` is a baseline."""
    rows = card[card["point"].isin(HEADLINE)]
    forecast = rows[f"{name}: median"] if name else rows["median"]
    return float(((forecast - rows["published"]).abs() / rows["published"]).mean())


def _row(point: Point, value: float, score: Score) -> dict[str, object]:
    code, geography, group, date = point.row
    return {
        "point": point.target.name,
        "part": point.part,
        "code": code,
        "geography": geography,
        "group": group,
        "date": date,
        "published": value,
        "median": score.median,
        "low80": score.low80,
        "high80": score.high80,
        "low95": score.low95,
        "high95": score.high95,
        "in80": score.inside(value, 80),
        "in95": score.inside(value, 95),
        "error": score.median - value,
        "crps": score.crps,
    }


def _baselines(point: Point, value: float, fitted: Known, waves: Mapping[str, Wave], seed: int) -> dict[str, float]:
    found: dict[str, float] = {}
    drawn = _bootstrap(point, fitted, waves, seed)
    for name in METHODS:
        score = scored(reported(drawn[name], point.target.sd, seed, name), value) if drawn else None
        found |= {
            f"{name}: median": score.median if score else np.nan,
            f"{name}: crps": score.crps if score else np.nan,
        }
    return found


def _bootstrap(point: Point, fitted: Known, waves: Mapping[str, Wave], seed: int) -> dict[str, F64]:
    """Return `DRAWS` forecasts of each baseline, fitted to figures and months drawn anew; empty without a figure."""
    middles = {name: (one.first + one.last) / 2 for name, one in waves.items()}
    if not figures(point, fitted, middles):
        return {}
    ids = np.arange(DRAWS, dtype=np.uint32)
    drawn = {
        name: one.first + (luck(seed, ids, f"field.{name}") * (one.last - one.first + 1)).astype(int)
        for name, one in waves.items()
    }
    errors = [ndtri(luck(seed, ids, f"baseline.{point.row[0]}.{point.row[2]}", k)) for k in range(MOST)]
    found: dict[str, list[float]] = {name: [] for name in METHODS}
    for draw in range(DRAWS):
        months = {name: float(values[draw]) for name, values in drawn.items()}
        original = figures(point, fitted, months)
        moved = [replace(one, value=one.value + one.sd * errors[k][draw]) for k, one in enumerate(original)]
        for name, fit in METHODS.items():
            found[name].append(fit(moved)(months.get(point.target.wave, point.target.month)))
    return {name: np.array(values) for name, values in found.items()}


def _mape(forecasts: Sequence[float], chosen: Sequence[Point], known: Known) -> float:
    errors = [abs(f / (known[one.row] / 100) - 1) for f, one in zip(forecasts, chosen, strict=True)]
    return float(np.mean(errors))
