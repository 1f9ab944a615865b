"""The compiler takes the text of a rule and gives the bits that the text gives, or says why it cannot."""

import importlib
import inspect
import random

import numpy as np
import pytest
import refused_rules
from numba.core.errors import TypingError
from refused_rules import REFUSED
from small_people import differences, lived
from small_rules import BATTERY, Branches, Functions, Passing, Peers, Receives, Shares

import cashless_sim.rules.segments as segments
from cashless_sim.rules.compiler.kernel import Kernel

LEVELS = ("scalar", "vectorised")


@pytest.fixture(scope="module")
def plain():
    return lived([rule() for rule in BATTERY], "interpreted")


@pytest.fixture(scope="module", params=LEVELS)
def fast(request):
    month = lived([rule() for rule in BATTERY], request.param)
    assert {level for _, level, _ in month.explain()} == {request.param}, month.explain()
    return month


@pytest.mark.parametrize("rule", BATTERY, ids=lambda rule: rule.__name__)
def test_compiled_text_has_the_bits_of_the_text(rule, plain, fast):
    owned = [column.name for column in rule.owns if not column.passing]
    assert differences(plain, fast, owned) == []
    assert any(plain.people.columns.stored(name).any() for name in owned)


@pytest.mark.parametrize("mixing", ["village", "well-mixed", "none"])
def test_contacts_count_alike_however_people_meet(mixing):
    plain, fast = (lived([Peers()], level, 2, mixing) for level in ("interpreted", "vectorised"))
    assert differences(plain, fast) == []


def words_of(rule):
    """The line and words that a refused rule's text promises, in its household method or the formula it calls."""
    lines, first = inspect.getsourcelines(rule)
    places = [(first, lines)]
    for formula in (refused_rules.deep, refused_rules.over_and_over):
        if formula.__name__ + "(" in "".join(lines):
            places.append(inspect.getsourcelines(formula)[::-1])
    marked = [(at + i, line) for at, text in places for i, line in enumerate(text) if "# refused: " in line]
    [(line, text)] = marked
    return line, text.split("# refused: ")[1].strip()


@pytest.mark.parametrize("rule", REFUSED, ids=lambda rule: rule.__name__)
def test_what_is_refused_runs_as_plain_text_among_compiled_neighbours(rule):
    line, words = words_of(rule)
    rules = [Passing(), Shares(), rule(), Receives()]
    month = lived(rules, "vectorised")
    (_, before, _), (_, shares, _), (name, level, why), (_, after, _) = month.explain()
    assert (name, level) == (rule.__name__, "interpreted")
    assert (before, shares, after) == ("vectorised",) * 3
    assert why.startswith(f"refused_rules.py:{line}: {words}"), why
    assert "; " in why and not why.endswith("; ")
    assert differences(month, lived(rules, "interpreted")) == []


def test_a_passing_column_is_handed_from_segment_to_segment():
    """Passing starts afresh each month, is kept over the plain rule in between, and is not stored."""
    for level in ("interpreted", "vectorised"):
        month = lived([Passing(), refused_rules.Returns(), Receives()], level)
        columns = month.people.columns
        assert set(columns.values("seen_before")) == {np.float32(round(0.3 * 2**14) / 2**14)}
        expected = (columns.values("trust") * 0.5).astype(np.float32) + columns.values("told_by") + 2
        np.testing.assert_allclose(columns.values("received"), expected, atol=2**-14)
        assert "passed" not in columns


def test_threads_and_chunks_change_nothing(monkeypatch):
    whole = lived([rule() for rule in BATTERY], "vectorised")
    monkeypatch.setattr("cashless_sim.rules.month.CHUNK", 37)
    assert differences(whole, lived([rule() for rule in BATTERY], "vectorised", threads=2)) == []


def test_a_parameter_is_an_argument_of_the_same_machine_code():
    one, other = lived([Functions()], "vectorised"), lived([Functions(tell=0.1)], "vectorised")
    assert one.segments()[0].function is other.segments()[0].function
    assert differences(one, other) == ["chance", "constant_chance"]
    assert differences(other, lived([Functions(tell=0.1)], "interpreted")) == []


