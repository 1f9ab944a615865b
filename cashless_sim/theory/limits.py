"""Diffusion theories with known answers: what the month must become when everything else is switched off.

Shares are of households, in [0, 1]; times are months; hazards and the coefficients p and q are per month.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, lambertw, logit, ndtr

from cashless_sim.errors import BadValue

F64 = NDArray[np.float64]
Map = Callable[[Any], Any]
"""A share next month from the share this month; takes floats and arrays."""


@dataclass(frozen=True)
class FixedPoint:
    """A share that maps to itself, and whether small departures from it die out."""

    share: float
    stable: bool


# -- no contact, and everyone in contact with everyone -------------------------------------------------------------
def exponential(t: Any, hazard: float) -> F64:
    """Return the share that has adopted by month t at a constant hazard, without contact: ``float64`` like t.

    Raises `BadValue` for a hazard below 0.
    """
    _not_negative("hazard", hazard)
    return np.asarray(-np.expm1(-hazard * np.asarray(t, dtype=np.float64)))


def bass(t: Any, p: float, q: float, start: float = 0.0) -> F64:
    """Return the closed form of dF/dt = (1 − F)(p + qF) with F(0) = start: ``float64`` like t [Bass1969].

    Raises `BadValue` for coefficients below 0, both 0, or a start outside [0, 1].
    """
    _bass_checked(p, q, start)
    if p == 0 and start == 0:
        return np.zeros(np.shape(t))
    left = (1.0 - start) * np.exp(-(p + q) * np.asarray(t, dtype=np.float64))
    pull = p + q * start
    return np.asarray((pull - p * left) / (pull + q * left))


def bass_monthly(p: float, q: float, months: int, start: float = 0.0, ties: int | None = None) -> F64:
    """Return the Bass model when households meet once a month: ``float64[months + 1]``, the start first.

    Each month the hazard p + qF of last month's share F works for the whole month, so a household adopts with
    chance 1 − exp(−p − qF). With ``ties`` the share that is met is rounded to so many contacts, as the well-mixed
    model rounds it. Raises `BadValue` as `bass` does, and for months below 0.
    """
    _bass_checked(p, q, start)
    _not_negative("months", months)
    path = np.empty(months + 1)
    path[0] = start
    for t in range(months):
        met = path[t] if ties is None else np.rint(path[t] * ties) / ties
        path[t + 1] = path[t] - (1.0 - path[t]) * np.expm1(-(p + q * met))
    return path


# -- fixed points ----------------------------------------------------------------------------------------------------
def path(move: Map, months: int, start: float = 0.0) -> F64:
    """Return the shares month by month when all move at once: ``float64[months + 1]``, the start first."""
    shares = np.empty(months + 1)
    shares[0] = start
    for t in range(months):
        shares[t + 1] = move(shares[t])
    return shares


def fixed_points(move: Map, grid: int = 20_001) -> tuple[FixedPoint, ...]:
    """Return the shares in [0, 1] that a smooth map keeps, rising, with their stability.

    Two that lie closer together than 1/grid are not told apart.
    """
    shares = np.linspace(0.0, 1.0, grid)
    above = np.asarray(move(shares), dtype=np.float64) - shares
    signs = np.sign(above)
    found = [_fixed(move, float(shares[i])) for i in np.flatnonzero(signs == 0)]
    for i in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        root = brentq(lambda s: float(move(s)) - s, float(shares[i]), float(shares[i + 1]), xtol=1e-14)
        found.append(_fixed(move, float(root)))
    return tuple(sorted(found, key=lambda point: point.share))


def _fixed(move: Map, share: float) -> FixedPoint:
    low, high = max(0.0, share - 1e-6), min(1.0, share + 1e-6)
    slope = (float(move(high)) - float(move(low))) / (high - low)
    return FixedPoint(share, abs(slope) < 1.0)


def thresholds(mean: float, spread: float) -> Map:
    """Return the map of thresholds that are normal with a mean and a standard deviation [Granovetter1978].

    Next month act those whose threshold is at most this month's share; those below 0 act unasked, those above 1
    never. Raises `BadValue` for a spread of 0 or less.
    """
    if not spread > 0:
        raise BadValue(what="spread of thresholds", value=spread, expected="a share above 0")
    return lambda share: ndtr((np.asarray(share, dtype=np.float64) - mean) / spread)


def social_logit(digital: float, belief: float) -> Map:
    """Return the map of a logit choice with social interactions [BrockDurlauf2001].

    A household picks the digital method with chance 1 / (1 + exp(−digital − belief × share)). In the paper's
    letters, with m = 2 × share − 1: 2βh = digital + belief / 2 and 2βJ = belief / 2.
    """
    return lambda share: expit(digital + belief * np.asarray(share, dtype=np.float64))


def tipping_range(belief: float) -> tuple[float, float] | None:
    """Return the tastes (logit units) between which `social_logit` has two stable shares; None without any.

    There are some only when βJ > 1, that is belief > 4 [BrockDurlauf2001].
    """
    if belief <= 4.0:
        return None
    half = np.sqrt(0.25 - 1.0 / belief)
    low, high = 0.5 - half, 0.5 + half
    return float(logit(high) - belief * high), float(logit(low) - belief * low)


def critical_spread(mean: float, lowest: float = 1e-3, highest: float = 1.0) -> float:
    """Return the spread of normal thresholds at which the end of a start from nobody jumps [Granovetter1978].

    Below it some few act, above it nearly all. Raises `BadValue` when there is no jump between the two ends.
    """

    def few(spread: float) -> bool:
        return fixed_points(thresholds(mean, spread))[0].share < mean

    if not few(lowest) or few(highest):
        raise BadValue(what="mean threshold", value=mean, expected="one with a jump, between 0 and a half")
    while highest - lowest > 1e-7:
        middle = (lowest + highest) / 2.0
        lowest, highest = (middle, highest) if few(middle) else (lowest, middle)
    return (lowest + highest) / 2.0


# -- word of mouth on a sparse network -----------------------------------------------------------------------------
def reached(told: float, seeds: float = 0.0, reachable: float = 1.0) -> float:
    """Return the share that word of mouth reaches at last in a large random network, seeds included [Newman2002].

    ``told`` is how many contacts a household tells: mean degree × chance of telling along a tie, degrees being
    Poisson. ``seeds`` is the share that knows at first, ``reachable`` the share of the others who can come to know.
    Without seeds it is the giant component, 0 up to told × reachable = 1. Raises `BadValue` for told below 0, or
    shares outside [0, 1].
    """
    _not_negative("told", told)
    _share("seeds", seeds)
    _share("reachable", reachable)
    if seeds == 0.0 and told * reachable <= 1.0:
        return 0.0
    if told == 0.0:
        return seeds
    others = (1.0 - seeds) * reachable
    most = seeds + others
    return float(most + lambertw(-others * told * np.exp(-most * told)).real / told)


def critical_telling(degrees: Any) -> float:
    """Return the chance of telling along a tie at which word of mouth begins to go far: ⟨k⟩ / ⟨k² − k⟩ [Newman2002].

    ``degrees`` are the numbers of contacts, ``[n]``, of a network without other order; 1/c when they are Poisson
    with mean c. Raises `BadValue` when nobody has two contacts.
    """
    k = np.asarray(degrees, dtype=np.float64)
    onward = float(np.mean(k * (k - 1.0)))
    if onward <= 0:
        raise BadValue(what="largest number of contacts", value=float(k.max(initial=0)), expected="2 or more")
    return float(np.mean(k)) / onward


# -- refusals --------------------------------------------------------------------------------------------------------
def _not_negative(what: str, value: float) -> None:
    if not 0 <= value < np.inf:
        raise BadValue(what=what, value=value, expected="a number of 0 or more")


def _share(what: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise BadValue(what=what, value=value, expected="a share in [0, 1]")


def _bass_checked(p: float, q: float, start: float) -> None:
    _not_negative("p", p)
    _not_negative("q", q)
    _share("start", start)
    if p == 0 and q == 0:
        raise BadValue(what="p and q", value=0, expected="one of them above 0")
