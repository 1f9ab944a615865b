"""Random valid worlds for property tests: small, short, one kernel for all of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import hypothesis.strategies as st

from cashless_sim.data import place
from cashless_sim.model.settings import Closure, Policy, Settings, Shock
from cashless_sim.model.terms import OFFERS, Terms
from cashless_sim.population.population import Population, synthesise
from cashless_sim.rules.campaigns import CHANNELS, SEEDINGS, Campaign
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.units import month_number

LARGEST_FEE = 20_000
ADAPTIVE = Policy("adaptive", close_below=0.5, reinvest=0.5, budget=1e9)


@lru_cache(maxsize=8)
def people(households: int = 400, seed: int = 1) -> Population:
    return synthesise(place("hung-yen"), households, seed=seed)


# -- random valid settings -----------------------------------------------------------------------------------------
@st.composite
def rules(draw: Any) -> tuple[Any, ...]:
    """The shipped rules in order, each parameter anywhere in its plausible range."""
    made = []
    for name in ORDER:
        kind = rule_named(name)
        values = {}
        for key, declared in kind.parameters.items():
            if declared.plausible is not None and not declared.per and draw(st.booleans()):
                values[key] = draw(st.floats(*declared.plausible))
        made.append(kind(**values))
    return tuple(made)


@st.composite
def campaigns(draw: Any, name: str, start: int, end: int) -> Campaign:
    """A campaign of any channel, for anyone, at any time within the run."""
    channel = draw(st.sampled_from(sorted(CHANNELS)))
    first = draw(st.integers(start, end))
    target = draw(st.sampled_from([{}, {"smartphone": True}, {"age": {"min": 60}}, {"urban": False, "account": True}]))
    return Campaign(
        name,
        channel,
        first,
        draw(st.integers(first, end)),
        target=target,
        intensity=draw(st.floats(0, 1)),
        capacity=draw(st.integers(0, 400_000)) if CHANNELS[channel].people_run else None,
        seeding=draw(st.sampled_from(SEEDINGS)),
    )


@st.composite
def terms(draw: Any, start: int, end: int) -> dict[str, Terms]:
    """Nothing said, or terms of all banks or wallets: fees in whole VND, discounts, an outage, a pushing policy."""
    if not draw(st.booleans()):
        return {}
    return {
        "all": Terms(
            use=draw(st.sampled_from(OFFERS)),
            error=draw(st.floats(0, 1)),
            fee=float(draw(st.integers(0, LARGEST_FEE))),
            discount=float(draw(st.integers(0, LARGEST_FEE))),
            drive=draw(st.floats(0, 5)),
            aim=draw(st.floats(0, 1)),
            outages={draw(st.integers(start, end)): draw(st.floats(0, 1))},
        )
    }


@st.composite
def worlds(draw: Any) -> Settings:
    """Settings of three to eight months somewhere between 2017 and 2026."""
    start = draw(st.integers(month_number("2017-06"), month_number("2026-06")))
    end = start + draw(st.integers(2, 7))
    chance = st.floats(0, 1)
    shocks = tuple(
        Shock(kind, kind, start, draw(st.integers(start, end)), draw(chance), draw(chance))
        for kind in draw(st.sets(st.sampled_from(["covid", "scam", "outage"])))
    )
    gone = tuple(
        Closure(f"{u} {m}", u, m, start, draw(st.integers(start, end)), left=draw(chance))
        for u, m in draw(
            st.sets(
                st.tuples(st.sampled_from(["electricity", "water", "telecom"]), st.sampled_from(["COUNTER", "AGENT"]))
            )
        )
    )
    return Settings(
        "any",
        "hung-yen",
        start,
        end,
        draw(rules()),
        campaigns=tuple(draw(campaigns(f"campaign {k}", start, end)) for k in range(draw(st.integers(0, 3)))),
        shocks=shocks,
        closures=gone,
        policies=draw(st.sampled_from([{}, {"water": Policy("fixed")}, {"electricity": ADAPTIVE}])),
        banks=draw(terms(start, end)),
        wallets=draw(terms(start, end)),
        network=draw(st.sampled_from(["village", "well-mixed", "none"])),
        imitation=draw(st.sampled_from(["linear", "threshold", "none"])),
        turnover=draw(st.booleans()),
        occasions=draw(st.booleans()),
    )
