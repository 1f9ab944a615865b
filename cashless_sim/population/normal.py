"""Normal scores, logarithms and exponentials from IEEE operations only, so people are the same everywhere.

Platform `exp` and `log` differ between machines in the last bit; add, multiply, divide, square root and the
splitting of a float into exponent and fraction do not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]

_LN2 = 0.6931471805599453
_HALF_SQRT2 = 0.7071067811865476
_CENTRE = (3.3871327179e0, 5.0434271938e1, 1.5929113202e2, 5.9109374720e1)
_CENTRE_BELOW = (1.0, 1.7895169469e1, 7.8757757664e1, 6.7187563600e1)
_NEAR = (1.4234372777e0, 2.7568153900e0, 1.3067284816e0, 1.7023821103e-1)
_NEAR_BELOW = (1.0, 7.3700164250e-1, 1.2021132975e-1)
_FAR = (6.6579051150e0, 3.0812263860e0, 4.2868294337e-1, 1.7337203997e-2)
_FAR_BELOW = (1.0, 2.4197894225e-1, 1.2258202635e-2)
_EXP = tuple(1.0 / f for f in (1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800))


def _polynomial(coefficients: tuple[float, ...], x: F64) -> F64:
    total = np.full_like(x, coefficients[-1])
    for c in reversed(coefficients[:-1]):
        total *= x
        total += c
    return total


def logarithm(x: F64) -> F64:
    """Return ln x of positive numbers: ``float64[n]``, within 1e-13."""
    fraction, exponent = np.frexp(x)
    low = fraction < _HALF_SQRT2
    fraction = np.where(low, fraction + fraction, fraction)
    exponent = exponent - low
    s = (fraction - 1.0) / (fraction + 1.0)
    odd = _polynomial(tuple(2.0 / k for k in range(1, 18, 2)), s * s)
    return s * odd + exponent * _LN2


def exponential(x: F64) -> F64:
    """Return e to the x for |x| < 700: ``float64[n]``, within 1e-12 of the value."""
    whole = np.rint(x / _LN2)
    return np.ldexp(_polynomial(_EXP, x - whole * _LN2), whole.astype(np.int32))


def normal_score(p: F64) -> F64:
    """Return the standard normal quantile of p in (0, 1): ``float64[n]``, within 1e-6 [Wichura1988]."""
    q = p - 0.5
    r = 0.180625 - q * q
    score = q * _polynomial(_CENTRE, r) / _polynomial(_CENTRE_BELOW, r)
    tail = np.flatnonzero(r < 0.0)
    if len(tail):
        score[tail] = _tail(p[tail])
    return score


def _tail(p: F64) -> F64:
    below = p < 0.5
    r = np.sqrt(-logarithm(np.where(below, p, 1.0 - p)))
    near, far = r - 1.6, r - 5.0
    size = np.where(
        far <= 0.0,
        _polynomial(_NEAR, near) / _polynomial(_NEAR_BELOW, near),
        _polynomial(_FAR, far) / _polynomial(_FAR_BELOW, far),
    )
    return np.where(below, -size, size)
