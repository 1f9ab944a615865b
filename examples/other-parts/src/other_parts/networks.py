"""As many ties as before for each household, but to anyone in the whole sample: what villages do shows against it."""

from __future__ import annotations

import numpy as np
from cashless_sim.population.network import Network
from cashless_sim.population.population import Population
from cashless_sim.streams import uniforms

SEED = 11


def anyone(people: Population) -> Network:
    """Return ties that join ends at random: each household offers as many as it has; ties to itself or twice drop."""
    degree = people.network.degree
    luck = [uniforms(SEED, people.ids, 0, "other_parts.anyone", 0, k) for k in range(int(degree.max()))]
    rows = np.concatenate([np.flatnonzero(degree > k) for k in range(len(luck))])
    drawn = np.concatenate([u[degree > k] for k, u in enumerate(luck)])
    ends = rows[np.lexsort((rows, drawn))]
    pairs = ends[: len(ends) // 2 * 2].reshape(-1, 2)
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(both[:, 0], minlength=people.n))]).astype(np.int64)
    return Network(indptr, both[:, 1].astype(np.int32), people.network.spec)
