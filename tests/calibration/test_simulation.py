"""One simulation of the real fit, a tiny fit from end to end, and the posterior that it writes."""

import json
import shutil

import numpy as np
import pytest

import cashless_sim.experiment.posterior_draws as posterior_draws
from cashless_sim.calibration.fit import Effort, calibrate
from cashless_sim.calibration.posterior import MANIFEST, TABLE, read, write
from cashless_sim.calibration.priors import FREE, free
from cashless_sim.calibration.simulate import Reality
from cashless_sim.calibration.survey import groups, mix, survey
from cashless_sim.calibration.targets import register
from cashless_sim.errors import BadValue, DataProblem, FileProblem
from cashless_sim.experiment.posterior_draws import posterior_draw
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

CODE = "the code of these tests"
MIDDLE = {prior.name: prior.at(0.5) for prior in FREE}


@pytest.fixture(scope="module")
def listed():
    return register("check")


@pytest.fixture(scope="module")
def model():
    made = Scenario.load("viet-nam").with_(households=1000, end="2018-12").build(seed=1)
    made.run(12)
    return made


@pytest.fixture(scope="module")
def reality(listed):
    return Reality(listed, listed.member("contagion-handover"), 1000, seed=1)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fitted")
    told = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posterior_draws, "code_version", lambda: CODE)
        effort = Effort(particles=3, budget=5, households=1000)
        done = calibrate(folder, effort, seed=1, workers=1, progress=told.append, members=("contagion-handover",))
        kept = (folder / TABLE).read_bytes(), (folder / MANIFEST).read_bytes()
        calibrate(folder, effort, seed=1, workers=1, members=("contagion-handover",))
        assert kept == ((folder / TABLE).read_bytes(), (folder / MANIFEST).read_bytes())
    assert told[-1] == 1.0
    return folder, done


def test_the_survey_counts_as_the_model_does(model):
    seen = survey(model)
    for code in ("A", "B", "D", "E", "F", "G"):
        assert seen[code, "all"] == pytest.approx(model.reported[code], abs=1e-12), code


def test_the_groups_part_the_households(model):
    masks = groups(model)
    for one, other in (("men", "women"), ("age15-24", "age25+"), ("poor40", "rich60"), ("urban", "rural")):
        assert np.array_equal(masks[one], ~masks[other])
    assert masks["all"].all()
    assert model.weight[masks["poor40"]].sum() / model.weight.sum() == pytest.approx(0.4, abs=0.02)


def test_a_wave_has_its_own_mix_of_schooling(model, listed):
    adults = model.weight * model.columns.stored("adults")
    low = groups(model)["prim_edu"]
    for wave in listed.waves.values():
        weighted = adults * mix(model, wave.low_education)
        assert weighted[low].sum() / weighted.sum() == pytest.approx(wave.low_education)
        seen = survey(model, wave)
        assert 0 <= seen["FIRST", "all"] <= seen["D", "all"]
        assert seen["G", "prim_edu"] < seen["G", "all"] < seen["G", "sec_edu"]


def test_a_simulation_tells_each_target(reality, listed):
    statistics = reality(MIDDLE, 0)
    assert len(statistics) == len(listed.targets)
    assert np.isfinite(statistics).all()
    assert np.abs(statistics).max() <= 1
    assert reality(MIDDLE, 0) == statistics
    assert reality(MIDDLE, 1) != statistics


def test_a_number_of_the_count_moves_only_what_is_counted_with_it(reality, listed):
    more = dict(zip((t.name for t in listed.targets), reality(MIDDLE | {"agent_counted_after": 0.9}, 0), strict=True))
    less = dict(zip((t.name for t in listed.targets), reality(MIDDLE | {"agent_counted_after": 0.1}, 0), strict=True))
    for name in more:
        if name.startswith("B.") and "2019-03" not in name:
            assert more[name] > less[name]
        else:
            assert more[name] == less[name]


def test_survey_months_are_drawn_evenly(reality, listed):
    drawn = [reality.months(draw)["findex-2022"] for draw in range(400)]
    wave = listed.waves["findex-2022"]
    counts = np.bincount(np.array(drawn) - wave.first, minlength=10)
    assert len(counts) == 10
    assert counts.min() > 15
    assert {reality.months(draw)["findex-2017"] for draw in range(20)} == {month_number("2017-06")}


