"""Failures that are remembered, and scams that are warned of."""

from __future__ import annotations

from typing import Any

import cashless_sim.rules.learn as shipped
from cashless_sim.codes import BILLS, Occasion
from cashless_sim.rules.bills import has_bill
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.rules.surroundings import REASSURED, SCAM, TAUGHT
from cashless_sim.units import Count, Rate, Share


class FailedPayments(Rule):
    """A failed digital payment is remembered, and forgotten month by month."""

    owns = (
        Column("counted", Count, "times", "own digital payments that failed, as counted last month", per=BILLS),
        Column("sore", Share, "share", "how vivid the last failure is: 1 just now, 0 forgotten"),
    )
    falls = {"forgets": "sore"}
    null = {"vivid": 0.0, "forgets": 1.0}

    vivid: Share = parameter(1.0, "how vivid a failure is in its month", plausible=(0.5, 1.0), source="assumed")
    forgets: Rate = parameter(0.3, "share of it that is forgotten in a month", plausible=(0.1, 0.6), source="assumed")

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Fade, then note what failed this month."""
        h.sore = h.sore * (1.0 - self.forgets)
        for b in BILLS:
            if h.failures[b] > h.counted[b]:
                h.sore = max(h.sore, self.vivid)
            h.counted[b] = h.failures[b]


class Learn(Rule):
    """The shipped rule, and warnings of scams that soften or sharpen their blow to trust [Kenya2023, Nigeria2024].

    Its name is that of the shipped rule, and so is its luck: what differs between two scenarios comes from warnings.
    """

    owns = (*shipped.Learn.owns, Column("warned", bool, "yes/no", "was warned of scams"))
    draws = (*shipped.Learn.draws, Draw("warned"))
    reads = (SCAM, TAUGHT, REASSURED)
    parameters = shipped.Learn.parameters
    rises = {"warns": "warned"}

    warns: Rate = parameter(
        0.05,
        "monthly chance of being warned, for one who knows of cashless payment, while scams are about",
        plausible=(0.0, 0.2),
        source="assumed",
    )
    shield: Share = parameter(
        0.3, "share of a scam's blow to trust that a warning takes away", plausible=(0.0, 0.6), source="assumed"
    )
    caution: Share = parameter(
        0.02,
        "share of trust lost by being warned: genuine messages are doubted too",
        plausible=(0.0, 0.1),
        source="assumed",
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Move habit, skill and trust as the shipped rule does; a warning changes what a scam does to trust."""
        if h.new_payer:
            h.skill += self.young_skill * (1.0 - h.skill)
            h.trust += 0.5 * (0.5 - h.trust)
        if h.moved_in:
            h.skill = self.young_skill
            h.trust = 0.5
            h.warned = False
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
        if here.scam > 0.0 and (h.aware_bank or h.aware_wallet) and not h.warned and u.warned < self.warns:
            h.warned = True
            h.trust -= self.caution * h.trust
        if u.hears < here.scam:
            blow = self.scam_drop * (1.0 - self.shield) if h.warned else self.scam_drop
            h.trust -= blow * h.trust
        h.trust = min(max(h.trust + here.reassured, 0.0), 1.0)
