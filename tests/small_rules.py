"""Small rules, each about one thing that the compiler takes; each owns the columns that show what came out."""

from typing import Any

from cashless_sim.codes import BILLS, CASH, DIGITAL, METHODS, Bill, Education, Method
from cashless_sim.rules.maths import INFINITY, exp, formula, log, power
from cashless_sim.rules.rule import Column, CountOf, Draw, Rule, ShareOf, Table, parameter
from cashless_sim.units import Code, Count, Money, Number, Share

FEE = Table("fee", (BILLS, METHODS), "cell", "VND", "fee")
ERROR = Table("error", (), "bank", "share", "error")
SEASON = Table("season", (BILLS,), "", "factor", "season")
TICK = Table("tick", (), "", "months", "months")
WEIGHTS = (0.5, 0.25, 0.125)
PAIRS = range(1, 3)


def number(name: str, **more: Any) -> Column:
    return Column(name, Money, "VND", "what came out", **more)


class Branches(Rule):
    owns = (number("branch"), Column("grew", bool, "yes/no", "grew"))

    def household(self, h, peers, here, u):
        if h.age < 18:
            h.branch = 1.5
        elif h.age < 60 and not h.urban:
            h.branch = h.income / 3
            h.grew = True
        else:
            if h.account:
                h.branch = h.branch + 1
            h.grew = h.trust > 0.5


class Loops(Rule):
    owns = (number("looped"), Column("worst", Count, "months", "most months late"))

    def household(self, h, peers, here, u):
        total = 0.0
        h.worst = 0
        for b in BILLS:
            for weight in WEIGHTS:
                total += weight * h.late[b]
            h.worst = max(h.worst, h.late[b])
        for k in PAIRS:
            total = total - k
        for m in Method:
            if h.way[0] == m:
                total = total + here.fee[0, min(m, 6)]
        for k in range(2):
            total = total + WEIGHTS[k] * h.trust
        h.looped = total

    reads = (FEE,)


class Tuples(Rule):
    owns = (number("most"), number("least"), Column("known", bool, "yes/no", "is one of them"))

    def household(self, h, peers, here, u):
        values = tuple(h.late[b] * here.season[b] for b in BILLS)
        pair = (h.trust, h.debt)
        h.most = max(values)
        h.least = min(pair[0], pair[1], values[2])
        h.known = h.way[1] in DIGITAL or h.education in (0, Education.TERTIARY) or h.way[2] not in CASH

    reads = (SEASON,)


class Extremes(Rule):
    owns = (number("low"), number("high"), number("size"), number("held"))

    def household(self, h, peers, here, u):
        h.low = min(h.debt, h.trust, 0.3)
        h.high = max(h.debt, 0.0)
        h.size = abs(h.debt) + abs(-2)
        h.held = min(max(h.trust, 0.0), 1.0) * max(2, 3)


class Comparisons(Rule):
    owns = (
        Column("between", bool, "yes/no", "between"),
        Column("same", bool, "yes/no", "same"),
        Column("odd", bool, "yes/no", "odd"),
    )

    def household(self, h, peers, here, u):
        h.between = 18 <= h.age < 60 != h.late[0]
        h.same = (h.urban == h.account) == (h.age > 30)
        h.odd = not (h.debt <= h.trust) or h.urban != (h.late[1] >= 128)


class Counts(Rule):
    """Counts stop at 0 and 255, and take the nearest whole number, ties to even."""

    owns = (
        Column("up", Count, "times", "up", start=250),
        Column("down", Count, "times", "down", start=3),
        Column("half", Count, "times", "half"),
        Column("far", Number, "VND", "far"),
        Column("known_far", Count, "times", "far, known beforehand"),
        Column("known_half", Count, "times", "half, known beforehand"),
        Column("kept_way", Method, "code", "a code"),
    )

    def household(self, h, peers, here, u):
        h.up += 3
        h.down -= 1
        h.half = h.late[0] + 0.5
        h.far = h.income * 2.0
        h.known_far = 300
        h.known_half = 2.5
        h.kept_way = h.way[0] if h.age > 40 else Method.NONE


