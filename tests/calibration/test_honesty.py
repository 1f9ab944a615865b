"""A model with a part left out is fitted, scored and logged like the whole one; campaigns are told apart from fits."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cashless_sim.experiment.posterior_draws as posterior_draws
from cashless_sim.calibration.effects import campaign_numbers, effects
from cashless_sim.calibration.fit import Effort
from cashless_sim.calibration.honesty import TABLE, honesty
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.present.locale.scorecard import EN, VI
from cashless_sim.scenario.recipe import Scenario


def test_what_is_left_of_the_model_is_fitted_and_scored(tmp_path, monkeypatch):
    monkeypatch.setattr(posterior_draws, "code_version", lambda: "the code of these tests")
    monkeypatch.setattr("cashless_sim.calibration.score.DRAWS", 6)
    table, path = honesty(
        tmp_path, tmp_path / "log.csv", Effort(2, 2, 1500), ("contagion-handover",), 2, workers=1, names=("outreach",)
    )
    assert path.name == TABLE
    row = table.iloc[0]
    assert row["model"] == "no outreach"
    assert row["least_misfit"] <= row["misfit"]
    assert 0 < row["crps"] < 1
    assert len(pd.read_csv(tmp_path / "log.csv")) == 1


@pytest.fixture(scope="module")
def viet_nam():
    return Scenario.load("viet-nam")


def made(draws, weights):
    frame = pd.DataFrame({"member": "one", "draw": draws, "weight": weights})
    return Draws(Path("posterior.csv"), frame, {"seed": 1})


def test_even_weights_leave_every_campaign_as_it_was(viet_nam):
    table = effects(made(np.arange(1000, 1300), np.ones(300)), viet_nam)
    assert len(table) > 10
    assert table["unmoved"].mean() > 0.8
    assert table["shift"].abs().max() < 0.3


def test_weights_that_prefer_a_strong_campaign_show(viet_nam):
    draws = np.arange(0, 300)
    campaigns = viet_nam.settings().campaigns
    values = np.array([campaign_numbers(campaigns, 1, int(draw))["digital-teams.intensity"] for draw in draws])
    table = effects(made(draws, (values > np.quantile(values, 0.8)).astype(float)), viet_nam).set_index("name")
    assert table.loc["digital-teams.intensity", "shift"] > 1.0
    assert not table.loc["digital-teams.intensity", "unmoved"]


def test_sentences_are_there_in_both_languages():
    assert list(EN) == list(VI)
    for key in EN:
        holes = [{part.split("}")[0] for part in text.split("{")[1:]} for text in (EN[key], VI[key])]
        assert holes[0] == holes[1], key
