"""Households pay, or fail and carry the bill; the ledger of causes is kept here."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import BILLS, DIGITAL, METHODS, Cause, Method
from cashless_sim.rules.bills import has_bill, thousands
from cashless_sim.rules.maths import formula
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.rules.surroundings import BANK_ERROR, OUTAGE, PRICE, PROVIDER_ERROR, SEASON, TARIFF, TICK
from cashless_sim.units import Code, Count, Number, Share

NEVER = 255
LAPSE = 3


@formula
def fails(rule: Any, h: Any, here: Any, b: int, m: int) -> Any:
    """Chance that a first try fails: outage and error for digital methods, a missed visit for cash."""
    if m in DIGITAL:
        slip = rule.error * (1.0 - h.skill)
        if m == Method.WALLET:
            return min(rule.wallet_fails + here.outage[b, m] + here.provider_error + slip, 1.0)
        if m == Method.TRANSFER:
            return min(rule.transfer_fails + here.outage[b, m] + here.bank_error + slip, 1.0)
        return min(rule.standing_fails + here.outage[b, m] + here.bank_error + slip * 0.2, 1.0)
    return rule.late_cash * (1.0 - rule.notice) if h.late[b] > 0.0 else rule.late_cash


class Pay(Rule):
    """Every bill issued ends as paid by one method, or late and carried; who owes long is cut off until it pays.

    Notices come with the second unpaid month. A household that dissolves settles what it owes.
    """

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
        Column("billed", Number, "thousand VND", "the bill of this month, whole; 0 while the supply is cut", per=BILLS),
        Column("paid", Number, "thousand VND", "paid this month, what was carried included", per=BILLS),
        Column("owed", Number, "thousand VND", "carried unpaid to the next month", per=BILLS),
        Column("cut", bool, "yes/no", "no supply until what is owed is paid", per=BILLS),
        Column("failures", Count, "times", "own digital payments that failed at the first try", per=BILLS),
        Column("began", Count, "months", "month of the first own digital payment, from 1; 0 not yet", per=BILLS),
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
        Column("gone", bool, "yes/no", "a household that once paid digitally dissolved here this month"),
    )
    draws = (Draw("fails", per=(BILLS,)), Draw("again", per=(BILLS,)))
    reads = (OUTAGE, BANK_ERROR, PROVIDER_ERROR, TICK, TARIFF, SEASON, PRICE)

    error: Share = parameter(
        0.06,
        "chance of an error in a digital payment without any skill",
        plausible=(0.01, 0.15),
        source="assumed",
    )
    transfer_fails: Share = parameter(
        0.015, "chance that systems fail a transfer", plausible=(0.003, 0.05), source="assumed"
    )
    standing_fails: Share = parameter(
        0.01, "chance that systems fail a standing order", plausible=(0.002, 0.03), source="assumed"
    )
    wallet_fails: Share = parameter(
        0.01, "chance that systems fail a payment by wallet", plausible=(0.002, 0.04), source="assumed"
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

    cut_after: Number = parameter(
        3.0, "months carried after which the supply is cut", plausible=(2.0, 6.0), source="assumed"
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Pay each bill; note money, first payments, changes and lapses with their cause."""
        h.gone = h.moved_in and h.first_cause > Cause.NOT_YET
        if h.moved_in:
            h.first_cause = Cause.NOT_YET
            h.first_month = 0
            h.left_because = Cause.NOT_YET
            h.lapse_month = 0
        any_digital = False
        for b in BILLS:
            settled = 0.0
            if h.moved_in:
                settled = h.owed[b]
                h.owed[b] = 0
                h.late[b] = 0
                h.cut[b] = False
                h.failures[b] = 0
                h.began[b] = 0
                h.cause[b] = Cause.NOT_YET
                h.months_since_digital[b] = NEVER
            if has_bill(h, b):
                was_digital = h.method[b] in DIGITAL and not h.moved_in
                is_digital = h.choice[b] in DIGITAL
                chance = 1.0
                for m in METHODS:
                    if h.choice[b] == m:
                        chance = fails(self, h, here, b, m)
                failed = u.fails[b] < chance
                unpaid = failed and (u.again[b] > self.retry or h.choice[b] == Method.NONE or not is_digital)
                if failed and is_digital:
                    h.failures[b] += 1
                if was_digital and not is_digital:
                    h.left_because = h.why[b]
                h.changed[b] = (h.choice[b] != h.method[b] and h.choice[b] < Method.NONE) or h.moved_in
                if h.moved_in:
                    h.method[b] = Method.COUNTER
                if h.choice[b] < Method.NONE:
                    h.method[b] = h.choice[b]
                if is_digital and h.changed[b] and h.months_since_digital[b] == NEVER:
                    h.cause[b] = h.why[b]
                h.billed[b] = 0.0 if h.cut[b] else thousands(h, here, b)
                due = h.owed[b] + h.billed[b]
                if unpaid:
                    h.late[b] += 1
                    h.paid[b] = settled
                    h.owed[b] = due
                else:
                    h.late[b] = 0
                    h.paid[b] = settled + due
                    h.owed[b] = 0
                h.cut[b] = h.late[b] >= self.cut_after
                if is_digital and not unpaid:
                    any_digital = True
                    if h.months_since_digital[b] == NEVER:
                        h.began[b] = here.tick
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
