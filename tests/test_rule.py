"""What a rule may not do is refused when it is defined or put into a month, with the line and what to do instead."""

import inspect
import math
import random
import time
from math import exp as other_exp

import numpy as np
import numpy as renamed
import pytest
from small_people import people
from small_rules import FEE, PerBill, Shares, number

import cashless_sim.streams as streams
from cashless_sim.codes import BILLS, DIGITAL, METHODS
from cashless_sim.errors import BadValue, RuleProblem, StreamCollision, UnknownKey
from cashless_sim.population.columns import Column
from cashless_sim.rules.maths import formula
from cashless_sim.rules.month import Month
from cashless_sim.rules.rule import CountOf, Draw, Rule, ShareOf, Table, parameter
from cashless_sim.units import Count, Money, Number, Share

chance = random.random


@formula
def impure(h):
    h.trust = 1.0
    return h.trust


@formula
def cubed(x):
    return x**3


@formula
def curved(x):
    return other_exp(x) + cubed_inside(x)


@formula
def cubed_inside(x):
    return x


# ── refused where it is defined ─────────────────────────────────────────────────────────────────────────────────────
def writes_another(h, u):
    h.trust = 0.5


def adds_to_another(h, u):
    h.late[0] += 1


def writes_a_misspelt_own(h, u):
    h.outt = 1.0


def writes_in_a_pair(h, u):
    h.out, h.trust = 1.0, 0.5


def writes_as_a_loop(h, u):
    for h.trust in BILLS:
        h.out = 1.0


def deletes(h, u):
    del h.trust


def gives_a_second_name(h, u):
    other = h
    other.trust = 1.0


def sets_by_name(h, u):
    setattr(h, "trust", 1.0)  # noqa: B010


def uses_math(h, u):
    h.out = math.exp(h.trust)


def uses_math_by_name(h, u):
    h.out = other_exp(h.trust)


def uses_numpy(h, u):
    h.out = np.sqrt(h.age)


def uses_numpy_renamed(h, u):
    h.out = renamed.log1p(h.age)


def uses_luck_without_a_key(h, u):
    h.out = random.random()


def uses_luck_by_another_name(h, u):
    h.out = chance()


def uses_the_clock(h, u):
    h.out = time.time()


def raises_to_a_power(h, u):
    h.out = h.trust**2


def raises_in_place(h, u):
    h.out **= 2


def imports(h, u):
    import os

    h.out = len(os.sep)


def calls_an_impure_formula(h, u):
    h.out = impure(h)


def calls_a_formula_with_a_power(h, u):
    h.out = cubed(h.trust)


def calls_a_formula_with_math(h, u):
    h.out = curved(h.trust)


def reads_an_undeclared_table(h, here, u):
    h.out = here.fees[0, 0]


def reads_an_undeclared_peer(h, peers, u):
    h.out = peers.payin


def reads_an_undeclared_parameter(self, h, u):
    h.out = self.tel


REFUSALS = [
    (writes_another, "writes h.trust, which it does not own; expected writes only to its own columns (out)"),
    (adds_to_another, "writes h.late, which it does not own"),
    (writes_a_misspelt_own, "writes h.outt, which it does not own", "did you mean 'out'?"),
    (writes_in_a_pair, "writes h.trust, which it does not own"),
    (writes_as_a_loop, "writes h.trust, which it does not own"),
    (deletes, "writes h.trust, which it does not own"),
    (gives_a_second_name, "gives h a second name; expected h.<column> = … in plain sight"),
    (sets_by_name, "calls setattr; expected h.<column> = … in plain sight"),
    (uses_math, "uses math", "expected exp, log and power of cashless_sim.rules.maths"),
    (uses_math_by_name, "uses other_exp of math", "expected exp, log and power of cashless_sim.rules.maths"),
    (uses_numpy, "uses np", "expected exp, log and power of cashless_sim.rules.maths"),
    (uses_numpy_renamed, "uses renamed of numpy", "expected exp, log and power of cashless_sim.rules.maths"),
    (uses_luck_without_a_key, "uses random", "expected u.<name>, a named draw"),
    (uses_luck_by_another_name, "uses chance of random", "expected u.<name>, a named draw"),
    (uses_the_clock, "uses time", "expected here.tick"),
    (raises_to_a_power, "uses **; expected power(base, by) of cashless_sim.rules.maths"),
    (raises_in_place, "uses **; expected power(base, by) of cashless_sim.rules.maths"),
    (imports, "reaches outside the household"),
    (calls_an_impure_formula, "its formula impure writes h.trust"),
    (calls_a_formula_with_a_power, "uses **; expected power(base, by) of cashless_sim.rules.maths"),
    (calls_a_formula_with_math, "uses other_exp of math"),
    (
        reads_an_undeclared_table,
        "reads here.fees, which it does not declare; expected one of fee",
        "did you mean 'fee'?",
    ),
    (reads_an_undeclared_peer, "reads peers.payin, which it does not declare", "did you mean 'paying'?"),
    (reads_an_undeclared_parameter, "reads self.tel, which it does not declare", "did you mean 'tell'?"),
]


