"""`check_rule` passes what is sound and refuses each kind of fault once, with the place and what to do."""

from __future__ import annotations

import inspect
import string
from typing import Any

import numpy as np
import pytest

from cashless_sim.codes import BILLS, Method
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.population.columns import Column
from cashless_sim.present.cli.check_rule import check, check_rule_command
from cashless_sim.present.locale.rule_check import CHECKS_VI, EN, VI, WORDS_VI, finding
from cashless_sim.rules.maths import formula, power
from cashless_sim.rules.pay import Pay
from cashless_sim.rules.rule import CountOf, Draw, Rule, Table, parameter
from cashless_sim.rules.surroundings import SCAM
from cashless_sim.testing import CHECKS, check_rule
from cashless_sim.testing.finding import WORDS
from cashless_sim.units import Money, Rate, Share

STATIC = ("defined", "owns", "luck", "outside", "meaning")
SEEN: list[int] = []
GENERATOR = np.random.default_rng(1)
ODD = Table("moonlight", (), "", "share", "what nobody fills")


def flag(name: str) -> Column:
    return Column(name, bool, "yes/no", "what came out")


def helper(x: Any) -> Any:
    return x


@formula
def through_a_list(h: Any) -> Any:
    return len(SEEN) > 0 and h.account


# ── a sound rule ────────────────────────────────────────────────────────────────────────────────────────────────────
class Heard(Rule):
    """Households hear of scams from contacts that pay digitally."""

    owns = (flag("heard"), Column("worry", Share, "share", "how much it worries", per=BILLS))
    draws = (Draw("hears"),)
    peers = (CountOf("paying", where="pays_digitally"),)
    reads = (SCAM,)
    rises = {"tell": "heard", "peers.paying": "heard"}
    falls = {"calm": "worry"}
    null = {"tell": 0.0, "worried": 0.0}
    tell: Share = parameter(0.2, "chance that one contact tells", plausible=(0.05, 0.5), source="assumed")
    worried: Share = parameter(0.5, "share of the way to full worry", plausible=(0.2, 0.8), source="assumed")
    calm: Share = parameter(0.1, "share of worry that fades", plausible=(0.0, 0.3), source="assumed")

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Hear once and for all; worry grows by hearing and fades by itself."""
        if u.hears < 1.0 - power(1.0 - self.tell, peers.paying):
            h.heard = True
        for b in BILLS:
            if h.heard:
                h.worry[b] += self.worried * (1.0 - h.worry[b])
            h.worry[b] -= self.calm * h.worry[b]


@pytest.fixture(scope="module")
def sound() -> Any:
    return check_rule(Heard)


@pytest.mark.parametrize("name", CHECKS)
def test_a_sound_rule_passes(name, sound):
    assert [one.status for one in sound.of(name)] == ["ok"], str(sound)
    assert sound.ok and sound.refused == ()


def test_a_declared_direction_is_tested_on_households_that_move(sound):
    [one] = sound.of("rises")
    assert one.facts["count"] == 3 and one.facts["moved"] > 10


@pytest.mark.parametrize("name", ["Awareness", "Choose"])
def test_shipped_rules_pass_in_their_own_places(name):
    report = check_rule(name, only=(*STATIC, "fits", "repeats", "bits", "speed", "chances", "ranges"))
    assert report.ok, str(report)
    assert {one.check for one in report.findings} == set(CHECKS) - {"rises", "null", "laws"}


# ── faults of the text ──────────────────────────────────────────────────────────────────────────────────────────────
class Silent(Rule):
    owns = (Column("out", Money, "", "what came out"),)
    pull: Share = parameter(0.9, "", plausible=(0.0, 0.5), source="someone told me")
    bare = parameter(1.0, "how much", source="assumed")

    def household(self, h, peers, here, u):
        h.out = self.pull * self.bare


class Odd(Rule):
    """Keeps a column of a kind that there is not."""

    owns = (Column("out", complex, "number", "what came out"),)

    def household(self, h, peers, here, u):
        """Do nothing."""
        h.out = 1.0


class Remembers(Rule):
    """Keeps a list of its own."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Count the calls."""
        SEEN.append(1)
        h.out = len(SEEN) > 100


class ThroughFormula(Rule):
    """Sees the list by way of a formula."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Ask the formula."""
        h.out = through_a_list(h)


class Calls(Rule):
    """Calls an ordinary function."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Ask it."""
        h.out = helper(h.account)


class Rolls(Rule):
    """Has a generator of its own."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Roll it."""
        h.out = GENERATOR.random() < 0.5


def line_of(rule: type[Rule], words: str) -> int:
    lines, first = inspect.getsourcelines(rule)
    return next(first + i for i, line in enumerate(lines) if words in line)


