"""One household's story says what the columns of the run say, in order, in both languages."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pytest

from cashless_sim.codes import BILLS, DIGITAL, FIRST_CAMPAIGN, Bill, Cause, Method
from cashless_sim.errors import UnknownName
from cashless_sim.model.diary import FOLLOWED, causes_of
from cashless_sim.model.model import CashlessModel
from cashless_sim.present.cli.main import main
from cashless_sim.present.locale.sentences import TABLES, month, say
from cashless_sim.present.story import explain, richest, tell
from cashless_sim.present.telling import Teller
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

WATCHED = (
    "age",
    "smartphone",
    "account",
    "method",
    "months_since_digital",
    "cause",
    "left_because",
    "lapse_month",
    "late",
)
TONGUES = ("en", "vi")


@pytest.fixture(scope="module")
def scenario():
    """Two years in which the power company pushes, and an incentive ends."""
    return Scenario.load("hung-yen").with_(start="2019-01", end="2020-12", households=600)


@pytest.fixture(scope="module")
def told(scenario):
    """A run whose columns are copied each month beside the diary: model, diary, snapshots."""
    model = scenario.build(seed=2)
    diary = model.follow([int(i) for i in model.ids])
    shots = [{name: model.columns.values(name).copy() for name in WATCHED}]
    for _ in range(model.settings.months):
        model.step()
        shots.append({name: model.columns.values(name).copy() for name in WATCHED})
    return model, diary, shots


def clauses(model, diary, household, tongue):
    """Return the clauses of each month's line, in small letters."""
    events = tell(model, diary, household, tongue).events
    return {when: said.split(": ", 1)[1].rstrip(".").casefold().split("; ") for when, said in events}


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_cause_method_and_bill_has_its_words(tongue):
    keys = [f"{kind.__name__.lower()}.{one.name}" for kind in (Cause, Method, Bill) for one in kind]
    words = [TABLES[tongue][key] for key in keys]
    assert all(words) and len(set(words)) == len(words)


def test_gates_are_told_when_the_columns_change(told):
    model, diary, shots = told
    for name, said in (("smartphone", "got a smartphone"), ("account", "opened a bank account")):
        found = 0
        for row, household in enumerate(model.ids[:150]):
            story = clauses(model, diary, int(household), "en")
            for tick, (before, after) in enumerate(zip(shots, shots[1:], strict=False)):
                line = story.get(month_text(model.settings.start + tick), [])
                assert (said in line) == (after[name][row] and not before[name][row])
                found += said in line
        assert found > 0


@pytest.mark.parametrize("tongue", TONGUES)
def test_beginnings_and_ends_are_those_of_the_columns(told, tongue):
    model, diary, shots = told
    teller = Teller(tongue, causes_of(model))
    begun = stopped = lapsed = 0
    lapse = say("story.lapsed", tongue, bills="").split(":")[0].casefold()
    for row in range(len(model.ids)):
        story = clauses(model, diary, int(model.ids[row]), tongue)
        for tick, (before, after) in enumerate(zip(shots, shots[1:], strict=False)):
            lines = story.get(month_text(model.settings.start + tick), [])
            line = "; ".join(lines)
            newcomer = after["age"][row] > before["age"][row] + 1 or "story.new" in told_of(
                lines, after["age"][row], tongue
            )
            for b in () if newcomer else BILLS:
                old, new = int(before["method"][b, row]), int(after["method"][b, row])
                first = before["months_since_digital"][b, row] == 255 > after["months_since_digital"][b, row]
                if first and old not in DIGITAL:
                    begun += 1
                    assert teller.method(new).casefold() in line
                    assert reason(teller, after["cause"][b, row]) in line
                if old in DIGITAL and new not in DIGITAL:
                    stopped += 1
                    assert teller.method(old).casefold() in line
                    assert reason(teller, after["left_because"][row]) in line
            newly = after["lapse_month"][row] == tick + 1
            assert any(one.startswith(lapse) for one in lines) == newly
            lapsed += bool(newly)
    assert min(begun, stopped, lapsed) > 3


def told_of(lines, age, tongue):
    """Return the keys of sentences about the household itself that stand among a month's clauses."""
    keys = ("story.new", "story.payer")
    return [key for key in keys if say(key, tongue, age=int(age)).casefold() in lines]


def reason(teller, code):
    """Return the words of a cause, or a campaign's name."""
    if code >= FIRST_CAMPAIGN:
        return teller.names[int(code)].removeprefix("campaign:").casefold()
    return teller.because(code).casefold()


