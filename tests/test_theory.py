"""The theories agree with one another and with what is known of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashless_sim.errors import BadValue
from cashless_sim.theory import (
    bass,
    bass_monthly,
    critical_spread,
    critical_telling,
    exponential,
    fixed_points,
    path,
    reached,
    social_logit,
    thresholds,
    tipping_range,
)

rates = st.floats(1e-4, 0.5)
shares = st.floats(0.0, 1.0)


@given(rates, rates, st.floats(0.0, 0.9))
def test_bass_solves_its_equation(p, q, start):
    t = np.linspace(0.0, 60.0, 61)
    step = 1e-4
    slope = (bass(t + step, p, q, start) - bass(t - step, p, q, start)) / (2 * step)
    share = bass(t, p, q, start)
    assert bass(0.0, p, q, start) == pytest.approx(start, abs=1e-12)
    np.testing.assert_allclose(slope, (1 - share) * (p + q * share), atol=1e-8)


@given(rates, rates)
def test_bass_without_start_is_the_textbook_form(p, q):
    t = np.arange(0, 50)
    decay = np.exp(-(p + q) * t)
    np.testing.assert_allclose(bass(t, p, q), (1 - decay) / (1 + q / p * decay), atol=1e-12)


def test_bass_peaks_where_the_textbook_says():
    p, q = 0.003, 0.03
    t = np.linspace(0, 200, 200_001)
    assert t[np.gradient(bass(t, p, q)).argmax()] == pytest.approx(np.log(q / p) / (p + q), abs=0.01)


def test_bass_without_contact_is_exponential_and_without_innovators_logistic():
    t = np.arange(100)
    np.testing.assert_allclose(bass(t, 0.03, 0.0), exponential(t, 0.03), atol=1e-14)
    np.testing.assert_allclose(bass_monthly(0.03, 0.0, 99), exponential(t, 0.03), atol=1e-14)
    np.testing.assert_allclose(bass(t, 0.0, 0.1, 0.01), 1 / (1 + 99 * np.exp(-0.1 * t)), atol=1e-12)
    assert not bass(t, 0.0, 0.1).any()


def test_the_monthly_recursion_comes_to_the_closed_form_as_steps_shrink():
    gaps = []
    for parts in (1, 2, 4):
        p, q, months = 0.01 / parts, 0.12 / parts, 60 * parts
        gaps.append(np.abs(bass_monthly(p, q, months) - bass(np.arange(months + 1), p, q)).max())
    assert gaps[0] / gaps[1] == pytest.approx(2.0, rel=0.1)
    assert gaps[1] / gaps[2] == pytest.approx(2.0, rel=0.1)


def test_rounding_moves_the_recursion_less_than_its_own_step():
    exact, rounded = (bass_monthly(0.02, 0.12, 60, ties=ties) for ties in (None, 255))
    assert 0 < np.abs(exact - rounded).max() < 1 / 255


@given(rates, rates, shares)
def test_bass_stays_a_share_and_never_falls(p, q, start):
    for found in (bass(np.arange(60), p, q, start), bass_monthly(p, q, 60, start)):
        assert (np.diff(found) >= -1e-12).all()
        assert found.min() >= 0 and found.max() <= 1 + 1e-12


@given(st.floats(-6.0, 6.0), st.floats(0.0, 10.0))
def test_an_odd_number_of_equilibria_and_three_only_in_the_tipping_range(digital, belief):
    found = fixed_points(social_logit(digital, belief))
    for point in found:
        assert social_logit(digital, belief)(point.share) == pytest.approx(point.share, abs=1e-9)
    inside = tipping_range(belief)
    if inside is None or not inside[0] - 0.01 < digital < inside[1] + 0.01:
        assert [point.stable for point in found] == [True]
    elif inside[0] + 0.01 < digital < inside[1] - 0.01:
        assert [point.stable for point in found] == [True, False, True]


def test_the_logit_is_that_of_brock_and_durlauf():
    """m = tanh(βh + βJm) with 2βh = digital + belief / 2 and 2βJ = belief / 2; three solutions only for βJ > 1."""
    digital, belief = -2.8, 6.0
    h, j = (digital + belief / 2) / 2, belief / 4
    for point in fixed_points(social_logit(digital, belief)):
        m = 2 * point.share - 1
        assert np.tanh(h + j * m) == pytest.approx(m, abs=1e-9)
    assert tipping_range(4.0) is None
    assert tipping_range(4.2) is not None


def test_symmetric_tastes_balance_at_a_half():
    low, middle, high = (point.share for point in fixed_points(social_logit(-3.0, 6.0)))
    assert middle == pytest.approx(0.5, abs=1e-9)
    assert low + high == pytest.approx(1.0, abs=1e-9)


def test_the_spread_at_which_a_crowd_forms_is_granovetters():
    """Mean threshold of a quarter: the end jumps from a few to nearly all at a spread of about 12.2 in a hundred."""
    critical = critical_spread(0.25)
    assert critical == pytest.approx(0.122, abs=0.0005)
    few, crowd = (path(thresholds(0.25, critical + d), 3000)[-1] for d in (-1e-3, 1e-3))
    assert few < 0.1
    assert crowd > 0.99


def test_a_path_from_nobody_ends_at_the_lowest_fixed_point():
    for spread in (0.05, 0.10, 0.2, 0.4):
        lowest = fixed_points(thresholds(0.25, spread))[0]
        assert path(thresholds(0.25, spread), 2000)[-1] == pytest.approx(lowest.share, abs=1e-9)


@given(st.floats(0.0, 8.0), shares, shares)
def test_the_share_told_solves_its_equation(told, seeds, reachable):
    share = reached(told, seeds, reachable)
    assert share == pytest.approx(seeds + (1 - seeds) * reachable * -np.expm1(-told * share), abs=1e-6)
    assert seeds - 1e-12 <= share <= 1.0


def test_the_giant_component_begins_at_one():
    assert reached(1.0) == 0.0
    assert 0 < reached(1.001) < 0.01
    assert reached(2.0) == pytest.approx(0.7968, abs=1e-4)
    assert reached(4.0, reachable=0.25) == 0.0
    assert reached(4.0, reachable=0.26) > 0.0


def test_few_seeds_below_the_threshold_reach_few():
    assert reached(0.5, 1e-4) == pytest.approx(2e-4, rel=0.01)


def test_critical_telling_of_known_networks():
    assert critical_telling(np.full(100, 3)) == pytest.approx(0.5)
    degrees = np.random.default_rng(0).poisson(5.0, 200_000)
    assert critical_telling(degrees) == pytest.approx(0.2, rel=0.01)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: exponential(1.0, -0.1),
        lambda: bass(1.0, -0.1, 0.1),
        lambda: bass(1.0, 0.0, 0.0),
        lambda: bass(1.0, 0.1, 0.1, 1.5),
        lambda: bass_monthly(0.1, float("nan"), 3),
        lambda: bass_monthly(0.1, 0.1, -1),
        lambda: thresholds(0.25, 0.0),
        lambda: critical_spread(0.7),
        lambda: reached(-1.0),
        lambda: reached(1.0, 2.0),
        lambda: reached(1.0, 0.0, -0.1),
        lambda: critical_telling([1, 1, 0]),
    ],
)
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(BadValue):
        wrong()
