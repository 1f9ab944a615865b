"""A tiny posterior is run forward, scored, logged and used for a forecast, from end to end."""

import hashlib
import json

import numpy as np
import pandas as pd
import pytest

import cashless_sim.experiment.posterior_draws as posterior_draws
from cashless_sim.calibration.fit import Effort, calibrate
from cashless_sim.calibration.forecast import ABOUT, forecast
from cashless_sim.calibration.forecast import TABLE as FORECAST
from cashless_sim.calibration.forward import FILE, forward, read_forward
from cashless_sim.calibration.points import points
from cashless_sim.calibration.posterior import read
from cashless_sim.calibration.validate import CARD, MONTHS, PARTS, validate
from cashless_sim.errors import DataProblem
from cashless_sim.present.cli.validated import show

CODE = "the code of these tests"
MEMBER = "contagion-handover"


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scored")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posterior_draws, "code_version", lambda: CODE)
        done = calibrate(folder, Effort(2, 3, 1500), seed=1, workers=1, members=(MEMBER,))
    return folder, done.register


@pytest.fixture(scope="module")
def said(fitted):
    folder, register = fitted
    forward(folder, register, 2, workers=1, parts=PARTS, code=CODE)
    wanted = {"points_hash": points().hash, "parts": list(PARTS), "draws": 2}
    return read_forward(folder, read(folder, register, CODE), wanted)


@pytest.fixture(scope="module")
def scored(fitted, said, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cashless_sim.calibration.score.DRAWS", 8)
        out = tmp_path_factory.mktemp("out")
        return [validate(fitted[0], out, out / "log.csv", draws=2, workers=1, code=CODE) for _ in range(2)]


def test_draws_say_something_of_every_point(said):
    assert len(said) == 2
    for point in points().asked(*PARTS):
        assert said[point.target.name].between(0, 1).all(), point.target.name
    assert said["month.findex-2022"].between(626, 635).all()


def test_what_was_said_of_other_points_or_by_another_posterior_is_refused(fitted, said):
    folder, register = fitted
    posterior = read(folder, register, CODE)
    with pytest.raises(DataProblem, match=r"another parts.*cashless-sim validate"):
        read_forward(folder, posterior, {"parts": ["forecast"]})
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write("contagion-handover,9\n")
    with pytest.raises(DataProblem, match="another table hash"):
        read_forward(folder, posterior, {})
    text = (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(text.removesuffix("contagion-handover,9\n"), encoding="utf-8")


def test_a_scoring_is_written_and_logged_each_time(scored):
    first, second = scored
    pd.testing.assert_frame_equal(first.card, second.card)
    card, months, log = (pd.read_csv(path) for path in first.files)
    assert {path.name for path in first.files} == {CARD, MONTHS, "log.csv"}
    assert len(card) == len(points().asked(*PARTS))
    assert len(months) == 10
    assert len(log) == 2
    assert log["mape"].nunique() == 1
    assert np.isfinite(log["crps"]).all()
    assert log["points"].tolist() == [len(card)] * 2


def test_only_the_posterior_that_saw_nothing_is_scored(fitted, tmp_path):
    folder, _ = fitted
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["split"] == "check"
    for name in ("posterior.csv", "manifest.json"):
        text = (folder / name).read_text(encoding="utf-8").replace('"split": "check"', '"split": "planning"')
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataProblem, match="another split"):
        validate(tmp_path, tmp_path, tmp_path / "log.csv", draws=2, workers=1, code=CODE)


@pytest.mark.parametrize("tongue", ["en", "vi"])
def test_hits_and_misses_are_shown(scored, capsys, tongue):
    show(scored[0], tongue)
    told = capsys.readouterr().out
    for word in ("D.findex-2024.all", "Bass", "2022-03", "CRPS"):
        assert word in told


def test_a_forecast_is_dated_and_hashed(fitted, tmp_path):
    folder, register = fitted
    table, files = forecast(folder, tmp_path, draws=2, workers=1, code=CODE, listed=register)
    assert [path.name for path in files] == [FORECAST, ABOUT]
    assert list(table["point"]) == [one.target.name for one in points().asked("forecast")]
    order = table[["low95", "low80", "median", "high80", "high95"]].to_numpy()
    assert (np.diff(order, axis=1) >= 0).all() and order.min() >= 0 and order.max() <= 1
    about = json.loads(files[1].read_text(encoding="utf-8"))
    assert about["sha256"] == hashlib.sha256(files[0].read_bytes()).hexdigest()
    assert about["split"] == "check"
    assert about["made"][:2] == "20"
