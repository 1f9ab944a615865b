"""A logit choice that leans on the share of others: equilibria and tipping [BrockDurlauf2001]."""

from functools import lru_cache

import numpy as np
import pytest
from theory_limits import experiment, logit_rules, mean_and_error, paying, replicates
from theory_people import people

from cashless_sim.theory import fixed_points, path, social_logit, tipping_range

N, MONTHS, SETTLED = 5_000, 30, 15
ONE = (-2.0, 2.0)
TWO = (-2.8, 6.0)
"""Taste and belief: below the tipping point (βJ = ½), and above it (βJ = 1½) with two stable shares."""


@lru_cache
def ends(case, start, network="well-mixed", count=4):
    """Return the mean share of the last months and its standard error over replicates."""
    model = experiment(people(N), logit_rules(*case), network, MONTHS, start=start)
    return mean_and_error([paying(again, MONTHS)[-SETTLED:].mean() for again in replicates(model, count)])


def settles_at(found, share, case):
    """Allow four standard errors, and what rounding the share to 1/255 can do at this slope."""
    mean, error = found
    slope = case[1] * share * (1 - share)
    assert abs(mean - share) < 4 * error + slope / 510 / (1 - slope)


@pytest.mark.parametrize("start", [0.0, 1.0])
def test_one_equilibrium_from_any_start(start):
    [only] = fixed_points(social_logit(*ONE))
    settles_at(ends(ONE, start), only.share, ONE)


def test_two_stable_equilibria_by_the_start():
    low, middle, high = fixed_points(social_logit(*TWO))
    assert (low.stable, middle.stable, high.stable) == (True, False, True)
    settles_at(ends(TWO, 0.0), low.share, TWO)
    settles_at(ends(TWO, 1.0), high.share, TWO)


def test_the_unstable_share_parts_the_starts():
    low, middle, high = fixed_points(social_logit(*TWO))
    settles_at(ends(TWO, middle.share - 0.08), low.share, TWO)
    settles_at(ends(TWO, middle.share + 0.08), high.share, TWO)


def test_past_the_tipping_taste_only_one_is_left():
    _, highest = tipping_range(TWO[1])
    case = (highest + 0.15, TWO[1])
    [only] = fixed_points(social_logit(*case))
    settles_at(ends(case, 0.0), only.share, case)


def test_the_way_there_is_the_map_month_by_month():
    run = paying(experiment(people(40_000), logit_rules(*TWO), "well-mixed", 10, start=0.6), 10)
    np.testing.assert_allclose(run, path(social_logit(*TWO), 10, 0.6), atol=0.015)


@pytest.mark.parametrize("change", [{"network": "none"}, {"case": (TWO[0], 0.0)}], ids=["no contact", "no belief"])
def test_control_without_interaction_there_is_no_second_equilibrium(change):
    high = fixed_points(social_logit(*TWO))[-1]
    found = ends(**{"case": TWO, "start": 1.0, **change})
    with pytest.raises(AssertionError):
        settles_at(found, high.share, TWO)
