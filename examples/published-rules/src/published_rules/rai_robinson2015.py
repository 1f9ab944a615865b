"""Planned behaviour: a household acts when its attitude and its control both suffice."""

from __future__ import annotations

from typing import Any

import cashless_sim.rules.consider as shipped
from cashless_sim.codes import BILLS, DIGITAL, Cause
from cashless_sim.rules.bills import has_bill
from cashless_sim.rules.rule import Column, Draw, Rule, ShareOf, parameter
from cashless_sim.rules.surroundings import HANDOVER, OFFERED, POINTS, SIGNER
from cashless_sim.units import Rate, Share

from published_rules.forced import closed


class Consider(Rule):
    """Attitude moves towards what contacts do; above a threshold, and with enough control, one acts [RaiRobinson2015].

    As in that model of rooftop solar, a social attitude and perceived control decide together [Ajzen1991]; all numbers
    are recalled or assumed. Two things are simpler: attitude follows the share of contacts that pay without cash
    (there it follows one contact's own attitude, by relative agreement), and control is skill (there it is payback
    against income).
    """

    owns = (*shipped.Consider.owns, Column("attitude", Share, "share", "how well it thinks of paying without cash"))
    draws = (Draw("begins", once=True), Draw("acts"), Draw("assisted"))
    peers = (ShareOf("paying_share", where="pays_digitally"),)
    reads = (POINTS, HANDOVER, OFFERED, SIGNER)
    rises = {"peers.paying_share": "attitude", "acts": "considers"}
    falls = {"needed_attitude": "considers", "needed_control": "considers"}

    openness: Rate = parameter(
        0.1,
        "share of the way to what contacts do that attitude moves in a month",
        plausible=(0.02, 0.3),
        source="assumed",
    )
    own: Share = parameter(0.5, "weight of one's own first opinion in attitude", plausible=(0.2, 0.8), source="assumed")
    needed_attitude: Share = parameter(0.4, "attitude from which one acts", plausible=(0.2, 0.7), source="assumed")
    needed_control: Share = parameter(0.35, "skill from which one feels able", plausible=(0.2, 0.6), source="assumed")
    acts: Rate = parameter(0.05, "monthly chance of acting on an intention", plausible=(0.005, 0.3), source="assumed")

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Form an attitude, then act on it when able, when signed up on the spot, and when there is no other way."""
        wanted = self.own * u.begins + (1.0 - self.own) * peers.paying_share
        h.attitude = min(max(h.attitude + self.openness * (wanted - h.attitude), 0.0), 1.0)
        ready = h.attitude >= self.needed_attitude and h.skill >= self.needed_control and u.acts < self.acts
        cash = h.method[0] not in DIGITAL or h.method[1] not in DIGITAL or h.method[2] not in DIGITAL
        h.signs_up = cash and u.assisted < here.offered
        for b in BILLS:
            h.considers[b] = False
            h.slips[b] = False
            h.why[b] = Cause.PEER if peers.paying_share > 0.0 else Cause.SPONTANEOUS
            if has_bill(h, b):
                h.considers[b] = ready and h.method[b] not in DIGITAL
                if h.cut[b]:
                    h.considers[b] = True
                    h.why[b] = Cause.CASH_FAILED
                if h.new_payer:
                    h.considers[b] = True
                    h.why[b] = Cause.NEW_PAYER
                if h.signs_up and h.method[b] not in DIGITAL:
                    h.considers[b] = True
                    h.why[b] = here.signer
                if closed(h, here, b):
                    h.considers[b] = True
                    h.why[b] = Cause.CLOSURE
                if h.moved_in:
                    h.considers[b] = True
                    h.why[b] = Cause.NEW_HOUSEHOLD
