"""How well the effect of each channel of outreach is known: grades A (local experiment) to D (judgement)."""

from __future__ import annotations

from collections.abc import Iterable

from cashless_sim.rules.campaigns import EFFECTS, Channel, channel_named


def grade(channel: str) -> str:
    """Return the grade of a channel: the weakest among the effects that it has, as a chain is its weakest link."""
    return max(grades(channel).values())


def grades(channel: str) -> dict[str, str]:
    """Return the grade of each effect that a channel has, awareness included."""
    kind: Channel = channel_named(channel)
    declared = {name: getattr(kind, name) for name in EFFECTS}
    return {name: effect.grade for name, effect in declared.items() if effect.high > effect.low or effect.value}


def weakest(channels: Iterable[str]) -> str:
    """Return the weakest grade among channels; an empty text when there is none."""
    return max((grade(channel) for channel in channels), default="")
