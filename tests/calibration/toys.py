"""Small simulators with known posteriors, importable by worker processes."""

import os
import time
from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri

from cashless_sim.calibration.check import Measured
from cashless_sim.calibration.priors import Prior
from cashless_sim.calibration.proposals import luck

WIDE = Prior("mean", -10.0, 10.0)
CUT = Prior("mean", 0.0, 10.0)
LOGARITHMIC = Prior("mean", 0.01, 10.0, True)
PAIR = (Prior("mean", 0.0, 5.0), Prior("scale", 0.1, 10.0, True))
PAIR_TARGETS = (Measured("first", 2.0, 0.4), Measured("second", 2.0, 1.0))
NOISE = 0.3


def noise(draw: int) -> float:
    """Return the simulator's own luck, standard normal."""
    return float(ndtri(luck(7, np.array([draw], dtype=np.uint32), "toy")[0]))


def exact(values: Mapping[str, float], draw: int) -> tuple[float, ...]:
    """Tell the mean itself."""
    return (values["mean"],)


def noisy(values: Mapping[str, float], draw: int) -> tuple[float, ...]:
    """Tell the mean with luck of SD `NOISE`."""
    return (values["mean"] + NOISE * noise(draw),)


def pair(values: Mapping[str, float], draw: int) -> tuple[float, ...]:
    """Tell two figures that two numbers share."""
    return (values["mean"] + NOISE * noise(draw), values["mean"] * values["scale"])


def slow(values: Mapping[str, float], draw: int) -> tuple[float, ...]:
    """Be `pair`, but take a while."""
    time.sleep(float(os.environ.get("TOY_SECONDS", "0")))
    return pair(values, draw)


def sometimes(values: Mapping[str, float], draw: int) -> tuple[float, ...]:
    """Fail in every third draw."""
    return (float("nan"),) if draw % 3 == 0 else exact(values, draw)


def hopeless(values: Mapping[str, float], draw: int) -> tuple[float, ...]:
    """Always fail."""
    return (float("nan"),)


def known(prior: Prior, value: float, sd: float) -> tuple[float, float]:
    """Return mean and SD of the posterior by summing over a fine grid."""
    grid = np.linspace(prior.low, prior.high, 400_001)
    weight = np.exp(-0.5 * ((grid - value) / sd) ** 2) / (grid if prior.log else 1.0)
    weight /= weight.sum()
    mean = float((weight * grid).sum())
    return mean, float((weight * (grid - mean) ** 2).sum()) ** 0.5


MANY = 25
FEW = tuple(Prior(f"number{k}", 0.0, 1.0) for k in range(4))
MANY_TARGETS = tuple(Measured(f"figure{j}", 0.0, 0.2) for j in range(MANY))


def many(values: Mapping[str, float], draw: int) -> tuple[float, ...]:
    """Tell many figures of few numbers, noisily and not quite straight; nothing tells the last number."""
    told = np.array([values[prior.name] - 0.5 for prior in FEW[:-1]])
    luck_ = [float(ndtri(luck(7, np.array([draw], dtype=np.uint32), "many", j)[0])) for j in range(MANY)]
    pulls = np.array([[((3 * j + 5 * k) % 7 - 3) / 4 * (j % 3 == k) for k in range(len(told))] for j in range(MANY)])
    straight = pulls @ told
    return tuple(map(float, straight + 0.3 * straight**2 + 0.25 * np.array(luck_)))
