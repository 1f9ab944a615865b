"""Where the next simulations are tried: a kernel around what fitted, on the scale on which the prior is normal."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

import cashless_sim.streams as streams

F64 = NDArray[np.float64]
TWO_PI = 2 * math.pi
SMALLEST = 1e-9
"""Parents below this share of the heaviest are left out of the kernel, in the draw and in its density alike."""


@dataclass(frozen=True)
class Proposal:
    """A normal kernel ``N(parent, L L')`` around weighted parents: ``parents[m, k]``, ``weights[m]``, ``root[k, k]``.

    The scale is z = Φ⁻¹(share of the prior), on which the prior is a standard normal and its bounds lie at
    infinity: no step leaves the prior, so that nothing is cut off and no weight needs mending for it.
    """

    parents: F64
    weights: F64
    root: F64

    def density(self, z: F64) -> F64:
        """Return the density of each row of ``z[n, k]``: float64[n]."""
        log_det = float(np.sum(np.log(np.diag(self.root))))
        constant = math.exp(-log_det) / TWO_PI ** (z.shape[1] / 2)
        mine, theirs = _solved(self.root, z), _solved(self.root, self.parents)
        found = np.empty(len(z))
        for i, row in enumerate(mine):
            square = ((theirs - row) ** 2).sum(axis=1)
            found[i] = (self.weights * np.exp(-0.5 * square)).sum()
        return np.asarray(constant * found)

    def drawn(self, seed: int, draws: NDArray[np.uint32]) -> F64:
        """Return one proposed z for each draw number, keyed by it: float64[n, k]."""
        edges = np.cumsum(self.weights)
        chosen = np.searchsorted(edges, luck(seed, draws, "parent") * edges[-1], side="right")
        steps = standard(seed, draws, self.parents.shape[1])
        parents = self.parents[np.minimum(chosen, len(self.parents) - 1)]
        return np.asarray(parents + np.einsum("ij,nj->ni", self.root, steps))


def luck(seed: int, draws: NDArray[np.uint32], name: str, index: int = 0) -> F64:
    """Return a uniform in (0, 1) for each draw number."""
    return streams.uniforms(seed, draws, 0, f"calibration.{name}", index=index).astype(np.float64)


def standard(seed: int, draws: NDArray[np.uint32], width: int) -> F64:
    """Return standard normals ``float64[n, width]`` keyed by draw number: what the prior itself looks like in z."""
    return np.stack([ndtri(luck(seed, draws, "step", j)) for j in range(width)], axis=1)


def around(z: F64, weights: F64, effective: float) -> Proposal:
    """Return the kernel around weighted points ``z[n, k]``, whose weights are worth ``effective`` even ones.

    Its width is Silverman's; the covariance is drawn towards the prior's, the more so the fewer points carry it.
    """
    kept = weights > SMALLEST * weights.max()
    z, weights = z[kept], weights[kept] / weights[kept].sum()
    width = z.shape[1]
    centred = z - np.einsum("n,nk->k", weights, z)
    spread = np.einsum("n,nj,nk->jk", weights, centred, centred)
    trusted = effective / (effective + width)
    spread = trusted * spread + (1 - trusted) * np.eye(width)
    squeeze = (4 / ((width + 2) * effective)) ** (2 / (width + 4))
    return Proposal(z, weights, _root(squeeze * spread))


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
