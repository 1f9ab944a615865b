"""The same rule text gives the same bits interpreted, compiled to scalar code, and vectorised."""

import numpy as np
import pytest

from cashless_sim.codes import BILLS
from cashless_sim.data import place
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Closure, Settings, Shock
from cashless_sim.population.columns import Columns
from cashless_sim.population.population import synthesise
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.rules.compiler.kernel import write_kernel
from cashless_sim.rules.compiler.passes import TILE
from cashless_sim.rules.maths import exp, log
from cashless_sim.rules.month import Month
from cashless_sim.rules.people import People
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.units import Count, Share, month_number

START = month_number("2019-11")


@pytest.fixture(scope="module")
def people():
    return synthesise(place("hung-yen"), 500, seed=1)


def busy_settings(months: int) -> Settings:
    """Every mechanism at once, so that no branch is left out."""
    visits = Campaign("visits", "home-visit", START, START + months, capacity=100_000)
    radio = Campaign("radio", "loudspeaker", START, START + months)
    money = Campaign("money", "cashback", START + 2, START + 5)
    waves = (
        Shock("covid", "covid", START + 1, START + 4, 0.8, persistence=0.4),
        Shock("scams", "scam", START + 2, START + 8, 0.3),
        Shock("outage", "outage", START + 3, START + 3, 0.4),
    )
    closures = (
        Closure("counters", "electricity", "COUNTER", START, START + 6),
        Closure("collectors", "electricity", "COLLECTOR", START, START + 2),
    )
    return Settings(
        title="busy",
        place="hung-yen",
        start=START,
        end=START + months - 1,
        rules=tuple(rule_named(name)() for name in ORDER),
        campaigns=(visits, radio, money),
        shocks=waves,
        closures=closures,
    )


def state_after(people, level: str, months: int, threads: int = 1) -> CashlessModel:
    model = CashlessModel(busy_settings(months), people, seed=7, level=level, threads=threads)
    model.run()
    return model


@pytest.mark.parametrize("level", ["scalar", "vectorised"])
def test_compiled_month_equals_the_interpreted_one(people, level):
    plain = state_after(people, "interpreted", 6)
    fast = state_after(people, level, 6)
    assert {row[1] for row in fast.explain_speed()} == {level}
    for name in plain.columns:
        np.testing.assert_array_equal(fast.columns.stored(name), plain.columns.stored(name), err_msg=name)
    assert fast.frame().equals(plain.frame())


def test_threads_do_not_change_the_bits(monkeypatch):
    monkeypatch.setattr("cashless_sim.rules.month.CHUNK", 512)
    many = synthesise(place("hung-yen"), 3000, seed=1)
    one, two = (state_after(many, "vectorised", 4, threads) for threads in (1, 2))
    assert one.state_hash() == two.state_hash()


def test_a_household_has_its_months_whatever_the_sample(people):
    """Without ties between households, a village lives alike alone and among others."""
    months = 5
    quiet = busy_settings(months)
    quiet = Settings(**{**quiet.__dict__, "campaigns": (), "rules": tuple(r for r in quiet.rules)})
    alone = Settings(**{**quiet.__dict__, "network": "none"})
    small, large = people, synthesise(place("hung-yen"), 3000, seed=1)
    a, b = (CashlessModel(alone, p, seed=3) for p in (small, large))
    a.run()
    b.run()
    common = np.isin(b.ids, a.ids)
    assert common.any()
    for name in ("method", "skill", "late", "first_cause"):
        np.testing.assert_array_equal(b.columns.stored(name)[..., common], a.columns.stored(name))


class Event(Rule):
    """Something happens to few, some or all, and is costly to work out for those."""

    owns = (
        Column("happens", bool, "yes/no", "this month", passing=True),
        Column("level", Share, "share", "moved by the event"),
        Column("marked", bool, "yes/no", "was ever moved up"),
        Column("count", Count, "times", "how often", per=BILLS),
    )
    draws = (Draw("happens"), Draw("moves", per=(BILLS,)))
    chance: Share = parameter(0.05, "chance of the event", source="assumed")

    def household(self, h, peers, here, u):
        h.happens = u.happens < self.chance
        drift = 0.25
        if h.happens:
            for b in BILLS:
                moved = exp(log(u.moves[b]) * 0.5) * exp(-log(u.moves[b]) * 0.25) * drift
                h.level = h.level + (moved if h.count[b] < 3.0 else -moved) * (1.0 - h.level)
                h.count[b] += 1
                h.marked = h.marked or moved > 0.2
        h.level = h.level * (0.5 if h.happens else 0.99)


@pytest.mark.parametrize("chance", [0.0, 0.05, 1.0])
def test_what_few_do_is_worked_out_for_them_as_for_one(chance):
    """More rows than a tile, cells in runs that end anywhere, and every share of rows that take the costly branch."""
    n = 2 * TILE + 37
    states = {}
    for level in ("interpreted", "vectorised"):
        cell = np.repeat(np.arange(n // 50 + 1), 50)[:n].astype(np.uint16)
        ids, ends, ties = np.arange(1, n + 1, dtype=np.uint32), np.zeros(n + 1, np.int64), np.zeros(0, np.int32)
        people = People(Columns(n), ids, cell, ends, ties)
        month = Month([Event(chance=chance)], people, level=level)
        month.run(0, 3, 0, {})
        month.run(1, 3, 0, {})
        states[level] = {name: people.columns.stored(name).copy() for name in people.columns}
        assert {row[1] for row in month.explain()} == {level}
    for name, values in states["interpreted"].items():
        np.testing.assert_array_equal(states["vectorised"][name], values, err_msg=name)
    moved = states["vectorised"]["count"].sum() / (6 * n)
    assert abs(moved - chance) < 0.02


def test_costly_branches_on_events_are_cut_and_others_are_not():
    specs = {c.name: c for c in Event.owns}
    source = write_kernel([Event()], specs, set(), True).source
    assert source.count("rows[many] = j") == 1
    assert "rows[many]" not in write_kernel([Event()], specs, set(), False).source
