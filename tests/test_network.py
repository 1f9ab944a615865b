import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashless_sim import data
from cashless_sim.errors import BadValue
from cashless_sim.population.network import Network, NetworkSpec, build, homophily, social_class
from cashless_sim.population.population import Population, synthesise


@pytest.fixture(scope="module")
def place():
    return data.place("hung-yen")


@pytest.fixture(scope="module")
def census(place):
    return synthesise(place, None, 1)


def ends(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of every tie, in both directions."""
    return np.repeat(np.arange(network.n), network.degree), network.indices.astype(np.int64)


def check(network: Network) -> None:
    """Refuse ties that are one-sided, doubled, or lead home."""
    source, target = ends(network)
    assert len(target) == network.indptr[-1]
    assert (source != target).all()
    forward, back = source * network.n + target, target * network.n + source
    assert (np.diff(forward) > 0).all()
    assert np.array_equal(forward, np.sort(back))


def excess(population: Population) -> float:
    """Return the share of ties inside a class beyond what chance would give."""
    people = {name: population.columns.stored(name) for name in population.columns}
    return homophily(population.network, social_class(people, population.poor_below))


def test_the_usual_network_is_that_of_the_data(place):
    facts = place.marginals.set_index("marginal")["value"]
    usual = NetworkSpec()
    found = (usual.degree, usual.rewire, usual.homophily)
    assert found == tuple(facts[f"network_{name}"] for name in ("degree", "rewire", "homophily"))


def test_homophily_of_known_ties():
    ring = Network(np.arange(0, 9, 2), np.array([1, 3, 0, 2, 1, 3, 0, 2], dtype=np.int32), NetworkSpec())
    assert homophily(ring, np.array([0, 0, 1, 1])) == pytest.approx(0.0)
    assert homophily(ring, np.array([0, 1, 0, 1])) == pytest.approx(-1.0)


def test_the_province_is_a_small_world(census):
    network = census.network
    check(network)
    assert network.indices.dtype == np.int32
    assert network.degree.mean() == pytest.approx(9.0, abs=0.3)
    assert network.degree.min() >= 1
    assert network.degree.max() < 40
    source, target = ends(network)
    assert (np.abs(source - target) <= 32).mean() > 0.75


def test_far_ties_stay_in_the_district(census):
    source, target = ends(census.network)
    far = census.village[source] != census.village[target]
    assert far.mean() == pytest.approx(0.1, abs=0.01)
    district = census.columns.stored("district")
    assert np.array_equal(district[source], district[target])


@pytest.mark.parametrize("homophily", [0.0, 0.2, 0.4, 0.6])
def test_ties_inside_a_class_exceed_chance_as_asked(place, homophily):
    people = synthesise(place, 20_000, 1, NetworkSpec(homophily=homophily))
    assert excess(people) == pytest.approx(homophily, abs=0.05)


@pytest.mark.parametrize("rewire", [0.0, 0.3])
def test_rewiring_keeps_degree_and_homophily(place, rewire):
    people = synthesise(place, 20_000, 2, NetworkSpec(rewire=rewire))
    check(people.network)
    assert people.network.degree.mean() == pytest.approx(9.0, abs=0.3)
    assert excess(people) == pytest.approx(0.4, abs=0.05)


def test_a_sample_has_the_ties_that_its_villages_have_in_the_census(census, place):
    part = synthesise(place, 3000, 1)
    village = part.village[0]
    here, there = np.flatnonzero(part.village == village), np.flatnonzero(census.village == village)

    def inside(population: Population, rows: np.ndarray) -> list[list[int]]:
        return [
            [int(population.ids[t]) for t in population.network.ties(r) if population.village[t] == village]
            for r in rows
        ]

    ours, full = inside(part, here), inside(census, there)
    assert all(set(b) <= set(a) for a, b in zip(ours, full, strict=True))


def test_a_sample_keeps_the_mean_degree(place):
    for seed in (1, 2):
        part = synthesise(place, 2000, seed)
        check(part.network)
        assert part.network.degree.mean() == pytest.approx(9.0, abs=0.3)


@pytest.mark.parametrize("kind", ["well-mixed", "none"])
def test_kinds_without_stored_ties(place, kind):
    people = synthesise(place, 900, 1, NetworkSpec(kind=kind))
    assert len(people.network.indices) == 0
    assert people.network.degree.max() == 0
    assert people.network.spec.kind == kind
    village = synthesise(place, 900, 1)
    assert np.array_equal(people.columns.stored("age"), village.columns.stored("age"))


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "star"}, {"rewire": 1.5}, {"far": -0.1}, {"homophily": 2.0}, {"degree": 1.0}, {"degree": 90.0}],
)
def test_impossible_networks_are_refused(wrong):
    with pytest.raises(BadValue, match=f"network {next(iter(wrong))}"):
        NetworkSpec(**wrong)


@settings(deadline=None, max_examples=60)
@given(
    sizes=st.lists(st.integers(0, 40), min_size=1, max_size=8),
    split=st.integers(1, 8),
    degree=st.floats(3, 14),
    rewire=st.floats(0, 1),
    seed=st.integers(0, 2**64 - 1),
)
def test_small_villages(sizes, split, degree, rewire, seed):
    sizes = np.array(sizes, dtype=np.int64)
    districts = np.arange(len(sizes)) // split
    ids = np.arange(7, 7 + sizes.sum(), dtype=np.uint32)
    spec = NetworkSpec(degree=degree, rewire=rewire)
    network = build(spec, ids, sizes, districts, seed)
    check(network)
    again = build(spec, ids, sizes, districts, seed)
    assert np.array_equal(network.indices, again.indices)
    own = np.repeat(sizes, sizes)
    assert (network.degree[own > 1] > 0).all()
    source, target = ends(network)
    of = np.repeat(districts, sizes)
    assert np.array_equal(of[source], of[target])
