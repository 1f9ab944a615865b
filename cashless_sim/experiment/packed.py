"""A run's numbers packed small, with a checksum over all of them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.errors import DataProblem

LABELS = ("month", "measure", "group")
SAMPLE = 65_536
"""Bytes at the start of a run's numbers that tell whether packing pays."""
PAYS = 0.6
"""Share of its size to which packing must bring them; assumed."""
Keep = Callable[[pd.Categorical, pd.Categorical, pd.Categorical], NDArray[np.bool_]]
NEXT = "cashless-sim store verify --drop takes it out; the next sweep makes it again"


@dataclass(frozen=True)
class Packed:
    """The frame of one run: its labels (shared by many runs), its float64 values, its facts as JSON."""

    labels: bytes
    values: bytes
    facts: str

    @property
    def labels_hash(self) -> bytes:
        """SHA-256 of the labels: bytes[32]."""
        return hashlib.sha256(self.labels).digest()

    def checksum(self, key: bytes) -> bytes:
        """Return the SHA-256 over the run's key and all that is read back: bytes[32]."""
        return checksum(key, self.labels_hash, self.values, self.facts)


def checksum(key: bytes, labels_hash: bytes, values: bytes, facts: str) -> bytes:
    """Return the SHA-256 over a run's key and all that is read back: bytes[32]."""
    digest = hashlib.sha256(key + labels_hash)
    digest.update(hashlib.sha256(values).digest())
    digest.update(facts.encode("utf-8"))
    return digest.digest()


def same(one: Packed, other: Packed) -> bool:
    """Whether two runs hold the same numbers under the same labels, however tightly these numbers are packed."""
    if one.facts != other.facts or one.labels != other.labels:
        return False
    try:
        return zlib.decompress(one.values) == zlib.decompress(other.values)
    except zlib.error:
        return False


def packed(frame: pd.DataFrame, facts: dict[str, Any]) -> Packed:
    """Return a frame with month, measure, group and value, packed; facts that differ between machines left out."""
    values = np.ascontiguousarray(frame["value"].to_numpy("<f8"))
    kept = {name: value for name, value in facts.items() if name in ("households", "full_size", "start", "end")}
    return Packed(_packed_labels(frame), _packed_values(values.tobytes()), json.dumps(kept, sort_keys=True))


def _packed_values(raw: bytes) -> bytes:
    """Return numbers packed where that pays: those of many households hardly shrink, and packing them costs time."""
    start = raw[:SAMPLE]
    pays = len(zlib.compress(start, 1)) < PAYS * len(start)
    return zlib.compress(raw, 1 if pays else 0)


def _packed_labels(frame: pd.DataFrame) -> bytes:
    """Return the labels, packed: a line of JSON with the names in each column, then each column's codes."""
    names, codes = [], []
    for label in LABELS:
        numbers, found = pd.factorize(frame[label].to_numpy(object))
        names.append([str(name) for name in found])
        codes.append(numbers.astype("<u4").tobytes())
    head = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return _shared(b"\n".join([head, b"".join(codes)]))


@lru_cache(maxsize=4)
def _shared(labels: bytes) -> bytes:
    """Return labels packed, once for all runs that share them."""
    return zlib.compress(labels, 1)


@lru_cache(maxsize=4)
def _labels(labels: bytes) -> tuple[pd.Categorical, ...]:
    head, _, codes = zlib.decompress(labels).partition(b"\n")
    columns = np.frombuffer(codes, "<i4").reshape(len(LABELS), -1)
    names = json.loads(head)
    return tuple(
        pd.Categorical.from_codes(column, categories=known) for column, known in zip(columns, names, strict=True)
    )


def unpacked(run: Packed, where: str, keep: Keep | None = None) -> pd.DataFrame:
    """Return the frame (month, measure, group, value) of a packed run; raise `DataProblem`, naming ``where``.

    ``keep`` tells from the columns of labels which rows are wanted, before any other is made.
    """
    try:
        columns = _labels(run.labels)
        values = np.frombuffer(zlib.decompress(run.values), "<f8").astype(np.float64)
        if any(len(column) != len(values) for column in columns):
            raise ValueError
    except (zlib.error, ValueError, KeyError) as error:
        expected = "what was written"
        raise DataProblem(where=where, problem="a run is damaged", expected=expected, next=NEXT) from error
    if keep is not None:
        rows = keep(*columns)
        columns, values = tuple(column[rows] for column in columns), values[rows]
    return pd.DataFrame({**dict(zip(LABELS, columns, strict=True)), "value": values})
