"""What paying bills costs households: fees, time on the way, late bills, and bills paid through others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.analysis.intervals import told
from cashless_sim.analysis.pairing import IGNORANCE, kind_of, known_scenario, others, paired, parsed, refuse_other_luck
from cashless_sim.codes import METHODS, Bill, Method
from cashless_sim.errors import BadValue
from cashless_sim.experiment.runs import Runs
from cashless_sim.model.counting import AGES, FIFTHS
from cashless_sim.scenario.recipe import Scenario

if TYPE_CHECKING:
    from cashless_sim.model.model import CashlessModel

F64 = NDArray[np.float64]
SAMPLE = 2_000
YEAR = 12
ITEMS = {
    "fees": "VND",
    "hours": "hours",
    "time": "VND",
    "late_bills": "bills",
    "helped_bills": "bills",
}
"""What weighs on a household in a year, and its unit; ``time`` is ``hours`` at the group's value of time."""


@dataclass(frozen=True)
class Terms:
    """What one bill by one method asks of a household: ``fee`` VND and ``minutes``, ``float64[bills, methods]``.

    ``minute`` is the value of a minute in VND, by group of households.
    """

    fee: F64
    minutes: F64
    minute: Mapping[str, float]


@lru_cache(maxsize=64)
def terms(scenario: Scenario) -> Terms:
    """Return the terms of a scenario's first month, as its own model sets them.

    Time is worth ``Choose.value_of_time`` x the group's mean income a head (2022 prices); assumed.
    """
    place = scenario.recipe.place
    few = SAMPLE if place.households is None else min(SAMPLE, place.households)
    model = scenario.with_(households=few).build()
    fee, minutes = (_mean(model, name) for name in ("fee", "minutes"))
    worth = next((rule.values["value_of_time"] for rule in model.settings.rules if "value_of_time" in rule.values), 0.0)
    income = model.columns.stored("income").astype(np.float64)
    return Terms(fee, minutes, {who: worth * float(income[rows].mean()) for who, rows in _members(model).items()})


def _mean(model: CashlessModel, table: str) -> F64:
    """Return a table's mean over the households' cells: ``float64[bills, methods]``."""
    weights = np.bincount(model.population.cell, minlength=len(model.cells)).astype(np.float64)
    mean: F64 = np.average(model.tables[table][:, :, : len(METHODS)].astype(np.float64), axis=0, weights=weights)
    return mean


def _members(model: CashlessModel) -> dict[str, NDArray[np.bool_]]:
    """Return who belongs to each group, of those that have members."""
    columns = model.columns
    age, fifth, urban = (columns.stored(name) for name in ("age", "quintile", "urban"))
    band = np.digitize(age, [25, 40, 60])
    district = np.array([cell.district for cell in model.cells])[model.population.cell]
    found = {"all": np.ones(len(age), dtype=bool), "urban=yes": urban.astype(bool), "urban=no": ~urban.astype(bool)}
    found |= {f"age={name}": band == number for number, name in enumerate(AGES)}
    found |= {f"income={name}": fifth == number + 1 for number, name in enumerate(FIFTHS)}
    found |= {f"district={name}": district == name for name in dict.fromkeys(district)}
    return {who: rows for who, rows in found.items() if rows.any()}


def burden(runs: Runs, scenario: Scenario, months: int = YEAR) -> pd.DataFrame:
    """Return what a household of each group bears in a year, over the last ``months`` of the run of ``scenario``.

    Columns: scenario, group, item (`ITEMS`), unit, n, mean, sd, low80 … high95 over replicates. Fees and minutes are
    those of each method (`terms`) times the bills paid so; fees are those booked, where a run has them. Raises
    `UnknownName`, `BadValue` without the rows.
    """
    known_scenario(runs, scenario.name)
    rows, kind = _borne(runs, scenario, months), kind_of(runs)
    made = [
        {"scenario": scenario.name, "group": who, "item": item, "unit": ITEMS[str(item)], **told(_array(part), kind)}
        for (who, item), part in rows.groupby(["group", "measure"], sort=False)["value"]
    ]
    return pd.DataFrame(made)


