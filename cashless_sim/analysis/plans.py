"""The plans that ship, each held against what it would change, in one table for whoever has to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.analysis.costs import APART, BILLS, NOT_APART, costs, effects
from cashless_sim.analysis.intervals import told
from cashless_sim.analysis.pairing import kind_of
from cashless_sim.data import folder
from cashless_sim.errors import BadValue, DataProblem, UnknownName, nearest
from cashless_sim.experiment.job import Progress
from cashless_sim.experiment.runs import Runs
from cashless_sim.experiment.sweep import sweep
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

HEAD = re.compile(r"^# (owner|budget line|decision month|against|judged in): (.+)$", re.MULTILINE)
KEYS = ("owner", "budget line", "decision month", "against", "judged in")
MEASURES = (
    *("A", "B", "C", "D", "E", "F", "G", "using", "account", "households"),
    *("bills", "own_digital", "late", "cost_to_serve", "spent", "contacts"),
)
BEST, AHEAD, BEHIND, ALONE = "best", "ahead on average", "behind", "no alternative"


@dataclass(frozen=True)
class Plan:
    """One plan: its file and, from the comment at its head, who decides on what money, when, against what."""

    name: str
    path: Path
    owner: str
    budget_line: str
    decision: str
    against: str | None
    judged: str

    @property
    def family(self) -> str:
        """The number of the question that it answers, as ``04``: those of one family are alternatives."""
        return self.name[:2]

    @cached_property
    def scenario(self) -> Scenario:
        """The plan's scenario."""
        return Scenario.load(self.path)


def plans(names: Sequence[str] | None = None, root: Path | None = None) -> list[Plan]:
    """Return the shipped plans, or those named (a number such as ``04`` names its family); in order of their names.

    Raises `UnknownName`, and `DataProblem` for a file whose head does not say what a plan has to.
    """
    files = sorted(((root or folder()) / "scenarios" / "plans").glob("*.toml"))
    known = {path.stem: path for path in files}
    wanted: set[str] = set()
    for name in known if names is None else names:
        found = {stem for stem in known if stem == name.removesuffix(".toml") or stem[:2] == name}
        if not found:
            near = nearest(name, known)
            raise UnknownName(what="plan", name=name, expected=", ".join(known), near=near)
        wanted |= found
    return [_plan(known[name]) for name in sorted(wanted)]


def _plan(path: Path) -> Plan:
    head = dict(HEAD.findall(path.read_text(encoding="utf-8")))
    where = f"data/scenarios/plans/{path.name}"
    missing = [key for key in KEYS if key not in head]
    if missing:
        expected = f"a comment '# {missing[0]}: …' at its head"
        raise DataProblem(where=where, problem=f"the plan does not say its {missing[0]}", expected=expected)
    for key in ("decision month", "judged in"):
        try:
            month_number(head[key])
        except BadValue as error:
            raise BadValue(**error.facts | {"where": where}) from None
    against = None if head["against"] == "none" else head["against"]
    return Plan(path.stem, path, head["owner"], head["budget line"], head["decision month"], against, head["judged in"])


def plan_runs(
    chosen: Sequence[Plan],
    store: str | Path,
    households: int | None = 20_000,
    replicates: int | None = None,
    draws: int = 0,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    code: str | None = None,
) -> Runs:
    """Return runs of the plans, and of what they are held against, on common luck; kept in ``store``.

    With ``draws`` of the parameters these alone are compared, and ``replicates`` of luck beside them are only made
    if asked for; without, there is one. Only what `plan_table` reads is kept of each run. Raises as `sweep` does.
    """
    by_name = {plan.name: plan for plan in plans()} | {plan.name: plan for plan in chosen}
    names = dict.fromkeys([*(plan.against for plan in chosen if plan.against), *(plan.name for plan in chosen)])
    scenarios = [by_name[name].scenario for name in names]
    campaigns = {c.name for scenario in scenarios for c in scenario.settings().campaigns}
    done = sweep(
        scenarios,
        store=store,
        replicates=(0 if draws else 1) if replicates is None else replicates,
        draws=draws,
        seed=seed,
        households=households,
        groups=["all", *BILLS, *(f"campaign={name}" for name in sorted(campaigns))],
        measures=MEASURES,
        workers=workers,
        progress=progress,
        code=code,
    )
    return done.runs()


def plan_table(runs: Runs, chosen: Iterable[Plan]) -> pd.DataFrame:
    """Return one row a plan that adds something: what it costs and gains against its own baseline, in its month.

    Columns: plan, title, title_vi, owner, budget_line, decision, against, judged, n, cost (VND), gain (households
    using) with gain_low80 …, value (VND an additional payer) with low80 …, verdict, grade, and ``among``: whether
    it is the best of its family, ahead only on average (others cannot be told apart from it), behind the one ahead,
    or cannot be told apart from that (or, if it is itself ahead, from doing nothing). Raises as `costs` does.
    """
    made = []
    for plan in chosen:
        if plan.against is None:
            continue
        pair = only(runs, [plan.against, plan.name])
        recipes = [Scenario.load(plan.path.with_name(f"{plan.against}.toml")), plan.scenario]
        found = costs(pair, plan.against, recipes, plan.judged)
        row = found[found["per"] == "payer"].drop(columns=["scenario", "baseline", "per"]).iloc[0].to_dict()
        recipe = plan.scenario.recipe
        head = {"plan": plan.name, "title": recipe.title, "title_vi": recipe.title_vi, "owner": plan.owner}
        head |= {"budget_line": plan.budget_line, "decision": plan.decision, "judged": plan.judged}
        made.append({**head, "against": plan.against, **{str(key): value for key, value in row.items()}})
    table = pd.DataFrame(made)
    return table.assign(among=_among(runs, table)) if len(table) else table


def only(runs: Runs, names: Sequence[str]) -> Runs:
    """Return the runs of some scenarios."""
    frame = runs.frame[runs.frame["scenario"].isin(names)]
    rows = [row for row in runs.manifest["runs"] if row["scenario"] in names]
    return Runs(frame, {**runs.manifest, "runs": rows})


def _among(runs: Runs, table: pd.DataFrame) -> list[str]:
    """Return for each plan how it stands in its family, by households gained on common luck."""
    verdict: dict[str, str] = {}
    for _, family in table.groupby([table["plan"].str[:2], "against"]):
        best = family.iloc[int(family["gain"].argmax())]
        first = str(best["plan"])
        others = [name for name in family["plan"].astype(str) if name != first]
        found = {name: _behind(runs, name, first, str(best["judged"])) for name in others}
        clear = BEST if set(found.values()) == {BEHIND} else AHEAD
        verdict |= found | {first: (clear if best["verdict"] == APART else NOT_APART) if others else ALONE}
    return [verdict[name] for name in table["plan"]]


def _behind(runs: Runs, name: str, best: str, month: str) -> str:
    lost = effects(only(runs, [name, best]), name, month)["payers"].to_numpy(np.float64)
    facts: dict[str, Any] = told(lost, kind_of(runs))
    return BEHIND if facts["low80"] > 0 else NOT_APART


VERDICTS = (APART, NOT_APART, BEST, AHEAD, BEHIND, ALONE)
"""What the table's ``verdict`` and ``among`` may say."""
