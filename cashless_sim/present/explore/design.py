"""What a reader of the explorer may choose; each combination of choices is one plan that is really run."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cashless_sim.data import place
from cashless_sim.errors import BadValue
from cashless_sim.rules.campaigns import CHANNELS, Campaign
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number, month_text

MONEY = 600e6
"""VND a year that a way costs at factor 1, at the central price of its channel; assumed."""
FACTORS = (0.25, 1.0, 4.0)
START, END = month_number("2027-01"), month_number("2027-12")
YEAR = 12
CASH = {"pays_digitally": False}
WHOM: Mapping[str, Mapping[str, Any]] = {
    "any": {},
    "old": {"age": {"min": 60}},
    "poor": {"quintile": {"max": 2}},
}
"""Whom a plan is for, beside what its campaigns say themselves.

No single district: each of ten, with every way, size and month, would be 360 plans more, and the page 1 MB where 300 KB
is the most. A plan in a file names districts (``districts = [...]``); the page shows what a plan does in each.
"""
WHEN: Mapping[str, tuple[int, ...]] = {"year": (), "june": (6,), "october": (10,)}
"""In which calendar months it runs; the contacts of a year are the same, where the channel can do as many.

June has the cashless day (the 16th), October the day of digital transformation (the 10th).
"""
RUN_BY = {
    "digital-team": ("digital steering committee", "village head"),
    "help-desk": ("power company", "power company"),
    "event-day": ("digital steering committee", "commune People's Committee"),
    "sms": ("power company", "power company"),
}
"""Sponsor and runner of the ways that ship, in the order in which they are offered."""


@dataclass(frozen=True)
class Way:
    """Something that can be done: its campaigns at factor 1; titles by language, none where the channel is the name."""

    key: str
    campaigns: tuple[Campaign, ...]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """One combination of choices, as the plan that it makes."""

    way: Way
    whom: str
    factor: float
    when: str

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns of the plan."""
        return tuple(_sized(_aimed(one, self.whom), self.factor, WHEN[self.when]) for one in self.way.campaigns)


@dataclass(frozen=True)
class Design:
    """A baseline and the choices about what to add to it."""

    base: Scenario
    ways: tuple[Way, ...]
    whom: tuple[str, ...] = tuple(WHOM)
    factors: tuple[float, ...] = FACTORS
    when: tuple[str, ...] = tuple(WHEN)

    @property
    def cells(self) -> list[Cell]:
        """Every combination; the last choice changes first."""
        choices = (self.ways, self.whom, self.factors, self.when)
        return [Cell(*one) for one in itertools.product(*choices)]

    @property
    def start(self) -> int:
        """The first month (a number) in which any plan differs from the baseline."""
        return min(one.start for way in self.ways for one in way.campaigns)

    def scenario(self, cell: Cell, name: str = "cell") -> Scenario:
        """Return the plan of a cell as a scenario."""
        return with_campaigns(self.base, cell.campaigns, name)


def with_campaigns(base: Scenario, campaigns: Iterable[Campaign], name: str) -> Scenario:
    """Return a scenario with more campaigns; raise as `Scenario.with_campaign` does."""
    made = base
    for one in campaigns:
        made = made.with_campaign(one, name)
    return made


def usual(base: Scenario) -> Design:
    """Return the design that ships: four ways of `MONEY` a year in 2027 against the baseline."""
    homes = place(base.settings().place).households
    return Design(base, tuple(Way(key, (_campaign(key, homes),), {}) for key in RUN_BY))


def of_plans(base: Scenario, plans: Sequence[Scenario]) -> Design:
    """Return a design whose ways are the campaigns that plans add to the baseline; raise `BadValue` without any."""
    before = {one.name for one in base.settings().campaigns}
    ways = []
    for plan in plans:
        added = tuple(one for one in plan.settings().campaigns if one.name not in before)
        if not added:
            expected = f"campaigns that '{base.name}' does not have"
            raise BadValue(what=f"campaigns of '{plan.name}'", value="none more", expected=expected)
        recipe = plan.recipe
        titles = {"en": recipe.title or plan.name, "vi": recipe.title_vi or recipe.title or plan.name}
        ways.append(Way(plan.name, added, titles))
    design = Design(base, tuple(ways))
    _refuse_months(design)
    return design


def money(campaigns: Iterable[Campaign], homes: int) -> float:
    """Return VND that campaigns cost in a year of twelve months, at the central prices, had they contacts enough."""
    return sum(_contacts(one, homes) * one.contact_cost * _months(one) + one.cost_fixed for one in campaigns)


def _contacts(campaign: Campaign, homes: int) -> float:
    """Return contacts a month at the campaign's own numbers, if all households were its target."""
    if campaign.kind.people_run:
        return float(campaign.capacity or 0) * campaign.intensity
    reach = campaign.kind.reach.value if campaign.reach is None else campaign.reach
    return reach * campaign.intensity * homes


def _months(campaign: Campaign) -> int:
    return sum(campaign.runs_in(month) for month in range(campaign.start, min(campaign.end, campaign.start + 11) + 1))


def _campaign(channel: str, homes: int) -> Campaign:
    """Return a campaign through a channel that costs `MONEY` a year."""
    sponsor, runner = RUN_BY[channel]
    kind, contacts = CHANNELS[channel], MONEY / YEAR / CHANNELS[channel].cost.value
    size: dict[str, Any] = {"capacity": round(contacts)}
    if not kind.people_run:
        size = {"intensity": min(1.0, round(contacts / (kind.reach.value * homes), 3))}
    return Campaign(f"explore-{channel}", channel, START, END, sponsor, runner, target=CASH, **size)


def _aimed(campaign: Campaign, whom: str) -> Campaign:
    return replace(campaign, target={**campaign.target, **WHOM[whom]})


def _sized(campaign: Campaign, factor: float, months: tuple[int, ...]) -> Campaign:
    """Return a campaign with so many times its contacts of a year, held in these calendar months (all, if none)."""
    many = factor * (len(campaign.months) or YEAR) / len(months) if months else factor
    made = replace(campaign, months=months or campaign.months)
    if campaign.kind.people_run:
        return replace(made, capacity=max(1, round((campaign.capacity or 0) * many)))
    return replace(made, intensity=min(1.0, round(campaign.intensity * many, 4)))


def _refuse_months(design: Design) -> None:
    """Raise `BadValue` when plans begin at the start of the run, so that nothing would be shared."""
    first = design.base.settings().start
    if design.start <= first:
        expected = f"a month after {month_text(first)}, the start of '{design.base.name}'"
        raise BadValue(what="first month of the plans", value=month_text(design.start), expected=expected)
