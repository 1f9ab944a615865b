"""Help that fits a screen with an example, new scenarios, completion, and JSON for scripts."""

from __future__ import annotations

import json
import re
import shlex

import pytest
from stand_in import StandIn

import cashless_sim.experiment.drawing as drawing
from cashless_sim.experiment.store import Store
from cashless_sim.present.cli import run as run_file
from cashless_sim.present.cli.as_json import records
from cashless_sim.present.cli.main import main
from cashless_sim.present.cli.usage import commands
from cashless_sim.present.locale.commands import TABLES
from cashless_sim.present.template import commented
from cashless_sim.scenario.recipe import Scenario

SCREEN = 40
"""Lines of a screen, 80 letters wide."""
LIGHT = ("doctor", "completion", "new", "to-xlsx", "papers", "key")
"""Commands whose example is carried out here, as it runs no model."""


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    """Work in an empty folder on a small screen, with no language set."""
    monkeypatch.delenv("CASHLESS_SIM_LANGUAGE", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def walked(command, path=()):
    """Yield the words and the command of everything that has a help page."""
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from walked(inner, (*path, name))


PAGES = [path for path, _ in walked(commands("en"))]
LEAVES = [path for path, command in walked(commands("en")) if not hasattr(command, "commands")]


def page(path, tongue, capsys) -> str:
    assert main([*path, "--help", "--language", tongue]) == 0
    return capsys.readouterr().out


def example(text: str) -> list[str]:
    """Return the words of the example in a help page, without the program and what is said about it."""
    text = re.sub(r"(?<=\w)-\n\s*", "-", text)  # a line may end within a word
    paragraph = re.search(r"(?:Example|Ví dụ): cashless-sim (.*?)(?:\n\s*\n|\Z)", text, re.DOTALL)
    assert paragraph is not None, text
    return shlex.split(re.sub(r"\(.*?\)", "", " ".join(paragraph[1].split())))


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize("path", PAGES, ids=" ".join)
def test_help_fits_a_screen(path, tongue, capsys):
    assert len(page(path, tongue, capsys).rstrip().splitlines()) <= SCREEN


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize("path", [(), *LEAVES], ids=" ".join)
def test_an_example_is_understood(path, tongue, capsys):
    words = example(page(path, tongue, capsys))
    assert tuple(words[: len(path)]) == path
    command = commands(tongue)
    while hasattr(command, "commands"):
        command, words = command.commands[words[0]], words[1:]
    context = command.make_context(command.name, words)  # raises for a word that is not understood
    assert context.params is not None


@pytest.mark.parametrize("path", [path for path in LEAVES if path[-1] in LIGHT], ids=" ".join)
def test_a_light_example_runs(path, capsys):
    assert main(example(page(path, "en", capsys))) == 0


def test_a_form_is_checked_as_the_examples_say(aside, capsys):
    for path in (("workshop", "key"), ("workshop", "form")):
        assert main(example(page(path, "en", capsys))) == 0
    assert [one.suffix for one in (aside / "results" / "workshop" / "plans").iterdir()] == [".toml"]


def test_both_languages_hold_the_same_words():
    assert list(TABLES["en"]) == list(TABLES["vi"])
    assert all(text.strip() for table in TABLES.values() for text in table.values())


@pytest.mark.parametrize("tongue", ["en", "vi"])
@pytest.mark.parametrize("base", ["hung-yen", "no-outreach"])
def test_a_new_scenario_changes_nothing_until_its_lines_are_uncovered(base, tongue):
    shipped = Scenario.load(base)
    text = commented(shipped, "mine.toml", tongue)
    assert Scenario.loads(text, "mine").hash == shipped.hash
    uncovered = Scenario.loads(re.sub(r"^#(?! )", "", text, flags=re.MULTILINE), "mine")
    assert [one.name for one in uncovered.settings().campaigns] == ["my-visits"]
    rules = [type(rule).__name__ for rule in shipped.settings().rules if rule.parameters]
    assert all(f"#[rules.{name}]" in text for name in rules)


def test_a_new_scenario_is_written_out_where_it_cannot_be_extended():
    plan = Scenario.load("hung-yen").with_(end="2028-06", name="elsewhere")
    text = commented(plan, "mine.toml", "en")
    assert "extends" not in text
    assert Scenario.loads(text, "mine").hash == plan.hash


def test_a_new_scenario_is_written_once(aside, capsys):
    assert main(["new", "mine"]) == 0
    before = (aside / "mine.toml").read_text(encoding="utf-8")
    assert main(["new", "mine"]) == 2
    assert "mine.toml" in capsys.readouterr().err
    assert (aside / "mine.toml").read_text(encoding="utf-8") == before
    assert main(["new", "../away", "--language", "vi"]) == 2
    assert main(["new", "other", "--from", "hung-yem"]) == 2
    assert "hung-yen" in capsys.readouterr().err
    assert [path.name for path in aside.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_shell_learns_to_complete(shell, capsys):
    assert main(["completion", shell]) == 0
    assert "_CASHLESS_SIM_COMPLETE" in capsys.readouterr().out


def test_a_shell_is_told_what_completes(monkeypatch, capsys):
    for name, value in (
        ("_CASHLESS_SIM_COMPLETE", "complete_bash"),
        ("COMP_WORDS", "cashless-sim re"),
        ("COMP_CWORD", "1"),
    ):
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as done:
        main([])
    assert not done.value.code
    assert capsys.readouterr().out.split() == ["report", "reproduce"]


def test_an_unknown_shell_is_refused(capsys):
    assert main(["completion", "bsh"]) == 2
    assert "bash" in capsys.readouterr().err


def test_json_stands_alone_on_the_output(monkeypatch, capsys, aside):
    monkeypatch.setattr(run_file.Scenario, "load", classmethod(lambda cls, name: StandIn(name)))
    monkeypatch.setattr(drawing, "shipped", lambda split: None)
    assert main(["run", "hung-yen", "--draws", "2", "--threads", "1", "--json", "--language", "vi"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["scenarios"][0]["name"] == "hung-yen" and len(told["results_hash"]) == 64
    assert {row["month"] for row in told["yearly"]} >= {"2017-12", "2030-12"}
    assert (aside / told["folder"] / "runs.csv").exists() and "adoption.svg" in told["files"]


def test_doctor_and_stores_speak_json(capsys, aside):
    assert main(["doctor", "--json", "--language", "vi"]) == 0
    assert {"python", "cores", "font", "language"} <= set(json.loads(capsys.readouterr().out))
    Store(aside / "s.sqlite").close()
    assert main(["store", "ls", "s.sqlite", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == 0


def test_json_has_nothing_where_there_is_no_number():
    import pandas as pd

    frame = pd.DataFrame({"name": ["a", "b"], "value": [1.5, float("nan")], "n": [1, 2]})
    assert records(frame) == [{"name": "a", "value": 1.5, "n": 1}, {"name": "b", "value": None, "n": 2}]
