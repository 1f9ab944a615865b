"""Where the explorer's numbers come from, and a plan of it as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from cashless_sim.analysis.plans import plans
from cashless_sim.data import place
from cashless_sim.errors import UserError
from cashless_sim.experiment.drawing import PRIOR
from cashless_sim.experiment.manifest import versions
from cashless_sim.experiment.posterior_draws import inputs_hash
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.explore.making import BASELINE, HISTORY
from cashless_sim.present.explore.running import Grid
from cashless_sim.present.locale.explore import told
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import day, month, number
from cashless_sim.present.margin import geography
from cashless_sim.present.reported import borders_of, points
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.scenario.writing import toml_text

SHORT = 12
USUAL = {"intensity": 1.0, "seeding": "random", "cost_fixed": 0.0, "source": "assumed"}
"""What a campaign is where nothing is said."""
NAMED = ("python", "cashless-sim", "numpy", "mesa", "numba")


def where(grid: Grid, runs: Runs, tongue: str) -> str:
    """Return place, months and households in one line."""
    first, last = str(runs.table["start"].min()), str(runs.table["end"].max())
    facts = {"place": geography(_place(grid), tongue), "first": month(first, tongue), "last": month(last, tongue)}
    count = number(int(runs.table["households"].min()), tongue)
    return told("page.where", tongue, households=count, **facts)


def made(grid: Grid, runs: Runs, date: str, command: str, tongue: str) -> list[tuple[str, str]]:
    """Return (what, value) of all that is needed to make the same page again."""
    table, name = runs.table, _place(grid)
    first, last = str(table["start"].min()), str(table["end"].max())
    count, full = (number(int(table[key].min()), tongue) for key in ("households", "full_size"))
    plans_ = len(grid.design.cells)
    facts = {"plans": plans_, "draws": grid.drawing.draws, "seed": grid.drawing.seed}
    recipes = hashlib.sha256("".join(h for n, h in grid.hashes.items() if n != HISTORY).encode()).hexdigest()
    known = versions()
    rows = {
        "place": f"{geography(name, tongue)}, {day(borders_of(name), tongue)}",
        "months": f"{month(first, tongue)} – {month(last, tongue)}",
        "households": told("made.of", tongue, count=count, full=full),
        "runs": told("made.runs.said", tongue, **facts),
        "parameters": _parameters(grid, tongue),
        "recipe": f"{grid.design.base.name} {grid.hashes[BASELINE][:SHORT]}",
        "recipes": recipes[:SHORT],
        "code": f"{grid.code[:SHORT]}, {inputs_hash([name])[:SHORT]}",
        "results": runs.results_hash[:SHORT],
        "versions": ", ".join(f"{one} {known[one]}" for one in NAMED if known[one] != "none"),
        "points": ", ".join(sorted({p.key for p in points()})),
        "again": command,
        "date": day(date, tongue),
    }
    return [(told(f"made.{key}", tongue), value) for key, value in rows.items()]


def _place(grid: Grid) -> str:
    return str(place(grid.design.base.settings().place).name)


def _parameters(grid: Grid, tongue: str) -> str:
    about: dict[str, Any] = grid.drawing.about
    if about["source"] == PRIOR:
        return told("made.prior", tongue)
    doubts = "; ".join(word(f"doubt.{one}", tongue) for one in about["doubts"])
    key = "made.posterior" if doubts else "made.fitted"
    return told(key, tongue, split=about["split"], hash=str(about["hash"])[:SHORT], doubts=doubts)


def plan_text(scenario: Scenario, base: Scenario, titles: Mapping[str, str]) -> str:
    """Return the TOML of a plan: what it extends, its titles, and the campaigns that it adds."""
    before = {one.name for one in base.recipe.campaigns}
    added = [one.model_dump(mode="json") for one in scenario.recipe.campaigns if one.name not in before]
    tables = [{key: value for key, value in one.items() if value != USUAL.get(key)} for one in added]
    head = {"extends": _extended(base), "title": titles["en"], "title_vi": titles["vi"]}
    return toml_text({**head, "campaigns": tables})


def _extended(base: Scenario) -> str:
    """Return the shipped scenario of the same recipe, if there is one: a file that extends it goes anywhere."""
    for name in ("hung-yen", "viet-nam", "no-outreach"):
        try:
            shipped = Scenario.load(name).with_(households=base.recipe.place.households, end=base.recipe.time.end)
        except UserError:
            continue
        if shipped.hash == base.hash:
            return name
    return base.name if not _is_plan(base.name) else f"{base.name}.toml"


def _is_plan(name: str) -> bool:
    return any(plan.name == name for plan in plans())
