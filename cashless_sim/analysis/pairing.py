"""Runs of two scenarios matched by the luck and the draw that they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import FIRST_DRAW, Runs

BY = ["month", "measure", "group"]
LUCK, IGNORANCE = "mean", "spread"
NOTED = ("contacts", "spent", "adopted_by", "lapsed_by")
"""Measures that have a row only in a month in which something happened."""


def known_scenario(runs: Runs, name: str) -> str:
    """Return the name of a scenario in the runs; raise `UnknownName`."""
    names = runs.scenarios
    if name not in names:
        near = nearest(name, names)
        raise UnknownName(what="scenario in these runs", name=name, expected=", ".join(names), near=near)
    return name


def others(runs: Runs, to: str) -> list[str]:
    """Return the scenarios to hold against the baseline ``to``; raise `UnknownName`, `BadValue` without any."""
    known_scenario(runs, to)
    found = [name for name in runs.scenarios if name != to]
    if not found:
        raise BadValue(what="scenarios in these runs", value=to, expected="a baseline and at least one other")
    return found


def kind_of(runs: Runs) -> str:
    """Return what replicates differ by: ``spread`` when prior draws are among them, ``mean`` when it is luck."""
    return IGNORANCE if bool((runs.frame["replicate"] >= FIRST_DRAW).any()) else LUCK


def pairable(runs: Runs, measures: Sequence[str] | None = None, groups: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the rows that can be paired: of prior draws only, where there are any; raise `UnknownName`."""
    wanted = {"measure": measures, "group": groups}
    for name, values in wanted.items():
        known = set(runs.frame[name].unique())
        for value in values or ():
            if value not in known:
                near = nearest(value, known)
                raise UnknownName(what=name, name=value, expected=", ".join(sorted(known)), near=near)
    chosen = {name: values for name, values in wanted.items() if values is not None}
    return runs.select(draws=kind_of(runs) == IGNORANCE, **chosen)


def replicates_of(runs: Runs) -> dict[str, set[int]]:
    """Return the replicates of each scenario that can be paired."""
    drawn = kind_of(runs) == IGNORANCE
    found = runs.frame[["scenario", "replicate"]].drop_duplicates()
    found = found[(found["replicate"] >= FIRST_DRAW) == drawn]
    return {str(name): set(rows["replicate"]) for name, rows in found.groupby("scenario", observed=True)}


def paired(
    frame: pd.DataFrame, name: str, to: str, by: Sequence[str] = BY, replicates: set[int] | None = None
) -> pd.DataFrame:
    """Return value, value_base and difference of each pair: one row a replicate and ``by``; raise `BadValue`.

    ``replicates`` are those of both scenarios (those in the frame, if None). What is only counted when it happens
    (`NOTED`) is zero in a run that has no row of it.
    """
    keys = ["replicate", *by]
    parts = [frame.loc[frame["scenario"] == one, [*keys, "value"]] for one in (name, to)]
    both = set(parts[0]["replicate"]) & set(parts[1]["replicate"]) if replicates is None else replicates
    if not both:
        raise BadValue(what=f"pairs of '{name}' and '{to}'", value=0, expected="runs with the same replicates")
    mine, base = (part[part["replicate"].isin(both)] for part in parts)
    if "measure" in by:
        noted = [part["measure"].isin(NOTED) for part in (mine, base)]
        rare = _filled(pd.concat([mine[noted[0]], base[noted[1]]]), sorted(both), by)
        some = [
            rare.merge(p[n], on=keys, how="left").fillna({"value": 0.0})
            for p, n in zip((mine, base), noted, strict=True)
        ]
        mine, base = (pd.concat([p[~n], s]) for p, n, s in zip((mine, base), noted, some, strict=True))
    pairs = mine.merge(base, on=keys, suffixes=("", "_base"), sort=False)
    return pairs.assign(difference=pairs["value"] - pairs["value_base"])


def _filled(rows: pd.DataFrame, replicates: Sequence[int], by: Sequence[str]) -> pd.DataFrame:
    """Return every combination of a replicate with what was noted in any run."""
    met = rows[list(by)].drop_duplicates()
    return pd.DataFrame({"replicate": replicates}).merge(met, how="cross")


def parsed(groups: pd.Series, pattern: str) -> pd.DataFrame:
    """Return the named parts of a pattern in each group's name; each name is taken apart once, whatever the rows."""
    codes, names = pd.factorize(groups)
    found = pd.Series([str(name) for name in names], dtype=object).str.extract(pattern).iloc[codes]
    return found.set_index(groups.index)


def refuse_other_luck(runs: Runs) -> None:
    """Raise `BadValue` when runs that would be paired have another seed, draw or number of households."""
    table = runs.table
    for fact in ("seed", "draw", "households"):
        if fact not in table:
            continue
        told = table.assign(fact=table[fact].astype(str)).groupby("replicate")["fact"].unique()
        for replicate, values in told.items():
            if len(values) > 1:
                found: Any = ", ".join(sorted(values))
                what = f"{fact} of the runs with replicate {replicate}"
                raise BadValue(what=what, value=found, expected="the same in every scenario that is compared")
