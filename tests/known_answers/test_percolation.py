"""Word of mouth on a sparse network goes far once each who hears tells more than one other [Newman2002]."""

from functools import lru_cache

import numpy as np
import pytest
from theory_limits import mean_and_error, told_at_last
from theory_people import people, random_ties, ring_ties

from cashless_sim.theory import critical_telling, reached

N, DEGREE, SEEDS, REPLICATES = 20_000, 4.0, 0.004, 4


@lru_cache
def network_of(replicate):
    return random_ties(N, DEGREE, replicate)


@lru_cache
def gaps(tell, mixing="village", unreachable=0.0, clustered=False):
    """Return simulated minus theoretical shares told at last, one a replicate with a network of its own."""
    found = []
    for replicate in range(REPLICATES):
        network = ring_ties(N, int(DEGREE)) if clustered else network_of(replicate)
        told, first = told_at_last(people(N, network), tell, SEEDS, replicate, mixing, unreachable)
        found.append(told - reached(DEGREE * tell, first, 1 - unreachable))
    return found


def agrees(found):
    """Allow four standard errors and one more deviation of a count, and never more than 0.04."""
    mean, error = mean_and_error(found)
    assert abs(mean) < min(4 * error + 1 / np.sqrt(N), 0.04)


@pytest.mark.parametrize("told", [0.8, 1.0, 1.3, 2.0])
def test_the_share_told_is_that_of_percolation_along_ties(told):
    agrees(gaps(told / DEGREE))


def test_the_share_told_is_that_of_percolation_of_households():
    agrees(gaps(1.0, unreachable=0.7))


def test_it_goes_far_only_above_a_telling_of_one():
    """Ten to one between few and many: the telling that tells them apart is where the networks say it is."""
    critical = np.mean([critical_telling(network_of(r).degree) for r in range(REPLICATES)])
    assert critical * DEGREE == pytest.approx(1.0, abs=0.02)
    few, many = (np.mean(gaps(told / DEGREE)) + reached(told, SEEDS) for told in (0.8, 1.3))
    assert few < 6 * SEEDS
    assert many > 60 * SEEDS


def test_control_without_ties_nobody_is_told():
    with pytest.raises(AssertionError):
        agrees(gaps(0.5, mixing="none"))


def test_control_a_clustered_ring_is_no_random_network():
    with pytest.raises(AssertionError):
        agrees(gaps(0.5, clustered=True))
