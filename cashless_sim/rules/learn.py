"""Households learn from what happened: habit, skill and trust move."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import BILLS, Occasion
from cashless_sim.rules.bills import has_bill
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.rules.surroundings import REASSURED, SCAM, TAUGHT
from cashless_sim.units import Rate, Share


class Learn(Rule):
    """Use builds habit and skill; success builds trust, failures and scams heard of break it [Wood2016]."""

    owns = (
        Column("habit", Share, "share", "strength of the habit of the method in use", per=BILLS),
        Column("skill", Share, "share", "can use a phone or bank app alone", start=0.3),
        Column("trust", Share, "share", "trusts digital payment", start=0.5),
    )
    draws = (Draw("hears"),)
    reads = (SCAM, TAUGHT, REASSURED)

    habit_up: Rate = parameter(
        0.15,
        "share of the way to full habit in a month of the same method",
        plausible=(0.05, 0.3),
        source="assumed",
    )
    skill_up: Rate = parameter(
        0.06, "share of the skill gap closed by a month of use", plausible=(0.02, 0.15), source="assumed"
    )
    skill_fades: Rate = parameter(
        0.003, "share of skill lost in a month without use", plausible=(0.0, 0.01), source="assumed"
    )
    trust_up: Rate = parameter(
        0.03,
        "share of the trust gap closed by a month of payments that worked",
        plausible=(0.01, 0.1),
        source="assumed",
    )
    trust_down: Share = parameter(
        0.10, "share of trust lost by a failed payment", plausible=(0.02, 0.3), source="assumed"
    )
    scam_drop: Share = parameter(
        0.10,
        "share of trust lost by hearing of a scam from someone close",
        plausible=(0.03, 0.3),
        source="assumed",
    )
    occasion_up: Share = parameter(
        0.05,
        "share of the skill gap closed by another digital occasion",
        plausible=(0.0, 0.15),
        source="assumed",
    )

    young_skill: Share = parameter(
        0.5,
        "share of the skill gap by which a new, younger payer is ahead; the skill of a new household",
        plausible=(0.2, 0.8),
        source="assumed",
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Move habit, skill and trust by shares of the way that is left."""
        if h.new_payer:
            h.skill += self.young_skill * (1.0 - h.skill)
            h.trust += 0.5 * (0.5 - h.trust)
        if h.moved_in:
            h.skill = self.young_skill
            h.trust = 0.5
        stumbled = False
        for b in BILLS:
            if has_bill(h, b):
                if h.late[b] > 0:
                    stumbled = True
                if h.changed[b]:
                    h.habit[b] = 0.0
                else:
                    h.habit[b] += self.habit_up * (1.0 - h.habit[b])
        h.skill += here.taught * (1.0 - h.skill)
        if h.occasion > Occasion.NONE:
            h.skill += self.occasion_up * (1.0 - h.skill)
        if h.pays_digitally:
            h.skill += self.skill_up * (1.0 - h.skill)
            h.trust += (-self.trust_down * h.trust) if stumbled else self.trust_up * (1.0 - h.trust)
        elif not h.transacts:
            h.skill -= self.skill_fades * h.skill
        if u.hears < here.scam:
            h.trust -= self.scam_drop * h.trust
        h.trust = min(max(h.trust + here.reassured, 0.0), 1.0)
