"""The store: finished runs found again by what made them, each written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.errors import DataProblem, UnknownName, nearest
from cashless_sim.experiment.database import guarded, opened, transaction
from cashless_sim.experiment.packed import NEXT, Keep, Packed, checksum, same, unpacked

WIDTH = 32
BATCH = 500


@dataclass(frozen=True)
class Identity:
    """Everything a run's numbers follow from: hashes (hex) of recipe, data and code, luck, size, rows kept."""

    recipe: str
    data: str
    code: str
    seed: int
    replicate: int
    households: int
    kept: str = ""

    @property
    def text(self) -> str:
        """The identity as JSON, the same on every machine."""
        return json.dumps(asdict(self), sort_keys=True)

    @property
    def key(self) -> bytes:
        """SHA-256 of the identity: bytes[32]."""
        return hashlib.sha256(self.text.encode("utf-8")).digest()


@dataclass(frozen=True)
class Design:
    """What a sweep asked for: ``about`` is plain data, ``asks`` one key of 32 bytes a run, in order."""

    name: str
    about: dict[str, Any]
    asks: tuple[bytes, ...]

    @property
    def id(self) -> bytes:
        """SHA-256 of what was asked, whatever the code: bytes[32]."""
        return hashlib.sha256(json.dumps(self.about, sort_keys=True).encode("utf-8")).digest()


