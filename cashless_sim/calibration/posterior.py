"""A posterior on disk: a table of weighted draws and a manifest; one made by other code or data is refused."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cashless_sim.calibration.check import contraction
from cashless_sim.calibration.predictive import alarm
from cashless_sim.calibration.simulate import numbers
from cashless_sim.calibration.targets import Member, Register
from cashless_sim.calibration.weights import Posterior
from cashless_sim.experiment.posterior_draws import inputs_hash
from cashless_sim.experiment.posterior_draws import read as read_posterior
from cashless_sim.experiment.posterior_table import FORMAT, MANIFEST, TABLE, Draws
from cashless_sim.experiment.version import code_version
from cashless_sim.experiment.writing import whole, writable

LIGHTEST = 1e-6
"""Draws below this share of the heaviest of their member are not written."""


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
        "data_hash": inputs_hash(places(register)),
        "targets_hash": register.hash,
        "places": places(register),
        "free": {f.name: {"key": f.key, "low": f.low, "high": f.high, "spread": f.spread} for f in numbers(register)},
        "table_hash": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        "simulations": sum(fit.spent for fit in fits.values()),
        "members": {name: _about(fit, register.member(name), register) for name, fit in fits.items()},
    }
    whole(made / TABLE, lambda beside: _write(beside, text))
    words = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    whole(made / MANIFEST, lambda beside: _write(beside, words))
    return made / TABLE, made / MANIFEST


def read(folder: Path, register: Register, code: str | None = None) -> Draws:
    """Return the posterior in a folder; raise `FileProblem`, and `DataProblem` when other code or data made it."""
    return read_posterior(folder, code, targets_hash=register.hash)


def places(register: Register) -> list[str]:
    """Return the names of the places that a fit runs, sorted."""
    return sorted({target.place for target in register.targets})


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


def _about(fit: Posterior, member: Member, register: Register) -> dict[str, Any]:
    return {
        "weight": member.weight,
        "by_peers": member.by_peers,
        "handover": member.handover,
        "simulations": fit.spent,
        "particles": fit.particles,
        "tolerance": fit.tolerance,
        "effective": round(fit.ess, 3),
        "warnings": list(fit.warnings),
        "predictive": alarm(fit, register.targets),
        "contraction": {name: round(value, 4) for name, value in contraction(fit).items()},
        "course": [list(step) for step in fit.course],
    }


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
