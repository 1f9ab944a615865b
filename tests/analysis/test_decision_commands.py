"""The commands for decisions: tables on the screen, files in a folder, one line for what the user can mend."""

import json
import shutil

import pandas as pd
import pytest
from toy_world import Toy, asked

import cashless_sim.present.cli.optimise as optimise_file
from cashless_sim.analysis.optimise.question import question, unit_costs
from cashless_sim.data import folder
from cashless_sim.errors import UserError
from cashless_sim.present.cli.main import main
from cashless_sim.scenario.recipe import Scenario

VISITED = """
extends = "calm.toml"
[[campaigns]]
name = "visits"
channel = "home-visit"
start = "2017-09"
end = "2017-12"
capacity = 60_000
"""
TOY = asked()
FEW = ("--households", "600", "--replicates", "3", "--workers", "1")


class World(Toy):
    """A toy that stands in for the model."""

    def __init__(self, *given, **named) -> None:
        super().__init__()

    def scenario(self, doses, name):
        return Scenario.load("no-outreach").with_(name=name)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    made = tmp_path_factory.mktemp("decisions")
    calm = Scenario.load("no-outreach").with_(end="2018-02").to_toml()
    for name, text in (("calm", calm), ("visited", VISITED), ("toy", TOY)):
        (made / f"{name}.toml").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def asked(work, monkeypatch, tmp_path):
    """Return a caller of the command line in a folder with scenarios, with one store for all."""
    monkeypatch.chdir(work)
    monkeypatch.setenv("CASHLESS_SIM_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words: str) -> int:
        return main([*words, "--store", str(work / "store.sqlite"), "--out", str(tmp_path / "out")])

    return call


def test_compare_shows_and_writes(asked, capsys, tmp_path):
    assert asked("compare", "calm.toml", "visited.toml", *FEW, "--width", "0.5", "--diverging") == 0
    said = capsys.readouterr().out
    assert "pairs needed" in said and "variance-reduction" in said and "households part ways" in said
    table = pd.read_csv(tmp_path / "out" / "compare.csv", encoding="utf-8-sig")
    assert set(table["scenario"]) == {"visited"} and set(table["n"]) == {3}
    apart = pd.read_csv(tmp_path / "out" / "diverging.csv", encoding="utf-8-sig")
    assert apart["household"].is_unique and (apart["month"] >= "2017-09").all()


def test_costs_shows_and_writes(asked, capsys, tmp_path):
    assert asked("costs", "calm.toml", "visited.toml", *FEW, "--language", "vi") == 0
    said = capsys.readouterr().out
    assert "theo giá năm 2019" in said and "hộ TTKDTM tăng thêm" in said
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"spending.csv", "costs.csv", "savings.csv", "burden.csv"} <= names


def test_plans_are_listed_in_both_languages(asked, capsys):
    assert asked("plans", "10", "--list") == 0
    assert "By population" in capsys.readouterr().out
    assert asked("plans", "--list", "--language", "vi") == 0
    said = capsys.readouterr().out
    assert "Ban Chỉ đạo" in said and "sponsor." not in said and "budget." not in said


def test_plans_are_run_into_a_table(asked, capsys, tmp_path):
    few = ("--households", "600", "--replicates", "2", "--draws", "0", "--workers", "1")
    assert asked("plans", "07b-day-qr", *few) == 0
    table = pd.read_csv(tmp_path / "out" / "plans.csv", encoding="utf-8-sig")
    assert table["plan"].tolist() == ["07b-day-qr"] and table["grade"].tolist() == ["D"]
    targets = pd.read_csv(tmp_path / "out" / "targets.csv", encoding="utf-8-sig")
    assert (targets["code"] != "D").all() and "Decision411_2022" in set(targets["key"])


@pytest.mark.parametrize(("tongue", "line"), [("en", "budget line pot"), ("vi", "nguồn kinh phí pot")])
def test_optimise_shows_and_writes(asked, capsys, tmp_path, monkeypatch, tongue, line):
    monkeypatch.setattr(optimise_file, "Simulated", World)
    assert asked("optimise", "toy.toml", "--draws", "4", "--language", tongue) == 0
    said = capsys.readouterr().out
    assert line in said and "8" in said
    plan = pd.read_csv(tmp_path / "out" / "plan.csv", encoding="utf-8-sig")
    assert plan["money"].sum() == pytest.approx(8.0)
    assert Scenario.load(tmp_path / "out" / "plan-optimised.toml").settings()


def test_sensitivity_ranks_keys(asked, capsys, tmp_path):
    pytest.importorskip("SALib")
    vary = ("--vary", "rules.Awareness.tell=0.1:0.5", "--vary", "rules.Choose.digital=-2:0", "--points", "2")
    assert asked("sensitivity", "calm.toml", *vary, "--households", "600", "--workers", "1") == 0
    table = pd.read_csv(tmp_path / "out" / "sensitivity.csv", encoding="utf-8-sig")
    assert table["key"].tolist()[0] == "rules.Choose.digital"
    assert "percentage points" in capsys.readouterr().out


