"""Chance with a name: the published vectors of Philox, the same numbers by array, and draws that look independent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cashless_sim.streams as streams
from cashless_sim.errors import StreamCollision

KNOWN_ANSWERS = [  # Random123, kat_vectors, philox4x32 with ten rounds [Salmon2011]
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]
WORD = st.integers(0, 2**32 - 1)
IDS = np.arange(1, 20_001, dtype=np.uint32)


def words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(counter, key, answer):
    low, high = words(key)
    assert list(streams.philox(*words(counter), low, high)) == words(answer)
    c0, c1, c2, c3 = words(counter)
    many = streams.philox_array(np.array([c0, c0], dtype=np.uint32), c1, c2, c3, low + (high << 32))
    assert [[int(w) for w in word] for word in many] == [[a, a] for a in words(answer)]


@given(WORD, WORD, WORD, WORD, st.integers(0, 2**64 - 1))
def test_one_block_equals_many(c0, c1, c2, c3, seed):
    one = streams.philox(c0, c1, c2, c3, *streams.key(seed))
    many = streams.philox_array(np.array([c0], dtype=np.uint32), c1, np.array([c2], dtype=np.uint32), c3, seed)
    assert [int(word[0]) for word in many] == list(one)


@given(WORD, st.integers(0, 2000), st.integers(0, 40), st.integers(0, 2**40), st.integers(0, 50))
def test_one_draw_equals_many(id_, month, index, seed, replicate):
    many = streams.uniforms(seed, np.array([id_], dtype=np.uint32), month, "a.purpose", replicate, index)
    one = streams.uniform(seed, id_, month, "a.purpose", replicate, index)
    assert many.dtype == np.float32 and many[0] == one


def test_units_lie_between_zero_and_one_and_never_reach_them():
    ends = np.array([0, 511, 512, 2**32 - 512, 2**32 - 1], dtype=np.uint32)
    found = streams.units(ends)
    assert 0 < found.min() == np.float32(2.0**-24) and found.max() == np.float32(1 - 2.0**-24) < 1
    assert [streams.unit(int(word)) for word in ends] == list(found)


PURPOSES = {
    "": 0xAB3E7C0B,
    "Pay.fails": 0xC2AF796E,
    "Choose.race": 0x25003C1E,
    "campaign.đợt cao điểm": 0xA034E2BC,
}


def test_a_purpose_keeps_its_number():
    """Changing these moves every draw of every stored run."""
    assert {name: streams.purpose(name) for name in PURPOSES} == PURPOSES


def test_two_purposes_with_one_number_are_refused():
    taken = streams.purpose("Pay.fails")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "purpose", lambda name: taken - 2 if name == "Choose.race" else taken)
        streams.refuse_collisions({"Choose.race": 2, "Pay.fails": 1})
        with pytest.raises(StreamCollision, match=r"'Choose.race' and 'Pay.fails' would share their luck"):
            streams.refuse_collisions({"Choose.race": 3, "Pay.fails": 1})


def test_blocks_that_run_past_the_last_number_begin_again():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "purpose", lambda name: {"a": 2**32 - 1, "b": 0}[name])
        with pytest.raises(StreamCollision):
            streams.refuse_collisions({"a": 2, "b": 1})


DRAWS = {
    "households": lambda: streams.uniforms(1, IDS, 600, "a"),
    "months": lambda: np.array([streams.uniform(1, 7, month, "a") for month in range(2000)]),
    "replicates": lambda: np.array([streams.uniform(1, 7, 600, "a", replicate) for replicate in range(2000)]),
    "seeds": lambda: np.array([streams.uniform(seed, 7, 600, "a") for seed in range(2000)]),
    "purposes": lambda: np.array([streams.uniform(1, 7, 600, f"purpose.{number}") for number in range(2000)]),
    "indices": lambda: np.array([streams.uniform(1, 7, 600, "a", 0, index) for index in range(2000)]),
}


@pytest.mark.parametrize("along", DRAWS)
def test_draws_are_even_and_follow_no_order(along):
    drawn = DRAWS[along]().astype(np.float64)
    n, cells = len(drawn), 50
    counts = np.bincount((drawn * cells).astype(int), minlength=cells)
    chi_square = float(((counts - n / cells) ** 2 / (n / cells)).sum())
    assert 20 < chi_square < 95  # 49 degrees of freedom: outside with chance below 1 in 10,000
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 4 / np.sqrt(n)
    assert len(np.unique(drawn)) > 0.99 * n


OTHERS = {
    "next month": lambda: streams.uniforms(1, IDS, 601, "a"),
    "next household": lambda: streams.uniforms(1, IDS + np.uint32(1), 600, "a"),
    "next seed": lambda: streams.uniforms(2, IDS, 600, "a"),
    "next replicate": lambda: streams.uniforms(1, IDS, 600, "a", 1),
    "another purpose": lambda: streams.uniforms(1, IDS, 600, "b"),
    "next word": lambda: streams.uniforms(1, IDS, 600, "a", 0, 1),
    "next block": lambda: streams.uniforms(1, IDS, 600, "a", 0, 4),
}


@pytest.mark.parametrize("other", OTHERS)
def test_draws_that_differ_in_one_thing_have_nothing_in_common(other):
    here, there = streams.uniforms(1, IDS, 600, "a"), OTHERS[other]()
    assert abs(np.corrcoef(here, there)[0, 1]) < 4 / np.sqrt(len(IDS))
    both = np.histogram2d(here, there, bins=8, range=[[0, 1], [0, 1]])[0]
    expected = len(IDS) / 64
    assert float(((both - expected) ** 2 / expected).sum()) < 115  # 63 degrees of freedom
