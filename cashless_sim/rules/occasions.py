"""Other occasions to pay or be paid without cash: they open gates, teach, and make households think again."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import Occasion
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.rules.surroundings import BENEFITS, DESKS, FEES, GIFTS
from cashless_sim.units import Number


class Occasions(Rule):
    """One mechanism, who and when by table: benefit, school or hospital fee, public service, gift [Breza2020]."""

    owns = (Column("occasion", Occasion, "code", "what happened this month, felt the next"),)
    draws = (Draw("benefit"), Draw("fee"), Draw("desk"), Draw("gift"))
    reads = (BENEFITS, FEES, DESKS, GIFTS)

    benefit_age: Number = parameter(
        60.0, "age from which a pension or benefit is likely", plausible=(55.0, 80.0), source="assumed"
    )
    poor_below: Number = parameter(
        1500.0,
        "thousand VND a head a month below which a benefit is likely",
        plausible=(1000.0, 2200.0),
        source="assumed",
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """At most one occasion a month is kept, the strongest first."""
        h.occasion = Occasion.NONE
        if h.transacts and u.gift < here.gifts:
            h.occasion = Occasion.GIFT
        if u.desk < here.public_services and (h.account or h.mobile_money):
            h.occasion = Occasion.PUBLIC_SERVICE
        if h.size >= 3.0 and h.age < 60.0 and u.fee < here.school_fees:
            h.occasion = Occasion.SCHOOL_OR_HOSPITAL
        if (h.age >= self.benefit_age or h.income < self.poor_below) and u.benefit < here.benefits:
            h.occasion = Occasion.BENEFIT