@pytest.mark.parametrize(
    ("rule", "name", "words", "at"),
    [
        (Remembers, "outside", "sees SEEN, a list: make it a parameter", "SEEN.append"),
        (Calls, "outside", "calls helper, whose text cannot be seen: mark it with @formula", "helper("),
        (Rolls, "luck", "uses GENERATOR, luck without a key: use u.<name>", "GENERATOR."),
    ],
)
def test_what_a_text_may_not_see_is_refused_with_its_line(rule, name, words, at):
    report = check_rule(rule, only=STATIC)
    assert report.refused == (name,)
    said = report.of(name)[0].sentence()
    assert said.startswith(f"test_check_rule.py:{line_of(rule, at)}: ") and words in said


def test_a_formula_is_looked_into():
    [one] = check_rule(ThroughFormula, only=("outside",)).findings
    assert one.status == "refused" and "sees SEEN, a list" in one.sentence()


def test_a_number_says_what_it_is():
    said = [one.sentence() for one in check_rule(Silent, only=("meaning",)).findings]
    for words in (
        "Silent says nothing of what it does",
        "Silent.household says nothing of what it does",
        "column out has no unit",
        "Silent.pull has no meaning",
        "Silent.pull has the source 'someone told me': give the key of a publication, or 'assumed'",
        "Silent.pull is 0.9, outside its plausible range 0 to 0.5",
        "Silent.bare has no unit: annotate it, as in bare: Share = parameter(…)",
    ):
        assert any(words in one for one in said), words
    assert len(said) == 7
    assert "kind of column 'out'" in check_rule(Odd, only=("meaning",)).findings[0].sentence()


