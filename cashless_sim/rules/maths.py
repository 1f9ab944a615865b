"""exp, log and power for rules: IEEE additions and multiplications only, so every machine gives the same bits.

Cephes single-precision polynomials [Moshier1992]; relative error below 2e-7. The compiler inlines the same text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

Formula = TypeVar("Formula", bound=Callable[..., Any])
INFINITY = float("inf")


def formula(function: Formula) -> Formula:
    """Mark a pure function of one household that rules may call and the compiler inlines."""
    function.is_formula = True  # type: ignore[attr-defined]
    return function


def power_of_two(n: np.float32) -> np.float32:
    """Return 2 to a whole power n in [-126, 127]."""
    return np.int32((int(n) + 127) << 23).view(np.float32)


def exponent(x: np.float32) -> np.float32:
    """Return the whole e of x = m 2^e with m in [1, 2), x positive and normal."""
    return np.float32((int(np.float32(x).view(np.int32)) >> 23) - 127)


def mantissa(x: np.float32) -> np.float32:
    """Return the m of x = m 2^e with m in [1, 2), x positive and normal."""
    return np.int32((int(np.float32(x).view(np.int32)) & 0x7FFFFF) | 0x3F800000).view(np.float32)


def nearest_whole(x: np.float32) -> np.float32:
    """Return x rounded to the nearest whole number, ties to even; |x| below 2^22."""
    return (np.float32(x) + np.float32(12582912.0)) - np.float32(12582912.0)


def single(x: Any) -> Any:
    """Return a number as a float32."""
    return np.float32(x)


@formula
def exp(x: Any) -> Any:
    """Return e to the power x, with x held within [-87, 88]; what is no number counts as -87."""
    held = min(max(-87.0, single(x)), 88.0)
    n = nearest_whole(held * 1.44269504088896341)
    r = held - n * 0.693359375
    r = r + n * 2.12194440e-4
    p = r * 1.9875691500e-4 + 1.3981999507e-3
    p = p * r + 8.3334519073e-3
    p = p * r + 4.1665795894e-2
    p = p * r + 1.6666665459e-1
    p = p * r + 5.0000001201e-1
    return (p * (r * r) + r + 1.0) * power_of_two(n)


@formula
def log(x: Any) -> Any:
    """Return the natural logarithm of x; x at or below the smallest normal number, or none, counts as it."""
    held = max(1.17549435e-38, single(x))
    big = mantissa(held)
    over = big > 1.41421356
    m = big * 0.5 if over else big
    e = exponent(held) + 1.0 if over else exponent(held)
    f = m - 1.0
    ff = f * f
    p = f * 7.0376836292e-2 - 1.1514610310e-1
    p = p * f + 1.1676998740e-1
    p = p * f - 1.2420140846e-1
    p = p * f + 1.4249322787e-1
    p = p * f - 1.6668057665e-1
    p = p * f + 2.0000714765e-1
    p = p * f - 2.4999993993e-1
    p = p * f + 3.3333331174e-1
    y = p * f * ff - e * 2.12194440e-4
    return f + (y - ff * 0.5) + e * 0.693359375


@formula
def power(base: Any, by: Any) -> Any:
    """Return base to the power by, for a base of zero or more; anything to the power 0 is exactly 1."""
    return exp(single(by) * log(base))
