"""A province's own monthly counts among the targets of a fit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite

from cashless_sim.calibration.targets import Register, Target
from cashless_sim.errors import BadValue, DataProblem
from cashless_sim.units import month_text

PLACE = "hung-yen"
SD = 0.02
"""Error of a month's own count: customers counted twice or late, and the model's luck; assumed, 1 to 5 points."""
NEXT = "correct the form; its second sheet says what each column holds"


@dataclass(frozen=True)
class Count:
    """One place in one month: customers, those counted as cashless, and what else the form tells (None: not told).

    ``domestic`` are households among the cashless customers; ``accounts``, ``teams``, ``hours`` are kept for reports.
    """

    place: str
    month: int
    customers: float
    cashless: float
    domestic: float | None = None
    accounts: float | None = None
    teams: float | None = None
    hours: float | None = None


def checked(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Return counts that can be true, in the order of months; raise `DataProblem`."""
    found = tuple(sorted(counts, key=lambda one: (one.month, one.place)))
    if not found:
        raise DataProblem(
            where="form", problem="it holds no counts", expected="a row for each place and month", next=NEXT
        )
    seen: set[tuple[str, int]] = set()
    for one in found:
        where = f"{one.place} {month_text(one.month)}"
        if (one.place, one.month) in seen:
            raise DataProblem(
                where=where, problem="the row is there twice", expected="one for each place and month", next=NEXT
            )
        seen.add((one.place, one.month))
        for what in ("customers", "cashless", "domestic", "accounts", "teams", "hours"):
            value = getattr(one, what)
            if value is not None and not (isfinite(value) and value >= 0):
                raise DataProblem(
                    where=where, problem=f"{what} is {value}", expected="a number of 0 or more", next=NEXT
                )
        if one.customers <= 0 or one.cashless > one.customers or (one.domestic or 0.0) > one.cashless:
            problem = f"{one.cashless:g} cashless of {one.customers:g} customers"
            raise DataProblem(
                where=where, problem=problem, expected="domestic up to cashless up to customers", next=NEXT
            )
    return found


def shares(counts: tuple[Count, ...]) -> dict[int, float]:
    """Return month → cashless share of the customers of all places, for the months in which every place has a row."""
    places = {one.place for one in counts}
    months = sorted({one.month for one in counts})
    found = {}
    for month in months:
        mine = [one for one in counts if one.month == month]
        if {one.place for one in mine} == places:
            found[month] = sum(one.cashless for one in mine) / sum(one.customers for one in mine)
    return found


def with_local(register: Register, counts: Iterable[Count], sd: float = SD) -> Register:
    """Return a register with B of the province's months among its targets; raise `BadValue`, `DataProblem`.

    A month that the register has already is replaced. ``sd`` is the error of each month, as a share.
    """
    if not (isfinite(sd) and 0 < sd < 1):
        raise BadValue(what="sd", value=sd, expected="a share between 0 and 1")
    months = shares(checked(counts))
    if not months:
        raise DataProblem(where="form", problem="no month has all places", expected="one month or more", next=NEXT)
    own = tuple(
        Target(f"B.{PLACE}.{month_text(month)}.all", "B", PLACE, "all", "", share, sd, "", month)
        for month, share in months.items()
    )
    names = {one.name for one in own}
    targets = (*(one for one in register.targets if one.name not in names), *own)
    text = " ".join(f"{one.name}={one.value:.9g}±{one.sd:.9g}" for one in own)
    return replace(register, targets=targets, hash=hashlib.sha256(f"{register.hash} {text}".encode()).hexdigest())
