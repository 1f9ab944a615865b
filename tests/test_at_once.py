"""A month that begins at once gives the bits of every other, says how it runs, and never waits where it need not."""

import subprocess
import sys

import pytest
from small_people import differences, people, tables
from small_rules import Draws, Functions, Passing

import cashless_sim.rules.at_once as at_once
import cashless_sim.rules.compiler.ahead as ahead
import cashless_sim.rules.compiler.remember as remember
from cashless_sim import CashlessModel, Scenario
from cashless_sim.rules.at_once import AtOnce, month_of
from cashless_sim.rules.month import Month

RULES = (Draws(), Passing())
SECONDS = 240


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """An empty folder for compiled months, and a process that has compiled none."""
    monkeypatch.setenv(remember.FOLDER, str(tmp_path / "cache"))
    monkeypatch.setattr(remember, "_loaded", {})
    monkeypatch.setattr(ahead, "_under_way", {})
    return tmp_path / "cache"


def lived(month, first=600, months=2):
    given = tables(month)
    for number in range(first, first + months):
        month.run(number, 5, 1, given)
    return month


def levels(month):
    return [level for _, level, _ in month.explain()]


@pytest.mark.slow
def test_it_begins_from_the_text_and_goes_on_compiled_with_the_same_bits(fresh):
    month = AtOnce(RULES, people())
    assert levels(month) == ["interpreted", "interpreted"]
    assert all(why == at_once.MEANWHILE for _, _, why in month.explain())
    lived(month)
    month.ahead.wait(SECONDS)
    lived(month, 602)
    assert levels(month) == ["vectorised", "vectorised"] and month.ahead is None
    plain = lived(Month(RULES, people(), level="interpreted"), months=4)
    assert differences(month, plain) == []
    assert levels(AtOnce(RULES, people())) == ["vectorised", "vectorised"]

    changed = AtOnce((*RULES, Functions()), people())
    assert levels(changed) == ["scalar", "scalar", "interpreted"], "only the new rule is not ready by itself"
    assert [at_once.MEANWHILE in why for _, _, why in changed.explain()] == [True] * 3
    lived(changed)
    assert differences(changed, lived(Month((*RULES, Functions()), people(), level="interpreted"))) == []
    changed.ahead.wait(SECONDS)


class Nothing:
    """A process that compiles nothing."""

    def __init__(self, ended):
        self.ended = ended


def test_many_households_wait_for_single_rules_only(fresh, monkeypatch):
    monkeypatch.setattr(at_once, "PATIENCE", 0)
    monkeypatch.setattr(at_once, "Ahead", lambda jobs: Nothing(ended=False))
    month = lived(AtOnce((Passing(),), people()))
    assert levels(month) == ["scalar"]
    assert differences(month, lived(Month((Passing(),), people(), level="interpreted"))) == []


def test_a_process_that_fails_is_stood_in_for(fresh, monkeypatch):
    monkeypatch.setattr(at_once, "Ahead", lambda jobs: Nothing(ended=True))
    month = AtOnce((Passing(),), people())
    assert levels(month) == ["interpreted"] and levels(month) == ["vectorised"]


def test_where_nothing_can_be_kept_it_compiles_first(fresh):
    fresh.write_text("a file where a folder should be", encoding="utf-8")
    assert not ahead.can_keep()
    month = lived(AtOnce((Passing(),), people()))
    assert levels(month) == ["vectorised"] and month.ahead is None


def test_the_same_kernels_are_compiled_by_one_process(fresh, monkeypatch):
    class Started:
        def __init__(self, *arguments, **more):
            started.append(more["stdin"].read())

        def poll(self):
            return None

    started = []
    monkeypatch.setattr(subprocess, "Popen", Started)
    for _ in range(2):
        assert not AtOnce((Passing(),), people()).segments()[0].function
    assert len(started) == 1 and b"month_of_households" in started[0]


def test_the_other_process_compiles_what_it_is_handed(fresh):
    month = AtOnce((Passing(),), people())
    kernel = next(iter(month._whole([((month.rules), "")])))[1]
    job = month._job(month.rules, kernel)
    assert not ahead.is_kept(job.source)
    ahead.Ahead([job]).wait(SECONDS)
    assert ahead.is_kept(job.source) and remember.is_compiled(job.source)
    function, how = remember.compiled(job.source, lambda made: made.compile(job.types))
    assert how == remember.CACHED and sum(function.stats.cache_hits.values()) == 1
    assert sys.executable


def test_a_model_is_asked_for_by_the_level(fresh, monkeypatch):
    monkeypatch.undo()  # the machine's own cache: what a model counts is long to compile
    assert type(month_of((Passing(),), people(), 1, "scalar")) is Month
    plan = Scenario.load("no-outreach").with_(households=150, start="2022-01", end="2022-02")
    settings, homes = plan.settings(), plan.population()
    models = [CashlessModel(settings, homes, seed=1, level=level) for level in ("at once", "vectorised")]
    assert isinstance(models[0]._rules, AtOnce)
    for model in models:
        model.run()
    assert models[0].state_hash() == models[1].state_hash()
    assert [rule for rule, _, _ in models[0].explain_speed()] == [rule for rule, _, _ in models[1].explain_speed()]
