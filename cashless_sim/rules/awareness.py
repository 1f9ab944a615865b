"""Households come to know that bills can be paid without cash."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import Cause
from cashless_sim.rules.maths import power
from cashless_sim.rules.rule import Column, CountOf, Draw, Rule, parameter
from cashless_sim.rules.surroundings import INFORMED, TELLER
from cashless_sim.units import Code, Rate, Share


class Awareness(Rule):
    """Word of mouth and outreach: 1 − (1−q_P)^a (1−q_N)^b, payers tell more than others [Banerjee2013].

    Some households are talkers, who pass on what they know as payers do: villagers can name them, so nominated
    spreaders reach more than random ones [Banerjee2019].
    """

    owns = (
        Column("aware_bank", bool, "yes/no", "knows that bills can be paid through a bank"),
        Column("aware_wallet", bool, "yes/no", "knows that bills can be paid with a wallet or mobile money"),
        Column("heard_from", Code, "code", "who told it first: a cause or a campaign"),
        Column("spreads", bool, "yes/no", "is a talker who knows but does not pay so"),
    )
    draws = (Draw("hears"), Draw("which"), Draw("forgets"), Draw("reachable", once=True), Draw("reserve", once=True))
    peers = (
        CountOf("paying", where="pays_digitally"),
        CountOf("informed", where="aware_bank"),
        CountOf("spreading", where="spreads"),
    )

    reads = (INFORMED, TELLER)

    tell: Share = parameter(
        0.30,
        "chance that a payer, or a talker who knows, tells one given tie in a month",
        plausible=(0.10, 0.50),
        source="Banerjee2013",
    )
    tell_informed: Share = parameter(
        0.03, "the same for others who know but do not pay", plausible=(0.02, 0.10), source="Banerjee2013"
    )
    talkers: Share = parameter(
        0.15, "share of households that pass on what they know as payers do", plausible=(0.0, 0.3), source="assumed"
    )
    unreachable: Share = parameter(
        0.08,
        "share of households that neither word nor outreach makes aware",
        plausible=(0.02, 0.2),
        source="assumed",
    )
    forget: Rate = parameter(
        0.01,
        "monthly chance that one who does not pay so forgets it",
        plausible=(0.0, 0.03),
        source="assumed",
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Knowing begins at the first contact and fades without use."""
        loud = peers.paying + peers.spreading
        silent = power(1.0 - self.tell, loud) * power(1.0 - self.tell_informed, max(peers.informed - loud, 0.0))
        told = u.hears < 1.0 - silent
        if h.moved_in:
            h.aware_bank = False
            h.aware_wallet = False
            h.heard_from = Cause.NOT_YET
        if h.aware_bank and not h.transacts and u.forgets < self.forget:
            h.aware_bank = False
            h.aware_wallet = False
        if u.reachable > self.unreachable and (told or here.informed > 0.5):
            if h.heard_from == Cause.NOT_YET:
                h.heard_from = here.teller if here.informed > 0.5 else Cause.PEER
            if not h.aware_bank:
                h.aware_bank = True
            if u.which < 0.6:
                h.aware_wallet = True
        if h.transacts:
            h.aware_bank = True
            h.aware_wallet = True
        h.spreads = u.reserve < self.talkers and h.aware_bank and (h.moved_in or not h.pays_digitally)
