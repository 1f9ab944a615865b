"""Sentences about scores and checks are there in both languages, each of them used and none of them missing."""

import re
import unicodedata
from pathlib import Path

import pytest
import typer

from cashless_sim.calibration.ablation import ABLATIONS, WORDS
from cashless_sim.calibration.baselines import NAMES
from cashless_sim.calibration.sensitivity import VARIANTS
from cashless_sim.present.cli.check import check_commands
from cashless_sim.present.cli.forecast import forecast_command
from cashless_sim.present.cli.local import local_commands
from cashless_sim.present.cli.validate import validate_command
from cashless_sim.present.locale.scorecard import EN, VI, told
from cashless_sim.present.locale.scores import SCORES


def holes(text: str) -> set[str]:
    return set(re.findall(r"{(\w*)}", text))


@pytest.mark.parametrize("key", EN)
def test_a_sentence_is_whole_in_both(key):
    assert list(EN) == list(VI)
    assert holes(EN[key]) == holes(VI[key])
    assert EN[key].strip() and unicodedata.is_normalized("NFC", VI[key])


@pytest.mark.parametrize("key", SCORES)
def test_a_phrase_keeps_its_holes(key):
    assert key.count("{}") == SCORES[key].count("{}")
    assert unicodedata.is_normalized("NFC", SCORES[key])


def test_what_is_said_is_in_the_tables(root):
    folder = Path(root, "cashless_sim", "present", "cli")
    speakers = [
        path for path in folder.glob("*.py") if "locale.scorecard import told" in path.read_text(encoding="utf-8")
    ]
    assert len(speakers) > 8
    text = "\n".join(path.read_text(encoding="utf-8") for path in speakers)
    for key in re.findall(r'told\(\s*"([^"{]+)"', text):
        assert key in EN, key
    models = ["whole model", *WORDS.values(), *(f"no {name}" for name in ABLATIONS if name not in WORDS)]
    made = {f"honesty.{name}" for name in models} | {f"baseline.{name}" for name in NAMES}
    for key in made | {f"variant.{name}" for name in VARIANTS}:
        assert key in EN, key


@pytest.mark.parametrize("tongue", ["en", "vi"])
def test_the_commands_describe_themselves(tongue):
    for group in (check_commands(tongue), local_commands(tongue)):
        names = [command.name for command in group.registered_commands]
        assert names in (["calibration", "honesty", "countries"], ["form", "fit"])
        assert all(command.help for command in group.registered_commands)
    app = typer.Typer()
    app.command("validate")(validate_command(tongue))
    app.command("forecast")(forecast_command(tongue))
    options = {param.name for command in typer.main.get_command(app).commands.values() for param in command.params}
    assert {"posterior", "draws", "workers", "out", "language"} <= options
    assert told("baseline.Bass", tongue)
