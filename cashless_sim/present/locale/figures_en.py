"""Words of figures in English; `figures_vi` holds the same keys."""

EN = {
    # margin
    "note.replicate": "{count} replicate of the scenario's own values",
    "note.replicates": "{count} replicates of the scenario's own values",
    "note.prior": "{count} prior draws at {households} households",
    "note.posterior": "{count} draws of the fit to reported figures, at {households} households",
    "note.band.around": "line: the scenario's own values; interval: 80 % of {count} draws",
    "note.band.draws": "numbers: mean of {count} draws; intervals: 80 % of them",
    "note.band.luck": "numbers: mean of {count} replicates; intervals: 80 % of them (luck only)",
    "note.band.none": "no interval: a single run",
    "note.unknown": "The runs behind this figure are not named: seeds, recipe and households are unknown.",
    "note.brief": "Synthetic households · recipe {hash}",
    "note.brief.unknown": "The runs behind this are not named",
    "mark.unknown": "ORIGIN UNKNOWN",
    "of.scenario": "Scenario: {title}.",
    "of.group": " Only: {group}.",
    "share.households": "share of households",
    "share.bills": "share of bills",
    "points": "percentage points",
    # groups of households
    "group.all": "all households",
    "group.income=1": "poorest fifth",
    "group.income=2": "2nd fifth",
    "group.income=3": "3rd fifth",
    "group.income=4": "4th fifth",
    "group.income=5": "richest fifth",
    "group.age=15-24": "payer 15–24",
    "group.age=25-39": "payer 25–39",
    "group.age=40-59": "payer 40–59",
    "group.age=60+": "payer 60+",
    "group.urban=no": "rural",
    "group.urban=yes": "urban",
    # measures, as “share of households that …”
    "of.using": "households using cashless payment (last 3 months)",
    "of.active": "households that paid a bill cashless this month",
    "of.ever": "households that ever paid a bill cashless",
    "of.aware": "households that know of cashless payment",
    "of.account": "households whose payer has a bank account",
    "of.smartphone": "households whose payer uses a smartphone",
    "of.mobile_money": "households with mobile money",
    "of.able": "households able to pay cashless themselves",
    "of.transacts": "households making any digital payment",
    "of.adopted": "households paying cashless for the first time",
    "of.lapsed": "households that stopped this month",
    "of.gone": "cashless households that dissolved",
    "of.late": "bills that are late",
    "of.cut": "customers without supply",
    "of.own_digital": "bills paid cashless by the household itself",
    "of.method_share": "bills paid by a method",
    "of.A": "statistic A, paid through bank or agent (cash included)",
    "of.B": "statistic B, non-cash as the utility counts",
    "of.C": "statistic C, non-cash share of bill value",
    "of.D": "statistic D, bill payers paying from account or phone",
    "of.E": "statistic E, adults paying bills by phone or internet",
    "of.F": "statistic F, payment accounts (State Bank)",
    "of.G": "statistic G, adults with an account",
    "not.using": "not using cashless payment (last 3 months)",
    "not.ever": "never paid a bill cashless",
    "not.aware": "not aware of cashless payment",
    "not.account": "without a bank account",
    "not.smartphone": "without a smartphone",
    "not.other": "outside “{name}”",
    "short.using": "using cashless payment",
    "short.aware": "aware of cashless payment",
    "short.account": "with a bank account",
    "short.smartphone": "with a smartphone",
    # adoption in a hall
    "adoption.title.slide": "Cashless bill payment, {place}, to {month}",
    "adoption.note": (
        "Each letter is another statistic with a base of its own: never one curve. Points: reported, filled for "
        "this place."
    ),
    "adoption.alt": (
        "Lines of cashless bill payment in {place} to {month}. At the end: {ends}. Points: reported figures."
    ),
    "line.A": "through bank or agent",
    "line.B": "as the utility counts",
    "line.C": "of bill value",
    "line.D": "of bill payers",
    "line.E": "of adults, by phone",
    "line.F": "payment account",
    "line.G": "have an account",
    # funnel
    "funnel.title": "From phone to habit: how far households have come, {place}, {month}",
    "funnel.title.slide": "How far households have come, {month}",
    "funnel.note": (
        "Each bar is a share of all households; “paid so once, not now” is “ever” less “using”. Base: households, not "
        "adults; none of the statistics A–G."
    ),
    "funnel.alt": "Bar chart for {place}, {month}. Shares of households: {steps}.",
    "step.smartphone": "uses a smartphone",
    "step.account": "has a bank account",
    "step.aware": "knows of cashless payment",
    "step.ever": "ever paid a bill cashless",
    "step.using": "using (last 3 months)",
    "step.stopped": "paid so once, not now",
    # methods
    "methods.title": "How {bill} bills are paid, {place}",
    "methods.title.slide": "How {bill} bills are paid",
    "methods.note": (
        "Shares of bills issued in the month. Cash: collector, counter, agent. Statistic B of the utility also "
        "counts “helped” and part of agents' cash."
    ),
    "methods.alt": "Stacked areas from {first} to {last}, {place}: how {bill} bills are paid. At the end: {shares}.",
    "bill.electricity": "electricity",
    "bill.water": "water",
    "bill.telecom": "telecom",
    "method.COLLECTOR": "collector (cash)",
    "method.COUNTER": "counter (cash)",
    "method.AGENT": "agent (cash)",
    "method.TRANSFER": "transfer, QR",
    "method.AUTODEBIT": "auto-debit",
    "method.WALLET": "e-wallet",
    "method.PROXY": "helped",
    "method.NONE": "not paid",
    # difference
    "difference.title": "What scenarios change: {measure}, against “{baseline}”",
    "difference.title.slide": "{short}: difference from “{baseline}”, percentage points",
    "difference.under": (
        "Difference from “{baseline}” on the same luck; above 0: more than in “{baseline}”. Dark band 80 %, light 95 %."
    ),
    "difference.alt": "Lines of the difference from “{baseline}” in {measure}. Receipt of {month}: {receipts}",
    "difference.receipt": "Receipt of the comparison, {month} (percentage points):",
    "difference.receipt.row": (
        "{title}: {difference}, 80 % {range80}, 95 % {range95}; {count} pairs, SD of the difference {sd}, "
        "variance cut {gain} times by pairing."
    ),
    "difference.receipt.one": "{title}: {difference}; one pair, so no interval.",
    "difference.kind.mean": "Intervals: of the mean over luck (Student's t).",
    "difference.kind.spread": "Intervals: where one more draw of the uncertain numbers would lie (Student's t).",
    "difference.single": "One pair of runs tells no interval: run 2 replicates or draws or more.",
    "difference.left": "{count} more scenarios are not drawn.",
    # cost against effect
    "cost.title": "What plans cost and what they add, against “{baseline}”",
    "cost.title.slide": "What plans cost and what they add",
    "cost.under": "Up: {gain}. Dashed: plans that no other beats (Pareto front). Bars: 80 % intervals.",
    "cost.alt": "{count} plans by added cost and {gain}, against “{baseline}”. Not beaten: {best}.",
    "cost.note": "Hollow: the gain cannot be told from zero. Costs as typed in the scenarios.",
    "cost.grades": "In brackets: evidence for the weakest channel added, A (local experiment) to D (judgement).",
    "cost.x": "added cost, million VND",
    "cost.x.slide": "added cost, million VND",
    "gain.payer": "added households using cashless payment",
    "gain.bill": "added bills paid cashless",
    "gain.payer.axis": "added households using cashless payment",
    "gain.bill.axis": "added bills paid cashless",
    "gain.payer.slide": "added households",
    "gain.bill.slide": "added bills",
    # who is left out
    "left.title": "Who is left out, {place}: households {measure}",
    "left.title.slide": "Not using cashless payment, % of households",
    "left.under": "Percent of each group at the end of each year; darker: more are left out.",
    "left.alt": (
        "Table of shades, {place}: households {measure} by group. Most in {last}: {worst}. Cells not shown: {count}."
    ),
    "left.note": (
        "Hatched, <{least}: fewer than {least} simulated households stand behind the cell ({count} cells not shown)."
    ),
    # tile map
    "tiles.title": "share of {measure}, by {unit}, {place}, {month}",
    "tiles.title.slide": "{measure} by {unit}, {month}",
    "tiles.note": (
        "One tile a {unit}, borders of {date}, about where it lies, not to scale; darker: higher. Hatched, "
        "<{least}: fewer than {least} simulated households ({count} tiles)."
    ),
    "tiles.alt": "Tile map by {unit}. Shares, lowest first: {shares}. Not shown for want of households: {count}.",
    "tiles.unit.district": "district",
    "tiles.unit.region": "region",
    # influence ledger
    "influence.title": "Where new cashless households came from, {place}, {first}–{last}",
    "influence.title.slide": "What made households go cashless, thousands a year",
    "influence.y": "first cashless payments, thousand households a year",
    "influence.note": (
        "Proximate cause in the model, which adds up to all first payments; percent: of all years. It says what "
        "happened in the model, not what would have happened without: for that, compare scenarios."
    ),
    "influence.alt": "Stacked bars by year, {first} to {last}, {place}. Causes of first cashless payments: {shares}.",
    "cause.campaign": "outreach campaigns",
    "cause.peer": "people they know",
    "cause.gate_opened": "new phone, account",
    "cause.occasion": "other cashless payments",
    "cause.closure": "cash point closed",
    "cause.season": "summer bill",
    "cause.own": "own decision",
    "cause.other": "other causes",
    # posterior and prior
    "posterior.title": "What the fit learnt: {count} of {of} numbers are informed by the figures",
    "posterior.title.slide": "The fit informs {count} of {of} numbers",
    "posterior.under": (
        "Grey: before (prior). Blue: after (posterior). Point and bar: median and 80 % interval, in its own unit."
    ),
    "posterior.note": (
        "Ordered by contraction (1 less variance after over before); informed: 0.1 or more. Levels are fitted, "
        "effects of outreach are not."
    ),
    "posterior.left": "{count} more numbers, less informed, are not drawn.",
    "posterior.alt": (
        "Distributions of the fitted numbers before and after; {count} of {of} are informed. Best learnt: {best}."
    ),
    "posterior.low": "lowest of prior",
    "posterior.high": "highest of prior",
    # scorecard
    "score.title": "Forecast and truth: {count} of {of} figures that no fit saw lie within the 80 % interval",
    "score.title.slide": "{count} of {of} unseen figures within 80 %",
    "score.under": (
        "Right: published | forecast median [80 % interval], %. Orange: published outside the 80 % interval."
    ),
    "score.note": (
        "Dark bar 80 %, light 95 %, white stroke: median. Each letter is another statistic. Figures of 2024 were "
        "known to those who built the model: an out-of-time check, no blind test."
    ),
    "score.left": "{count} more figures are not drawn.",
    "score.alt": "Intervals of forecasts against published figures: {count} of {of} inside 80 %. Outside: {missed}.",
    "score.published": "published",
    "baseline.last value": "last value",
    "baseline.logistic": "logistic",
    "baseline.Bass": "Bass",
    "baseline.Bass with pulses": "Bass with pulses",
    # sensitivity
    "ranks.title": "Inference finds planted truths for {count} of {of} numbers",
    "ranks.title.slide": "Truth found: {count} of {of}",
    "ranks.under": "Trials with the truth at or below a rank, less the rank. Sound inference keeps to the band.",
    "ranks.band": "95 % of sound inferences stay inside, at all ranks together",
    "ranks.x": "rank of the truth among the posterior's draws",
    "ranks.y": "share of trials, less the rank",
    "ranks.none": "none",
    "ranks.note": "Simulation-based calibration: data simulated with known numbers, fitted as real data are.",
    "ranks.alt": "Lines of ranks against a band: {count} of {of} numbers stay inside. Outside: {out}.",
    "sensitivity.title": "Which numbers move {outcome} most",
    "sensitivity.title.slide": "Which numbers matter most",
    "sensitivity.outcome": "the result",
    "sensitivity.under.morris": "Mean size of the effect over each number's whole range (Morris, μ*); line: 95 %.",
    "sensitivity.under.sobol": (
        "Share of variance: alone (dark, S1) and with interactions (light, ST; Sobol); line: 95 %."
    ),
    "sensitivity.x.morris": "mean size of effect, μ*",
    "sensitivity.x.sobol": "share of variance",
    "sensitivity.note": "Says what moves the model's result within the stated ranges, not what moves the world.",
    "sensitivity.left": "{count} numbers that matter less are not drawn.",
    "sensitivity.alt": "Bars of what moves {outcome}; most: {best}.",
}
