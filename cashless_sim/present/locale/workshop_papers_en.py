"""Texts of the workshop's papers in English; `workshop_papers_vi` has the same shape."""

ROLES = (
    (
        "Vice-chair of the commune (in the chair)",
        "You lead the table, keep the time, see that everyone is heard, and close the form.",
        "The commune meets its target and nobody complains.",
        "A fine report, while the old have their children pay for them.",
        "Which figure counts those who pay themselves, which those who are helped?",
    ),
    (
        "Power company",
        "Your company planned to remove 708 cash counters in the province by 30 June 2025.",
        "Bills paid on time, fewer rounds of collecting.",
        "Whoever has no counter left pays late and is cut off.",
        "Who cannot pay without a counter? Where do we meet them?",
    ),
    (
        "Water company",
        "Fewer customers than power; small bills, in many places still collected at home.",
        "To share a help desk with the power company, to save money.",
        "People trust their collector; change that and they stop paying.",
        "Who pays for power by phone, does he pay for water the same way?",
    ),
    (
        "Bank",
        "You open accounts, install apps, sign up standing orders.",
        "Accounts that are opened are used.",
        "Accounts opened for the target and left; scams that frighten people.",
        "Once the account is open, who sits beside them at the first bill?",
    ),
    (
        "Village head, community digital team",
        "Your team goes from door to door; everything digital lands on you.",
        "Every evening spent at a home that needs it.",
        "Few people, few evenings; shown once and forgotten.",
        "Whose home first? Who goes back after a month?",
    ),
    (
        "Women's Union, Youth Union",
        "You run digital literacy classes and have volunteers.",
        "Classes with those who need them, who can do it afterwards.",
        "Those who come know it already; those who need it are busy or shy.",
        "How do those learn who are too shy for a class?",
    ),
    (
        "Commune police (ID cards, electronic ID)",
        "You issue chip cards and electronic IDs, and warn of scams.",
        "Everyone has valid papers to open and verify an account.",
        "After each scam people trust no call, not even a true one.",
        "Who is stuck with papers or biometrics? Do we teach how to see a scam?",
    ),
    (
        "Agent at the post office",
        "You take cash for power bills and earn a commission on each.",
        "To keep your work; to be paid for helping people pay by phone.",
        "When everyone pays by phone, your commission is gone.",
        "I know the faces of those who cannot yet. Why not pay me to teach them?",
    ),
    (
        "Worker in a rented room",
        "The landlord holds the meter and you pay him; your wage comes to an account.",
        "To pay for what you use, not through other hands.",
        "On shift all day: the loudspeaker and the class are when you work.",
        "Do tenants count as households that are not reached?",
    ),
    (
        "Elderly person living alone",
        "Over seventy, a phone with keys, a benefit, bills paid in cash.",
        "Someone you know at your home, slowly, step by step.",
        "One wrong key and the money is gone; having to give your password away.",
        "If I still want to pay in cash, where do I go, and how far is it?",
    ),
)
"""Title, who it is, what it wants, fears, asks the table."""
QUIZ = (
    (
        (
            "In August 2022 the power company reported 90.7 % of customers cashless; in the same year a survey found "
            "that 70 % of those who paid a bill used cash only. Why?"
        ),
        (
            "One of the two is wrong.",
            "They count different things among different people.",
            "People do not tell the truth.",
        ),
        "B",
        "One counts customers (offices, those helped and cash at agents included), the other asks adults.",
    ),
    (
        "Mr Ba hands cash to the post office. Which way of counting may call this cashless?",
        ("Bills collected through an intermediary.", "A survey that asks if he paid from an account.", "None."),
        "A",
        "The company gets it through an intermediary; he still paid in cash.",
    ),
    (
        "To pay a power bill by transfer yourself, what is needed first?",
        ("To hear the loudspeaker often.", "An e-wallet.", "An account, a phone that one can use, valid papers."),
        "C",
        "Gates come first; persuasion does not open them.",
    ),
    (
        "Scoreboard: table 1 adds 3,000 [1,000; 5,000], table 2 adds 3,400 [1,200; 5,600]. What follows?",
        ("Table 2 wins.", "They cannot be told apart: a tie.", "Both are useless."),
        "B",
        "The intervals overlap, so neither is ahead.",
    ),
    (
        "Who are the households in the model?",
        (
            "Real ones without names.",
            "Ones picked at random in Hưng Yên.",
            "Simulated ones made from published totals.",
        ),
        "C",
        "No real household, village or person is in it.",
    ),
    (
        "Beside a channel it says evidence D. What does it mean?",
        ("Its effect is judged, not tried.", "It is the worst channel.", "It was tried in Hưng Yên."),
        "A",
        "D is about what we know, not about how good the channel is.",
    ),
)
"""Question, three answers, the right letter, why."""
WORDS = (
    ("Cashless payment", "Transfer, QR code, standing order, e-wallet, mobile money."),
    ("Payer", "Household that itself paid at least one bill without cash in the last 3 months."),
    ("Helped", "Somebody else pays digitally for the household; it cannot yet do so itself."),
    ("Agent", "Post office or shop that takes cash and passes it on to the company."),
    ("Standing order", "The bank pays the bill from the account when it is due."),
    ("As now", "The baseline: nothing is added. Every table is held against it."),
    ("80 % interval", "Where the result falls 8 times in 10, luck and what is not known both counted."),
    ("Cannot be told apart", "Two intervals overlap: nobody can say which is ahead."),
    ("Common luck", "Tables run on the same households and the same luck: only their choices differ."),
    ("Evidence A to D", "A local experiment … D judgement."),
    ("Not reached", "Household that does not pay cashless, with a payer of 60 or over, or in the poorest fifth."),
    ("Chip", "Money on the form: 1 chip = 100 million VND for old Hưng Yên in 2027."),
)
SCRIPTS = (
    (
        "talk",
        "talk",
        (
            (4, "Six questions (before)", "Hand out, collect, do not correct."),
            (
                6,
                "Five ways of counting",
                "Cash handed in at the post office: who calls it cashless? Tell of 90.7 % and 70 % in 2022.",
            ),
            (
                5,
                "What the model does",
                (
                    "Simulated households, month by month, gates first and persuasion second. Say: illustrative, "
                    "uncalibrated."
                ),
            ),
            (
                8,
                "The hall chooses",
                (
                    "Read the eight choices, show of hands within 10 chips, key one form, show the board (a few forms "
                    "scored before)."
                ),
            ),
            (4, "Who is left out", "Show the page of the two groups. Ask: who in our commune is like that?"),
            (3, "What I do next month", "Everyone writes one thing. Tell the answers to 1 and 4."),
        ),
    ),
    (
        "table",
        "one round of tables",
        (
            (
                8,
                "Opening, six questions (before)",
                "Tables of 8–10; role cards, glossary, questions; collect the questions.",
            ),
            (10, "Counting, and the model", "As in the talk, shorter; show the figure of statistics."),
            (7, "Into the roles", "Everyone reads the card in 30 seconds; the chair does not interrupt."),
            (
                20,
                "Discuss, fill in the form",
                "One form a table, at most 10 chips. Remind: who is left out? Collect in time.",
            ),
            (
                10,
                "Key and score",
                "Under a minute a form, under two to score. Meanwhile each table says in a sentence why.",
            ),
            (15, "Scoreboard", "Page by page. Overlap is a tie. The prize for most fewer not reached."),
            (10, "Debrief", "Out of the roles. Three questions."),
            (6, "What I do next month", "Everyone fills in the sheet and reads one thing to the neighbour."),
            (4, "Six questions (after)", "The same ones; collect, read the key."),
        ),
    ),
    (
        "half",
        "half a day, two rounds",
        (
            (10, "Opening, six questions (before)", "Tables, papers, the purpose, what the model cannot say."),
            (15, "Counting, and the model", "The figure of statistics; why each figure is another."),
            (10, "Into the roles", "Everyone reads the card; tenant, elderly, agent speak first."),
            (30, "Round 1: discuss, fill in", "At most 10 chips. Collect in time."),
            (10, "Key and score round 1", "On the wall sheet as well."),
            (20, "Scoreboard, round 1", "Every table: what surprised us? Who is left out?"),
            (15, "Break", "The facilitator looks at the forms and at the computer."),
            (10, "Change roles", "Swap cards with whoever sits opposite, at the same table."),
            (30, "Round 2: mend the form", "Drop, add, change; still 10 chips."),
            (10, "Key and score round 2", "Together with round 1, so that each table sees its change."),
            (20, "Scoreboard, round 2", "The prize. Say what cannot be told apart."),
            (15, "Debrief", "Out of the roles. Bottlenecks by sector: who can clear them?"),
            (10, "What I do next month", "Three things within one's powers; keep the sheet."),
            (5, "Six questions (after)", "Collect, read the key, thanks."),
        ),
    ),
)
"""Name, title, rows of minutes, what, how."""
BEFORE = (
    "Print; scissors, pens, a clock; 10 coins or beans for each table to count with.",
    "On the computer: cashless-sim workshop prepare (runs as now), then key and score a form as a trial.",
    "No sleep mode; plug in; show the board of the trial in full screen (F11) and read it from the back of the room.",
    (
        "A table of 8 leaves out water company and police; always keep the three that are hardest to hear: agent, "
        "tenant, elderly."
    ),
    "Nobody's name or phone is collected; forms hold the number of the table only.",
    "Set prices and sizes of the choices to your own in choices.toml, then print again.",
)
FAIL = (
    "Tell the hall: the computer failed, we score on paper; the result is an approximation by adding.",
    "Take the sheet “Scoring on paper”. Each table adds the columns Points, From, To of its ticked boxes.",
    "Write them on the wall sheet. Where From–To overlap, the place is the same.",
    "Add the points of those not reached: the highest gets the prize; within a third of it, it is shared.",
    "Keep the forms; key and score them when there is a computer, and send the result.",
)
DEBRIEF = (
    "Which choice adds many and still leaves people out? Why?",
    "What has to be there before persuasion: papers, account, phone, someone to come along? Who can see to it?",
    "If the board is wrong by half, would we choose otherwise? Which figures do we need?",
)