AT_THE_DOOR = {
    "owns": ("h.trust = 0.5", "writes h.trust, which it does not own"),
    "luck": ("h.out = random.random() < 0.5", "uses random"),
    "outside": ("h.out = math.exp(h.age) > 1", "uses math"),
    "defined": ("h.out = peers.paying > 1", "reads peers.paying, which it does not declare"),
}


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_what_the_definition_refuses_is_one_line_of_the_report(name, tmp_path, monkeypatch, capsys):
    line, words = AT_THE_DOOR[name]
    text = f'''import math, random
from cashless_sim import Column, Rule

class Faulty(Rule):
    """Breaks a rule of rules."""
    owns = (Column("out", bool, "yes/no", "what came out"),)
    def household(self, h, peers, here, u):
        """Break it."""
        {line}
'''
    (tmp_path / f"faulty_{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    report = check_rule(f"faulty_{name}:Faulty")
    assert report.refused == (name,) and not report.ok
    said = report.of(name)[0].sentence()
    assert said.startswith(f"faulty_{name}.py:9: rule Faulty: {words}")
    assert {one.status for one in report.findings} == {"refused", "not tried"}
    assert check(f"faulty_{name}:Faulty", "hung-yen", "vi") == 1
    printed = capsys.readouterr().out
    assert "không đạt" in printed and "chưa thử" in printed and f"faulty_{name}.py:9" in printed


# ── faults that show when it runs ───────────────────────────────────────────────────────────────────────────────────
class TwoOwners(Rule):
    """Reads what nobody in the month owns."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Read it."""
        h.out = h.trsut > 0.5


class Unfilled(Rule):
    """Reads a table that nobody fills."""

    owns = (flag("out"),)
    reads = (ODD,)

    def household(self, h, peers, here, u):
        """Read it."""
        h.out = here.moonlight > 0.5


class Slow(Rule):
    """Is written so that it cannot be compiled."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Loop while."""
        n = 3.0
        while n > h.age:
            n -= 1.0
        h.out = n > 0.0


class Sequential(Rule):
    """Keeps count across households where its text does not show it."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Be true for every other household."""
        h.out = COUNTER.next() < 0.5


class Counter:
    """Passes for a formula, and is none."""

    n = 0
    is_formula = True
    __module__ = "cashless_sim.rules.maths"

    def __call__(self) -> float:
        Counter.n = 1 - Counter.n
        return float(Counter.n)

    next = __call__


COUNTER = Counter()


class Sure(Rule):
    """Holds luck against a number that is no chance."""

    owns = (flag("out"),)
    draws = (Draw("acts"),)
    rate: Rate = parameter(1.5, "times trust", plausible=(1.2, 2.0), source="assumed")

    def household(self, h, peers, here, u):
        """Act more often than always."""
        h.out = u.acts < self.rate * (0.5 + h.trust)


class Overflows(Rule):
    """Lets a share and a number leave their ranges."""

    owns = (Column("swollen", Share, "share", "too much"), Column("burst", Money, "VND", "far too much"))
    by: Rate = parameter(0.7, "what is added", plausible=(0.1, 0.9), source="assumed")

    def household(self, h, peers, here, u):
        """Add without end."""
        h.swollen += self.by
        h.burst = 1.0 / (h.swollen - h.swollen)


class Contrary(Rule):
    """Declares the opposite of what it does."""

    owns = (flag("out"), Column("level", Share, "share", "less with push"))
    draws = (Draw("acts"),)
    rises = {"push": ("out", "level")}
    falls = {"peers.nobody": "out", "here.scam": "out"}
    null = {"push": 0.0}
    reads = (SCAM,)
    push: Share = parameter(0.3, "how hard", plausible=(0.1, 0.6), source="assumed")

    def household(self, h, peers, here, u):
        """Push, and go down."""
        h.out = u.acts < self.push
        h.level = 1.0 - self.push


def settled(h: Any) -> float:
    h.trust = 0.9
    return 1.0


class Meddles(Rule):
    """Is still by itself at its null values, and moves what another rule owns."""

    owns = (flag("out"),)
    null = {"push": 0.0}
    push: Share = parameter(0.3, "how hard", plausible=(0.1, 0.6), source="assumed")

    def household(self, h, peers, here, u):
        """Let an ordinary function write for it."""
        h.out = settled(h) < self.push


class Pay1(Pay):
    """Pays, and loses the money of one bill."""

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Pay as usual, then lose it."""
        super().household(h, peers, here, u)
        if u.fails[0] < 0.5:
            h.paid[0] = 0.0


class Stumbles(Rule):
    """Raises where nobody expects it."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Take a value that is not there."""
        h.out = h.method[7] == Method.WALLET


def the(report: Any, name: str, status: str = "refused") -> str:
    found = [one for one in report.of(name) if one.status == status]
    assert found, str(report)
    return found[0].sentence()


def test_what_does_not_fit_the_month_is_refused():
    report = check_rule(TwoOwners)
    assert "reads h.trsut, which no rule of this month owns" in the(report, "fits")
    assert "fits was refused" in the(report, "bits", "not tried")
    assert "here.moonlight, which nobody fills" in the(check_rule(Unfilled), "fits")


def test_why_a_rule_is_slow_is_noted_with_its_line():
    report = check_rule(Slow, only=("speed", "bits"))
    said = the(report, "speed", "note")
    assert said.startswith(
        f"test_check_rule.py:{line_of(Slow, 'while n')}: runs as its text, slowly: cannot take while"
    )
    assert report.ok


def test_memory_that_the_text_hides_shows_in_the_run():
    report = check_rule(Sequential, only=("repeats",))
    assert report.refused == ("repeats",)


def test_luck_is_held_against_chances():
    report = check_rule(Sure, only=("chances",))
    said = the(report, "chances")
    assert said.startswith(f"test_check_rule.py:{line_of(Sure, 'u.acts < ')}: holds u.acts against 1.")


def test_shares_and_numbers_keep_their_ranges():
    report = check_rule(Overflows, only=("ranges",))
    assert "h.swollen becomes" in the(report, "ranges") or "h.burst becomes" in the(report, "ranges")


def test_a_false_declaration_is_refused():
    report = check_rule(Contrary, only=("rises", "null"))
    said = [one.sentence() for one in report.of("rises")]
    assert any("h.level falls when push goes from 0.1 to 0.6" in one for one in said)
    assert any("out moves with peers.nobody, which is not there" in one for one in said)
    assert any("h.out does not move with here.scam" in one for one in said)
    assert "h.level changes all the same" in the(report, "null")


def test_what_moves_others_at_its_null_values_is_refused():
    report = check_rule(Meddles, only=("null",))
    assert report.refused == ("null",) and [one.key for one in report.of("null")] == ["null-others"]
    assert the(report, "null") == "column trust of others changes when the rule is in the month"


def test_lost_money_is_refused():
    report = check_rule(type("Pay", (Pay1,), {"__doc__": "Loses money.", "__module__": __name__}), only=("laws",))
    assert "do not agree" in the(report, "laws")


def test_what_a_rule_raises_is_said_with_its_line():
    report = check_rule(Stumbles, only=("laws",))
    assert f"test_check_rule.py:{line_of(Stumbles, 'h.method[7]')}: raises IndexError" in the(report, "laws")


# ── the words ───────────────────────────────────────────────────────────────────────────────────────────────────────
def holes(text: str) -> set[str]:
    return {str(name) for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same():
    assert set(EN) == set(VI) and set(CHECKS) == set(CHECKS_VI) and set(WORDS) == set(WORDS_VI)
    for english, vietnamese in ((EN, VI), (WORDS, WORDS_VI)):
        assert [key for key in english if holes(english[key]) != holes(vietnamese[key])] == []


def test_the_command_prints_a_line_a_check(capsys, sound):
    assert check("Occasions", "hung-yen", "en") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0].strip() for line in lines[:2]] == ["ok", "ok"]
    assert lines[-1].startswith("Occasions: sound (") and len(lines) == len(CHECKS) + 1
    for one in sound.findings:
        assert finding(one, "vi").startswith("đạt")
    assert callable(check_rule_command("vi"))


def test_what_is_not_there_is_said():
    with pytest.raises(UnknownName, match="no rule named 'nowhere:Rule'"):
        check_rule("nowhere:Rule")
    with pytest.raises(BadValue, match="did you mean 'rises'"):
        check_rule(Heard, only=("rise",))
