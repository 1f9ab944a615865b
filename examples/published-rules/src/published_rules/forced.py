"""What leaves a household no choice, whatever theory it follows: a closed point, a new household, a cut."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import CASH
from cashless_sim.rules.choose import point_open
from cashless_sim.rules.maths import formula


@formula
def closed(h: Any, here: Any, b: int) -> Any:
    """Whether the cash point in use is gone and nobody took it over."""
    first = h.method[b] == CASH[0] and not point_open(h, here, b, CASH[0]) and here.handover[b, CASH[0]] == 0.0
    second = h.method[b] == CASH[1] and not point_open(h, here, b, CASH[1]) and here.handover[b, CASH[1]] == 0.0
    third = h.method[b] == CASH[2] and not point_open(h, here, b, CASH[2]) and here.handover[b, CASH[2]] == 0.0
    return first or second or third
