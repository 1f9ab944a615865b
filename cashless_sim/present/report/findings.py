"""What finished runs say about each scenario against the baseline, as numbers without words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cashless_sim.analysis.compare import compare
from cashless_sim.analysis.costs import costs
from cashless_sim.analysis.pairing import known_scenario
from cashless_sim.errors import BadValue
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.model.counting import AGES, FIFTHS
from cashless_sim.present.few import few
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

HEADLINE = "using"
STATISTICS = ("A", "B", "C", "D", "E", "F", "G")
GROUPS = (
    "all",
    *(f"age={name}" for name in AGES),
    *(f"income={name}" for name in FIFTHS),
    "urban=yes",
    "urban=no",
)


@dataclass(frozen=True)
class Case:
    """One scenario against the baseline, for households using cashless payment in the month that is judged.

    ``difference`` and its ends are shares; ``cost`` VND of outreach added, ``gain`` households, ``value`` VND for
    each, NaN where there is none. ``is_apart``: the 80 % interval of the difference leaves out zero.
    """

    name: str
    n: int
    level: float
    base: float
    difference: float
    low80: float
    high80: float
    low95: float
    high95: float
    cost: float
    gain: float
    gain_low80: float
    gain_high80: float
    value: float
    value_low80: float
    value_high80: float
    grade: str

    @property
    def is_apart(self) -> bool:
        """Whether even the 80 % interval of the difference leaves out zero."""
        return self.low80 > 0 or self.high80 < 0


def baseline(runs: Runs, to: str | None) -> str:
    """Return the name of the baseline: the one given, or the only scenario.

    Raises `UnknownName` for one that was not run, `BadValue` when there are several and none is named, or no rows.
    """
    if not len(runs.frame) or not runs.scenarios:
        raise BadValue(what="rows in the runs", value=0, expected="at least one")
    if to is not None:
        return known_scenario(runs, to)
    if len(runs.scenarios) > 1:
        names = ", ".join(runs.scenarios)
        raise BadValue(what="baseline", value=None, expected=f"the name of one of the scenarios: {names}")
    return runs.scenarios[0]


def judged(runs: Runs, month: str | None) -> str:
    """Return the month to judge in: the one given, or the last; raise `BadValue` when no run has it."""
    months = {str(one) for one in runs.frame["month"].unique()}
    first, last = min(months), max(months)
    if month is None:
        return last
    month_number(month)
    if month not in months:
        raise BadValue(what="month to judge in", value=month, expected=f"a month of the run, {first} to {last}")
    return month


def cases(runs: Runs, to: str, month: str, scenarios: Mapping[str, Scenario]) -> list[Case]:
    """Return every other scenario against ``to``, the greatest difference first; none for runs of one scenario.

    Raises `BadValue` for runs that do not share their luck or do not count who uses cashless payment.
    """
    if len(runs.scenarios) < 2:
        return []
    found = compare(_at(runs, month, "all"), to, [HEADLINE]).set_index("scenario")
    known = [scenarios[name] for name in runs.scenarios if name in scenarios]
    try:
        per = costs(runs, to, known, month)
        paid: dict[Any, Any] = per[per["per"] == "payer"].set_index("scenario").to_dict("index")
    except BadValue:
        paid = {}
    made = [_case(str(name), row, paid.get(name)) for name, row in found.iterrows()]
    return sorted(made, key=lambda case: -case.difference)


def _at(runs: Runs, month: str, group: str | list[str]) -> Runs:
    """Return the runs with the rows of the headline measure in one month alone; raise `BadValue` without any."""
    frame = runs.select(month=month, measure=HEADLINE, group=group)
    if frame.empty:
        raise BadValue(what=f"rows of {HEADLINE} in the runs", value=0, expected="at least one")
    return Runs(frame, runs.manifest)


def _case(name: str, row: Any, per: Any) -> Case:
    ends = {key: float(row[key]) for key in ("difference", "low80", "high80", "low95", "high95")}
    nothing = float("nan")
    paid = {key: nothing if per is None else float(per[key]) for key in ("cost", "gain", "gain_low80", "gain_high80")}
    value = {
        key: nothing if per is None else float(per[held])
        for key, held in (("value", "value"), ("value_low80", "low80"), ("value_high80", "high80"))
    }
    grade = "" if per is None else str(per["grade"])
    means = {"level": float(row["mean"]), "base": float(row["mean_baseline"])}
    return Case(name=name, n=int(row["n"]), grade=grade, **means, **ends, **paid, **value)


def levels(runs: Runs, month: str | None = None) -> pd.DataFrame:
    """Return scenario, month, measure, group, n, mean, low, high (80 % of draws, else of replicates) of shares.

    Measures are `HEADLINE` and `STATISTICS`; months are ``month``, or every December with the last. One run has no
    band (NaN).
    """
    every = sorted(str(one) for one in runs.frame["month"].unique())
    wanted = [month] if month else [m for m in every if m.endswith("-12") or m == every[-1]]
    drawn = bool((runs.frame["replicate"] >= FIRST_DRAW).any())
    rows = runs.select(draws=drawn, month=wanted, measure=[HEADLINE, *STATISTICS])
    keys = ["scenario", "month", "measure", "group"]
    grouped = rows.astype(dict.fromkeys(keys, str)).groupby(keys, sort=False)["value"]
    found = grouped.agg(n="size", mean="mean").assign(low=grouped.quantile(0.1), high=grouped.quantile(0.9))
    found.loc[found["n"] < 2, ["low", "high"]] = float("nan")
    table: pd.DataFrame = found.reset_index()
    place = table["scenario"].map({name: number for number, name in enumerate(runs.scenarios)})
    order = table.assign(place=place).sort_values(["place", "measure", "group", "month"], kind="stable").index
    return table.loc[order].reset_index(drop=True)


def groups(runs: Runs, to: str, case: Case | None, month: str) -> pd.DataFrame:
    """Return group, base, level, difference, low80, high80 and ``is_shown`` of every group, in order.

    Without a case the levels are those of ``to`` alone. A group of fewer than `SMALLEST` simulated households is
    not shown.
    """
    there = set(runs.frame["group"].unique())
    wanted = [name for name in GROUPS if name in there]
    if case is None:
        found = levels(runs, month)
        found = found[(found["measure"] == HEADLINE) & (found["scenario"] == to)].rename(columns={"mean": "base"})
        found = found.assign(level=found["base"], difference=float("nan"), low80=float("nan"), high80=float("nan"))
    else:
        found = compare(_at(runs, month, wanted), to, [HEADLINE])
        found = found[found["scenario"] == case.name]
        found = found.rename(columns={"mean": "level", "mean_baseline": "base"})
    found = found.set_index("group").reindex(wanted)
    hidden = few_behind(runs, case.name if case else to, month)
    shown = [name not in hidden for name in wanted]
    table: pd.DataFrame = found.assign(is_shown=shown).reset_index()
    return table[["group", "base", "level", "difference", "low80", "high80", "is_shown"]]


def few_behind(runs: Runs, scenario: str, month: str) -> set[str]:
    """Return the groups of a month that are not shown: those that no figure shows either."""
    rows = runs.select(scenario=scenario, month=month, measure="households")
    return few(runs, scenario) & {str(name) for name in rows["group"].unique()}


def furthest(found: pd.DataFrame) -> pd.Series | None:
    """Return the group that is shown and furthest behind all households, or None when none is behind."""
    rows = found[found["is_shown"] & (found["group"] != "all")]
    whole = found.loc[found["group"] == "all", "level"]
    if rows.empty or whole.empty:
        return None
    least: pd.Series = rows.nsmallest(1, "level").iloc[0]
    return least if float(least["level"]) < float(whole.iloc[0]) else None
