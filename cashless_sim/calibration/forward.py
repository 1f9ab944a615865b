"""A posterior run forward: what its draws say of figures that the fit did not see, or that are not published yet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.calibration.ablation import left_out
from cashless_sim.calibration.crew import Crew
from cashless_sim.calibration.points import asking, points
from cashless_sim.calibration.posterior import read
from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.simulate import Reality, within_run
from cashless_sim.calibration.targets import Register
from cashless_sim.calibration.texts import keep
from cashless_sim.errors import DataProblem, FileProblem
from cashless_sim.experiment.manifest import cores
from cashless_sim.experiment.posterior_table import Draws, frame_of
from cashless_sim.experiment.writing import told as telling

F64 = NDArray[np.float64]
Progress = Callable[[float], None]
FILE, MANIFEST = "forward.csv", "forward.json"
REMAKE = "cashless-sim validate makes it anew"
DIGITS = 6
COLUMNS = ("member", "draw")


def forward(
    folder: Path,
    register: Register,
    draws: int,
    workers: int | None = None,
    progress: Progress | None = None,
    parts: tuple[str, ...] = ("time", "space", "forced", "forecast"),
    code: str | None = None,
) -> tuple[Path, Path]:
    """Run ``draws`` rows of the posterior in ``folder`` to the dates of all points; write what each says of them.

    The simulated figures stand in ``forward.csv``, a row a draw, in shares, without a published value among them: the
    figures fitted come first. Each draw is the very simulation of the fit, run on. Raises `UserError`.
    """
    posterior = read(folder, register, code)
    listed = points()
    asked = asking(register, listed, *parts)
    within_run(asked)
    rows = posterior.chosen(draws, int(posterior.manifest["seed"]))
    changes = left_out(str(posterior.manifest.get("ablation", "")))
    found = simulated(posterior, asked, rows, cores() if workers is None else workers, progress, changes)
    text = _table(found)
    about = {
        "posterior": posterior.manifest["table_hash"],
        "points_hash": listed.hash,
        "parts": list(parts),
        "draws": draws,
        "households": posterior.manifest["households"],
        "table_hash": hashlib.sha256(text.encode("utf-8")).hexdigest(),
    }
    keep(Path(folder) / FILE, text)
    words = json.dumps(about, indent=1, sort_keys=True) + "\n"
    keep(Path(folder) / MANIFEST, words)
    return Path(folder) / FILE, Path(folder) / MANIFEST


def simulated(
    posterior: Draws,
    asked: Register,
    rows: pd.DataFrame,
    workers: int,
    progress: Progress | None = None,
    changes: tuple[tuple[str, Any], ...] = (),
    households: int | None = None,
) -> pd.DataFrame:
    """Return member, draw, the month of each wave, and a share for each target of ``asked``: a row each of ``rows``.

    ``changes`` and ``households`` make another model of the same draws.
    """
    seed = int(posterior.manifest["seed"])
    size = int(posterior.manifest["households"]) if households is None else households
    found: list[pd.DataFrame] = []
    done = 0
    for name, mine in rows.groupby("member", sort=False):
        reality = Reality(asked, asked.member(str(name)), size, seed, changes)
        values = [{prior.name: float(row[prior.name]) for prior in FREE} for row in mine.to_dict("records")]
        numbers = [int(draw) for draw in mine["draw"]]
        statistics = []
        with Crew(reality, workers) as crew:
            for row in crew.each(values, numbers):
                statistics.append(row)
                done += 1
                if progress is not None:
                    progress(done / len(rows))
        table = pd.DataFrame(statistics, columns=[target.name for target in asked.targets])
        months = pd.DataFrame([reality.months(draw) for draw in numbers]).add_prefix("month.")
        found.append(pd.concat([mine[list(COLUMNS)].reset_index(drop=True), months, table], axis=1))
    return pd.concat(found, ignore_index=True)


def told(
    folder: Path,
    register: Register,
    draws: int,
    parts: tuple[str, ...],
    workers: int | None = None,
    progress: Progress | None = None,
    code: str | None = None,
) -> pd.DataFrame:
    """Return what ``draws`` rows of the posterior say of the points of some parts: as said before, or said now."""
    posterior = read(folder, register, code)
    wanted = {"points_hash": points().hash, "parts": list(parts), "draws": draws}
    try:
        return read_forward(folder, posterior, wanted)
    except (FileProblem, DataProblem):
        forward(folder, register, draws, workers, progress, parts, code)
        return read_forward(folder, posterior, wanted)


def read_forward(folder: Path, posterior: Draws, wanted: Mapping[str, Any]) -> pd.DataFrame:
    """Return what `forward` wrote; raise `FileProblem`, and `DataProblem` where it was another posterior's.

    ``wanted`` are the other entries that it must have: its points, parts, draws.
    """
    path = Path(folder) / FILE
    try:
        about: dict[str, Any] = json.loads((Path(folder) / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        expected = "what a posterior says of the points"
        raise FileProblem(path=str(path), problem=problem, expected=expected, next=REMAKE) from error
    with telling(path, "what a posterior says of the points"):
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    made = {
        "posterior": posterior.manifest["table_hash"],
        "table_hash": hashlib.sha256(text.encode("utf-8")).hexdigest(),
    }
    for key, value in {**made, **wanted}.items():
        if about.get(key) != value:
            problem = f"it was made with another {key.replace('_', ' ')}: {str(about.get(key))[:12]}"
            raise DataProblem(where=str(path), problem=problem, expected=str(value)[:12], next=REMAKE)
    return frame_of(text)


def _table(found: pd.DataFrame) -> str:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(found.columns)
    for row in found.itertuples(index=False):
        writer.writerow([f"{value:.{DIGITS}g}" if isinstance(value, float) else value for value in row])
    return lines.getvalue()
