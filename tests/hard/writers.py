"""Everything that writes files, each into a folder that is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from sweep_stand_in import Planted

from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.sweep import sweep
from cashless_sim.present.cli.scenario import read_sheet
from cashless_sim.present.cli.shown import written
from cashless_sim.present.local_form import write_form
from cashless_sim.present.plot.adoption import adoption
from cashless_sim.present.saving import save
from cashless_sim.present.spreadsheet import to_sheet
from cashless_sim.scenario.recipe import Scenario

WORLD = Planted(name="world", months=40, households=300)


def _runs(folder: Path) -> Any:
    return run(WORLD, workers=1).write(folder / "out")


def _store(folder: Path) -> Any:
    return sweep(WORLD, store=folder / "s.sqlite", workers=1, code="test")


def _sheet(folder: Path) -> Any:
    base = Scenario.load("no-outreach")
    return to_sheet(base, base, folder / "plan.xlsx", "vi")


def _back(folder: Path) -> Any:
    sheet = folder.parent / "back.xlsx"
    base = Scenario.load("no-outreach")
    to_sheet(base, base, sheet, "en")
    return read_sheet(str(sheet), "no-outreach", str(folder / "back.toml"), "en")


def _figure(folder: Path) -> Any:
    import matplotlib.pyplot as plt

    ax = adoption(run(WORLD, workers=1))
    try:
        return save(ax, folder / "a.png")
    finally:
        plt.close(ax.get_figure(root=True))


def _tables(folder: Path) -> Any:
    return written("en", folder / "out", rows=pd.DataFrame({"a": range(5000)}))


WRITERS: dict[str, Callable[[Path], Any]] = {
    "runs": _runs,
    "store": _store,
    "sheet": _sheet,
    "back": _back,
    "form": lambda folder: write_form(folder / "form.xlsx"),
    "figure": _figure,
    "tables": _tables,
}