def test_members_differ_in_contacts_and_closures(listed):
    for member in listed.members:
        settings = Reality(listed, member, 1000, 1).settings("evnnpc", MIDDLE, 3, month_number("2020-10"))
        consider = next(rule for rule in settings.rules if type(rule).__name__ == "Consider")
        assert (consider.values["by_peers"] == 0.0) == member.name.startswith("inertia")
        assert any(closure.to for closure in settings.closures) == member.handover
        assert settings.end == month_number("2020-10")


def test_another_place_has_its_own_capacity_and_effects(listed):
    reality = Reality(listed, listed.members[0], 1000, 1)
    end = month_number("2020-10")
    nation, north = (reality.settings(place, MIDDLE, 3, end) for place in ("viet-nam", "evnnpc"))

    def points(settings):
        return next(c for c in settings.campaigns if c.name == "power-points-2019").capacity

    def taste(settings):
        return next(r for r in settings.rules if type(r).__name__ == "Choose").values["digital"]

    assert points(north) == pytest.approx(points(nation) * 9.5 / 27, rel=1e-4)
    assert taste(nation) == pytest.approx(MIDDLE["digital"])
    assert taste(north) != pytest.approx(MIDDLE["digital"])


def test_a_tiny_fit_runs_from_end_to_end(fitted, listed):
    folder, done = fitted
    assert {path.name for path in done.files} == {TABLE, MANIFEST}
    fit = done.fits["contagion-handover"]
    assert fit.spent == 5
    assert "tolerance" in fit.warnings
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["simulations"] == 5
    assert manifest["targets_hash"] == listed.hash
    assert set(manifest["members"]["contagion-handover"]["contraction"]) == {prior.name for prior in free()}


def test_a_posterior_is_read_and_applied(fitted, listed):
    folder, _ = fitted
    draws = read(folder, listed, CODE)
    assert draws.frame["weight"].sum() == pytest.approx(1.0)
    chosen = draws.chosen(7, seed=1)
    assert len(chosen) == 7
    assert chosen.equals(draws.chosen(7, seed=1))
    row = chosen.iloc[0].to_dict()
    scenario = posterior_draw(Scenario.load("hung-yen"), draws, row)
    assert scenario.settings().observation.other_bills_cash == row["other_bills_cash"]
    with pytest.raises(BadValue, match="draws"):
        draws.chosen(0, seed=1)


def test_a_posterior_of_other_code_or_data_is_refused(fitted, listed, tmp_path, monkeypatch):
    folder, done = fitted
    with pytest.raises(DataProblem, match=r"another code version.*cashless-sim calibrate"):
        read(folder, listed, "newer code")
    with monkeypatch.context() as patch:
        patch.setattr(posterior_draws, "inputs_hash", lambda places: "newer data")
        with pytest.raises(DataProblem, match="another data hash"):
            read(folder, listed, CODE)
    write(tmp_path, done.fits, listed, {"split": "check"}, CODE)
    with (tmp_path / TABLE).open("a", encoding="utf-8") as file:
        file.write("contagion-handover,99,0.5" + ",0.1" * len(FREE) + "\n")
    with pytest.raises(DataProblem, match="not the table"):
        read(tmp_path, listed, CODE)


def test_what_is_no_posterior_is_refused(fitted, listed, tmp_path):
    with pytest.raises(FileProblem):
        read(tmp_path / "nowhere", listed, CODE)
    shutil.copy(fitted[0] / MANIFEST, tmp_path / MANIFEST)
    with pytest.raises(FileProblem):
        read(tmp_path, listed, CODE)
    (tmp_path / MANIFEST).write_text("[]", encoding="utf-8")
    with pytest.raises(FileProblem, match="no table"):
        read(tmp_path, listed, CODE)


def test_no_households_are_refused(tmp_path):
    with pytest.raises(BadValue, match="households"):
        calibrate(tmp_path, Effort(2, 2, 0))
