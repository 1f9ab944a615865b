"""Whom campaigns reach: the compiled passes against numpy and keyed luck."""

import numpy as np
import pytest

from cashless_sim.rules.reach import BLOCK, below, by_group, first_units, keyed_units
from cashless_sim.streams import key, purpose, uniforms

KEYS = (np.uint32(5), np.uint32(77), np.uint32(3), *(np.uint32(k) for k in key(11)))


@pytest.mark.parametrize("n", [0, 1, BLOCK - 1, BLOCK, 3 * BLOCK + 7])
@pytest.mark.parametrize("limit", [0.0, 0.3, 1.0])
def test_those_below_a_limit_are_found_with_their_luck(n, limit):
    ids = np.arange(n, dtype=np.uint32)[::-1].copy()
    units = keyed_units(ids, *KEYS)
    where, luck = below(np.float32(limit), ids, *KEYS)
    assert np.array_equal(where, np.flatnonzero(units[0] < np.float32(limit)))
    assert np.array_equal(luck, units[1:3, where])
    assert np.array_equal(first_units(ids, *KEYS), units[0])


def test_first_units_are_those_of_the_named_stream():
    ids = np.array([0, 7, 2**32 - 1], dtype=np.uint32)
    name = "campaign.x"
    keys = (np.uint32(5), np.uint32(purpose(name)), np.uint32(3), *(np.uint32(k) for k in key(11)))
    assert np.array_equal(first_units(ids, *keys), uniforms(11, ids, 5, name, 3))


@pytest.mark.parametrize("count", [1, 10, 300])
def test_groups_are_those_of_a_stable_sort(count):
    groups = np.random.default_rng(1).integers(0, count, 5_000).astype(np.uint16)
    order, starts = by_group(groups, count)
    assert np.array_equal(order, np.argsort(groups, kind="stable"))
    assert np.array_equal(starts, np.searchsorted(groups[order], np.arange(count + 1)))
