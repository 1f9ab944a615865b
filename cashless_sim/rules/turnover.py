"""Households change without any outreach: they form and dissolve, payers age, pass the role on, find new work."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import Education, Sex
from cashless_sim.rules.maths import exp
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.rules.surroundings import CLASS_OF_YEAR, JANUARY, SELLING, TURNOVER
from cashless_sim.units import Count, Number, Rate, Utility


class Turnover(Rule):
    """Age, the payer's role, wages into accounts and online selling move by dated rates; households come and go.

    A household that dissolves leaves its dwelling, meter and id to one that forms: younger, and new to everything.
    """

    owns = (
        Column("age", Count, "years", "age of the bill payer"),
        Column("sex", Sex, "code", "sex of the bill payer"),
        Column("education", Education, "code", "highest level completed by the bill payer"),
        Column("salaried", bool, "yes/no", "the wage is paid into an account"),
        Column("online_seller", bool, "yes/no", "sells on e-commerce sites"),
        Column("new_payer", bool, "yes/no", "the role of payer passed on this month", passing=True),
        Column("moved_in", bool, "yes/no", "a new household took the place of one that dissolved", passing=True),
    )
    draws = (Draw("passes"), Draw("who"), Draw("wage"), Draw("sells"), Draw("forms"), Draw("how_old"))
    reads = (TURNOVER, JANUARY, CLASS_OF_YEAR, SELLING)

    passing_on: Rate = parameter(
        0.002,
        "monthly chance at 60 that a younger member takes over",
        plausible=(0.0005, 0.005),
        source="assumed",
    )
    passing_age: Utility = parameter(
        0.07, "change of that log chance for each year over 60", plausible=(0.03, 0.1), source="assumed"
    )
    years_younger: Number = parameter(
        27.0, "years between a payer and the one who takes over", plausible=(20.0, 32.0), source="assumed"
    )
    forms: Rate = parameter(
        0.0015,
        "monthly chance that a household dissolves and a new one takes its place",
        plausible=(0.0005, 0.003),
        source="assumed",
    )
    youngest: Number = parameter(
        22.0, "age of the youngest payer of a new household", plausible=(19.0, 25.0), source="assumed"
    )
    oldest: Number = parameter(
        40.0, "age of the oldest payer of a new household", plausible=(30.0, 50.0), source="assumed"
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Grow older each January; dissolve and form; pass the role on; let work change."""
        if here.january > 0.5:
            h.age = min(h.age + 1.0, 100.0)
        chance = self.passing_on * here.turnover * exp(self.passing_age * (h.age - 60.0))
        h.moved_in = u.forms < self.forms * here.turnover
        h.new_payer = not h.moved_in and u.passes < chance and (h.adults > 1.0 or h.age > 75.0)
        if h.moved_in:
            h.age = self.youngest + u.how_old * max(self.oldest - self.youngest, 0.0)
            h.salaried = False
            h.online_seller = False
        if h.new_payer:
            h.age = max(h.age - self.years_younger, 20.0)
        if h.new_payer or h.moved_in:
            h.sex = Sex.MALE if u.who < 0.5 else Sex.FEMALE
            h.education = min(h.education + 1.0, 4.0)
        if not h.salaried and h.age < 60.0 and u.wage < here.wage_growth:
            h.salaried = True
        if not h.online_seller and h.smartphone and u.sells < here.selling_growth:
            h.online_seller = True
