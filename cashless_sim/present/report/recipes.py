"""The recipes behind finished runs: told by the caller, kept in the manifest, or shipped with the package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cashless_sim.analysis.plans import plans
from cashless_sim.errors import UserError
from cashless_sim.experiment.job import sized
from cashless_sim.experiment.runs import Runs
from cashless_sim.scenario.recipe import Scenario


def recipes(runs: Runs, given: Iterable[Scenario] | None = None) -> dict[str, Scenario]:
    """Return the scenarios of the runs by name: those given, else kept or shipped ones whose hash is that of the runs.

    A scenario that is neither is left out: nothing is said about its question, money or evidence.
    """
    told = {one.name: one for one in given or ()}
    made = {name: told.get(name) or _kept(runs, name) or _shipped(runs, name) for name in runs.scenarios}
    return {name: found for name, found in made.items() if found is not None}


def _kept(runs: Runs, name: str) -> Scenario | None:
    """Return the scenario whose recipe the manifest keeps, if this code reads it as that of the runs."""
    about = runs.about(name)
    if "recipe" not in about:
        return None
    try:
        scenario = Scenario.loads(str(about["recipe"]), name)
    except UserError:
        return None
    return scenario if scenario.hash == about["hash"] else None


def _shipped(runs: Runs, name: str) -> Scenario | None:
    """Return a shipped scenario or plan of this name if the runs are of it."""
    try:
        named = [plan.scenario for plan in plans([name]) if plan.name == name]
    except UserError:
        named = []
    try:
        scenario = named[0] if named else Scenario.load(name)
        rows = runs.manifest["runs"]
        counts = {None, runs.about(name).get("households"), *(r["households"] for r in rows if r["scenario"] == name)}
        hashes = {sized(scenario, count).hash for count in counts}
    except UserError:
        return None
    return scenario if runs.about(name)["hash"] in hashes else None


def title(runs: Runs, name: str, tongue: str) -> str:
    """Return a scenario's title in a language, in one line, as it was typed."""
    about: Mapping[str, str] = runs.about(name)
    return " ".join(str(about["title_vi"] if tongue == "vi" else about["title"]).split()) or name


def question(scenarios: Mapping[str, Scenario], name: str, tongue: str) -> str:
    """Return the question that a scenario asks, in one line; empty when there is none."""
    if name not in scenarios:
        return ""
    recipe = scenarios[name].recipe
    first, second = recipe.question, recipe.question_vi
    asked = (second or first) if tongue == "vi" else (first or second)
    return " ".join(str(asked).split())
