"""A posterior on disk: a table of weighted draws and a manifest; one made by other code or data is refused."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.calibration.check import contraction
from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.proposals import luck
from cashless_sim.calibration.targets import Member, Register
from cashless_sim.calibration.weights import Posterior
from cashless_sim.data import data_hash
from cashless_sim.errors import BadValue, DataProblem, FileProblem
from cashless_sim.experiment.design import prior_draw
from cashless_sim.experiment.version import code_version
from cashless_sim.experiment.writing import told, whole, writable
from cashless_sim.scenario.recipe import Scenario

TABLE, MANIFEST = "posterior.csv", "manifest.json"
FORMAT = 1
LIGHTEST = 1e-6
"""Draws below this share of the heaviest of their member are not written."""
REMAKE = "cashless-sim calibrate makes it anew"


@dataclass(frozen=True)
class Draws:
    """A posterior as read: ``frame`` has member, draw, weight and the free numbers; ``manifest`` says what made it."""

    frame: pd.DataFrame
    manifest: dict[str, Any]

    def chosen(self, count: Any, seed: int) -> pd.DataFrame:
        """Return ``count`` rows drawn evenly by weight (systematic resampling), keyed by ``seed``."""
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            raise BadValue(what="draws", value=count, expected="a whole number of 1 or more")
        edges = np.cumsum(self.frame["weight"].to_numpy())
        start = float(luck(seed, np.array([count], dtype=np.uint32), "chosen")[0])
        points = (np.arange(count) + start) / count * edges[-1]
        rows = np.minimum(np.searchsorted(edges, points, side="right"), len(edges) - 1)
        found: pd.DataFrame = self.frame.iloc[rows].reset_index(drop=True)
        return found


def applied(scenario: Scenario, row: Mapping[str, Any], member: Member, seed: int) -> Scenario:
    """Return a scenario with the numbers of one draw: the free ones, and all others as they were in its fit."""
    given: dict[str, Any] = {prior.key: float(row[prior.name]) for prior in FREE}
    if member.by_peers is not None:
        given["rules.Consider.by_peers"] = member.by_peers
    return prior_draw(scenario, seed, int(row["draw"])).with_(given)


def write(
    folder: Path,
    fits: Mapping[str, Posterior],
    register: Register,
    facts: Mapping[str, Any],
    code: str | None = None,
) -> tuple[Path, Path]:
    """Write the fits of the members, each with its registered weight; return table and manifest.

    ``facts`` (plain data: split, households, seed, …) are kept in the manifest. Raises `FileProblem`.
    """
    made = writable(Path(folder))
    text = _table(fits, register)
    manifest = {
        "format": FORMAT,
        **facts,
        "code_version": code or code_version(),
        "data_hash": data_hash(),
        "targets_hash": register.hash,
        "table_hash": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "simulations": sum(fit.spent for fit in fits.values()),
        "members": {name: _about(fit, register.member(name)) for name, fit in fits.items()},
    }
    whole(made / TABLE, lambda beside: _write(beside, text))
    words = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    whole(made / MANIFEST, lambda beside: _write(beside, words))
    return made / TABLE, made / MANIFEST


def read(folder: Path, register: Register, code: str | None = None) -> Draws:
    """Return the posterior in a folder; raise `FileProblem`, and `DataProblem` when other code or data made it."""
    manifest = _manifest(Path(folder) / MANIFEST)
    wanted = {
        "format": FORMAT,
        "code_version": code or code_version(),
        "data_hash": data_hash(),
        "targets_hash": register.hash,
    }
    path = Path(folder) / TABLE
    for key, value in wanted.items():
        if manifest.get(key) != value:
            problem = f"it was made with another {key.replace('_', ' ')}: {str(manifest.get(key))[:12]}"
            raise DataProblem(where=str(path), problem=problem, expected=str(value)[:12], next=REMAKE)
    with told(path, "a posterior"):
        text = path.read_text(encoding="utf-8")
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != manifest.get("table_hash"):
        problem = "it is not the table that its manifest describes"
        raise DataProblem(where=str(path), problem=problem, expected="the two as they were written", next=REMAKE)
    return Draws(_frame(text), manifest)


def _table(fits: Mapping[str, Posterior], register: Register) -> str:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    names = [prior.name for prior in next(iter(fits.values())).priors]
    writer.writerow(["member", "draw", "weight", *names])
    total = sum(register.member(name).weight for name in fits)
    for name, fit in fits.items():
        kept = fit.weights >= LIGHTEST * fit.weights.max()
        share = register.member(name).weight / total / fit.weights[kept].sum()
        for draw, weight, values in zip(fit.draws[kept], fit.weights[kept], fit.values[kept], strict=True):
            writer.writerow([name, int(draw), f"{share * weight:.9g}", *(repr(float(v)) for v in values)])
    return lines.getvalue()


def _frame(text: str) -> pd.DataFrame:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    kinds: dict[str, Any] = {"member": str, "draw": int}
    columns = {name: [kinds.get(name, float)(row[k]) for row in rows] for k, name in enumerate(header)}
    return pd.DataFrame(columns)


def _about(fit: Posterior, member: Member) -> dict[str, Any]:
    return {
        "weight": member.weight,
        "simulations": fit.spent,
        "particles": fit.particles,
        "tolerance": fit.tolerance,
        "effective": round(fit.ess, 3),
        "warnings": list(fit.warnings),
        "contraction": {name: round(value, 4) for name, value in contraction(fit).items()},
        "course": [list(step) for step in fit.course],
    }


def _manifest(path: Path) -> dict[str, Any]:
    expected = "the manifest of a posterior"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise FileProblem(path=str(path), problem=problem, expected=expected, next=REMAKE) from error
    if not isinstance(found, dict):
        raise FileProblem(path=str(path), problem="it holds no table", expected=expected, next=REMAKE)
    return found


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
