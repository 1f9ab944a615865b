"""The command line: what a newcomer sees, and one line with exit code 2 for whatever they can mend."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from stand_in import StandIn

import cashless_sim.experiment.drawing as drawing
from cashless_sim.experiment import runs as runs_file
from cashless_sim.present import progress
from cashless_sim.present.cli import run as run_file
from cashless_sim.present.cli.main import main

HEAVY = ("matplotlib", "mesa", "numba", "numpy", "pandas", "scipy", "seaborn")
VIETNAMESE = re.compile(r"[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    """Work in an empty folder, with no language set."""
    monkeypatch.delenv("CASHLESS_SIM_LANGUAGE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def quick(monkeypatch):
    """Let every scenario be a stand-in, known by its name."""
    worlds = {"hung-yen": StandIn(), "no-outreach": StandIn("no-outreach", push=-0.01)}
    monkeypatch.setattr(run_file.Scenario, "load", classmethod(lambda cls, name: worlds[name]))
    monkeypatch.setattr(drawing, "shipped", lambda split: None)  # a stand-in has no fitted numbers


def test_a_run_writes_everything_and_prints_the_table(quick, aside, capsys):
    assert main(["run", "--draws", "3", "--threads", "1"]) == 0
    folder = aside / "results" / "hung-yen"
    assert sorted(path.name for path in folder.iterdir()) == [
        "adoption.csv",
        "adoption.meta.json",
        "adoption.png",
        "adoption.svg",
        "manifest.json",
        "runs.csv",
    ]
    shown = capsys.readouterr()
    for year in range(2017, 2031):
        assert f"Dec {year}" in shown.out
    for piece in ("Hưng Yên", "D 28.0", "B 58.2", "80 % of 3 prior draws", "Uncalibrated", "results/hung-yen"):
        assert piece in shown.out.replace("\u00a0", " ").replace("\\", "/")
    assert "56.3" in shown.out  # G, 2022: a fit row
    assert "45.5" not in shown.out  # E, 2024: held out
    assert shown.err == "Running 4 runs of hung-yen …\n"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["runs"]) == 4
    table = pd.read_csv(folder / "runs.csv")
    assert list(table.columns) == ["scenario", "replicate", "month", "measure", "group", "value"]


def test_two_scenarios_are_compared_in_vietnamese(quick, aside, capsys):
    words = ["run", "hung-yen", "no-outreach", "--draws", "4", "--threads", "1", "--out", "ra", "--language", "vi"]
    assert main(words) == 0
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    for piece in ("Chênh lệch so với no-outreach", "điểm phần trăm", "12/2030", "Chưa hiệu chỉnh", "Đã ghi vào ra"):
        assert piece in shown
    assert {"adoption-hung-yen.png", "adoption-no-outreach.png"} <= {p.name for p in (aside / "ra").iterdir()}


def test_the_same_command_writes_the_same_runs(quick, aside):
    for name in ("one", "two"):
        assert main(["run", "--draws", "2", "--threads", "1", "--out", name]) == 0
    assert (aside / "one" / "runs.csv").read_bytes() == (aside / "two" / "runs.csv").read_bytes()


def test_the_real_model_runs(aside, capsys):
    (aside / "short.toml").write_text('extends = "hung-yen"\nshocks = []\n[time]\nend = "2017-12"\n', encoding="utf-8")
    assert main(["run", "short.toml", "--households", "400", "--draws", "1", "--threads", "1"]) == 0
    assert "Dec 2017" in capsys.readouterr().out
    assert (aside / "results" / "short" / "adoption.png").stat().st_size > 10_000


WRONG = {
    "no such scenario": (["run", "hung-yem"], ("hung-yem", "hung-yen")),
    "missing file": (["run", "nowhere/plan.toml"], ("nowhere",)),
    "a folder": (["run", "folder.toml"], ("folder.toml",)),
    "not TOML": (["run", "broken.toml"], ("broken.toml:2",)),
    "not UTF-8": (["run", "latin.toml"], ("latin.toml:1", "UTF-8")),
    "unknown key": (["run", "key.toml"], ("key.toml:2", "campain", "campaigns")),
    "share above one": (["run", "share.toml"], ("share.toml", "1.5", "[0, 1]")),
    "zero households": (["run", "--households", "0"], ("--households", "'0'")),
    "negative households": (["run", "--households=-5"], ("--households", "'-5'")),
    "households in words": (["run", "--households", "many"], ("--households", "'many'")),
    "too many households": (["run", "--households", "400000"], ("377582", "400000")),
    "zero replicates": (["run", "--replicates", "0"], ("--replicates", "'0'")),
    "seed in words": (["run", "--seed", "luck"], ("--seed", "'luck'")),
    "one scenario twice": (["run", "hung-yen", "hung-yen"], ("hung-yen",)),
    "an option that is not there": (["run", "--houshold", "9"], ("--houshold", "--households")),
    "an option without its value": (["run", "--seed"], ("--seed",)),
    "a command that is not there": (["walk"], ("walk", "doctor")),
    "a file in the way": (["run", "--out", "taken"], ("taken",)),
    "an unknown language": (["run", "--language", "fr"], ("fr", "en, vi")),
}


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize("case", WRONG)
def test_what_can_be_mended_is_one_line_and_a_two(case, tongue, aside, capsys, monkeypatch):
    (aside / "folder.toml").mkdir()
    (aside / "broken.toml").write_text('title = "x"\n[time\n', encoding="utf-8")
    (aside / "latin.toml").write_bytes('title = "H\u00f9ng"\n'.encode("latin-1"))
    (aside / "key.toml").write_text('extends = "hung-yen"\n[[campain]]\nname = "x"\n', encoding="utf-8")
    (aside / "share.toml").write_text('extends = "hung-yen"\n[observation]\nfirms = 1.5\n', encoding="utf-8")
    (aside / "taken").write_text("", encoding="utf-8")
    before = sorted(path.name for path in aside.rglob("*"))
    monkeypatch.setenv("CASHLESS_SIM_LANGUAGE", tongue)
    words, pieces = WRONG[case]
    assert main(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "Traceback" not in shown.err
    assert shown.err.startswith({"en": "Error: ", "vi": "Lỗi: "}[tongue])
    for piece in pieces:
        assert piece in shown.err
    if tongue == "vi":
        assert VIETNAMESE.search(shown.err)
        assert "expected" not in shown.err
    assert sorted(path.name for path in aside.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom the system can refuse")
def test_a_folder_without_permission_is_refused(aside, capsys):
    closed = aside / "closed"
    closed.mkdir()
    closed.chmod(stat.S_IREAD | stat.S_IEXEC)
    assert main(["run", "--out", str(closed / "in")]) == 2
    assert "closed" in capsys.readouterr().err


def test_an_unwritable_folder_is_found_before_the_work(quick, aside, capsys, monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError("the run began")

    (aside / "taken").write_text("", encoding="utf-8")
    monkeypatch.setattr(run_file, "run", forbidden)
    assert main(["run", "--out", "taken/deeper"]) == 2
    assert "taken" in capsys.readouterr().err


def test_a_full_disk_is_one_line_and_leaves_no_half_file(quick, aside, capsys, monkeypatch):
    def full(path, texts):
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(runs_file, "_put", full)
    assert main(["run", "--draws", "0", "--threads", "1", "--language", "vi"]) == 2
    shown = capsys.readouterr()
    assert "ổ đĩa đã hết chỗ" in shown.err
    assert "Traceback" not in shown.err
    assert [path for path in aside.rglob("*") if path.is_file()] == []


def test_stopping_leaves_nothing(quick, aside, capsys, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(run_file, "run", stop)
    assert main(["run"]) == 130
    assert capsys.readouterr().err.endswith("Stopped; no results were written.\n")
    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize("words", [[], ["run"], ["explain"], ["store", "ls"], ["doctor"]])
def test_help_fits_a_screen(words, tongue, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*words, "--help", "--language", tongue]) == 0
    lines = capsys.readouterr().out.rstrip().splitlines()
    assert len(lines) <= 40
    assert max(len(unicodedata.normalize("NFC", line)) for line in lines) <= 80


def test_help_is_in_the_users_language(capsys, monkeypatch):
    monkeypatch.setenv("CASHLESS_SIM_LANGUAGE", "vi")
    main(["run", "--help"])
    assert "Chạy kịch bản" in capsys.readouterr().out


def test_the_example_of_the_help_is_a_command(quick, aside, capsys):
    main(["run", "--help"])
    example = re.search(r"cashless-sim (run [\w\- ]+)", capsys.readouterr().out.replace("\n", " "))
    assert example
    words = example[1].split("  ")[0].split()
    assert words[0] == "run"
    assert main([*words, "--draws", "1", "--threads", "1"]) == 0


def test_doctor_tells_what_is_here(capsys):
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    for piece in ("python", "numba", "mesa", "cores", "DejaVuSans.ttf", "language"):
        assert piece in shown


def test_the_version_is_shown(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("cashless-sim ")


def test_nothing_heavy_is_loaded_for_help(root):
    code = (
        "import sys; from cashless_sim.present.cli.main import main; main(['run', '--help'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    command = [sys.executable, "-X", "utf8", "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=root)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_pipe_of_another_encoding_takes_vietnamese(root):
    command = [sys.executable, "-m", "cashless_sim", "doctor", "--language", "vi"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, cwd=root, env=environment, check=True)
    assert "phông chữ" in done.stdout.decode("utf-8")


def test_a_bar_appears_on_a_terminal_only_after_a_while(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.Progress("en", "opening") as told:
        told(0.1)
        assert told._bar is None
        monkeypatch.setattr(progress, "PATIENCE", -1.0)
        told(0.5)
        assert told._bar is not None
    assert "opening" not in capsys.readouterr().err


def test_paths_are_shown_as_given(quick, aside, capsys):
    out = str(Path("kết quả") / "lần 1")
    assert main(["run", "--draws", "0", "--threads", "1", "--out", out]) == 0
    assert out in capsys.readouterr().out
