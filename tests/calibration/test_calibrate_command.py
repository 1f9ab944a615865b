"""The command writes a posterior, says what was learnt and what is missing, and refuses in one line."""

import pytest

from cashless_sim.calibration.posterior import MANIFEST, TABLE
from cashless_sim.present.cli.calibrated import Wish
from cashless_sim.present.cli.main import main

SMALL = ("--member", "inertia-handover", "--households", "1000", "--particles", "2", "--simulations", "3")


@pytest.fixture
def named(monkeypatch):
    monkeypatch.setattr("cashless_sim.experiment.posterior_draws.code_version", lambda: "the code of these tests")


def test_a_calibration_is_written_and_told(named, tmp_path, capsys):
    out = tmp_path / "fitted"
    assert main(["calibrate", *SMALL, "--workers", "1", "--out", str(out)]) == 0
    assert (out / TABLE).exists() and (out / MANIFEST).exists()
    told = capsys.readouterr().out
    for word in ("agent_counted_after", "D.findex-2022.all", "tolerance", "remain uncalibrated", "3 simulations"):
        assert word in told
    assert main(["calibrate", *SMALL, "--workers", "1", "--out", str(out), "--language", "vi"]) == 0
    assert "vẫn coi là chưa hiệu chỉnh" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--simulations", "1"], "--simulations"),
        (["--particles", "9", "--simulations", "8"], "as many simulations as particles"),
        (["--member", "inertia"], "expected inertia-closures"),
        (["--households", "0"], "--households"),
        (["--partikles", "9"], "did you mean '--particles'"),
    ],
)
def test_what_cannot_be_done_is_refused(named, tmp_path, capsys, change, said):
    assert main(["calibrate", "--out", str(tmp_path / "none"), *change]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_quick_is_less_than_the_whole():
    nothing = {"members": (), "households": None, "particles": None, "simulations": None}
    quick, whole = (Wish(quick=q, **nothing, seed=1, workers=None, out=None).effort for q in (True, False))
    assert quick.budget < whole.budget
    assert Wish(quick=True, **nothing | {"simulations": 99}, seed=1, workers=None, out=None).effort.budget == 99
