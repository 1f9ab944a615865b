"""exp, log and power: accurate, exact where they promise to be, and the same bits compiled as interpreted."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numba import njit

import cashless_sim.rules.compiler.numbers as numbers
import cashless_sim.rules.maths as maths

F32 = np.float32
ACCURACY = 2e-7
_exp, _log, _power = numbers.exp, numbers.log, numbers.power


@njit
def all_exp(x, out):
    for k in range(len(x)):
        out[k] = _exp(x[k])


@njit
def all_log(x, out):
    for k in range(len(x)):
        out[k] = _log(x[k])


@njit
def all_power(x, y, out):
    for k in range(len(x)):
        out[k] = _power(x[k], y[k])


def compiled(function, *arguments):
    arrays = [np.atleast_1d(np.asarray(a, dtype=F32)) for a in arguments]
    out = np.empty(len(arrays[0]), dtype=F32)
    function(*arrays, out)
    return out


def wide(low: float, high: float, n: int = 200_000) -> np.ndarray:
    """Numbers spread over a range, ends included."""
    return np.linspace(low, high, n).astype(F32)


def magnitudes() -> np.ndarray:
    """Positive numbers of every size, the smallest and largest normal ones included."""
    sizes = np.exp2(np.linspace(-126, 127.99, 200_000)).astype(F32)
    return np.concatenate([sizes, [np.finfo(F32).tiny, np.finfo(F32).max], wide(0.5, 2.0)]).astype(F32)


def test_exp_is_accurate():
    x = wide(-87, 88)
    assert np.max(np.abs(compiled(all_exp, x) / np.exp(x.astype(np.float64)) - 1)) < ACCURACY


def test_log_is_accurate():
    x = magnitudes()
    truth = np.log(x.astype(np.float64))
    error = np.abs(compiled(all_log, x) - truth)
    assert np.max(error / np.maximum(np.abs(truth), 2.0**-3)) < ACCURACY
    near = np.abs(x - 1) < 0.1
    assert np.max(np.abs(error[near & (x != 1)] / truth[near & (x != 1)])) < 2e-6


def test_power_is_accurate_for_chances():
    """A chance of not being told by up to forty contacts: the error grows with the exponent."""
    base, by = (side.ravel() for side in np.meshgrid(wide(0.01, 0.999, 500), wide(0, 40, 81)))
    truth = base.astype(np.float64) ** by.astype(np.float64)
    found = compiled(all_power, base, by)
    large = truth > 1e-30
    assert np.max(np.abs(found[large] / truth[large] - 1)) < 2e-5


def test_what_is_promised_to_be_exact_is_exact():
    x = magnitudes()
    assert np.all(compiled(all_power, x, np.zeros_like(x)) == 1)
    assert compiled(all_power, 0, 0)[0] == 1
    assert compiled(all_exp, 0)[0] == 1 and compiled(all_log, 1)[0] == 0
    assert np.all(compiled(all_power, np.ones(100), wide(0, 80, 100)) == 1)


def test_the_ends_are_held():
    assert compiled(all_exp, -1e30)[0] == compiled(all_exp, -87)[0] > 0
    assert compiled(all_exp, 1e30)[0] == compiled(all_exp, 88)[0] < np.inf
    tiny = np.finfo(F32).tiny
    assert np.all(compiled(all_log, [0.0, -1.0, -np.inf, tiny / 2]) == compiled(all_log, tiny))
    assert 0 <= compiled(all_power, 0, 1)[0] < 2e-38


@pytest.mark.parametrize("nothing", [np.float32("nan"), -np.float32("nan")])
def test_what_is_no_number_counts_as_the_least(nothing):
    assert maths.exp(nothing) == compiled(all_exp, nothing)[0] == maths.exp(-87)
    assert maths.log(nothing) == compiled(all_log, nothing)[0] == maths.log(0)


def test_exp_and_log_keep_order():
    assert np.all(np.diff(compiled(all_exp, wide(-87, 88))) >= 0)
    assert np.all(np.diff(compiled(all_log, np.sort(magnitudes()))) >= 0)


NUMBER = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(NUMBER)
@example(0.34657359)  # log2(e) times this is a half: the nearest whole number is a tie
@example(-0.0)
@example(1e-45)
@example(88.0)
@example(-87.0)
def test_compiled_exp_and_log_have_the_bits_of_the_text(x):
    with np.errstate(all="ignore"):
        assert compiled(all_exp, x)[0].tobytes() == F32(maths.exp(F32(x))).tobytes()
        assert compiled(all_log, x)[0].tobytes() == F32(maths.log(F32(x))).tobytes()


@given(st.floats(0, 2**100, width=32), st.floats(-100, 100, width=32))
def test_compiled_power_has_the_bits_of_the_text(base, by):
    with np.errstate(all="ignore"):
        assert compiled(all_power, base, by)[0].tobytes() == F32(maths.power(F32(base), F32(by))).tobytes()


def test_many_values_have_the_bits_of_the_text():
    generator = np.random.default_rng(1)
    luck = (generator.integers(0, 2**23, 4000) + 0.5).astype(F32) * F32(2.0**-23)
    logits = generator.uniform(-20, 20, 4000).astype(F32)
    np.testing.assert_array_equal(compiled(all_log, luck), [maths.log(x) for x in luck])
    np.testing.assert_array_equal(compiled(all_exp, logits), [maths.exp(x) for x in logits])


@pytest.mark.parametrize("x", [0.1, 0.34657359, 3, True, 0.30000001192092896])
def test_plain_numbers_count_as_float32(x):
    """A literal in a rule is a float32, in plain Python too."""
    assert maths.exp(x) == maths.exp(F32(x)) == compiled(all_exp, x)[0]
    assert maths.log(x) == maths.log(F32(x)) == compiled(all_log, x)[0]
    assert maths.power(x, x) == maths.power(F32(x), F32(x)) == compiled(all_power, x, x)[0]


def test_formulas_are_marked():
    assert maths.exp.is_formula and maths.log.is_formula and maths.power.is_formula
