"""Scores have known answers, baselines find the curve they are made for, and the scorecard opens what it scores."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import cashless_sim.data as data
from cashless_sim.calibration.baselines import (
    METHODS,
    NAMES,
    Figure,
    P,
    Q,
    bass_curve,
    bass_with_pulses,
    clock,
    last_value,
    logistic,
)
from cashless_sim.calibration.points import points
from cashless_sim.calibration.score import HEADLINE, by_month, crps, figures, headline, scorecard, scored
from cashless_sim.calibration.targets import percentages, register
from cashless_sim.calibration.validate import LOG_COLUMNS, add_line, summary
from cashless_sim.errors import DataProblem
from cashless_sim.theory import bass
from cashless_sim.units import month_number


@pytest.fixture(scope="module")
def listed():
    return register("check"), points()


@pytest.fixture(scope="module")
def foreseen(listed):
    """What a forecaster says who knows the future, give or take a point."""
    known = percentages(data.reported_rates(use=("hold-out",)))
    columns = {}
    rng = np.random.default_rng(3)
    for point in listed[1].asked("time", "space", "forced"):
        columns[point.target.name] = known[point.row] / 100 + 0.01 * rng.standard_normal(40)
    months = {"month.findex-2022": month_number("2022-03") + np.arange(40) % 10}
    return pd.DataFrame(columns | months)


@pytest.fixture(scope="module")
def card(foreseen, listed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cashless_sim.calibration.score.DRAWS", 12)
        return scorecard(foreseen, *listed, seed=1)


def test_the_score_of_a_normal_forecast_is_the_known_one():
    """CRPS of N(m, s) at y: s (z (2Φ(z) - 1) + 2φ(z) - 1/√π), z = (y - m) / s [GneitingRaftery2007]."""
    sample = norm.ppf((np.arange(20_000) + 0.5) / 20_000, 0.3, 0.05)
    for y in (0.3, 0.36, 0.1):
        z = (y - 0.3) / 0.05
        known = 0.05 * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi))
        assert crps(sample, y) == pytest.approx(known, abs=1e-5)


def test_the_score_of_a_single_value_is_its_error():
    assert crps(np.array([0.4]), 0.55) == pytest.approx(0.15)
    assert crps(np.full(9, 0.4), 0.55) == pytest.approx(0.15)


def test_the_score_is_the_mean_distance_less_half_the_spread():
    sample, y = np.random.default_rng(1).random(60), 0.4
    plain = np.abs(sample - y).mean() - 0.5 * np.abs(sample[:, None] - sample[None, :]).mean()
    assert crps(sample, y) == pytest.approx(plain, abs=1e-12)


def test_intervals_hold_what_they_should():
    score = scored(np.linspace(0, 1, 1001), 0.05)
    assert (score.low80, score.median, score.high80) == pytest.approx((0.1, 0.5, 0.9))
    assert not score.inside(0.05, 80) and score.inside(0.05, 95)


def made(curve, months, sd=0.001):
    return [Figure(m, float(curve(m)), sd) for m in months]


def test_a_logistic_line_is_found_again():
    def curve(month):
        return 1 / (1 + np.exp(-(month - 620) / 24))

    for months in ((569, 623), (569, 590, 610, 623)):
        assert logistic(made(curve, months))(650) == pytest.approx(curve(650), abs=1e-3)
    assert logistic(made(curve, (569,)))(650) == last_value(made(curve, (569,)))(650) == pytest.approx(curve(569))


def test_a_bass_curve_is_found_again():
    def curve(month):
        return bass(month - 569, 2 * P, 1.3 * Q, 0.02)

    found = bass_curve(made(curve, (569, 590, 610, 623), 1e-5))
    assert found(650) == pytest.approx(float(curve(650)), abs=0.005)


def test_pulses_make_the_clock_run():
    first, last = month_number("2020-03"), month_number("2021-10")
    assert clock(last + 1, first, (1.0, 0.0)) == 2 * (last + 1 - first)
    assert clock(first, first - 12, (1.0, 1.0)) == 12

    def curve(month):
        return bass(clock(month, 569, (1.5, 0.5)), P, Q, 0.02)

    found = bass_with_pulses(made(curve, (569, 600, 610, 620, 630, 640), 1e-5))
    assert found(655) == pytest.approx(float(curve(655)), abs=0.01)


def test_all_figures_stay_shares():
    wild = [Figure(569, -0.03, 0.03), Figure(625, 1.2, 0.03)]
    for fit in METHODS.values():
        assert 0 <= fit(wild)(655) <= 1


def test_baselines_are_fitted_to_what_the_model_is_fitted_to(listed):
    fitted = percentages(data.targets("check"))
    months = {"findex-2017": 569, "findex-2022": 627}
    by_name = {one.target.name: one for one in listed[1].points}
    two = figures(by_name["D.findex-2024.all"], fitted, months)
    assert [(one.month, one.value) for one in two] == [(569, pytest.approx(0.0454)), (627, pytest.approx(0.28))]
    assert [one.month for one in figures(by_name["B.viet-nam.2022-08.all"], fitted, months)] == [590, 605, 609]
    assert figures(by_name["F.viet-nam.2023-12.all"], fitted, months) == []


def test_the_scorecard_scores_every_point(card, listed):
    assert list(card["point"]) == [one.target.name for one in listed[1].asked("time", "space", "forced")]
    assert card["published"].between(0, 1).all()
    assert card["in95"].all()
    assert card["crps"].max() < 0.06
    assert headline(card) < 0.03


def test_who_knows_the_future_beats_every_baseline(card):
    found = summary(card)
    for name in NAMES:
        assert found[f"model at {name}: crps"] < found[f"{name}: crps"]
        assert found["mape"] < found[f"{name}: mape"]


def test_the_table_by_month_has_all_months_and_moves_the_logistic(foreseen, listed):
    table = by_month(foreseen, *listed, seed=1)
    assert list(table["month"]) == list(range(month_number("2022-03"), month_number("2022-12") + 1))
    assert (table["model"] < 0.03).all()
    assert table["last value"].nunique() == 1
    assert table["logistic"].nunique() == len(table)
    assert {*HEADLINE} == {"D.findex-2024.all", "E.findex-2024.all", "G.findex-2024.all"}


def test_the_log_only_grows(tmp_path):
    path = tmp_path / "log.csv"
    for number in range(3):
        add_line(path, dict.fromkeys(LOG_COLUMNS, number))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("0,") and lines[3].startswith("2,")
    path.write_text("something else\n", encoding="utf-8")
    with pytest.raises(DataProblem, match="no log of scorings"):
        add_line(path, dict.fromkeys(LOG_COLUMNS, 1))
