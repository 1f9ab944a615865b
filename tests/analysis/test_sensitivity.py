"""Sensitivity on functions whose answer is known, boxes that were planted, and the worth of knowing in closed form."""

import importlib.util
import math
import sys

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from sweep_stand_in import Planted

from cashless_sim.analysis.discover import discover
from cashless_sim.analysis.sensitivity import design, effects, results
from cashless_sim.analysis.worth import benefits, drawn_values, perfect, worth
from cashless_sim.errors import BadValue, UnknownName, Unsupported
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.experiment.sweep import sweep
from cashless_sim.scenario.recipe import Scenario

SALIB = importlib.util.find_spec("SALib") is not None
needs = pytest.mark.skipif(not SALIB, reason="needs SALib")
ISHIGAMI = {"a": (-math.pi, math.pi), "b": (-math.pi, math.pi), "c": (-math.pi, math.pi)}


def ishigami(points: pd.DataFrame) -> np.ndarray:
    a, b, c = (points[name].to_numpy() for name in "abc")
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


@needs
def test_sobol_finds_the_known_shares_of_ishigami():
    points = design("sobol", ISHIGAMI, 1024)
    found = effects("sobol", ISHIGAMI, points, ishigami(points)).set_index("key")
    assert found["S1"].to_dict() == pytest.approx({"a": 0.3139, "b": 0.4424, "c": 0.0}, abs=0.03)
    assert found["ST"].to_dict() == pytest.approx({"a": 0.5576, "b": 0.4424, "c": 0.2437}, abs=0.03)


@needs
def test_morris_finds_the_slopes_of_a_plane():
    ranges = {"x": (0.0, 2.0), "y": (10.0, 30.0), "z": (0.0, 1.0)}
    points = design("morris", ranges, 8)
    assert len(points) == 8 * 4
    result = (3 * points["x"] - 0.5 * points["y"]).to_numpy()
    found = effects("morris", ranges, points, result)
    assert list(found["key"]) == ["y", "x", "z"]
    assert found.set_index("key")["mu"].to_dict() == pytest.approx({"x": 6, "y": -10, "z": 0}, abs=1e-9)
    assert found["sigma"].max() < 1e-9


@needs
def test_the_same_seed_gives_the_same_points():
    for method in ("morris", "sobol"):
        pd.testing.assert_frame_equal(design(method, ISHIGAMI, 4, 3), design(method, ISHIGAMI, 4, 3))


@needs
def test_a_sweep_tells_what_a_measure_hangs_on(tmp_path):
    ranges = {"push": (0.0, 0.02)}
    points = design("morris", ranges, 4)
    worlds = [Planted(months=72, households=300), Planted("slow", push=-0.01, months=72, households=300)]
    done = sweep(worlds, points, store=tmp_path / "s.sqlite", replicates=2, workers=1, code="test")
    found = effects("morris", ranges, points, results(done, "D", "2022-08", of="hung-yen"))
    assert found["mu"].iloc[0] == 0  # both scenarios are set to the same push
    alone = sweep(worlds[0], points, store=tmp_path / "s.sqlite", replicates=2, workers=1, code="test")
    assert effects("morris", ranges, points, results(alone, "D", "2022-08"))["mu"].iloc[0] > 0
    with pytest.raises(UnknownName, match="did you mean 'slow'"):
        results(done, "D", "2022-08", of="slaw")
    with pytest.raises(BadValue, match="rows of these measures"):
        results(done, "D", "2099-01")


@needs
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: design("moris", ISHIGAMI, 4), "did you mean 'morris'"),
        (lambda: design("morris", {}, 4), "at least one"),
        (lambda: design("morris", {"a": (1.0, 1.0)}, 4), "range of a"),
        (lambda: design("morris", ISHIGAMI, 1), "points of the sensitivity is 1"),
        (lambda: design("sobol", ISHIGAMI, 12), "a power of two"),
        (lambda: effects("sobol", ISHIGAMI, design("sobol", ISHIGAMI, 4), np.ones(20)), "spread of the results is 0"),
        (
            lambda: effects("morris", ISHIGAMI, design("morris", ISHIGAMI, 4), np.full(16, np.nan)),
            "results of the points",
        ),
    ],
)
def test_a_sensitivity_that_cannot_be_is_refused(make, said):
    with pytest.raises((BadValue, UnknownName), match=said):
        make()


def test_a_missing_library_is_said_in_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(Unsupported, match="SALib is not installed"):
        design("morris", ISHIGAMI, 4)


# ------------------------------------------------------------------------------------------ discover


def planted(n: int = 2_000, noise: float = 0.0, seed: int = 1):
    rng = np.random.default_rng(seed)
    cases = pd.DataFrame(rng.random((n, 4)), columns=list("abcd"))
    wins = ((cases["a"] > 0.6) & (cases["b"] < 0.5)).to_numpy()
    return cases, np.where(rng.random(n) < noise, ~wins, wins)


def test_a_planted_box_is_found():
    cases, wins = planted()
    (box, *rest) = discover(cases, wins, density=0.95)
    assert set(box.limits) == {"a", "b"} and not rest or rest[0].mass < 0.1
    assert box.limits["a"][0] == pytest.approx(0.6, abs=0.05) and box.limits["a"][1] == math.inf
    assert box.limits["b"][1] == pytest.approx(0.5, abs=0.05) and box.limits["b"][0] == -math.inf
    assert box.coverage > 0.9 and box.density >= 0.95 and box.mass == pytest.approx(0.2, abs=0.03)
    assert max(box.chance.values()) < 0.05


