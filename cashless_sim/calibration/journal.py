"""Finished simulations of a fit, in files written whole: what a kill leaves, a second start takes up again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from cashless_sim.errors import DataProblem
from cashless_sim.experiment.writing import told, whole, writable

PART = 8
"""Simulations a file: this many at most are lost to a kill."""
ABOUT = "about.json"
NEXT = "give another folder, or begin again in an empty one"

Row = tuple[float, ...]


class Journal:
    """A folder of parts, each with the numbers and the statistics of `PART` draws; without a folder, nothing is kept.

    ``about`` says what the fit is of (plain data): a folder of another fit is refused with `DataProblem`.
    """

    def __init__(self, folder: Path | None, names: Sequence[str], about: dict[str, object]) -> None:
        """Open the folder, or make it; raise `FileProblem`, `DataProblem`."""
        self._folder = None if folder is None else writable(Path(folder))
        self._names = ["draw", *names]
        if self._folder is not None:
            self._claim(self._folder / ABOUT, json.dumps(about, sort_keys=True, indent=1, ensure_ascii=False) + "\n")

    def _claim(self, path: Path, text: str) -> None:
        if not path.exists():
            whole(path, lambda beside: _write(beside, text))
            return
        with told(path, "a file that can be read"):
            found = path.read_text(encoding="utf-8")
        if found != text:
            problem = "the folder holds simulations of another fit"
            raise DataProblem(where=str(path), problem=problem, expected="those of this one", next=NEXT)

    def kept(self, first: int, last: int) -> dict[int, Row]:
        """Return what is kept of the draws ``first`` … ``last - 1``: draw → its numbers, then its statistics."""
        found: dict[int, Row] = {}
        for part in sorted({draw // PART for draw in range(first, last)}):
            found |= {draw: row for draw, row in self._read(part) if first <= draw < last}
        return found

    def keep(self, part: int, rows: dict[int, Row]) -> None:
        """Keep a part whole, together with what was kept of it before."""
        if self._folder is None or not rows:
            return
        merged = dict(self._read(part)) | rows
        lines = io.StringIO(newline="")
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(self._names)
        writer.writerows([draw, *map(repr, merged[draw])] for draw in sorted(merged))
        whole(self._path(part), lambda beside: _write(beside, lines.getvalue()))

    def _read(self, part: int) -> Iterator[tuple[int, Row]]:
        if self._folder is None or not self._path(part).exists():
            return
        path = self._path(part)
        with told(path, "a file that can be read"):
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        if not rows or rows[0] != self._names or any(len(row) != len(self._names) for row in rows):
            raise DataProblem(where=str(path), problem="it is not a part of this fit", expected="one", next=NEXT)
        for draw, *numbers in rows[1:]:
            yield int(draw), tuple(map(float, numbers))

    def _path(self, part: int) -> Path:
        assert self._folder is not None
        return self._folder / f"part-{part:05d}.csv"


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
