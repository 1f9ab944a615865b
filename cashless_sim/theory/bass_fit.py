"""The Bass model fitted to a series of sales, with intervals, pulses and predictions.

Sales of period t are m (F(X_t) − F(X_{t−1})), F the closed form and X the clock: 1 a period, more where a pulse runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, least_squares, minimize
from scipy.special import ndtri

from cashless_sim.errors import BadValue
from cashless_sim.theory.limits import bass

F64 = NDArray[np.float64]
STARTS = ((0.005, 0.3), (0.02, 0.4), (0.05, 0.2), (0.001, 0.6))
"""p and q a period from which each fit begins; the best end is kept."""
FEWEST = 5
STEP = 1e-5


@dataclass(frozen=True)
class BassFit:
    """Coefficients p, q a period, market m in the unit of sales, effects of pulses (1 doubles the clock).

    ``spread`` is the covariance of log p, log q, log m and the pulses, ``[3 + k, 3 + k]``; ``noise`` the variance of
    sales over what the method takes for granted: of one sale in NLS, over its mean in MLE.
    """

    p: float
    q: float
    m: float
    pulses: tuple[float, ...]
    spread: F64
    noise: float
    method: str
    shapes: F64

    def intervals(self, level: float = 0.95) -> dict[str, tuple[float, float]]:
        """Return the interval of each coefficient: of p, q, m on the logarithm, so that none falls below 0."""
        reach = float(ndtri(0.5 + level / 2)) * np.sqrt(np.diag(self.spread))
        found = {}
        for k, (name, value) in enumerate((("p", self.p), ("q", self.q), ("m", self.m))):
            found[name] = (value * float(np.exp(-reach[k])), value * float(np.exp(reach[k])))
        for k, value in enumerate(self.pulses):
            found[f"pulse {k + 1}"] = (value - float(reach[3 + k]), value + float(reach[3 + k]))
        return found

    def predict(self, periods: int, level: float = 0.95, shapes: F64 | None = None) -> F64:
        """Return sales of each period from the first on with the interval of a new figure: float64[periods, 3].

        Columns low, middle, high: the uncertainty of the coefficients, by their slopes, and the noise of a figure.
        ``shapes[k, periods]`` are the pulses; those of the fit, none after its end, if None.
        """
        given = self.shapes if shapes is None else np.asarray(shapes, dtype=np.float64)
        wide = np.zeros((len(self.pulses), periods))
        wide[:, : given.shape[1]] = given[:, :periods]
        x = np.array([np.log(self.p), np.log(self.q), np.log(self.m), *self.pulses])
        middle = _sales(x, periods, wide)
        slopes = _slopes(x, periods, wide)
        scale = np.ones(periods) if self.method == "NLS" else middle
        variance = np.einsum("it,ij,jt->t", slopes, self.spread, slopes) + self.noise * scale
        reach = float(ndtri(0.5 + level / 2)) * np.sqrt(variance)
        return np.stack([np.maximum(0.0, middle - reach), middle, middle + reach], axis=1)


def bass_sales(
    p: float, q: float, m: float, periods: int, pulses: Sequence[float] = (), shapes: F64 | None = None
) -> F64:
    """Return sales of each period, ``float64[periods]``, of the (generalised) Bass model [Bass1969].

    ``shapes[k, periods]`` say when pulse k runs (0 to 1). Raises `BadValue` as `bass` does.
    """
    x = np.array([np.log(p), np.log(q), np.log(m), *pulses]) if min(p, q, m) > 0 else None
    if x is None:
        raise BadValue(what="p, q and m", value=(p, q, m), expected="numbers above 0")
    return _sales(x, periods, np.zeros((0, periods)) if shapes is None else np.asarray(shapes, dtype=np.float64))


def fit_nls(sales: Sequence[float], shapes: F64 | None = None) -> BassFit:
    """Return the fit of least squares to sales [SrinivasanMason1986]; raise `BadValue` for a series too short."""
    y, wide = _checked(sales, shapes)

    def run(x: F64) -> OptimizeResult:
        return least_squares(lambda z: (_sales(z, len(y), wide) - y) / y.mean(), x, x_scale="jac")

    best = _best(run, y, wide)
    free = max(1, len(y) - len(best.x))
    noise = float(((_sales(best.x, len(y), wide) - y) ** 2).sum()) / free
    spread = np.asarray(np.linalg.pinv(best.jac.T @ best.jac) * noise / y.mean() ** 2, dtype=np.float64)
    return _made(best.x, spread, noise, "NLS", wide)


def fit_mle(sales: Sequence[float], shapes: F64 | None = None) -> BassFit:
    """Return the fit of greatest likelihood, sales counted one by one; raise `BadValue` for a series too short.

    Grouped times of adoption in a market without a known limit: Poisson counts [SchmittleinMahajan1982]. Intervals are
    widened by how much more the counts vary than Poisson's, when they do.
    """
    y, wide = _checked(sales, shapes)

    def run(x: F64) -> OptimizeResult:
        return minimize(lambda z: _deviance(_sales(z, len(y), wide), y), x, method="BFGS", options={"gtol": 1e-8})

    best = _best(run, y, wide)
    mean = _sales(best.x, len(y), wide)
    slopes = _slopes(best.x, len(y), wide)
    noise = max(1.0, float(((y - mean) ** 2 / mean).sum()) / max(1, len(y) - len(best.x)))
    spread = np.asarray(np.linalg.pinv((slopes / mean) @ slopes.T) * noise, dtype=np.float64)
    return _made(best.x, spread, noise, "MLE", wide)


def _sales(x: F64, periods: int, shapes: F64) -> F64:
    p, q, m = np.exp(np.clip(x[:3], -30.0, 30.0))
    speed = np.maximum(0.0, 1.0 + np.asarray(x[3:]) @ shapes)
    shares = bass(np.concatenate([[0.0], np.cumsum(speed)]), float(p), float(q))
    return np.asarray(m * np.diff(shares))


def _deviance(mean: F64, y: F64) -> float:
    """Return Poisson's deviance a sale: 0 where all is met."""
    safe = np.maximum(mean, 1e-9)
    logs = np.where(y > 0, y * np.log(np.maximum(y, 1e-300) / safe), 0.0)
    return 2.0 * float((logs - y + safe).sum()) / float(y.sum())