def test_coverage_and_density_are_counted():
    cases, wins = planted(noise=0.1)
    box = discover(cases, wins, density=0.85)[0]
    inside = np.ones(len(cases), dtype=bool)
    for key, (low, high) in box.limits.items():
        inside &= cases[key].between(low, high).to_numpy()
    assert box.density == pytest.approx(wins[inside].mean()) and box.coverage == pytest.approx(
        wins[inside].sum() / wins.sum()
    )
    assert box.mass == pytest.approx(inside.mean())


def test_two_boxes_are_found_one_after_the_other():
    rng = np.random.default_rng(2)
    cases = pd.DataFrame(rng.random((3_000, 2)), columns=["a", "b"])
    wins = ((cases["a"] < 0.2) | (cases["b"] > 0.85)).to_numpy()
    boxes = discover(cases, wins, density=0.95)
    assert len(boxes) >= 2 and sum(box.coverage for box in boxes[:2]) > 0.85


def test_luck_gives_no_box():
    found = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        cases = pd.DataFrame(rng.random((60, 2)), columns=["a", "b"])
        boxes = discover(cases, rng.random(60) < 0.5, density=0.6)
        found += sum(box.density > 0.9 and box.mass > 0.3 for box in boxes)
    assert found == 0


def test_nothing_to_discover_is_nothing_or_refused():
    cases, wins = planted(50)
    assert discover(cases, np.zeros(50, dtype=bool)) == []
    assert discover(cases, np.ones(50, dtype=bool)) == []
    with pytest.raises(BadValue, match="cases to look into is 5"):
        discover(cases.head(5), wins[:5])
    with pytest.raises(BadValue, match="density is 0"):
        discover(cases, wins, density=0.0)


# ------------------------------------------------------------------------------------------ worth


def test_the_worth_of_knowing_is_that_of_the_closed_form():
    """Plan 1 gains m + s Z over plan 0, Z learnt: E max(0, m + sZ) - max(0, m)."""
    rng = np.random.default_rng(7)
    known, unknown = rng.normal(size=(2, 4_000))
    m, s = 0.3, 1.0
    values = pd.DataFrame({"known": known, "unknown": unknown, "idle": rng.normal(size=4_000)})
    benefit = pd.DataFrame({"now": np.zeros(4_000), "plan": m + s * known + 0.8 * unknown})
    found = worth(values, benefit).set_index("key")
    exact = {
        key: size * norm.pdf(m / size) + m * norm.cdf(m / size) - m for key, size in (("known", 1), ("unknown", 0.8))
    }
    for key, value in exact.items():
        assert found.loc[key, "information"] == pytest.approx(value, abs=0.03)
        assert found.loc[key, "lower"] == pytest.approx(value, abs=0.05)
    assert found.loc["idle", "information"] < 0.01 and found.loc["idle", "changes"] < 0.05
    size = math.hypot(1, 0.8)
    assert perfect(benefit.to_numpy()) == pytest.approx(
        size * norm.pdf(m / size) + m * norm.cdf(m / size) - m, abs=0.04
    )
    assert found.loc["known", "changes"] == pytest.approx(norm.cdf(-m), abs=0.04)


def test_luck_does_not_feign_worth_in_few_draws():
    rng = np.random.default_rng(5)
    lower = []
    for _ in range(40):
        values = pd.DataFrame({"idle": rng.normal(size=30)})
        benefit = pd.DataFrame({"now": np.zeros(30), "plan": 0.2 + rng.normal(size=30)})
        lower.append(worth(values, benefit)["lower"].iloc[0])
    assert np.mean(lower) < 0.02


def test_drawn_values_are_those_of_the_draws():
    scenario = Scenario.load("no-outreach")
    table = drawn_values(scenario, 1, 3)
    assert "rules.Awareness.tell" in table and len(table) == 3
    low, high = (
        next(r for r in scenario.settings().rules if type(r).__name__ == "Awareness").parameters["tell"].plausible
    )
    assert table["rules.Awareness.tell"].between(low, high).all()


def test_benefits_are_households_or_money():
    rows = [
        (name, FIRST_DRAW + draw, "2028-12", measure, group, value)
        for draw in range(2)
        for name, using, spent in (("now", 0.5, 0.0), ("plan", 0.6, 40.0))
        for measure, group, value in (
            ("using", "all", using),
            ("households", "all", 100.0),
            ("spent", "campaign=x", spent),
        )
    ]
    columns = ["scenario", "replicate", "month", "measure", "group", "value"]
    runs = Runs(pd.DataFrame(rows, columns=columns), {"runs": [{"scenario": n} for n in ("now", "plan")]})
    assert benefits(runs, "2028-12").to_numpy().tolist() == [[50.0, 60.0]] * 2
    assert benefits(runs, "2028-12", payer=5.0).to_numpy().tolist() == [[250.0, 260.0]] * 2
    with pytest.raises(BadValue, match="rows of these measures"):
        benefits(runs, "2029-12")
    with pytest.raises(BadValue, match="draws with a result is 2"):
        worth(pd.DataFrame({"x": [1.0, 2.0]}), benefits(runs, "2028-12"))
    luck = run(Planted(months=12, households=300), replicates=2, workers=1)
    with pytest.raises(BadValue, match="prior draws in the runs"):
        benefits(luck, "2018-05")
    with pytest.raises(BadValue, match="plans to choose from is 1"):
        worth(pd.DataFrame({"x": np.arange(20.0)}), pd.DataFrame({"now": np.zeros(20)}))
