"""A register may name statistics and places from outside: counted as months count them, fitted, or refused."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

import pytest

import cashless_sim.data as data
import cashless_sim.experiment.posterior_draws as posterior_draws
from cashless_sim.calibration.posterior import MANIFEST, TABLE
from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.simulate import Reality
from cashless_sim.calibration.survey import groups, survey
from cashless_sim.calibration.targets import FILE, register
from cashless_sim.errors import BadValue, DataProblem, FileProblem, UnknownName
from cashless_sim.present.cli import calibrated
from cashless_sim.present.cli.main import main
from cashless_sim.scenario.recipe import Scenario

MODULE = '''
from pathlib import Path

from cashless_sim.model.counting import uses
from cashless_sim.model.measures import Measure
from cashless_sim.model.own_measures import OwnMeasure
from cashless_sim.rules.maths import formula

HERE = Path(__file__).parent / "here"
GONE = Path(__file__).parent / "gone"

@formula
def by_agent(h, here):
    """Pays the electricity bill in cash to an agent."""
    return uses(h, here, 2)

def share(sums, observation, month):
    """Of customers, those who pay at an agent."""
    return sums("mine.by_agent") / sums("customers.0")

def cash_only(sums, observation, month):
    """Of adults who paid a utility bill, those not in statistic D."""
    helped = observation.helped_counted * sums("survey_helped")
    digital = observation.payer_ratio * (sums("survey_digital") + helped)
    cash = sums("utility_payers") - sums("survey_digital") - helped
    return cash / (digital + cash)

COUNTS = {"mine.by_agent": by_agent}
AGENT = OwnMeasure(Measure("agent", "share", "customers who pay at an agent"), COUNTS, share)
CASH = OwnMeasure(Measure("cash", "share", "adults who paid in cash only"), {}, cash_only)
MONEY = OwnMeasure(Measure("money", "VND", "no share"), COUNTS, share)
SHORT = OwnMeasure(Measure("short", "share", "of another shape"), COUNTS, lambda *given: 1.0)
'''
ROW = """
[[targets]]
code = "{code}"
place = "{place}"
geography = "Viet Nam"
date = "2017"
group = "{group}"
wave = "findex-2017"
value = 93.57
sd = 1.5
source = "Findex2017"
"""
USUAL = {"code": "own_statistics:CASH", "place": "viet-nam", "group": "all"}
MIDDLE = {prior.name: prior.at(0.5) for prior in FREE}
SMALL = ("--member", "inertia-handover", "--households", "300", "--particles", "2", "--simulations", "3")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a module of statistics, importable as ``own_statistics``, and a place beside it."""
    made = tmp_path_factory.mktemp("own")
    (made / "own_statistics.py").write_text(MODULE, encoding="utf-8")
    shutil.copytree(data.folder() / "population" / "places" / "hung-yen", made / "here")
    sys.path.insert(0, str(made))
    yield made
    sys.path.remove(str(made))
    sys.modules.pop("own_statistics", None)


@pytest.fixture(scope="module")
def model(folder):
    uses = ["own_statistics:AGENT", "own_statistics:CASH"]
    made = Scenario.load("hung-yen").with_(households=5000, end="2017-08", measures=uses).build(seed=1)
    made.run()
    return made


def written(path: Path, *rows: str) -> Path:
    """Write a register of three shipped targets and some rows of one's own; return its path."""
    shipped = (data.folder() / FILE).read_text(encoding="utf-8")
    head, *tables = shipped.split("[[targets]]")
    path.write_text("[[targets]]".join([head, *tables[:3]]) + "".join(rows), encoding="utf-8")
    return path


def read(path: Path, row: str = ROW, **changes: str):
    return register("check", written(path / "mine.toml", row.format(**{**USUAL, **changes})), allow_code=True)


def test_a_survey_counts_it_as_the_month_does(model):
    uses = ("own_statistics:AGENT", "own_statistics:CASH")
    seen, frame = survey(model, None, uses), model.frame()
    last = frame[frame["month"] == frame["month"].max()].set_index(["measure", "group"])["value"]
    for use, name in zip(uses, ("agent", "cash"), strict=True):
        for group, counted in (("all", "all"), ("urban", "urban=yes"), ("rural", "urban=no")):
            assert seen[use, group] == pytest.approx(last[name, counted], abs=1e-9)
    assert {group for code, group in seen if code == uses[0]} == set(groups(model))
    assert 0 < seen["own_statistics:AGENT", "all"] < 1


def test_it_has_the_schooling_of_the_wave(model):
    wave = register("check").waves["findex-2022"]
    seen = survey(model, wave, ("own_statistics:CASH",))
    for group in groups(model):
        assert seen["own_statistics:CASH", group] + seen["D", group] == pytest.approx(1.0, abs=1e-12)
    assert (
        seen["own_statistics:CASH", "all"]
        != survey(model, None, ("own_statistics:CASH",))["own_statistics:CASH", "all"]
    )


def test_a_value_of_another_shape_is_refused(model):
    with pytest.raises(BadValue, match="value of measure 'short'.*a number for each of 11 groups"):
        survey(model, None, ("own_statistics:SHORT",))


