import hashlib
import math
import os
import pickle
import subprocess
import sys
import typing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cashless_sim import data
from cashless_sim.codes import Education
from cashless_sim.errors import BadValue, DataProblem
from cashless_sim.population import population as module
from cashless_sim.population.columns import Column
from cashless_sim.population.layout import district_urban, lay_out
from cashless_sim.population.population import Population, synthesise
from cashless_sim.population.start import working_share
from cashless_sim.population.synthesis import Synthesis, stated_copula
from cashless_sim.units import Share

ROOT = Path(__file__).resolve().parent.parent
STATED = {
    ("smartphone", "account"): 0.4,
    ("age", "smartphone"): -0.5,
    ("education", "account"): 0.3,
    ("income", "account"): 0.3,
    ("income", "smartphone"): 0.3,
    ("age", "education"): -0.4,
}


@pytest.fixture(scope="module")
def place():
    return data.place("hung-yen")


@pytest.fixture(scope="module")
def census(place):
    return synthesise(place, None, 1)


@pytest.fixture(scope="module")
def sample(place):
    return synthesise(place, 6000, 1)


def digest(population: Population) -> str:
    """Return a hash of everything that makes the people and their ties."""
    h = hashlib.sha256(population.ids.tobytes() + population.village.tobytes() + population.cell.tobytes())
    for name in population.columns:
        h.update(population.columns.stored(name).tobytes())
    h.update(population.network.indptr.tobytes() + population.network.indices.tobytes())
    return h.hexdigest()


def test_one_agent_for_every_household(census, place):
    assert census.n == census.full_size == place.households == 377_582
    assert np.array_equal(census.ids, np.arange(1, census.n + 1, dtype=np.uint32))
    assert (np.diff(census.village) >= 0).all()
    assert np.all(census.weight == 1.0)


def test_district_and_urban_counts_are_exact(census, place):
    table = district_urban(place.districts)
    assert np.array_equal(table.sum(axis=1), place.districts["households"])
    code, urban = census.columns.stored("district"), census.columns.stored("urban")
    for k in range(len(table)):
        inside = code == k
        assert (~urban[inside]).sum() == table[k, 0]
        assert urban[inside].sum() == table[k, 1]
    for k, cell in enumerate(census.cells):
        rows = census.cell == k
        assert set(urban[rows]) == {cell.urban}
        assert {place.districts["district"].iloc[d] for d in set(code[rows])} == {cell.district}


def test_quotas_are_met_to_the_household(census):
    table = census.describe()
    quota = table[(table["met_by"] == "quota") & (table["unit"] == "share")]
    both = (quota["marginal"] == "account") & (quota["group"] != "all")
    assert quota.loc[~both, "difference"].abs().max() < 3e-4
    assert quota.loc[both, "difference"].abs().max() < 2e-3  # town, country and all are rounded apart
    counts = quota.loc[quota["group"] == "all", "difference"] * census.n
    assert counts.abs().max() <= 1.0
    assert table.loc[table["marginal"] == "households", "difference"].abs().max() == 0


def test_distributions_by_rank_and_survey_ratios(census):
    table = census.describe()
    rank = table[table["met_by"] == "rank"]
    assert len(rank) == 5
    assert (rank["difference"].abs() <= 0.005 * rank["published"]).all()
    raked = table[table["met_by"] == "raking"]
    assert len(raked) == 10
    account = raked["marginal"] == "account by group"
    relative = raked["difference"].abs() / raked["published"]
    assert relative[account].max() < 0.05
    assert relative[~account].max() < 0.15


def test_every_published_marginal_of_people_is_in_the_table(census, place):
    shown = set(zip(census.residuals["marginal"], census.residuals["group"], strict=True))
    published = set(zip(place.marginals["marginal"], place.marginals["group"], strict=True))
    assert {name for name, _ in published - shown} == {"network_rewire"}
    made = census.residuals.set_index("marginal")["synthetic"]
    assert made["village_size"] == pytest.approx(450, abs=1)
    assert set(census.residuals["status"]) <= {"seen", "derived", "recalled", "assumed"}
    assert {"Hưng Yên", "Viet Nam"} <= set(census.residuals["geography"])


def test_scores_correlate_as_stated(place):
    layout = lay_out(place)
    _, _, people, scores = Synthesis(place, layout, working_share()).people(np.arange(60), seed=3)
    for (a, b), stated in STATED.items():
        assert stated_copula().of(a, b) == pytest.approx(stated)
        assert np.corrcoef(scores[a], scores[b])[0, 1] == pytest.approx(stated, abs=0.03)
    ranks = [people[n].argsort().argsort() for n in ("age", "income")]
    expected = 6 / math.pi * math.asin(stated_copula().of("age", "income") / 2)
    assert np.corrcoef(ranks)[0, 1] == pytest.approx(expected, abs=0.03)


def test_people_correlate_as_stated(census):
    """The tetrachoric correlation of traits cut in two is the stated one, account raked as it is."""
    from scipy.optimize import brentq
    from scipy.stats import multivariate_normal, norm

    c = {name: census.columns.stored(name) for name in census.columns}
    cut = {"age": c["age"] >= 50, "education": c["education"] >= Education.UPPER_SECONDARY}
    cut |= {"income": c["income"] >= census.poor_below}
    cut |= {"smartphone": c["smartphone"], "account": c["account"]}
    for (a, b), stated in STATED.items():
        level = [norm.ppf(cut[name].mean()) for name in (a, b)]
        both = float((cut[a] & cut[b]).mean())

        def miss(r: float, level: list[float] = level, both: float = both) -> float:
            return float(multivariate_normal.cdf(level, cov=[[1, r], [r, 1]])) - both

        assert brentq(miss, -0.95, 0.95, xtol=1e-3) == pytest.approx(stated, abs=0.05), (a, b)


