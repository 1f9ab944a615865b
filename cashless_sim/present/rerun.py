"""The runs of a manifest made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from cashless_sim.errors import BadValue, UserError
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.job import Progress
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.present.cli.shown import scenario_named
from cashless_sim.scenario.recipe import Scenario

NEAR = 1.25
"""A sample has fewer households than were asked for by at most this factor: villages are taken whole."""
STEP = 50
DRAWN = (20_000, 2_000, 5_000, 10_000)
"""Sizes of drawn runs that the commands use when nobody asks for another."""


def rerun(manifest: Mapping[str, Any], files: Sequence[str], threads: int | None, progress: Progress) -> Runs:
    """Return the runs of a manifest, made again by this code; raise `BadValue` for a recipe that cannot be found.

    Recipes come from the manifest where it has them, else from ``files`` (TOML), else from those that are shipped,
    and are taken only if their hash is that of the manifest.
    """
    table = pd.DataFrame(manifest["runs"])
    own = table[table["draw"].isna()]
    asked = manifest.get("asked", {})
    source = manifest.get("parameters", {})
    runs = run(
        scenarios_of(manifest, files),
        int(own["replicate"].nunique()),
        seed=int(manifest["seed"]),
        workers=threads,
        progress=progress,
        draws=int(table["draw"].nunique()),
        draw_households=asked.get("draw_households", _drawn(table)),
        draw_groups=asked.get("draw_groups"),
        threads=threads,
        posterior=source["split"] if source.get("source") == "posterior" else "prior",
    )
    return _as_kept(runs, str(manifest.get("results_hash")))


def _drawn(table: pd.DataFrame) -> int | None:
    """Return how many households the draws were asked to have, None when as many as the other runs."""
    own, drawn = (table.loc[table["draw"].isna() == plain, "households"] for plain in (True, False))
    if drawn.empty or int(drawn.iloc[0]) == int(own.iloc[0]):
        return None
    size = int(drawn.iloc[0])
    return next((one for one in DRAWN if one / NEAR <= size <= one * NEAR), size)


def _as_kept(runs: Runs, wanted: str) -> Runs:
    """Return runs, of whose draws only the rows of everyone are kept if that makes the results those wanted."""
    if runs.results_hash == wanted:
        return runs
    frame = runs.frame[(runs.frame["replicate"] < FIRST_DRAW) | (runs.frame["group"] == "all")]
    fewer = Runs(frame.reset_index(drop=True), runs.manifest)
    return fewer if fewer.results_hash == wanted else runs


def scenarios_of(manifest: Mapping[str, Any], files: Sequence[str]) -> list[Scenario]:
    """Return the scenarios of a manifest, each of its hash; raise `BadValue` for one that cannot be found."""
    if not manifest.get("runs"):
        raise BadValue(what="runs in the manifest", value="none", expected="at least one")
    given = {one.name: one for one in (Scenario.load(file) for file in files)}
    table = pd.DataFrame(manifest["runs"])
    return [_one(about, table[table["scenario"] == about["name"]], given) for about in manifest["scenarios"]]


def _one(about: Mapping[str, Any], rows: pd.DataFrame, given: Mapping[str, Scenario]) -> Scenario:
    for scenario in _candidates(about, rows, given):
        if scenario.hash == about["hash"]:
            return scenario
    raise BadValue(
        what=f"recipe of scenario '{about['name']}'",
        value="not found",
        expected=f"one with hash {str(about['hash'])[:12]}",
        next="give its file with --scenario",
    )


def _candidates(about: Mapping[str, Any], rows: pd.DataFrame, given: Mapping[str, Scenario]) -> Iterator[Scenario]:
    """Yield what the recipe may have been: as written, then with a number of households that gives this sample."""
    name = str(about["name"])
    if about.get("recipe") is not None:
        yield Scenario.loads(about["recipe"], name)
    base = given.get(name) or _shipped(name)
    if base is None:
        return
    yield base
    size = int(rows.loc[rows["draw"].isna(), "households"].iloc[0])
    yield base.with_(households=size)
    for households in range(STEP * int(size / NEAR / STEP), int(size * NEAR) + STEP, STEP):
        if households:
            yield base.with_(households=households)


def _shipped(name: str) -> Scenario | None:
    """Return a shipped scenario or plan of a name, None when there is none."""
    try:
        return scenario_named(name)
    except UserError:
        return None
