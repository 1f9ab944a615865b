"""A scoring, from a posterior to its files: scorecard, errors by survey month, a line in the log of all scorings."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.calibration.baselines import NAMES
from cashless_sim.calibration.forward import told
from cashless_sim.calibration.points import points
from cashless_sim.calibration.posterior import read
from cashless_sim.calibration.score import by_month, headline, scorecard
from cashless_sim.calibration.targets import register
from cashless_sim.calibration.texts import keep
from cashless_sim.errors import DataProblem
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.experiment.writing import told as telling
from cashless_sim.experiment.writing import writable
from cashless_sim.units import month_text

Progress = Callable[[float], None]
CARD, MONTHS, LOG = "scorecard.csv", "scorecard_by_month.csv", "scorecard_log.csv"
PARTS = ("time", "space", "forced")
DRAWS = 200
DIGITS = 5
LOG_COLUMNS = (
    *(
        "scored",
        "posterior",
        "code_version",
        "data_hash",
        "targets_hash",
        "points_hash",
        "draws",
        "households",
        "points",
    ),
    *("mape", "crps", "in80", "in95"),
    *(f"{name}: {what}" for name in NAMES for what in ("mape", "crps")),
)


@dataclass(frozen=True)
class Validated:
    """A scoring: ``card`` and ``months`` as `score` gives them, its line of the log, and the files."""

    card: pd.DataFrame
    months: pd.DataFrame
    line: Mapping[str, Any]
    files: tuple[Path, ...]


def validate(
    folder: Path,
    out: Path,
    log: Path,
    draws: int = DRAWS,
    workers: int | None = None,
    progress: Progress | None = None,
    code: str | None = None,
    split: str = "check",
) -> Validated:
    """Score the posterior in ``folder``, write scorecard and table by month to ``out``, and add a line to ``log``.

    The posterior must be that of the split ``check``, or of it without something (see `honesty`): none of them saw a
    figure kept for checking. Its draws are run to the
    dates of the figures if that was not done before. Raises `UserError`.
    """
    listed = register("check")
    posterior = read(folder, listed, code)
    posterior.made_with({"split": split})
    said = told(folder, listed, draws, PARTS, workers, progress, code)
    seed = int(posterior.manifest["seed"])
    named = points()
    card, months = scorecard(said, listed, named, seed), by_month(said, listed, named, seed)
    line = _line(card, posterior, named.hash, len(said))
    made = writable(Path(out))
    months = months.assign(month=[month_text(int(number)) for number in months["month"]])
    keep(made / CARD, _text(card))
    keep(made / MONTHS, _text(months))
    add_line(Path(log), line)
    return Validated(card, months, line, (made / CARD, made / MONTHS, Path(log)))


def summary(card: pd.DataFrame) -> dict[str, float]:
    """Return MAPE of the headline figures, mean CRPS and shares inside, for the model and each baseline; shares.

    Forced switches are left out. A baseline's CRPS is the mean over the points that it can forecast; the model's mean
    over those very points stands beside it as ``model at NAME: crps``.
    """
    free = card[card["part"] != "forced"]
    found = {"mape": headline(card), "crps": float(free["crps"].mean())}
    found |= {name: float(free[name].mean()) for name in ("in80", "in95")}
    for name in NAMES:
        both = free[free[f"{name}: crps"].notna()]
        found[f"{name}: mape"] = headline(card, name)
        found[f"{name}: crps"] = float(both[f"{name}: crps"].mean())
        found[f"model at {name}: crps"] = float(both["crps"].mean())
    return found


def _line(card: pd.DataFrame, posterior: Draws, points_hash: str, draws: int) -> dict[str, Any]:
    manifest = posterior.manifest
    return {
        "scored": datetime.now(UTC).isoformat(timespec="seconds"),
        "posterior": manifest["table_hash"],
        **{key: manifest[key] for key in ("code_version", "data_hash", "targets_hash")},
        "points_hash": points_hash,
        "draws": draws,
        "households": manifest["households"],
        "points": len(card),
        **{key: round(value, DIGITS) for key, value in summary(card).items() if key in LOG_COLUMNS},
    }


def add_line(path: Path, line: Mapping[str, Any]) -> None:
    """Add a line to the log of scorings, which is never rewritten; raise `FileProblem`, `DataProblem`."""
    writable(path.parent)
    head = ",".join(LOG_COLUMNS) + "\n"
    with telling(path, "the log of scorings"):
        before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before and not before.startswith(head):
        raise DataProblem(where=str(path), problem="it is no log of scorings", expected=head.strip())
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow([line[name] for name in LOG_COLUMNS])
    with telling(path, "a file that can be written"), path.open("a", encoding="utf-8", newline="") as file:
        file.write(text.getvalue() if before else head + text.getvalue())
        file.flush()
        os.fsync(file.fileno())


def _text(frame: pd.DataFrame) -> str:
    return frame.round(DIGITS).to_csv(index=False, lineterminator="\n")
