"""The answer of a report in three sentences, each number with its interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from cashless_sim.present.groups import called
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import month, number, percent
from cashless_sim.present.report.findings import HEADLINE, Case, furthest, levels
from cashless_sim.present.report.matter import Matter

MILLION = 1e6


def answer(matter: Matter, tongue: str) -> tuple[str, str, str]:
    """Return what changes, what it costs (for one scenario: where it began), and who is furthest behind."""
    if matter.case is None:
        return level(matter, matter.month, tongue), since(matter, tongue), behind(matter, tongue)
    return change(matter, tongue), price(matter.case, matter, tongue), behind(matter, tongue)


def change(matter: Matter, tongue: str) -> str:
    """Return how far the leading plan differs from the baseline."""
    case = matter.cases[0]
    clear = sum(one.is_apart for one in matter.cases)
    kind = "single" if len(matter.cases) == 1 else "some" if case.is_apart else "none"
    return told(
        f"answer.{kind}",
        tongue,
        month=month(matter.month, tongue),
        count=clear,
        all=len(matter.cases),
        baseline=matter.title(matter.to, tongue),
        title=matter.title(case.name, tongue),
        level=percent(case.level, tongue),
        base=percent(case.base, tongue),
        difference=points(case.difference, tongue),
        interval=interval(case, tongue),
    )


def interval(case: Case, tongue: str) -> str:
    """Return the 80 and 95 % intervals of a difference in words, or why there is none."""
    if math.isnan(case.low80):
        return told("interval.single", tongue)
    ends = {key: points(getattr(case, key), tongue) for key in ("low80", "high80", "low95", "high95")}
    return told("interval.both", tongue, count=case.n, **ends)


def price(case: Case, matter: Matter, tongue: str) -> str:
    """Return what the leading plan costs, for each household added where that can be told."""
    if math.isnan(case.cost):
        return told("answer.cost.unknown", tongue)
    if abs(case.cost) < 1:
        return told("answer.cost.free", tongue, baseline=matter.title(matter.to, tongue))
    whole = partial(number, tongue=tongue)
    facts = {"cost": number(case.cost / MILLION, tongue), "grade": case.grade or told("answer.no", tongue)}
    if math.isfinite(case.value):
        said = between(case.value_low80, case.value_high80, whole, tongue, "interval.wide")
        return told("answer.cost", tongue, value=number(case.value, tongue), interval=said, **facts)
    said = between(case.gain_low80, case.gain_high80, whole, tongue, "interval.single")
    return told("answer.cost.none", tongue, gain=number(case.gain, tongue), interval=said, **facts)


def behind(matter: Matter, tongue: str) -> str:
    """Return which group is furthest behind all households, and what the leading plan does for it."""
    found = matter.groups
    row = furthest(found)
    if row is None:
        return told("answer.group.none", tongue)
    whole = float(found.loc[found["group"] == "all", "level"].iloc[0])
    facts = {
        "group": called(str(row["group"]), tongue),
        "level": percent(float(row["level"]), tongue),
        "gap": number(100 * (whole - float(row["level"])), tongue, 1),
    }
    if matter.case is None:
        return told("answer.group.one", tongue, **facts)
    ends = (float(row["low80"]), float(row["high80"]))
    said = between(*ends, partial(points, tongue=tongue), tongue, "interval.single")
    return told("answer.group", tongue, difference=points(float(row["difference"]), tongue), interval=said, **facts)


def level(matter: Matter, when: str, tongue: str) -> str:
    """Return the share of households using in a month, with the band of the runs."""
    return told("answer.level", tongue, month=month(when, tongue), **_level(matter, when, tongue))


def since(matter: Matter, tongue: str) -> str:
    """Return the share in the first month."""
    first = min(str(one) for one in matter.runs.frame["month"].unique())
    return told("answer.since", tongue, month=month(first, tongue), **_level(matter, first, tongue))


def _level(matter: Matter, when: str, tongue: str) -> dict[str, str]:
    rows = levels(matter.runs, when)
    rows = rows[(rows["measure"] == HEADLINE) & (rows["group"] == "all") & (rows["scenario"] == matter.to)]
    if rows.empty:
        return {"level": told("answer.no", tongue), "interval": told("interval.lonely", tongue)}
    row = rows.iloc[0]
    if math.isnan(row["low"]):
        return {"level": percent(row["mean"], tongue), "interval": told("interval.lonely", tongue)}
    ends = {"low": percent(row["low"], tongue), "high": percent(row["high"], tongue)}
    said = told("interval.band", tongue, count=int(row["n"]), **ends)
    return {"level": percent(row["mean"], tongue), "interval": said}


def between(low: float, high: float, say: Callable[[float], str], tongue: str, otherwise: str) -> str:
    """Return an interval in words, or the sentence that says why there is none (NaN)."""
    if math.isnan(low) or math.isnan(high):
        return told(otherwise, tongue)
    return told("interval.pair", tongue, low80=say(low), high80=say(high))


def points(share: float, tongue: str) -> str:
    """Return a difference of shares in percentage points, with its sign and two digits."""
    said = number(100 * share, tongue, 2)
    return f"+{said}" if share > 0 and any(digit in said for digit in "123456789") else said