class Store:
    """Runs in one SQLite file; one process or several may write, and any kill leaves only whole runs.

    Keep it on a local disk: SQLite's write-ahead log does not work on network drives.
    """

    def __init__(self, path: str | Path, make: bool = True) -> None:
        """Open the file, made with its folder if ``make``; raise `FileProblem`."""
        self.path = Path(path)
        self._link = opened(self.path, make)

    def __enter__(self) -> Store:
        """Return the store, closed at the end of the block."""
        return self

    def __exit__(self, *told: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._link.close()

    def __len__(self) -> int:
        return int(self.rows("SELECT count(*) FROM runs")[0][0])

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that answer a question in SQL; raise `FileProblem`."""
        with guarded(self.path):
            return self._link.execute(question, values).fetchall()

    def write(self, *steps: tuple[str, Sequence[Any]]) -> None:
        """Carry out all statements with their values, or none of them; raise `FileProblem`."""
        with guarded(self.path), transaction(self._link):
            for statement, values in steps:
                self._link.execute(statement, values)

    @property
    def link(self) -> sqlite3.Connection:
        """The open connection, for upkeep."""
        return self._link

    def finished(self, asks: Iterable[bytes]) -> set[bytes]:
        """Return those of the asks whose run is here."""
        question = "SELECT ask FROM asks WHERE ask IN ({}) AND key IN (SELECT key FROM runs)"
        return {row[0] for row in self._among(question, asks)}

    def has(self, key: bytes) -> bool:
        """Whether the run of this key is here."""
        return bool(self.rows("SELECT 1 FROM runs WHERE key = ?", (key,)))

    def _among(self, question: str, asks: Iterable[bytes]) -> Iterator[tuple[Any, ...]]:
        wanted = list(asks)
        for start in range(0, len(wanted), BATCH):
            part = wanted[start : start + BATCH]
            yield from self.rows(question.format(",".join("?" * len(part))), part)

    def put(self, ask: bytes, identity: Identity, run: Packed, seconds: float) -> None:
        """Keep a run under its identity, whole or not at all; its quarantine ends.

        Raises `FileProblem`, and `DataProblem` when the same identity is here with other numbers.
        """
        key, total = identity.key, run.checksum(identity.key)
        there = self.rows("SELECT checksum FROM runs WHERE key = ?", (key,))
        if there and there[0][0] != total and not self.holds(key, run):
            raise DataProblem(
                where=f"{self.path}: {key.hex()[:12]}",
                problem="this run is here already with other numbers",
                expected="the same numbers from the same recipe, data, code and seed",
                next="cashless-sim store verify tells whether it is damaged",
            )
        content = (key, identity.text, identity.code, run.labels_hash, run.facts, total, seconds, run.values)
        self.write(
            ("INSERT OR IGNORE INTO labels VALUES (?, ?)", (run.labels_hash, run.labels)),
            ("INSERT OR IGNORE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", content),
            ("INSERT OR REPLACE INTO asks VALUES (?, ?)", (ask, key)),
            ("DELETE FROM failures WHERE ask = ?", (ask,)),
        )

    def holds(self, key: bytes, run: Packed) -> bool:
        """Whether the run of a key is here, sound and with these numbers, maybe packed in another way."""
        question = (
            "SELECT identity, labels.content, runs.content, facts, checksum FROM runs "
            "LEFT JOIN labels ON labels.hash = runs.labels WHERE key = ?"
        )
        for identity, labels, values, facts, total in self.rows(question, (key,)):
            here = Packed(labels or b"", values, facts)
            return not damage(key, identity, here, total) and same(here, run)
        return False

    def point(self, ask: bytes, key: bytes) -> None:
        """Remember which run answers an ask."""
        self.write(("INSERT OR REPLACE INTO asks VALUES (?, ?)", (ask, key)))

    def run(self, ask: bytes) -> tuple[Identity, Packed, bytes]:
        """Return identity, numbers and checksum of the run that answers an ask, checked.

        Raises `UnknownName` when it is not here, `DataProblem` when it is damaged.
        """
        question = (
            "SELECT runs.key, identity, labels.content, runs.content, facts, checksum FROM asks "
            "JOIN runs ON runs.key = asks.key LEFT JOIN labels ON labels.hash = runs.labels WHERE ask = ?"
        )
        found = self.rows(question, (ask,))
        if not found:
            raise UnknownName(what="finished run", name=ask.hex()[:12], expected="runs of a finished sweep")
        key, identity, labels, values, facts, total = found[0]
        run = Packed(labels or b"", values, facts)
        if damage(key, identity, run, total):
            where = f"{self.path}: {key.hex()[:12]}"
            raise DataProblem(where=where, problem="a run is damaged", expected="what was written", next=NEXT)
        return Identity(**json.loads(identity)), run, total

    def about(self, ask: bytes) -> tuple[Identity, dict[str, Any]]:
        """Return identity and facts of the run that answers an ask, without its numbers.

        Raises `UnknownName`, and `DataProblem` when it is damaged.
        """
        found = self.rows("SELECT key, identity, facts FROM asks JOIN runs USING (key) WHERE ask = ?", (ask,))
        if not found:
            raise UnknownName(what="finished run", name=ask.hex()[:12], expected="runs of a finished sweep")
        key, identity, facts = found[0]
        try:
            if hashlib.sha256(identity.encode("utf-8")).digest() != key:
                raise ValueError
            return Identity(**json.loads(identity)), dict(json.loads(facts))
        except (AttributeError, TypeError, ValueError):
            where = f"{self.path}: {ask.hex()[:12]}"
            raise DataProblem(where=where, problem="a run is damaged", expected="what was written", next=NEXT) from None

    def frame(self, ask: bytes, keep: Keep | None = None) -> pd.DataFrame:
        """Return the frame (month, measure, group, value) of an ask, or its rows to ``keep``; raise as `run`."""
        return unpacked(self.run(ask)[1], str(self.path), keep)

    def checksums(self, asks: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the checksum of each ask's run that is here."""
        question = "SELECT ask, checksum FROM asks JOIN runs USING (key) WHERE ask IN ({})"
        return dict(self._among(question, asks))

    def fail(self, ask: bytes, label: str, trace: str) -> None:
        """Put a run that failed in quarantine, with what Python said."""
        self.write(("INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", (ask, label, trace)))

    def failures(self, asks: Iterable[bytes]) -> dict[bytes, tuple[str, str]]:
        """Return label and traceback of each ask in quarantine."""
        question = "SELECT ask, label, trace FROM failures WHERE ask IN ({})"
        return {ask: (label, trace) for ask, label, trace in self._among(question, asks)}

    def record(self, design: Design) -> None:
        """Remember a design under its name, in place of another of that name: `gc` keeps the runs it asks for."""
        asks = b"".join(design.asks)
        about = hashlib.sha256(asks).digest() + zlib.compress(json.dumps(design.about).encode("utf-8"))
        row = (design.name, about, asks)
        self.write(("INSERT OR REPLACE INTO designs VALUES (?, ?, ?)", row))

    def designs(self) -> list[Design]:
        """Return the designs that were recorded, by name; raise `DataProblem` for a damaged one."""
        found = []
        for name, about, asks in self.rows("SELECT name, about, asks FROM designs ORDER BY name"):
            one = design_of(name, about, asks)
            if one is None:
                where, problem = f"{self.path}: {name}", "a design is damaged"
                raise DataProblem(where=where, problem=problem, expected="what was written", next=NEXT)
            found.append(one)
        return found

    def design(self, name: str) -> Design:
        """Return the design of this name; raise `UnknownName`."""
        known = {design.name: design for design in self.designs()}
        if name not in known:
            expected = ", ".join(known) or "none"
            raise UnknownName(what="sweep in this store", name=name, expected=expected, near=nearest(name, known))
        return known[name]


def damage(key: Any, identity: Any, run: Packed, total: Any) -> bool:
    """Whether a stored run is not what was written under its key, in kind or in content."""
    if not (isinstance(identity, str) and isinstance(run.facts, str)):
        return True
    if not all(isinstance(one, bytes) for one in (key, run.labels, run.values, total)):
        return True
    if hashlib.sha256(identity.encode("utf-8")).digest() != key:
        return True
    return bool(checksum(key, run.labels_hash, run.values, run.facts) != total)


def design_of(name: Any, about: Any, asks: Any) -> Design | None:
    """Return a design as it was stored, or None when it is damaged."""
    if not (isinstance(name, str) and isinstance(about, bytes) and isinstance(asks, bytes)):
        return None
    try:
        said = json.loads(zlib.decompress(about[WIDTH:]))
    except (zlib.error, ValueError):
        return None
    return Design(name, said, split(asks)) if about[:WIDTH] == hashlib.sha256(asks).digest() else None


def split(asks: bytes) -> tuple[bytes, ...]:
    """Return the keys of 32 bytes that were joined."""
    return tuple(asks[n : n + WIDTH] for n in range(0, len(asks), WIDTH))
