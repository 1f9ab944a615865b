import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cashless_sim.errors import DataProblem
from cashless_sim.population.copula import copula
from cashless_sim.population.normal import exponential, logarithm, normal_score
from cashless_sim.population.quotas import Batch, fit_table, largest_remainder, village_quotas, whole_table
from cashless_sim.population.synthesis import TRAITS, even_luck


@given(
    st.lists(st.floats(0, 1), min_size=2, max_size=6).filter(lambda w: sum(w) > 0.01),
    st.lists(st.integers(0, 40), min_size=1, max_size=30),
)
def test_village_quotas_add_up_both_ways(weights, sizes):
    totals = largest_remainder(weights, sum(sizes))
    counts = village_quotas(totals, np.array(sizes))
    assert (counts >= 0).all()
    assert counts.sum(axis=0).tolist() == totals.tolist()
    assert counts.sum(axis=1).tolist() == sizes


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(lambda w: sum(w) > 0), st.integers(0, 10**6))
def test_largest_remainder(weights, total):
    counts = largest_remainder(weights, total)
    assert counts.sum() == total
    exact = np.array(weights) / math.fsum(weights) * total
    assert np.abs(counts - exact).max() < 1 + 1e-6


def test_fitting_a_table_meets_both_margins():
    seed = np.array([[1.0, 2.0], [3.0, 1.0], [2.0, 2.0]])
    fitted = fit_table(seed, [10, 20, 30], [35, 25])
    assert fitted.sum(axis=1) == pytest.approx([10, 20, 30])
    assert fitted.sum(axis=0) == pytest.approx([35, 25])
    odds = fitted[0, 0] * fitted[1, 1] / (fitted[0, 1] * fitted[1, 0])
    assert odds == pytest.approx(1 * 1 / (2 * 3))
    whole = whole_table(fitted, np.array([10, 20, 30]), np.array([35, 25]))
    assert whole.sum(axis=1).tolist() == [10, 20, 30]
    assert whole.sum(axis=0).tolist() == [35, 25]


def test_a_batch_orders_within_villages_and_breaks_ties_by_row():
    batch = Batch(np.array([3, 0, 2]))
    score = np.array([1.0, -1.0, 1.0, 0.5, 0.1])
    assert batch.order(score).tolist() == [1, 0, 2, 4, 3]
    assert batch.fill(score, np.array([[2, 1], [0, 0], [1, 1]])).tolist() == [0, 0, 1, 1, 0]
    assert batch.quantile(score) == pytest.approx([1.5 / 3, 0.5 / 3, 2.5 / 3, 0.75, 0.25])


def test_own_mathematics():
    from scipy.stats import norm

    p = np.concatenate([(np.arange(1 << 14) + 0.5) / (1 << 14), [2.0**-33, 1 - 2.0**-33]])
    assert np.abs(normal_score(p) - norm.ppf(p)).max() < 2e-6
    x = np.geomspace(1e-8, 1e8, 999)
    assert np.abs(logarithm(x) - np.log(x)).max() < 1e-13
    y = np.linspace(-20, 20, 999)
    assert np.abs(exponential(y) / np.exp(y) - 1).max() < 1e-12


def test_unstated_pairs_are_independent_given_the_rest():
    chain = copula(("age", "income", "account"), (("age", "income", -0.4), ("income", "account", 0.5)))
    assert chain.of("age", "account") == pytest.approx(-0.2)
    ring = (("age", "smartphone", -0.5), ("smartphone", "account", 0.4))
    ring += (("account", "education", 0.3), ("education", "age", -0.4))
    names = ("age", "smartphone", "account", "education", "income")
    found = np.array(copula(names, ring).correlation)
    inverse = np.linalg.inv(found)
    assert abs(inverse[0, 2]) < 1e-6
    assert abs(inverse[1, 3]) < 1e-6
    assert found[4, :4].tolist() == [0.0] * 4
    assert all(found[names.index(a), names.index(b)] == r for a, b, r in ring)


def test_contradicting_correlations_are_refused():
    pairs = (("age", "income", 0.9), ("income", "account", 0.9), ("age", "account", -0.9))
    with pytest.raises(DataProblem, match="contradict"):
        copula(("age", "income", "account"), pairs)


def test_even_luck_is_even():
    words = even_luck(np.arange(1, 16_385, dtype=np.uint32))
    assert list(words) == list(TRAITS)
    for name, word in words.items():
        counts = np.bincount(word >> np.uint32(28), minlength=16)
        assert counts.min() > 1000, name
