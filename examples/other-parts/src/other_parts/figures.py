"""Money for bills that is paid without cash, month by month."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
from cashless_sim.present.provenance import Provenance, attach
from cashless_sim.present.style import COLOURS, theme


def money(runs: Any, ax: Any = None) -> Any:
    """Return Axes with a line a scenario: share of money paid without cash, percent."""
    frame = runs.frame
    mine = frame[(frame["measure"] == "digital_money") & (frame["group"] == "all")]
    with theme():
        ax = ax if ax is not None else plt.subplots(figsize=(8, 4.5), layout="constrained")[1]
        for colour, (name, rows) in zip(COLOURS.values(), mine.groupby("scenario", observed=True), strict=False):
            ax.plot(rows["month"].astype(str), 100 * rows["value"], color=colour, label=str(name))
        ax.set(ylabel="money for bills paid without cash, %")
        ax.legend()
    facts = {"seed": runs.manifest["seed"], "recipes": [runs.about(name)["hash"] for name in runs.scenarios]}
    return attach(ax, Provenance(mine, facts, "Money for bills paid without cash by month, a line a scenario."))
