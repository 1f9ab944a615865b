"""A short workshop: the shipped choices moved to 2017, few households, six filled forms, scored once for all tests."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from cashless_sim.analysis.workshop.form import Form, checked
from cashless_sim.analysis.workshop.menu import Menu, menu, shipped
from cashless_sim.analysis.workshop.scoring import score_sweep
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.cli.main import main
from cashless_sim.scenario.recipe import Scenario

HOUSEHOLDS, DRAWS, END = 600, 3, '"2018-05"'


def earlier(text: str) -> str:
    """Return choices moved ten years back onto a base without other outreach, so that a run takes a year."""
    text = re.sub(r'"2027-(\d\d)"', r'"2017-\1"', text).replace('"2017-01"', '"2017-07"').replace("2017-06", "2017-08")
    text = text.replace('end = "2017-08"', 'end = "2017-11"')
    return text.replace('base = "hung-yen"', 'base = "calm.toml"').replace('"2028-12"', END)


@dataclass(frozen=True)
class Workshop:
    """A folder with choices, and what each of six tables ticked, as it is keyed."""

    folder: Path
    choices: Path
    filled: Mapping[int, str]

    def menu(self) -> Menu:
        """Return its choices."""
        return menu(self.choices)

    def forms(self) -> tuple[Form, ...]:
        """Return the six forms."""
        numbers = {table: tuple(int(d) for d in text if d.isdigit()) for table, text in self.filled.items()}
        return tuple(checked(Form(table, 1, found), self.menu()) for table, found in numbers.items())


@pytest.fixture(scope="session")
def workshop(tmp_path_factory) -> Workshop:
    folder = tmp_path_factory.mktemp("workshop")
    calm = Scenario.load("no-outreach").with_(end=END.strip('"'))
    (folder / "calm.toml").write_text(calm.to_toml(), encoding="utf-8")
    choices = folder / "choices.toml"
    choices.write_text(earlier(shipped().read_text(encoding="utf-8")), encoding="utf-8")
    filled = {1: "5,6,7,2,3", 2: "1,2,4,7,8,3", 3: "1 4 5 7", 4: "2", 5: "", 6: "68"}
    return Workshop(folder, choices, filled)


@pytest.fixture(scope="session")
def runs(workshop) -> Runs:
    """Return the runs of as now and the six forms, kept in the store of the workshop."""
    store = workshop.folder / "store.sqlite"
    return score_sweep(workshop.menu(), workshop.forms(), store, HOUSEHOLDS, DRAWS, workers=1).runs()


@pytest.fixture
def asked(workshop, monkeypatch):
    """Return a caller of ``cashless-sim workshop`` in the folder of the workshop, with its choices."""
    monkeypatch.chdir(workshop.folder)
    monkeypatch.setenv("COLUMNS", "250")

    def call(*words: str, tongue: str = "en") -> int:
        return main(["workshop", *words, "--choices", str(workshop.choices), "--language", tongue])

    return call


@pytest.fixture
def made_up() -> pd.DataFrame:
    """Return scores made up so that bands overlap in a known way."""
    rows = [(3, 6000, 4500, 7500), (1, 5500, 4000, 7000), (6, 4400, 3900, 4600), (2, 1500, 1000, 2000), (4, 0, -50, 50)]
    return pd.DataFrame(rows, columns=["table", "gain", "low80", "high80"])
