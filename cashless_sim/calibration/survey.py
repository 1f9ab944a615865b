"""A survey of a model's households: the reported statistics for the groups that surveys tell apart.

The counting is that of `model.counting`, over groups that a month's own count does not know (sex, schooling, two
income groups) and with each wave's own mix of schooling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cashless_sim.calibration.targets import Wave
from cashless_sim.codes import METHODS, Bill, Education, Method, Sex
from cashless_sim.errors import BadValue
from cashless_sim.model.counting import counted
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.observation import statistics
from cashless_sim.model.own_measures import measures_named
from cashless_sim.units import month_number

F64 = NDArray[np.float64]
Mask = NDArray[np.bool_]
COVID = month_number("2020-03")
"""From when on a first payment counts as one after COVID-19 began."""


def survey(model: CashlessModel, wave: Wave | None = None, own: Sequence[str] = ()) -> dict[tuple[str, str], float]:
    """Return (code, group) → share, as a survey of the month just run finds it; nan where nobody is counted.

    C, of bill value, is that of the month's own count, for everyone.
    With ``wave``, households are weighted so that its share of adults has primary schooling or less, and FIRST is
    there too: of adults, those whose first utility payment without cash came after COVID-19 began. ``own`` names
    statistics from outside (``package.module:NAME``), each counted for the same groups.
    """
    masks = groups(model)
    weight = model.weight * (mix(model, wave.low_education) if wave else 1.0)
    facts = _facts(model)
    rows = np.stack(list(masks.values()))

    def sums(name: str) -> F64:
        values = facts[name] * weight
        return np.array([values[mask].sum() for mask in rows])

    with np.errstate(invalid="ignore", divide="ignore"):
        found = dict(statistics(sums, model.settings.observation, model.month - 1))
        found["C"] = np.where(np.arange(len(rows)) == 0, model.reported["C"], np.nan)
        if wave is not None:
            found["FIRST"] = wave.paid * found["D"] * sums("survey_first") / sums("survey_digital")
        found |= {use: _own(model, use, rows * weight) for use in own}
    return {(code, group): float(v) for code, values in found.items() for group, v in zip(masks, values, strict=True)}


def _own(model: CashlessModel, use: str, weights: F64) -> F64:
    """Return a statistic from outside by group, whose households weigh ``weights[groups, n]``; raise `BadValue`."""
    [measure] = measures_named([use])
    formulas = {name: (formula, codes) for name, formula, codes in counted()}
    formulas |= {name: (formula, ()) for name, formula in measure.counts.items()}
    said: dict[str, F64] = {}

    def sums(name: str) -> F64:
        if name not in said:
            formula, codes = formulas[name]
            said[name] = weights @ model.each(formula, *codes)
        return said[name]

    value: F64 = np.asarray(measure.value(sums, model.settings.observation, model.month - 1), dtype=np.float64)
    if value.shape != (len(weights),):
        expected = f"a number for each of {len(weights)} groups"
        raise BadValue(what=f"value of measure '{measure.measure.name}'", value=value.shape, expected=expected)
    return value


def groups(model: CashlessModel) -> dict[str, Mask]:
    """Return the households of each survey group: bool[n]; everyone comes first."""
    stored = model.columns.stored
    young, poor = stored("age") < 25, stored("quintile") <= 2
    low, man = stored("education") <= int(Education.PRIMARY), stored("sex") == int(Sex.MALE)
    pairs = {
        ("men", "women"): man,
        ("age15-24", "age25+"): young,
        ("poor40", "rich60"): poor,
        ("prim_edu", "sec_edu"): low,
        ("urban", "rural"): stored("urban"),
    }
    halves = {name: mask for (one, other), m in pairs.items() for name, mask in ((one, m), (other, ~m))}
    return {"all": np.ones(len(low), dtype=bool), **halves}


def mix(model: CashlessModel, low_education: float) -> F64:
    """Return a factor for each household with which ``low_education`` of adults have primary schooling or less."""
    low = model.columns.stored("education") <= int(Education.PRIMARY)
    adults = model.weight * model.columns.stored("adults")
    share = float(adults[low].sum() / adults.sum())
    if not 0 < share < 1:
        return np.ones(len(low))
    return np.where(low, low_education / share, (1 - low_education) / (1 - share))


def _facts(model: CashlessModel) -> Mapping[str, F64]:
    """Return what is counted of each household, by the names of `model.counting`: float64[n] each."""
    stored = model.columns.stored
    has = {0: ~stored("tenant"), 1: stored("piped_water")}
    year = {b: has[b] & (stored("months_since_digital")[b] < 12) for b in has}
    digital = year[0] | year[1]
    proxy = np.any([has[b] & (stored("method")[b] == int(Method.PROXY)) for b in has], axis=0)
    paid = has[0] & (stored("late")[int(Bill.ELECTRICITY)] == 0)
    since = COVID - model.settings.start + 1
    adults = stored("adults").astype(np.float64)
    marks: dict[str, Mask] = {
        "households": np.ones(len(digital), dtype=bool),
        "account": stored("account"),
        "smartphone": stored("smartphone"),
        "account_or_money": stored("account") | stored("mobile_money"),
        "utility_payers": has[0] | has[1],
        "survey_digital": digital,
        "survey_helped": proxy & ~digital,
        "survey_first": digital & (stored("first_month") >= since),
        **{f"paid.0.{m}": paid & (stored("method")[0] == m) for m in METHODS},
        **{f"value.{m}": paid & False for m in METHODS},
        **{f"uses.{m}": ~stored("tenant") & (stored("method")[0] == m) for m in METHODS},
        "customers.0": ~stored("tenant"),
    }
    return {
        **{name: mask.astype(np.float64) for name, mask in marks.items()},
        "adults": adults,
        "adults_paying": adults * digital,
        "adults_transacting": adults * (stored("transacts") & ~digital),
    }
