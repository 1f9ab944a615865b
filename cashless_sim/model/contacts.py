"""Who is tied to whom in a run: the population's own ties, or those of a network from outside."""

from __future__ import annotations

import numpy as np

from cashless_sim.errors import BadValue
from cashless_sim.outside import is_outside, named
from cashless_sim.population.network import Network
from cashless_sim.population.population import Population

BY_TIES = "village"


def ties_of(network: str, population: Population) -> tuple[Network, str]:
    """Return the ties of a run, and how people meet: a shipped way, or along ties that ``package.module:name`` makes.

    The function named gets the population and returns its `Network`. Raises `UnknownName`, and `BadValue` for anything
    but symmetric ties of as many households.
    """
    if not is_outside(network):
        return population.network, network
    make = named("network", network)
    made = make(population) if callable(make) else None
    if not (isinstance(made, Network) and made.n == population.n and _is_sound(made)):
        expected = f"a function that returns a Network of {population.n} households, each tie from both ends"
        raise BadValue(what="network", value=network, expected=expected)
    return made, BY_TIES


def _is_sound(made: Network) -> bool:
    """Return whether rows are whole, all ends are households, and every tie is there from both of its ends."""
    indptr, ends = made.indptr, made.indices
    if indptr.dtype != np.int64 or ends.dtype != np.int32 or indptr[0] != 0 or indptr[-1] != len(ends):
        return False
    if (made.degree < 0).any() or not ((ends >= 0) & (ends < made.n)).all():
        return False
    starts = np.repeat(np.arange(made.n), made.degree)
    there, back = starts * made.n + ends, ends.astype(np.int64) * made.n + starts
    return bool(np.array_equal(np.sort(there), np.sort(back)))