def test_a_level_that_numba_refuses_is_left_with_the_reason(monkeypatch):
    written = segments.write_kernel

    def spoiled(rules, columns, kept, vector):
        kernel = written(rules, columns, kept, vector)
        broken = kernel.source.replace("pipeline_class=NoAlias", "pipeline_class=NoSuchDoor")
        broken = broken.replace("import NoAlias", "import NoSuchDoor")
        return Kernel(broken, kernel.arguments, kernel.parameters, kernel.rules)

    monkeypatch.setattr(segments, "write_kernel", spoiled)
    month = lived([Branches()], "vectorised")
    [(_, level, why)] = month.explain()
    assert level == "scalar" and "vectorised failed: ImportError" in why
    monkeypatch.setattr(segments, "compiled", refuse_to_compile)
    last = lived([Branches()], "vectorised")
    [(_, level, why)] = last.explain()
    assert level == "interpreted" and "scalar failed: TypingError: no such thing" in why
    assert differences(month, last) == []


def refuse_to_compile(source, try_out):
    raise TypingError("no such thing\nand a long story")


# ── expressions at random ───────────────────────────────────────────────────────────────────────────────────────────
ATOMS = (
    "h.debt", "h.trust", "h.age", "h.income", "h.late[0]", "h.late[2]", "h.told_by", "here.fee[1, 2]", "u.one", "u.two",
    "self.slope", "0.3", "2", "1.5", "7", "kept",
)  # fmt: skip
TRUTHS = ("h.urban", "h.account", "h.way[0] in DIGITAL", "h.education == Education.TERTIARY", "u.three < self.slope")


def random_number(draw, depth):
    if depth == 0:
        return draw.choice(ATOMS)
    a, b = (random_number(draw, depth - 1) for _ in range(2))
    forms = (f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"({a} / {b})", f"min({a}, {b})", f"max({a}, {b}, 0.5)",
             f"abs({a})", f"(-{a})", f"exp({a})", f"log({a})", f"power(abs({a}), {draw.choice(ATOMS)})",
             f"({a} if {random_truth(draw, depth - 1)} else {b})")  # fmt: skip
    return draw.choice(forms)


def random_truth(draw, depth):
    if depth == 0:
        return draw.choice(TRUTHS)
    a, b = (random_number(draw, depth - 1) for _ in range(2))
    p, q = (random_truth(draw, depth - 1) for _ in range(2))
    forms = (f"({a} < {b})", f"({a} >= {b})", f"({a} < {b} <= 3)", f"({p} and {q})", f"({p} or {q})", f"(not {p})")
    return draw.choice(forms)


def random_rules(draw, rules, columns):
    yield "from small_rules import *\nfrom cashless_sim.rules.rule import Draw\n"
    for r in range(rules):
        yield f"class Random{r}(Rule):"
        yield f"    owns = tuple(number(f'r{r}_{{k}}') for k in range({columns}))"
        yield f"    owns += tuple(Column(f't{r}_{{k}}', bool, '', '') for k in range({columns}))"
        yield f"    owns += (Column('s{r}', Share, '', ''), Column('c{r}', Count, '', ''))"
        yield "    reads = (FEE,)"
        yield "    slope: Share = parameter(0.37, 'slope', source='assumed')"
        yield "    def household(self, h, peers, here, u):"
        yield f"        kept = {random_number(draw, 1).replace('kept', 'h.trust')}"
        for k in range(columns):
            yield f"        h.r{r}_{k} = {random_number(draw, 3)}"
            yield f"        h.t{r}_{k} = {random_truth(draw, 2)}"
            yield f"        if {random_truth(draw, 1)}:"
            yield f"            kept = {random_number(draw, 1)}"
            yield f"            h.r{r}_{k} += kept"
        yield f"        h.s{r} = min(max({random_number(draw, 2)}, -9.0), 9.0)"
        yield f"        h.c{r} = min(max({random_number(draw, 2)}, -900.0), 900.0)"


@pytest.mark.parametrize("seed", range(3))
def test_expressions_at_random_have_the_bits_of_their_text(seed, tmp_path, monkeypatch):
    name = f"random_rules_{seed}"
    text = "\n".join(random_rules(random.Random(seed), 12, 3))
    (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    made = [rule() for rule in vars(importlib.import_module(name)).values() if getattr(rule, "__module__", "") == name]
    fast, plain = (lived(made, level, 2) for level in ("vectorised", "interpreted"))
    assert differences(fast, plain) == []
    levels = [level for _, level, _ in fast.explain()]
    assert levels.count("vectorised") >= 4, fast.explain()