def test_a_simulation_answers_for_it(folder, tmp_path):
    listed = read(tmp_path)
    assert [one.name for one in listed.targets][-1] == "CASH.findex-2017.all"
    assert (listed.targets[-1].value, listed.targets[-1].sd) == pytest.approx((0.9357, 0.015))
    said = Reality(listed, listed.member("inertia-handover"), 300, seed=1)(MIDDLE, 0)
    found = dict(zip([one.name for one in listed.targets], said, strict=True))
    assert found["CASH.findex-2017.all"] + found["D.findex-2017.all"] == pytest.approx(1.0, abs=1e-12)


def test_a_place_of_ones_own_answers_too(folder, tmp_path):
    listed = read(tmp_path, code="D", place="own_statistics:HERE")
    assert [one.name for one in listed.targets][-1] == "D.HERE.findex-2017.all"
    said = Reality(listed, listed.member("inertia-handover"), 300, seed=1)(MIDDLE, 0)
    assert all(0 <= share <= 1 for share in said) and said[-1] != said[0]


def test_it_is_fitted_by_the_command(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(posterior_draws, "code_version", lambda: "the code of these tests")
    path, out = written(tmp_path / "mine.toml", ROW.format(**USUAL)), tmp_path / "out"
    command = ["calibrate", "--targets", str(path), *SMALL, "--workers", "1", "--out", str(out)]
    assert main(command) == 2
    assert "target 4: code is 'own_statistics:CASH'" in capsys.readouterr().err
    assert main([*command, "--allow-code"]) == 0
    assert "CASH.findex-2017.all" in capsys.readouterr().out
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    listed = register("check", path, allow_code=True)
    assert manifest["split"] == "mine" and manifest["targets_hash"] == listed.hash != register("check").hash
    assert (out / TABLE).is_file()
    assert main([*command, "--allow-code", "--everything"]) == 2
    assert "expected one of them" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "split"), [("mine", "mine"), ("check", "own check"), ("planning", "own planning")])
def test_a_fit_of_ones_own_is_never_called_by_the_name_of_a_shipped_one(name, split, tmp_path, monkeypatch):
    called = []

    def fit(*given):
        called.append(given)
        raise BadValue(what="this fit", value="not made", expected="its name only")

    monkeypatch.setattr(calibrated, "calibrate", fit)
    path = written(tmp_path / f"{name}.toml")
    assert main(["calibrate", "--targets", str(path), *SMALL, "--out", str(tmp_path / "out")]) == 2
    assert called[0][-1] == split and called[0][-2].hash == register("check", path).hash


def test_its_source_is_in_the_hash_and_the_shipped_register_is_its_text(folder, tmp_path):
    before = read(tmp_path).hash
    file = folder / "own_statistics.py"
    file.write_text(MODULE + "\nCHANGED = 1\n", encoding="utf-8")
    assert read(tmp_path).hash != before
    file.write_text(MODULE, encoding="utf-8")
    assert read(tmp_path).hash == before
    text = (data.folder() / FILE).read_text(encoding="utf-8").replace("\r\n", "\n")
    assert register("check").hash == hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"code": "CASH"}, DataProblem, "unknown key 'source'"),
        ({"code": "own_statistics:CASHH"}, UnknownName, "target 4: no measure named 'own_statistics:CASHH'"),
        ({"code": "nowhere:CASH"}, UnknownName, "target 4: no measure named"),
        ({"code": "own_statistics:HERE"}, BadValue, "target 4: measure is .*an OwnMeasure"),
        ({"code": "own_statistics:MONEY"}, DataProblem, "the unit of own_statistics:MONEY is 'VND'; expected share"),
        ({"place": "own_statistics:AGENT"}, BadValue, "target 4: place is .*a pathlib.Path"),
        ({"place": "own_statistics:GONE"}, FileProblem, "place.toml"),
        ({"place": "vietnam"}, DataProblem, "place is 'vietnam'"),
        ({"group": "everyone"}, DataProblem, "group is 'everyone'"),
    ],
)
def test_what_is_wrong_is_refused(changes, kind, said, folder, tmp_path):
    with pytest.raises(kind, match=said):
        read(tmp_path, **changes)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "Findex2017"\n', "", "source is missing"),
        ('"Findex2017"', '" "', "source is empty; expected where the figure was read"),
        ("93.57", "193.57", "a percentage from 0 to 100"),
        ("sd = 1.5", "sd = 0", "above 0"),
    ],
)
def test_a_figure_of_ones_own_is_checked_like_others(old, new, said, folder, tmp_path):
    with pytest.raises(DataProblem, match=said):
        read(tmp_path, ROW.replace(old, new))


def test_it_is_read_only_by_someone_who_allows_it(folder, tmp_path):
    with pytest.raises(BadValue, match=r"target 4: place is 'own_statistics:HERE'.*code from outside"):
        register(
            "check", written(tmp_path / "a.toml", ROW.format(**USUAL | {"code": "D", "place": "own_statistics:HERE"}))
        )
