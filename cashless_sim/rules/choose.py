"""Households that reconsider choose among the methods open to them."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import BILLS, CASH, DIGITAL, FIRST_CAMPAIGN, METHODS, Bill, Method
from cashless_sim.rules.bills import fee_of
from cashless_sim.rules.maths import INFINITY, exp, formula, log
from cashless_sim.rules.rule import Column, CountOf, Draw, Rule, ShareOf, parameter
from cashless_sim.rules.surroundings import (
    ACCEPTED,
    BANK_FEE,
    BIOMETRIC,
    COVID,
    FEE,
    HANDOVER,
    INCENTIVE,
    INCOME_LEVEL,
    MINUTES,
    POINTS,
    PROVIDER_FEE,
)
from cashless_sim.units import Number, Share, Utility


@formula
def point_open(h: Any, here: Any, b: int, m: int) -> Any:
    """Whether the household's own collector, counter or agent is still there; the remotest close first."""
    return h.remote < here.points[b, m]


@formula
def feasible(h: Any, here: Any, b: int, m: int) -> Any:
    """Whether a method is open to the household for a bill: legal gates, devices, knowledge, acceptance.

    Where the supply is cut somebody outside the family helps out as well.
    """
    taken = here.accepted[b, m] > 0.5
    if m == Method.TRANSFER:
        return taken and h.account and h.smartphone and h.aware_bank
    if m == Method.AUTODEBIT:
        return taken and h.account and h.aware_bank
    if m == Method.WALLET:
        return taken and h.aware_wallet and ((h.smartphone and h.account) or h.mobile_money)
    if m == Method.PROXY:
        return taken and (h.helper or h.cut[b])
    return taken and point_open(h, here, b, m)


@formula
def pull_of_peers(rule: Any, peers: Any) -> Any:
    """Logit units from contacts that pay digitally: linear, a threshold of two, by share, or none."""
    linear = rule.peer_slope * min(peers.paying, 6.0)
    reached = rule.peer_slope * 4.0 if peers.paying >= 2.0 else 0.0
    shared = rule.belief * peers.paying_share if rule.imitation == 3.0 else 0.0
    return linear if rule.imitation == 1.0 else (reached if rule.imitation == 2.0 else shared)


@formula
def pays_another(h: Any, b: int) -> Any:
    """Whether a bill other than b is paid by an own digital method already."""
    first = b != Bill.ELECTRICITY and h.method[Bill.ELECTRICITY] in DIGITAL
    second = b != Bill.WATER and h.method[Bill.WATER] in DIGITAL
    third = b != Bill.TELECOM and h.method[Bill.TELECOM] in DIGITAL
    return (first or second or third) and not h.moved_in


@formula
def set_up(rule: Any, h: Any, here: Any, m: int) -> Any:
    """Logit cost of using a bank's app, or linking a wallet, for the first time; assisted sign-up takes it away."""
    ready = (h.wallet or h.mobile_money) if m == Method.WALLET else h.transacts
    first = not ready and not h.signs_up
    face = rule.biometric_cost * here.biometric if h.age >= 60.0 else 0.0
    return (rule.set_up_cost + face) if first else 0.0


@formula
def worth(rule: Any, h: Any, peers: Any, here: Any, b: int, m: int) -> Any:
    """Logit units of paying bill b by method m."""
    minute = h.income * here.income_level * rule.value_of_time
    money = (fee_of(h, here, b, m) + here.minutes[b, m] * minute) * 0.001
    value = rule.constant[m] - rule.price * money
    value = value + (rule.habit_pull * h.habit[b] if h.method[b] == m and not h.moved_in else 0.0)
    if m not in DIGITAL:
        return value - rule.covid_pull * 0.5 * here.covid if m in CASH else value
    own = rule.digital + rule.ease * (h.skill - 0.5) + rule.trusting * (h.trust - 0.5)
    own = own + pull_of_peers(rule, peers) + rule.covid_pull * here.covid + here.incentive[m]
    own = own + (rule.complement if pays_another(h, b) else 0.0)
    return value + own - set_up(rule, h, here, m)


