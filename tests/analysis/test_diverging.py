"""Two scenarios side by side: equal ones never part, others part where and when the columns say."""

import numpy as np
import pytest

from cashless_sim.analysis.diverging import FIELDS, changed, diverging
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

VISIT = {
    "name": "visits",
    "channel": "home-visit",
    "start": "2017-09",
    "end": "2017-10",
    "capacity": 60_000,
    "target": {"age": {"min": 60}},
}


@pytest.fixture(scope="module")
def base():
    return Scenario.load("no-outreach").with_(households=1_000, end="2018-02")


@pytest.fixture(scope="module")
def visited(base):
    return base.with_campaign(VISIT)


@pytest.fixture(scope="module")
def found(base, visited):
    return diverging(base, visited)


def test_equal_scenarios_never_part(base):
    twin = base.with_(name="twin")
    assert diverging(base, twin).empty
    assert list(diverging(base, twin).columns) == FIELDS


def test_households_part_at_the_first_month_in_which_any_column_differs(base, visited, found):
    one, two = base.build(seed=1), visited.build(seed=1)
    first: dict[int, str] = {}
    names = [name for name in one.columns if name in two.columns]
    while one.month <= one.settings.end:
        one.step()
        two.step()
        month = month_text(one.month - 1)
        for name in names:
            before, after = one.columns.stored(name), two.columns.stored(name)
            apart = np.atleast_2d(before != after).any(axis=0)
            for row in np.flatnonzero(apart):
                first.setdefault(int(one.ids[row]), month)
    assert dict(zip(found["household"], found["month"], strict=True)) == first
    assert len(found) > 20


def test_the_first_to_part_are_those_who_were_visited(base, found):
    september = found[found["month"] == "2017-09"]
    assert set(september["column"]) == {"reached_by"}
    people = base.population()
    rows = np.flatnonzero(np.isin(people.ids, september["household"]))
    assert (people.columns.stored("age")[rows] >= 60).all()
    assert (found["month"] >= "2017-09").all()


def test_chosen_households_and_columns(base, visited, found):
    some = [int(i) for i in found["household"].head(5)]
    few = diverging(base, visited, households=some)
    assert sorted(few["household"]) == sorted(some)
    method = diverging(base, visited, columns=["method"])
    assert set(method["column"]) == {"method"} and set(method["bill"]) <= {0, 1, 2}
    assert 0 < len(method) < len(found)
    assert (method["baseline"] != method["scenario"]).all()


def test_changed_counts_each_household_once(found):
    assert changed(found)["households"].sum() == len(found)


def test_other_people_or_columns_are_refused(base, visited):
    with pytest.raises(BadValue, match="households of scenario"):
        diverging(base, visited.with_(households=900))
    with pytest.raises(BadValue, match="end of scenario"):
        diverging(base, visited.with_(end="2018-01"))
    with pytest.raises(UnknownName, match="did you mean 'method'"):
        diverging(base, visited, columns=["methode"])
    with pytest.raises(UnknownName, match="no household"):
        diverging(base, visited, households=[10**7])
