"""Diffusion theories with known answers, and the Bass model fitted to series of sales."""

from cashless_sim.theory.bass_fit import BassFit, bass_sales, fit_mle, fit_nls
from cashless_sim.theory.limits import (
    FixedPoint,
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

__all__ = [
    "BassFit",
    "FixedPoint",
    "bass",
    "bass_monthly",
    "bass_sales",
    "critical_spread",
    "critical_telling",
    "exponential",
    "fit_mle",
    "fit_nls",
    "fixed_points",
    "path",
    "reached",
    "social_logit",
    "thresholds",
    "tipping_range",
]
