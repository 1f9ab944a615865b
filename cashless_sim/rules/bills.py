"""Which bills a household gets, and how much they come to."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import Bill, Method
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


@formula
def thousands(h: Any, here: Any, b: int) -> Any:
    """Thousand VND of one bill this month, whole and at least 1: whole numbers add up exactly."""
    shift = 12582912.0  # 1.5 times 2 to the 23: beside it a float32 has no room for a fraction
    return max((amount(h, here, b) * 0.001 + shift) - shift, 1.0)


@formula
def fee_of(h: Any, here: Any, b: int, m: int) -> Any:
    """VND that the household pays the channel for one bill by a method."""
    if m == Method.WALLET:
        return here.fee[b, m] + here.provider_fee
    if m in (Method.TRANSFER, Method.AUTODEBIT):
        return here.fee[b, m] + here.bank_fee
    return here.fee[b, m]