def rule_of(body, tmp_path, monkeypatch) -> type[Rule]:
    """Define a rule whose household method has the text of a function of this file."""
    lines = inspect.getsourcelines(body)[0]
    text = ["    def household(self, h, peers, here, u):\n", *("    " + line for line in lines[1:])]
    name = f"typed_{body.__name__}"
    head = "from test_rule import *\nfrom test_rule import other_exp\n\n\nclass Typed(Rule):\n"
    declared = """    owns = (Column("out", Money, "VND", "out"),)
    reads = (FEE,)
    peers = (CountOf("paying", where="pays"),)
    tell: Share = parameter(0.3, "chance", source="assumed")

"""
    (tmp_path / f"{name}.py").write_text(head + declared + "".join(text), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return __import__(name).Typed


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal[0].__name__)
def test_a_rule_that_breaks_the_rules_is_refused_where_it_is_defined(refusal, tmp_path, monkeypatch):
    body, *words = refusal
    with pytest.raises(RuleProblem) as caught:
        rule_of(body, tmp_path, monkeypatch)
    said = str(caught.value)
    assert "\n" not in said and caught.value.code == "rule"
    assert "py:" in said.split(" ")[0] and "rule Typed: " in said
    for word in words:
        assert word in said, said
    in_formula = body.__name__.startswith("calls_a")
    place = caught.value.facts["where"]
    file, line = place.split(":")
    assert file == ("test_rule.py" if in_formula else f"typed_{body.__name__}.py")
    assert int(line) > 11 if not in_formula else int(line) > 20


def test_other_arguments_are_refused():
    with pytest.raises(
        RuleProblem, match=r"test_rule.py:\d+: .*takes other arguments; expected \(self, h, peers, here"
    ):

        class Renamed(Rule):
            def household(self, person, peers, here, u):
                person.trust = 1.0


@pytest.mark.parametrize("per", [DIGITAL, (0, 2), (1, 0)])
def test_codes_with_gaps_are_refused(per):
    with pytest.raises(RuleProblem, match="from 0 up without gaps"):
        type("Gaps", (Rule,), {"draws": (Draw("race", per=(per,)),)})
    with pytest.raises(RuleProblem, match="from 0 up without gaps"):
        type("Gaps", (Rule,), {"owns": (Column("out", Money, "VND", "out", per=per),)})
    with pytest.raises(RuleProblem, match="from 0 up without gaps"):
        type("Gaps", (Rule,), {"draws": (Draw("race", per=BILLS),)})


# ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────────
class Tells(Rule):
    owns = (number("told"),)
    tell: Share = parameter(0.3, "chance", plausible=(0.1, 0.5), source="Banerjee2013")
    taste: Number = parameter((0, 1, 2), "taste", source="assumed", per=BILLS)

    def household(self, h, peers, here, u):
        h.told = self.tell + self.taste[1] + u.implied


def test_a_parameter_is_declared_once_with_its_meaning():
    declared = Tells.parameters["tell"]
    assert (declared.unit, declared.source, declared.plausible) == ("share", "Banerjee2013", (0.1, 0.5))
    rule = Tells(tell=0.25)
    assert rule.tell == np.float32(0.25) and type(rule.tell) is np.float32 and rule.taste == (0, 1, 2)
    assert rule.with_(taste=[3, 4, 5]).values == {"tell": np.float32(0.25), "taste": (3, 4, 5)}
    assert Tells().tell == np.float32(0.3)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"tell": 1.5}, "Tells.tell is 1.5; expected a share in [0, 1]"),
        ({"tell": float("nan")}, "Tells.tell is nan; expected a share in [0, 1]"),
        ({"tell": "0.3"}, "Tells.tell is '0.3'; expected a number"),
        ({"taste": 3}, "Tells.taste is 3; expected 3 numbers"),
        ({"taste": (1, 2)}, "Tells.taste is (1, 2); expected 3 numbers"),
        ({"taste": (1, 2, float("inf"))}, "Tells.taste is inf; expected a finite number"),
    ],
)
def test_a_value_that_cannot_be_is_refused(values, words):
    with pytest.raises(BadValue) as caught:
        Tells(**values)
    assert words in str(caught.value)


