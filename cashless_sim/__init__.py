"""How outreach spreads cashless bill payment: scenarios in, a tidy frame out.

A *scenario* builds a *model*; each month *campaigns* reach out, *rules* move every household, *utilities,
banks and wallets* take their turn, and *measures* are counted; an *ensemble* repeats this over luck and over
uncertain parameters; everything after that reads one tidy frame.

Public names, each loaded when it is first used:

==============  ====================================================================
verbs           ``run``, ``sweep``, ``compare``, ``costs``, ``burden_added``, ``explain``, ``synthesise``,
                ``plans``, ``plan_runs``, ``plan_table``, figures under ``plot`` and by name with ``draw``
in a notebook   ``notebook``, ``bar``, ``table``, ``optimise``, ``sensitivity``, ``decide``, ``posterior``,
                ``scorecard``, ``reason`` (of an error), sliders with ``explore``
modules         ``data`` (tables), ``theory`` (known answers, Bass), ``testing`` (``check_rule``)
files           ``write_report``, ``write_slides``, ``write_workbook``, ``write_presentation``, ``write_brief``;
                ``save`` for a figure
a world         ``Scenario``, ``Campaign``, ``Shock``, ``Closure``, ``Place``
a run           ``CashlessModel``, ``Population``, ``Household``, ``HouseholdSet``, ``Runs``, ``Store``
rules           ``Rule``, ``Column``, ``Draw``, ``Table``, ``parameter``
codes           ``Bill``, ``Method``, ``Cause``
errors          ``CashlessError``, ``UserError``
==============  ====================================================================

Floors, each importing only from those above it in this list:

1. ``errors``, ``units``, ``codes``, ``streams``, ``theory``, ``outside``, ``data``
2. ``population/``: columns, synthesis, network
3. ``rules/``: one stage of a household's month a file, campaigns, and the compiler
4. ``model/``: households, institutions, the month, measures, observation, ledger
5. ``scenario``: the frozen recipe and its TOML
6. ``experiment/``: ensembles; ``testing/``: proof that a rule from outside is sound
7. ``calibration/`` and ``analysis/``, side by side
8. ``present/``: locale, style, figures, the command line
"""

from importlib import import_module
from typing import Any

_HOME = {
    "Bill": "cashless_sim.codes",
    "Campaign": "cashless_sim.rules.campaigns",
    "CashlessError": "cashless_sim.errors",
    "CashlessModel": "cashless_sim.model.model",
    "Cause": "cashless_sim.codes",
    "Closure": "cashless_sim.model.settings",
    "Column": "cashless_sim.population.columns",
    "Draw": "cashless_sim.rules.rule",
    "Household": "cashless_sim.model.households",
    "HouseholdSet": "cashless_sim.model.household_set",
    "Method": "cashless_sim.codes",
    "Place": "cashless_sim.data",
    "Population": "cashless_sim.population.population",
    "Rule": "cashless_sim.rules.rule",
    "Runs": "cashless_sim.experiment.ensemble",
    "Scenario": "cashless_sim.scenario",
    "Shock": "cashless_sim.model.settings",
    "Store": "cashless_sim.experiment.store",
    "Table": "cashless_sim.rules.rule",
    "UserError": "cashless_sim.errors",
    "bar": "cashless_sim.present.notebook",
    "burden_added": "cashless_sim.analysis.burden",
    "compare": "cashless_sim.analysis.compare",
    "costs": "cashless_sim.analysis.costs",
    "data": "cashless_sim.data",
    "decide": "cashless_sim.present.notebook_verbs",
    "draw": "cashless_sim.present.figures",
    "explain": "cashless_sim.present.story",
    "explore": "cashless_sim.present.widgets",
    "notebook": "cashless_sim.present.notebook",
    "optimise": "cashless_sim.present.notebook_verbs",
    "parameter": "cashless_sim.rules.rule",
    "plan_runs": "cashless_sim.analysis.plans",
    "plan_table": "cashless_sim.analysis.plans",
    "plans": "cashless_sim.analysis.plans",
    "plot": "cashless_sim.present.plot",
    "posterior": "cashless_sim.present.notebook_verbs",
    "reason": "cashless_sim.present.notebook",
    "run": "cashless_sim.experiment.ensemble",
    "save": "cashless_sim.present.saving",
    "scorecard": "cashless_sim.present.notebook_verbs",
    "sensitivity": "cashless_sim.present.notebook_verbs",
    "sweep": "cashless_sim.experiment.sweep",
    "synthesise": "cashless_sim.population.population",
    "table": "cashless_sim.present.notebook_tables",
    "testing": "cashless_sim.testing",
    "theory": "cashless_sim.theory",
    "write_brief": "cashless_sim.present.office.brief",
    "write_presentation": "cashless_sim.present.office.slides",
    "write_report": "cashless_sim.present.report.report",
    "write_slides": "cashless_sim.present.slides.slides",
    "write_workbook": "cashless_sim.present.office.workbook",
}

MODULES = ("data", "plot", "testing", "theory")
"""Public names that are modules."""

__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    """Return a public name from the file where it lives, or the installed version."""
    if name == "__version__":
        return import_module("importlib.metadata").version("cashless-sim")
    if name not in _HOME:
        raise AttributeError(f"module 'cashless_sim' has no attribute '{name}'")
    home = import_module(_HOME[name])
    return home if name in MODULES else getattr(home, name)


def __dir__() -> list[str]:
    """Return the public names, so that completion shows them."""
    return [*__all__, "__version__"]
