"""Tables of a report: headings and rows of text in the reader's language."""

from __future__ import annotations

import math

import pandas as pd

from cashless_sim.present.behind import behind
from cashless_sim.present.groups import called
from cashless_sim.present.health import SMALLEST
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import month, number, say
from cashless_sim.present.report.answer import MILLION, points
from cashless_sim.present.report.findings import STATISTICS, Case
from cashless_sim.present.report.grid import NONE, Grid, over
from cashless_sim.present.report.matter import Matter
from cashless_sim.present.report.origin import drawn_from

LARGEST = 1e15


def plan_grid(matter: Matter, tongue: str) -> Grid:
    """Return the table of the plans: level, difference, costs, evidence and verdict, each with its interval."""
    keys = ("plan", "level", "difference", "cost", "gain", "value", "grade", "verdict")
    base = matter.cases[0].base if matter.cases else float("nan")
    first = [matter.title(matter.to, tongue), _share(base, tongue), *[NONE] * (len(keys) - 2)]
    rows = [first, *(_plan(case, matter, tongue) for case in matter.cases)]
    spread = bool(matter.runs.table["draw"].notna().any())
    kind = "spread" if spread else "mean"
    why = told(f"interval.{kind}", tongue, source=drawn_from(matter.runs, tongue))
    notes = [told("table.band", tongue), why, told("interval.paired", tongue)]
    title = told("report.plans", tongue, baseline=matter.title(matter.to, tongue))
    heads = [told(f"head.{key}", tongue) for key in keys]
    return Grid(title, heads, rows, [told("table.using", tongue), *notes], words=(0, len(keys) - 1))


def _plan(case: Case, matter: Matter, tongue: str) -> list[str]:
    return [
        matter.title(case.name, tongue),
        _share(case.level, tongue),
        over(_points(case.difference, tongue), _points(case.low80, tongue), _points(case.high80, tongue)),
        counted(case.cost / MILLION, tongue),
        over(*(counted(one, tongue) for one in (case.gain, case.gain_low80, case.gain_high80))),
        over(*(counted(one, tongue) for one in (case.value, case.value_low80, case.value_high80))),
        case.grade or NONE,
        verdict(case, tongue),
    ]


def verdict(case: Case, tongue: str) -> str:
    """Return whether a plan can be told apart from the baseline, in words."""
    if math.isnan(case.low80):
        return told("verdict.unknown", tongue)
    return told("verdict.apart" if case.is_apart else "verdict.not", tongue)


def group_grid(matter: Matter, tongue: str) -> Grid:
    """Return the table of groups of households: level in the baseline and with the leading plan, difference."""
    when, where = month(matter.month, tongue), matter.runs.about(matter.to)["place"]
    base = told("head.base", tongue, baseline=matter.title(matter.to, tongue))
    notes = [told("table.hidden", tongue, fewest=SMALLEST)]
    if matter.case is None:
        rows = [
            [called(str(row["group"]), tongue, where), _share(row["level"], tongue) if row["is_shown"] else NONE]
            for _, row in matter.groups.iterrows()
        ]
        return Grid(told("report.groups.one", tongue, month=when), [told("head.group", tongue), base], rows, notes)
    heads = [told("head.group", tongue), base]
    heads += [told(f"head.{key}", tongue) for key in ("with", "difference")]
    title = told("report.groups", tongue, title=matter.title(matter.leading, tongue), month=when)
    return Grid(title, heads, [_group(row, tongue, where) for _, row in matter.groups.iterrows()], notes)


def _group(row: pd.Series, tongue: str, where: str) -> list[str]:
    name = called(str(row["group"]), tongue, where)
    if not row["is_shown"]:
        return [name, *[NONE] * 3]
    shares = [_share(float(row[key]), tongue) for key in ("base", "level")]
    return [name, *shares, over(*(_points(float(row[key]), tongue) for key in ("difference", "low80", "high80")))]


def statistic_grid(matter: Matter, tongue: str) -> Grid:
    """Return the table of the statistics A to G in the month that is judged, for the baseline and the leading plan."""
    names = list(dict.fromkeys([matter.to, matter.leading]))
    table = matter.levels[(matter.levels["month"] == matter.month) & (matter.levels["group"] == "all")]
    heads = [told("head.code", tongue), told("head.counts", tongue)]
    heads += [f"{matter.title(name, tongue)}, %" for name in names]
    rows = []
    for code in STATISTICS:
        found = table[table["measure"] == code].set_index("scenario")
        if len(found):
            rows.append([code, say(f"measure.{code}", tongue), *(_level(found, name, tongue) for name in names)])
    notes = [told("table.codes", tongue), *behind(matter.runs, matter.leading, tongue)]
    title = told("report.statistics", tongue, month=month(matter.month, tongue))
    return Grid(title, heads, rows, notes, words=(0, 1))


def _level(found: pd.DataFrame, name: str, tongue: str) -> str:
    if name not in found.index:
        return NONE
    mean, low, high = (float(found.loc[name, key]) for key in ("mean", "low", "high"))  # type: ignore[arg-type]
    return over(*(_share(one, tongue) for one in (mean, low, high)))


def _share(value: float, tongue: str) -> str:
    return NONE if math.isnan(value) else number(100 * value, tongue, 1)


def _points(value: float, tongue: str) -> str:
    return NONE if math.isnan(value) else points(value, tongue)


def counted(value: float, tongue: str) -> str:
    """Return a whole number as it is written, or a dash where there is none."""
    return number(value, tongue) if abs(value) < LARGEST else NONE