def _best(run: Callable[[F64], OptimizeResult], y: F64, shapes: F64) -> OptimizeResult:
    total = float(y.sum())
    starts = [np.array([np.log(p), np.log(q), np.log(1.5 * total), *np.zeros(len(shapes))]) for p, q in STARTS]
    return min((run(start) for start in starts), key=lambda one: float(one.cost if "cost" in one else one.fun))


def _slopes(x: F64, periods: int, shapes: F64) -> F64:
    """Return the slope of each period's sales by each coefficient: float64[3 + k, periods]."""
    steps = STEP * np.eye(len(x))
    return np.stack([(_sales(x + h, periods, shapes) - _sales(x - h, periods, shapes)) / (2 * STEP) for h in steps])


def _made(x: F64, spread: F64, noise: float, method: str, shapes: F64) -> BassFit:
    p, q, m = map(float, np.exp(x[:3]))
    return BassFit(p, q, m, tuple(map(float, x[3:])), np.asarray(spread), noise, method, shapes)


def _checked(sales: Sequence[float], shapes: F64 | None) -> tuple[F64, F64]:
    y = np.asarray(sales, dtype=np.float64)
    wide = np.zeros((0, len(y))) if shapes is None else np.atleast_2d(np.asarray(shapes, dtype=np.float64))
    if y.ndim != 1 or len(y) < FEWEST + len(wide) or not np.isfinite(y).all() or y.min() < 0 or y.sum() == 0:
        raise BadValue(what="sales", value=list(y)[:5], expected=f"{FEWEST + len(wide)} or more numbers of 0 or more")
    if wide.shape[1] != len(y):
        raise BadValue(what="periods of the pulses", value=wide.shape[1], expected=f"{len(y)}, as of the sales")
    return y, wide
