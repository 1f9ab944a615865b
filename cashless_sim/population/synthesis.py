"""One household for every real one: traits drawn from a copula, counts met by quotas of each village.

Everything is worked out village by village from keyed draws and whole-number quotas, so the people of a
village do not depend on which other villages are asked for. What ties traits together beyond the stated
correlations (`LINKS`) is assumed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import Education, Sex
from cashless_sim.data import Place, correlations
from cashless_sim.population.columns import Column
from cashless_sim.population.copula import Copula, copula
from cashless_sim.population.layout import Layout
from cashless_sim.population.marginals import Marginals, yes_no
from cashless_sim.population.normal import F64, exponential, normal_score
from cashless_sim.population.quotas import I64, Batch, village_quotas
from cashless_sim.streams import philox_array, purpose
from cashless_sim.units import Count, Number

People = dict[str, NDArray[Any]]
U32 = NDArray[np.uint32]

COLUMNS = (
    Column("district", Count, "code", "district, a row of the place's table"),
    Column("urban", bool, "yes/no", "lives in a town or ward"),
    Column("size", Count, "persons", "members of the household"),
    Column("adults", Count, "persons", "members aged 15 or more"),
    Column("age", Count, "years", "age of the bill payer"),
    Column("sex", Sex, "code", "sex of the bill payer"),
    Column("education", Education, "code", "highest level completed by the bill payer"),
    Column("alone", bool, "yes/no", "the bill payer lives alone"),
    Column("tenant", bool, "yes/no", "the landlord holds the meter"),
    Column("sim_own", bool, "yes/no", "the SIM is registered in the payer's own name"),
    Column("chip_id", bool, "yes/no", "holds a chip ID card after the roll-out of 2022"),
    Column("income", Number, "thousand VND a head a month, 2022 prices", "income per head"),
    Column("working", bool, "yes/no", "the bill payer is in the labour force"),
    Column("salaried", bool, "yes/no", "a wage is paid into an account"),
    Column("online_seller", bool, "yes/no", "sells online"),
    Column("kwh", Number, "kWh a month", "mean electricity use"),
    Column("piped_water", bool, "yes/no", "gets a piped-water bill"),
    Column("fixed_internet", bool, "yes/no", "gets a fixed-internet bill"),
    Column("bank", Count, "index", "main bank, a group of marginal 'bank'"),
    Column("provider", Count, "index", "wallet provider it would use, a group of marginal 'provider'"),
    Column("helper", bool, "yes/no", "another relative could pay digitally for the payer"),
    Column("smartphone", bool, "yes/no", "the payer has a smartphone in June 2017"),
    Column("account", bool, "yes/no", "the payer has an account in June 2017"),
    Column("early", bool, "yes/no", "already pays a bill digitally in June 2017"),
)

LATENT = ("age", "education", "income", "smartphone", "account")
LINKS: dict[str, dict[str, float]] = {
    "size": {"age": -0.2},
    "kwh": {"income": 0.4},
    "working": {"age": -0.5},
    "salaried": {"account": 0.5, "education": 0.2},
    "online_seller": {"smartphone": 0.4},
    "fixed_internet": {"income": 0.3, "smartphone": 0.3},
    "piped_water": {"income": 0.2},
    "tenant": {"age": -0.4},
    "chip_id": {"age": -0.2},
    "early": {"account": 0.4, "smartphone": 0.3},
}
"""Weight of a copula score in the score of another trait; the rest is the trait's own luck (assumed)."""

TRAITS = (
    *LATENT,
    *("size", "sex", "tenant", "sim_own", "chip_id", "working", "salaried", "online_seller", "kwh"),
    *("piped_water", "fixed_internet", "bank", "provider", "helper", "early"),
)
"""Whose luck is which draw of ``population.traits``: only ever append, or all people change."""

_YES_NO = ("tenant", "sim_own", "chip_id", "salaried", "online_seller", "piped_water", "fixed_internet")
_SIZES = ("1", "2", "3", "4", "5", "6+")
_AGES = ("15-24", "25-39", "40-59", "60+")
_EDUCATION = tuple(level.name.lower() for level in Education)


