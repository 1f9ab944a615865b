"""What a campaign is, and what each channel of outreach does to a household that it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from cashless_sim.errors import BadValue, UnknownKey, UnknownName, nearest
from cashless_sim.outside import is_outside, named
from cashless_sim.rules.ranges import SHARE, Range, held
from cashless_sim.units import month_text

SPONSORS = (
    "digital steering committee",
    "commune People's Committee",
    "commune service centre",
    "power company",
    "water company",
    "telecom company",
    "bank",
    "wallet",
    "post office",
    "Youth Union",
    "Women's Union",
    "village head",
    "police",
)
SEEDINGS = ("random", "leaders", "nominated", "between")


@dataclass(frozen=True)
class Effect:
    """One number of a channel: central value, plausible range, source key, evidence grade A to D, and status.

    ``status`` is ``recalled`` for a number of field work known from memory, ``assumed`` for one of our own.
    """

    value: float
    low: float
    high: float
    source: str
    grade: str = "D"
    status: str = "assumed"


def _assumed(value: float, low: float, high: float) -> Effect:
    return Effect(value, low, high, "assumed", "D")


def _recalled(value: float, low: float, high: float, source: str = "assumed", grade: str = "D") -> Effect:
    return Effect(value, low, high, source, grade, "recalled")


ZERO = Effect(0.0, 0.0, 0.0, "assumed", "D")


@dataclass(frozen=True)
class Channel:
    """How one kind of outreach works on a household that it reaches.

    ``informs`` chance to make aware; ``nudges`` monthly hazard of reconsidering; ``teaches`` share of the skill gap
    closed; ``signs_up`` chance of signing up on the spot when the gates are open; ``opens`` chance of opening an
    account there; ``reassures`` change of trust; ``incentive`` log odds while it runs; ``reach`` monthly chance of a
    mass channel; ``visits`` contacts a team can make in a month (channels run by people); ``cost`` VND a contact.
    """

    name: str
    people_run: bool
    informs: Effect
    nudges: Effect = ZERO
    teaches: Effect = ZERO
    signs_up: Effect = ZERO
    opens: Effect = ZERO
    reassures: Effect = ZERO
    incentive: Effect = ZERO
    reach: Effect = ZERO
    cost: Effect = ZERO


EFFECTS = ("informs", "nudges", "teaches", "signs_up", "opens", "reassures", "incentive")


_FULL = _assumed(1.0, 0.8, 1.0)
_ALL = (
    Channel(
        "loudspeaker",
        False,
        informs=_recalled(0.30, 0.10, 0.60),
        nudges=_recalled(0.001, 0.0, 0.01),
        reach=_assumed(0.9, 0.5, 1.0),
        cost=_recalled(50, 10, 200),
    ),
    Channel(
        "sms",
        False,
        informs=_assumed(0.5, 0.2, 0.8),
        nudges=_recalled(0.003, 0.0005, 0.02),
        reach=_recalled(0.85, 0.33, 0.97, "OESTexts"),
        cost=_recalled(300, 200, 850),
    ),
    Channel(
        "social-media",
        False,
        informs=_assumed(0.3, 0.1, 0.6),
        nudges=_assumed(0.002, 0.0, 0.01),
        reach=_assumed(0.3, 0.1, 0.6),
        cost=_assumed(100, 20, 500),
    ),
    Channel(
        "poster",
        False,
        informs=_assumed(0.1, 0.02, 0.3),
        nudges=_assumed(0.001, 0.0, 0.005),
        reach=_assumed(0.5, 0.2, 0.8),
        cost=_assumed(100, 20, 500),
    ),
    Channel(
        "counter-staff",
        True,
        informs=_FULL,
        nudges=_assumed(0.02, 0.0, 0.1),
        signs_up=_recalled(0.08, 0.02, 0.25),
        teaches=_assumed(0.1, 0.0, 0.3),
        cost=_assumed(2000, 500, 5000),
    ),
    Channel(
        "phone-call",
        True,
        informs=_FULL,
        nudges=_recalled(0.02, 0.005, 0.04, "GreenGerber", "C"),
        reassures=_assumed(-0.01, -0.05, 0.02),
        cost=_assumed(3000, 1500, 6000),
    ),
    Channel(
        "home-visit",
        True,
        informs=_FULL,
        nudges=_assumed(0.05, 0.0, 0.2),
        signs_up=_recalled(0.18, 0.05, 0.45),
        opens=_assumed(0.25, 0.05, 0.5),
        teaches=_assumed(0.3, 0.1, 0.6),
        reassures=_assumed(0.05, 0.0, 0.15),
        cost=_recalled(25000, 10000, 60000),
    ),
    Channel(
        "class",
        True,
        informs=_FULL,
        nudges=_assumed(0.03, 0.0, 0.1),
        signs_up=_recalled(0.10, 0.03, 0.25),
        teaches=_assumed(0.4, 0.1, 0.7),
        cost=_assumed(20000, 8000, 50000),
    ),
    Channel(
        "event-day",
        True,
        informs=_FULL,
        nudges=_assumed(0.03, 0.0, 0.1),
        signs_up=_recalled(0.10, 0.03, 0.25),
        opens=_assumed(0.05, 0.0, 0.2),
        teaches=_assumed(0.15, 0.0, 0.4),
        cost=_assumed(10000, 4000, 30000),
    ),
    Channel(
        "digital-team",
        True,
        informs=_FULL,
        nudges=_assumed(0.04, 0.0, 0.2),
        signs_up=_recalled(0.18, 0.05, 0.45),
        opens=_assumed(0.2, 0.05, 0.5),
        teaches=_assumed(0.3, 0.1, 0.6),
        reassures=_assumed(0.05, 0.0, 0.15),
        cost=_recalled(25000, 10000, 60000),
    ),
    Channel(
        "literacy-class",
        True,
        informs=_FULL,
        nudges=_assumed(0.02, 0.0, 0.1),
        signs_up=_assumed(0.05, 0.0, 0.2),
        teaches=_assumed(0.45, 0.1, 0.8),
        cost=_assumed(20000, 8000, 50000),
    ),
    Channel(
        "help-desk",
        True,
        informs=_FULL,
        nudges=_assumed(0.02, 0.0, 0.1),
        signs_up=_recalled(0.08, 0.02, 0.25),
        opens=_assumed(0.05, 0.0, 0.2),
        teaches=_assumed(0.15, 0.0, 0.4),
        cost=_assumed(5000, 2000, 15000),
    ),
    Channel(
        "account-drive",
        True,
        informs=_assumed(0.8, 0.4, 1.0),
        opens=_assumed(0.35, 0.1, 0.6),
        nudges=_assumed(0.01, 0.0, 0.05),
        cost=_assumed(50000, 20000, 100000),
    ),
    Channel(
        "debit-drive",
        True,
        informs=_FULL,
        nudges=_assumed(0.02, 0.0, 0.1),
        signs_up=_assumed(0.08, 0.02, 0.25),
        cost=_assumed(8000, 3000, 20000),
    ),
    Channel(
        "cashback",
        False,
        informs=_assumed(0.2, 0.05, 0.5),
        nudges=_assumed(0.01, 0.0, 0.05),
        incentive=_recalled(0.405, 0.182, 0.916, "Ho2022", "C"),
        reach=_assumed(1.0, 0.5, 1.0),
        cost=_assumed(10000, 5000, 30000),
    ),
    Channel(
        "fee-waiver",
        False,
        informs=_assumed(0.1, 0.02, 0.3),
        incentive=_assumed(0.1, 0.0, 0.3),
        reach=_assumed(1.0, 0.5, 1.0),
        cost=_assumed(1000, 0, 3300),
    ),
)
CHANNELS: Mapping[str, Channel] = MappingProxyType({channel.name: channel for channel in _ALL})
RANGED: Mapping[str, Range] = MappingProxyType(
    {
        "intensity": SHARE,
        "reach": SHARE,
        "capacity": (0.0, 1e9),
        "cost_per_contact": (0.0, 1e12),
        "cost_fixed": (0.0, 1e15),
    }
)
"""Numbers of a campaign that may have a range, and what they may be."""

Condition = bool | float | str | tuple[Any, ...] | Mapping[str, float]


@dataclass(frozen=True)
class Campaign:
    """One outreach effort: who runs it, when, where, for whom, how much, and what it does.

    Months are numbers (`units.month_number`), ``end`` included. ``capacity`` counts contacts a month in the whole
    place. ``target`` maps a household column to a value, a tuple of values, or ``{"min": …, "max": …}``.
    ``ranges`` gives (low, high) of its uncertain numbers (`RANGED`), used by prior draws only.
    Raises `BadValue` or `UnknownName`.
    """

    name: str
    channel: str
    start: int
    end: int
    sponsor: str = "digital steering committee"
    runner: str = "commune People's Committee"
    districts: tuple[str, ...] = ()
    target: Mapping[str, Condition] = field(default_factory=dict)
    intensity: float = 1.0
    reach: float | None = None
    capacity: int | None = None
    seeding: str = "random"
    months: tuple[int, ...] = ()
    cost_per_contact: float | None = None
    cost_fixed: float = 0.0
    effects: Mapping[str, float] = field(default_factory=dict)
    method: str | None = None
    note: str = ""
    source: str = "assumed"
    ranges: Mapping[str, Range] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be a campaign."""
        channel_named(self.channel)
        _known("seeding", self.seeding, SEEDINGS)
        for who in (self.sponsor, self.runner):
            _known("sponsor or runner", who, SPONSORS)
        if self.end < self.start:
            raise BadValue(
                what=f"end of campaign '{self.name}'",
                value=month_text(self.end),
                expected=f"{month_text(self.start)} (its start) or later",
            )
        for name, (low, high) in RANGED.items():
            self._within(name, getattr(self, name), low, high)
        for name in self.effects:
            if name not in EFFECTS:
                raise UnknownKey(
                    where=f"campaign '{self.name}'",
                    key=name,
                    expected=", ".join(EFFECTS),
                    near=nearest(name, EFFECTS),
                )
        if self.kind.people_run and self.capacity is None:
            raise BadValue(
                what=f"capacity of campaign '{self.name}'",
                value=None,
                expected=f"contacts a month: channel '{self.channel}' is run by people",
            )
        object.__setattr__(self, "ranges", held(f"campaign '{self.name}'", self, RANGED))

    def _within(self, what: str, value: float | None, low: float, high: float) -> None:
        if value is not None and not low <= value <= high:
            raise BadValue(
                what=f"{what} of campaign '{self.name}'",
                value=value,
                expected=f"a number from {low:g} to {high:g}",
            )

    @property
    def kind(self) -> Channel:
        """The channel's own numbers."""
        return channel_named(self.channel)

    def effect(self, name: str) -> float:
        """Return one effect: the campaign's own, else the channel's central value."""
        own = self.effects.get(name)
        value: float = getattr(self.kind, name).value if own is None else own
        return value

    @property
    def contact_cost(self) -> float:
        """VND for each contact."""
        return self.kind.cost.value if self.cost_per_contact is None else self.cost_per_contact

    def scaled(self, factor: float) -> Campaign:
        """Return it for a place ``factor`` times the size: its capacity, if it has one, and the range of it."""
        if self.capacity is None:
            return self
        low, high = self.ranges.get("capacity", (self.capacity, self.capacity))
        low, middle, high = (max(1, round(contacts * factor)) for contacts in (low, self.capacity, high))
        known = {"capacity": (low, high)} if "capacity" in self.ranges else {}
        return replace(self, capacity=middle, ranges={**self.ranges, **known})

    def runs_in(self, month: int) -> bool:
        """Whether it runs in a month (a number)."""
        return self.start <= month <= self.end and (not self.months or month % 12 + 1 in self.months)


def channel_named(use: str) -> Channel:
    """Return a channel by name, or one from outside by ``package.module:NAME``; raise `UnknownName`, `BadValue`."""
    if not is_outside(use):
        _known("channel", use, CHANNELS)
        return CHANNELS[use]
    found = named("channel", use)
    if not isinstance(found, Channel):
        raise BadValue(what="channel", value=use, expected="a Channel")
    return found


def _known(what: str, name: str, known: Any) -> None:
    if name not in known:
        raise UnknownName(what=what, name=name, expected=", ".join(known), near=nearest(name, known))
