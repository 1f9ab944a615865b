"""Prior draws: each uncertain number of a scenario taken from its plausible range."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cashless_sim.model.settings import Observation
from cashless_sim.rules.campaigns import EFFECTS, Campaign
from cashless_sim.rules.rule import Rule
from cashless_sim.streams import uniform
from cashless_sim.units import month_number

if TYPE_CHECKING:
    from cashless_sim.scenario.recipe import Scenario

DIGITS = 6
WIDE = 10.0
OUTLOOK = month_number("2026-01")
INTENSITY_FACTOR = 4.0
"""Intensities of past campaigns are known to within this factor, up or down; assumed."""
COUNTED = {
    "agent_counted_before": (0.0, 0.1),
    "agent_counted_after": (0.1, 0.9),
    "other_bills_cash": (0.05, 0.4),
}
"""Plausible ranges of how published figures are counted; assumed."""


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


def campaign_drawn(campaign: Campaign, seed: int, draw: int) -> Campaign:
    """Return a campaign with its effects drawn (one draw a channel) and, if it is past, its intensity."""
    effects = dict(campaign.effects)
    for name in EFFECTS:
        declared = getattr(campaign.kind, name)
        if declared.low < declared.high:
            u = luck(seed, draw, f"{campaign.channel}.{name}")
            effects[name] = within(declared.low, campaign.effect(name), declared.high, u)
    intensity = campaign.intensity
    if campaign.start < OUTLOOK and 0 < intensity < 1:
        low, high = intensity / INTENSITY_FACTOR, min(1.0, intensity * INTENSITY_FACTOR)
        intensity = within(low, intensity, high, luck(seed, draw, f"intensity.{campaign.name}"))
    return replace(campaign, effects=effects, intensity=intensity)


def observation_values(observation: Observation, seed: int, draw: int) -> dict[str, float]:
    """Return a value for each uncertain number of how published figures are counted."""
    return {
        name: within(low, getattr(observation, name), high, luck(seed, draw, f"observation.{name}"))
        for name, (low, high) in COUNTED.items()
    }


def prior_draw(scenario: Scenario, seed: int, draw: int) -> Scenario:
    """Return the scenario with every number that has a plausible range drawn from it."""
    settings = scenario.settings()
    return scenario.with_(
        rules={type(rule).__name__: rule_values(rule, seed, draw) for rule in settings.rules},
        campaigns=[campaign_drawn(campaign, seed, draw) for campaign in settings.campaigns],
        observation=observation_values(settings.observation, seed, draw),
    )
