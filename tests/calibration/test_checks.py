"""The checks pass a sound fit and fail unsound ones."""

from dataclasses import replace

import numpy as np
import pytest
import toys

from cashless_sim.calibration.adjust import adjusted, errors
from cashless_sim.calibration.check import (
    Measured,
    against_known,
    cards,
    contraction,
    from_bank,
    outside,
    place,
    weighed,
)
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.proposals import luck
from cashless_sim.errors import BadValue

TRIALS = 60
NAMES = [prior.name for prior in toys.PAIR]


@pytest.fixture(scope="module")
def bank():
    return infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 1200, 1200, seed=11)


def truths(trials):
    ids = np.arange(trials, dtype=np.uint32)
    shares = np.stack([luck(99, ids, "truth", j) for j in range(2)], axis=1)
    values = [[p.at(float(u)) for p, u in zip(toys.PAIR, row, strict=True)] for row in shares]
    statistics = [toys.pair(dict(zip(NAMES, row, strict=True)), 10**6 + i) for i, row in enumerate(values)]
    return np.array(values), np.array(statistics)


def test_the_fit_is_sound():
    found = against_known(
        lambda aims, trial: infer(toys.pair, toys.PAIR, aims, 50, 500, seed=trial + 1),
        *truths(TRIALS),
        toys.PAIR_TARGETS,
        seed=5,
    )
    assert [card.name for card in found] == NAMES
    assert all(card.sound for card in found)
    for card in found:
        for level, covered in card.covered.items():
            low, high = card.limits[level]
            assert low - 0.06 <= covered <= high + 0.06


def test_a_fit_that_is_too_sure_of_itself_is_found_out(bank):
    def narrow(aims, trial):
        return infer(toys.pair, toys.PAIR, [Measured(a.name, a.value, a.sd / 5) for a in aims], 50, 300, trial + 1)

    found = against_known(narrow, *truths(40), toys.PAIR_TARGETS, seed=5)
    assert not all(card.sound for card in found)
    assert min(card.covered[0.8] for card in found) < 0.65


def test_one_bank_checks_the_adjusted_fit(bank):
    for worth in (40.0, 300.0):
        assert all(card.sound for card in from_bank(bank, toys.PAIR_TARGETS, 100, worth, seed=5))


def test_many_figures_and_few_draws_do_not_make_a_fit_too_sure_of_itself():
    """A line through 25 figures and 30 draws' worth of weights fits its own draws; what is left out tells the truth."""
    bank = infer(toys.many, toys.FEW, toys.MANY_TARGETS, 300, 300, seed=2)
    found = from_bank(bank, toys.MANY_TARGETS, 80, 30.0, seed=5)
    assert all(card.sound for card in found)
    for card in found:
        assert card.covered[0.8] > 0.66 and card.covered[0.95] > 0.84, card.name


def test_a_wide_tolerance_is_found_out_without_the_adjustment(bank):
    places = []
    sharp = [Measured(t.name, t.value, t.sd / 4) for t in toys.PAIR_TARGETS]
    data = bank.statistics[:250] + errors(6, np.arange(250), sharp)
    for trial in range(250):
        others = np.arange(bank.spent) != trial
        aims = [Measured(t.name, float(v), t.sd) for t, v in zip(sharp, data[trial], strict=True)]
        fitted = weighed(bank, others, aims, 900.0)
        assert fitted.tolerance > 1
        rows = [place(fitted.values[:, k], fitted.weights, bank.values[trial, k], 0.5) for k in range(2)]
        places.append(rows)
    found = cards(NAMES, np.array(places))
    assert not all(card.sound for card in found)


def test_the_adjustment_leaves_a_reached_tolerance_alone(bank):
    reached = replace(bank, tolerance=1.0)
    assert adjusted(reached, toys.PAIR_TARGETS, 1) is reached


def test_the_adjustment_mends_a_wide_tolerance():
    aims = [Measured("m", 1.0, 0.5)]
    wide = infer(toys.exact, [toys.WIDE], aims, 600, 600, seed=3)
    assert wide.tolerance > 1
    mended = adjusted(wide, aims, 1)
    x, w = mended.values[:, 0], mended.weights
    mean = float((w * x).sum())
    assert abs(mean - 1.0) < 0.15
    assert abs(float((w * (x - mean) ** 2).sum()) ** 0.5 - 0.5) < 0.15
    assert toys.WIDE.low <= x.min() <= x.max() <= toys.WIDE.high


def test_contraction_is_nothing_for_what_is_not_learnt():
    silent = infer(lambda v, d: (0.0,), toys.PAIR, [Measured("m", 0.0, 1.0)], 1000, 1000, seed=3)
    assert all(abs(value) < 0.12 for value in contraction(silent).values())
    told = infer(toys.exact, [toys.WIDE], [Measured("m", 1.0, 0.1)], 200, 4000, seed=3)
    assert contraction(told)["mean"] > 0.99


def test_what_the_prior_cannot_reach_is_named(bank):
    assert outside(bank.statistics, toys.PAIR_TARGETS) == ()
    beyond = (Measured("first", 20.0, 0.4), toys.PAIR_TARGETS[1])
    assert outside(bank.statistics, beyond) == ("first",)


def test_bad_input_is_refused(bank):
    with pytest.raises(BadValue, match="trials"):
        from_bank(bank, toys.PAIR_TARGETS, bank.spent, 40.0, seed=1)
    with pytest.raises(BadValue, match="trials"):
        cards(NAMES, np.zeros((3, 2)))
