"""Everything that a model needs to know before its first month: frozen, checked, without Mesa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from cashless_sim.codes import Bill, Method
from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.model.terms import Terms
from cashless_sim.outside import is_outside
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.ranges import SHARE, Range, held
from cashless_sim.rules.rule import Rule
from cashless_sim.units import month_number, month_text

UTILITIES = tuple(b.name.lower() for b in Bill)
CASH_METHODS = ("COLLECTOR", "COUNTER", "AGENT")
SHOCKS = ("covid", "scam", "outage")
POLICIES = ("fixed", "scheduled", "adaptive")
IMITATION = {"none": 0.0, "linear": 1.0, "threshold": 2.0, "share": 3.0}
COMMITMENT = {"low": 0.5, "medium": 1.0, "high": 1.5}
SHOCK_RANGED: Mapping[str, Range] = MappingProxyType({"size": SHARE, "persistence": SHARE})
CLOSURE_RANGED: Mapping[str, Range] = MappingProxyType({"before": SHARE, "left": SHARE})


def _known(what: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise UnknownName(what=what, name=name, expected=", ".join(known), near=nearest(name, known))


def _ordered(what: str, start: int, end: int) -> None:
    if end < start:
        raise BadValue(
            what=f"end of {what}", value=month_text(end), expected=f"{month_text(start)} (its start) or later"
        )


@dataclass(frozen=True)
class Shock:
    """A dated disturbance: ``covid`` (avoiding cash), ``scam`` (trust), ``outage`` (digital payments fail).

    ``size`` in [0, 1] while it lasts; ``persistence`` is the share of it that stays afterwards. ``ranges`` gives
    (low, high) of either, used by prior draws only.
    """

    name: str
    kind: str
    start: int
    end: int
    size: float
    persistence: float = 0.0
    bill: str | None = None
    source: str = "assumed"
    ranges: Mapping[str, Range] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Refuse an unknown kind, a size outside [0, 1], and an end before the start."""
        _known("kind of shock", self.kind, SHOCKS)
        if self.bill is not None:
            _known("bill", self.bill, UTILITIES)
            if self.kind != "outage":
                raise BadValue(what=f"bill of shock '{self.name}'", value=self.bill, expected="no bill, or an outage")
        _ordered(f"shock '{self.name}'", self.start, self.end)
        for what, value in (("size", self.size), ("persistence", self.persistence)):
            if not 0 <= value <= 1:
                raise BadValue(what=f"{what} of shock '{self.name}'", value=value, expected="a share in [0, 1]")
        object.__setattr__(self, "ranges", held(f"shock '{self.name}'", self, SHOCK_RANGED))


