"""Who has an account and who already pays digitally in June 2017, by the survey's cross-tables.

The published rates of two-way groups (sex, age, schooling, income, work) are kept as ratios, while the
place's own totals are met exactly. The weights of the groups are found on a reference sample of even luck,
so they depend on the place alone and a village's people on nothing outside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import Education, Sex
from cashless_sim.data import Place, reported_rates
from cashless_sim.population.layout import Cell, Layout
from cashless_sim.population.normal import F64
from cashless_sim.population.quotas import I64, Batch, largest_remainder, village_quotas
from cashless_sim.population.synthesis import People, Synthesis

REFERENCE = 16384
"""Households of the reference sample."""

PAIRS = (
    ("women", "men"),
    ("age15-24", "age25+"),
    ("prim_edu", "sec_edu"),
    ("poor40", "rich60"),
    ("out_lf", "in_lf"),
)
"""The survey's groups in pairs; a household is in the first of a pair or in the second."""

Rates = Mapping[str, float]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Start:
    """Weights that carry the cross-tables: what being in the first of each pair adds to a score."""

    poor_below: float
    account: tuple[float, ...]
    early: tuple[float, ...]

    def add(self, people: People, batch: Batch, scores: Mapping[str, F64], accounts: I64, early: I64) -> None:
        """Add the traits ``account`` and ``early`` to people, filling the villages' quotas.

        ``accounts`` is ``[villages, 2]``, ``early`` the number a village; early users have both a smartphone
        and an account, so a village without enough of them has fewer.
        """
        groups = in_first(people, self.poor_below)
        chosen = batch.fill(_weighed(scores["account"], groups, self.account), accounts) == 1
        able = chosen & people["smartphone"]
        score = _weighed(scores["early"], groups, self.early)
        quota = np.stack([batch.sizes - early, early], axis=1)
        first = batch.scatter(score * 0.5 + 8.0 * (able - 0.5), _codes(quota)) == 1
        people["account"], people["early"] = chosen, first & able


def published(code: str, year: str = "2017") -> Rates:
    """Return the shares in [0, 1] of a statistic by survey group in Viet Nam."""
    frame = reported_rates(use=("fit", "other"))
    frame = frame[(frame["code"] == code) & (frame["geography"] == "Viet Nam")]
    frame = frame[(frame["date"].str[:4] == year) & (frame["status"] == "seen")]
    return {str(g): float(v) / 100.0 for g, v in zip(frame["group"], frame["value"], strict=True)}


def working_share() -> float:
    """Return the share in the labour force that the survey's account rates imply."""
    rates = published("G")
    return (rates["all"] - rates["out_lf"]) / (rates["in_lf"] - rates["out_lf"])


def in_first(people: Mapping[str, NDArray[Any]], poor_below: float) -> tuple[Bools, ...]:
    """Return for each pair of `PAIRS` whether a household is in the first: ``bool[n]`` each."""
    return (
        people["sex"] == Sex.FEMALE,
        people["age"] < 25,
        people["education"] <= Education.PRIMARY,
        people["income"] < poor_below,
        ~people["working"],
    )


def find_start(place: Place, layout: Layout, working: float) -> Start:
    """Return the weights for a place, found by raking on the reference sample."""
    synthesis = Synthesis(place, _reference(layout), working)
    batch, _, people, scores = synthesis.people(np.arange(2), seed=None)
    poor = float(np.sort(people["income"])[int(0.4 * batch.n)])
    groups = in_first(people, poor)
    accounts = synthesis.quotas["account"]
    early = early_quota(synthesis.marginals.value("early"), accounts)
    held = _rake(scores["account"], groups, published("G"), accounts[:, 1], people["urban"])
    Start(poor, held, (0.0,) * len(PAIRS)).add(people, batch, scores, accounts, early)
    able = np.where(people["account"] & people["smartphone"], scores["early"], -np.inf)
    return Start(poor, held, _rake(able, groups, published("E"), early, people["urban"]))


def early_quota(share: float, accounts: I64) -> I64:
    """Return early users of each village, in proportion to its accounts: ``int64[villages]``."""
    holders = int(accounts[:, 1].sum())
    early = min(int(share * float(accounts.sum()) + 0.5), holders)
    return village_quotas(np.array([holders - early, early]), accounts[:, 1])[:, 1]


def _reference(layout: Layout) -> Layout:
    """Return one rural and one urban village of the place's mix."""
    towns = float(layout.sizes[layout.urban].sum()) / float(layout.full_size)
    households = largest_remainder([1.0 - towns, towns], REFERENCE)
    cells = (Cell("reference", False), Cell("reference", True))
    return Layout(cells, households, np.zeros(2, dtype=np.int64), np.arange(2), households)


def _weighed(score: F64, groups: tuple[Bools, ...], weights: tuple[float, ...]) -> F64:
    total = score.copy()
    for group, weight in zip(groups, weights, strict=True):
        total += weight * group
    return total


def _rake(
    score: F64, groups: tuple[Bools, ...], rates: Rates, counts: I64, urban: Bools, sweeps: int = 12
) -> tuple[float, ...]:
    """Return weights under which the highest scores have the published ratios.

    ``counts`` holders are wanted in the rural and the urban village; a score of -inf cannot be chosen.
    """
    count, total, weights = int(counts.sum()), score.copy(), [0.0] * len(groups)
    firsts = [_holders(count, g, rates[a], rates[b]) for g, (a, b) in zip(groups, PAIRS, strict=True)]
    for _ in range(sweeps):
        _shift(total, ~urban, int(counts[0]), count)
        for k, (group, first) in enumerate(zip(groups, firsts, strict=True)):
            weights[k] += _shift(total, group, first, count)
    return tuple(weights)


def _holders(count: int, group: Bools, low: float, high: float) -> int:
    """Return how many of ``count`` holders are in a group, if the rates keep their ratio."""
    inside, outside = low * float(group.sum()), high * float((~group).sum())
    return int(count * inside / (inside + outside) + 0.5)


def _shift(total: F64, group: Bools, first: int, count: int) -> float:
    """Move the scores of a group until it has ``first`` of the ``count`` highest; return the move."""
    if not group.any() or group.all():
        return 0.0
    move = _cut(total[~group], count - first) - _cut(total[group], first)
    move = min(max(move, -1.0), 1.0)
    total[group] += move
    return move


def _cut(scores: F64, count: int) -> float:
    """Return a level with ``count`` scores above it."""
    ordered = np.sort(scores[scores > -np.inf])
    if len(ordered) == 0:
        return 0.0
    place = len(ordered) - count
    low, high = (ordered[min(max(i, 0), len(ordered) - 1)] for i in (place - 1, place))
    return float(0.5 * low + 0.5 * high)


def _codes(quotas: I64) -> I64:
    return np.repeat(np.tile(np.arange(2), len(quotas)), quotas.ravel())
