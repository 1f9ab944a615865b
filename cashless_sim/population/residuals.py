"""Every published marginal beside what was synthesised, and how it was met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.codes import Education, Sex
from cashless_sim.data import Place
from cashless_sim.population.network import Network, homophily, social_class
from cashless_sim.population.start import PAIRS, in_first, published

People = Mapping[str, NDArray[Any]]
Row = dict[str, Any]
FRAME = ("marginal", "group", "published", "synthetic", "difference", "status", "source")
MORE = ("unit", "met_by", "geography", "date")
_AGES = {"15-24": (0, 24), "25-39": (25, 39), "40-59": (40, 59), "60+": (60, 255)}


def residuals(
    place: Place,
    people: People,
    weight: NDArray[np.float64],
    village: NDArray[np.int32],
    network: Network,
    poor_below: float,
) -> pd.DataFrame:
    """Return one row a published number: marginal, group, published, synthetic, difference, status, source.

    ``met_by`` says how: ``quota`` (to the household), ``rank`` (a distribution filled by rank), ``raking``
    (ratios of the survey's groups), ``layout`` (villages and ties), ``not imposed`` (for comparison only).
    ``geography`` says whose figure it is: the province's, the country's or another's.
    """
    rows = _districts(place, people, weight) + _marginals(place, people, weight)
    rows += _layout(place, people, village, network, poor_below) + _survey(people, weight, poor_below)
    frame = pd.DataFrame(rows)
    frame["difference"] = frame["synthetic"] - frame["published"]
    return frame[[*FRAME, *MORE]]


def _mean(values: NDArray[Any], weight: NDArray[np.float64]) -> float:
    total = float(weight.sum())
    return float((values * weight).sum()) / total if total > 0 else float("nan")


def _districts(place: Place, people: People, weight: NDArray[np.float64]) -> list[Row]:
    """Rows for the households and the urban share of each district."""
    count = len(place.districts)
    code, urban = people["district"].astype(np.int64), people["urban"]
    every = np.bincount(code, weights=weight, minlength=count)
    towns = np.bincount(code, weights=weight * urban, minlength=count)
    rows = []
    for k, (_, facts) in enumerate(place.districts.iterrows()):
        common = {"group": facts["district"], "status": facts["status"], "source": facts["source"]}
        common |= {"geography": place.title, "date": place.date, "met_by": "quota"}
        pair = (
            ("households", "households", float(facts["households"]), every[k]),
            ("urban", "share", float(facts["urban_share"]), towns[k] / max(every[k], 1e-9)),
        )
        for name, unit, published_value, value in pair:
            numbers = {"published": published_value, "synthetic": float(value)}
            rows.append(common | {"marginal": name, "unit": unit} | numbers)
    return rows


def _marginals(place: Place, people: People, weight: NDArray[np.float64]) -> list[Row]:
    rows = []
    facts = place.marginals
    for _, fact in facts.iterrows():
        name, group = str(fact["marginal"]), str(fact["group"])
        order = [str(g) for g in facts.loc[facts["marginal"] == name, "group"]]
        found = _synthetic(name, group, order, people, weight)
        if found is not None:
            rows.append(_of(fact, *found))
    return rows


def _of(fact: pd.Series, synthetic: float, met_by: str) -> Row:
    """Return the row of one published marginal."""
    row = {key: fact[key] for key in ("marginal", "group", "status", "source", "unit", "geography", "date")}
    return row | {"published": float(fact["value"]), "synthetic": synthetic, "met_by": met_by}


def _layout(place: Place, people: People, village: NDArray[np.int32], network: Network, poor_below: float) -> list[Row]:
    """Rows for the size of villages and, where ties are stored, their number and homophily."""
    found = {"village_size": len(village) / len(np.unique(village))}
    if len(network.indices):
        found["network_degree"] = float(network.degree.mean())
        found["network_homophily"] = homophily(network, social_class(people, poor_below))
    facts = place.marginals
    return [
        _of(fact, found[n], "layout")
        for n, (_, fact) in zip(facts["marginal"], facts.iterrows(), strict=True)
        if n in found
    ]


def _synthetic(
    name: str, group: str, order: list[str], people: People, weight: NDArray[np.float64]
) -> tuple[float, str] | None:
    """Return what was synthesised for one marginal and how, or None for one that is not of people."""
    if name in ("bank", "provider"):
        return _mean(people[name] == order.index(group), weight), "quota"
    if name == "household_size":
        size = people["size"]
        return _mean(size >= 6 if group == "6+" else size == int(group), weight), "quota"
    if name == "household_size_mean":
        return _mean(people["size"], weight), "quota"
    if name == "children":
        size, adults = (people[c].astype(np.float64) for c in ("size", "adults"))
        return 1.0 - _mean(adults, weight) / _mean(size, weight), "quota"
    if name == "age":
        low, high = _AGES[group]
        age = people["age"]
        return _mean((age >= low) & (age <= high), weight), "quota"
    if name in ("sex", "education"):
        code = (Sex if name == "sex" else Education)[group.upper()]
        return _mean(people[name] == code, weight), "quota"
    if name.startswith(("income", "kwh")):
        return _spread(name, people, weight), "rank"
    if name in people:
        return _share(name, group, people, weight), "quota"
    return None


def _share(name: str, group: str, people: People, weight: NDArray[np.float64]) -> float:
    value = people[name]
    if group == "all":
        return _mean(value, weight)
    of, _, answer = group.partition("=")
    inside = people[of] == (answer == "yes")
    return _mean(value[inside], weight[inside])


def _spread(name: str, people: People, weight: NDArray[np.float64]) -> float:
    """Return the mean, the spread of logs, or the ratio of town to country of income or use."""
    values = people[name.partition("_")[0]].astype(np.float64)
    if name == "income":
        return _mean(values, weight)
    urban = people["urban"]
    if name == "income_urban_ratio":
        return _mean(values[urban], weight[urban]) / _mean(values[~urban], weight[~urban])
    logs = np.log(values)
    if name == "kwh_mu":
        return _mean(logs, weight)
    inside = np.ones_like(urban) if name == "kwh_sigma" else ~urban
    logs, weight = logs[inside], weight[inside]
    return float(np.sqrt(_mean((logs - _mean(logs, weight)) ** 2, weight)))


def _survey(people: People, weight: NDArray[np.float64], poor_below: float) -> list[Row]:
    """Rows for the survey's groups: the ratio of each pair, and the level where it is of the same thing."""
    groups = in_first(people, poor_below)
    rows: list[Row] = []
    for trait, code in (("account", "G"), ("early", "E")):
        rates = published(code)
        for pair, group in zip(PAIRS, groups, strict=True):
            have = [_mean(people[trait][g], weight[g]) for g in (group, ~group)]
            want = [rates[name] for name in pair]
            ratio = have[0] / have[1] if have[1] else float("nan")
            rows.append(_row(trait, "/".join(pair), want[0] / want[1], ratio, "ratio", "raking"))
            levels = zip(pair, want, have, strict=True) if trait == "account" else ()
            rows += [_row(trait, *level, "share", "not imposed") for level in levels]
    return rows


def _row(trait: str, group: str, published: float, synthetic: float, unit: str, how: str) -> Row:
    facts = {"status": "seen", "source": "Global Findex 2017", "geography": "Viet Nam", "date": "2017"}
    facts |= {"marginal": f"{trait} by group", "group": group, "unit": unit, "met_by": how}
    return facts | {"published": published, "synthetic": synthetic}