def standing(**changed):
    """Return a state of a household that pays all bills by transfer, with some values changed."""
    plain = {name: 0.0 for name in FOLLOWED if name not in ("method", "late", "cut", "months_since_digital", "cause")}
    state = {(name, None): value for name, value in (plain | {"age": 70.0} | changed).items()}
    for b in BILLS:
        each = {"method": Method.TRANSFER, "late": 0, "cut": 0, "months_since_digital": 0, "cause": Cause.PEER}
        state |= {(name, b): float(changed.get(f"{name}{b}", value)) for name, value in each.items()}
    return state


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_new_household_has_not_stopped_what_it_never_did(tongue):
    teller = Teller(tongue, {}, has=(0,))
    cash = {"method0": Method.COUNTER, "months_since_digital0": 255, "method1": Method.AGENT}
    for sign in ({"age": 30, "gone": 1}, {"age": 90}, {"age": 30, "moved_in": 1}):
        new, bill = teller.clauses(standing(), standing(**cash, **sign))
        assert new == say("story.new", tongue, age=sign["age"])
        counter = {"bills": teller.bills([0]), "method": teller.method(Method.COUNTER)}
        assert bill == say("story.moved", tongue, **counter)
    payer, stopped = teller.clauses(standing(), standing(**cash, age=43))
    assert payer == say("story.payer", tongue, age=43)
    assert teller.method(Method.TRANSFER) in stopped


def test_a_month_has_at_most_one_line_and_months_rise(told):
    model, diary, _ = told
    for household in model.ids[:100]:
        months = [when for when, _ in tell(model, diary, int(household), "en").events]
        assert months == sorted(set(months))


def test_lateness_is_counted_from_the_columns(told):
    model, diary, shots = told
    for row in range(0, 100, 7):
        late = sum(bool((shot["late"][:, row] > 0).any()) for shot in shots[1:])
        assert f"late with some bill in {late}." in "\n".join(tell(model, diary, int(model.ids[row]), "en").closing)


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_story_names_the_household_and_ends_by_saying_what_it_is(told, tongue):
    model, diary, _ = told
    last = {
        "en": "This is a synthetic household, not a real one.",
        "vi": "Đây là hộ mô phỏng, không phải hộ thật.",
    }
    for household in (int(model.ids[0]), int(model.ids[-1])):
        story = tell(model, diary, household, tongue)
        text = str(story)
        assert text.endswith(last[tongue])
        view = model.household(household)
        assert str(household) in text.split("\n")[0]
        assert re.search(rf"\b{int(view.size)} (people|person|người)", text)
        assert unicodedata.is_normalized("NFC", text)
        assert "{" not in text and "<" not in text


def test_the_ledger_adds_up_to_all_that_ever_paid(told):
    model, diary, shots = told
    story = tell(model, diary, int(model.ids[0]), "en")
    ever = (shots[-1]["months_since_digital"] < 255).any(axis=0).sum()
    assert sum(story.ledger.values()) == ever
    assert f"{ever}  sum = all that ever paid digitally" in "\n".join(story.ledger_lines())


def test_the_diary_goes_from_the_first_state_to_the_last(told):
    model, diary, shots = told
    row = 5
    states = list(diary.states(int(model.ids[row])))
    assert [when for when, _, _ in states] == [month_text(model.settings.start + n) for n in range(24)]
    for shot, state in zip(shots, [states[0][1], *(after for _, _, after in states)], strict=True):
        assert [state["late", b] for b in BILLS] == list(shot["late"][:, row])
        assert state["lapse_month", None] == shot["lapse_month"][row]


def test_plain_python_and_compiled_code_tell_the_same_story(scenario):
    short = scenario.with_(end="2019-04", households=60)
    stories = []
    for level in ("interpreted", "vectorised"):
        model = CashlessModel(short.settings(), short.population(), seed=3, level=level)
        diary = model.follow([int(i) for i in model.ids])
        model.run()
        stories.append([str(tell(model, diary, int(i), "vi")) for i in model.ids])
    assert stories[0] == stories[1]
    assert len({story.split("\n", 1)[1] for story in stories[0]}) > 100


def test_a_household_is_chosen_by_the_rule_that_is_stated(scenario):
    story = explain(scenario, households=600, seed=2, language="en")
    model = scenario.build(seed=2)
    model.run()
    household, rule = richest(model)
    assert story.household == household
    cause, first, lapse = (model.columns.stored(name) for name in ("first_cause", "first_month", "lapse_month"))
    fit = {"lapsed": (cause >= FIRST_CAMPAIGN) & (lapse > first), "campaign": cause >= FIRST_CAMPAIGN}[rule]
    assert household == model.ids[np.flatnonzero(fit)].min()
    assert story.opening[0] == say(f"story.chosen.{rule}", "en")


def test_an_unknown_household_is_refused(scenario):
    with pytest.raises(UnknownName, match="no household named '5'"):
        explain(scenario, 5, households=600)


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = 'extends = "hung-yen"\nshocks = []\n[time]\nstart = "2019-01"\nend = "2019-12"\n'
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_command_tells_a_story_and_refuses_an_unknown_id(plan, tongue, capsys):
    words = ["explain", "plan.toml", "--households", "600", "--language", tongue]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert say("story.synthetic", tongue) in shown and say("story.ledger.sum", tongue) in shown
    assert month("2019-01", tongue) in shown
    assert main([*words, "--household", "5"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.splitlines()[-1].startswith(
        {"en": "Error: no household", "vi": "Lỗi: không có hộ"}[tongue]
    )
    assert tongue == "en" or "that lives" not in said.err
