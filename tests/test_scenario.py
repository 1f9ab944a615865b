"""A scenario says what it read, survives its own TOML, and is known by what can change a run."""

import dataclasses
import math
import pickle
import unicodedata

import pytest

from cashless_sim.errors import UserError
from cashless_sim.model.settings import Closure, Observation, Policy, Regulation, Settings, Shock
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.catalogue import ORDER
from cashless_sim.scenario import schema
from cashless_sim.scenario.recipe import SHORT, Scenario
from cashless_sim.units import month_number, month_text

SMALL = """
title = "Small"
[place]
households = 2_000
[rules.Awareness]
tell = 0.25
[[campaigns]]
name = "visits"
channel = "home-visit"
start = "2022-04"
end = "2023-03"
capacity = 500
districts = ["Kim Động"]
target = { age = { min = 60 }, education = ["PRIMARY", "NONE"], district = "Phu Cu", account = false }
[[campaigns]]
name = "messages"
channel = "sms"
start = "2019-01"
end = "2019-06"
"""


def small() -> Scenario:
    return Scenario.loads(SMALL, name="small")


# -- what a scenario holds -----------------------------------------------------------------------------------


def test_an_empty_file_is_the_province_with_the_shipped_rules():
    settings = Scenario.loads("").settings()
    assert (settings.place, settings.households, settings.campaigns) == ("hung-yen", None, ())
    assert [type(rule).__name__ for rule in settings.rules] == list(ORDER)
    assert settings == dataclasses.replace(
        Settings(title="scenario", place="hung-yen", start=settings.start, end=settings.end, rules=settings.rules)
    )


def test_settings_say_what_the_file_says():
    settings = small().settings()
    assert [c.name for c in settings.campaigns] == ["messages", "visits"]
    visits = settings.campaigns[1]
    assert visits.districts == ("Kim Dong",)
    assert visits.target == {"age": {"min": 60}, "education": (1, 0), "district": 9, "account": False}
    assert visits.end == month_number("2023-03")
    assert settings.rules[2].tell == pytest.approx(0.25)
    assert settings.title == "Small" and settings.households == 2_000


@pytest.mark.parametrize(
    ("table", "made"),
    [
        (schema.CampaignTable, Campaign),
        (schema.ShockTable, Shock),
        (schema.ClosureTable, Closure),
        (schema.PolicyTable, Policy),
        (schema.RegulationTable, Regulation),
        (schema.ObservationTable, Observation),
    ],
)
def test_the_file_has_the_fields_and_defaults_of_the_model(table, made):
    fields = {f.name: f.default for f in dataclasses.fields(made)}
    assert list(table.model_fields) == list(fields)
    for name, field in table.model_fields.items():
        if fields[name] is dataclasses.MISSING or field.is_required():
            continue
        shown = month_text(fields[name]) if made in (Regulation, Observation) and type(fields[name]) is int else None
        assert field.default == (shown or fields[name]), name


def test_switches_are_those_of_the_settings():
    defaults = {f.name: f.default for f in dataclasses.fields(Settings)}
    for name, field in schema.SwitchTable.model_fields.items():
        assert field.default == defaults[name]
        assert SHORT[name] == f"switches.{name}"


# -- extending -----------------------------------------------------------------------------------------------


def test_tables_merge_and_named_tables_merge_by_name(tmp_path):
    (tmp_path / "base.toml").write_text(SMALL, encoding="utf-8")
    over = """
extends = "base.toml"
[place]
population_seed = 7
[[campaigns]]
name = "visits"
capacity = 900
[[campaigns]]
name = "messages"
remove = true
[[campaigns]]
name = "poster"
channel = "poster"
start = "2020-01"
end = "2020-02"
"""
    (tmp_path / "over.toml").write_text(over, encoding="utf-8")
    made = Scenario.load(tmp_path / "over.toml")
    assert (made.recipe.place.households, made.recipe.place.population_seed) == (2_000, 7)
    assert [(c.name, c.capacity) for c in made.recipe.campaigns] == [("visits", 900), ("poster", None)]
    assert made.recipe.campaigns[0].districts == ("Kim Động",)


