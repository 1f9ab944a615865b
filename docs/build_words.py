"""What the generated tables say and the code does not: the steps of a month, and the meaning of each setting."""

STEPS = {
    "_furnish": "**Calendar.** Season, tariff, shocks, rules of the day; organisations set fees, points, failures.",
    "_outreach.step": "**Outreach.** Last month's marks are cleared; campaigns reach households in their targets.",
    "_rules.run": "**Households.** Contacts' flags are counted once; then each household runs these rules in order.",
    "_count": "**Count.** Measures, reported statistics, causes; utilities book their money, adaptive policies act.",
    "datacollector.collect": "**Collect.** Mesa's collector takes the last values.",
}
MEANINGS = {
    "imitation": "how contacts who pay enter the choice; the evidence conflicts",
    "network": "ties in villages, everyone meets everyone, or nobody",
    "commitment": "factor on the capacity of people-run campaigns, whole province",
    "turnover": "payers age and pass on the role; wages and online selling grow",
    "occasions": "benefits, fees, public services, gifts through accounts",
    "households": "all of the place, or about so many in whole villages",
    "agent_counted_before": "λ before the recount: share of agents' cash that B counts as non-cash",
    "agent_counted_after": "λ after the recount",
    "recount": "month of the change of counting",
    "firms": "non-domestic share of customers, in B",
    "firms_revenue": "non-domestic share of revenue, in C",
    "firms_digital": "share of firms that pay without cash",
    "payer_ratio": "payers a household among digital payers over others, in D and E",
    "other_bills_digital": "E: adults of digital payers' households who pay other bills online",
    "other_bills_cash": "E: the same for households that transact but pay utility bills in cash",
    "ekyc": "accounts open on a phone",
    "mobile_money": "mobile money with any phone",
    "biometric": "face check at set-up",
    "verified_accounts": "accounts that are not verified stop working online, in this month",
    "mobile_money_permanent": "end of the pilot",
    "sim_check": "face check for a SIM or phone",
    "use": "policy of a utility",
    "close_below": "adaptive: share of bills below which a cash method loses a fifth of its points",
    "reinvest": "adaptive: share of a month's saving spent on outreach",
    "budget": "adaptive: VND a month that may be spent so",
}
NOT_DESCRIBED = "**not described yet**"