class Synthesis:
    """The quotas of every village of a place, ready to be filled with people."""

    def __init__(self, place: Place, layout: Layout, working: float) -> None:
        self.layout = layout
        self.marginals = Marginals(place, layout)
        self.working = working
        self.copula = stated_copula()
        self.quotas = {name: self.marginals.yes(name) for name in (*_YES_NO, "smartphone", "account")}
        self.quotas["age"] = self.marginals.distribution("age", _AGES)
        self.quotas["sex"] = self.marginals.distribution("sex", ("female", "male"))
        self.quotas["education"] = self.marginals.distribution("education", _EDUCATION)
        self.quotas["bank"] = self.marginals.distribution("bank")
        self.quotas["provider"] = self.marginals.distribution("provider")
        self.quotas["working"] = yes_no(working, layout.sizes)
        self.quotas["size"] = self._sizes()

    def people(self, villages: I64, seed: int | None) -> tuple[Batch, U32, People, Mapping[str, F64]]:
        """Return whole villages' households in the order drawn, their draw numbers, traits and scores.

        Everything but account and early use, which `Start` adds. Without a seed the luck is spread evenly.
        """
        batch = Batch(self.layout.sizes[villages])
        first = np.repeat(self.layout.first_id[villages] - batch.starts, batch.sizes)
        numbers = (first + np.arange(batch.n)).astype(np.uint32)
        scores = self._scores(numbers, seed)
        cell = np.repeat(self.layout.cell[villages], batch.sizes)
        urban = np.repeat(self.layout.urban[villages], batch.sizes)
        people: People = {"cell": cell, "district": self.layout.district[cell], "urban": urban}
        for name in ("sex", "education", "bank", "provider"):
            people[name] = batch.fill(scores[name], self.quotas[name][villages])
        for name in (*_YES_NO, "working", "smartphone"):
            people[name] = batch.fill(scores[name], self.quotas[name][villages]) == 1
        people["age"] = self._ages(batch, scores["age"], self.quotas["age"][villages])
        people |= self._members(batch, villages, scores)
        people["income"] = self._income(batch, scores["income"], urban)
        people["kwh"] = self._kwh(batch, scores["kwh"] + 0.4 * scores["size"])
        return batch, numbers, people, scores

    def _scores(self, numbers: U32, seed: int | None) -> dict[str, F64]:
        """Return a standard normal score for each trait, correlated as stated and linked."""
        words = even_luck(numbers) if seed is None else _luck(numbers, seed)
        own = {n: normal_score((w.astype(np.float64) + 0.5) * 2.0**-32) for n, w in words.items()}
        scores = dict(self.copula.scores([own[name] for name in LATENT]))
        for name in TRAITS[len(LATENT) :]:
            scores[name] = self._linked(own[name], scores, LINKS.get(name, {}))
        return scores

    def _linked(self, own: F64, scores: Mapping[str, F64], links: Mapping[str, float]) -> F64:
        rest = 1.0
        for a, x in links.items():
            for b, y in links.items():
                rest -= x * y * self.copula.of(a, b)
        total: F64 = own * math.sqrt(rest)
        for name, weight in links.items():
            total += weight * scores[name]
        return total

    def _ages(self, batch: Batch, score: F64, quotas: I64) -> I64:
        """Return ages in years: bands by quota; inside a band by rank, the shape assumed."""
        band = batch.fill(score, quotas)
        ends = np.cumsum(quotas, axis=1)
        village = batch.village
        size = quotas[village, band]
        below = ends[village, band] - size
        rank = np.arange(batch.n) - np.repeat(batch.starts, batch.sizes)
        place = (batch.scatter(score, rank) - below + 0.5) / size
        young = 15.0 + 10.0 * np.sqrt(place)
        old = 60.0 + 40.0 * (1.0 - np.sqrt(np.sqrt(1.0 - place)))
        shapes = (young, 25.0 + 15.0 * place, 40.0 + 20.0 * place, old)
        return np.choose(band, shapes).astype(np.int64)

    def _sizes(self) -> I64:
        """Return households of 1, 2, … 6 and 7 members; the sevens carry the mean of six and more."""
        counts = self.marginals.distribution("household_size", _SIZES)
        persons = int(self.marginals.value("household_size_mean") * self.layout.full_size + 0.5)
        total = counts.sum(axis=0)
        seven = min(max(persons - int((total * np.arange(1, 7)).sum()), 0), int(total[5]))
        split = village_quotas(np.array([total[5] - seven, seven]), counts[:, 5])
        return np.concatenate([counts[:, :5], split], axis=1)

    @cached_property
    def _children(self) -> tuple[I64, I64]:
        """Return children of each village, and the members who might be children (third and later)."""
        sizes = np.arange(1, 8)
        spare = (self.quotas["size"] * np.maximum(sizes - 2, 0)).sum(axis=1)
        persons = int((self.quotas["size"].sum(axis=0) * sizes).sum())
        children = min(int(self.marginals.value("children") * persons + 0.5), int(spare.sum()))
        return village_quotas(np.array([int(spare.sum()) - children, children]), spare)[:, 1], spare

    @cached_property
    def _helpers(self) -> I64:
        """Return quotas of the helper trait: ``int64[villages, not alone | alone, no | yes]``."""
        alone = self.quotas["size"][:, 0]
        groups = ((self.layout.sizes - alone, "alone=no"), (alone, "alone=yes"))
        return np.stack([yes_no(self.marginals.value("helper", g), n) for n, g in groups], axis=1)

    def _members(self, batch: Batch, villages: I64, scores: Mapping[str, F64]) -> People:
        """Return size, adults, living alone and helper; children are spread evenly over third members."""
        size = batch.fill(scores["size"], self.quotas["size"][villages]) + 1
        children, spare = (np.repeat(x[villages], batch.sizes) for x in self._children)
        seats = np.maximum(size - 2, 0)
        upto = np.cumsum(seats)
        upto -= np.repeat((upto - seats)[np.minimum(batch.starts, batch.n - 1)], batch.sizes)
        some = np.maximum(spare, 1)
        minors = upto * children // some - (upto - seats) * children // some
        alone = size == 1
        helper = batch.fill_within(alone.astype(np.int64), scores["helper"], self._helpers[villages])
        return {"size": size, "adults": size - minors, "alone": alone, "helper": helper == 1}

    def _income(self, batch: Batch, score: F64, urban: NDArray[np.bool_]) -> F64:
        """Return thousand VND a head a month: log-normal by rank, town and country apart."""
        value, size = self.marginals.value, float(self.layout.full_size)
        towns = float(self.layout.sizes[self.layout.urban].sum()) / size
        ratio = value("income_urban_ratio")
        rural_mean = value("income") / (1.0 - towns + towns * ratio)
        shape = exponential(value("income_sigma") * normal_score(batch.quantile(score)))
        mean = np.where(urban, rural_mean * ratio, rural_mean)
        return np.minimum(np.rint(mean * shape / self._mean_shape), 65535.0)

    @cached_property
    def _mean_shape(self) -> float:
        """Return the mean of the income shape over the ranks of a village of mean size."""
        n = max(1, self.layout.full_size // max(1, len(self.layout.sizes)))
        rank = (np.arange(n) + 0.5) / n
        shape = exponential(self.marginals.value("income_sigma") * normal_score(rank))
        return float(np.cumsum(shape)[-1]) / n

    def _kwh(self, batch: Batch, score: F64) -> F64:
        """Return mean kWh a month: log-normal by rank."""
        mu, sigma = self.marginals.value("kwh_mu"), self.marginals.value("kwh_sigma")
        use = exponential(mu + sigma * normal_score(batch.quantile(score)))
        return np.clip(np.rint(use), 1.0, 65535.0)


def _luck(numbers: U32, seed: int) -> dict[str, U32]:
    """Return one keyed word for each trait and household."""
    words: list[U32] = []
    for block in range((len(TRAITS) + 3) // 4):
        words += philox_array(numbers, 0, purpose("population.traits") + block, 0, seed)
    return dict(zip(TRAITS, words, strict=False))


def even_luck(numbers: U32) -> dict[str, U32]:
    """Return words that fill the space of traits evenly: multiples of roots of primes [Niederreiter1992]."""
    primes = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71)
    steps = [math.isqrt(prime << 64) & 0xFFFFFFFF for prime in primes]
    return {
        name: (numbers.astype(np.uint64) * np.uint64(step)).astype(np.uint32)
        for name, step in zip(TRAITS, steps, strict=True)
    }


def stated_copula() -> Copula:
    """Return the copula of the shipped correlations (assumed values)."""
    frame = correlations()
    rows = zip(frame["first"], frame["second"], frame["value"], strict=True)
    return copula(LATENT, tuple((str(a), str(b), float(r)) for a, b, r in rows))
