"""What may be bought, from which money, and what has to hold: the question that an optimisation answers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.rules.campaigns import CHANNELS, SPONSORS
from cashless_sim.units import month_number, month_text

Cell = tuple[str, str]
Doses = Mapping[Cell, float]
RISKS = ("mean", "CVaR", "P(target)")
FAMILIES = ("district", "age", "income", "urban")


@dataclass(frozen=True)
class Offer:
    """One thing that money can buy in a place: a channel in some months, for some households.

    ``most`` contacts a month for each 1,000 households of a place at full dose (of a mass channel the dose is its
    intensity and ``most`` is not needed); ``cost`` VND a contact (None: the channel's own); ``evenings`` team-evenings
    a contact. Months are numbers, ``end`` included, within one calendar year. Raises `UnknownName`, `BadValue`.
    """

    name: str
    channel: str
    sponsor: str
    start: int
    end: int
    most: float | None = None
    cost: float | None = None
    evenings: float = 0.0
    months: tuple[int, ...] = ()
    target: Mapping[str, Any] = field(default_factory=dict)
    runner: str = "commune People's Committee"

    def __post_init__(self) -> None:
        """Refuse an unknown channel or sponsor, two calendar years, and numbers that cannot be."""
        _known("channel", self.channel, tuple(CHANNELS))
        for who in (self.sponsor, self.runner):
            _known("sponsor or runner", who, SPONSORS)
        if self.end < self.start or self.end // 12 != self.start // 12:
            value = f"{month_text(self.start)} to {month_text(self.end)}"
            raise BadValue(what=f"months of offer '{self.name}'", value=value, expected="months of one calendar year")
        if CHANNELS[self.channel].people_run and not self.most:
            expected = "contacts a month for 1,000 households, above 0: people run this channel"
            raise BadValue(what=f"most of offer '{self.name}'", value=self.most, expected=expected)
        for what in ("most", "cost", "evenings"):
            value = getattr(self, what)
            if value is not None and not 0 <= value < math.inf:
                raise BadValue(what=f"{what} of offer '{self.name}'", value=value, expected="a number of 0 or more")

    @property
    def year(self) -> int:
        """The calendar year in which it is paid."""
        return 1970 + self.start // 12

    @property
    def unit(self) -> float:
        """VND a contact."""
        return CHANNELS[self.channel].cost.value if self.cost is None else self.cost

    @property
    def active(self) -> tuple[int, ...]:
        """The months (numbers) in which it runs."""
        numbers = range(self.start, self.end + 1)
        return tuple(n for n in numbers if not self.months or n % 12 + 1 in self.months)


@dataclass(frozen=True)
class Line:
    """One pot of money: ``amount`` VND of a sponsor for one year and for some channels, not to be moved elsewhere."""

    name: str
    sponsor: str
    year: int
    amount: float
    uses: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an unknown sponsor or channel, and an amount that is not one."""
        _known("sponsor or runner", self.sponsor, SPONSORS)
        for use in self.uses:
            _known("channel", use, tuple(CHANNELS))
        if not 0 <= self.amount < math.inf:
            raise BadValue(what=f"amount of budget line '{self.name}'", value=self.amount, expected="VND, 0 or more")

    def pays(self, offer: Offer) -> bool:
        """Whether this money may be spent so."""
        return offer.sponsor == self.sponsor and offer.year == self.year and offer.channel in self.uses


@dataclass(frozen=True)
class Problem:
    """Offers × places under budget lines: what to reach, what has to hold, and how much risk counts.

    ``floors`` group → least share [0, 1] of the measure in the month ``judged``; ``max_gap`` the largest difference
    between groups of the family ``gap_over``; ``fix`` offer, or ``offer@place``, → dose [0, 1]; ``evenings`` year →
    team-evenings there are. ``risk`` is mean, CVaR (mean of the worst ``tail`` of draws) or P(target) (chance
    of reaching ``target``). Raises `BadValue`, `UnknownName`.
    """

    offers: tuple[Offer, ...]
    lines: tuple[Line, ...]
    judged: str
    measure: str = "using"
    floors: Mapping[str, float] = field(default_factory=dict)
    max_gap: float | None = None
    gap_over: str = "district"
    fix: Mapping[str, float] = field(default_factory=dict)
    evenings: Mapping[int, float] = field(default_factory=dict)
    risk: str = "mean"
    tail: float = 0.2
    target: float | None = None

    def __post_init__(self) -> None:
        """Refuse what can have no answer."""
        _each_once("offer", [offer.name for offer in self.offers])
        _each_once("budget line", [line.name for line in self.lines])
        if not self.offers:
            raise BadValue(what="offers", value="none", expected="at least one")
        _known("risk", self.risk, RISKS)
        _known("family of groups", self.gap_over, FAMILIES)
        if not sum(line.amount for line in self.lines) > 0:
            raise BadValue(what="budget", value=0, expected="VND above 0 in at least one line")
        if not any(line.pays(offer) for line in self.lines for offer in self.offers):
            expected = "a line whose sponsor, year and uses fit an offer"
            raise BadValue(what="offers that a budget line may pay", value=0, expected=expected)
        if self.risk == "P(target)" and self.target is None:
            raise BadValue(what="target", value=None, expected="a share in [0, 1], for the risk P(target)")
        shares = {f"floor of {group}": share for group, share in self.floors.items()}
        shares |= {f"dose of {name} in fix": dose for name, dose in self.fix.items()}
        shares |= {"max_gap": self.max_gap or 0.0, "target": self.target or 0.0, "tail": self.tail}
        for what, value in shares.items():
            if not 0 <= value <= 1:
                raise BadValue(what=what, value=value, expected="a share in [0, 1]")
        if self.tail == 0:
            raise BadValue(what="tail", value=0, expected="a share above 0")
        month_number(self.judged)

    @property
    def payable(self) -> tuple[Offer, ...]:
        """The offers that some line with money may pay."""
        return tuple(o for o in self.offers if any(line.pays(o) and line.amount > 0 for line in self.lines))

    def fixed(self, places: Sequence[str]) -> Iterator[tuple[str, list[Cell], float]]:
        """Yield name, cells and dose of each entry of ``fix``; raise `UnknownName` for what no line may pay."""
        names = [offer.name for offer in self.payable]
        for name, dose in self.fix.items():
            offer, at, place = name.partition("@")
            _known("offer", offer, names)
            if at:
                _known("place", place, places)
            yield name, [(offer, one) for one in ([place] if at else places)], dose

    def priced(self, costs: Mapping[str, float]) -> Problem:
        """Return it with the unit costs (VND a contact, by channel) of the user's own table; raise `UnknownName`."""
        for channel in costs:
            _known("channel", channel, tuple(CHANNELS))
        offers = (replace(o, cost=costs.get(o.channel, o.cost)) for o in self.offers)
        return replace(self, offers=tuple(offers))


def _known(what: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise UnknownName(what=what, name=name, expected=", ".join(known), near=nearest(name, known))


def _each_once(what: str, names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise BadValue(what=f"name of {what}", value=name, expected="a name used once")
