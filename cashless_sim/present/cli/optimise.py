"""``cashless-sim optimise``: a question of where to spend, answered with a plan and its re-check."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from rich.table import Table

from cashless_sim.analysis.optimise.optimise import Effort, Optimised, optimise
from cashless_sim.analysis.optimise.question import Question, question
from cashless_sim.analysis.optimise.world import Simulated
from cashless_sim.experiment.writing import part, whole, writable
from cashless_sim.present.cli.shown import caution, figure, interval, show, table, under_way, word, written
from cashless_sim.present.locale.sentences import number, percent, say
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

CONSTRAINTS = ("budget line", "team-evenings of", "floor of", "max_gap", "fix")


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    question: str
    costs: str | None
    draws: int
    households: int | None
    seed: int
    workers: int | None
    store: str
    out: str | None


def carry_out(wish: Wish, tongue: str) -> int:
    """Optimise, write and show; return 0. Raises `UserError`."""
    begun = time.perf_counter()
    asked = question(wish.question, wish.costs)
    base = Scenario.load(asked.base)
    folder = Path(wish.out) if wish.out else Path("results", part(Path(wish.question).stem))
    with under_way(tongue, say("optimise.working", tongue, title=_title(asked, tongue))) as told:
        households = wish.households or asked.households
        world = Simulated(asked.problem, base, wish.store, households, wish.workers, progress=told)
        effort = Effort(wish.draws, wish.draws, 2, 2 * wish.draws)
        found = optimise(world, asked.problem, asked.held(world.places), wish.seed, effort)
    show(_plan(found, tongue), _check(found, tongue), _front(found.front, tongue))
    for line in _lines(found, tongue):
        print(line)
    name = "plan-optimised"
    whole_run = {"end": month_text(base.settings().end), "households": base.settings().households}
    text = world.scenario(found.doses, name).with_(whole_run).to_toml()
    whole(writable(folder) / f"{name}.toml", lambda path: _put(path, text))
    written(tongue, folder, plan=found.plan, tried=found.tried, check=found.check, kept=found.kept, front=found.front)
    print(say("optimise.took", tongue, seconds=number(time.perf_counter() - begun, tongue)))
    print(caution(world.parameters, tongue))
    return 0


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _title(asked: Question, tongue: str) -> str:
    return asked.title_vi if tongue == "vi" else asked.title


def _plan(found: Optimised, tongue: str) -> Table:
    heads = [say(f"optimise.head.{key}", tongue) for key in ("offer", "grade", "place", "dose", "money", "evenings")]
    rows = [
        [
            str(one["offer"]),
            str(one["grade"]),
            str(one["place"]),
            percent(one["dose"], tongue, 0),
            figure(one["money"] / 1e6, tongue, 1),
            figure(one["evenings"], tongue),
        ]
        for one in found.plan.to_dict("records")
    ]
    chosen = word("plan", found.chosen, tongue)
    total = number(found.plan["money"].sum() / 1e6, tongue, 1)
    return table(say("optimise.plan", tongue, plan=chosen, money=total), heads, rows, left=3)


def _check(found: Optimised, tongue: str) -> Table:
    keys = ("against", "difference", "mean", "band", "wins", "verdict")
    heads = [say(f"optimise.head.{key}", tongue) for key in keys]
    rows = []
    for one in found.check.to_dict("records"):
        against = word("plan", one["against"], tongue)
        difference, low, high = (100 * one[name] for name in ("difference", "low80", "high80"))
        verdict = word("verdict", one["verdict"], tongue)
        wins = percent(one["wins"], tongue, 0)
        mean = interval(100 * one["mean_low"], 100 * one["mean_high"], tongue, 2)
        rows.append([against, figure(difference, tongue, 2), mean, interval(low, high, tongue, 2), wins, verdict])
    count = int(found.check["n"].iloc[0]) if len(found.check) else 0
    return table(say("optimise.check", tongue, count=count), heads, rows)


def _front(front: pd.DataFrame, tongue: str) -> Table:
    heads = [say(f"optimise.head.{key}", tongue) for key in ("share", "cost", "gap")]
    rows = [
        [percent(one["share"], tongue, 2), figure(one["cost"] / 1e6, tongue), figure(100 * one["gap"], tongue, 2)]
        for one in front.to_dict("records")
    ]
    return table(say("optimise.front", tongue), heads, rows, left=0)


def _constraint(name: str, tongue: str) -> str:
    """Return what the code calls a constraint in the reader's words."""
    kind = next(kind for kind in CONSTRAINTS if name.startswith(kind))
    return say(f"constraint.{kind}", tongue, name=name.removeprefix(kind).strip())


def _lines(found: Optimised, tongue: str) -> list[str]:
    """Return what binds, what holds on fresh seeds, what equity costs, and what could not be told apart."""
    binding = ", ".join(_constraint(name, tongue) for name in found.binding)
    lines = [say("optimise.binding", tongue, names=binding or "–")]
    for one in found.kept.to_dict("records"):
        facts = {"constraint": _constraint(one["constraint"], tongue), "held": percent(one["held"], tongue, 0)}
        facts |= {"asked": figure(100 * one["asked"], tongue, 1), "mean": figure(100 * one["mean"], tongue, 1)}
        facts["band"] = interval(100 * one["low80"], 100 * one["high80"], tongue, 1)
        lines.append(say("optimise.kept", tongue, **facts))
    if found.equity == found.equity:
        lines.append(say("optimise.equity", tongue, money=figure(found.equity / 1e6, tongue, 1)))
    else:
        lines.append(say("optimise.equity.none", tongue))
    if len(found.left) > 1:
        others = ", ".join(word("plan", name, tongue) for name in found.left if name != found.chosen)
        lines.append(say("optimise.left", tongue, names=others))
    if not found.lawful:
        lines.append(say("optimise.unlawful", tongue, name=word("plan", found.incumbent, tongue)))
    return [*lines, say("optimise.honest", tongue)]
