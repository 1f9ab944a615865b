"""Posterior draws: a scenario with the numbers of one fitted combination, and what a fit rests on."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from scipy.special import ndtri

import cashless_sim.data as data
from cashless_sim.errors import DataProblem, FileProblem
from cashless_sim.experiment.design import luck, prior_draw
from cashless_sim.experiment.posterior_table import Draws, read_table
from cashless_sim.experiment.version import code_version

if TYPE_CHECKING:
    from cashless_sim.scenario.recipe import Scenario

NATIONAL = "viet-nam"
BASES = ("hung-yen", "viet-nam")
"""Scenarios that fits run: a posterior made with another text of theirs is another posterior."""
DIGITS = 9
REACHED = 1.0
"""Tolerance at which figures are fitted as closely as their stated errors ask."""


@dataclass(frozen=True)
class Free:
    """A fitted number: the dotted key it goes to, its range, and the SD of its differences between places."""

    name: str
    key: str
    low: float
    high: float
    spread: float = 0.0

    def here(self, value: float, place: str, seed: int, draw: int) -> float:
        """Return the number in one place: the effects of places are drawn, none for the country."""
        if place == NATIONAL or not self.spread:
            return value
        moved = value + self.spread * float(ndtri(luck(seed, draw, f"place.{place}.{self.name}")))
        return min(max(float(f"{moved:.{DIGITS}g}"), self.low), self.high)


@dataclass(frozen=True)
class Structure:
    """What a member of the mixture assumes: its rate of contacts (None: from the prior), who inherits closed points."""

    by_peers: float | None
    handover: bool


def drawn(
    scenario: Scenario,
    values: Mapping[str, float],
    structure: Structure,
    free: Iterable[Free],
    seed: int,
    draw: int,
) -> Scenario:
    """Return a scenario with the free numbers of a draw, all others as its number keys them, and its structure.

    A campaign, shock or closure that a scenario adds is kept: only what is uncertain changes.
    """
    settings = scenario.settings()
    given: dict[str, Any] = {one.key: one.here(float(values[one.name]), settings.place, seed, draw) for one in free}
    if structure.by_peers is not None:
        given["rules.Consider.by_peers"] = structure.by_peers
    made = prior_draw(scenario, seed, draw)
    if not structure.handover and any(closure.to for closure in settings.closures):
        given["closures"] = [replace(closure, to=None) for closure in made.settings().closures]
    return made.with_(given)


def posterior_draw(scenario: Scenario, posterior: Draws, row: Mapping[str, Any]) -> Scenario:
    """Return a scenario with one row of a posterior: the very combination of numbers that fitted."""
    about = posterior.manifest["members"][row["member"]]
    structure = Structure(about["by_peers"], about["handover"])
    free = tuple(Free(name, **facts) for name, facts in posterior.manifest["free"].items())
    return drawn(scenario, row, structure, free, int(posterior.manifest["seed"]), int(row["draw"]))


def suits(posterior: Draws, scenario: Scenario) -> bool:
    """Return whether a scenario has every rule whose numbers were fitted."""
    there = {type(rule).__name__ for rule in scenario.settings().rules}
    steps = [facts["key"].split(".") for facts in posterior.manifest["free"].values()]
    return all(step[1] in there for step in steps if step[0] == "rules")


def doubts(posterior: Draws) -> tuple[str, ...]:
    """Return what keeps a posterior from being called calibrated; nothing when its checks have passed.

    Codes: ``alarm`` (the model can hardly make what was reported) or ``untold`` (too few simulations to say),
    ``missed`` (a structure did not reach the errors of what was reported, or does not say), ``unchecked`` (a structure
    without a stored check of its inference) or ``ranks`` (a check that failed), ``unscored`` (no scorecard).
    """
    members = posterior.manifest["members"]
    told = [about["predictive"]["alarm"] for about in members.values()]
    found = ["alarm"] if any(told) else ["untold"] if None in told else []
    if not all(about.get("tolerance", math.inf) <= REACHED for about in members.values()):
        found.append("missed")
    home = data.calibrated("check").parent
    checks = sorted((home / "checks").glob("*/coverage.csv"))
    if not set(members) <= {path.parent.name for path in checks}:
        found.append("unchecked")
    elif not all(pd.read_csv(path)["sound"].all() for path in checks):
        found.append("ranks")
    return (*found, *([] if (home / "scorecard.csv").is_file() else ["unscored"]))


def read(folder: Path, code: str | None = None, **wanted: Any) -> Draws:
    """Return the posterior in a folder; raise `FileProblem`, and `DataProblem` when other code or data made it.

    ``wanted`` names other entries that its manifest must have.
    """
    found = read_table(folder)
    made = {"data_hash": inputs_hash(found.manifest.get("places", ())), "code_version": code or code_version()}
    return found.made_with({**made, **wanted})


def shipped(split: str = "planning") -> Draws | None:
    """Return the shipped posterior of this code and these data, None when there is none; raise `BadValue`."""
    folder = data.calibrated(split)
    try:
        return read(folder)
    except (FileProblem, DataProblem):
        return None


def made_with(places: Iterable[str]) -> dict[str, str]:
    """Return the code version and the hash of the data that a fit of these places rests on."""
    return {"code_version": code_version(), "data_hash": inputs_hash(places)}


def inputs_hash(places: Iterable[str]) -> str:
    """Return the SHA-256 (hex) of what households of these places are drawn from and of the scenarios they run.

    Published rates are not in it: those that were fitted have a hash of their own, others may be added.
    """
    from cashless_sim.scenario.recipe import Scenario

    digest = hashlib.sha256(data.people_hash(places).encode())
    for name in BASES:
        digest.update(Scenario.load(name).prior_hash.encode())
    return digest.hexdigest()
