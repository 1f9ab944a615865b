"""``cashless-sim plans``: the shipped plans in one table, each held against what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from rich.table import Table

from cashless_sim.analysis.plans import Plan, plan_runs, plan_table, plans
from cashless_sim.analysis.targets import beside
from cashless_sim.present.cli.shown import caution, figure, interval, show, table, under_way, word, written
from cashless_sim.present.locale.sentences import month, number, say


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    names: tuple[str, ...]
    listed: bool
    replicates: int | None
    draws: int
    households: int
    seed: int
    workers: int | None
    store: str
    out: str | None


def carry_out(wish: Wish, tongue: str) -> int:
    """List the plans, or run, write and show them; return 0. Raises `UserError`."""
    chosen = plans(wish.names or None)
    if wish.listed:
        show(_list(chosen, tongue))
        return 0
    each = wish.draws + ((0 if wish.draws else 1) if wish.replicates is None else wish.replicates)
    count = len(chosen) * each
    opening = say("cli.working", tongue, runs=number(count, tongue), scenarios=", ".join(p.name for p in chosen))
    with under_way(tongue, opening) as told:
        runs = plan_runs(
            chosen, wish.store, wish.households, wish.replicates, wish.draws, wish.seed, wish.workers, told
        )
    found = plan_table(runs, chosen)
    official = beside(runs)
    if len(found):
        show(_table(found, tongue))
    if len(official):
        show(_targets(official, tongue))
    written(tongue, Path(wish.out) if wish.out else Path("results", "plans"), plans=found, targets=official)
    print(caution(runs.manifest["parameters"], tongue))
    return 0


def _list(chosen: list[Plan], tongue: str) -> Table:
    heads = [say(f"plans.head.{key}", tongue) for key in ("plan", "title", "owner", "line", "decision", "question")]
    rows = []
    for plan in chosen:
        recipe = plan.scenario.recipe
        title, asked = (recipe.title_vi, recipe.question_vi) if tongue == "vi" else (recipe.title, recipe.question)
        owner, line = word("sponsor", plan.owner, tongue), word("budget", plan.budget_line, tongue)
        rows.append([plan.name, title, owner, line, month(plan.decision, tongue), asked])
    return table(say("plans.list.title", tongue), heads, rows, left=len(heads))


def _table(found: pd.DataFrame, tongue: str) -> Table:
    keys = ("plan", "title", "judged", "cost", "gain", "band", "value", "range", "grade", "among")
    heads = [say(f"plans.head.{key}", tongue) for key in keys]
    rows = []
    for one in found.to_dict("records"):
        clear = one["verdict"] == "told apart"
        cells = [str(one["plan"]), str(one["title_vi" if tongue == "vi" else "title"]), month(one["judged"], tongue)]
        cells += [figure(one["cost"] / 1e6, tongue), figure(one["gain"], tongue)]
        cells.append(interval(one["gain_low80"], one["gain_high80"], tongue))
        cells.append(figure(one["value"], tongue) if clear else word("verdict", one["verdict"], tongue))
        cells.append(interval(one["low80"], one["high80"], tongue))
        rows.append([*cells, str(one["grade"]) or "–", word("verdict", one["among"], tongue)])
    count = int(found["n"].iloc[0])
    return table(say("plans.title", tongue, count=number(count, tongue)), heads, rows, left=2)


def _targets(found: pd.DataFrame, tongue: str) -> Table:
    heads = [say(f"targets.head.{key}", tongue) for key in ("decision", "code", "geography", "date", "value", "gap")]
    rows = [
        [
            str(one["decision"]),
            str(one["code"]),
            str(one["geography"]),
            month(one["date"], tongue),
            figure(one["value"], tongue, 1),
            f"{one['scenario']}: {figure(one['simulated'], tongue, 1)}",
        ]
        for one in found.drop_duplicates(["decision", "code", "date"]).to_dict("records")
    ]
    return table(say("targets.title", tongue), heads, rows, left=4)
