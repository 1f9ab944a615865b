"""Runs draw from the shipped posterior when this code and these data made it, and say so; else from the ranges."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import cashless_sim.data as data
import cashless_sim.experiment.posterior_draws as posterior_draws
from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.simulate import Reality, numbers
from cashless_sim.calibration.targets import register
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.posterior_draws import doubts, posterior_draw, shipped, suits
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.experiment.runs import FIRST_DRAW
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

MIDDLE = {prior.name: prior.at(0.5) for prior in FREE}
HIGH = MIDDLE | {"account_hazard": 0.005}


@pytest.fixture(scope="module")
def listed():
    return register("check")


@pytest.fixture(scope="module")
def posterior(listed):
    members = {
        one.name: {
            "by_peers": one.by_peers,
            "handover": one.handover,
            "predictive": {"alarm": False},
            "tolerance": 1.0,
        }
        for one in listed.members
    }
    free = {
        one.name: {"key": one.key, "low": one.low, "high": one.high, "spread": one.spread} for one in numbers(listed)
    }
    manifest = {"seed": 1, "split": "planning", "table_hash": "abc", "members": members, "free": free}
    rows = [
        {"member": "inertia-closures", "draw": 3, "weight": 0.5, **MIDDLE},
        {"member": "contagion-handover", "draw": 8, "weight": 0.5, **HIGH},
    ]
    return Draws(Path("posterior.csv"), pd.DataFrame(rows), manifest)


@pytest.fixture(scope="module")
def small():
    return Scenario.load("hung-yen").with_(households=600, end="2018-01")


@pytest.fixture(scope="module")
def runs(small, posterior):
    return run(small, draws=2, workers=1, seed=5, posterior=posterior)


def values(scenario, rule):
    return next(one for one in scenario.settings().rules if type(one).__name__ == rule).values


def test_draws_of_a_run_are_those_of_the_posterior(runs, small, posterior):
    rows = posterior.chosen(2, 5).to_dict("records")
    assert {row["draw"] for row in rows} == {3, 8}
    for number, row in enumerate(rows):
        model = posterior_draw(small, posterior, row).build(seed=5, replicate=FIRST_DRAW + number)
        frame = model.run()
        mine = runs.select(replicate=FIRST_DRAW + number)
        assert mine["value"].tolist() == frame["value"].tolist()


def test_a_row_brings_back_the_very_combination_of_the_fit(listed, small, posterior):
    row = posterior.frame.iloc[1].to_dict()
    mine = posterior_draw(small.with_(households=500, end="2019-10"), posterior, row).settings()
    reality = Reality(listed, listed.member("contagion-handover"), 1000, 1)
    theirs = reality.settings("hung-yen", HIGH, 8, month_number("2019-10"))
    assert [rule.values for rule in mine.rules] == [rule.values for rule in theirs.rules]
    assert mine.campaigns == theirs.campaigns
    assert mine.closures == theirs.closures
    assert mine.observation == theirs.observation


def test_structures_and_places_are_kept(small, posterior):
    inertia, contagion = (posterior_draw(small, posterior, row) for row in posterior.frame.to_dict("records"))
    assert values(inertia, "Consider")["by_peers"] == 0.0
    assert values(contagion, "Consider")["by_peers"] > 0.0
    assert values(contagion, "Access")["account_hazard"] == pytest.approx(0.005)
    assert not any(closure.to for closure in inertia.settings().closures)
    assert any(closure.to for closure in contagion.settings().closures)
    assert values(contagion, "Choose")["digital"] != pytest.approx(MIDDLE["digital"])


def test_a_run_says_where_its_draws_come_from(runs, small, posterior):
    told = runs.manifest["parameters"]
    assert (told["source"], told["split"], told["hash"], told["draws"]) == ("posterior", "planning", "abc", 2)
    assert runs.manifest["calibrated"] == (not told["doubts"])
    plain = run(small, draws=1, workers=1, posterior="prior")
    assert plain.manifest["parameters"] == {"source": "prior", "draws": 1}
    assert plain.manifest["calibrated"] is False


def test_a_scenario_without_a_fitted_rule_is_drawn_from_the_ranges(small, posterior):
    assert suits(posterior, small)
    without = small.with_({"month.rules": ["Awareness", "Consider", "Choose", "Pay", "Learn"]})
    assert not suits(posterior, without)


def test_doubts_go_only_with_the_checks(posterior, tmp_path, monkeypatch):
    home = tmp_path / "calibrated" / "hung-yen"
    monkeypatch.setattr(posterior_draws.data, "folder", lambda: tmp_path)
    assert doubts(posterior) == ("unchecked", "unscored")
    (home / "scorecard.csv").parent.mkdir(parents=True)
    (home / "scorecard.csv").write_text("point\n", encoding="utf-8")
    for name in posterior.manifest["members"]:
        assert doubts(posterior) == ("unchecked",)
        coverage = home / "checks" / name / "coverage.csv"
        coverage.parent.mkdir(parents=True)
        coverage.write_text("name,sound\na,True\nb,False\n", encoding="utf-8")
    for path in sorted(home.glob("checks/*/coverage.csv")):
        assert doubts(posterior) == ("ranks",)
        path.write_text("name,sound\na,True\nb,True\n", encoding="utf-8")
    assert doubts(posterior) == ()
    manifest = json.loads(json.dumps(posterior.manifest))
    manifest["members"]["inertia-closures"]["predictive"]["alarm"] = True
    assert doubts(Draws(posterior.path, posterior.frame, manifest)) == ("alarm",)
    manifest["members"]["inertia-closures"]["predictive"]["alarm"] = None
    assert doubts(Draws(posterior.path, posterior.frame, manifest)) == ("untold",)
    manifest["members"]["inertia-closures"]["predictive"]["alarm"] = False
    manifest["members"]["inertia-handover"]["tolerance"] = 1.01
    assert doubts(Draws(posterior.path, posterior.frame, manifest)) == ("missed",)
    del manifest["members"]["inertia-handover"]["tolerance"]
    assert doubts(Draws(posterior.path, posterior.frame, manifest)) == ("missed",)


def test_what_other_code_made_is_not_used(tmp_path, monkeypatch):
    shutil.copytree(data.folder() / "population", tmp_path / "population")
    monkeypatch.setattr(posterior_draws.data, "calibrated", lambda split: tmp_path / split)
    assert shipped("planning") is None
    (tmp_path / "planning").mkdir()
    (tmp_path / "planning" / "manifest.json").write_text('{"format": 2}', encoding="utf-8")
    (tmp_path / "planning" / "posterior.csv").write_text("member,draw,weight\n", encoding="utf-8")
    assert shipped("planning") is None
