"""Tables of what a scenario file sets: channels, dated events, their doubtful numbers, dates of rules, settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from build_markdown import bounds, number, table
from build_words import MEANINGS, NOT_DESCRIBED, UNITS

import cashless_sim.model.settings as settings
from cashless_sim.model.terms import Terms
from cashless_sim.rules.campaigns import CHANNELS, EFFECTS
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

ELSEWHERE = {"title", "place", "start", "end", "rules", "campaigns", "shocks", "closures", "regulation", "policies"}
ELSEWHERE |= {"observation", "banks", "wallets", "ranges", "source", "measures"}
GROUPS: Mapping[str, Any] = {
    "switches": settings.Settings,
    "policies": settings.Policy,
    "banks, wallets": Terms,
    "observation": settings.Observation,
}


def channels() -> str:
    """What each channel of outreach does to a household that it reaches."""
    rows = []
    for channel in CHANNELS.values():
        for name in ("reach", *EFFECTS, "cost"):
            e = getattr(channel, name)
            if e.high or e.low:
                who, plausible = "people" if channel.people_run else "mass", bounds((e.low, e.high))
                told = (number(e.value), plausible, UNITS[name], e.source, e.status, e.grade)
                rows.append((channel.name, who, f"`{name}`", *told))
    return table(("channel", "run by", "effect", "value", "range", "unit", "source", "status", "grade"), rows)


def events() -> str:
    """The dated events of the shipped scenario ``hung-yen``."""
    known = Scenario.load("hung-yen").settings()
    rows: list[tuple[Any, ...]] = []
    for c in sorted(known.campaigns, key=lambda c: (c.start, c.name)):
        reach = c.kind.reach.value if c.reach is None else c.reach
        size = f"reach {number(reach)}" if c.capacity is None else f"capacity {c.capacity:,}"
        rows.append((f"campaign: {c.channel}", c.name, _dates(c), f"{size}, intensity {c.intensity:g}", c.source))
    for closure in known.closures:
        left = f"{closure.utility} {closure.method}: {closure.before:g} to {closure.left:g} of points"
        left += f", customers go to {closure.to}" if closure.to else ""
        rows.append(("closure", closure.name, _dates(closure), left, closure.source))
    for s in known.shocks:
        size = f"size {s.size:g}, {s.persistence:g} of it stays"
        rows.append((f"shock: {s.kind}", s.name, _dates(s), size, s.source))
    return table(("kind", "name", "months", "size", "source"), rows)


def _dates(event: Any) -> str:
    return f"{month_text(event.start)} to {month_text(event.end)}"


def ranges() -> str:
    """The doubtful numbers of the shipped events and of the observation, as bands draw them."""
    rows: list[tuple[Any, ...]] = []
    for place in ("hung-yen", "viet-nam"):
        known = Scenario.load(place).settings()
        for kind, things in (("campaign", known.campaigns), ("closure", known.closures), ("shock", known.shocks)):
            for thing, name, pair in _ranged(things):
                row = (kind, thing.name, f"`{name}`", number(getattr(thing, name)), bounds(pair), UNITS[name])
                if all(row != other[1:7] for other in rows):
                    rows.append((place, *row, thing.source))
    return table(("scenario", "kind", "name", "number", "value", "range", "unit", "source of the event"), rows)


def _ranged(things: tuple[Any, ...]) -> Iterator[tuple[Any, str, tuple[float, float]]]:
    for thing in sorted(things, key=lambda thing: (thing.start, thing.name)):
        for name, pair in thing.ranges.items():
            yield thing, name, pair


def switches() -> str:
    """Everything that can be set or switched off for a whole run, with its default."""
    rows = []
    for where, kind in GROUPS.items():
        for f in (f for f in fields(kind) if f.name not in ELSEWHERE):
            value = "–" if f.default in (None, MISSING) else f.default
            value = month_text(settings.Observation().recount) if f.name == "recount" else value
            told = (bounds(f.metadata.get("range")), f.metadata.get("unit", "–"), f.metadata.get("source", "–"))
            rows.append((where, f"`{f.name}`", value, *told, MEANINGS.get(f.name, NOT_DESCRIBED)))
    factors = ", ".join(f"{name} {value:g}" for name, value in settings.COMMITMENT.items())
    note = f"Factors of `commitment`: {factors}. A rule is switched off by leaving it out of `[month] rules`,\n"
    note += "a campaign, a shock or a closure by removing it."
    return table(("table", "name", "default", "range", "unit", "source", "meaning"), rows) + "\n\n" + note


def regulation() -> str:
    """Dates of the State Bank's rules."""
    dates = vars(settings.Regulation()).items()
    rows = [(f"`{name}`", month_text(since), MEANINGS.get(name, NOT_DESCRIBED)) for name, since in dates]
    return table(("rule", "from", "what changes"), rows)
