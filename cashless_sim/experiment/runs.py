"""Finished runs: one tidy frame with the manifest of what made it."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from cashless_sim.errors import UnknownName, nearest
from cashless_sim.experiment.writing import whole, writable

COLUMNS = ("scenario", "replicate", "month", "measure", "group", "value")
CATEGORIES = ("scenario", "month", "measure", "group")
FIRST_DRAW = 1000
CHUNK = 100_000


@dataclass(frozen=True, eq=False)
class Runs:
    """Scenarios × replicates: ``frame`` has scenario, replicate, month, measure, group, value.

    Replicates from `FIRST_DRAW` on are prior draws of the parameters; those below run the scenario's own values.
    ``manifest`` holds recipes, data, code, versions, seeds and one row a run.
    """

    frame: pd.DataFrame
    manifest: Mapping[str, Any]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios, in the order in which they were given."""
        return tuple(dict.fromkeys(row["scenario"] for row in self.manifest["runs"]))

    @property
    def table(self) -> pd.DataFrame:
        """One row a run: scenario, replicate, draw, households, full_size, start, end, seconds."""
        return pd.DataFrame(self.manifest["runs"])

    def about(self, scenario: str) -> Mapping[str, Any]:
        """Return the manifest's entry of one scenario: title, hash, place; raise `UnknownName`."""
        for entry in self.manifest["scenarios"]:
            if entry["name"] == scenario:
                return dict(entry)
        known = self.scenarios
        near = nearest(scenario, known)
        raise UnknownName(what="scenario in these runs", name=scenario, expected=", ".join(known), near=near)

    def select(self, draws: bool | None = None, **wanted: str | int | Sequence[Any]) -> pd.DataFrame:
        """Return the rows where each named column has the value, or one of the values.

        ``draws=True`` keeps the prior draws, ``False`` the runs of the scenario's own values.
        Raises `UnknownName` for a column that is not there.
        """
        keep = pd.Series(True, index=self.frame.index)
        if draws is not None:
            keep &= (self.frame["replicate"] >= FIRST_DRAW) == draws
        for name, value in wanted.items():
            if name not in COLUMNS:
                near = nearest(name, COLUMNS)
                raise UnknownName(what="column of the runs", name=name, expected=", ".join(COLUMNS), near=near)
            values = [value] if isinstance(value, str | int) else list(value)
            keep &= self.frame[name].isin(values)
        return self.frame[keep].reset_index(drop=True)

    @cached_property
    def results_hash(self) -> str:
        """SHA-256 (hex) of the frame as `write` puts it into ``runs.csv``."""
        digest = hashlib.sha256()
        for text in self._lines():
            digest.update(text.encode("utf-8"))
        return digest.hexdigest()

    def _lines(self) -> Iterator[str]:
        yield ",".join(COLUMNS) + "\n"
        for start in range(0, len(self.frame), CHUNK):
            part = self.frame.iloc[start : start + CHUNK]
            yield part.to_csv(index=False, header=False, lineterminator="\n")

    def write(self, folder: str | Path) -> tuple[Path, Path]:
        """Write ``runs.csv`` and ``manifest.json``, each whole or not at all; raise `FileProblem`."""
        inside = writable(Path(folder))
        table, manifest = inside / "runs.csv", inside / "manifest.json"
        whole(table, self._write_table)
        text = json.dumps({**self.manifest, "results_hash": self.results_hash}, indent=2, ensure_ascii=False)
        whole(manifest, lambda path: _put(path, [text, "\n"]))
        return table, manifest

    def _write_table(self, path: Path) -> None:
        _put(path, self._lines())

    def _repr_html_(self) -> str:
        shown = ("scenario", "replicate", "draw", "households", "start", "end")
        head = "".join(f"<th>{name}</th>" for name in shown)
        cells = [
            "<tr>" + "".join(f"<td>{html.escape(str(row[name]))}</td>" for name in shown) + "</tr>"
            for row in self.manifest["runs"]
        ]
        return f"<table><tr>{head}</tr>{''.join(cells)}</table><p>{len(self.frame)} rows, uncalibrated</p>"


def stacked(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return frames of `COLUMNS` as one, its labels as categories in order of their text; no part gives no row."""
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    labels = {name: _joined([part[name] for part in parts]) for name in CATEGORIES}
    numbers = {name: np.concatenate([part[name].to_numpy() for part in parts]) for name in ("replicate", "value")}
    return pd.DataFrame({name: labels[name] if name in labels else numbers[name] for name in COLUMNS})


def _joined(parts: Sequence[pd.Series]) -> pd.Categorical:
    """Return columns one after the other, without objects in between: there may be millions of rows."""
    joined = union_categoricals([_text(part) for part in parts])
    used: pd.Categorical = joined.remove_unused_categories()
    return used.reorder_categories(sorted(used.categories))


def _text(part: pd.Series) -> pd.Categorical:
    """Return a column as a categorical whose categories are plain texts, whatever pandas reads them as."""
    found: pd.Categorical = part.astype("category").array
    texts = pd.Index([str(name) for name in found.categories], dtype=object)
    return pd.Categorical.from_codes(found.codes, categories=texts)


def _put(path: Path, texts: Iterator[str] | Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(texts)
