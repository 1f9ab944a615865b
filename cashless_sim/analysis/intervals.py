"""Student's intervals of paired differences, and how many pairs a narrow one needs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from cashless_sim.analysis.pairing import IGNORANCE

F64 = NDArray[np.float64]
COVERS = (80, 95)
MOST = 1_000_000


def half_width(n: Any, sd: Any, cover: float, kind: str) -> F64:
    """Return half the interval that covers ``cover`` percent: of one more draw (``spread``), or of the mean.

    Float64 of the shape of ``n`` and ``sd``, for each of them; fewer than two pairs give NaN.
    """
    count = np.asarray(n, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.sqrt(1 + 1 / count) if kind == IGNORANCE else np.sqrt(1 / count)
        freedom = np.where(count > 1, count - 1, np.nan)
        half: F64 = student.ppf(0.5 + cover / 200, freedom) * np.asarray(sd, dtype=np.float64) * scale
    return half


def pairs_needed(sd: float, width: float, cover: float = 95) -> float:
    """Return the least number of pairs whose interval of the mean is no wider than ``width``; inf above a million.

    ``sd`` is that of the paired difference; NaN gives NaN.
    """
    if np.isnan(sd):
        return float("nan")
    low, high = 1, 2
    while _width(high, sd, cover) > width:
        low, high = high, high * 2
        if high > MOST:
            return float("inf")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _width(middle, sd, cover) > width else (low, middle)
    return float(high)


def _width(n: int, sd: float, cover: float) -> float:
    return 2 * float(half_width(n, sd, cover, "mean"))


def told(values: F64, kind: str) -> dict[str, float]:
    """Return n, mean, sd and the ends low80 … high95 of paired differences ``float64[n]``."""
    n = len(values)
    mean = float(values.mean())
    sd = float(values.std(ddof=1)) if n > 1 else float("nan")
    found = {"n": n, "mean": mean, "sd": sd}
    for cover in COVERS:
        half = float(half_width(n, sd, cover, kind))
        found |= {f"low{cover}": mean - half, f"high{cover}": mean + half}
    return found


def ratio_ends(above: F64, below: F64, cover: float, kind: str) -> tuple[float, float]:
    """Return the ends of the ratio of two paired means, (NaN, NaN) when ``below`` cannot be told from zero.

    For luck (``mean``) the interval is Fieller's [Fieller1954]; for draws of parameters (``spread``) it is that between
    the quantiles of the single ratios, of which the outermost need enough draws. A draw in which nothing is gained,
    or lost, has no price: its ratio is infinite, beyond all others, and so may be an end.
    """
    n = len(below)
    none = (float("nan"), float("nan"))
    if n < 2:
        return none
    mean, half = float(below.mean()), float(half_width(n, below.std(ddof=1), cover, kind))
    if not abs(mean) > half:
        return none
    if kind == IGNORANCE:
        priced = below * np.sign(mean) > 0
        return _quantiles(np.where(priced, above / np.where(priced, below, 1.0), np.inf), cover)
    return _fieller(above, below, cover)


def _quantiles(ratios: F64, cover: float) -> tuple[float, float]:
    tail = (100 - cover) / 200
    if round((len(ratios) + 1) * tail, 9) < 1:
        return float("nan"), float("nan")
    low, high = (_ranked(ratios, share) for share in (tail, 1 - tail))
    return low, high


def _ranked(ratios: F64, share: float) -> float:
    """Return the quantile at rank ``share x (n + 1)`` (Weibull's), between two ratios where it is not whole."""
    ordered = np.sort(ratios)
    at = share * (len(ordered) + 1) - 1
    below, part = math.floor(round(at, 9)), round(at, 9) % 1.0
    return float(ordered[below] if part == 0 else (1 - part) * ordered[below] + part * ordered[below + 1])


def _fieller(above: F64, below: F64, cover: float) -> tuple[float, float]:
    n = len(below)
    (yy, xy), (_, xx) = np.cov(above, below) / n
    x, ratio = below.mean(), above.mean() / below.mean()
    t = student.ppf(0.5 + cover / 200, n - 1)
    g = t * t * xx / x**2
    if xx == 0:
        half = t * np.sqrt(yy) / abs(x)
        return float(ratio - half), float(ratio + half)
    inner = yy - 2 * ratio * xy + ratio**2 * xx - g * (yy - xy**2 / xx)
    middle, half = ratio - g * xy / xx, t / abs(x) * np.sqrt(max(inner, 0.0))
    return float((middle - half) / (1 - g)), float((middle + half) / (1 - g))