def test_what_would_change_the_choice(asked, capsys, tmp_path):
    few = ("--method", "draws", "--draws", "20", "--households", "600", "--workers", "1")
    assert asked("sensitivity", "calm.toml", "visited.toml", *few) == 0
    said = capsys.readouterr().out
    assert "visited is ahead of calm in" in said
    table = pd.read_csv(tmp_path / "out" / "worth.csv", encoding="utf-8-sig").set_index("key")
    assert len(table) > 20 and table["meaning"].notna().all()
    assert "tells one given tie" in table.loc["rules.Awareness.tell", "meaning"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "calm.toml"), "at least one other"),
        (("compare", "calm.toml", "calm.toml"), "a name used once"),
        (("compare", "calm.toml", "visited.toml", "--to", "clam"), "did you mean 'calm'"),
        (("compare", "calm.toml", "visited.toml", "--width", "wide"), "--width is 'wide'"),
        (("compare", "calm.toml", "visited.toml", "--width", "0", *FEW), "--width is '0'"),
        (("compare", "calm.toml", "visited.toml", "--month", "2031-01", *FEW), "--month is '2031-01'"),
        (("compare", "calm.toml", "visited.toml", "--measure", "uses", *FEW), "no measure named 'uses'"),
        (("compare", "calm.toml", "none.toml"), "it is not there"),
        (("costs", "calm.toml", "calm.toml"), "a name used once"),
        (("plans", "99"), "no plan named '99'"),
        (("optimise", "hung-yen-2028"), "did you mean 'hung-yen-2027'"),
        (("optimise", "toy.toml", "--unit-costs", "none.csv"), "columns channel, cost"),
        (("sensitivity", "calm.toml", "--method", "morriss"), "did you mean 'morris'"),
        (("sensitivity", "calm.toml"), "keys to vary"),
        (("sensitivity", "calm.toml", "--vary", "rules.Awareness.tell"), "KEY=LOW:HIGH"),
        (("sensitivity", "calm.toml", "--method", "draws"), "at least one other"),
    ],
)
def test_what_the_user_can_mend_is_one_line_and_two(asked, capsys, words, said):
    assert asked(*words) == 2
    told = capsys.readouterr().err.strip()
    assert said in told and "\n" not in told
    assert asked(*words, "--language", "vi") == 2
    told = capsys.readouterr().err.strip()
    assert "\n" not in told and told.startswith("Lỗi")


BROKEN = {
    "amount = 8": ("amount = 0", "budget is 0"),
    "most = 10\n[[offers]]": ("[[offers]]", "most of offer 'visits'"),
    "title =": ("titel =", "did you mean 'title'"),
    'judged = "2028-12"': ("", "judged is None"),
    'name = "desks"': ('name = "visits"', "name of offer is 'visits'"),
    'channel = "help-desk"': ('channel = "helpdesk"', "did you mean 'help-desk'"),
    "year = 2027": ("yaer = 2027", "did you mean 'year'"),
    'start = "2027-01"': ('start = "2027"', "YYYY-MM"),
    "amount = 8\n": ("", "amount is None"),
    "[[lines]]": ("[[lines", "it is not TOML"),
    'base = "calm.toml"': ('base = "calm.toml"\nhouseholds = 0', "households is 0"),
    'uses = ["home-visit", "help-desk"]': ("uses = []", "offers that a budget line may pay"),
}


@pytest.mark.parametrize("old", BROKEN)
def test_a_broken_question_is_refused_in_one_line(asked, capsys, work, old):
    new, said = BROKEN[old]
    assert old in TOY
    (work / "broken.toml").write_text(TOY.replace(old, new, 1), encoding="utf-8")
    assert asked("optimise", "broken.toml") == 2
    told = capsys.readouterr().err.strip()
    assert said in told and "broken.toml" in told and "\n" not in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("channel,price\nsms,1\n", "a column is missing"),
        ("channel,cost\nsms,x\n", "cost is 'x'"),
        ("channel,cost\nsms,1\nsms,2\n", "each channel once"),
        ("channel,cost\nsms,-1\n", "each channel once"),
    ],
)
def test_a_broken_table_of_costs_is_refused(tmp_path, text, said):
    (tmp_path / "costs.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        unit_costs(tmp_path / "costs.csv")


def test_own_costs_are_used(tmp_path):
    (tmp_path / "costs.csv").write_text("channel,cost\nhelp-desk,7000\n", encoding="utf-8-sig")
    shutil.copy(folder() / "scenarios" / "plans" / "budgets" / "hung-yen-2027.toml", tmp_path)
    asked = question(tmp_path / "hung-yen-2027.toml", tmp_path / "costs.csv")
    units = {offer.channel: offer.unit for offer in asked.problem.offers}
    assert units["help-desk"] == 7_000 and units["sms"] == 300


def test_the_shipped_question_is_whole():
    asked = question("hung-yen-2027")
    assert Scenario.load(asked.base).name == "01-nen"
    assert len({offer.channel for offer in asked.problem.payable}) == 6
    assert asked.title_vi and json.dumps(asked.problem.floors) == "{}"
    assert asked.held(("Van Lam",)) is None
