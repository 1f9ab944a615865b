"""What the runs of the explorer's grid say about each plan, held against the baseline on common luck."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.analysis.compare import compare
from cashless_sim.analysis.costs import costs, effects
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.bands import HIGH, LOW
from cashless_sim.present.explore.making import BASELINE, CODES, GROUPS, WAYS_TO_PAY
from cashless_sim.present.health import SMALLEST, behind
from cashless_sim.scenario.recipe import Scenario

LATE, OF_LATE = "late", "bill=electricity"
METHODS = ("TRANSFER", "AUTODEBIT", "WALLET", "PROXY", "AGENT", "COUNTER", "COLLECTOR")
Three = tuple[float, float, float]
"""Mean with the ends of its 80 % band: of draws for a level, of one more draw for a paired difference."""


@dataclass(frozen=True)
class Answer:
    """One plan: its curves from the month in which plans begin, and the last month against the baseline.

    ``curves`` maps a code to three arrays (mean, low, high) of shares; ``change`` a code to a difference;
    ``places`` and ``groups`` each group to its level and difference; ``paid`` shares of electricity bills by method,
    late last; ``money`` VND, households and their ratio.
    """

    name: str
    curves: Mapping[str, Any]
    change: Mapping[str, Three]
    places: Mapping[str, tuple[Three, Three]]
    groups: Mapping[str, tuple[Three, Three]]
    paid: tuple[float, ...]
    money: Mapping[str, Any]

    @property
    def is_told_apart(self) -> bool:
        """Whether the paired interval of the headline leaves zero out."""
        _, low, high = self.change[CODES[0]]
        return low > 0 or high < 0


def answers(runs: Runs, scenarios: Mapping[str, Scenario]) -> dict[str, Answer]:
    """Return what each scenario of the grid says by name, the baseline (differences of zero) first."""
    last = max(str(one) for one in runs.frame["month"].unique())
    end = runs.frame[runs.frame["month"] == last]
    levels = _levels(end)
    found = compare(Runs(end, runs.manifest), BASELINE, measures=[*CODES, LATE])
    changes = {(r["scenario"], r["measure"], r["group"]): _three(r) for r in found.to_dict("records")}
    money = _money(runs, scenarios)
    curves = _curves(runs.frame)
    districts = [g for g in dict.fromkeys(end["group"].astype(str)) if g.startswith("district=")]
    few = {str(group) for group, size in behind(Runs(end, runs.manifest)).items() if size < SMALLEST}
    made = {}
    for name in runs.scenarios:

        def pair(group: str, of: str = name) -> tuple[Three, Three]:
            hidden = (math.nan,) * 3
            if group in few or (of, "using", group) not in levels:
                return hidden, hidden
            return levels[of, "using", group], changes.get((of, "using", group), (0.0, 0.0, 0.0))

        made[name] = Answer(
            name,
            curves[name],
            {code: changes.get((name, code, _of(code)), (0.0, 0.0, 0.0)) for code in (*CODES, LATE)},
            {group: pair(group) for group in districts},
            {group: pair(group) for group in GROUPS},
            tuple(levels[name, measure, group][0] for measure, group in _paid()),
            money.get(name, {}),
        )
    return made


def _of(measure: str) -> str:
    """Return the group that a measure is shown for: lateness is counted by bill."""
    return OF_LATE if measure == LATE else "all"


def _paid() -> list[tuple[str, str]]:
    return [*(("method_share", WAYS_TO_PAY + one) for one in METHODS), (LATE, OF_LATE)]


def history(past: pd.DataFrame) -> tuple[list[str], dict[str, Any]]:
    """Return the months before plans begin, and for each code three arrays: mean, low, high over the draws."""
    months = sorted(past["month"].astype(str).unique())
    return months, _three_arrays(past, months)


def _curves(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    rows = frame[(frame["group"] == "all") & frame["measure"].isin(CODES)]
    months = sorted(rows["month"].astype(str).unique())
    return {str(name): _three_arrays(part, months) for name, part in rows.groupby("scenario", observed=True)}


def _three_arrays(rows: pd.DataFrame, months: list[str]) -> dict[str, Any]:
    made = {}
    for code in CODES:
        part = rows[rows["measure"] == code].astype({"month": str})
        wide = part.pivot_table(index="month", columns="replicate", values="value").reindex(months).to_numpy()
        made[code] = (wide.mean(axis=1), np.quantile(wide, LOW, axis=1), np.quantile(wide, HIGH, axis=1))
    return made


def _levels(end: pd.DataFrame) -> dict[tuple[str, str, str], Three]:
    grouped = end.groupby(["scenario", "measure", "group"], observed=True)["value"]
    ends = pd.DataFrame({"mean": grouped.mean(), "low": grouped.quantile(LOW), "high": grouped.quantile(HIGH)})
    return {
        (str(key[0]), str(key[1]), str(key[2])): (float(mean), float(low), float(high))
        for key, mean, low, high in zip(ends.index, ends["mean"], ends["low"], ends["high"], strict=True)
    }


def _three(row: Mapping[Any, Any]) -> Three:
    return float(row["difference"]), float(row["low80"]), float(row["high80"])


def _money(runs: Runs, scenarios: Mapping[str, Scenario]) -> dict[str, dict[str, Any]]:
    """Return by plan: cost, saved (VND) and payers (households) as three numbers, value a payer, grade of evidence."""
    recipes = [scenario.with_(name=name) for name, scenario in scenarios.items()]
    table = costs(runs, BASELINE, recipes)
    spent = effects(runs, BASELINE).groupby("scenario")["cost"]
    band = {str(name): (float(p.quantile(LOW)), float(p.quantile(HIGH))) for name, p in spent}
    made = {}
    for row in table[table["per"] == "payer"].to_dict("records"):
        name = str(row["scenario"])
        made[name] = {
            "cost": (float(row["cost"]), *band[name]),
            "payers": (float(row["gain"]), float(row["gain_low80"]), float(row["gain_high80"])),
            "each": (float(row["value"]), float(row["low80"]), float(row["high80"])),
            "grade": str(row["grade"]),
        }
    return made
