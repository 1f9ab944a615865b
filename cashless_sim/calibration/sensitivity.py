"""How far the answer moves with choices that are not fitted: the count, imitation, the network, the sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.calibration.forward import simulated
from cashless_sim.calibration.points import Points
from cashless_sim.calibration.targets import Register
from cashless_sim.experiment.posterior_table import Draws

Progress = Callable[[float], None]
ANSWERS = ("D.findex-2024.all", "E.findex-2024.all", "G.findex-2024.all", "B.evnnpc.2024-05.all")
VARIANTS: Mapping[str, dict[str, Any]] = {
    "as it is": {},
    "agents' cash counted: least": {"observation.agent_counted_after": 0.1},
    "agents' cash counted: most": {"observation.agent_counted_after": 0.9},
    "imitation: threshold": {"imitation": "threshold"},
    "imitation: none": {"imitation": "none"},
    "network: well mixed": {"network": "well-mixed"},
    "half the households": {"households": 0.5},
    "twice the households": {"households": 2.0},
    "no outreach": {"campaigns": []},
}
"""What is changed in the very combinations that fitted, without fitting them again; the last for comparison of size."""


def sensitivity(
    posterior: Draws, register: Register, points: Points, draws: int, workers: int, progress: Progress | None = None
) -> pd.DataFrame:
    """Return variant, answer, mean, shift, sd_of_shift: shares; each draw is compared with itself as it was."""
    chosen = [one.target for one in points.points if one.target.name in ANSWERS]
    asked = replace(register, targets=tuple(chosen), waves={**points.waves, **register.waves})
    rows = posterior.chosen(draws, int(posterior.manifest["seed"]))
    found: dict[str, pd.DataFrame] = {}
    for number, (name, changes) in enumerate(VARIANTS.items()):
        given = dict(changes)
        size = round(float(given.pop("households", 1.0)) * int(posterior.manifest["households"]))
        part = _part(progress, number)
        found[name] = simulated(posterior, asked, rows, workers, part, tuple(given.items()), size)
    base = found["as it is"]
    table = []
    for name, frame in found.items():
        for answer in ANSWERS:
            moved = (frame[answer] - base[answer]).to_numpy(dtype=np.float64)
            table.append((name, answer, float(frame[answer].mean()), float(moved.mean()), float(moved.std())))
    return pd.DataFrame(table, columns=["variant", "answer", "mean", "shift", "sd_of_shift"])


def _part(progress: Progress | None, number: int) -> Progress | None:
    return None if progress is None else lambda share: progress((number + share) / len(VARIANTS))
