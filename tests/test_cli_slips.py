"""The command line, where newcomers stumble: slips are told, nothing is lost, words are whole in Vietnamese."""

from __future__ import annotations

import re

import pytest
from stand_in import StandIn

import cashless_sim.experiment.drawing as drawing
from cashless_sim.experiment.store import Store
from cashless_sim.present import progress
from cashless_sim.present.cli import run as run_file
from cashless_sim.present.cli.main import main
from cashless_sim.present.reported import points
from cashless_sim.present.tables import _point


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


@pytest.fixture
def bare(monkeypatch):
    """Write no figures: these tests look at words and folders."""
    monkeypatch.setattr(run_file, "_write", lambda runs, folder, tongue: [path.name for path in runs.write(folder)])


SHORT = 'shocks = []\n[time]\nstart = "2019-01"\nend = "2019-03"\n'


def campaign(name: str, start: str, more: str = "") -> str:
    head = f'[[campaigns]]\nname = "{name}"\nchannel = "sms"\n'
    return f'{head}start = "{start}"\nend = "{start[:4]}-12"\n{more}'


def test_an_own_title_is_shown_in_both_languages(bare, aside, capsys):
    (aside / "plan.toml").write_text('extends = "hung-yen"\ntitle = "Phone calls"\n' + SHORT, encoding="utf-8")
    words = ["run", "plan.toml", "--households", "400", "--draws", "0", "--threads", "1"]
    assert main([*words, "--language", "vi"]) == 0
    assert "Phone calls (Hưng Yên cũ)" in capsys.readouterr().out
    named = 'extends = "hung-yen"\ntitle = "Phone calls"\ntitle_vi = "Gọi điện"\n'
    (aside / "plan.toml").write_text(named + SHORT, encoding="utf-8")
    assert main([*words, "--language", "vi"]) == 0
    assert "Gọi điện (Hưng Yên cũ)" in capsys.readouterr().out


@pytest.mark.parametrize("tongue", ["en", "vi"])
def test_slips_are_said_and_the_run_goes_on(tongue, bare, aside, capsys):
    text = SHORT + campaign("visits-2031", "2031-01") + campaign("old", "2016-01", "cost_fixed = 25.000\n")
    (aside / "plan.toml").write_text('extends = "hung-yen"\n' + text, encoding="utf-8")
    words = ["run", "plan.toml", "--households", "400", "--draws", "0", "--threads", "1", "--language", tongue]
    assert main(words) == 0
    shown = capsys.readouterr()
    lines = shown.err.splitlines()
    assert all(line.startswith({"en": "Warning: ", "vi": "Lưu ý: "}[tongue]) for line in lines[:3])
    assert "plan.toml:6: " in lines[0] and "'visits-2031'" in lines[0]  # campaigns of the extended file are not named
    assert "'old'" in lines[1] and "25_000" in lines[2] and len(lines) == 4
    assert {"en": "No village", "vi": "không có thôn nào ở"}[tongue] in shown.out


def test_an_empty_file_is_said(aside, capsys):
    (aside / "plan.toml").write_text("# later\n", encoding="utf-8")
    assert main(["explain", "plan.toml", "--households", "400", "--household", "1"]) == 2
    assert capsys.readouterr().err.startswith("Warning: plan.toml says nothing")


def test_other_results_are_not_written_over(quick, bare, aside, capsys):
    words = ["run", "--draws", "0", "--threads", "1"]
    assert main(words) == 0
    first = (aside / "results" / "hung-yen" / "runs.csv").read_bytes()
    assert main(words) == 0
    assert [path.name for path in (aside / "results").iterdir()] == ["hung-yen"]
    capsys.readouterr()
    assert main([*words, "--seed", "2"]) == 0
    shown = capsys.readouterr().out.replace("\\", "/")
    assert (
        "results/hung-yen holds results of another recipe or seed" in shown
        and "Written to results/hung-yen-2:" in shown
    )
    assert main([*words, "--seed", "2"]) == 0
    assert sorted(path.name for path in (aside / "results").iterdir()) == ["hung-yen", "hung-yen-2"]
    assert (aside / "results" / "hung-yen" / "runs.csv").read_bytes() == first
    (aside / "results" / "hung-yen" / "manifest.json").write_text("{", encoding="utf-8")
    assert main(words) == 0
    assert (aside / "results" / "hung-yen-3" / "runs.csv").read_bytes() == first