def test_extending_looks_beside_the_file_first_and_then_at_what_ships(tmp_path):
    (tmp_path / "plan.toml").write_text('extends = "hung-yen.toml"\n', encoding="utf-8")
    assert Scenario.load(tmp_path / "plan.toml").hash == Scenario.load("hung-yen").hash
    (tmp_path / "hung-yen.toml").write_text(SMALL, encoding="utf-8")
    assert Scenario.load(tmp_path / "plan.toml").hash == small().hash
    assert Scenario.loads('extends = "hung-yen"').hash == Scenario.load("hung-yen").hash
    assert Scenario.loads('extends = "hung-yen.toml"', folder=tmp_path).hash == small().hash


def test_a_file_may_begin_with_a_mark_and_end_lines_as_windows_does(tmp_path):
    (tmp_path / "w.toml").write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert Scenario.load(tmp_path / "w.toml").hash == small().hash


# -- the hash ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[place]", "# a comment\n[place]"),
        ("2_000", "2000"),
        ('title = "Small"', 'title = "Other"\nquestion = "why?"'),
        ('name = "visits"\nchannel = "home-visit"', 'channel = "home-visit"\nnote = "n"\nname = "visits"'),
        ("capacity = 500", "capacity = 500\nintensity = 1\nseeding = 'random'"),
        ("tell = 0.25", "tell = 25e-2"),
        ("[place]", '[time]\nend = "2030-12"\n[place]\nname = "Hưng Yên"'),
        ("Kim Động", unicodedata.normalize("NFD", "Kim Động")),
    ],
)
def test_the_hash_keeps_through_what_changes_no_run(old, new):
    assert SMALL.replace(old, new) != SMALL
    assert Scenario.loads(SMALL.replace(old, new)).hash == small().hash


def test_the_order_of_campaigns_changes_nothing():
    head, first, second = SMALL.split("[[campaigns]]")
    turned = Scenario.loads("[[campaigns]]".join([head, second, first]), name="small")
    assert turned.hash == small().hash
    assert turned.settings().campaigns == small().settings().campaigns


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2_000", "2_001"),
        ("tell = 0.25", "tell = 0.26"),
        ("2023-03", "2023-04"),
        ("capacity = 500", "capacity = 501"),
        ("min = 60", "max = 60"),
        ('name = "visits"', 'name = "visit"'),
        ("[place]", "[switches]\nturnover = false\n[place]"),
    ],
)
def test_the_hash_moves_with_what_changes_a_run(old, new):
    assert Scenario.loads(SMALL.replace(old, new)).hash != small().hash


# -- changing ------------------------------------------------------------------------------------------------


def test_with_changes_a_copy():
    base = small()
    before = base.hash
    made = base.with_(
        {"rules.Awareness.tell": 0.4, "rules": {"Choose": {"digital": -1}}},
        households=None,
        start="2018-01",
        end="2025-12",
        imitation="none",
        turnover=False,
        name="changed",
    )
    assert base.hash == before
    settings = made.settings()
    assert made.name == "changed" and base.name == "small"
    assert (settings.households, settings.imitation, settings.turnover) == (None, "none", False)
    assert (month_text(settings.start), month_text(settings.end)) == ("2018-01", "2025-12")
    assert (settings.rules[2].tell, settings.rules[4].digital) == (pytest.approx(0.4), pytest.approx(-1))


def test_with_reads_several_forms():
    base = small()
    assert Scenario.loads("").with_(place="viet-nam").settings().place == "viet-nam"
    assert base.with_(place={"households": 50}).hash == base.with_(households=50).hash
    assert base.with_({"time.end": "2024-12"}).hash == base.with_(time={"end": "2024-12"}).hash
    assert base.with_(month={"rules": ["Access", "Pay"]}).settings().rules[1].__class__.__name__ == "Pay"
    assert base.with_(policies={"water": Policy(use="adaptive", budget=1e6)}).settings().policies["water"].budget
    assert base.with_(shocks=[Shock("s", "covid", 603, 604, 0.5)]).settings().shocks[0].start == 603
    assert base.with_(regulation=Regulation(ekyc=600)).settings().regulation == Regulation(ekyc=600)


