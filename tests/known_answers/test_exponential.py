"""Without contact a constant hazard gives exponential adoption, whatever contacts would have added."""

import numpy as np
import pytest
from scipy.stats import chisquare
from theory_limits import bass_rules, experiment
from theory_people import people

from cashless_sim.theory import exponential

HAZARD, BY_PEERS, MONTHS, N = 0.03, 0.10, 48, 20_000


def first_months(network):
    """Return how many first paid digitally in each month, and last how many have not: ``int64[MONTHS + 1]``."""
    model = experiment(people(N), bass_rules(HAZARD, BY_PEERS), network, MONTHS)
    model.run()
    first = model.columns.stored("first_month")
    return np.append(np.bincount(first, minlength=MONTHS + 1)[1:], np.count_nonzero(first == 0))


def is_exponential(counts):
    shares = exponential(np.arange(MONTHS + 1), HAZARD)
    expected = N * np.append(np.diff(shares), 1 - shares[-1])
    assert chisquare(counts, expected).pvalue > 1e-3


def test_waiting_times_are_exponential_without_contact():
    is_exponential(first_months("none"))


def test_control_with_contact_they_are_not():
    with pytest.raises(AssertionError):
        is_exponential(first_months("well-mixed"))
