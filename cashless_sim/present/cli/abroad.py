"""``cashless-sim check countries``: the same model in other countries, falls and misses included."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.calibration.countries import EARLY, LATE, SMALL, countries
from cashless_sim.present.cli.validated import console, table
from cashless_sim.present.locale.scorecard import told
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.progress import Progress


def carry_out(simulations: int | None, workers: int | None, out: str | None, tongue: str) -> int:
    """Fit, score, write and show; return 0. Raises `UserError`."""
    effort = replace(SMALL, budget=simulations) if simulations else SMALL
    made = Path(out) if out else Path("results", "countries")
    with Progress(tongue, told("honesty.working", tongue, simulations=number(effort.budget, tongue))) as progress:
        found, path = countries(made, effort, workers=workers, progress=progress)
    console().print(_shown(found, tongue))
    print(told("countries.honest", tongue))
    print(say("cli.written", tongue, folder=made, files=path.name))
    return 0


def _shown(found: pd.DataFrame, tongue: str) -> Any:
    heads = [told("validate.head.point", tongue), *EARLY, LATE]
    heads += [told(f"validate.head.{name}", tongue) for name in ("forecast", "range", "in")]
    heads += [told("baseline.logistic", tongue)]
    shown = table("countries.title", heads, tongue)
    for row in found.to_dict("records"):
        low, high = (number(100 * row[name], tongue, 1) for name in ("low80", "high80"))
        inside = "80" if row["in80"] else "95" if row["in95"] else told("validate.outside", tongue)
        shares = [number(100 * row[name], tongue, 1) for name in (*EARLY, LATE, "median")]
        line = number(100 * (row[LATE] + row["logistic: error"]), tongue, 1)
        shown.add_row(f"{row['code']} {row['country']}", *shares, f"{low} – {high}", inside, line)
    return shown
