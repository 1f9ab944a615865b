"""Which bills a household gets, and how much they come to."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import Bill
from cashless_sim.rules.maths import formula


@formula
def has_bill(h: Any, b: int) -> Any:
    """Whether the household is the utility's customer: a tenant's landlord holds the electricity meter."""
    if b == Bill.ELECTRICITY:
        return not h.tenant
    if b == Bill.WATER:
        return h.piped_water
    return h.fixed_internet


@formula
def electricity_amount(h: Any, here: Any) -> Any:
    """VND for this month's kWh over the six tiers of 50, 50, 100, 100, 100 and the rest."""
    used = h.kwh * here.season[Bill.ELECTRICITY]
    first = min(used, 50.0) * here.tariff[0]
    second = min(max(used - 50.0, 0.0), 50.0) * here.tariff[1]
    third = min(max(used - 100.0, 0.0), 100.0) * here.tariff[2]
    fourth = min(max(used - 200.0, 0.0), 100.0) * here.tariff[3]
    fifth = min(max(used - 300.0, 0.0), 100.0) * here.tariff[4]
    return first + second + third + fourth + fifth + max(used - 400.0, 0.0) * here.tariff[5]


@formula
def amount(h: Any, here: Any, b: int) -> Any:
    """VND of one bill this month."""
    if b == Bill.ELECTRICITY:
        return electricity_amount(h, here)
    return here.price[b] * here.season[b]
