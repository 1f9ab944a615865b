"""Where results go when nobody says: into the folder of the scenarios, but never over another recipe's results."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from cashless_sim.experiment.writing import part

RESULTS = Path("results")
Recipe = list[tuple[str, str]]


def free(name: str, recipes: Recipe, seed: int) -> Path:
    """Return ``results/<name>``, or ``<name>-2`` and so on while a folder holds runs of another recipe or seed.

    ``recipes`` are names and hashes of the scenarios. The same recipe and seed write over their own results.
    """
    for number in count(1):
        folder = RESULTS / part(name if number == 1 else f"{name}-{number}")
        held = _held(folder / "manifest.json")
        if held is None or held == (recipes, seed):
            return folder
    raise AssertionError


def _held(manifest: Path) -> tuple[Recipe, int] | None:
    """Return whose results lie beside a manifest: None for nobody's, no recipe for one that cannot be read."""
    if not manifest.exists():
        return None
    try:
        found: Mapping[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        scenarios: Sequence[Mapping[str, str]] = found["scenarios"]
        return [(one["name"], one["hash"]) for one in scenarios], int(found["seed"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return [], -1
