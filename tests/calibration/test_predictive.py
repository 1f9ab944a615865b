"""The alarm is quiet when the model can make the data, and goes off when it cannot."""

import numpy as np
import pytest
import toys

from cashless_sim.calibration.check import Measured
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.predictive import FEWEST, alarm, distance, predictive


@pytest.fixture(scope="module")
def fit():
    return infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, 200, 200, seed=3)


def test_what_the_prior_can_make_raises_no_alarm(fit):
    found = alarm(fit, toys.PAIR_TARGETS)
    assert found["simulations"] == 200
    assert found["alarm"] is False
    assert found["beyond_95"] == []
    table = predictive(fit, toys.PAIR_TARGETS)
    assert (table["low"] < table["value"]).all() and (table["value"] < table["high"]).all()


def test_a_figure_that_no_number_makes_raises_it(fit):
    far = (Measured("first", 9.0, 0.4), Measured("second", 2.0, 1.0))
    found = alarm(fit, far)
    assert found["alarm"] is True
    assert found["beyond_99"] == ["first"]


def test_two_figures_that_do_not_go_together_raise_it():
    def tied(values, draw):
        return (values["mean"], values["mean"] + 0.01 * toys.noise(draw))

    fit = infer(tied, (toys.WIDE,), [Measured("one", 0.0, 0.1), Measured("other", 0.0, 0.1)], 200, 200, seed=3)
    apart = [Measured("one", 5.0, 0.1), Measured("other", -5.0, 0.1)]
    assert not predictive(fit, apart)["outside"].lt(0.05).any()
    assert distance(fit, apart) == 0.0
    assert alarm(fit, apart)["alarm"] is True


def test_shares_of_data_made_by_the_model_are_even(fit):
    """Of data sets that the prior itself makes, as many lie far out as there should."""
    rng = np.random.default_rng(5)
    shares = []
    for row in fit.statistics[:100]:
        values = row + rng.normal(size=2) * [t.sd for t in toys.PAIR_TARGETS]
        aims = [Measured(t.name, float(v), t.sd) for t, v in zip(toys.PAIR_TARGETS, values, strict=True)]
        shares.append(distance(fit, aims))
    assert 0.35 < np.mean(shares) < 0.65
    assert np.mean(np.array(shares) < 0.1) < 0.2


def test_few_simulations_tell_nothing(fit):
    few = infer(toys.pair, toys.PAIR, toys.PAIR_TARGETS, FEWEST - 1, FEWEST - 1, seed=3)
    assert alarm(few, toys.PAIR_TARGETS) == {"simulations": FEWEST - 1, "alarm": None}
