"""Scores of proposals against going on as now, on the same households, luck and draws."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.analysis.costs import BILLS, costs, effects
from cashless_sim.analysis.intervals import told
from cashless_sim.analysis.pairing import IGNORANCE, kind_of
from cashless_sim.analysis.workshop.form import Form, chips, scenario
from cashless_sim.analysis.workshop.menu import BASELINE, Menu
from cashless_sim.experiment.job import Progress
from cashless_sim.experiment.runs import Runs
from cashless_sim.experiment.sweep import Sweep, sweep

STATISTIC = "using"
MEASURES = (STATISTIC, "households", "bills", "own_digital", "late", "cost_to_serve", "spent", "contacts")
WATCHED = ("age=60+", "income=1")
"""Groups that are asked about: payers of 60 and more, the fifth of households with the lowest income."""
HOUSEHOLDS, DRAWS = 20_000, 9
"""Nine is the fewest draws of which a ratio has an 80 % interval."""
SCORE_COLUMNS = (
    *("place", "table", "round", "choices", "chips", "gain", "low80", "high80", "spent", "value", "value_low80"),
    *("value_high80", *(f"left {group}" for group in WATCHED), "left", "helped", "helped_low80", "helped_high80"),
    *("prize", "grade", "verdict", "n"),
)


def score_sweep(
    menu: Menu,
    forms: Sequence[Form],
    store: str | Path,
    households: int = HOUSEHOLDS,
    draws: int = DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    code: str | None = None,
) -> Sweep:
    """Run as now and each proposal on common luck and draws, and keep the runs in ``store``; raise as `sweep`.

    Each draw has its own luck and its own combination of parameters, so a band holds both. What the store has is
    not run again; what failed is tried again.
    """
    campaigns = sorted({str(one["name"]) for choice in menu.choices for one in choice.campaigns})
    kept = [c.name for c in menu.baseline.settings().campaigns]
    return sweep(
        [menu.baseline, *(scenario(form, menu) for form in forms)],
        store=store,
        replicates=1,
        draws=draws,
        seed=seed,
        households=households,
        groups=["all", *WATCHED, *BILLS, *(f"campaign={name}" for name in sorted({*campaigns, *kept}))],
        measures=MEASURES,
        workers=workers,
        retry=True,
        progress=progress,
        code=code,
    )


def fair(runs: Runs) -> Runs:
    """Return the runs of those draws that no scenario lacks, so that a run that failed favours nobody."""
    there = runs.frame[["scenario", "replicate"]].drop_duplicates().groupby("replicate", observed=True).size()
    whole = set(there.index[there == len(runs.scenarios)])
    rows = [row for row in runs.manifest["runs"] if row["replicate"] in whole]
    return Runs(runs.frame[runs.frame["replicate"].isin(whole)], {**runs.manifest, "runs": rows})


def scores(runs: Runs, menu: Menu, forms: Sequence[Form]) -> pd.DataFrame:
    """Return one row a proposal, best first: what it adds to as now in the month judged.

    ``gain`` households using (`STATISTIC`) with low80 and high80; ``spent`` VND in the model, ``value`` VND an added
    one (NaN where it cannot be told from none) with its ends; ``left`` households of each watched group that do not
    use, and how many fewer (``helped``; a household in two groups counts twice); ``grade`` of the weakest channel.
    Proposals whose bands overlap share a ``place``; ``prize`` goes to the fewest left, shared alike.
    """
    recipes = [menu.baseline, *(scenario(form, menu) for form in forms)]
    found = costs(runs, BASELINE, recipes, menu.judged)
    found = found[found["per"] == "payer"].set_index("scenario")
    left = _left(runs, menu.judged)
    rows = [{**_facts(form, menu), **_gained(found.loc[form.name]), **_helped(left, form.name, runs)} for form in forms]
    table = pd.DataFrame(rows)
    table["place"] = places(table, "gain", "low80", "high80")
    helped = places(table, "helped", "helped_low80", "helped_high80")
    told_apart = bool(table["helped_low80"].iloc[int(table["helped"].argmax())] > 0)
    table["prize"] = [told_apart and place == 1 for place in helped]
    ordered = table.sort_values(["place", "gain"], ascending=[True, False], ignore_index=True)
    return ordered[list(SCORE_COLUMNS)]


def _facts(form: Form, menu: Menu) -> dict[str, Any]:
    choices = " ".join(map(str, form.choices))
    return {"table": form.table, "round": form.round, "choices": choices, "chips": chips(form, menu)}


def _gained(row: Any) -> dict[str, Any]:
    """Return the gain, the money and their ratio of one row of `costs`."""
    names = {"gain": "gain", "low80": "gain_low80", "high80": "gain_high80", "spent": "cost", "value": "value"}
    names |= {"value_low80": "low80", "value_high80": "high80", "grade": "grade", "verdict": "verdict", "n": "n"}
    return {name: row[there] for name, there in names.items()}


def _left(runs: Runs, month: str) -> pd.DataFrame:
    """Return scenario, replicate and, in a column a watched group, its households that do not use."""
    drawn = kind_of(runs) == IGNORANCE
    rows = runs.select(draws=drawn, month=month, group=WATCHED, measure=[STATISTIC, "households"])
    rows = rows.astype({"scenario": str, "measure": str, "group": str})
    wide = rows.pivot_table(index=["scenario", "replicate", "group"], columns="measure", values="value")
    wide["left"] = (1 - wide[STATISTIC]) * wide["households"]
    found = wide.reset_index().pivot_table(index=["scenario", "replicate"], columns="group", values="left")
    return found.reset_index()


def _helped(left: pd.DataFrame, name: str, runs: Runs) -> dict[str, Any]:
    """Return the households left in each watched group, and how many fewer they are than as now, paired."""
    mine, base = (left[left["scenario"] == one].set_index("replicate")[list(WATCHED)] for one in (name, BASELINE))
    fewer = (base - mine).dropna().to_numpy(np.float64).sum(axis=1)
    facts = told(fewer, kind_of(runs))
    found: dict[str, Any] = {f"left {group}": float(mine[group].mean()) for group in WATCHED}
    found["left"] = sum(found.values())
    return found | {"helped": facts["mean"], "helped_low80": facts["low80"], "helped_high80": facts["high80"]}


def places(table: pd.DataFrame, value: str, low: str, high: str) -> list[int]:
    """Return the place of each row by ``value``: whoever's band overlaps that of a place's first shares the place."""
    order = table[value].to_numpy(np.float64).argsort(kind="stable")[::-1]
    found = [0] * len(table)
    floor, place = float("inf"), 0
    for at, row in enumerate(order, start=1):
        if place == 0 or table[high].iloc[row] < floor:
            place, floor = at, float(table[low].iloc[row])
        found[row] = place
    return found


def pairs(runs: Runs, menu: Menu, forms: Sequence[Form]) -> pd.DataFrame:
    """Return one row a pair of proposals: by how many households the one is ahead of the other, paired by draw.

    ``difference`` with low80 and high80, and ``ahead``, the share of draws in which the first gains more. Bands that
    overlap may still be told apart here, as pairs share what is unknown about both.
    """
    added = effects(runs, BASELINE, menu.judged).pivot_table(index="replicate", columns="scenario", values="payers")
    rows = []
    for one, other in combinations(forms, 2):
        lead = (added[one.name] - added[other.name]).dropna().to_numpy(np.float64)
        facts = told(lead, kind_of(runs))
        ends = {"difference": facts["mean"], "low80": facts["low80"], "high80": facts["high80"]}
        rows.append({"table": one.name, "other": other.name, "n": len(lead), **ends, "ahead": float((lead > 0).mean())})
    return pd.DataFrame(rows, columns=["table", "other", "n", "difference", "low80", "high80", "ahead"])


def singles(menu: Menu) -> tuple[Form, ...]:
    """Return a form for each choice by itself: what the table for a workshop without a computer is made of."""
    return tuple(Form(one.number, 1, (one.number,)) for one in menu.choices)
