"""Every wrong scenario through the command line, in both languages: one line, exit code 2, nothing written."""

import unicodedata

import pytest
from bad_scenarios import BAD

from cashless_sim.present.cli.main import main


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize("case", BAD)
def test_a_wrong_scenario_is_one_line_and_a_two(case, tongue, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text, _, line, _ = BAD[case]
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    assert main(["run", "plan.toml", "--out", "out", "--language", tongue]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1 and ("plan.toml:" if line is None else f"plan.toml:{line}") in said.err
    assert not (tongue == "vi" and " của a " in said.err)
    assert unicodedata.is_normalized("NFC", said.err)
    assert "Traceback" not in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]
