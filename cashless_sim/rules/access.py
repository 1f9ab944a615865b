"""Households come by the things that paying without cash needs: phone, account, wallet."""

from __future__ import annotations

from typing import Any

from cashless_sim.codes import BILLS, Method, Occasion
from cashless_sim.rules.maths import exp, formula, log
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.rules.surroundings import DRIVE, EKYC, INCOME_LEVEL, MOBILE_MONEY, OPENS, PERMANENT, SIM_CHECK
from cashless_sim.units import Number, Rate, Share, Utility


@formula
def relative_income(rule: Any, h: Any, here: Any) -> Any:
    """Log of real income per head this month over the reference income."""
    return log(max(h.income * here.income_level, 100.0) / rule.reference_income)


class Access(Rule):
    """Monthly hazards of a smartphone, an account, a wallet; gates first, persuasion second [Lee2021]."""

    owns = (
        Column("smartphone", bool, "yes/no", "the payer uses a smartphone"),
        Column("account", bool, "yes/no", "the payer has a bank account"),
        Column("wallet", bool, "yes/no", "the payer has an e-wallet linked to an account"),
        Column("mobile_money", bool, "yes/no", "the payer has mobile money, which needs no account"),
        Column("transacts", bool, "yes/no", "the payer makes digital payments of any kind"),
        Column("gate_opened", bool, "yes/no", "phone, account or mobile money came this month", passing=True),
    )
    draws = (
        Draw("inherits"),
        Draw("phone"),
        Draw("opens"),
        Draw("visit"),
        Draw("links"),
        Draw("registers"),
        Draw("starts"),
    )
    reads = (EKYC, MOBILE_MONEY, PERMANENT, OPENS, SIM_CHECK, DRIVE, INCOME_LEVEL)

    smartphone_hazard: Rate = parameter(
        0.013,
        "monthly chance of getting a smartphone at 40 with reference income",
        plausible=(0.006, 0.02),
        source="assumed",
    )
    smartphone_age: Utility = parameter(
        -0.035,
        "change of that log hazard for each year of age over 40",
        plausible=(-0.06, -0.01),
        source="assumed",
    )
    account_hazard: Rate = parameter(
        0.0028,
        "monthly chance of opening an account at reference income",
        plausible=(0.0003, 0.006),
        source="assumed",
    )
    ekyc_factor: Number = parameter(
        2.5, "factor on that chance once accounts open by phone", plausible=(1.0, 10.0), source="assumed"
    )
    account_income: Utility = parameter(
        1.0, "change of that log hazard for each log unit of income", plausible=(0.5, 3.0), source="assumed"
    )
    account_schooling: Utility = parameter(
        0.4,
        "change of that log hazard for each level of schooling over lower secondary",
        plausible=(0.0, 1.2),
        source="assumed",
    )
    account_salaried: Number = parameter(
        4.0,
        "factor on that chance when the wage is paid into an account",
        plausible=(2.0, 10.0),
        source="assumed",
    )
    account_benefit: Share = parameter(
        0.5, "chance that a benefit paid into accounts opens one", plausible=(0.2, 0.9), source="assumed"
    )
    reference_income: Number = parameter(
        4700.0,
        "thousand VND a head a month to which hazards refer",
        plausible=(4200.0, 5100.0),
        source="GSO2022VHLSS",
    )
    mobile_money_hazard: Rate = parameter(
        0.004, "monthly chance of registering mobile money", plausible=(0.001, 0.01), source="assumed"
    )
    permanent_factor: Number = parameter(
        1.5, "factor on that chance once mobile money is no pilot any more", plausible=(1.0, 3.0), source="assumed"
    )
    wallet_hazard: Rate = parameter(
        0.012,
        "monthly chance of linking a wallet with phone and account",
        plausible=(0.002, 0.03),
        source="assumed",
    )
    transacts_hazard: Rate = parameter(
        0.012,
        "monthly chance of a first digital payment of any kind, with a gate",
        plausible=(0.002, 0.03),
        source="assumed",
    )
    sim_friction: Share = parameter(
        0.1, "share of set-ups put off by the SIM face check", plausible=(0.0, 0.3), source="assumed"
    )

    young_smartphone: Share = parameter(
        0.8, "chance that a new, younger payer has a smartphone", plausible=(0.6, 0.95), source="assumed"
    )
    young_account: Share = parameter(
        0.6, "chance that a new, younger payer has an account", plausible=(0.3, 0.9), source="assumed"
    )

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Each gate opens by its own hazard; a visit or a benefit can open an account the same month."""
        if h.moved_in:
            h.smartphone = False
            h.account = False
            h.wallet = False
            h.mobile_money = False
            h.transacts = False
        if h.new_payer or h.moved_in:
            h.smartphone = h.smartphone or u.inherits < self.young_smartphone
            h.account = h.account or u.inherits < self.young_account
        richer = relative_income(self, h, here)
        friction = 1.0 - self.sim_friction * here.sim_check
        h.gate_opened = False
        if not h.smartphone and u.phone < self.smartphone_hazard * friction * exp(
            self.smartphone_age * (h.age - 40.0) + 0.5 * richer
        ):
            h.smartphone = True
            h.gate_opened = True
        easier = 1.0 + (self.ekyc_factor - 1.0) * here.ekyc * (1.0 if h.smartphone else 0.0)
        pull = here.drive * (self.account_salaried if h.salaried else 1.0) * (1.5 if h.online_seller else 1.0)
        able = exp(self.account_income * richer + self.account_schooling * (h.education - 2.0))
        if not h.account and (
            u.opens < min(self.account_hazard * easier * pull * able, 1.0)
            or u.visit < here.opens * here.ekyc * (1.0 if h.chip_id else 0.3)
            or (h.occasion == Occasion.BENEFIT and u.visit < self.account_benefit)
        ):
            h.account = True
            h.gate_opened = True
        offered = self.mobile_money_hazard * here.mobile_money_open
        offered = offered * (1.0 + (self.permanent_factor - 1.0) * here.mobile_money_permanent)
        if not h.mobile_money and h.sim_own and u.registers < offered:
            h.mobile_money = True
            h.gate_opened = True
        if not h.wallet and h.smartphone and h.account and u.links < self.wallet_hazard:
            h.wallet = True
        for b in BILLS:
            if h.method[b] == Method.WALLET and h.account and not h.moved_in:
                h.wallet = True
        gate = (h.smartphone and h.account) or h.mobile_money
        paying = h.pays_digitally and not h.moved_in
        if not h.transacts and (paying or (gate and u.starts < self.transacts_hazard * exp(0.5 * richer))):
            h.transacts = True
