"""Groups behind which too few simulated households stand to be shown: the same in words, tables and figures."""

from __future__ import annotations

import pandas as pd

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.health import SMALLEST, behind


def standing(runs: Runs, scenario: str) -> pd.Series[float]:
    """Return how many simulated households stand behind each group: the fewest in any month, in the smallest run."""
    table = runs.table[runs.table["scenario"] == scenario].sort_values("replicate")
    share = table["households"] / table["full_size"]
    return behind(runs, scenario) * float(share.min() / share.iloc[0])


def few(runs: Runs, scenario: str) -> set[str]:
    """Return the groups with fewer than `SMALLEST` simulated households at some time."""
    sizes = standing(runs, scenario).round()
    return {str(name) for name in sizes.index[sizes < SMALLEST]}
