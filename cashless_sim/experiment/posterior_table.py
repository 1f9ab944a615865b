"""A posterior as a table of weighted draws, with the manifest of what made it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from cashless_sim.errors import BadValue, DataProblem, FileProblem
from cashless_sim.experiment.writing import told
from cashless_sim.streams import uniform

TABLE, MANIFEST = "posterior.csv", "manifest.json"
FORMAT = 2
REMAKE = "cashless-sim calibrate makes it anew"


@dataclass(frozen=True)
class Draws:
    """A posterior as read: ``frame`` has member, draw, weight and the free numbers; ``manifest`` says what made it."""

    path: Path
    frame: pd.DataFrame
    manifest: dict[str, Any]

    def chosen(self, count: Any, seed: int) -> pd.DataFrame:
        """Return ``count`` rows drawn evenly by weight (systematic resampling), keyed by ``seed``; raise `BadValue`."""
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            raise BadValue(what="draws", value=count, expected="a whole number of 1 or more")
        edges = np.cumsum(self.frame["weight"].to_numpy())
        start = float(uniform(seed, count, 0, "calibration.chosen"))
        points = (np.arange(count) + start) / count * edges[-1]
        rows = np.minimum(np.searchsorted(edges, points, side="right"), len(edges) - 1)
        found: pd.DataFrame = self.frame.iloc[rows].reset_index(drop=True)
        return found

    def made_with(self, wanted: Mapping[str, Any]) -> Draws:
        """Return this posterior if its manifest has these entries; raise `DataProblem`."""
        for key, value in wanted.items():
            if self.manifest.get(key) != value:
                problem = f"it was made with another {key.replace('_', ' ')}: {str(self.manifest.get(key))[:12]}"
                raise DataProblem(where=str(self.path), problem=problem, expected=str(value)[:12], next=REMAKE)
        return self


def read_table(folder: Path) -> Draws:
    """Return the posterior in a folder; raise `FileProblem`, and `DataProblem` for a table of another manifest."""
    manifest = read_manifest(Path(folder) / MANIFEST)
    path = Path(folder) / TABLE
    with told(path, "a posterior"):
        content = path.read_bytes().replace(b"\r\n", b"\n")
    if hashlib.sha256(content).hexdigest() != manifest.get("table_hash"):
        _other(path)
    try:
        found = Draws(path, frame_of(content.decode("utf-8")), manifest)
    except (ValueError, IndexError, csv.Error):
        _other(path)
    return _sound(found.made_with({"format": FORMAT}))


def _other(path: Path) -> NoReturn:
    problem = "it is not the table that its manifest describes"
    raise DataProblem(where=str(path), problem=problem, expected="the two as they were written", next=REMAKE)


def _sound(found: Draws) -> Draws:
    """Return a posterior whose manifest can be worked with; raise `DataProblem` for one that was edited."""
    free, members = found.manifest.get("free"), found.manifest.get("members")
    seed, places = found.manifest.get("seed"), found.manifest.get("places")
    whole = isinstance(seed, int) and isinstance(places, list) and all(isinstance(one, str) for one in places)
    whole &= isinstance(free, dict) and all(_is_free(one) and name in found.frame for name, one in free.items())
    whole &= isinstance(members, dict) and all(map(_is_member, members.values()))
    whole &= {"member", "draw", "weight"} <= set(found.frame) and set(found.frame["member"]) <= set(members or ())
    if not (whole and found.frame["weight"].between(0, 1).all() and found.frame["weight"].sum() > 0):
        _other(found.path)
    return found


def _is_free(about: Any) -> bool:
    """Whether this describes a fitted number: the key that it goes to, its range, its spread between places."""
    if not (isinstance(about, dict) and {"key", "low", "high"} <= set(about) <= {"key", "low", "high", "spread"}):
        return False
    numbers = [about[name] for name in about if name != "key"]
    plain = all(isinstance(one, int | float) and math.isfinite(one) for one in numbers)
    return plain and isinstance(about["key"], str) and about["low"] <= about["high"]


def _is_member(about: Any) -> bool:
    """Whether this describes a structure: its rate of contacts, who inherits closed points, its alarm and tolerance."""
    if not isinstance(about, dict):
        return False
    peers, told_of = about.get("by_peers"), about.get("predictive")
    rate = (peers is None and "by_peers" in about) or (isinstance(peers, int | float) and math.isfinite(peers))
    alarm = isinstance(told_of, dict) and "alarm" in told_of and isinstance(told_of["alarm"], bool | None)
    reached = about.get("tolerance", 1.0)
    return rate and alarm and isinstance(about.get("handover"), bool) and isinstance(reached, int | float)


def read_manifest(path: Path) -> dict[str, Any]:
    """Return the manifest of a posterior; raise `FileProblem`."""
    expected = "the manifest of a posterior"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise FileProblem(path=str(path), problem=problem, expected=expected, next=REMAKE) from error
    if not isinstance(found, dict):
        raise FileProblem(path=str(path), problem="it holds no table", expected=expected, next=REMAKE)
    return found


def frame_of(text: str) -> pd.DataFrame:
    """Return a table of draws from its text: member a text, draw and months whole numbers, the rest float64."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    columns = {name: [_kind(name)(row[k]) for row in rows] for k, name in enumerate(header)}
    return pd.DataFrame(columns)


def _kind(name: str) -> Any:
    return str if name == "member" else int if name == "draw" or name.startswith("month.") else float
