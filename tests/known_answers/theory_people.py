"""People who differ in nothing but their id, and the random networks that theory speaks of."""

from functools import lru_cache

import numpy as np

from cashless_sim.data import place
from cashless_sim.population.columns import Columns
from cashless_sim.population.layout import Cell
from cashless_sim.population.network import Network, NetworkSpec
from cashless_sim.population.population import Population
from cashless_sim.population.synthesis import COLUMNS

ALIKE = {"size": 2, "adults": 2, "age": 40, "income": 3000, "smartphone": True, "account": True, "sim_own": True}
"""One electricity bill, a phone and an account; everything else is no or zero."""


@lru_cache(maxsize=1)
def home():
    return place("hung-yen")


def people(n: int, network: Network | None = None) -> Population:
    """Return n households alike, each standing for itself; without a network nobody is tied to anybody."""
    columns = Columns(n)
    for column in COLUMNS:
        columns.add(column, np.full(n, ALIKE.get(column.name, 0)))
    return Population(
        place=home(),
        seed=0,
        ids=np.arange(1, n + 1, dtype=np.uint32),
        columns=columns,
        cell=np.zeros(n, dtype=np.uint8),
        cells=(Cell(str(home().districts["district"].iloc[0]), False),),
        village=np.zeros(n, dtype=np.int32),
        weight=np.ones(n),
        network=network or tied(n, np.zeros((0, 2), dtype=np.int64)),
        full_size=n,
        poor_below=0.0,
    )


def tied(n: int, pairs: np.ndarray) -> Network:
    """Return the network of these pairs of rows, each counted once; a pair of one row with itself is left out."""
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(both[:, 0], minlength=n))])
    return Network(indptr.astype(np.int64), both[:, 1].astype(np.int32), NetworkSpec())


def random_ties(n: int, degree: float, seed: int) -> Network:
    """Return a random network with Poisson degrees of a mean: any two are tied with the same small chance."""
    luck = np.random.default_rng(seed)
    return tied(n, luck.integers(0, n, size=(luck.poisson(degree * n / 2), 2)))


def ring_ties(n: int, degree: int) -> Network:
    """Return a ring in which everyone is tied to the nearest rows: as clustered as can be."""
    rows = np.arange(n)
    return tied(n, np.concatenate([np.stack([rows, (rows + k) % n], axis=1) for k in range(1, degree // 2 + 1)]))