def burden_added(runs: Runs, scenarios: Mapping[str, Scenario], to: str, months: int = YEAR) -> pd.DataFrame:
    """Return how what households bear differs from scenario ``to``, paired: as `burden`, with both means.

    ``mean_baseline`` is over the pairs too.
    """
    names = others(runs, to)
    refuse_other_luck(runs)
    kind = kind_of(runs)
    base = _borne(runs, scenarios[to], months)
    made = []
    for name in names:
        both = pd.concat([base, _borne(runs, scenarios[name], months)])
        pairs = paired(both, name, to, by=("group", "measure"))
        for (who, item), part in pairs.groupby(["group", "measure"], sort=False):
            head = {"scenario": name, "baseline": to, "group": who, "item": item, "unit": ITEMS[str(item)]}
            base_mean = float(part["value_base"].mean())
            made.append({**head, "mean_baseline": base_mean, **told(_array(part["difference"]), kind)})
    return pd.DataFrame(made)


def _array(part: Any) -> F64:
    return np.asarray(part, dtype=np.float64)


def _borne(runs: Runs, scenario: Scenario, months: int) -> pd.DataFrame:
    """Return scenario, replicate, group, measure (item), value a household and year."""
    asked = terms(scenario)
    wide = _bills(runs, scenario.name, months)
    who, bill, method = (wide.index.get_level_values(name) for name in ("who", "bill", "method"))
    b = np.array([Bill[name.upper()] for name in bill])
    m = np.array([Method[name] for name in method])
    minute = np.array([asked.minute.get(name, asked.minute["all"]) for name in who])
    count = wide["bills"].to_numpy(np.float64)
    unpaid = m == Method.NONE
    paid = np.where(unpaid, 0.0, count)
    slot = np.where(unpaid, 0, m)
    hours = paid * asked.minutes[b, slot] / 60
    items = {
        "fees": paid * asked.fee[b, slot],
        "hours": hours,
        "time": hours * 60 * minute,
        "late_bills": np.where(unpaid, count, 0.0),
        "helped_bills": np.where(m == Method.PROXY, count, 0.0),
    }
    table = pd.DataFrame(items, index=wide.index).groupby(level=["replicate", "who"], sort=False).sum()
    paid_out = _fees(runs, scenario.name, months)
    if not paid_out.empty:
        table["fees"] = paid_out.reindex(table.index)
    homes = wide["households"].groupby(level=["replicate", "who"], sort=False).first()
    yearly = table.div(homes, axis=0) * YEAR / months
    long = yearly.reset_index().melt(["replicate", "who"], list(ITEMS), "measure", "value")
    return long.rename(columns={"who": "group"}).assign(scenario=scenario.name)


def _fees(runs: Runs, name: str, months: int) -> pd.Series[float]:
    """Return VND of fees by (replicate, who) over the last months, as the model booked them; empty if it did not."""
    last = sorted(runs.frame["month"].astype(str).unique())[-months:]
    rows = runs.select(draws=kind_of(runs) == IGNORANCE, scenario=name, month=last, measure="fees")
    parts = parsed(rows["group"], r"^(?P<who>.*?);?bill=\w+$")
    return rows.assign(who=parts["who"].replace("", "all")).groupby(["replicate", "who"])["value"].sum()


def _bills(runs: Runs, name: str, months: int) -> pd.DataFrame:
    """Return bills by (replicate, who, bill, method) over the last months, NONE for late; with mean households."""
    last = sorted(runs.frame["month"].astype(str).unique())[-months:]
    measures = ["bills", "late", "method_share", "households"]
    chosen = {"scenario": name, "month": last, "measure": measures}
    rows = runs.select(draws=kind_of(runs) == IGNORANCE, **chosen).astype({"measure": str, "month": str})
    parts = parsed(rows["group"], r"^(?P<who>.*?);?(?:bill=(?P<bill>\w+))?(?:;method=(?P<method>\w+))?$")
    parts["who"] = parts["who"].replace("", "all")
    rows = pd.concat([rows, parts], axis=1)
    shares = rows[rows["measure"].isin(["method_share", "late"])].fillna({"method": "NONE"})
    issued = rows[rows["measure"] == "bills"]
    homes = rows[rows["measure"] == "households"].groupby(["replicate", "who"])["value"].mean().rename("households")
    if shares.empty or issued.empty or homes.empty:
        expected = "rows of bills, late, method_share and households"
        raise BadValue(what="rows of these measures in the runs", value=0, expected=expected)
    keys = ["replicate", "month", "who", "bill"]
    both = shares.merge(issued[[*keys, "value"]], on=keys, suffixes=("", "_issued"))
    both = both.assign(bills=both["value"] * both["value_issued"])
    counted = both.groupby(["replicate", "who", "bill", "method"], sort=False)["bills"].sum().reset_index()
    joined = counted.merge(homes.reset_index(), on=["replicate", "who"])
    return joined.set_index(["replicate", "who", "bill", "method"])
