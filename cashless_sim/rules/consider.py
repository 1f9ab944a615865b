"""Households reconsider how they pay: seldom by themselves, more often when something happens."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import BILLS, CASH, DIGITAL, FIRST_CAMPAIGN, Bill, Cause, Method, Occasion
from cashless_sim.rules.bills import has_bill
from cashless_sim.rules.choose import point_open
from cashless_sim.rules.maths import formula, log, power
from cashless_sim.rules.rule import Column, Draw, Rule, ShareOf, parameter
from cashless_sim.rules.surroundings import (
    COVID,
    HANDOVER,
    INCENTIVE,
    NUDGED,
    OFFERED,
    POINTS,
    SEASON,
    SIGNER,
    VERIFIED,
)
from cashless_sim.units import Code, Rate, Share

TRIGGERS = (0, 1, 2, 3, 4, 5, 6)
CODES = (
    int(Cause.SPONTANEOUS),
    int(Cause.PEER),
    int(Cause.NOT_YET),
    int(Cause.GATE_OPENED),
    int(Cause.SHOCK),
    int(Cause.SEASON),
    int(Cause.OCCASION),
)
CAMPAIGN = 2


@formula
def trigger_hazard(rule: Any, h: Any, peers: Any, here: Any, t: int) -> Any:
    """Monthly hazard of one trigger for a household that pays some bill in cash."""
    if t == 0:
        return rule.spontaneous
    if t == 1:
        return rule.by_peers * peers.paying_share
    if t == CAMPAIGN:
        return here.nudged * power(1.0 - rule.fatigue, max(h.contacts - 1.0, 0.0))
    if t == 3:
        return rule.by_gate if h.gate_opened else 0.0
    if t == 4:
        return rule.spontaneous * rule.covid_factor * here.covid
    if t == 5:
        return rule.by_season if here.season[Bill.ELECTRICITY] > 1.3 else 0.0
    return rule.by_occasion if h.occasion > Occasion.NONE else 0.0


@formula
def drift(rule: Any, h: Any, b: int) -> Any:
    """Monthly hazard that a digital payer slips back: less with habit, more in its first three months."""
    won = 1.0 if h.cause[b] >= FIRST_CAMPAIGN else 0.5
    early = 1.0 + rule.first_months * won if h.habit[b] < 0.4 else 1.0
    standing = rule.standing if h.method[b] == Method.AUTODEBIT else 1.0
    return rule.leave * early * standing * (1.0 - rule.kept_by_habit * h.habit[b])


@formula
def money_gone(rule: Any, h: Any, here: Any, b: int) -> Any:
    """Monthly hazard that one who pays by hand for the sake of an incentive stops when there is none."""
    by_hand = h.method[b] != Method.AUTODEBIT
    return rule.by_incentive_end if h.drawn[b] and by_hand and here.incentive[h.method[b]] <= 0.0 else 0.0


class Consider(Rule):
    """Triggers race (T = −log u / hazard); the first within the month is the cause [Handel2013].

    Digital payers slip back by a hazard of their own: one less the chance of paying so again next month. Those whom
    an incentive drew go back once it ends [Ho2022], unless a standing order pays for them. What leaves no choice
    comes before every race: a new household, then a closed point, a sign-up on the spot, a new payer, a supply cut.
    """

    owns = (
        Column("considers", bool, "yes/no", "reconsiders this bill this month", per=BILLS, passing=True),
        Column("why", Code, "code", "the trigger: a cause or a campaign", per=BILLS, passing=True),
        Column("slips", bool, "yes/no", "goes back to cash or to other hands", per=BILLS, passing=True),
        Column("signs_up", bool, "yes/no", "is set up on the spot by an assisted channel", passing=True),
    )
    draws = (
        Draw("race", per=(TRIGGERS,)),
        Draw("assisted"),
        Draw("failed", per=(BILLS,)),
        Draw("leaves"),
        Draw("ends"),
        Draw("verifies"),
    )
    peers = (ShareOf("paying_share", where="pays_digitally"),)
    reads = (POINTS, HANDOVER, COVID, SEASON, VERIFIED, NUDGED, OFFERED, SIGNER, INCENTIVE)

    spontaneous: Rate = parameter(
        0.003,
        "monthly hazard of reconsidering by oneself, cash payers",
        plausible=(0.0005, 0.10),
        source="assumed",
    )
    by_peers: Rate = parameter(
        0.20, "hazard added when every contact pays digitally", plausible=(0.0, 0.3), source="assumed"
    )
    by_gate: Rate = parameter(0.25, "hazard when a gate opened this month", plausible=(0.05, 0.6), source="assumed")
    covid_factor: Rate = parameter(
        2.0, "times the spontaneous hazard at full shock", plausible=(0.5, 4.0), source="assumed"
    )
    by_season: Rate = parameter(0.003, "hazard when a summer bill jumps", plausible=(0.0, 0.05), source="assumed")
    by_occasion: Rate = parameter(
        0.03, "hazard after another occasion to pay without cash", plausible=(0.0, 0.3), source="assumed"
    )
    by_failure: Rate = parameter(
        0.10,
        "hazard of reconsidering a bill that was late or failed",
        plausible=(0.02, 0.4),
        source="assumed",
    )
    leave: Rate = parameter(
        0.06,
        "monthly hazard that a digital payer without habit goes back: one less the chance of paying so again",
        plausible=(0.005, 0.07),
        source="assumed",
    )
    anew: Rate = parameter(
        0.0,
        "monthly hazard that a digital payer chooses anew among all methods; above 0 in theory only",
        source="assumed",
    )
    kept_by_habit: Share = parameter(
        0.3, "share of that hazard that full habit takes away", plausible=(0.2, 0.9), source="assumed"
    )
    standing: Share = parameter(
        0.15, "that hazard with a standing order, over that by hand", plausible=(0.05, 0.3), source="assumed"
    )
    by_incentive_end: Rate = parameter(
        0.6,
        "monthly hazard that one who pays by hand for an incentive stops once there is none",
        plausible=(0.3, 1.5),
        source="assumed",
    )
    first_months: Rate = parameter(
        1.5,
        "times that hazard added before a habit has formed, for campaign-won payers (half for others)",
        plausible=(0.0, 6.0),
        source="assumed",
    )
    by_verification: Rate = parameter(
        0.10, "hazard when unverified accounts stop working online", plausible=(0.0, 0.3), source="assumed"
    )
    fatigue: Share = parameter(0.15, "loss of effect with each further contact", plausible=(0.0, 0.4), source="assumed")

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Whoever pays by other hands or in cash races the triggers, a digital payer the reasons to leave."""
        first = 1.0
        why: Any = Cause.NOT_YET
        for t in TRIGGERS:
            time = -log(u.race[t]) / max(trigger_hazard(self, h, peers, here, t), 1e-12)
            if time < first:
                first = time
                why = h.reached_by if t == CAMPAIGN else CODES[t]
        h.signs_up = u.assisted < here.offered * power(1.0 - self.fatigue, max(h.contacts - 1.0, 0.0))
        for b in BILLS:
            h.considers[b] = False
            h.slips[b] = False
            h.why[b] = Cause.NOT_YET
            if has_bill(h, b):
                failing = self.by_failure if h.late[b] > 0 else 0.0
                failed = -log(u.failed[b]) / max(failing, 1e-12)
                if h.moved_in:
                    h.considers[b] = True
                    h.why[b] = Cause.NEW_HOUSEHOLD
                elif h.method[b] in DIGITAL:
                    soonest = -log(u.race[0]) / max(self.anew, 1e-12)
                    h.why[b] = Cause.SPONTANEOUS
                    time = -log(u.verifies) / max(self.by_verification * here.verified_only, 1e-12)
                    if time < soonest:
                        soonest = time
                        h.why[b] = Cause.REGULATION
                    if failed < soonest:
                        soonest = failed
                        h.why[b] = Cause.DIGITAL_FAILED
                    time = -log(u.leaves) / max(drift(self, h, b), 1e-12)
                    if time < soonest:
                        soonest = time
                        h.slips[b] = True
                        h.why[b] = Cause.SPONTANEOUS
                    time = -log(u.ends) / max(money_gone(self, h, here, b), 1e-12)
                    if time < soonest:
                        soonest = time
                        h.slips[b] = True
                        h.why[b] = Cause.INCENTIVE_ENDED
                    h.considers[b] = soonest < 1.0
                    h.slips[b] = h.slips[b] and soonest < 1.0
                else:
                    h.considers[b] = min(first, failed) < 1.0
                    h.why[b] = Cause.CASH_FAILED if failed < first else why
                    if h.cut[b]:
                        h.considers[b] = True
                        h.why[b] = Cause.CASH_FAILED
                    if h.new_payer:
                        h.considers[b] = True
                        h.why[b] = Cause.NEW_PAYER
                    if h.signs_up:
                        h.considers[b] = True
                        h.why[b] = here.signer
                    for m in CASH:
                        if h.method[b] == m and not point_open(h, here, b, m) and here.handover[b, m] == 0.0:
                            h.considers[b] = True
                            h.why[b] = Cause.CLOSURE
