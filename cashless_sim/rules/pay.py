"""Households pay, or fail and carry the bill; the ledger of causes is kept here."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import BILLS, DIGITAL, METHODS, Cause, Method
from cashless_sim.rules.bills import has_bill
from cashless_sim.rules.maths import formula
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.rules.surroundings import BANK_ERROR, OUTAGE, PROVIDER_ERROR, TICK
from cashless_sim.units import Code, Count, Share

NEVER = 255
LAPSE = 3


@formula
def fails(rule: Any, h: Any, here: Any, b: int, m: int) -> Any:
    """Chance that a first try fails: outage and error for digital methods, a missed visit for cash."""
    if m in DIGITAL:
        slip = rule.error * (1.0 - h.skill)
        system = here.provider_error if m == Method.WALLET else here.bank_error
        return min(here.outage[b, m] + system + (slip * 0.2 if m == Method.AUTODEBIT else slip), 1.0)
    return rule.late_cash * (1.0 - rule.notice) if h.late[b] > 0.0 else rule.late_cash


class Pay(Rule):
    """Every bill issued ends as paid by one method, or late and carried."""

    owns = (
        Column("method", Method, "code", "the method in use", per=BILLS, start=7),
        Column("late", Count, "months", "months that the bill has been carried; 0 when paid", per=BILLS),
        Column(
            "months_since_digital",
            Count,
            "months",
            "since the last own digital payment; 255 never",
            per=BILLS,
            start=255,
        ),
        Column("first_cause", Code, "code", "cause of the first own digital payment of any bill"),
        Column("first_month", Count, "months", "month of that payment, from 1; 0 not yet"),
        Column(
            "cause",
            Code,
            "code",
            "cause of the change that led to the first own digital payment of this bill",
            per=BILLS,
        ),
        Column("left_because", Code, "code", "cause of the last change from digital to another method"),
        Column("lapse_month", Count, "months", "month of the last lapse, from 1; 0 never"),
        Column("changed", bool, "yes/no", "the method in use changed this month", per=BILLS, passing=True),
        Column("pays_digitally", bool, "yes/no", "made an own digital payment this month"),
    )
    draws = (Draw("fails", per=(BILLS,)), Draw("again", per=(BILLS,)))
    reads = (OUTAGE, BANK_ERROR, PROVIDER_ERROR, TICK)

    error: Share = parameter(
        0.06,
        "chance of an error in a digital payment without any skill",
        plausible=(0.01, 0.15),
        source="assumed",
    )
    late_cash: Share = parameter(
        0.05, "chance that a cash bill is not paid in its month", plausible=(0.02, 0.12), source="assumed"
    )
    notice: Share = parameter(
        0.6,
        "share of lateness that notices and the threat of a cut remove in the next month",
        plausible=(0.3, 0.9),
        source="assumed",
    )
    retry: Share = parameter(
        0.8, "chance that a failed try is put right in the month", plausible=(0.5, 0.95), source="assumed"
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Pay each bill; note first payments, changes and lapses with their cause."""
        any_digital = False
        for b in BILLS:
            if has_bill(h, b):
                was_digital = h.method[b] in DIGITAL
                is_digital = h.choice[b] in DIGITAL
                chance = 1.0
                for m in METHODS:
                    if h.choice[b] == m:
                        chance = fails(self, h, here, b, m)
                failed = u.fails[b] < chance
                unpaid = failed and (u.again[b] > self.retry or h.choice[b] == Method.NONE or not is_digital)
                if was_digital and not is_digital:
                    h.left_because = h.why[b]
                h.changed[b] = h.choice[b] != h.method[b] and h.choice[b] < Method.NONE
                if h.changed[b]:
                    h.method[b] = h.choice[b]
                    if is_digital and h.months_since_digital[b] == NEVER:
                        h.cause[b] = h.why[b]
                if unpaid:
                    h.late[b] += 1
                else:
                    h.late[b] = 0
                if is_digital and not unpaid:
                    any_digital = True
                    h.months_since_digital[b] = 0
                    if h.first_cause == Cause.NOT_YET:
                        h.first_cause = h.cause[b]
                        h.first_month = here.tick
                elif h.months_since_digital[b] < NEVER:
                    h.months_since_digital[b] = min(h.months_since_digital[b] + 1, 254)
                    if h.months_since_digital[b] == LAPSE:
                        if is_digital:
                            h.left_because = Cause.DIGITAL_FAILED
                        h.lapse_month = here.tick
        h.pays_digitally = any_digital
