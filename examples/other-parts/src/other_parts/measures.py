"""How much of the money for bills is paid without cash."""

from __future__ import annotations

from typing import Any

import numpy as np
from cashless_sim.codes import DIGITAL
from cashless_sim.model.measures import Measure
from cashless_sim.model.own_measures import OwnMeasure
from cashless_sim.rules.maths import formula


@formula
def own_digital(h: Any, b: int) -> Any:
    """VND paid for a bill this month by the household itself, without cash."""
    return h.paid[b] * 1000.0 if h.method[b] in DIGITAL else 0.0


@formula
def digital_money(h: Any, here: Any) -> Any:
    """VND paid this month without cash."""
    return own_digital(h, 0) + own_digital(h, 1) + own_digital(h, 2)


@formula
def all_money(h: Any, here: Any) -> Any:
    """VND paid this month."""
    return h.paid[0] * 1000.0 + h.paid[1] * 1000.0 + h.paid[2] * 1000.0


def share_of_money(sums: Any, observation: Any, month: int) -> Any:
    """Return, of the money paid, what was paid without cash: float64[groups], share."""
    return np.divide(sums("parts.digital"), sums("parts.money"))


DIGITAL_MONEY = OwnMeasure(
    Measure("digital_money", "share", "money for bills that households paid themselves without cash this month"),
    {"parts.digital": digital_money, "parts.money": all_money},
    share_of_money,
)
