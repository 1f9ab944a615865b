"""Published experiments run in the model: two arms on common luck, one pair (gain, base) for each pattern.

A pattern's value is the sum of gains over the sum of bases, over seeds. Each seed draws its own people and luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import CASH, DIGITAL, Bill, Cause, Method
from cashless_sim.data import place
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Closure, Settings, Shock
from cashless_sim.population.population import Population, synthesise
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.units import month_number

HOUSEHOLDS = 3000
EVERYONE = 10_000_000
VILLAGE = 450
Mask = NDArray[np.bool_]
Values = Mapping[str, Mapping[str, float]]
Pairs = Mapping[str, tuple[float, float]]
ELECTRICITY = int(Bill.ELECTRICITY)


@lru_cache(maxsize=16)
def people(seed: int) -> Population:
    """Return whole villages of Hưng Yên, drawn by the seed."""
    return synthesise(place("hung-yen"), HOUSEHOLDS, seed=seed)


def model_of(
    seed: int, start: str, months: int, values: Values | None = None, replicate: int = 0, **settings: Any
) -> CashlessModel:
    """Return a model of all shipped rules; ``values`` are parameters by rule, all others are the defaults."""
    first = month_number(start)
    rules = tuple(rule_named(name)(**(values or {}).get(name, {})) for name in ORDER)
    made = Settings("experiment", "hung-yen", first, first + months - 1, rules, **settings)
    return CashlessModel(made, people(seed), seed=seed, replicate=replicate)


def paying(model: CashlessModel, within: int = 1, methods: Sequence[int] | None = None) -> Mask:
    """Return who paid some bill by own digital means within so many months (and now uses these methods)."""
    recent = model.columns.stored("months_since_digital") < within
    if methods is not None:
        recent = recent & np.isin(model.columns.stored("method"), methods)
    return np.asarray(recent.any(axis=0))


# -- outreach --------------------------------------------------------------------------------------------------
INTENSIVE = {"signs_up": 0.45, "opens": 0.5, "teaches": 0.6, "nudges": 0.2, "reassures": 0.15}
"""A session as long as the experiment's: each effect of a home visit at the upper end of its plausible range."""


def assisted(seed: int) -> Pairs:
    """Training and sign-up on the spot where phones are present: active within a year, all who were meant."""
    target = {"smartphone": True}
    intensive = _once("home-visit", "2021-12", target=target, effects=INTENSIVE)
    ordinary = _once("home-visit", "2021-12", target=target)
    control = _active_within_a_year(seed)
    asked = people(seed).columns.stored("smartphone")
    return {
        "assisted": (
            float((_active_within_a_year(seed, intensive) & asked).sum() - (control & asked).sum()),
            asked.sum(),
        ),
        "ordinary visit": (
            float((_active_within_a_year(seed, ordinary) & asked).sum() - (control & asked).sum()),
            asked.sum(),
        ),
    }


def _active_within_a_year(seed: int, *campaigns: Campaign) -> Mask:
    model = model_of(seed, "2021-12", 12, campaigns=campaigns)
    model.run()
    return paying(model, within=12)


def _once(channel: str, start: str, **changes: Any) -> Campaign:
    first = month_number(start)
    return Campaign(
        **{"name": channel, "channel": channel, "start": first, "end": first, "capacity": EVERYONE, **changes}
    )


def training(seed: int) -> Pairs:
    """A hands-on class where accounts cannot be had on the spot: active after six months, all who were meant."""
    lesson = _once("class", "2019-01", target={"account": False})
    asked = ~people(seed).columns.stored("account")

    def active(*campaigns: Campaign) -> float:
        model = model_of(seed, "2019-01", 6, campaigns=campaigns)
        model.run()
        return float((paying(model, within=3) & asked).sum())

    return {"training": (active(lesson) - active(), float(asked.sum()))}


def spreaders(seed: int, seeds_a_village: int = 5, months: int = 4) -> Pairs:
    """News given to five households a village, named by villagers or at random: how many more have heard it."""

    def heard(seeding: str, replicate: int) -> float:
        capacity = round(seeds_a_village * people(seed).full_size / VILLAGE)
        told = _once("phone-call", "2018-01", capacity=capacity, seeding=seeding, effects={"nudges": 0.0})
        still = {"Access": {"transacts_hazard": 0.0}}
        model = model_of(seed, "2018-01", months, still, replicate, campaigns=(told,), turnover=False, occasions=False)
        _nobody_knows(model)
        model.run()
        return float(np.count_nonzero(model.columns.stored("heard_from")))

    named, random = (sum(heard(seeding, k) for k in range(4)) for seeding in ("nominated", "random"))
    return {"spreaders": (named - random, random)}


