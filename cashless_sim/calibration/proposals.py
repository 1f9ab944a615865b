"""Where the next simulations are tried: around what fitted, on the scale on which the prior is normal."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, gammaln, ndtri

import cashless_sim.streams as streams

F64 = NDArray[np.float64]
FREEDOM = 8.0
"""Degrees of freedom of the proposal: its tails are heavier than those of what it looks for."""


@dataclass(frozen=True)
class Proposal:
    """Student's t about ``middle[k]`` with spread ``L L'``, ``root[k, k]``, on the scale z = Φ⁻¹(share of the prior).

    The prior is a standard normal there and its bounds lie at infinity: no step leaves the prior, so that nothing
    is cut off and no weight needs mending for it. It rests on mean and spread alone: a kernel around each point
    would find every point likely that it was made from.
    """

    middle: F64
    root: F64

    def density(self, z: F64) -> F64:
        """Return the density of each row of ``z[n, k]``: float64[n]."""
        width = z.shape[1]
        square = (_solved(self.root, z - self.middle) ** 2).sum(axis=1)
        constant = (
            float(gammaln((FREEDOM + width) / 2) - gammaln(FREEDOM / 2))
            - width / 2 * math.log(FREEDOM * math.pi)
            - float(np.log(np.diag(self.root)).sum())
        )
        return np.asarray(np.exp(constant - (FREEDOM + width) / 2 * np.log1p(square / FREEDOM)))

    def drawn(self, seed: int, draws: NDArray[np.uint32]) -> F64:
        """Return one proposed z for each draw number, keyed by it: float64[n, k]."""
        steps = standard(seed, draws, len(self.middle))
        squares = 2 * gammaincinv(FREEDOM / 2, luck(seed, draws, "length"))
        stretched = steps * np.sqrt(FREEDOM / squares)[:, None]
        return np.asarray(self.middle + np.einsum("ij,nj->ni", self.root, stretched))


def luck(seed: int, draws: NDArray[np.uint32], name: str, index: int = 0) -> F64:
    """Return a uniform in (0, 1) for each draw number: float64[n]."""
    return streams.uniforms(seed, draws, 0, f"calibration.{name}", index=index).astype(np.float64)


def standard(seed: int, draws: NDArray[np.uint32], width: int) -> F64:
    """Return standard normals ``float64[n, width]`` keyed by draw number: what the prior itself looks like in z."""
    return np.stack([ndtri(luck(seed, draws, "step", j)) for j in range(width)], axis=1)


def around(z: F64, weights: F64, effective: float) -> Proposal:
    """Return the proposal with mean and spread of weighted points ``z[n, k]``, worth ``effective`` even ones.

    Both are drawn towards the prior's, the more so the fewer points carry them.
    """
    width = z.shape[1]
    middle = np.einsum("n,nk->k", weights, z)
    centred = z - middle
    spread = np.einsum("n,nj,nk->jk", weights, centred, centred)
    trusted = effective / (effective + width)
    return Proposal(trusted * middle, _root(trusted * spread + (1 - trusted) * np.eye(width)))


def _root(matrix: F64) -> F64:
    """Return the lower Cholesky root, in plain arithmetic."""
    size = len(matrix)
    root = np.zeros((size, size))
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i, j] - (root[i, :j] * root[j, :j]).sum()
            root[i, j] = math.sqrt(max(rest, 1e-12)) if i == j else rest / root[j, j]
    return root


def _solved(root: F64, rows: F64) -> F64:
    """Return ``root⁻¹ row`` for each row."""
    found = np.empty_like(rows)
    for i in range(rows.shape[1]):
        found[:, i] = (rows[:, i] - (found[:, :i] * root[i, :i]).sum(axis=1)) / root[i, i]
    return found
