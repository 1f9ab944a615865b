"""What banks and wallets offer: fees, reliability, how hard they sell, as small classes that can be replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.units import month_text

OFFERS = ("steady", "seeking")
EVERYONE = "all"


@dataclass(frozen=True)
class Terms:
    """What one bank or wallet offers, or all of them; ``error`` comes to what is usual for its kind (rule Pay).

    ``fee`` and ``discount`` are VND for one payment, ``drive`` a factor on how readily its households open an account,
    ``outages`` the share of payments that fail besides in some months (numbers). A ``seeking`` one multiplies its
    drive by ``push``, and gives the discount, only while less than ``aim`` of its households are customers.
    """

    use: str = "steady"
    error: float = 0.0
    fee: float = 0.0
    discount: float = 0.0
    drive: float = 1.0
    push: float = 2.0
    aim: float = 0.8
    outages: Mapping[int, float] = field(default_factory=dict)
    source: str = "assumed"

    def __post_init__(self) -> None:
        """Refuse an unknown offer, and numbers outside their ranges."""
        if ":" not in self.use and self.use not in OFFERS:
            known, near = ", ".join(OFFERS), nearest(self.use, OFFERS)
            raise UnknownName(what="policy of a bank or wallet", name=self.use, expected=known, near=near)
        shares = {"error": self.error, "aim": self.aim}
        shares |= {f"outage of {month_text(month)}": share for month, share in self.outages.items()}
        for what, value in shares.items():
            if not 0 <= value <= 1:
                raise BadValue(what=f"{what} of a bank or wallet", value=value, expected="a share in [0, 1]")
        for what in ("fee", "discount", "drive", "push"):
            if getattr(self, what) < 0:
                value = getattr(self, what)
                raise BadValue(what=f"{what} of a bank or wallet", value=value, expected="a number of 0 or more")


class Offer(Protocol):
    """What a bank or wallet asks of its policy; ``watches`` says whether it wants to know its customers."""

    watches: bool

    def error(self, month: int) -> float:
        """Return the chance that it fails a payment, besides what is usual."""

    def fee(self, month: int) -> float:
        """Return VND for one payment, less what it gives back."""

    def drive(self, month: int) -> float:
        """Return the factor on how readily its households open an account."""

    def after(self, customers: float) -> None:
        """Look at the share of its households that are customers at the month's end."""


class Steady:
    """Keeps its terms, but for the outages of the calendar."""

    watches = False

    def __init__(self, terms: Terms) -> None:
        """``terms`` are those of the scenario."""
        self.terms = terms

    def error(self, month: int) -> float:
        """The stated error and this month's outage."""
        return min(self.terms.error + self.terms.outages.get(month, 0.0), 1.0)

    def fee(self, month: int) -> float:
        """The fee less the discount."""
        return self.terms.fee - self.terms.discount

    def drive(self, month: int) -> float:
        """As stated."""
        return self.terms.drive

    def after(self, customers: float) -> None:
        """Nothing follows."""


class Seeking(Steady):
    """Sells harder, and gives its discount, until enough of its households are customers."""

    watches = True

    def __init__(self, terms: Terms) -> None:
        """Begin seeking."""
        super().__init__(terms)
        self.seeks = True

    def fee(self, month: int) -> float:
        """The fee, less the discount while it seeks."""
        return super().fee(month) if self.seeks else self.terms.fee

    def drive(self, month: int) -> float:
        """The drive, pushed while it seeks."""
        return super().drive(month) * (self.terms.push if self.seeks else 1.0)

    def after(self, customers: float) -> None:
        """Stop when the aim is reached; begin again below it."""
        self.seeks = customers < self.terms.aim


OFFER_CLASSES: Mapping[str, type[Steady]] = {"steady": Steady, "seeking": Seeking}


def terms_of(name: str, given: Mapping[str, Terms]) -> Terms:
    """Return a bank's or wallet's own terms, else those of all, else the usual ones."""
    return given.get(name, given.get(EVERYONE, Terms()))
