"""Tables of a report on money: what outreach costs by channel, what households bear by group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from cashless_sim.analysis.burden import YEAR, burden, burden_added
from cashless_sim.analysis.costs import spending
from cashless_sim.errors import UserError
from cashless_sim.present.groups import called
from cashless_sim.present.locale.report import has, told
from cashless_sim.present.locale.sentences import month, number
from cashless_sim.present.report.answer import MILLION
from cashless_sim.present.report.findings import GROUPS
from cashless_sim.present.report.grid import NONE, Grid, over
from cashless_sim.present.report.matter import Matter

ITEMS = {"fees": 0, "hours": 1, "late_bills": 2, "helped_bills": 2}
"""What a household bears, with the digits that are shown."""
FEES = "fees"
ROUNDING = 0.5
"""VND a household and year below which a fee is none."""
LEAST = 50_000.0
"""VND below which spending rounds to nothing."""


def money_grids(matter: Matter, tongue: str) -> list[Grid]:
    """Return the tables of spending and burden that the runs and recipes allow."""
    return [grid for grid in (spending_grid(matter, tongue), burden_grid(matter, tongue)) if grid is not None]


def spending_grid(matter: Matter, tongue: str) -> Grid | None:
    """Return spending by plan, channel and who pays, beyond the baseline's; None where nothing was counted."""
    found = spent(matter)
    if found.empty:
        return None
    more = ".more" if matter.cases else ""
    facts = {"baseline": matter.title(matter.to, tongue)}
    heads = [told(f"head.{key}", tongue) for key in ("plan", "channel", "sponsor")]
    heads += [told(f"head.spent{more}", tongue, **facts), told(f"head.contacts{more}", tongue)]
    rows = [
        [
            matter.title(str(row.scenario), tongue),
            *(named(kind, str(getattr(row, kind)), tongue) for kind in ("channel", "sponsor")),
            number(float(row.spent) / MILLION, tongue, 1),  # type: ignore[arg-type]
            number(float(row.contacts), tongue),  # type: ignore[arg-type]
        ]
        for row in found.itertuples()
    ]
    return Grid(told("report.spending", tongue), heads, rows, [told("table.spending", tongue)], words=(0, 1, 2))


def spent(matter: Matter) -> pd.DataFrame:
    """Return scenario, channel, sponsor, spent (VND), contacts of each plan beyond the baseline, in the plans' order.

    For one scenario it is all that it spends. Empty where runs or recipes do not tell.
    """
    keys = ["scenario", "channel", "sponsor"]
    try:
        table = spending(matter.runs, matter.scenarios.values(), keys)
    except UserError:
        return pd.DataFrame(columns=[*keys, "spent", "contacts"])
    wide = table.pivot_table(index=keys, columns="measure", values="mean", fill_value=0.0)
    wide = wide.reindex(columns=["spent", "contacts"], fill_value=0.0)
    parts = list(_beyond(wide, matter))
    found = pd.concat(parts) if parts else wide.iloc[:0]
    kept: pd.DataFrame = found[found["spent"].abs() >= LEAST].reset_index()
    return kept[[*keys, "spent", "contacts"]]


def _beyond(wide: pd.DataFrame, matter: Matter) -> Iterator[pd.DataFrame]:
    """Yield what each plan spends beyond the baseline, the most first; of one scenario all."""
    of = wide.index.get_level_values("scenario")
    base = wide[of == matter.to].droplevel("scenario")
    for name in [case.name for case in matter.cases] or [matter.to]:
        own = wide[of == name].droplevel("scenario")
        more = own.sub(base, fill_value=0.0) if matter.cases else own
        yield pd.concat({name: more.sort_values("spent", ascending=False)}, names=["scenario"])


def burden_grid(matter: Matter, tongue: str) -> Grid | None:
    """Return what households of each group bear in a year, and how the leading plan changes it; None if unknown."""
    found = borne(matter)
    if found.empty:
        return None
    is_one = matter.case is None
    change = told("head.change", tongue)
    heads = [told("head.group", tongue)]
    free = _is_free(found)
    items = {item: digits for item, digits in ITEMS.items() if item != FEES or not free}
    fees = told("table.burden.free" if free else "table.burden.fees", tongue)
    for item in items:
        heads += [told(f"head.{item}", tongue), *([] if is_one else [change])]
    rows = [
        _group(str(who), part.set_index("item"), items, matter, tongue)
        for who, part in found.groupby("group", sort=False)
    ]
    facts = {"month": month(str(matter.runs.table["end"].max()), tongue)}
    if is_one:
        note = told("table.burden.one", tongue, **facts)
        return Grid(told("report.burden.one", tongue), heads, rows, [note, fees])
    note = told("table.burden", tongue, baseline=matter.title(matter.to, tongue), **facts)
    title = told("report.burden", tongue, title=matter.title(matter.leading, tongue))
    return Grid(title, heads, rows, [note, fees, told("table.band", tongue)])


def borne(matter: Matter) -> pd.DataFrame:
    """Return group, item, base, change, low80, high80 a household and year; groups of too few are left out.

    ``change`` is that of the leading plan, NaN for one scenario. Empty where runs or recipes do not tell.
    """
    runs, known = matter.pair, matter.scenarios
    names = {"mean": "change", "mean_baseline": "base"} if matter.cases else {"mean": "base"}
    try:
        made = burden_added(runs, known, matter.to, YEAR) if matter.cases else burden(runs, known[matter.to], YEAR)
    except (UserError, KeyError):
        return pd.DataFrame(columns=["group", "item", "base", "change", "low80", "high80"])
    both = made.rename(columns=names)
    if not matter.cases:
        both[["change", "low80", "high80"]] = float("nan")
    both = both[["group", "item", "base", "change", "low80", "high80"]]
    both = both[both["item"].isin(list(ITEMS)) & ~both["group"].isin(matter.few)]
    order = {name: number for number, name in enumerate(GROUPS)}
    both = both[both["group"].isin(list(order))]
    place = both["group"].map(order)
    found: pd.DataFrame = both.assign(place=place).sort_values("place", kind="stable").drop(columns="place")
    return found.reset_index(drop=True)


def _is_free(found: pd.DataFrame) -> bool:
    """Whether paying costs no fee, neither in the baseline nor with the plan."""
    fees = found.loc[found["item"] == FEES, ["base", "change"]]
    return bool((fees.fillna(0.0).abs() < ROUNDING).all(axis=None))


def _group(who: str, part: pd.DataFrame, items: Mapping[str, int], matter: Matter, tongue: str) -> list[str]:
    """Return the cells of one group: for each item the baseline's value, then the change with its interval."""
    cells = [called(who, tongue, matter.runs.about(matter.to)["place"])]
    for item, digits in items.items():
        if item not in part.index:
            cells += [NONE] * (1 if matter.case is None else 2)
            continue
        base, *change = (float(part.loc[item, key]) for key in ("base", "change", "low80", "high80"))  # type: ignore[arg-type]
        cells.append(number(base, tongue, digits))
        if matter.case is not None:
            cells.append(over(*(_signed(one, tongue, digits) for one in change)))
    return cells


def _signed(value: float, tongue: str, digits: int) -> str:
    """Return a change with its sign, a dash where there is none."""
    if value != value:
        return NONE
    said = number(value, tongue, digits)
    return f"+{said}" if value > 0 and any(digit in said for digit in "123456789") else said


def named(kind: str, name: str, tongue: str) -> str:
    """Return a channel or sponsor in the reader's words, the scenario's own name where there are none."""
    key = f"{kind}.{name}"
    return told(key, tongue) if has(key) else name
