"""Information passing: households learn of it from informed contacts, payers passing it on more than others."""

from __future__ import annotations

from typing import Any

import cashless_sim.rules.awareness as shipped
from cashless_sim.codes import Cause
from cashless_sim.rules.maths import power
from cashless_sim.rules.rule import CountOf, Draw, Rule, parameter
from cashless_sim.rules.surroundings import INFORMED, TELLER
from cashless_sim.units import Share


class Awareness(Rule):
    """Informed participants tell a tie with chance q_P, informed others with q_N, every period [Banerjee2013].

    Nothing else: no talkers, no one beyond reach, no forgetting. That participants pass it on seven times as often
    is of the published abstract; the level is recalled. The paper finds no endorsement, so the shipped imitation is
    to be switched off beside it (``imitation = "none"``).
    """

    owns = shipped.Awareness.owns
    draws = (Draw("hears"), Draw("which"))
    peers = (CountOf("paying", where="pays_digitally"), CountOf("informed", where="aware_bank"))
    reads = (INFORMED, TELLER)
    rises = {"tell": "aware_bank", "peers.informed": "aware_bank"}

    tell: Share = parameter(
        0.35, "q_P: chance that an informed payer tells one tie in a month", plausible=(0.1, 0.6), source="Banerjee2013"
    )
    ratio: Share = parameter(
        0.143, "q_N over q_P: how much less informed others tell", plausible=(0.05, 0.3), source="Banerjee2013"
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Knowing begins at the first contact and stays."""
        others = max(peers.informed - peers.paying, 0.0)
        silent = power(1.0 - self.tell, peers.paying) * power(1.0 - self.tell * self.ratio, others)
        if h.moved_in:
            h.aware_bank = False
            h.aware_wallet = False
            h.heard_from = Cause.NOT_YET
        if u.hears < 1.0 - silent or here.informed > 0.5:
            if h.heard_from == Cause.NOT_YET:
                h.heard_from = here.teller if here.informed > 0.5 else Cause.PEER
            h.aware_bank = True
            if u.which < 0.6:
                h.aware_wallet = True
        if h.transacts:
            h.aware_bank = True
            h.aware_wallet = True
        h.spreads = False