def _nobody_knows(model: CashlessModel) -> None:
    columns = model.columns
    for name in ("aware_bank", "aware_wallet", "transacts", "pays_digitally", "first_cause", "heard_from", "cause"):
        columns.put(name, slice(None), 0)
    method = columns.stored("method")
    method[np.isin(method, DIGITAL)] = int(Method.COUNTER)
    columns.stored("months_since_digital")[...] = 255


# -- incentives ------------------------------------------------------------------------------------------------
def cashback(seed: int) -> Pairs:
    """Money back for six months among households that could pay so: share of the uplift gone three months later."""
    first = month_number("2018-01")
    money = Campaign("money", "cashback", first, first + 5)
    kinds = {"by hand": (int(Method.TRANSFER), int(Method.WALLET)), "by standing order": (int(Method.AUTODEBIT),)}

    def counts(*campaigns: Campaign) -> Mapping[str, NDArray[np.float64]]:
        model = model_of(seed, "2018-01", 9, campaigns=campaigns)
        for name in ("account", "smartphone", "aware_bank", "aware_wallet"):
            model.columns.put(name, slice(None), True)
        found = []
        for months in (6, 3):
            model.run(months)
            found.append([float(paying(model, methods=codes).sum()) for codes in kinds.values()])
        return dict(zip(kinds, np.array(found).T, strict=True))

    paid, unpaid = counts(money), counts()
    uplift = {kind: paid[kind] - unpaid[kind] for kind in kinds}
    return {kind: (float(u[0] - u[1]), float(u[0])) for kind, u in uplift.items()}


# -- closing cash points -----------------------------------------------------------------------------------------
def closing(seed: int) -> Pairs:
    """All cash points for electricity close in one month: who switches, who is late, who comes back."""
    start, before = "2022-03", 3
    at = month_number(start) + before
    gone = tuple(Closure(m.name, "electricity", m.name, at, at) for m in map(Method, CASH))

    def run(*closures: Closure) -> tuple[Mask, Mask, Mask, Mask]:
        model = model_of(seed, start, before + 12, closures=closures)
        columns = model.columns
        model.run(before)
        cash = np.isin(columns.stored("method")[ELECTRICITY], CASH) & ~columns.stored("tenant")
        able = cash & columns.stored("account") & columns.stored("smartphone")
        model.run(2)
        switched, late = _pays_own(model), columns.stored("late")[ELECTRICITY] > 0
        model.run()
        return able, switched, late, _pays_own(model)

    able, switched, late, year_on = run(*gone)
    _, _, usual, _ = run()
    old = people(seed).columns.stored("age") >= 60
    return {
        "switch": (float((switched & able).sum()), float(able.sum())),
        "late old": (float((late & old).sum() - (usual & old).sum()), float(old.sum())),
        "rebound": (float(year_on.sum() - switched.sum()), float(switched.sum())),
    }


def _pays_own(model: CashlessModel) -> Mask:
    recent = model.columns.stored("months_since_digital")[ELECTRICITY] < 2
    return np.asarray(recent & np.isin(model.columns.stored("method")[ELECTRICITY], DIGITAL))


# -- one household's use and another's ---------------------------------------------------------------------------
ALONE: Values = {"Choose": {"complement": 0.0, "peer_slope": 0.0}, "Consider": {"by_peers": 0.0}}
"""No complementarities: neither other bills nor other households' payments make one's own worth more."""


def complements(seed: int, before: int = 36, after: int = 24) -> Pairs:
    """Three months without cash: new users two years later, without complementarities against with them."""
    at = month_number("2017-06") + before
    shock = Shock("no cash", "covid", at, at + 2, 1.0)

    def new_users(values: Values, *shocks: Shock) -> float:
        model = model_of(seed, "2017-06", before + after, values, shocks=shocks)
        model.run()
        new = model.columns.stored("first_cause") != Cause.BEFORE_START
        return float((new & paying(model, within=3)).sum())

    together, alone = new_users({}, shock), new_users(ALONE, shock)
    return {"complements": (together - alone, together)}


def long_run(seed: int) -> Pairs:
    """Ten years without a campaign: those who pay digitally this month, of those who ever did."""
    model = model_of(seed, "2017-06", 121)
    model.run()
    ever = model.columns.stored("first_cause") > 0
    return {"long run": (float((ever & paying(model)).sum()), float(ever.sum()))}


EXPERIMENTS: tuple[Callable[[int], Pairs], ...] = (
    assisted,
    training,
    spreaders,
    cashback,
    closing,
    complements,
    long_run,
)
