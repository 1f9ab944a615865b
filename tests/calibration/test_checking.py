"""Recovery, profiles and stored checks: right on toys with a known answer, whole on a tiny bank of the real model."""

import json

import numpy as np
import pytest
import toys

import cashless_sim.calibration.checking as checking
from cashless_sim.calibration.check import from_bank
from cashless_sim.calibration.checking import SMALL, check_calibration, together
from cashless_sim.calibration.identify import PARTS, profiles, recovery
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.priors import FREE, Prior

BLIND = (Prior("mean", 0.0, 5.0), Prior("idle", 0.0, 1.0))


def only_mean(values, draw):
    """Tell the mean; nothing tells the other number."""
    return (values["mean"] + 0.1 * toys.noise(draw),)


TARGET = (toys.Measured("mean", 2.5, 0.1),)


@pytest.fixture(scope="module")
def bank():
    return infer(only_mean, BLIND, TARGET, 600, 600, seed=4)


def test_what_the_data_tell_is_found_again_and_what_they_do_not_is_not(bank):
    table = recovery(bank, TARGET, 80, 40.0, seed=2).set_index("name")
    assert table.loc["mean", "correlation"] > 0.98
    assert table.loc["mean", "contraction"] > 0.95
    assert table.loc["idle", "correlation"] < 0.4
    assert abs(table.loc["idle", "contraction"]) < 0.1
    assert table["informed"].tolist() == [True, False]
    assert table.loc["idle", "error"] == pytest.approx(0.25, abs=0.05)


def test_a_profile_is_lowest_where_the_truth_is_and_flat_without_one(bank):
    table = profiles(bank, TARGET, 40.0)
    assert len(table) == 2 * PARTS
    mean = table[table["name"] == "mean"].reset_index(drop=True)
    best = mean.iloc[mean["least_misfit"].idxmin()]
    assert best["low"] <= 2.5 <= best["high"]
    assert best["weight"] > 0.9
    idle = table[table["name"] == "idle"]
    assert idle["weight"].between(0.05, 0.4).all()
    for name in ("mean", "idle"):
        assert table[table["name"] == name]["weight"].sum() == pytest.approx(1.0)


def test_ranks_of_several_banks_are_taken_together(bank):
    card = from_bank(bank, TARGET, 60, 40.0, seed=2)
    ranks = checking.pd.DataFrame({one.name: one.places for one in card})
    whole = together([ranks, ranks])
    assert len(whole[0].places) == 120
    assert whole[0].band < card[0].band


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checks")
    return check_calibration(folder / "out", folder / "bank", SMALL, workers=1, code="x"), folder


def test_the_checks_of_the_real_model_are_stored_with_date_and_cost(checked):
    done, folder = checked
    assert {path.name for path in done.files} == {
        *(f"{name}.csv" for name in ("coverage", "ranks", "recovery", "profiles", "predictive")),
        "about.json",
    }
    about = json.loads((folder / "out" / "about.json").read_text(encoding="utf-8"))
    assert about["seconds"] > 0 and about["simulations"] == SMALL.simulations
    assert about["predictive"]["alarm"] is None
    assert [card.name for card in done.cards] == [prior.name for prior in FREE]
    ranks = done.tables["ranks"]
    assert len(ranks) == SMALL.trials
    assert ranks.to_numpy().min() >= 0 and ranks.to_numpy().max() <= 1
    assert np.isfinite(done.tables["recovery"]["correlation"]).all()


def test_a_bank_is_taken_up_again(checked):
    done, folder = checked
    again = check_calibration(folder / "again", folder / "bank", SMALL, workers=1, code="x")
    assert again.seconds < done.seconds
    for name, table in done.tables.items():
        assert table.equals(again.tables[name]), name
