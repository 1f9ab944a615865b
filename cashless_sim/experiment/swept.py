"""What a sweep left in the store, read back run by run in the order in which it was asked for."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.errors import UnknownName, nearest
from cashless_sim.experiment.asking import Row, rows
from cashless_sim.experiment.drawing import PRIOR
from cashless_sim.experiment.manifest import FORMAT, versions
from cashless_sim.experiment.packed import Keep
from cashless_sim.experiment.runs import COLUMNS, Runs, stacked
from cashless_sim.experiment.store import Design, Store
from cashless_sim.experiment.writing import whole, writable


@dataclass(frozen=True)
class Sweep:
    """The runs of one design: held in the store, never all in memory."""

    path: Path
    design: Design

    @classmethod
    def open(cls, store: str | Path, name: str) -> Sweep:
        """Return a sweep of that name in a store; raise `FileProblem`, `UnknownName`."""
        with Store(store, make=False) as held:
            return cls(held.path, held.design(name))

    @cached_property
    def rows(self) -> list[Row]:
        """The runs asked for, in order."""
        return list(rows(self.design.about))

    @property
    def table(self) -> pd.DataFrame:
        """One row a run: scenario, of, point, replicate, draw."""
        return pd.DataFrame([asdict(row) for row in self.rows])

    @property
    def points(self) -> pd.DataFrame:
        """One row a scenario and point: scenario, of, point, then one column a setting."""
        about = self.design.about
        found = {row.scenario: row for row in self.rows}
        return pd.DataFrame(
            {
                "scenario": row.scenario,
                "of": row.of,
                "point": row.point,
                **({} if row.point is None else about["settings"][row.point]),
            }
            for row in found.values()
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """Where the draws of parameters come from, and what speaks against believing them."""
        about = self.design.about
        return dict(about.get("parameters", {"source": PRIOR, "draws": about["draws"]}))

    @property
    def calibrated(self) -> bool:
        """Whether the draws are of a posterior that nothing speaks against."""
        told = self.parameters
        return told["source"] != PRIOR and not told["doubts"]

    @property
    def failures(self) -> pd.DataFrame:
        """One row a run in quarantine: scenario, replicate, traceback."""
        with Store(self.path, make=False) as store:
            found = store.failures(self.design.asks)
        bad = [
            (row.scenario, row.replicate, found[ask][1])
            for row, ask in zip(self.rows, self.design.asks, strict=True)
            if ask in found
        ]
        return pd.DataFrame(bad, columns=["scenario", "replicate", "traceback"])

    @property
    def missing(self) -> int:
        """Number of runs that are not finished, those in quarantine included."""
        with Store(self.path, make=False) as store:
            asks = set(self.design.asks)
            return len(asks) - len(store.finished(asks))

    @property
    def results_hash(self) -> str:
        """SHA-256 (hex) over the checksums of all runs in order: the same for any number of workers."""
        with Store(self.path, make=False) as store:
            totals = store.checksums(self.design.asks)
        digest = hashlib.sha256()
        for row, ask in zip(self.rows, self.design.asks, strict=True):
            digest.update(f"{row.scenario},{row.replicate},{totals.get(ask, b'').hex()}\n".encode())
        return digest.hexdigest()

    def frames(self, keep: Keep | None = None, **wanted: Any) -> Iterator[pd.DataFrame]:
        """Yield the tidy frame of each finished run in order, of the rows where each named column has the value.

        ``keep`` tells from a run's month, measure and group (categoricals) which rows to read at all (``bool[rows]``).
        Raises `UnknownName` for a column that is not there, `DataProblem` for a damaged run.
        """
        _known(wanted)
        with Store(self.path, make=False) as store:
            there = store.finished(self.design.asks)
            for row, ask in zip(self.rows, self.design.asks, strict=True):
                labels: dict[str, Any] = {"scenario": row.scenario, "replicate": row.replicate}
                if ask in there and _meets(labels, wanted):
                    yield _labelled(_rows(store.frame(ask, keep), wanted), row)

    def select(self, **wanted: Any) -> pd.DataFrame:
        """Return the rows of all runs where each named column has the value, or one of the values."""
        return stacked(list(self.frames(**wanted)))

    def runs(self, **wanted: Any) -> Runs:
        """Return `Runs`, for comparisons and figures, of the rows that are wanted; all of them are held in memory.

        The manifest's ``versions`` are those that read the store; ``data_hash`` and ``code_version``, where all runs
        share them, those that made the numbers. A scenario's recipe is there unless settings were changed in it.
        """
        about = self.design.about
        frame = self.select(**wanted)
        asked = {"replicates": about["replicates"], "draws": about["draws"], "draw_households": None}
        manifest = {
            "format": FORMAT,
            "scenarios": list(self._scenarios()),
            "versions": versions(),
            "seed": about["seed"],
            "asked": {**asked, "draw_groups": about["groups"]},
            "parameters": self.parameters,
            "calibrated": self.calibrated,
        }
        made, facts = self._facts()
        return Runs(frame, {**manifest, **made, "runs": facts})

    def _scenarios(self) -> Iterator[dict[str, Any]]:
        """Yield what is known of each scenario at each point."""
        base = {one["name"]: one for one in self.design.about["scenarios"]}
        for row in {row.scenario: row for row in self.rows}.values():
            known = base[row.of] if row.point is None else {k: v for k, v in base[row.of].items() if k != "recipe"}
            yield {**known, "name": row.scenario}

    def _facts(self) -> tuple[dict[str, str], list[dict[str, Any]]]:
        """Return which data and code made all runs, where they share them, and one row a finished run."""
        seed, found, made = self.design.about["seed"], [], set()
        with Store(self.path, make=False) as store:
            there = store.finished(self.design.asks)
            for row, ask in zip(self.rows, self.design.asks, strict=True):
                if ask in there:
                    identity, facts = store.about(ask)
                    made.add((identity.data, identity.code))
                    luck = {"scenario": row.scenario, "replicate": row.replicate, "draw": row.draw, "seed": seed}
                    found.append({**luck, **facts})
        shared = dict(zip(("data_hash", "code_version"), made.pop(), strict=True)) if len(made) == 1 else {}
        return shared, found

    def write(self, folder: str | Path, **wanted: Any) -> list[Path]:
        """Write ``points.csv``, ``runs.csv`` (the wanted rows) and ``manifest.json``, each whole or not at all.

        The same sweep gives the same bytes, whatever happened on the way. Raises `FileProblem`, `DataProblem`.
        """
        inside = writable(Path(folder))
        points, table, manifest = (inside / name for name in ("points.csv", "runs.csv", "manifest.json"))
        whole(points, lambda path: self.points.to_csv(path, index=False, lineterminator="\n", encoding="utf-8"))
        whole(table, lambda path: self._stream(path, wanted))
        facts = {"name": self.design.name, "calibrated": self.calibrated, "missing": self.missing}
        about = {**self.design.about, **facts}
        text = json.dumps({**about, "results_hash": self.results_hash}, indent=2, ensure_ascii=False)
        whole(manifest, lambda path: _put(path, text + "\n"))
        return [points, table, manifest]

    def _stream(self, path: Path, wanted: dict[str, Any]) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(COLUMNS)
            for frame in self.frames(**wanted):
                file.write(frame.to_csv(index=False, header=False, lineterminator="\n"))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _known(wanted: dict[str, Any]) -> None:
    for name in wanted:
        if name not in COLUMNS:
            near = nearest(name, COLUMNS)
            raise UnknownName(what="column of the runs", name=name, expected=", ".join(COLUMNS), near=near)


def _labelled(frame: pd.DataFrame, row: Row) -> pd.DataFrame:
    """Return a run's frame with its scenario and replicate, as `COLUMNS`."""
    scenario = pd.Categorical.from_codes(np.zeros(len(frame), dtype=np.int8), categories=pd.Index([row.scenario]))
    return frame.assign(scenario=scenario, replicate=row.replicate)[list(COLUMNS)]


def _values(given: Any) -> Sequence[Any]:
    return [given] if isinstance(given, str | int | float) else list(given)


def _meets(labels: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(labels[name] in _values(wanted[name]) for name in labels if name in wanted)


def _rows(frame: pd.DataFrame, wanted: dict[str, Any]) -> pd.DataFrame:
    for name, given in wanted.items():
        if name in frame:
            frame = frame[frame[name].isin(_values(given))]
    return frame
