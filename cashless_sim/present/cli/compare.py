"""``cashless-sim compare`` and ``costs``: scenarios held against one of them on common luck."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from cashless_sim.analysis.burden import burden_added
from cashless_sim.analysis.compare import compare
from cashless_sim.analysis.costs import costs, price_year, savings, spending
from cashless_sim.analysis.diverging import changed, diverging
from cashless_sim.analysis.intervals import COVERS
from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.model.measures import MEASURES
from cashless_sim.model.own_measures import measures_named
from cashless_sim.present.cli.as_json import put, records, silent
from cashless_sim.present.cli.shown import (
    caution,
    figure,
    interval,
    scenarios_named,
    show,
    table,
    word,
    written,
)
from cashless_sim.present.cli.swept import swept
from cashless_sim.present.groups import called
from cashless_sim.present.locale.sentences import month, number, say
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number, month_text

HEADLINE = ("B", "D", "E", "G", "using")
BEARERS = ("all", "age=60+", "income=1", "income=5", "urban=no")


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    scenarios: tuple[str, ...]
    to: str | None
    measures: tuple[str, ...]
    groups: tuple[str, ...]
    month: str | None
    width: str | None
    diverging: bool
    replicates: int
    draws: int
    households: int
    seed: int
    workers: int | None
    store: str
    out: str | None
    json: bool = False


def carry_out(wish: Wish, tongue: str) -> int:
    """Run, compare, write and show; return 0. Raises `UserError`."""
    with silent(wish.json):
        facts = _compared(wish, tongue)
    if wish.json:
        put(facts)
    return 0


def _compared(wish: Wish, tongue: str) -> dict[str, Any]:
    width = _width(wish.width)
    scenarios, to = _asked(wish)
    when = _month(wish.month, scenarios[to])
    runs = swept(wish, scenarios, tongue).runs()
    found = compare(runs, to, wish.measures or None, wish.groups or None, width)
    shown = found[(found["month"] == when) & found["measure"].isin(wish.measures or HEADLINE)]
    shown = shown[shown["group"].isin(wish.groups or ("all",))]
    show(_differences(shown, when, tongue))
    frames = {"compare": found}
    if wish.diverging:
        frames |= _diverging(wish, scenarios, to, tongue)
    written(tongue, _folder(wish, scenarios), **frames)
    print(caution(runs.manifest["parameters"], tongue))
    facts = {"baseline": to, "month": when, "folder": str(_folder(wish, scenarios)), "differences": records(shown)}
    return {**facts, "parameters": dict(runs.manifest["parameters"])}


def cost_out(wish: Wish, tongue: str) -> int:
    """Run, cost, write and show; return 0. Raises `UserError`."""
    with silent(wish.json):
        facts = _costed(wish, tongue)
    if wish.json:
        put(facts)
    return 0


def _costed(wish: Wish, tongue: str) -> dict[str, Any]:
    scenarios, to = _asked(wish)
    when = _month(wish.month, scenarios[to])
    runs = swept(wish, scenarios, tongue).runs()
    spent = _spent(runs, scenarios)
    per = costs(runs, to, scenarios.values(), when)
    saved = savings(runs, to)
    borne = burden_added(runs, scenarios, to)
    show(_per(per, tongue), _saved(saved, tongue), _borne(borne, tongue))
    written(tongue, _folder(wish, scenarios), **spent, costs=per, savings=saved, burden=borne)
    print(say("costs.prices", tongue, year=price_year()))
    print(caution(runs.manifest["parameters"], tongue))
    facts = {"baseline": to, "month": when, "folder": str(_folder(wish, scenarios))}
    tables = {"costs": per, "savings": saved, "burden": borne, **spent}
    return {**facts, **{name: records(frame) for name, frame in tables.items()}}


def _asked(wish: Wish) -> tuple[dict[str, Scenario], str]:
    """Return the scenarios and the name of the baseline: the one asked for, else the first."""
    scenarios = scenarios_named(wish.scenarios)
    to = wish.to or next(iter(scenarios))
    if to not in scenarios:
        near = nearest(to, scenarios)
        raise UnknownName(what="baseline among the scenarios", name=to, expected=", ".join(scenarios), near=near)
    own = {use for scenario in scenarios.values() for use in scenario.settings().measures}
    known = [measure.name for measure in (*MEASURES, *(one.measure for one in measures_named(sorted(own))))]
    for name in wish.measures:
        if name not in known:
            raise UnknownName(what="measure", name=name, expected=", ".join(known), near=nearest(name, known))
    if len(scenarios) < 2:
        raise BadValue(what="scenarios to compare", value=to, expected="a baseline and at least one other")
    return scenarios, to


def _spent(runs: Runs, scenarios: dict[str, Scenario]) -> dict[str, pd.DataFrame]:
    """Return spending by channel, sponsor and year, and by district where it is counted; nothing without outreach."""
    groups = runs.frame.loc[runs.frame["measure"] == "spent", "group"].drop_duplicates().astype(str)
    found = {}
    if len(groups):
        found["spending"] = spending(runs, scenarios.values())
    if groups.str.startswith("district=").any():
        by = ("scenario", "campaign", "channel", "district", "year")
        found["spending_by_district"] = spending(runs, scenarios.values(), by)
    return found


def _width(text: str | None) -> float | None:
    """Return the width of an interval, given in points, as a share; raise `BadValue`."""
    if text is None:
        return None
    try:
        points = float(text)
    except ValueError:
        points = 0.0
    if not 0 < points < 100:
        raise BadValue(what="--width", value=text, expected="a number of percentage points, above 0")
    return points / 100


def _month(asked: str | None, scenario: Scenario) -> str:
    """Return the month asked for, else the last; raise `BadValue` when no run has it."""
    settings = scenario.settings()
    first, last = month_text(settings.start), month_text(settings.end)
    if asked is not None and not settings.start <= month_number(asked) <= settings.end:
        raise BadValue(what="--month", value=asked, expected=f"a month of the run, {first} to {last}")
    return asked or last


def _folder(wish: Wish, scenarios: dict[str, Scenario]) -> Path:
    return Path(wish.out) if wish.out else Path("results", "_".join(scenarios)[:80])


def _differences(found: pd.DataFrame, when: str, tongue: str) -> Table:
    needed = "pairs_needed" in found
    keys = ["scenario", "measure", "group", "mean", "band", "95", "sd", "unpaired", "gain"]
    heads = [say(f"compare.head.{key}", tongue) for key in [*keys, *(["needed"] if needed else [])]]
    rows = []
    for one in found.to_dict("records"):
        cells = [str(one["scenario"]), str(one["measure"]), called(str(one["group"]), tongue, is_short=True)]
        cells.append(figure(100 * one["difference"], tongue, 2))
        cells += [interval(100 * one[f"low{c}"], 100 * one[f"high{c}"], tongue, 2) for c in COVERS]
        cells += [figure(100 * one[name], tongue, 2) for name in ("sd_difference", "sd_unpaired")]
        cells.append(figure(one["variance_reduction"], tongue, 1))
        rows.append([*cells, *([figure(one["pairs_needed"], tongue)] if needed else [])])
    count = int(found["n"].iloc[0]) if len(found) else 0
    base = str(found["baseline"].iloc[0]) if len(found) else ""
    title = say("cli.difference", tongue, baseline=base, month=month(when, tongue), count=count)
    return table(title, heads, rows, left=3)


def _diverging(wish: Wish, scenarios: dict[str, Scenario], to: str, tongue: str) -> dict[str, pd.DataFrame]:
    """Return, and show by month and decision, the households that part ways in one run each."""
    base = scenarios[to].with_(households=wish.households)
    parts = []
    for name, scenario in scenarios.items():
        if name != to:
            found = diverging(base, scenario.with_(households=wish.households), seed=wish.seed)
            parts.append(found.rename(columns={"scenario": "value"}).assign(scenario=name))
            counted = changed(found).sort_values("households", ascending=False).head(12)
            heads = [say(f"diverging.head.{key}", tongue) for key in ("month", "column", "households")]
            rows = [
                [month(m, tongue), str(column), number(count, tongue)]
                for m, column, count in counted.itertuples(index=False)
            ]
            title = say("diverging.title", tongue, scenario=name, count=number(len(found), tongue))
            show(table(title, heads, rows, left=2))
    return {"diverging": pd.concat(parts, ignore_index=True)}


def _per(found: pd.DataFrame, tongue: str) -> Table:
    heads = [say(f"costs.head.{key}", tongue) for key in ("scenario", "per", "cost", "gain", "band", "value", "range")]
    heads.append(say("costs.head.grade", tongue))
    rows = []
    for one in found.to_dict("records"):
        clear = one["verdict"] == "told apart"
        cells = [str(one["scenario"]), say(f"costs.per.{one['per']}", tongue), figure(one["cost"] / 1e6, tongue, 1)]
        cells += [figure(one["gain"], tongue), interval(one["gain_low80"], one["gain_high80"], tongue)]
        cells.append(figure(one["value"], tongue) if clear else word("verdict", one["verdict"], tongue))
        rows.append([*cells, interval(one["low80"], one["high80"], tongue), str(one["grade"]) or "–"])
    return table(say("costs.title", tongue, baseline=str(found["baseline"].iloc[0])), heads, rows, left=2)


def _saved(found: pd.DataFrame, tongue: str) -> Table:
    heads = [say(f"costs.head.{key}", tongue) for key in ("scenario", "saved", "band")]
    rows = [
        [
            str(one["scenario"]),
            figure(one["mean"] / 1e6, tongue, 1),
            interval(one["low80"] / 1e6, one["high80"] / 1e6, tongue, 1),
        ]
        for one in found.to_dict("records")
    ]
    return table(say("costs.saved", tongue, year=str(found["prices"].iloc[0])), heads, rows)


def _borne(found: pd.DataFrame, tongue: str) -> Table:
    heads = [say(f"costs.head.{key}", tongue) for key in ("scenario", "group", "item", "added", "band")]
    rows = [
        [
            str(one["scenario"]),
            called(str(one["group"]), tongue, is_short=True),
            say(f"burden.{one['item']}", tongue),
            figure(one["mean"], tongue, 2),
            interval(one["low80"], one["high80"], tongue, 2),
        ]
        for one in found[found["group"].isin(BEARERS)].to_dict("records")
    ]
    return table(say("costs.borne", tongue), heads, rows, left=3)