class Shares(Rule):
    """Shares keep steps of 2^-14 and stop short of 2."""

    owns = (
        Column("part", Share, "share", "part", start=0.3),
        Column("over", Share, "share", "over"),
        Column("under", Share, "share", "under"),
        Column("constant", Share, "share", "constant"),
        Column("chosen", Share, "share", "chosen"),
    )

    def household(self, h, peers, here, u):
        h.part += 0.1 * (1.0 - h.part)
        h.over = h.trust + 1.5
        h.under = -h.income
        h.constant = 0.1
        h.chosen = 0.7 if h.urban else 0.1


class PerBill(Rule):
    owns = (
        Column("amount", Money, "VND", "amount", per=BILLS),
        Column("habit", Share, "share", "habit", per=BILLS, start=0.25),
        Column("ever", bool, "yes/no", "ever", per=BILLS),
        Column("best", Method, "code", "best", per=BILLS, start=7),
    )

    def household(self, h, peers, here, u):
        for b in BILLS:
            h.amount[b] = h.late[b] * here.season[b]
            if h.way[b] in DIGITAL:
                h.habit[b] += 0.2 * (1.0 - h.habit[b])
                h.ever[b] = True
            h.best[b] = h.way[b]
        h.amount[Bill.WATER] -= h.amount[0]

    reads = (SEASON,)


class Draws(Rule):
    owns = (number("sum_of_luck"), Column("trait", bool, "yes/no", "trait"), Column("raced", Method, "code", "raced"))
    draws = (Draw("race", per=(BILLS, METHODS)), Draw("trait", once=True), Draw("by_bill", per=(BILLS,)))

    def household(self, h, peers, here, u):
        h.trait = u.trait < 0.3
        best = INFINITY
        h.raced = Method.NONE
        for b in BILLS:
            for m in METHODS:
                time = -log(u.race[b, m])
                if time < best:
                    best = time
                    h.raced = m
        if h.urban:
            h.sum_of_luck = u.by_bill[0] + u.implied
        else:
            h.sum_of_luck = u.by_bill[2] - u.implied


class Tables(Rule):
    owns = (number("paid"), number("by_bank"), number("later"))
    reads = (FEE, ERROR, SEASON, TICK)

    def household(self, h, peers, here, u):
        h.paid = here.fee[Bill.TELECOM, Method.WALLET] + here.fee[0, 0] * here.tick
        h.by_bank = here.error * here.season[1]
        h.later = here.fee[1, min(h.way[1], 6.0)]


class Peers(Rule):
    owns = (number("around"),)
    peers = (CountOf("paying", where="pays"), ShareOf("share_paying", where="pays"), CountOf("towns", where="urban"))

    def household(self, h, peers, here, u):
        h.around = peers.paying + peers.share_paying - peers.towns / 2


@formula
def band(h, here, b):
    if b == Bill.ELECTRICITY:
        return 1.0
    if h.age < 30:
        young = h.age * here.season[b]
        return young + young
    if h.urban or h.late[b] > 3:
        return h.debt if h.trust > 0.2 else 2.0
    return twice(rule=None, x=0.0) if False else twice(h, h.trust)


@formula
def twice(h, x):
    return x + x


@formula
def truth(h, b):
    if h.urban:
        return h.late[b] > 10
    return not h.account


class Formulas(Rule):
    owns = (number("banded"), Column("true", bool, "yes/no", "true"))
    reads = (SEASON,)

    def household(self, h, peers, here, u):
        h.banded = 0.0
        for b in BILLS:
            h.banded += band(h, here, b)
            h.true = h.true or truth(h, b)


