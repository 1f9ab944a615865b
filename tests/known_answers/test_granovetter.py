"""Each household acts at its own share of others: the end jumps with the spread of thresholds [Granovetter1978]."""

from functools import lru_cache

import numpy as np
import pytest
from theory_limits import experiment, mean_and_error, paying, replicates, threshold_rules, with_thresholds
from theory_people import people

from cashless_sim.theory import critical_spread, fixed_points, path, thresholds

N, MONTHS, MEAN = 10_000, 30, 0.25
NARROW, WIDE = 0.10, 0.15


@lru_cache
def runs_of(spread, count, network="well-mixed", n=N):
    """Return the shares month by month of some draws of thresholds: ``float64[count, MONTHS + 1]``."""
    model = experiment(people(n), threshold_rules(), network, MONTHS)
    luck = np.random.default_rng(0)
    again = (with_thresholds(m, luck.normal(MEAN, spread, n)) for m in replicates(model, count))
    return np.array([paying(m, MONTHS) for m in again])


def ends_at(runs, spread):
    """The first fixed point above nobody, within four standard errors and the share of one step of 1/255."""
    share = fixed_points(thresholds(MEAN, spread))[0].share
    mean, error = mean_and_error(runs[:, -1])
    assert abs(mean - share) < 4 * error + 1 / 255


@pytest.mark.parametrize("spread", [NARROW, WIDE])
def test_it_ends_at_the_fixed_point(spread):
    ends_at(runs_of(spread, 4), spread)


def test_the_jump_lies_where_theory_puts_it():
    critical = critical_spread(MEAN)
    assert critical == pytest.approx(0.122, abs=0.0005)
    assert runs_of(critical - 0.005, 1, n=40_000)[0, -1] < 0.10
    assert runs_of(critical + 0.005, 1, n=40_000)[0, -1] > 0.99


def test_the_way_there_is_the_map_month_by_month():
    run = runs_of(0.2, 1, n=40_000)[0]
    np.testing.assert_allclose(run, path(thresholds(MEAN, 0.2), MONTHS), atol=0.02)


def test_control_without_contact_only_instigators_act():
    with pytest.raises(AssertionError):
        ends_at(runs_of(WIDE, 4, "none"), WIDE)


def test_control_a_wrong_spread_is_found_out():
    with pytest.raises(AssertionError):
        ends_at(runs_of(NARROW, 4), WIDE)