@dataclass(frozen=True)
class Closure:
    """Cash points that go: collectors, counters or agents of one utility, straight from start to end.

    ``left`` is the share still open after the end; before the start ``before`` were open. ``to`` names the cash
    method that takes the customers over without asking them; without it they have to choose. ``ranges`` gives
    (low, high) of either share, used by prior draws only.
    """

    name: str
    utility: str
    method: str
    start: int
    end: int
    districts: tuple[str, ...] = ()
    left: float = 0.0
    before: float = 1.0
    to: str | None = None
    source: str = "assumed"
    ranges: Mapping[str, Range] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Refuse an unknown utility or method, shares outside [0, 1], and an end before the start."""
        _known("utility", self.utility, UTILITIES)
        _known("cash method", self.method, CASH_METHODS)
        if self.to is not None:
            _known("cash method", self.to, CASH_METHODS)
        _ordered(f"closure '{self.name}'", self.start, self.end)
        for what, value in (("left", self.left), ("before", self.before)):
            if not 0 <= value <= 1:
                raise BadValue(what=f"{what} of closure '{self.name}'", value=value, expected="a share in [0, 1]")
        object.__setattr__(self, "ranges", held(f"closure '{self.name}'", self, CLOSURE_RANGED))

    def open_share(self, month: int) -> float:
        """Return the share of points open in a month."""
        if month < self.start:
            return self.before
        if month >= self.end:
            return self.left
        done = (month - self.start + 1) / (self.end - self.start + 1)
        return self.before + (self.left - self.before) * done


@dataclass(frozen=True)
class Regulation:
    """When each rule of the State Bank comes into force, as month numbers."""

    ekyc: int = month_number("2021-03")
    mobile_money: int = month_number("2021-11")
    biometric: int = month_number("2024-07")
    verified_accounts: int = month_number("2025-01")
    mobile_money_permanent: int = month_number("2026-01")
    sim_check: int = month_number("2026-04")


@dataclass(frozen=True)
class Policy:
    """How a utility behaves: ``fixed``, ``scheduled`` (its closures), or ``adaptive`` (closes, reinvests)."""

    use: str = "scheduled"
    close_below: float = 0.1
    reinvest: float = 0.0
    budget: float | None = None

    def __post_init__(self) -> None:
        """Refuse an unknown policy, shares outside [0, 1], and an adaptive policy without a budget."""
        if ":" not in self.use:
            _known("policy", self.use, POLICIES)
        for what, value in (("close_below", self.close_below), ("reinvest", self.reinvest)):
            if not 0 <= value <= 1:
                raise BadValue(what=f"{what} of a policy", value=value, expected="a share in [0, 1]")
        if self.use == "adaptive" and self.budget is None:
            raise BadValue(what="budget of an adaptive policy", value=None, expected="VND a month, 0 or more")
        if self.budget is not None and self.budget < 0:
            raise BadValue(what="budget of a policy", value=self.budget, expected="VND a month, 0 or more")


def _counted(value: float, low: float, high: float, unit: str = "share", limits: Range = SHARE) -> Any:
    """Return a number of the observation: its default, plausible range, unit, source, and what it may be."""
    told = {"range": (low, high), "unit": unit, "source": "assumed", "limits": limits}
    return field(default=value, metadata=told)


@dataclass(frozen=True)
class Observation:
    """How household truth becomes reported statistics; every number here is an assumption.

    ``agent_counted_before/after``: share of agent cash that a utility counts as non-cash, before and after
    ``recount``; ``firms``: non-domestic share of customers, ``firms_revenue`` of revenue, ``firms_digital`` of them
    paying without cash; ``helped_counted``: chance that a survey finds the one who pays for another household;
    ``accounts_ratio``: accounts as the State Bank counts over accounts as the survey finds. ``ranges`` gives (low,
    high) of any of them, used by prior draws only; those not given are the plausible ones.
    """

    agent_counted_before: float = _counted(0.05, 0.0, 0.1)
    agent_counted_after: float = _counted(0.55, 0.1, 0.9)
    recount: int = month_number("2019-04")
    firms: float = _counted(0.08, 0.05, 0.12)
    firms_revenue: float = _counted(0.55, 0.4, 0.75)
    firms_digital: float = _counted(0.95, 0.85, 1.0)
    payer_ratio: float = _counted(1.0, 0.7, 1.5, "ratio", (0.001, 100.0))
    other_bills_digital: float = _counted(0.465, 0.3, 0.65)
    other_bills_cash: float = _counted(0.089, 0.05, 0.4)
    helped_counted: float = _counted(0.5, 0.2, 0.8, "chance")
    accounts_ratio: float = _counted(1.2, 1.1, 1.35, "ratio", (0.001, 100.0))
    ranges: Mapping[str, Range] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Refuse a range of what is not there, or with an end that the number may not be."""
        usual = {name: told["range"] for name, told in OBSERVED.items()}
        object.__setattr__(self, "ranges", {**usual, **self.ranges})
        limits = {name: told["limits"] for name, told in OBSERVED.items()}
        object.__setattr__(self, "ranges", held("the observation", self, limits))


OBSERVED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {f.name: f.metadata for f in fields(Observation) if f.metadata}
)
"""Range, unit, source and limits of each uncertain number of the observation."""


@dataclass(frozen=True)
class Settings:
    """A whole experiment's world and plan: what `Scenario.build` makes and `CashlessModel` runs."""

    title: str
    place: str
    start: int
    end: int
    rules: tuple[Rule, ...]
    campaigns: tuple[Campaign, ...] = ()
    shocks: tuple[Shock, ...] = ()
    closures: tuple[Closure, ...] = ()
    regulation: Regulation = field(default_factory=Regulation)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    banks: Mapping[str, Terms] = field(default_factory=dict)
    wallets: Mapping[str, Terms] = field(default_factory=dict)
    observation: Observation = field(default_factory=Observation)
    households: int | None = None
    imitation: str | None = None
    network: str = "village"
    measures: tuple[str, ...] = ()
    commitment: str = "medium"
    turnover: bool = True
    occasions: bool = True

    def __post_init__(self) -> None:
        """Refuse what does not fit together."""
        _ordered("the run", self.start, self.end)
        if self.imitation is not None:
            _known("imitation", self.imitation, tuple(IMITATION))
        if not is_outside(self.network):
            _known("network", self.network, ("village", "well-mixed", "none"))
        _known("commitment", self.commitment, tuple(COMMITMENT))
        for utility in self.policies:
            _known("utility", utility, UTILITIES)
        names = [c.name for c in self.campaigns]
        for name in names:
            if names.count(name) > 1:
                raise BadValue(what="campaign name", value=name, expected="a name used once")
        for shock in self.shocks:
            if shock.end < self.start or shock.start > self.end:
                raise BadValue(
                    what=f"shock '{shock.name}'",
                    value=f"{month_text(shock.start)} to {month_text(shock.end)}",
                    expected=f"months between {month_text(self.start)} and {month_text(self.end)}",
                )
        for campaign in self.campaigns:
            if campaign.method is not None:
                _known("method", campaign.method, tuple(m.name for m in Method))

    @property
    def months(self) -> int:
        """Number of months."""
        return self.end - self.start + 1
