"""What is scored and forecast is named before any fit, without a value, and asked of the fit's own simulations."""

import shutil

import numpy as np
import pytest

import cashless_sim.data as data
from cashless_sim.calibration.points import FILE, asking, planning, points
from cashless_sim.calibration.simulate import Reality, numbers, within_run
from cashless_sim.calibration.targets import register
from cashless_sim.errors import DataProblem, FileProblem
from cashless_sim.units import month_number

MODELLED = ("B", "C", "D", "E", "F", "G")


@pytest.fixture(scope="module")
def listed():
    return points()


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(data.folder(), tmp_path / "data")
    return tmp_path / "data"


def test_no_point_has_a_value_and_each_has_an_error(listed):
    assert all(np.isnan(one.target.value) and one.target.sd > 0 for one in listed.points)
    text = (data.folder() / FILE).read_text(encoding="utf-8")
    assert "value" not in "".join(line for line in text.splitlines() if not line.startswith("#"))


def test_every_figure_kept_for_checking_in_viet_nam_is_a_point(listed):
    kept = data.reported_rates(use=("hold-out",))
    kept = kept[kept["code"].isin(MODELLED) & ~kept["geography"].isin(["Thailand", "Indonesia", "India"])]
    kept = kept[~kept["group"].isin(["in_lf", "out_lf"])]
    rows = set(zip(kept["code"], kept["geography"], kept["group"], kept["date"], strict=True))
    assert {one.row for one in listed.asked("time", "space", "forced")} == rows
    assert {one.row[1] for one in listed.asked("forced")} == {"Bắc Ninh province"}


def test_a_place_that_stands_in_has_a_name_of_its_own(listed):
    names = [one.target.name for one in listed.points]
    assert len(set(names)) == len(names)
    assert "B.evnnpc.2021-09.all.Hải Phòng" in names
    assert "D.findex-2024.all" in names


def test_forecasts_are_of_dates_to_come(listed):
    assert all(one.target.month >= month_number("2026-12") for one in listed.asked("forecast"))
    within_run(asking(register("check"), listed, "time", "space", "forced", "forecast"))


def test_asking_for_more_changes_nothing_of_what_was_asked(listed):
    own = register("check")
    asked = asking(own, listed, "space")
    assert asked.targets[: len(own.targets)] == own.targets
    more = len(listed.asked("space"))
    assert len(asked.targets) == len(own.targets) + more
    assert asked.waves.keys() >= own.waves.keys()
    values = {one.name: (one.low + one.high) / 2 for one in numbers(own)}
    first, second = (Reality(one, own.members[3], 1500, 1)(values, 5) for one in (own, asked))
    assert second[: len(own.targets)] == first
    assert np.isfinite(second).all()


def test_everything_is_fitted_only_once_the_scorecard_is_there(copy):
    own = register("check")
    card = copy / "calibrated" / "hung-yen" / "scorecard.csv"
    card.unlink(missing_ok=True)
    with pytest.raises(FileProblem, match="no scorecard yet"):
        planning(own, copy)
    card.parent.mkdir(parents=True, exist_ok=True)
    card.write_text("point\n", encoding="utf-8")
    whole = planning(own, copy)
    assert whole.targets[: len(own.targets)] == own.targets
    added = whole.targets[len(own.targets) :]
    assert len(added) == 16
    assert all(-1 <= one.value <= 1 and one.sd > 0 for one in added)
    assert whole.hash != own.hash


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('part = "space"', 'part = "spice"', "part is 'spice'"),
        ('part = "time"\n', "", "part is missing"),
        ("sd = 3.1\n", "sd = 3.1\nvalue = 50.0\n", "unknown key 'value'"),
        ('date = "2021-06-30"', 'date = "2021-05-31"', "stands there twice"),
    ],
)
def test_a_wrong_list_is_refused(copy, old, new, said):
    text = (copy / FILE).read_text(encoding="utf-8")
    assert old in text
    (copy / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataProblem, match=said):
        points(copy)
