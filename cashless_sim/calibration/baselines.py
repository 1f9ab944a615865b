"""What a model must beat: last value, logistic, Bass, Bass with dated pulses, fitted to the same figures.

Each is fitted anew to figures moved by their own errors (a parametric bootstrap) and to survey months drawn as for the
model, so that its forecast is a distribution too. Two or three figures do not tell the coefficients of a Bass curve:
they are held near the means of published ones [Sultan1990].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import expit, logit

from cashless_sim.theory.limits import bass
from cashless_sim.units import month_number

F64 = NDArray[np.float64]
Forecast = Callable[[float], float]
YEAR = 12.0
P, Q = 0.03 / YEAR, 0.38 / YEAR
"""Means of published coefficients, a month [Sultan1990]."""
SPREAD_P, SPREAD_Q, SPREAD_PULSE = 1.0, 0.5, 0.7
"""SD of their logarithms between products, and of the logarithm of what a pulse does; assumed."""
PULSES = (("2020-03", "2021-10"), ("2021-03", "2030-12"))
"""Months in which adoption may run faster: COVID-19 keeps people from counters; accounts open by phone."""
NAMES = ("last value", "logistic", "Bass", "Bass with pulses")
EDGE = 1e-4


@dataclass(frozen=True)
class Figure:
    """A published share with its error, of a month (a number, may be drawn)."""

    month: float
    value: float
    sd: float


def last_value(figures: Sequence[Figure]) -> Forecast:
    """Return the forecast that nothing changes after the last figure."""
    last = min(max(max(figures, key=lambda one: one.month).value, 0.0), 1.0)
    return lambda month: last


def logistic(figures: Sequence[Figure]) -> Forecast:
    """Return the logistic curve up to 1 through the figures, by weighted least squares on its straight scale.

    A single figure tells no slope: nothing changes then.
    """
    if len(figures) < 2:
        return last_value(figures)
    months, shares, errors = _columns(figures)
    weight = shares * (1 - shares) / errors
    slope, level = np.polyfit(months - months[0], logit(shares), 1, w=weight)
    return lambda month: float(expit(level + slope * (month - months[0])))


def bass_curve(figures: Sequence[Figure]) -> Forecast:
    """Return the Bass curve from the first figure on, its coefficients near the published ones."""
    return _diffusion(figures, pulsed=False)


def bass_with_pulses(figures: Sequence[Figure]) -> Forecast:
    """Return the generalised Bass curve whose clock runs faster in the months of `PULSES` [BassKrishnanJain1994]."""
    return _diffusion(figures, pulsed=True)


METHODS: dict[str, Callable[[Sequence[Figure]], Forecast]] = dict(
    zip(NAMES, (last_value, logistic, bass_curve, bass_with_pulses), strict=True)
)


def clock(month: float, since: float, gains: Sequence[float]) -> float:
    """Return the months from ``since`` to ``month`` as the diffusion counts them: more of them while a pulse lasts."""
    run = month - since
    for (first, last), gain in zip(PULSES, gains, strict=True):
        start, end = month_number(first), month_number(last) + 1
        run += gain * max(0.0, min(month, end) - max(since, start))
    return run


def _diffusion(figures: Sequence[Figure], pulsed: bool) -> Forecast:
    ordered = sorted(figures, key=lambda one: one.month)
    months, shares, errors = _columns(ordered)
    start, since = float(shares[0]), float(months[0])
    width = len(PULSES) if pulsed else 0

    def curve(x: F64, month: float) -> float:
        gains = [np.exp(SPREAD_PULSE * g) - 1.0 for g in x[2:]] or [0.0] * len(PULSES)
        p, q = P * np.exp(SPREAD_P * x[0]), Q * np.exp(SPREAD_Q * x[1])
        return float(bass(clock(month, since, gains), p, q, start))

    def misses(x: F64) -> F64:
        found = [(curve(x, m) - y) / e for m, y, e in zip(months[1:], shares[1:], errors[1:], strict=True)]
        return np.concatenate([np.array(found), x])

    best = least_squares(misses, np.zeros(2 + width), method="lm").x if len(ordered) > 1 else np.zeros(2 + width)
    return lambda month: curve(best, month)


def _columns(figures: Sequence[Figure]) -> tuple[F64, F64, F64]:
    months = np.array([one.month for one in figures], dtype=np.float64)
    shares = np.clip([one.value for one in figures], EDGE, 1 - EDGE)
    return months, shares, np.array([one.sd for one in figures])
