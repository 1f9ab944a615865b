"""Prior draws: each uncertain number of a scenario taken from its plausible range."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cashless_sim.model.settings import Observation
from cashless_sim.rules.campaigns import EFFECTS, Campaign
from cashless_sim.rules.ranges import Range
from cashless_sim.rules.rule import Rule
from cashless_sim.streams import uniform
from cashless_sim.units import month_number

if TYPE_CHECKING:
    from cashless_sim.scenario.recipe import Scenario

DIGITS = 6
WIDE = 10.0
OUTLOOK = month_number("2026-01")
INTENSITY_FACTOR = 4.0
"""Intensities of past campaigns that state no range are known to within this factor, up or down; assumed."""


def within(low: float, middle: float, high: float, u: float) -> float:
    """Return the value at ``u`` in (0, 1) of a prior between low and high that is densest at ``middle``.

    Half of the draws lie on either side of ``middle``, each half a straight slope to its end; on a logarithmic
    scale when low is positive and the range spans a factor of ten. A middle at an end gives one slope.
    Rounded to six digits, so that it is the same on every machine.
    """
    if not low < high:
        return middle
    middle = min(max(middle, low), high)
    if low > 0 and high / low >= WIDE:
        value = math.exp(_slopes(math.log(low), math.log(middle), math.log(high), u))
    else:
        value = _slopes(low, middle, high, u)
    return min(max(float(f"{value:.{DIGITS}g}"), low), high)


def _slopes(low: float, middle: float, high: float, u: float) -> float:
    below = 0.0 if middle <= low else 1.0 if middle >= high else 0.5
    if u < below:
        return low + (middle - low) * math.sqrt(u / below)
    return high - (high - middle) * math.sqrt((1 - u) / (1 - below))


def luck(seed: int, draw: int, name: str, index: int = 0) -> float:
    """Return the uniform in (0, 1) of one parameter in one draw: the same in every scenario."""
    return float(uniform(seed, draw, 0, f"prior.{name}", index=index))


def rule_values(rule: Rule, seed: int, draw: int) -> dict[str, Any]:
    """Return a value for each parameter of a rule that has a plausible range."""
    values: dict[str, Any] = {}
    for name, declared in rule.parameters.items():
        if declared.plausible is None:
            continue
        low, high = declared.plausible
        now = rule.values[name] if declared.per else [rule.values[name]]
        named = f"{type(rule).__name__}.{name}"
        drawn = [within(low, float(v), high, luck(seed, draw, named, i)) for i, v in enumerate(now)]
        values[name] = drawn if declared.per else drawn[0]
    return values


def drawn(kind: str, thing: Any, ranges: Mapping[str, Range], seed: int, draw: int) -> dict[str, float]:
    """Return a value for each number of a dated thing that has a range; the luck is that of kind and name."""
    named = f"{kind}.{thing.name}"
    return {
        key: within(low, getattr(thing, key), high, luck(seed, draw, f"{named}.{key}"))
        for key, (low, high) in ranges.items()
    }


def channel_effects(campaign: Campaign, seed: int, draw: int) -> dict[str, float]:
    """Return a campaign's effects, one draw a channel; its own are held when 0 or outside the channel's range."""
    effects = dict(campaign.effects)
    for name in EFFECTS:
        declared, own = getattr(campaign.kind, name), effects.get(name)
        if declared.low < declared.high and (own is None or (own != 0 and declared.low <= own <= declared.high)):
            u = luck(seed, draw, f"{campaign.channel}.{name}")
            effects[name] = within(declared.low, campaign.effect(name), declared.high, u)
    return effects


def channel_terms(campaign: Campaign, seed: int, draw: int) -> dict[str, float]:
    """Return reach and cost of a contact, one draw a channel, for a campaign that states none of its own."""
    terms: dict[str, float] = {}
    for name, own in (("reach", "reach"), ("cost", "cost_per_contact")):
        declared = getattr(campaign.kind, name)
        if getattr(campaign, own) is None and declared.low < declared.high:
            u = luck(seed, draw, f"{campaign.channel}.{name}")
            terms[own] = within(declared.low, declared.value, declared.high, u)
    return terms


def campaign_drawn(campaign: Campaign, seed: int, draw: int) -> Campaign:
    """Return a campaign with what its channel does, costs and reaches drawn, and its own numbers that have a range.

    A past one that states no range of its intensity has it within `INTENSITY_FACTOR`. Contacts are whole.
    """
    ranges = dict(campaign.ranges)
    if "intensity" not in ranges and campaign.start < OUTLOOK and 0 < campaign.intensity < 1:
        ranges["intensity"] = campaign.intensity / INTENSITY_FACTOR, min(1.0, campaign.intensity * INTENSITY_FACTOR)
    own: dict[str, Any] = {
        **channel_terms(campaign, seed, draw),
        **drawn("campaigns", campaign, ranges, seed, draw),
    }
    if "capacity" in own:
        own["capacity"] = round(own["capacity"])
    return replace(campaign, effects=channel_effects(campaign, seed, draw), **own)


def observation_values(observation: Observation, seed: int, draw: int) -> dict[str, float]:
    """Return a value for each uncertain number of how published figures are counted."""
    return {
        name: within(low, getattr(observation, name), high, luck(seed, draw, f"observation.{name}"))
        for name, (low, high) in observation.ranges.items()
    }


def prior_draw(scenario: Scenario, seed: int, draw: int) -> Scenario:
    """Return the scenario with every number that has a plausible range drawn from it.

    Luck is named after the number, so scenarios that share a rule, a campaign, a shock or a closure share its draws.
    """
    settings = scenario.settings()
    changes: dict[str, Any] = {
        "rules": {type(rule).__name__: rule_values(rule, seed, draw) for rule in settings.rules},
        "campaigns": [campaign_drawn(campaign, seed, draw) for campaign in settings.campaigns],
        "observation": observation_values(settings.observation, seed, draw),
    }
    for kind in ("shocks", "closures"):
        things = getattr(settings, kind, ())
        if any(thing.ranges for thing in things):
            changes[kind] = [replace(thing, **drawn(kind, thing, thing.ranges, seed, draw)) for thing in things]
    return scenario.with_(**changes)