def test_traits_hang_together(census):
    c = {name: census.columns.stored(name) for name in census.columns}
    assert c["age"].min() >= 15
    assert c["age"].max() <= 100
    assert np.array_equal(c["alone"], c["size"] == 1)
    assert (c["adults"] >= 1).all()
    assert (c["adults"] <= c["size"]).all()
    assert c["income"].min() > 0
    assert not (c["early"] & ~(c["account"] & c["smartphone"])).any()
    old, learned = c["age"] >= 60, c["education"] >= Education.UPPER_SECONDARY
    assert c["smartphone"][old].mean() < 0.5 * c["smartphone"][~old].mean()
    assert c["account"][learned].mean() > 1.3 * c["account"][~learned].mean()


@pytest.mark.parametrize("households", [1, 900, 6000])
def test_a_sample_is_part_of_the_census(census, place, households):
    part = synthesise(place, households, 1)
    rows = part.ids.astype(np.int64) - 1
    for name in census.columns:
        assert np.array_equal(part.columns.stored(name), census.columns.stored(name)[rows]), name
    assert np.array_equal(part.village, census.village[rows])
    assert np.array_equal(part.cell, census.cell[rows])
    whole = np.bincount(census.village, minlength=part.village.max() + 1)
    assert np.array_equal(np.bincount(part.village)[np.unique(part.village)], whole[np.unique(part.village)])
    assert part.weight.sum() == pytest.approx(census.n)
    assert abs(part.n - households) <= 600


def test_a_sample_of_twenty_thousand_is_near_the_province(place):
    part = synthesise(place, 20_000, 5)
    assert abs(part.n - 20_000) < 300
    table = part.describe()
    quota = table[(table["met_by"] == "quota") & (table["unit"] == "share") & (table["marginal"] != "urban")]
    assert quota["difference"].abs().max() < 0.03


def test_the_same_people_whatever_the_batches(place, sample, monkeypatch):
    for size in (1, 1500, 10**6):
        monkeypatch.setattr(module, "BATCH", size)
        assert digest(synthesise(place, 6000, 1)) == digest(sample)


def test_the_same_people_on_a_lesser_processor(sample):
    """Without the vector instructions of this machine, in another process, the bits are the same."""
    from numpy._core import _multiarray_umath as core

    extra = [f for f in core.__cpu_dispatch__ if core.__cpu_features__.get(f)]
    code = (
        "from tests.test_population import digest; from cashless_sim import data;"
        "from cashless_sim.population.population import synthesise;"
        "print(digest(synthesise(data.place('hung-yen'), 6000, 1)))"
    )
    env = dict(os.environ, NPY_DISABLE_CPU_FEATURES=" ".join(extra), PYTHONPATH=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == digest(sample)


def test_another_seed_has_other_people(place, sample):
    other = synthesise(place, 6000, 2)
    assert digest(other) != digest(sample)
    assert digest(synthesise(place, 6000, 2**40 + 1)) != digest(sample)


def test_columns_are_read_only(sample):
    with pytest.raises(ValueError, match="read-only"):
        sample.columns.stored("age")[0] = 20
    assert sample.columns.copy().stored("age").flags.writeable


@pytest.mark.parametrize("name", ["viet-nam", "evnnpc"])
def test_other_places(name):
    place = data.place(name)
    part = synthesise(place, 3000, 1)
    assert part.full_size == place.households
    assert part.weight.sum() == pytest.approx(place.households)
    assert part.columns.bytes_each < 32


@pytest.mark.parametrize("households", [0, -5, 377_583, 12.5, float("nan")])
def test_impossible_numbers_are_refused(place, households):
    with pytest.raises(BadValue, match="households is .* expected a whole number from 1 to 377582.*; leave"):
        synthesise(place, households, 1)


@pytest.mark.parametrize("seed", [-1, 1 << 64])
def test_impossible_seeds_are_refused(place, seed):
    with pytest.raises(BadValue, match="seed"):
        synthesise(place, 500, seed)


def test_a_missing_marginal_is_named(place):
    gap = place.marginals[place.marginals["marginal"] != "smartphone"]
    with pytest.raises(DataProblem, match="no row for marginal 'smartphone'"):
        synthesise(replace(place, marginals=gap), 500, 1)


@settings(deadline=None, max_examples=8)
@given(st.lists(st.tuples(st.integers(1, 900), st.sampled_from([0.0, 0.3, 1.0])), min_size=1, max_size=3))
def test_small_places(rows):
    place = data.place("hung-yen")
    few = place.districts.iloc[: len(rows)].copy()
    few["households"] = [h for h, _ in rows]
    few["urban_share"] = [u for _, u in rows]
    small = replace(place, districts=few, households=int(few["households"].sum()))
    everyone = synthesise(small, None, 4)
    assert everyone.n == small.households
    assert len(everyone.residuals) >= 70
    c = everyone.columns
    assert (c.stored("adults") <= c.stored("size")).all()
    assert not (c.stored("early") & ~c.stored("account")).any()
    assert (everyone.network.degree > 0).all() or everyone.n < 3 or np.bincount(everyone.village).min() == 1


def test_a_share_is_a_share_after_a_trip_through_pickle():
    column = pickle.dumps(Column("trust", Share, "share", "trust"))
    for cleared in typing._cleanups:  # the memory of typing is small: an old alias is made anew
        cleared()
    assert pickle.loads(column).is_share
