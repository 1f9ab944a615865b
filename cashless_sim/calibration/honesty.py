"""Honesty fits: the same fit with parts of the model left out, each scored as the whole model is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.calibration.ablation import ABLATIONS, WORDS
from cashless_sim.calibration.fit import Effort, calibrate
from cashless_sim.calibration.score import HEADLINE
from cashless_sim.calibration.texts import keep
from cashless_sim.calibration.validate import validate
from cashless_sim.calibration.weights import misfit
from cashless_sim.experiment.writing import writable

Progress = Callable[[float], None]
TABLE = "honesty.csv"
SMALL = Effort(particles=30, budget=120, households=6_000)
MEMBERS = ("inertia-closures", "contagion-closures")
DRAWS = 40
DIGITS = 4


def honesty(
    out: Path,
    log: Path,
    effort: Effort = SMALL,
    members: tuple[str, ...] = MEMBERS,
    draws: int = DRAWS,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    names: tuple[str, ...] = ("", *ABLATIONS),
) -> tuple[pd.DataFrame, Path]:
    """Fit and score the whole model and each with something left out, all with the same small effort.

    Returns model, least_misfit, misfit (weighted mean) of the figures fitted, tolerance, the medians forecast of the
    headline figures, their mean error and mean CRPS (shares), and the file. Each scoring goes into ``log``. Raises
    `UserError`.
    """
    rows = []
    for number, name in enumerate(names):
        folder = writable(Path(out) / (name or "whole"))
        part = _part(progress, number, len(names))
        fitted = calibrate(folder, effort, seed, workers, part, members, ablation=name)
        split = "check" + (f" without {name}" if name else "")
        scored = validate(folder, folder, log, draws, workers, split=split)
        square = [misfit(fit.statistics, fitted.register.targets) for fit in fitted.fits.values()]
        means = [float(fit.weights @ s) for fit, s in zip(fitted.fits.values(), square, strict=True)]
        medians = scored.card.set_index("point")["median"]
        row: dict[str, Any] = {
            "model": WORDS.get(name, f"no {name}") if name else "whole model",
            "simulations": sum(fit.spent for fit in fitted.fits.values()),
            "least_misfit": min(float(s.min()) for s in square),
            "misfit": sum(means) / len(means),
            "tolerance": max(fit.tolerance for fit in fitted.fits.values()),
            **{point: float(medians[point]) for point in HEADLINE},
            "mape": scored.line["mape"],
            "crps": scored.line["crps"],
        }
        rows.append(row)
    table = pd.DataFrame(rows)
    return table, keep(Path(out) / TABLE, table.round(DIGITS).to_csv(index=False, lineterminator="\n"))


def _part(progress: Progress | None, number: int, of: int) -> Progress | None:
    return None if progress is None else lambda share: progress((number + share) / of)
