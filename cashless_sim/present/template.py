"""A new scenario as a file in which every line is explained and nothing is changed yet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cashless_sim.data import scenario_path
from cashless_sim.errors import UnknownName
from cashless_sim.present.locale.commands import told
from cashless_sim.rules.campaigns import CHANNELS, SPONSORS
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

YEAR = 12
NEW: dict[str, Any] = {
    "name": "my-visits",
    "channel": "home-visit",
    "sponsor": "digital steering committee",
    "runner": "village head",
    "capacity": 500,
    "cost_per_contact": 50_000,
}
"""A campaign to begin with; it runs in the last 12 months."""
BEGINS = "[time]"
"""Where the recipe begins after its titles."""


def commented(base: Scenario, file: str, tongue: str) -> str:
    """Return the text of a scenario that starts from ``base``; what may be changed stands behind ``#``.

    A scenario that ships is extended; another, such as a plan, is written out.
    """
    body = "" if _ships(base.name) else base.to_toml()
    lines = [*_said("head", tongue, base=base.name, file=file), ""]
    lines += [f'extends = "{base.name}"', ""] if not body else []
    lines += _said("title", tongue)
    lines += [f"{key} = {_value(told(f'new.my.{key}', tongue))}" for key in ("title", "title_vi")]
    lines += ["", *(body[body.index(BEGINS) :].splitlines() if body else _dates(base, tongue))]
    lines += ["", *_campaigns(base, not body, tongue), "", *_said("rules", tongue), *_rules(base, body)]
    return "\n".join(lines).rstrip() + "\n"


def _ships(name: str) -> bool:
    """Whether a scenario of this name can be extended by name."""
    try:
        return bool(scenario_path(name))
    except UnknownName:
        return False


def _said(key: str, tongue: str, **facts: str) -> list[str]:
    """Return a comment, one line of the file for each of its lines."""
    return [f"# {line}" for line in told(f"new.{key}", tongue, **facts).splitlines()]


def _value(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | int) else f"{float(value):.6g}"


def _dates(base: Scenario, tongue: str) -> list[str]:
    settings = base.settings()
    ends = [f'#{key} = "{month_text(getattr(settings, key))}"' for key in ("start", "end")]
    homes = _value(settings.households or "all")
    return [*_said("time", tongue), BEGINS, *ends, "", *_said("place", tongue), "[place]", f"#households = {homes}"]


def _campaigns(base: Scenario, listed: bool, tongue: str) -> Iterator[str]:
    """Yield a campaign to fill in, then those of the base where they are not written out."""
    settings = base.settings()
    yield from _said("campaign", tongue, channels=", ".join(CHANNELS), sponsors=", ".join(SPONSORS))
    dates = {"start": month_text(settings.end - YEAR + 1), "end": month_text(settings.end)}
    yield "#[[campaigns]]"
    yield from (f"#{key} = {_value(value)}" for key, value in {**NEW, **dates}.items())
    if listed and settings.campaigns:
        yield from ("", *_said("campaigns", tongue))
        for one in settings.campaigns:
            yield "#[[campaigns]]"
            when = f"{month_text(one.start)} – {month_text(one.end)}"
            yield f"#name = {_value(one.name)}  # {one.channel}, {when}"
            yield "#remove = true"


def _rules(base: Scenario, body: str) -> Iterator[str]:
    """Yield the numbers of each rule with what they mean; rules whose table is written out are left out."""
    for rule in base.settings().rules:
        name = type(rule).__name__
        if f"[rules.{name}]" in body or not rule.parameters:
            continue
        yield f"#[rules.{name}]"
        for key, one in rule.parameters.items():
            low_high = "–".join(f"{end:g}" for end in one.plausible) if one.plausible else ""
            about = "; ".join(part for part in (one.meaning, one.unit, low_high, one.source) if part)
            yield f"#{key} = {_value(rule.values[key])}  # {' '.join(about.split())}"
        yield ""