class Functions(Rule):
    owns = (number("curved"), number("chance"), number("constant_chance"))

    tell: Share = parameter(0.3, "chance", plausible=(0.1, 0.5), source="assumed")
    taste: Number = parameter((0.5, -0.25, 1.0), "taste", plausible=(-3, 3), source="assumed", per=BILLS)

    def household(self, h, peers, here, u):
        h.curved = exp(h.trust - 2) * log(h.age + 1) + self.taste[2]
        h.chance = 1.0 - power(1.0 - self.tell, h.late[0]) * power(h.trust, 0)
        h.constant_chance = exp(0.34657359) * log(3) + power(0.9, 2) * self.tell
        for b in BILLS:
            h.curved += self.taste[b] * h.late[b]


class Passing(Rule):
    owns = (
        Column("passed", Share, "share", "handed on", start=0.3, passing=True),
        Column("reason", Code, "code", "why", per=BILLS, passing=True),
        number("seen_before"),
    )

    def household(self, h, peers, here, u):
        h.seen_before = h.passed + h.reason[1]
        h.passed = h.trust * 0.5
        for b in BILLS:
            h.reason[b] = h.told_by + b


class Receives(Rule):
    owns = (number("received"),)

    def household(self, h, peers, here, u):
        h.received = h.passed + h.reason[2]


class Locals(Rule):
    owns = (number("worked"), Column("flagged", bool, "yes/no", "flagged"))

    def household(self, h, peers, here, u):
        step: float = h.trust
        step *= 3.0
        step /= h.age + 1
        flag = h.urban and step > 0.01
        if flag:
            note = h.debt
            step += 1
        else:
            note = -1.0
        flag = flag or note < 0
        h.flagged = flag
        h.worked = note + step
        h.worked -= step if flag else 2.0


class Signs(Rule):
    """Division by zero, infinities and the sign of zero are those of IEEE 754, without a word."""

    owns = (number("divided"), number("zero"), number("huge"))

    def household(self, h, peers, here, u):
        h.divided = 1.0 / (h.trust - h.trust) if h.urban else -h.debt / (h.late[0] + 0.0)
        h.zero = -h.debt * 0.0
        h.huge = h.debt * 1e38 * (+h.age)


class Folding(Rule):
    """Numbers known beforehand are worked out as Python does, in double precision."""

    owns = (number("folded"), Column("always", bool, "yes/no", "always"))

    def household(self, h, peers, here, u):
        h.folded = (0.1 + 0.2) * h.trust + (7 // 2) - (7 % 4) / 3.0
        h.always = 1 < 2 <= 2 and 3 not in CASH and 2 in CASH
        if True and len_of_bills > 2:
            h.folded += Method.PROXY + 1


len_of_bills = len(BILLS)


class Truths(Rule):
    """A number counts as true when it is not zero, as a test and when written to a yes/no column."""

    owns = (Column("any", bool, "yes/no", "any"), number("one_or_none"))

    def household(self, h, peers, here, u):
        h.any = h.late[0]
        h.one_or_none = h.urban
        if h.debt:
            h.one_or_none = 3
        if not h.late[1]:
            h.one_or_none = 4 if h.late[2] else 5


class NoNumber(Rule):
    """What is no number counts as the least a column holds, and as the least that exp and log take."""

    owns = (
        number("nothing"),
        number("log_of_nothing"),
        number("exp_of_nothing"),
        Column("count_of_nothing", Count, "times", "count"),
        Column("share_of_nothing", Share, "share", "share"),
        Column("truth_of_nothing", bool, "yes/no", "truth"),
    )

    def household(self, h, peers, here, u):
        h.nothing = (h.age - h.age) / (h.trust - h.trust)
        h.log_of_nothing = log(-h.nothing)
        h.exp_of_nothing = exp(h.nothing) + power(h.nothing, 2)
        h.count_of_nothing = h.nothing
        h.share_of_nothing = h.nothing
        h.truth_of_nothing = h.nothing


BATTERY = (
    Branches, Loops, Tuples, Extremes, Comparisons, Counts, Shares, PerBill, Draws, Tables, Peers, Formulas, Functions,
    Passing, Receives, Locals, Signs, Folding, Truths, NoNumber,
)  # fmt: skip