class Choose(Rule):
    """Multinomial logit over feasible methods, as an exponential race on keyed luck [McFadden1974].

    Ease, trust and habit pull as in [Venkatesh2012], contacts by their share as in [BrockDurlauf2001], one bill helps
    the next as in [Crouzet2023], set-up is the hurdle as in [SchuhStavins2012]; the sizes are assumed.
    """

    owns = (
        Column("choice", Method, "code", "how this month's bill is to be paid", per=BILLS, start=7, passing=True),
        Column("drawn", bool, "yes/no", "pays so for the sake of an incentive", per=BILLS),
        Column("remote", Share, "share", "rank of distance from the cash points that stay longest"),
    )
    draws = (Draw("race", per=(BILLS, METHODS)),)
    peers = (CountOf("paying", where="pays_digitally"), ShareOf("paying_share", where="pays_digitally"))
    reads = (
        FEE,
        BANK_FEE,
        PROVIDER_FEE,
        MINUTES,
        POINTS,
        HANDOVER,
        ACCEPTED,
        COVID,
        BIOMETRIC,
        INCENTIVE,
        INCOME_LEVEL,
    )

    constant: Utility = parameter(
        (0.0, -0.3, 0.0, 0.0, -1.2, -0.3, -1.0),
        "taste for each method, COLLECTOR to PROXY, besides all that is counted",
        plausible=(-3.0, 3.0),
        source="assumed",
        per=METHODS,
    )
    digital: Utility = parameter(
        -0.8, "taste for own digital methods against cash", plausible=(-4.5, 0.5), source="assumed"
    )
    price: Utility = parameter(
        0.06, "loss for each thousand VND of fees and time", plausible=(0.02, 0.2), source="assumed"
    )
    value_of_time: Number = parameter(
        0.04,
        "VND a minute for each thousand VND of monthly income a head",
        plausible=(0.02, 0.08),
        source="assumed",
    )
    ease: Utility = parameter(3.0, "gain from no skill to full skill", plausible=(1.0, 6.0), source="assumed")
    trusting: Utility = parameter(2.0, "gain from no trust to full trust", plausible=(0.5, 4.0), source="assumed")
    habit_pull: Utility = parameter(
        1.5, "pull of the method in use at full habit", plausible=(0.5, 4.0), source="assumed"
    )
    peer_slope: Utility = parameter(
        0.2, "gain for each contact that pays digitally", plausible=(0.03, 0.31), source="CGAP2013"
    )
    imitation: Number = parameter(
        1.0,
        "0 no imitation, 1 linear in contacts, 2 threshold of two, 3 by the share of contacts",
        source="assumed",
    )
    belief: Utility = parameter(
        1.35,
        "gain when every contact pays digitally, for imitation by share: nine contacts at the slope for each",
        plausible=(0.27, 2.8),
        source="assumed",
    )
    complement: Utility = parameter(
        1.0, "gain when another bill is paid so already", plausible=(0.2, 1.5), source="assumed"
    )
    covid_pull: Utility = parameter(
        0.8, "gain of digital methods at full avoidance of cash", plausible=(0.2, 2.0), source="assumed"
    )
    set_up_cost: Utility = parameter(
        1.2, "cost of the first set-up without help", plausible=(0.4, 2.5), source="assumed"
    )
    biometric_cost: Utility = parameter(
        0.5, "added to it for those of 60 and more by the face check", plausible=(0.1, 1.5), source="assumed"
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Keep the method in use, or race the feasible ones; ties go to the lower code.

        A cash point that hands its customers over takes them along; one who is signed up on the spot pays in
        cash only where no own digital method is open.
        """
        for b in BILLS:
            h.choice[b] = h.method[b]
            for m in CASH:
                if h.method[b] == m and not point_open(h, here, b, m) and here.handover[b, m] > 0.0:
                    h.choice[b] = here.handover[b, m] - 1.0
            if h.considers[b]:
                best = INFINITY
                best_unpaid = INFINITY
                unpaid_digital = False
                for_money = False
                h.choice[b] = Method.NONE
                for m in METHODS:
                    if feasible(h, here, b, m) and not (h.slips[b] and m in DIGITAL):
                        time = -log(u.race[b, m]) * exp(-worth(self, h, peers, here, b, m))
                        if m not in DIGITAL:
                            time = time * 1e9 if h.signs_up else time
                        if time < best:
                            best = time
                            h.choice[b] = m
                            for_money = here.incentive[m] > 0.0
                        plain = time * exp(here.incentive[m]) if m in DIGITAL else time
                        if plain < best_unpaid:
                            best_unpaid = plain
                            unpaid_digital = m in DIGITAL
                drawn = for_money and (not unpaid_digital or h.why[b] >= FIRST_CAMPAIGN)
                h.drawn[b] = h.choice[b] in DIGITAL and drawn
