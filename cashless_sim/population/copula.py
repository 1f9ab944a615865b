"""The joint shape of people's traits: a Gaussian copula with the correlations that are stated."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import DataProblem

Matrix = list[list[float]]
Pairs = tuple[tuple[str, str, float], ...]
F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Copula:
    """Standard normal scores of named traits; unstated pairs are independent given the other traits."""

    names: tuple[str, ...]
    correlation: tuple[tuple[float, ...], ...]
    factor: tuple[tuple[float, ...], ...]

    def of(self, first: str, second: str) -> float:
        """Return the correlation of two traits."""
        return self.correlation[self.names.index(first)][self.names.index(second)]

    def scores(self, independent: Sequence[F64]) -> Mapping[str, F64]:
        """Return correlated scores from independent ones, one array a trait: ``float64[n]`` each."""
        found: dict[str, F64] = {}
        for name, row in zip(self.names, self.factor, strict=True):
            total = np.zeros_like(independent[0])
            for weight, score in zip(row, independent, strict=False):
                if weight != 0.0:
                    total += weight * score
            found[name] = total
        return found


@lru_cache(maxsize=64)
def copula(names: tuple[str, ...], pairs: Pairs) -> Copula:
    """Return the copula of the stated pairs; raise `DataProblem` when no such people can exist."""
    stated = {frozenset((a, b)): r for a, b, r in pairs if a in names and b in names}
    size = len(names)
    matrix = [
        [1.0 if i == j else stated.get(frozenset((names[i], names[j])), 0.0) for j in range(size)] for i in range(size)
    ]
    free = [(i, j) for i in range(size) for j in range(i) if frozenset((names[i], names[j])) not in stated]
    linked = [(i, j) for i, j in free if _reachable(i, j, matrix)]
    _complete(matrix, linked)
    return Copula(names, _frozen(matrix), _frozen(cholesky(matrix)))


def cholesky(matrix: Matrix) -> Matrix:
    """Return the lower factor of a correlation matrix; raise `DataProblem` if it is not positive definite."""
    size = len(matrix)
    factor = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - math.fsum(factor[i][k] * factor[j][k] for k in range(j))
            if i == j and not rest > 1e-9:
                raise DataProblem(
                    problem="the correlations contradict each other",
                    expected="a positive definite matrix",
                    next="bring the largest ones nearer to 0",
                )
            factor[i][j] = math.sqrt(rest) if i == j else rest / factor[j][j]
    return factor


def _complete(matrix: Matrix, free: list[tuple[int, int]], sweeps: int = 60) -> None:
    """Set each unstated pair so that the two are independent given all others (greatest entropy)."""
    for _ in range(sweeps if free else 0):
        moved = 0.0
        for i, j in free:
            others = [k for k in range(len(matrix)) if k not in (i, j)]
            inner = [[matrix[a][b] for b in others] for a in others]
            solved = _solve(inner, [matrix[j][a] for a in others])
            value = math.fsum(matrix[i][a] * x for a, x in zip(others, solved, strict=True))
            moved = max(moved, abs(value - matrix[i][j]))
            matrix[i][j] = matrix[j][i] = value
        if moved < 1e-12:
            break


def _solve(matrix: Matrix, right: list[float]) -> list[float]:
    """Return x of matrix x = right, by the lower factor."""
    lower, size = cholesky(matrix), len(right)
    y = [0.0] * size
    for i in range(size):
        y[i] = (right[i] - math.fsum(lower[i][k] * y[k] for k in range(i))) / lower[i][i]
    x = [0.0] * size
    for i in reversed(range(size)):
        x[i] = (y[i] - math.fsum(lower[k][i] * x[k] for k in range(i + 1, size))) / lower[i][i]
    return x


def _reachable(i: int, j: int, matrix: Matrix) -> bool:
    seen, edge = {i}, [i]
    while edge:
        here = edge.pop()
        for k, r in enumerate(matrix[here]):
            if r != 0.0 and k not in seen:
                seen.add(k)
                edge.append(k)
    return j in seen


def _frozen(matrix: Matrix) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in matrix)
