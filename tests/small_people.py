"""A few hundred made-up households for tests of rules, and months of small rules run on them."""

from collections.abc import Sequence

import numpy as np

from cashless_sim.codes import BILLS, Education, Method
from cashless_sim.population.columns import Column, Columns
from cashless_sim.rules.month import Month
from cashless_sim.rules.people import People
from cashless_sim.rules.rule import Rule
from cashless_sim.units import Code, Count, Money, Number, Share

N, CELLS, BANKS = 300, 4, 5
COLUMNS = (
    Column("urban", bool, "yes/no", "lives in a town"),
    Column("account", bool, "yes/no", "has an account"),
    Column("pays", bool, "yes/no", "pays without cash"),
    Column("age", Count, "years", "age"),
    Column("income", Number, "thousand VND", "income"),
    Column("trust", Share, "share", "trust"),
    Column("debt", Money, "VND", "debt, which may be below zero"),
    Column("bank", Count, "index", "bank"),
    Column("education", Education, "code", "schooling"),
    Column("told_by", Code, "code", "who told it"),
    Column("late", Count, "months", "months late", per=BILLS),
    Column("way", Method, "code", "method in use", per=BILLS),
)


def people(seed: int = 1, mixing: str = "village") -> People:
    """Return ``N`` households with random columns and random ties."""
    draw = np.random.default_rng(seed)
    columns = Columns(N)
    for column in COLUMNS:
        shape = (len(column.per), N) if column.per else (N,)
        if column.kind is bool:
            values = draw.random(shape) < 0.4
        elif column.is_share:
            values = draw.uniform(-0.2, 1.2, shape)
        elif column.kind == Money:
            values = draw.normal(0, 50, shape).astype(np.float32)
        else:
            most = {
                "age": 100,
                "income": 60_000,
                "bank": BANKS - 1,
                "education": 4,
                "told_by": 50,
                "late": 255,
                "way": 7,
            }
            values = draw.integers(0, most[column.name] + 1, shape)
        columns.add(column, values)
    columns.stored("debt")[:4] = 0.0, -0.0, 1e-30, 3e38
    degree = draw.integers(0, 14, N)
    indptr = np.concatenate([[0], np.cumsum(degree)]).astype(np.int64)
    indices = draw.integers(0, N, indptr[-1]).astype(np.int32)
    ids = np.sort(draw.choice(100_000, N, replace=False)).astype(np.uint32)
    return People(columns, ids, draw.integers(0, CELLS, N).astype(np.uint8), indptr, indices, mixing)


def tables(month: Month, seed: int = 2) -> dict[str, np.ndarray]:
    """Return random numbers for every table that a month's rules read."""
    draw = np.random.default_rng(seed)
    sizes = {"cell": (CELLS,), "bank": (BANKS,), "": ()}
    return {
        name: draw.uniform(0, 2, (*sizes[t.by], *(len(p) for p in t.per))).astype(np.float32)
        for name, t in month.tables.items()
    }


def lived(rules: Sequence[Rule], level: str, months: int = 3, mixing: str = "village", threads: int = 1) -> Month:
    """Return a month that has run a few times at a level."""
    month = Month(rules, people(mixing=mixing), threads, level)
    given = tables(month)
    for number in range(600, 600 + months):
        month.run(number, 5, 1, given)
    return month


def differences(one: Month, other: Month, names: Sequence[str] = ()) -> list[str]:
    """Return the columns whose bits differ: signs of zero count, kinds of nan do not."""
    different = []
    for name in names or list(one.people.columns):
        a, b = one.people.columns.stored(name), other.people.columns.stored(name)
        if a.dtype.kind == "f":
            a, b = (np.where(np.isnan(x), np.float32(np.nan), x).view(np.uint32) for x in (a, b))
        if not np.array_equal(a, b):
            different.append(name)
    return different
