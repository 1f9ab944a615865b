"""The column model equals a plain Mesa model of one object a household, bit for bit."""

import numpy as np
import pytest
from plain_twin import PlainModel

from cashless_sim.data import place
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Closure, Settings, Shock
from cashless_sim.population.population import synthesise
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.units import month_number

START = month_number("2020-06")
MONTHS = 24


def plan(**changes) -> Settings:
    """Two years with every mechanism at work: eKYC, mobile money, shocks, closures, every kind of seeding."""
    campaigns = (
        Campaign("visits", "home-visit", START, START + 20, capacity=20_000),
        Campaign("elders", "class", START, START + 23, capacity=8_000, target={"age": {"min": 60}, "urban": False}),
        Campaign("leaders", "digital-team", START + 3, START + 9, capacity=5_000, seeding="leaders"),
        Campaign("named", "event-day", START + 4, START + 9, capacity=9_000, seeding="nominated"),
        Campaign("bridges", "account-drive", START, START + 9, capacity=9_000, seeding="between"),
        Campaign("radio", "loudspeaker", START, START + 23, intensity=0.7, months=(6, 7, 8, 10)),
        Campaign("cashback", "cashback", START + 2, START + 6, target={"education": (3, 4)}),
        Campaign("calls", "phone-call", START, START + 5, capacity=30_000, districts=("Kim Dong", "Van Giang")),
    )
    shocks = (
        Shock("covid", "covid", START + 1, START + 5, 0.8, persistence=0.4),
        Shock("scams", "scam", START + 2, START + 12, 0.3),
        Shock("outage", "outage", START + 3, START + 3, 0.4),
    )
    closures = (
        Closure("counters", "electricity", "COUNTER", START, START + 12, left=0.2),
        Closure("collectors", "water", "COLLECTOR", START + 6, START + 18),
    )
    given = {"campaigns": campaigns, "shocks": shocks, "closures": closures, **changes}
    rules = tuple(rule_named(name)() for name in ORDER)
    return Settings(title="two years", place="hung-yen", start=START, end=START + MONTHS - 1, rules=rules, **given)


@pytest.fixture(scope="module")
def people():
    return synthesise(place("hung-yen"), 500, seed=1)


def pair(people, settings: Settings) -> tuple[CashlessModel, PlainModel]:
    return CashlessModel(settings, people, seed=11), PlainModel(CashlessModel(settings, people, seed=11))


def test_columns_equal_objects_for_two_years(people):
    fast, plain = pair(people, plan())
    for _ in range(MONTHS):
        fast.step()
        plain.step()
        for name, values in plain.stored().items():
            where = f"{name} in month {plain.month - START}"
            np.testing.assert_array_equal(fast.columns.stored(name), values, err_msg=where)
    assert plain.state_hash() == fast.state_hash()
    contacts = {(reach.campaign, reach.month): reach.contacts for reach in fast._outreach.log}
    assert plain.outreach.contacts == pytest.approx(contacts)
    assert len(set(fast.columns.stored("reached_by"))) > 1 and fast.columns.stored("first_cause").max() >= 32


def test_what_is_counted_is_counted_from_objects_too(people):
    fast, plain = pair(people, plan())
    fast.run(2)
    plain.step()
    plain.step()
    np.testing.assert_array_equal(plain.count(), fast._counter().count(fast.tables))


def test_households_without_ties_equal_objects_without_neighbours(people):
    fast, plain = pair(people, plan(network="none", turnover=False, occasions=False))
    fast.run(6)
    for _ in range(6):
        plain.step()
    assert plain.state_hash() == fast.state_hash()
