"""Words of the workshop in English; `workshop_vi` holds the same keys."""

EN = {
    # commands
    "command": "The workshop in a box: print papers, key the tables' forms, score them, make the paper fallback.",
    "command.papers": (
        "Papers to print: form, role cards, wall sheet, quiz, facilitator's scripts; one HTML file.\n\n"
        "Example: cashless-sim workshop papers --out papers --language en"
    ),
    "command.key": (
        "Key the form of one table, one key a choice.\n\nExample: cashless-sim workshop key --table 3 --choose 1,4,7"
    ),
    "command.form": (
        "Check a keyed form; with --to-toml write it as a plan to go on with.\n\n"
        "Example: cashless-sim workshop form results/workshop/forms/table-3-round-1.toml --to-toml"
    ),
    "command.score": (
        "Score forms on common luck against going on as now; taken up again after a stop.\n\n"
        "Example: cashless-sim workshop score results/workshop/forms"
    ),
    "command.prepare": (
        "Run as now before the workshop begins, so that scoring is faster.\n\nExample: cashless-sim workshop prepare"
    ),
    "command.singles": (
        "Score every choice by itself: the table for when the computer fails.\n\n"
        "Example: cashless-sim workshop singles --choices ours.toml"
    ),
    "option.out": "Folder for the results.",
    "option.choices": "Your own file of choices (TOML); the shipped one if not given.",
    "option.table": "Number of the table (1 to 99); no person's name.",
    "option.round": "Round (1).",
    "option.choose": "Numbers of the ticked choices, as 1,4,7.",
    "option.to-toml": "Write the form as a plan (TOML) to run, change and compare.",
    "option.forms": "Form files (.toml, .csv) or a folder of them; results/workshop/forms if not given.",
    "option.form": "Form file (.toml, .csv).",
    "option.households": "Households of a run (20,000).",
    "option.draws": "Draws of the parameters, each with its own luck (9).",
    "option.singles": "Scores of single choices (CSV); the shipped ones if not given.",
    "option.store": "File of the store of runs (results/workshop/store.sqlite).",
    # keying
    "key.table": "Table number: ",
    "key.choices": "Ticked boxes, one key a choice (as 147), then Enter: ",
    "key.line": "{number}. {title} ({chips} chips)",
    "key.kept": "Table {table}, round {round}: {chips} of {budget} chips; written to {file}",
    "key.replaced": "Table {table}, round {round}: {chips} of {budget} chips; written over {file}",
    "key.nothing": "(nothing chosen: as now)",
    "form.sound": "Table {table}, round {round}: the form is sound, {chips} of {budget} chips",
    "form.plan": "Plan: {file}",
    "plan.title": "Proposal of table {table}, round {round}: {choices}",
    "plan.none": "as now",
    # scoring
    "score.working": "Scoring {forms} forms: {runs} runs of {households} households …",
    "score.prepared": "Ready: the runs of as now are in {store}.",
    "score.took": "{runs} runs in {seconds} seconds",
    "score.failed": "{count} runs failed; see: cashless-sim store ls {store} --failed",
    "score.title.gain": "Scoreboard, {month}: added payers, {count} draws (80 % interval)",
    "score.title.money": "Money, {month}: thousand VND an added payer, {count} draws (80 % interval)",
    "score.title.left": "Not reached, {month}: households, {count} draws (80 % interval)",
    "score.head.place": "place",
    "score.head.table": "table",
    "score.head.choices": "choices",
    "score.head.chips": "chips",
    "score.head.gain": "added payers",
    "score.head.spent": "million VND",
    "score.head.value": "thousand VND each",
    "score.head.old": "60 and over",
    "score.head.poor": "poorest fifth",
    "score.head.helped": "fewer",
    "score.head.grade": "evidence",
    "score.head.prize": "prize",
    "score.tie": "{place}=",
    "score.prize": "★",
    "score.table": "Table {table}",
    "score.table.round": "Table {table}, round {round}",
    "score.none": "not clear",
    # the board
    "board.title": "Workshop scoreboard",
    "board.chosen": "What did each choose?",
    "board.chosen.under": "Numbers of the choices · chips",
    "board.chosen.row": "{choices} · {chips} chips",
    "board.gain": "Who adds most payers?",
    "board.gain.under": "Added payers in {month} [80 % interval]",
    "board.money": "What does each cost?",
    "board.money.under": "Thousand VND for each added payer [80 % interval]",
    "board.left": "Leave no one behind",
    "board.left.under": "Fewer not reached, two groups [80 % interval]",
    "board.still": "Who is still not reached?",
    "board.still.under": "Households not paying cashless, {month}: 60 and over · poorest fifth",
    "board.read": "How to read it",
    "board.read.tie": "Against going on as now. Intervals that overlap are a tie (1=): they cannot be told apart.",
    "board.read.using": (
        "Payer: a household that itself paid a bill without cash in the last 3 months. It is none of statistics A to G."
    ),
    "board.read.groups": (
        "Two groups: payers of 60 and over; the poorest fifth of households. A household in both counts twice."
    ),
    "board.read.luck": "All tables run on the same {households} simulated households, the same luck, {count} draws.",
    "board.believe": "How far to believe it",
    "board.believe.place": "Illustrative for old Hưng Yên (39 of 104 communes and wards); no forecast.",
    "board.believe.fit": "Uncalibrated: parameters {source}.",
    "board.believe.posterior": "fitted to published levels, checks not passed",
    "board.believe.prior": "drawn from assumed ranges",
    "board.believe.grade": "Evidence on channels: A is a local experiment, D is judgement. Here: {grades}.",
    "board.believe.real": "Simulated households, none is real. Tables are scored, not persons.",
    "board.foot": "Illustrative for Hưng Yên, uncalibrated",
    "board.cost": "{chips} chips · {spent} million VND spent · evidence {grade}",
    "board.unclear": "not told apart from as now",
    "board.prize": "Prize: {tables}",
    "board.prize.none": "No table can be told apart from as now: no prize.",
    # papers: what is common
    "paper.title": "Papers of the workshop",
    "paper.foot": "Illustrative for Hưng Yên; uncalibrated; simulated households, none is real.",
    "paper.print": "Print on A4, one side, black and white. Copies are named at the head of each page.",
    "copies.one": "1 copy for each table",
    "copies.rounds": "1 copy for each table and round",
    "copies.person": "1 copy for each person",
    "copies.persons": "2 copies for each person: before and after",
    "copies.wall": "1 copy, enlarged for the wall",
    "copies.lead": "1 copy for the facilitator",
    # the form
    "form.title": "Proposal of a table",
    "form.lead": "What should be done in 2027 so that more households pay bills without cash, and nobody is left out?",
    "form.table": "Table number",
    "form.round": "Round",
    "form.rule": (
        "A table has {budget} chips; 1 chip is {amount} million VND. Tick boxes with ×, add up the chips: at most "
        "{budget}."
    ),
    "form.head.tick": "×",
    "form.head.choice": "Choice",
    "form.head.chips": "Chips",
    "form.head.grade": "Evidence",
    "form.sum": "Chips in all (at most {budget}):",
    "form.why": "Why these? Who is still left out?",
    "form.person": "No names, no phone numbers: tables are scored, not persons.",
    "form.grade": (
        "Evidence: A local experiment, B experiment elsewhere, C inferred from a near study, D judgement. Prices and "
        "sizes are assumed."
    ),
    # roles
    "role.title": "Role cards",
    "role.how": "Cut along the lines; everyone draws one. Speak as the person on the card would, not as yourself.",
    "role.want": "Wants",
    "role.fear": "Fears",
    "role.ask": "Asks the table",
    # wall sheet
    "wall.title": "Score sheet for the wall",
    "wall.round": "Round 1 □    Round 2 □",
    "wall.head.table": "Table",
    "wall.head.choices": "Choices",
    "wall.head.chips": "Chips",
    "wall.head.gain": "Added payers",
    "wall.head.band": "80 % interval",
    "wall.head.value": "Thousand VND each",
    "wall.head.helped": "Not reached: fewer by",
    "wall.head.place": "Place",
    "wall.rule": (
        "Intervals that overlap get the same place. Separate prize: the table with most fewer not reached (shared "
        "where intervals overlap)."
    ),
    # quiz
    "quiz.title": "Six questions",
    "quiz.when": "Before □    After □        Table ______",
    "quiz.how": "Circle one letter a question. No name. Five minutes.",
    "quiz.key": "Key of the six questions",
    "quiz.sum": (
        "The facilitator counts right answers of the whole table, before and after, and keeps the table's sum only."
    ),
    # glossary
    "words.title": "Glossary card",
    # next month
    "next.title": "What I do next month",
    "next.lead": "Three things only, within your own powers, done in 30 days. Keep this sheet.",
    "next.head.do": "What I do",
    "next.head.whom": "For which group",
    "next.head.with": "With whom",
    "next.head.day": "Before",
    "next.head.see": "How we know it is done",
    "next.block": "A bottleneck in my sector, and who can clear it:",
    "next.count": "Monthly counts that my office can send (totals only, nobody's name):",
    # facilitator
    "lead.title": "Facilitator",
    "lead.minutes": "Minutes",
    "lead.what": "What",
    "lead.how": "How",
    "lead.before": "Get ready",
    "lead.fail": "If the computer fails: score on paper",
    "lead.debrief": "Questions for the debrief",
    "lead.script": "Script: {title}, {minutes} minutes",
    # fallback
    "paperscore.title": "Scoring on paper: points of single choices",
    "paperscore.lead": (
        "Add the points of the ticked boxes. The sum is an approximation: what is done together seldom adds up."
    ),
    "paperscore.unit": (
        "1 point = 100 added payers in {month}. From and to are the 80 % interval: add each column by itself; an "
        "interval so added is wider than the true one."
    ),
    "paperscore.size": "From {households} simulated households, {draws} draws, seed {seed}.",
    "paperscore.sum": "Add up here",
    "paperscore.head.number": "No.",
    "paperscore.head.choice": "Choice",
    "paperscore.head.chips": "Chips",
    "paperscore.head.points": "Points",
    "paperscore.head.low": "From",
    "paperscore.head.high": "To",
    "paperscore.head.helped": "Points, not reached",
    "paperscore.head.spent": "Spent, million VND",
    "paperscore.helped": (
        "Points, not reached: 1 point = 100 fewer households not reached in two groups (payers of 60 and over; the "
        "poorest fifth)."
    ),
}
