"""A dated forecast of figures that are not published yet, from the planning posterior."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from cashless_sim.calibration.forward import told
from cashless_sim.calibration.points import planning, points
from cashless_sim.calibration.posterior import read
from cashless_sim.calibration.score import reported
from cashless_sim.calibration.targets import Register, register
from cashless_sim.calibration.texts import keep
from cashless_sim.experiment.writing import writable

Progress = Callable[[float], None]
TABLE, ABOUT = "forecast-2026.csv", "forecast-2026.json"
DRAWS = 200
DIGITS = 4
QUANTILES = {"low95": 0.025, "low80": 0.1, "median": 0.5, "high80": 0.9, "high95": 0.975}


def forecast(
    folder: Path,
    out: Path,
    draws: int = DRAWS,
    workers: int | None = None,
    progress: Progress | None = None,
    code: str | None = None,
    listed: Register | None = None,
) -> tuple[pd.DataFrame, tuple[Path, Path]]:
    """Forecast every point of the part ``forecast``; return the table (shares) and the files written to ``out``.

    Its intervals are those of the figure as it will be reported: parameters, luck and the stated error. The second file
    has date and hashes: whoever has both can show later that the forecast was not changed. Raises `UserError`.
    """
    of = listed or planning(register("check"))
    posterior = read(folder, of, code)
    said = told(folder, of, draws, ("forecast",), workers, progress, code)
    seed = int(posterior.manifest["seed"])
    rows = []
    for point in points().asked("forecast"):
        sample = reported(said[point.target.name].to_numpy(dtype=np.float64), point.target.sd, seed, "forecast")
        facts = dict(zip(("code", "geography", "group", "date"), point.row, strict=True))
        rows.append({"point": point.target.name, **facts} | _quantiles(sample))
    table = pd.DataFrame(rows)
    return table, _written(table, Path(out), posterior.manifest, draws)


def _quantiles(sample: np.ndarray) -> dict[str, float]:
    found = np.quantile(sample, list(QUANTILES.values()))
    return {name: round(float(value), DIGITS) for name, value in zip(QUANTILES, found, strict=True)}


def _written(table: pd.DataFrame, out: Path, manifest: dict[str, object], draws: int) -> tuple[Path, Path]:
    made = writable(out)
    text = table.to_csv(index=False, lineterminator="\n")
    about = {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "posterior": manifest["table_hash"],
        "split": manifest["split"],
        "points_hash": points().hash,
        **{key: manifest[key] for key in ("code_version", "data_hash", "targets_hash", "households", "seed")},
        "draws": draws,
        "unit": "share; intervals of the figure as it will be reported",
    }
    keep(made / TABLE, text)
    words = json.dumps(about, indent=1, sort_keys=True) + "\n"
    keep(made / ABOUT, words)
    return made / TABLE, made / ABOUT