def test_an_unknown_parameter_is_refused_with_the_nearest():
    with pytest.raises(UnknownKey, match=r"unknown key 'Tells.tel'; .* did you mean 'tell'\?"):
        Tells(tel=0.3)


def test_a_rule_that_is_made_does_not_change():
    rule = Tells()
    with pytest.raises(BadValue, match=r"Tells.tell is 0.1; .* make a new one: rule.with_\(tell=…\)"):
        rule.tell = 0.1
    assert rule.tell == np.float32(0.3)


def test_luck_that_is_only_named_is_one_draw():
    assert [draw.name for draw in Tells.draws] == ["implied"]


# ── refused when rules are put together ─────────────────────────────────────────────────────────────────────────────
def month(*rules: Rule) -> Month:
    return Month(rules, people(), level="interpreted")


def test_two_owners_of_a_column_are_refused():
    class Again(Rule):
        owns = (number("told"),)

        def household(self, h, peers, here, u):
            h.told = 1.0

    with pytest.raises(RuleProblem, match="rule Again: owns 'told', which Tells owns already"):
        month(Tells(), Again())


def test_a_rule_twice_or_two_of_one_name_are_refused():
    """They would own the same columns and share their luck."""
    other = type("Tells", (Tells,), {})
    for second in (Tells(), other()):
        with pytest.raises(RuleProblem, match="rule Tells: is in the month twice"):
            month(Tells(), second)


def test_shared_luck_is_refused(monkeypatch):
    monkeypatch.setattr(streams, "purpose", lambda name: 7)
    other = type("Others", (Shares,), {"owns": (), "draws": (Draw("hears"),)})
    with pytest.raises(StreamCollision, match="would share their luck; rename one of them"):
        month(Tells(), other())


def test_tables_declared_differently_are_refused():
    other = Table("fee", (METHODS,), "cell", "VND", "fee")
    pair = [type(f"Reads{i}", (Shares,), {"owns": (), "reads": (t,)}) for i, t in enumerate((FEE, other))]
    with pytest.raises(RuleProblem, match="rule Reads1: declares here.fee otherwise than another rule"):
        month(*(rule() for rule in pair))


def test_a_column_that_nobody_owns_is_refused_with_the_line():
    class Reads(Rule):
        owns = (number("out"),)

        def household(self, h, peers, here, u):
            h.out = h.trsut

    with pytest.raises(RuleProblem, match=r"test_rule.py:\d+: rule Reads: reads h.trsut, .* did you mean 'trust'\?"):
        month(Reads())


@pytest.mark.parametrize(
    "peer", [CountOf("seen", where="late"), ShareOf("seen", where="trust"), CountOf("seen", "payz")]
)
def test_contacts_are_counted_by_yes_or_no(peer):
    class Sees(Rule):
        owns = (number("out"),)
        peers = (peer,)

        def household(self, h, peers, here, u):
            h.out = peers.seen

    with pytest.raises(RuleProblem, match=f"rule Sees: counts contacts where '{peer.where}'; expected a stored yes/no"):
        month(Sees())


def test_a_column_of_another_kind_than_the_population_holds_is_refused():
    wrong = type("Wrong", (Shares,), {"owns": (Column("urban", Count, "times", "towns"),)})
    with pytest.raises(RuleProblem, match="rule Wrong: owns 'urban' as uint8 per"):
        month(wrong())
    taken = type("Taken", (PerBill,), {"owns": (*PerBill.owns, Column("late", Count, "", "", per=BILLS))})
    assert "late" in month(taken()).people.columns


def test_a_rule_without_a_household_says_so():
    with pytest.raises(RuleProblem, match="has no household method"):
        Rule().household(None, None, None, None)
