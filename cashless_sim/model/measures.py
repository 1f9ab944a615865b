"""What is reported each month, one function a measure: sums in, a value for each group out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import BILLS, CASH, DIGITAL, METHODS, Bill, Method

F64 = NDArray[np.float64]
Sums = Callable[[str], F64]


@dataclass(frozen=True)
class Measure:
    """A number that is reported: name, unit, meaning."""

    name: str
    unit: str
    meaning: str


SHARES = {
    "account": "households whose payer has a bank account",
    "smartphone": "households whose payer uses a smartphone",
    "mobile_money": "households whose payer has mobile money",
    "aware": "households whose payer knows that bills can be paid without cash",
    "able": "households that could pay a bill by an own digital method",
    "transacts": "households whose payer makes digital payments of any kind",
    "active": "households that paid a bill digitally this month",
    "using": "households that paid a bill digitally in the last three months",
    "ever": "households that ever paid a bill digitally",
    "adopted": "households that paid a bill digitally for the first time this month",
    "lapsed": "households that lapsed this month: three bills in a row not digital",
    "gone": "households that once paid digitally and dissolved this month",
}
MEASURES = (
    *(Measure(code, "share", f"statistic {code}") for code in "ABCDEFG"),
    *(Measure(name, "share", meaning) for name, meaning in SHARES.items()),
    Measure("late", "share", "bills of the month that are not paid, by bill"),
    Measure("own_digital", "share", "bills of the month paid digitally by the household itself, by bill"),
    Measure("method_share", "share", "bills of the month paid by the method, by bill"),
    Measure("bills", "bills", "bills issued in the month, by bill"),
    Measure("billed", "VND", "money billed in the month, by bill"),
    Measure("received", "VND", "money that the utility got in the month, what was carried included, by bill"),
    Measure("owed", "VND", "money that households owe at the month's end, by bill"),
    Measure("fees", "VND", "what households paid to channels for paying, less what they gave back, by bill"),
    Measure("cut", "share", "customers without supply until they pay what they owe, by bill"),
    Measure("cost_to_serve", "VND/bill", "what collecting a paid bill costs the utility, by bill"),
    Measure("households", "households", "real households that the group stands for"),
    Measure("contacts", "contacts", "outreach contacts in the month, by campaign"),
    Measure("spent", "VND", "spending on outreach in the month, by campaign"),
    Measure("adopted_by", "households", "first digital payments in the month, by cause"),
    Measure("lapsed_by", "households", "lapses in the month, by cause"),
)


def shares(sums: Sums) -> Mapping[str, F64]:
    """Return the simple shares of households for each group."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return {name: sums(name) / sums("households") for name in SHARES}


def by_bill(sums: Sums) -> dict[str, F64]:
    """Return ``measure;bill=…`` → a value for each group: bills, money, lateness, how they were paid."""
    found: dict[str, F64] = {}
    for b in BILLS:
        bill = f"bill={Bill(b).name.lower()}"
        customers = sums(f"customers.{b}")
        paid = {m: sums(f"paid.{b}.{m}") for m in METHODS}
        own: F64 = np.sum([paid[m] for m in DIGITAL], axis=0)
        found[f"bills;{bill}"] = customers
        found[f"billed;{bill}"] = sums(f"billed.{b}")
        found[f"received;{bill}"] = sums(f"received.{b}")
        found[f"owed;{bill}"] = sums(f"owed.{b}")
        found[f"fees;{bill}"] = sums(f"outlay.{b}") - sums(f"received.{b}")
        with np.errstate(divide="ignore", invalid="ignore"):
            found[f"late;{bill}"] = sums(f"late.{b}") / customers
            found[f"cut;{bill}"] = sums(f"cut.{b}") / customers
            found[f"own_digital;{bill}"] = own / customers
            for m in METHODS:
                found[f"method_share;{bill};method={Method(m).name}"] = paid[m] / customers
    return found


def cost_to_serve(sums: Sums, cash: float, digital: float) -> dict[str, F64]:
    """Return VND per paid bill for each utility and group, at a cost for each cash and each electronic payment."""
    found = {}
    for b in BILLS:
        in_cash: F64 = np.sum([sums(f"paid.{b}.{m}") for m in CASH], axis=0)
        others: F64 = np.sum([sums(f"paid.{b}.{m}") for m in (*DIGITAL, int(Method.PROXY))], axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            found[f"cost_to_serve;bill={Bill(b).name.lower()}"] = (in_cash * cash + others * digital) / (
                in_cash + others
            )
    return found