def test_a_shorter_run_leaves_out_the_shocks_that_it_does_not_reach():
    made = Scenario.load("hung-yen").with_(end="2020-12")
    assert [s.name for s in made.settings().shocks] == ["covid-2020"]
    late = [Shock("s", "scam", month_number("2026-01"), month_number("2026-02"), 0.5)]
    with pytest.raises(UserError, match="a month of the run, 2017-06 to 2020-12"):
        Scenario.load("hung-yen").with_(end="2020-12", shocks=late)


def test_campaigns_come_and_go():
    base = small()
    poster = Campaign("poster", "poster", month_number("2020-01"), month_number("2020-03"), target={"sex": (1,)})
    more = base.with_campaign(poster)
    assert more.settings().campaigns == (
        *base.settings().campaigns[:1],
        poster,
        *base.settings().campaigns[1:],
    )
    assert more.name == "small+poster" and more.hash != base.hash
    assert more.without_campaign("poster").hash == base.hash
    assert base.without_campaign("visits").settings().campaigns[0].name == "messages"
    visits = dataclasses.replace(base.settings().campaigns[1], capacity=9)
    assert base.with_campaign(visits).settings().campaigns[1] == visits
    again = base.with_campaign({"name": "visits", "channel": "poster", "start": "2020-01", "end": "2020-02"})
    assert again.settings().campaigns[1].districts == ()


def test_scenarios_are_values():
    base = small()
    with pytest.raises(dataclasses.FrozenInstanceError):
        base.name = "other"
    with pytest.raises(ValueError, match="frozen"):
        base.recipe.place.households = 3
    copy = pickle.loads(pickle.dumps(base))
    assert copy == base and hash(copy) == hash(base) and copy.hash == base.hash
    assert len({base, copy, base.with_(households=5)}) == 2
    assert copy.settings().campaigns == base.settings().campaigns


def test_garbage_months_are_refused():
    for month in ("2017-6", "17-06", "2017/06", " 2017-06", "2017-06\n", "2100-01", "1969-12", "２０１７-06"):
        with pytest.raises(UserError, match="YYYY-MM"):
            Scenario.loads("").with_(start=month)


def test_numbers_may_come_from_numpy():
    numpy = pytest.importorskip("numpy")
    made = Scenario.loads("").with_(households=numpy.int64(50), rules={"Awareness": {"tell": numpy.float32(0.5)}})
    assert made.recipe.place.households == 50
    assert math.isclose(made.settings().rules[2].tell, 0.5)


# -- building ------------------------------------------------------------------------------------------------


def test_people_are_the_same_in_every_replicate():
    tiny = Scenario.loads("[place]\nhouseholds = 400\n")
    first, second = tiny.build(seed=3, replicate=0), tiny.build(seed=4, replicate=1)
    assert first.population is second.population
    assert (first.seed, first.replicate, second.replicate) == (3, 0, 1)
    assert first.month == month_number("2017-06")
    other = tiny.with_(population_seed=2)
    assert other.hash != tiny.hash
    assert list(other.population().ids) != list(first.population.ids)


def test_every_kind_of_target_reaches_whom_it_names():
    base = Scenario.loads('[time]\nend = "2017-07"\n[place]\nhouseholds = 2000\n')
    targets = (
        {"district": ["Văn Lâm", "Khoai Chau"]},
        {"quintile": {"max": 2}},
        {"education": ["NONE", "PRIMARY"], "sex": "FEMALE"},
        {"skill": {"max": 0.3}, "smartphone": False},
        {"months_since_digital": 255},
    )
    for target in targets:
        drive = {"name": "d", "channel": "poster", "start": "2017-06", "end": "2017-07", "target": target, "reach": 1}
        model = base.with_campaign(drive).build(seed=1)
        model.step()
        reached = model.columns.stored("reached_by") > 0
        for column, wanted in model.settings.campaigns[0].target.items():
            if column in ("district", "quintile"):
                values = model.columns.values(column)[reached]
                allowed = wanted if isinstance(wanted, tuple) else (1, 2) if isinstance(wanted, dict) else (wanted,)
                assert set(values.tolist()) <= set(allowed)
        assert 0 < reached.mean() < 1
