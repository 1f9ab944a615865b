"""What a scenario names from outside is found, checked where it is named, and part of what a run rests on."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from cashless_sim import CashlessModel, Scenario
from cashless_sim.analysis.evidence import grades
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.experiment.version import code_of
from cashless_sim.model.contacts import ties_of
from cashless_sim.model.own_measures import measures_named
from cashless_sim.outside import named
from cashless_sim.rules.campaigns import channel_named
from cashless_sim.rules.catalogue import rule_named

PARTS = '''
import numpy as np
from cashless_sim.model.measures import Measure
from cashless_sim.model.own_measures import OwnMeasure
from cashless_sim.population.network import Network
from cashless_sim.rules.campaigns import Channel, Effect
from cashless_sim.rules.maths import formula

KITES = Channel("kites", False, informs=Effect(0.5, 0.1, 0.9, "assumed"), reach=Effect(0.5, 0.1, 0.9, "assumed"))

@formula
def old(h, here):
    """Sixty or older."""
    return h.age >= 60.0

def share(sums, observation, month):
    """Of households, the old."""
    return sums("mine.old") / sums("households")

OLD = OwnMeasure(Measure("old", "share", "households with an old payer"), {"mine.old": old}, share)
TAKEN = OwnMeasure(Measure("D", "share", "a name that is taken"), {"mine.old": old}, share)
SHORT = OwnMeasure(Measure("short", "share", "of another shape"), {"mine.old": old}, lambda *given: 1.0)

def nobody(people):
    """No ties at all."""
    return Network(np.zeros(people.n + 1, dtype=np.int64), np.zeros(0, dtype=np.int32), people.network.spec)

def one_sided(people):
    """The first knows the second, who does not know the first."""
    indptr = np.ones(people.n + 1, dtype=np.int64)
    indptr[0] = 0
    return Network(indptr, np.array([1], dtype=np.int32), people.network.spec)

def too_far(people):
    """A tie to somebody who is not there."""
    return Network(one_sided(people).indptr, np.array([people.n], dtype=np.int32), people.network.spec)
'''
NAMES = {"channel": "KITES", "measure": "OLD", "network": "nobody"}


@pytest.fixture
def parts(tmp_path, monkeypatch):
    """A module with parts of one's own, importable as ``outside_parts``."""
    (tmp_path / "outside_parts.py").write_text(PARTS, encoding="utf-8")
    (tmp_path / "outside_broken.py").write_text("1 / 0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("outside_parts", None)


@pytest.fixture(scope="module")
def plan():
    return Scenario.load("no-outreach").with_(households=150, start="2022-01", end="2022-02")


def with_part(plan, kind):
    use = f"outside_parts:{NAMES[kind]}"
    if kind == "channel":
        return plan.with_campaign({"name": "kites", "channel": use, "start": "2022-01", "end": "2022-02"})
    return plan.with_({"measures": [use]} if kind == "measure" else {"network": use})


@pytest.mark.parametrize("use", ["outside_nowhere:X", "outside_parts:X", "outside_broken:X", ":X", "cashless_sim:"])
def test_what_is_not_there_is_said_in_one_line(use, parts):
    with pytest.raises(UnknownName, match="no thing named"):
        named("thing", use)
    with pytest.raises(UnknownName, match="no rule named"):
        rule_named(use)


@pytest.mark.parametrize(
    ("look", "use", "expected"),
    [
        (channel_named, "outside_parts:OLD", "a Channel"),
        (lambda use: measures_named([use]), "outside_parts:KITES", "an OwnMeasure"),
        (lambda use: measures_named([use]), "outside_parts:TAKEN", "a name used once"),
        (lambda use: measures_named([use, use]), "outside_parts:OLD", "a name used once"),
    ],
)
def test_another_thing_is_refused(look, use, expected, parts):
    with pytest.raises(BadValue, match=expected):
        look(use)


@pytest.mark.parametrize("name", ["OLD", "one_sided", "too_far"])
def test_ties_that_are_none_are_refused(name, parts, plan):
    with pytest.raises(BadValue, match="each tie from both ends"):
        ties_of(f"outside_parts:{name}", plan.population())


@pytest.mark.parametrize("kind", NAMES)
def test_a_part_from_outside_is_in_the_file_the_hash_and_the_code(kind, parts, plan):
    other = with_part(plan, kind)
    assert other.hash != plan.hash and code_of(other, "code") != code_of(plan, "code") == "code"
    assert Scenario.loads(other.to_toml(), allow_code=True).hash == other.hash
    before = code_of(other, "code")
    path = parts / "outside_parts.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nCHANGED = 1\n", encoding="utf-8")
    assert code_of(other, "code") != before
    with pytest.raises(BadValue, match="code from outside"):
        Scenario.loads(other.to_toml(), allow_code=False)


def test_a_mistake_is_said_with_its_line(parts):
    text = 'extends = "no-outreach"\n\nmeasures = ["outside_parts:KITES"]\n'
    with pytest.raises(BadValue, match=r"^mine.toml:3: measure is 'outside_parts:KITES'"):
        Scenario.loads(text, name="mine", allow_code=True)


def test_a_measure_changes_no_household_and_no_other_number(parts, plan):
    models = [CashlessModel(each.settings(), plan.population(), seed=1) for each in (plan, with_part(plan, "measure"))]
    frames = [model.run() for model in models]
    assert models[0].state_hash() == models[1].state_hash()
    mine = frames[1]["measure"] == "old"
    assert frames[1][~mine].reset_index(drop=True).equals(frames[0])
    age = models[1].columns.stored("age")
    found = frames[1][mine & (frames[1]["group"] == "all")]["value"].iloc[-1]
    assert found == pytest.approx((age >= 60).mean(), abs=1e-9)
    assert set(frames[1][mine]["group"]) == set(frames[0][frames[0]["measure"] == "D"]["group"])


def test_a_value_of_another_shape_is_refused(parts, plan):
    model = CashlessModel(plan.with_(measures=["outside_parts:SHORT"]).settings(), plan.population(), seed=1)
    with pytest.raises(BadValue, match="a number for each of"):
        model.step()


def test_a_network_without_ties_is_the_switch_that_turns_them_off(parts, plan):
    settings = [each.settings() for each in (with_part(plan, "network"), plan.with_(network="none"))]
    models = [CashlessModel(each, plan.population(), seed=1) for each in settings]
    for model in models:
        model.run()
    assert models[0].state_hash() == models[1].state_hash()


def test_a_channel_reaches_people(parts, plan):
    model = CashlessModel(with_part(plan, "channel").settings(), plan.population(), seed=1)
    frame = model.run()
    told = frame[(frame["measure"] == "contacts") & (frame["group"] == "campaign=kites")]["value"]
    assert (told > 0).all() and np.isfinite(told).all()


def test_a_channel_from_outside_has_a_grade_of_evidence(parts):
    assert grades("outside_parts:KITES") == {"informs": "D"}
