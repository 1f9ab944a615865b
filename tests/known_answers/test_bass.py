"""Well mixed, alike, one hazard alone and one by the others: the month is the Bass model [Bass1969]."""

import numpy as np
import pytest
from theory_limits import bass_errors, bass_rules, error_slope, experiment, paying, replicates
from theory_people import people

from cashless_sim.theory import bass, bass_monthly

P, Q, MONTHS = 0.02, 0.12, 30
ROUNDING = 1e-3
"""The well-mixed month knows shares to 1/255; the recursion moves by less than this when it rounds so too."""


@pytest.fixture(scope="module")
def big():
    """One large run: errors of luck are below 0.01."""
    return paying(experiment(people(40_000), bass_rules(P, Q), "well-mixed", MONTHS), MONTHS)


def agrees(run, theory, allowed):
    assert np.abs(run - theory).max() < allowed


def test_rounding_of_the_share_hardly_matters():
    agrees(bass_monthly(P, Q, MONTHS, ties=255), bass_monthly(P, Q, MONTHS), ROUNDING)


def test_a_large_run_follows_the_monthly_recursion(big):
    agrees(big, bass_monthly(P, Q, MONTHS), 0.01)


def test_it_follows_the_closed_form_where_a_month_is_a_small_step():
    p, q, months = 0.03 / 12, 0.38 / 12, 120
    run = paying(experiment(people(20_000), bass_rules(p, q), "well-mixed", months), months)
    agrees(bass_monthly(p, q, months), bass(np.arange(months + 1), p, q), 0.01)
    agrees(run, bass(np.arange(months + 1), p, q), 0.025)


def test_the_error_falls_with_the_root_of_the_number_of_households():
    errors = {n: bass_errors(n, P, Q, MONTHS, count) for n, count in ((500, 24), (2_000, 20), (8_000, 16), (32_000, 8))}
    slope, error = error_slope(errors)
    assert error < 0.1
    assert slope == pytest.approx(-0.5, abs=3 * error)
    assert slope < -0.3


def test_control_a_wrong_p_is_found_out(big):
    with pytest.raises(AssertionError):
        agrees(big, bass_monthly(1.2 * P, Q, MONTHS), 0.01)


def test_control_without_contact_it_is_not_bass():
    run = paying(experiment(people(40_000), bass_rules(P, Q), "none", MONTHS), MONTHS)
    with pytest.raises(AssertionError):
        agrees(run, bass_monthly(P, Q, MONTHS), 0.01)


def test_a_replicate_is_what_a_new_model_would_be():
    rewound = experiment(people(500), bass_rules(P, Q), "well-mixed", MONTHS)
    for model in replicates(rewound, 3):
        model.run()
    fresh = experiment(people(500), bass_rules(P, Q), "well-mixed", MONTHS, replicate=2)
    fresh.run()
    for name in ("pays_digitally", "first_month", "months_since_digital"):
        np.testing.assert_array_equal(rewound.columns.stored(name), fresh.columns.stored(name))
