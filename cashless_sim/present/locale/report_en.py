"""Words of reports, slides and office files in English; `report_vi` holds the same keys."""

EN = {
    # headings
    "report.kind": "Simulation report",
    "report.question": "Question",
    "report.ask": "What do these plans change in how households pay their bills?",
    "report.ask.one": "How do households come to pay their bills?",
    "report.answer": "Answer",
    "report.trust": "How far to trust it (health card)",
    "report.figures": "Figures",
    "report.plans": "The plans, against “{baseline}”",
    "report.groups": "Who is left out: {title}, {month}",
    "report.groups.one": "Who is left out: {month}",
    "report.statistics": "Published statistics, as the model counts them in {month}",
    "report.limits": "What the model cannot say",
    "report.provenance": "Where the numbers come from",
    "report.sources": "Sources of the reported figures",
    "report.where": "{place}, borders of {date}; {first} to {last}",
    "report.figure": "Figure {number}",
    # the answer
    "answer.some": (
        "By {month}, {count} of {all} plans can be told apart from “{baseline}”; the largest gain is that of "
        "“{title}”: {level} of households paid a bill cashlessly in the last three months instead of {base}, "
        "{difference} percentage points ({interval})."
    ),
    "answer.single": (
        "By {month}, “{title}” has {level} of households paying a bill cashlessly in the last three months, "
        "“{baseline}” {base}: a difference of {difference} percentage points ({interval})."
    ),
    "answer.none": (
        "By {month}, no plan can be told apart from “{baseline}”; the largest difference is that of “{title}”: "
        "{level} of households paid a bill cashlessly in the last three months instead of {base}, {difference} "
        "percentage points ({interval})."
    ),
    "answer.level": "By {month}, {level} of households paid a bill cashlessly in the last three months ({interval}).",
    "answer.since": "It was {level} in {month} ({interval}).",
    "answer.cost": (
        "That plan spends {cost} million VND more on outreach, which is {value} VND for each household that it adds "
        "({interval}); evidence for its channels: grade {grade} (A local experiment … D judgement)."
    ),
    "answer.cost.none": (
        "That plan spends {cost} million VND more on outreach; the {gain} households that it adds ({interval}) cannot "
        "be told from none, so no cost for each is given; evidence for its channels: grade {grade} "
        "(A local experiment … D judgement)."
    ),
    "answer.cost.free": "That plan spends no more on outreach than “{baseline}”.",
    "answer.cost.unknown": "What that plan costs was not counted in these runs.",
    "answer.group": (
        "Furthest behind stay {group}: {level} of them paid a bill cashlessly, {gap} points below all households; "
        "the plan moves this group by {difference} points ({interval})."
    ),
    "answer.group.one": (
        "Furthest behind stay {group}: {level} of them paid a bill cashlessly, {gap} points below all households."
    ),
    "answer.group.none": "No group with enough simulated households lies behind the others.",
    "answer.no": "not known",
    "interval.both": "80 % interval {low80} to {high80}; 95 % {low95} to {high95}; {count} pairs of runs",
    "interval.pair": "80 % interval {low80} to {high80}",
    "interval.single": "one pair of runs, so no interval",
    "interval.lonely": "one run, so no interval",
    "interval.wide": "too few runs for an interval of the ratio",
    "interval.band": "80 % of {count} runs lie in {low} to {high}",
    "interval.spread": (
        "Intervals are those of one further run with {source}: they hold ignorance and do not shrink with more runs."
    ),
    "interval.mean": (
        "Intervals are confidence intervals of the mean over luck alone: ignorance about the parameters is not in them."
    ),
    "interval.paired": (
        "Differences are taken run by run on common random numbers, so they are narrower than the levels."
    ),
    # tables
    "head.plan": "plan",
    "head.level": "households using, %",
    "head.difference": "difference, points",
    "head.band": "80 % interval",
    "head.cost": "added outreach, million VND",
    "head.gain": "households added",
    "head.value": "VND for each",
    "head.grade": "evidence",
    "head.verdict": "verdict",
    "head.group": "group",
    "head.base": "“{baseline}”, %",
    "head.with": "with the plan, %",
    "head.code": "code",
    "head.counts": "counts",
    "verdict.apart": "told apart",
    "verdict.not": "cannot be told apart",
    "verdict.unknown": "one pair only",
    "table.using": (
        "“Using”: the household paid a bill cashlessly itself in the last three months. Costs are outreach as typed in "
        "the plans, not discounted."
    ),
    "table.band": "In [ ]: the 80 % interval.",
    "table.hidden": "–: fewer than {fewest} simulated households, or not counted.",
    "table.codes": "A to G count different things over different people: never join two of them with one line.",
    # groups
    "group.all": "all households",
    "group.age=15-24": "payers aged 15–24",
    "group.age=25-39": "payers aged 25–39",
    "group.age=40-59": "payers aged 40–59",
    "group.age=60+": "payers aged 60 and over",
    "group.income=1": "the fifth of households with the lowest incomes",
    "group.income=2": "the second fifth of households by income",
    "group.income=3": "the middle fifth of households by income",
    "group.income=4": "the fourth fifth of households by income",
    "group.income=5": "the fifth of households with the highest incomes",
    "group.urban=yes": "urban households",
    "group.urban=no": "rural households",
    "group.district": "households in {name}",
    # what it cannot say
    "limit.real": "It simulates households drawn from published totals: no real household, named village or person.",
    "limit.levels": "Without local monthly counts it is illustrative: read differences between plans, not levels.",
    "limit.effect": (
        "It does not say what outreach did in Hưng Yên: effects come from other countries and from judgement, graded "
        "A to D."
    ),
    "limit.rank": "Where intervals overlap it does not rank plans: they cannot be told apart.",
    "limit.events": "It knows no events, rules or prices that are not in the scenario, and no official's intentions.",
    "limit.whole": "It counts money for outreach and for collecting, not what a cashless economy is worth.",
    # provenance
    "made.households": "households simulated",
    "made.of": "{count} of {full}",
    "made.runs": "runs of each scenario",
    "made.counts": "{replicates} with the scenario's own values, {draws} with {source}",
    "made.prior": "parameters drawn from assumed ranges",
    "made.posterior": "parameters drawn from the fit to reported figures",
    "made.seed": "seed",
    "made.months": "months",
    "made.place": "place",
    "made.code": "program",
    "made.recipe": "recipe of “{title}”",
    "made.datahash": "data",
    "made.codehash": "code",
    "made.calibration": "calibration",
    "made.synthetic": "synthetic households, not real ones",
    "made.statistic": "statistic",
    "made.using": "households using (own cashless payment in the last three months); none of the codes A to G",
    # health colours
    "light.green": "green",
    "light.amber": "amber",
    "light.red": "red",
    # slides
    "slide.keys": "Arrows or click: next and back. N: notes. L: language. P: print.",
    "slide.change": "What the plan changes",
    "slide.change.unit": "percentage points more households paying cashlessly",
    "slide.change.level": "of households pay a bill cashlessly",
    "slide.between": "80 % interval: {low} to {high}",
    "slide.cost": "What it costs",
    "slide.cost.unit": "VND for each household added",
    "slide.cost.total": "million VND of outreach added",
    "slide.cost.untold": "The gain cannot be told from none: no cost for each household.",
    "slide.left": "Who is not reached",
    "slide.left.unit": "of them pay cashlessly; {gap} points below all",
    "slide.left.none": "No group lies behind the others",
    "slide.limits": "What the model cannot say",
    "slide.health": "How far to trust it",
    "slide.health.fine": "All lights are green.",
    "slide.made": "Where it comes from",
    "slide.against": "“{title}”, against “{baseline}”, {month}",
    "slide.none": "No plan can be told apart from “{baseline}” yet",
    "notes.open": "Read the question aloud. Say that households are simulated, and that every number has an interval.",
    "notes.figure": "Say first what the axes are, then the claim. What the picture shows: {alt}",
    "notes.limits": "Read these before questions are taken; they save the speaker from promising too much.",
    "notes.health": "Green, amber and red say whether the numbers may be used, not whether the plan is good.",
    "notes.made": "Leave this slide up while people ask: it holds what is needed to make the same numbers again.",
    # short sentences of slides
    "short.real": "Simulated households, not real ones.",
    "short.levels": "Read differences between plans, not levels.",
    "short.effect": "Effects of outreach are borrowed, not measured here.",
    "short.rank": "Overlapping intervals: no ranking.",
    # brief
    "brief.title": "BRIEFING NOTE",
    "brief.subject": "Subject: {question}",
    "brief.to": "To: ........................................",
    "brief.date": "Date: ....................",
    "brief.ask": "1. What is asked",
    "brief.answer": "2. What the simulation says",
    "brief.propose": "3. What may be decided",
    "brief.propose.some": "Consider “{title}”; before spending, load local monthly counts and run it again.",
    "brief.propose.none": "No plan stands out yet: keep money back, or pay first for local monthly counts.",
    "brief.propose.one": "These runs hold one scenario: run a plan beside it before anything is decided.",
    "brief.limits": "4. What it does not say",
    "brief.opinion": "5. Opinion of the person in charge: ........................................",
    "brief.sign": "Prepared by",
    "brief.annex": "ANNEX: tables",
    # workbook
    "sheet.read": "Read first",
    "sheet.charts": "Charts",
    "sheet.plans": "Plans",
    "sheet.levels": "Levels",
    "sheet.differences": "Differences",
    "sheet.groups": "Groups",
    "sheet.spending": "Spending",
    "sheet.dictionary": "Dictionary",
    "chart.using": "Households using cashless payment, %",
    "chart.difference": "Difference to “{baseline}”, {month}, percentage points",
    "chart.groups": "Households using by group, {month}, %",
    "column.scenario": "scenario",
    "column.title": "title",
    "column.month": "month",
    "column.measure": "measure",
    "column.group": "group",
    "column.n": "runs or pairs",
    "column.mean": "mean",
    "column.base": "baseline",
    "column.level": "with the plan",
    "column.difference": "difference",
    "column.low80": "80 % low",
    "column.high80": "80 % high",
    "column.low95": "95 % low",
    "column.high95": "95 % high",
    "column.sd": "SD of the difference",
    "column.cost": "added outreach",
    "column.gain": "households added",
    "column.gain_low80": "households added, 80 % low",
    "column.gain_high80": "households added, 80 % high",
    "column.value": "cost for each",
    "column.value_low80": "cost for each, 80 % low",
    "column.value_high80": "cost for each, 80 % high",
    "column.grade": "evidence",
    "column.verdict": "verdict",
    "column.channel": "channel",
    "column.sponsor": "who pays",
    "column.year": "year",
    "column.sheet": "sheet",
    "column.column": "column",
    "column.unit": "unit",
    "column.meaning": "meaning",
    "unit.text": "text",
    "unit.share": "share from 0 to 1",
    "unit.count": "number",
    "unit.vnd": "VND",
    "unit.households": "households",
    "unit.month": "YYYY-MM",
    "meaning.scenario": "name of the scenario in its file",
    "meaning.title": "its title",
    "meaning.month": "month that is counted",
    "meaning.measure": "using: own cashless payment of a bill in the last three months; A to G: published statistics",
    "meaning.group": "which households",
    "meaning.n": "runs behind the number, or pairs of runs behind a difference",
    "meaning.mean": "mean over the runs",
    "meaning.base": "value in the baseline, mean over the pairs",
    "meaning.level": "value in this scenario, mean over the pairs",
    "meaning.difference": "this scenario less the baseline, pair by pair",
    "meaning.low80": "lower end of the 80 % interval",
    "meaning.high80": "upper end of the 80 % interval",
    "meaning.low95": "lower end of the 95 % interval",
    "meaning.high95": "upper end of the 95 % interval",
    "meaning.sd": "standard deviation of the paired difference",
    "meaning.cost": "outreach spent beyond the baseline, over all months",
    "meaning.gain": "households using beyond the baseline",
    "meaning.gain_low80": "lower end of its 80 % interval",
    "meaning.gain_high80": "upper end of its 80 % interval",
    "meaning.value": "cost divided by households added; empty where the gain cannot be told from none",
    "meaning.value_low80": "lower end of its 80 % interval; empty with too few runs",
    "meaning.value_high80": "upper end of its 80 % interval; empty with too few runs",
    "meaning.grade": "weakest evidence among the channels added: A local experiment … D judgement",
    "meaning.verdict": "whether the 80 % interval of the difference leaves out zero",
    "meaning.channel": "channel of outreach, as in the scenario file",
    "meaning.sponsor": "who pays for it",
    "meaning.year": "calendar year",
    # commands
    "command.report": (
        "Write a report of scenarios as one HTML file that needs no internet; --docx and --pdf add those.\n\n"
        "Example: cashless-sim report 01-nen 04a-diem-ho-tro-nha-van-hoa --to 01-nen --docx"
    ),
    "command.slides": (
        "Write slides in both languages as one HTML file that needs no internet.\n\n"
        "Example: cashless-sim slides 01-nen 04a-diem-ho-tro-nha-van-hoa --to 01-nen"
    ),
    "command.export": (
        "Write a workbook (xlsx), slides with editable charts (pptx) or a one-page brief (docx).\n\n"
        "Example: cashless-sim export 01-nen 04a-diem-ho-tro-nha-van-hoa --to 01-nen --as xlsx --as pptx"
    ),
    "option.docx": "Also write a one-page brief with tables (.docx).",
    "option.pdf": "Also print it to PDF; needs Chromium, Chrome or Edge.",
    "option.as": "xlsx, pptx or docx; may be repeated; all three if not given.",
    "option.file": "File to write; results/<scenarios> with its ending if not given.",
    "option.draws": "Runs with drawn parameters, for the intervals (20).",
    "option.replicates": "Runs of luck of each scenario (1).",
    "command.written": "Wrote {files}",
}