def test_one_pair_and_the_baseline_are_explained(quick, bare, capsys):
    words = ["run", "no-outreach", "hung-yen", "--draws", "0", "--threads", "1", "--out", "o"]
    assert main(words) == 0
    shown = capsys.readouterr()
    for piece in ("no-outreach (baseline)", "1 pair)", "Scenario minus no-outreach", "one pair of runs", "statistic"):
        assert piece in shown.out
    assert main([*words[:3], "--replicates", "1", "--draws", "3", "--threads", "1", "--out", "o"]) == 0
    assert "one pair of runs" not in capsys.readouterr().out


def test_one_run_is_one_run(quick, bare, capsys):
    assert main(["run", "--draws", "0", "--threads", "1"]) == 0
    shown = capsys.readouterr()
    assert shown.err == "Running 1 run of hung-yen …\n"
    assert re.search(r"^1 run in", shown.out, re.MULTILINE)


def test_a_held_out_figure_is_called_so():
    held = [point for point in points(("hold-out",)) if point.area == "Viet Nam"]
    assert held and all("(để riêng kiểm tra)" in _point(point, "vi") for point in held)
    assert not any("để riêng" in _point(point, "vi") for point in points())


def test_the_usual_store_is_listed(quick, aside, capsys):
    assert main(["store", "ls"]) == 2
    assert "store.sqlite" in capsys.readouterr().err
    Store(aside / "results" / "store.sqlite").close()
    assert main(["store", "ls"]) == 0
    assert "0 runs" in capsys.readouterr().out


MISUSED = {
    "no store": (["store", "gc"], "còn thiếu STORE; xem cashless-sim store gc --help"),
    "no command": ([], "chưa ghi lệnh; có thể dùng: new, run, "),
    "no command of a group": (["store"], "chưa ghi lệnh; có thể dùng: ls, "),
    "too many words": (["doctor", "x", "y"], "thừa từ: x y"),
    "a value too much": (["store", "ls", "--failed=3"], "tùy chọn --failed không nhận giá trị"),
    "an option of another command": (["run", "--failed"], "không có tùy chọn '--failed'; xem"),
    "a part of an option": (["run", "--house", "3"], "có phải ý bạn là '--households'"),
    "a command nearly": (["rum"], "có phải ý bạn là 'run'"),
    "a command of a group": (["store", "foo"], "có thể dùng: ls, verify, gc, merge"),
}


@pytest.mark.parametrize("case", MISUSED)
def test_a_slip_on_the_command_line_is_told_in_vietnamese_alone(case, capsys):
    words, piece = MISUSED[case]
    assert main([*words, "--language", "vi"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("Lỗi: ") and said.count("\n") == 1 and piece in said
    assert not re.search(r"Missing|No such|Invalid|Got |Did you|does not|Option|argument", said)


@pytest.mark.parametrize("words", [[], ["store"], ["store", "gc", "-h"]])
def test_headings_of_the_help_are_vietnamese_too(words, capsys, monkeypatch):
    monkeypatch.setenv("CASHLESS_SIM_LANGUAGE", "vi")
    main(words)
    said = "".join(capsys.readouterr())
    assert "Cách dùng: " in said and "Tùy chọn:" in said
    assert not re.search(r"Usage:|Options:|Commands:|Arguments:|Show this|required", said)


def test_away_from_a_terminal_the_share_is_told_now_and_then(monkeypatch, capsys):
    with progress.Progress("vi", "mở đầu") as told:
        told(0.1)
        monkeypatch.setattr(progress, "EVERY", 0.0)
        told._begun -= 30
        told(0.25)
    lines = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert lines == ["mở đầu", "Đã xong 25 % sau 30 giây, còn khoảng 150 giây"]
