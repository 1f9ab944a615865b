"""A place from outside: named in a scenario file, refused with file and line, its files part of what a run is."""

from __future__ import annotations

import re
import shutil
import sys

import pytest

import cashless_sim.data as data
from cashless_sim import Scenario
from cashless_sim.errors import BadValue, DataProblem, FileProblem, UnknownName
from cashless_sim.experiment.store import Store
from cashless_sim.experiment.sweep import sweep
from cashless_sim.experiment.upkeep import contents
from cashless_sim.experiment.workers import Task, attempt, maker
from cashless_sim.present.groups import districts
from cashless_sim.present.reported import borders_of

MODULE = """
from pathlib import Path

HERE = Path(__file__).parent / "here"
GONE = Path(__file__).parent / "gone"
TEXT = "here"
"""
TOLD = {"title": '"Văn Lâm"', "title_en": '"Van Lam"', "households": "40095", "population": "133027"}
FILE = 'extends = "no-outreach"\n\n[place]\nname = "outside_places:{}"\nhouseholds = 150\n'
CLOSED = """
[[closures]]
name = "one counter"
utility = "electricity"
method = "COUNTER"
districts = ["Van Lam"]
start = "2022-01"
end = "2022-02"
"""
RURAL = "tenant,share,urban=no,0.02,"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of one district as a place, importable as ``outside_places:HERE``."""
    here = tmp_path / "here"
    shutil.copytree(data.folder() / "population" / "places" / "hung-yen", here)
    (tmp_path / "outside_places.py").write_text(MODULE, encoding="utf-8")
    changed(here / "districts.csv", lambda line: line.startswith(("district,", "Van Lam,")), lambda line: line)
    facts = {f"{key} = ": f"{key} = {value}" for key, value in TOLD.items()}
    changed(here / "place.toml", bool, lambda line: next((v for k, v in facts.items() if line.startswith(k)), line))
    monkeypatch.syspath_prepend(tmp_path)
    yield here
    sys.modules.pop("outside_places", None)


def changed(path, keep, change):
    """Rewrite the lines of a file that ``keep`` takes, each as ``change`` makes it."""
    lines = [change(line) for line in path.read_text(encoding="utf-8").splitlines() if keep(line)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def more_tenants(folder):
    changed(folder / "marginals.csv", bool, lambda line: line.replace(RURAL, "tenant,share,urban=no,0.07,"))


def loaded(what="HERE", allow_code=True):
    return Scenario.loads(FILE.format(what), "mine", allow_code=allow_code)


def short(plan):
    return plan.with_(start="2022-01", end="2022-01")


def test_a_scenario_file_names_it_and_it_is_run(folder):
    plan = short(loaded())
    assert plan.settings().place == "outside_places:HERE" == data.place("outside_places:HERE").name
    model = plan.build(seed=1)
    frame = model.run()
    assert {cell.district for cell in model.cells} == {"Van Lam"}
    assert model.population.full_size == 40_095
    groups = {group.split(";")[0] for group in frame["group"]}
    assert {group for group in groups if group.startswith("district=")} == {"district=Van Lam"}
    assert 0 < model.reported["D"] < 1
    assert loaded().with_(place="hung-yen").settings().place == "hung-yen"


def test_reading_a_file_runs_no_code_of_others_unless_allowed(folder):
    with pytest.raises(BadValue, match=r"^mine.toml:4: name is 'outside_places:HERE'.*code from outside"):
        loaded(allow_code=False)
    assert "outside_places" not in sys.modules
    campaign = FILE.format("HERE").replace("outside_places:HERE", "hung-yen")
    named = campaign + '[[campaigns]]\nname = "sms: once"\nchannel = "sms"\nstart = "2022-01"\nend = "2022-02"\n'
    assert Scenario.loads(named, allow_code=False).settings().campaigns[0].name == "sms: once"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("TEXT", BadValue, r"mine.toml:4: place is 'outside_places:TEXT'; expected a pathlib.Path"),
        ("NOWHERE", UnknownName, r"mine.toml:4: no place named 'outside_places:NOWHERE'.*has no 'NOWHERE'"),
        ("GONE", FileProblem, r"gone/place.toml: No such file"),
    ],
)
def test_what_is_no_folder_of_a_place_is_refused(name, kind, said, folder):
    with pytest.raises(kind, match=said):
        loaded(name)


WRONG = {
    "a cell": (
        "marginals.csv",
        "household_size,distribution,2,0.2,",
        "household_size,distribution,2,lots,",
        ":3: value",
    ),
    "a share": ("marginals.csv", RURAL, "tenant,share,urban=no,1.4,", r":25: low, central, high"),
    "shares": (
        "marginals.csv",
        "size,distribution,2,0.2,",
        "size,distribution,2,0.21,",
        ": the shares of 'household_size'",
    ),
    "a sum": ("districts.csv", "133027,40095,", "133027,40096,", ": households add up to 40096"),
    "a fact": ("place.toml", "households = 40095", 'households = "many"', ": 'households' is 'many'"),
    "toml": ("place.toml", "households = 40095", "households = = 1", r": .*line \d+"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_bad_table_is_refused_with_its_file_and_line(what, folder):
    file, old, new, said = WRONG[what]
    changed(folder / file, bool, lambda line: line.replace(old, new))
    with pytest.raises(DataProblem, match="here/" + re.escape(file) + said):
        loaded()


def test_more_households_than_the_place_has_are_refused_in_the_scenario(folder):
    with pytest.raises(BadValue, match="1 to 40095"):
        loaded().with_(households=40_096)


def test_its_files_are_part_of_the_hash_and_those_that_ship_are_not(folder):
    plan, shipped = loaded(), Scenario.load("no-outreach").with_(households=150)
    assert data.own_hash("hung-yen") == "" and plan.hash != shipped.hash
    assert Scenario.loads(plan.to_toml(), allow_code=True).hash == plan.hash
    assert str(folder) not in plan.to_toml()
    before, people = (plan.hash, plan.prior_hash), plan.population()
    assert plan.population() is people
    more_tenants(folder)
    assert plan.hash != before[0] and plan.prior_hash != before[1]
    after = plan.population().columns.stored("tenant").mean()
    assert after > people.columns.stored("tenant").mean()


def test_what_was_read_of_it_before_is_not_said_after(folder):
    with_closure = FILE.format("HERE") + CLOSED
    plan, where = Scenario.loads(with_closure, "mine", allow_code=True), "outside_places:HERE"
    assert districts(where, "vi") == {"Van Lam": "Văn Lâm"} and borders_of(where) == "2019-04-01"
    changed(folder / "districts.csv", bool, lambda line: line.replace("Van Lam,", "Elsewhere,").replace("Văn", "Vân"))
    changed(folder / "place.toml", bool, lambda line: line.replace('date = "2019-04-01"', 'date = "2024-04-01"'))
    assert districts(where, "vi") == {"Elsewhere": "Vân Lâm"} and borders_of(where) == "2024-04-01"
    with pytest.raises(UnknownName, match="no district named 'Van Lam'"):
        plan.build(seed=1)


def test_fits_rest_on_its_files_too(folder):
    both = ["hung-yen", "outside_places:HERE"]
    before, shipped = data.people_hash(both), data.people_hash(both[:1])
    more_tenants(folder)
    assert data.people_hash(both) != before and data.people_hash(both[:1]) == shipped != before


def test_a_store_keeps_the_runs_of_two_states_of_its_files_apart(folder, tmp_path):
    plan, store = short(loaded()), tmp_path / "s.sqlite"
    results = []
    for _ in range(2):
        results.append(sweep(plan, store=store, workers=1, code="test").runs().results_hash)
    more_tenants(folder)
    results.append(sweep(plan, store=store, workers=1, code="test").runs().results_hash)
    assert results[0] == results[1] != results[2]
    with Store(store) as held:
        assert contents(held).runs == 2


def test_a_sweep_that_began_with_other_files_makes_no_more_runs(folder):
    plan = short(loaded())
    job = type("AJob", (), {"scenario": plan})()
    task = Task(b"", job, maker(), data.own_hash(plan.settings().place))
    more_tenants(folder)
    assert "differ from those the sweep began with" in attempt(task).trace
    assert "differ" not in attempt(Task(b"", job, maker(), data.own_hash(plan.settings().place))).trace
