"""``cashless-sim check honesty``: what the fit is without parts of the model, and what it learnt of campaigns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.calibration.effects import effects
from cashless_sim.calibration.honesty import SMALL, honesty
from cashless_sim.calibration.posterior import read
from cashless_sim.calibration.score import HEADLINE
from cashless_sim.calibration.targets import register
from cashless_sim.calibration.texts import keep
from cashless_sim.calibration.validate import LOG
from cashless_sim.data import calibrated
from cashless_sim.experiment.posterior_table import MANIFEST
from cashless_sim.present.cli.validated import console, table
from cashless_sim.present.locale.scorecard import told
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.progress import Progress
from cashless_sim.scenario.recipe import Scenario

EFFECTS = "effects.csv"


def carry_out(posterior: str | None, simulations: int | None, workers: int | None, out: str | None, tongue: str) -> int:
    """Fit what is left, score it, write and show; return 0. Raises `UserError`."""
    shipped = calibrated("check")
    folder = Path(posterior) if posterior else shipped
    made = Path(out) if out else Path("results", "honesty")
    effort = replace(SMALL, budget=simulations) if simulations else SMALL
    log = (made if out else shipped.parent.parent) / LOG
    with Progress(tongue, told("honesty.working", tongue, simulations=number(effort.budget, tongue))) as progress:
        found, path = honesty(made, log, effort, workers=workers, progress=progress)
    screen, files = console(), [path]
    screen.print(_models(found, tongue))
    if (folder / MANIFEST).exists():
        moved = effects(read(folder, register("check")), Scenario.load("viet-nam"))
        files.append(keep(made / EFFECTS, moved.round(5).to_csv(index=False, lineterminator="\n")))
        screen.print(_effects(moved, tongue))
    print(say("cli.written", tongue, folder=made, files=", ".join(one.name for one in files)))
    return 0


def _models(found: pd.DataFrame, tongue: str) -> Any:
    names = ("model", "misfit", "least", "tolerance")
    heads = [told(f"honesty.head.{name}", tongue) for name in names] + [*HEADLINE, told("validate.head.mape", tongue)]
    shown = table("honesty.models", heads, tongue)
    for row in found.to_dict("records"):
        shares = [number(100 * row[name], tongue, 1) for name in (*HEADLINE, "mape")]
        fits = [number(row[name], tongue, 1) for name in ("misfit", "least_misfit", "tolerance")]
        shown.add_row(told(f"honesty.{row['model']}", tongue), *fits, *shares)
    return shown


def _effects(moved: pd.DataFrame, tongue: str) -> Any:
    names = ("number", "prior", "posterior", "shift")
    shown = table("honesty.effects", [told(f"honesty.head.{name}", tongue) for name in names], tongue)
    for row in moved.to_dict("records"):
        before, after = (
            f"{number(row[mean], tongue, 3)} ± {number(row[sd], tongue, 3)}"
            for mean, sd in (("prior_mean", "prior_sd"), ("mean", "sd"))
        )
        mark = told("honesty.unmoved", tongue) if row["unmoved"] else f"{number(row['shift'], tongue, 1)}"
        shown.add_row(str(row["name"]), before, after, mark)
    return shown
