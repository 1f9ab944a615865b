"""The sheets of a workbook: tidy tables of finished runs, every column with its unit and meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from cashless_sim.analysis.compare import compare
from cashless_sim.analysis.costs import spending
from cashless_sim.errors import UserError
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.groups import called
from cashless_sim.present.health import SMALLEST
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import say
from cashless_sim.present.report.findings import HEADLINE, STATISTICS
from cashless_sim.present.report.matter import Matter
from cashless_sim.present.report.money import borne, named
from cashless_sim.present.report.rows import verdict

UNITS = {
    **dict.fromkeys(("mean", "base", "level", "difference"), "share"),
    **dict.fromkeys(("low80", "high80", "low95", "high95", "sd"), "share"),
    **dict.fromkeys(("cost", "value", "value_low80", "value_high80"), "vnd"),
    **dict.fromkeys(("gain", "gain_low80", "gain_high80"), "households"),
    **dict.fromkeys(("n", "year"), "count"),
    "month": "month",
}
"""Unit of each column; text where it is not named. In `spending`, ends are VND too."""

OF_CASE = (
    *("n", "level", "difference", "low80", "high80", "low95", "high95", "cost", "gain", "gain_low80", "gain_high80"),
    *("value", "value_low80", "value_high80", "grade"),
)


@dataclass(frozen=True)
class Sheet:
    """A table named ``key`` (spending, levels, …) whose column names are keys of `UNITS` or text."""

    key: str
    frame: pd.DataFrame

    def unit(self, column: str) -> str:
        """Return the unit of a column: text, share, vnd, households, count, month, or own (named in the row)."""
        unit = UNITS.get(column, "text")
        return {"spending": "vnd", "burden": "own"}.get(self.key, unit) if unit == "share" else unit


def sheets(matter: Matter, tongue: str) -> list[Sheet]:
    """Return the sheets that the runs allow: plans, levels, differences, groups, spending, burden."""
    made = [Sheet("plans", plans(matter, tongue)), Sheet("levels", _spoken(_levels(matter), matter, tongue))]
    if matter.cases:
        made.append(Sheet("differences", _spoken(_differences(matter), matter, tongue)))
    made.append(Sheet("groups", _groups(matter, tongue)))
    made += [*_spending(matter, tongue), Sheet("burden", _burden(matter, tongue))]
    return [one for one in made if len(one.frame)]


def plans(matter: Matter, tongue: str) -> pd.DataFrame:
    """Return one row a scenario: level, difference with intervals, costs, verdict; the baseline first."""
    first = levels_of(matter, matter.to)
    rows = [{"scenario": matter.to, "title": matter.title(matter.to, tongue), **first}]
    for case in matter.cases:
        numbers = {key: getattr(case, key) for key in OF_CASE}
        said = verdict(case, tongue)
        rows.append({"scenario": case.name, "title": matter.title(case.name, tongue), **numbers, "verdict": said})
    return pd.DataFrame(rows, columns=["scenario", "title", *OF_CASE, "verdict"])


def levels_of(matter: Matter, name: str) -> dict[str, float]:
    """Return runs and level of a scenario in the month that is judged."""
    rows = matter.levels
    rows = rows[(rows["month"] == matter.month) & (rows["measure"] == HEADLINE) & (rows["scenario"] == name)]
    rows = rows[rows["group"] == "all"]
    return {"n": int(rows["n"].iloc[0]), "level": float(rows["mean"].iloc[0])} if len(rows) else {}


def _levels(matter: Matter) -> pd.DataFrame:
    """Return levels at the end of each year; groups of too few simulated households are left out."""
    found = matter.levels[~matter.levels["group"].isin(matter.few)]
    return found.rename(columns={"low": "low80", "high": "high80"})


def _differences(matter: Matter) -> pd.DataFrame:
    """Return paired differences at the end of each year; groups of too few simulated households are left out."""
    kept = sorted({*matter.levels["month"], matter.month})
    yearly = Runs(matter.runs.select(month=kept), matter.runs.manifest)
    found = compare(yearly, matter.to, [HEADLINE, *_counted(matter)])
    found = found[~found["group"].isin(matter.few)]
    found = found.rename(columns={"mean_baseline": "base", "mean": "level", "sd_difference": "sd"})
    keys = ["scenario", "month", "measure", "group", "n", "base", "level", "difference", "sd"]
    return found[[*keys, "low80", "high80", "low95", "high95"]]


def _counted(matter: Matter) -> list[str]:
    there = set(matter.runs.frame["measure"].unique())
    return [code for code in STATISTICS if code in there]


def _groups(matter: Matter, tongue: str) -> pd.DataFrame:
    where = matter.runs.about(matter.to)["place"]
    found = matter.groups.copy()
    numbers = ["base", "level", "difference", "low80", "high80"]
    found.loc[~found["is_shown"], numbers] = float("nan")
    found["group"] = [called(str(name), tongue, where) for name in found["group"]]
    return found.assign(title=matter.title(matter.leading, tongue))[["title", "group", *numbers]]


def _spending(matter: Matter, tongue: str) -> Iterator[Sheet]:
    """Yield outreach spending by channel, sponsor and year, where the runs and recipes tell it."""
    try:
        found = spending(matter.runs, list(matter.scenarios.values()))
    except UserError:
        return
    found = found[found["measure"] == "spent"].astype({"year": int})
    for kind in ("channel", "sponsor"):
        found[kind] = [named(kind, str(one), tongue) for one in found[kind]]
    titles = [matter.title(str(name), tongue) for name in found["scenario"]]
    keys = ["scenario", "title", "channel", "sponsor", "year", "n", "mean", "low80", "high80"]
    yield Sheet("spending", found.assign(title=titles)[keys])


def _burden(matter: Matter, tongue: str) -> pd.DataFrame:
    """Return what a household of each group bears in a year, and how the leading plan changes it."""
    where = matter.runs.about(matter.to)["place"]
    found = borne(matter).rename(columns={"change": "difference"})
    found["group"] = [called(str(name), tongue, where) for name in found["group"]]
    found["item"] = [say(f"burden.{item}", tongue) for item in found["item"]]
    keys = ["title", "group", "item", "base", "difference", "low80", "high80"]
    return found.assign(title=matter.title(matter.leading, tongue))[keys]


def _spoken(frame: pd.DataFrame, matter: Matter, tongue: str) -> pd.DataFrame:
    """Return a frame with titles of scenarios and names of groups in the reader's words."""
    where = matter.runs.about(matter.to)["place"]
    names = {str(name): called(str(name), tongue, where) for name in frame["group"].unique()}
    titles = {str(name): matter.title(str(name), tongue) for name in frame["scenario"].unique()}
    found = frame.assign(group=frame["group"].map(names))
    found.insert(1, "title", found["scenario"].map(titles))
    return found


def dictionary(made: list[Sheet], tongue: str) -> pd.DataFrame:
    """Return one row a sheet and column: sheet, column, unit, meaning."""
    rows = [
        [told(f"{kind}.{name}", tongue) for kind, name in _words(sheet, column)]
        for sheet in made
        for column in sheet.frame.columns
    ]
    return pd.DataFrame(rows, columns=["sheet", "column", "unit", "meaning"])


def _words(sheet: Sheet, column: str) -> Iterator[tuple[str, str]]:
    yield "sheet", sheet.key
    yield "column", column
    yield "unit", sheet.unit(column)
    yield "meaning", column


def few_note(tongue: str) -> str:
    """Return why some cells are empty."""
    return told("table.hidden", tongue, fewest=SMALLEST)
