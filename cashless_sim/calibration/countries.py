"""The same model in other countries: started in 2017, fitted on two early waves, scored on the later one.

All that is a country's own is its accounts and early users at the start (`data/population/places`) and the figures that
it is fitted to: people, campaigns, closures and regulation are those of Viet Nam. A miss says how far that carries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import cashless_sim.data as data
from cashless_sim.calibration.baselines import METHODS, Figure
from cashless_sim.calibration.fit import Effort, calibrate
from cashless_sim.calibration.forward import simulated
from cashless_sim.calibration.posterior import read
from cashless_sim.calibration.score import Known, reported, scored
from cashless_sim.calibration.targets import Register, Target, Wave, percentages, register
from cashless_sim.calibration.texts import keep
from cashless_sim.experiment.manifest import cores
from cashless_sim.experiment.writing import writable
from cashless_sim.units import month_number

Progress = Callable[[float], None]
COUNTRIES = ("thailand", "indonesia", "india")
EARLY, LATE = ("2017", "2021"), "2024"
SDS = {"D": 0.031, "E": 0.026, "G": 0.028}
"""Whole errors of a wave, as for Viet Nam in 2022; assumed."""
SCHOOLING = 0.371
"""Low schooling of the survey's sample: that of the households themselves, for want of a figure."""
WAVES = {
    "2017": Wave("findex-2017", month_number("2017-06"), month_number("2017-06"), 0.7, SCHOOLING),
    "2021": Wave("findex-2021", month_number("2021-01"), month_number("2021-12"), 0.7, SCHOOLING),
    "2024": Wave("findex-2024", month_number("2024-01"), month_number("2024-12"), 0.7, SCHOOLING),
}
"""Months in which a wave may have been in the field; the share that paid a bill is not used."""
SMALL = Effort(particles=40, budget=160, households=10_000)
MEMBERS = ("inertia-closures", "contagion-closures")
DRAWS = 60
TABLE = "countries.csv"
DIGITS = 4


@dataclass(frozen=True)
class Country:
    """What a country is fitted to and scored on: ``later`` has no values."""

    register: Register
    later: Register


def country(name: str) -> Country:
    """Return the registers of a country by the name of its place; raise `UserError`."""
    base, geography = register("check"), data.place(name).geography
    known = _published()
    fitted = tuple(_target(name, code, wave, known[code, geography, "all", wave]) for wave in EARLY for code in SDS)
    later = tuple(_target(name, code, LATE, nan) for code in SDS)
    waves = {wave.name: wave for wave in WAVES.values()}
    text = " ".join(f"{one.name}={one.value:.9g}" for one in fitted)
    digest = hashlib.sha256(f"{base.hash} {text}".encode()).hexdigest()
    own = replace(base, targets=fitted, waves=waves, hash=digest)
    return Country(own, replace(own, targets=later))


def countries(
    out: Path,
    effort: Effort = SMALL,
    members: tuple[str, ...] = MEMBERS,
    draws: int = DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    names: tuple[str, ...] = COUNTRIES,
    code: str | None = None,
) -> tuple[pd.DataFrame, Path]:
    """Fit and score each country; return the table (shares) and the file written to ``out``. Raises `UserError`.

    A row a country and code: the two figures fitted, the later one, the forecast of it with its intervals and
    CRPS, and what last value and logistic line say.
    """
    rows: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        one, folder = country(name), writable(Path(out) / name)
        part = _part(progress, number, len(names))
        calibrate(folder, effort, seed, workers, part, members, to=one.register, split=name)
        posterior = read(folder, one.register, code)
        drawn = posterior.chosen(draws, seed)
        said = simulated(posterior, one.later, drawn, cores() if workers is None else workers)
        rows += _rows(name, one, said, seed)
    table = pd.DataFrame(rows)
    return table, keep(Path(out) / TABLE, table.round(DIGITS).to_csv(index=False, lineterminator="\n"))


def _rows(name: str, one: Country, said: pd.DataFrame, seed: int) -> list[dict[str, Any]]:
    known, geography = _published(), data.place(name).geography
    rows = []
    for target in one.later.targets:
        value = known[target.code, geography, "all", LATE] / 100
        early = {wave: known[target.code, geography, "all", wave] / 100 for wave in EARLY}
        sample = reported(said[target.name].to_numpy(dtype=np.float64), target.sd, seed, name)
        score = scored(sample, value)
        figures = [Figure((WAVES[w].first + WAVES[w].last) / 2, share, target.sd) for w, share in early.items()]
        when = (WAVES[LATE].first + WAVES[LATE].last) / 2
        rows.append(
            {
                "country": name,
                "code": target.code,
                **early,
                LATE: value,
                "median": score.median,
                **{key: getattr(score, key) for key in ("low80", "high80", "low95", "high95")},
                "in80": score.inside(value, 80),
                "in95": score.inside(value, 95),
                "error": score.median - value,
                "crps": score.crps,
                **{f"{rival}: error": METHODS[rival](figures)(when) - value for rival in ("last value", "logistic")},
            }
        )
    return rows


def _published() -> Known:
    return percentages(data.reported_rates(use=("hold-out",)))


def _target(place: str, code: str, wave: str, percent: float) -> Target:
    of = WAVES[wave]
    return Target(f"{code}.{place}.{of.name}", code, place, "all", "", percent / 100, SDS[code], of.name, of.last)


def _part(progress: Progress | None, number: int, of: int) -> Progress | None:
    return None if progress is None else lambda share: progress((number + share) / of)
