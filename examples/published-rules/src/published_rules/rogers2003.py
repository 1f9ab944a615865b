"""A threshold: each household reconsiders once enough of its contacts pay without cash."""

from __future__ import annotations

from typing import Any

import cashless_sim.rules.consider as shipped
from cashless_sim.codes import BILLS, DIGITAL, Cause
from cashless_sim.rules.bills import has_bill
from cashless_sim.rules.rule import Draw, Rule, ShareOf, parameter
from cashless_sim.rules.surroundings import HANDOVER, OFFERED, POINTS, SIGNER
from cashless_sim.units import Rate, Share

from published_rules.forced import closed

KINDS = (0, 1, 2, 3, 4)
"""Innovators, early adopters, early majority, late majority, laggards."""
UP_TO = (0.025, 0.16, 0.5, 0.84, 1.0)
"""Share of households up to each kind [Rogers2003]."""


class Consider(Rule):
    """Innovators act by themselves, others when the share of paying contacts passes their threshold [Granovetter1978].

    The shares of the five kinds are those of [Rogers2003]; the thresholds are assumed, since he gives none. Who pays
    without cash goes on doing so.
    """

    owns = shipped.Consider.owns
    draws = (Draw("kind", once=True), Draw("acts"), Draw("assisted"))
    peers = (ShareOf("paying_share", where="pays_digitally"),)
    reads = (POINTS, HANDOVER, OFFERED, SIGNER)
    rises = {"acts": "considers", "peers.paying_share": "considers"}

    threshold: Share = parameter(
        (0.0, 0.1, 0.25, 0.5, 0.75),
        "share of contacts that must pay without cash, by kind of household",
        plausible=(0.0, 1.0),
        source="assumed",
        per=KINDS,
    )
    acts: Rate = parameter(
        0.05, "monthly chance of reconsidering once the threshold is passed", plausible=(0.005, 0.3), source="assumed"
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Reconsider when enough do it, when signed up on the spot, and when there is no other way."""
        needed = self.threshold[4]
        if u.kind < UP_TO[3]:
            needed = self.threshold[3]
        if u.kind < UP_TO[2]:
            needed = self.threshold[2]
        if u.kind < UP_TO[1]:
            needed = self.threshold[1]
        if u.kind < UP_TO[0]:
            needed = self.threshold[0]
        ready = peers.paying_share >= needed and u.acts < self.acts
        cash = h.method[0] not in DIGITAL or h.method[1] not in DIGITAL or h.method[2] not in DIGITAL
        h.signs_up = cash and u.assisted < here.offered
        for b in BILLS:
            h.considers[b] = False
            h.slips[b] = False
            h.why[b] = Cause.PEER if needed > 0.0 else Cause.SPONTANEOUS
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
