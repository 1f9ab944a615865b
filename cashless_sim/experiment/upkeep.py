"""A store looked after: what it holds, verified, cleared of what nothing names, merged with another."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from cashless_sim.errors import CashlessError, FileProblem
from cashless_sim.experiment.database import guarded, transaction
from cashless_sim.experiment.packed import Packed
from cashless_sim.experiment.store import Store, damage, design_of, split

WHOLE = (
    "SELECT key, identity, code, runs.labels, facts, checksum, seconds, runs.content, labels.content "
    "FROM runs LEFT JOIN labels ON labels.hash = runs.labels WHERE key = ?"
)


@dataclass(frozen=True)
class Listed:
    """One sweep in a store: how many runs it asked for, has, and has in quarantine."""

    name: str
    asked: int
    finished: int
    failed: int


@dataclass(frozen=True)
class Contents:
    """What a store holds: sweeps, runs, ``size`` in bytes, ``codes`` (runs per code version), failures."""

    sweeps: tuple[Listed, ...]
    runs: int
    size: int
    codes: dict[str, int]
    failures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Verified:
    """What `verify` found: runs ``sound``, keys (hex) of those ``damaged``, names of damaged designs, the file."""

    sound: int
    damaged: tuple[str, ...]
    designs: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class Cleared:
    """What `gc` took away: runs that no sweep names, failures in quarantine."""

    runs: int
    failures: int


@dataclass
class Merged:
    """What `merge` found in the other store, in runs."""

    added: int = 0
    present: int = 0
    damaged: int = 0
    conflicting: list[str] = field(default_factory=list)


def contents(store: Store) -> Contents:
    """Return what a store holds."""
    sweeps = tuple(
        Listed(one.name, len(one.asks), len(store.finished(one.asks)), len(store.failures(one.asks)))
        for one in store.designs()
    )
    codes = dict(store.rows("SELECT code, count(*) FROM runs GROUP BY code ORDER BY code"))
    failures = tuple(store.rows("SELECT label, trace FROM failures ORDER BY label"))
    return Contents(sweeps, len(store), store.path.stat().st_size, codes, failures)


def verify(store: Store, drop: bool = False) -> Verified:
    """Recompute every checksum; with ``drop`` take damaged runs out, so that the next sweep makes them again."""
    whole = _file_is_whole(store)
    checked = {key: row is not None and not _is_damaged(row) for key, row in _each(store)}
    damaged = [key for key, sound in checked.items() if not sound]
    designs = _damaged_designs(store)
    if drop and (damaged or designs):
        steps: list[tuple[str, tuple[Any, ...]]] = [("DELETE FROM runs WHERE key = ?", (key,)) for key in damaged]
        steps += [("DELETE FROM labels WHERE hash = ?", (bad,)) for bad in _damaged_labels(store)]
        steps += [("DELETE FROM designs WHERE name = ?", (name,)) for name in designs]
        store.write(*steps)
    return Verified(len(checked) - len(damaged), tuple(map(_named, damaged)), tuple(designs), whole)


def gc(store: Store, forget: str | None = None) -> Cleared:
    """Drop the quarantine and the runs that no sweep names, after forgetting one; give the room back.

    Raises `UnknownName` for a sweep that is not there, `FileProblem` when the file cannot be written.
    """
    if forget is not None:
        store.write(("DELETE FROM designs WHERE name = ?", (store.design(forget).name,)))
    with guarded(store.path), transaction(store.link):
        failures = store.rows("SELECT count(*) FROM failures")[0][0]
        before = len(store)
        store.link.execute("DELETE FROM failures")
        _drop_unnamed(store.link)
        after = len(store)
    with guarded(store.path):
        store.link.executescript("PRAGMA incremental_vacuum")  # steps to its end, as execute does not
        store.link.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return Cleared(before - after, failures)


def _drop_unnamed(link: sqlite3.Connection) -> None:
    link.execute("CREATE TEMP TABLE named (ask BLOB PRIMARY KEY) WITHOUT ROWID")
    for (asks,) in link.execute("SELECT asks FROM designs").fetchall():
        link.executemany("INSERT OR IGNORE INTO named VALUES (?)", [(ask,) for ask in split(asks)])
    link.execute("DELETE FROM asks WHERE ask NOT IN (SELECT ask FROM named)")
    link.execute("DELETE FROM runs WHERE key NOT IN (SELECT key FROM asks)")
    link.execute("DELETE FROM labels WHERE hash NOT IN (SELECT labels FROM runs)")
    link.execute("DROP TABLE named")


def merge(into: Store, other: Store) -> Merged:
    """Copy what another store holds and this one does not: sound runs, designs, quarantine; the other is only read.

    A run that is damaged there is left out; one that is here with other numbers stays as it is here. Raises
    `FileProblem` when this store cannot be written, or nothing of the other can be read.
    """
    done = Merged()
    for key, row in _each(other):
        if row is None or _is_damaged(row):
            done.damaged += 1
            continue
        here = into.rows("SELECT checksum FROM runs WHERE key = ?", (key,))
        if here and here[0][0] != row[5] and not into.holds(key, Packed(row[8], row[7], row[4])):
            done.conflicting.append(key.hex())
        elif here:
            done.present += 1
        else:
            into.write(
                ("INSERT OR IGNORE INTO labels VALUES (?, ?)", (row[3], row[8])),
                ("INSERT OR IGNORE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row[:8]),
            )
            done.added += 1
    _copy_names(into, other)
    return done


def _copy_names(into: Store, other: Store) -> None:
    """Copy asks, designs and quarantine, as far as they can be read; a name taken by another design is lengthened."""
    with suppress(CashlessError):
        known = {one.name: one.id for one in into.designs()}
        read = (design_of(*row) for row in other.rows("SELECT name, about, asks FROM designs ORDER BY name"))
        for one in filter(None, read):
            taken = known.get(one.name, one.id) != one.id
            into.record(replace(one, name=f"{one.name}-{one.id.hex()[:8]}") if taken else one)
    for table, holes in (("asks", "?, ?"), ("failures", "?, ?, ?")):
        with suppress(CashlessError):
            rows = other.rows(f"SELECT * FROM {table}")
            into.write(*((f"INSERT OR IGNORE INTO {table} VALUES ({holes})", row) for row in rows))
    into.write(("DELETE FROM failures WHERE ask IN (SELECT ask FROM asks JOIN runs USING (key))", ()))


def _each(store: Store) -> Iterator[tuple[bytes, tuple[Any, ...] | None]]:
    """Yield the key of every run with its row, or None where the file cannot be read."""
    for (key,) in store.rows("SELECT key FROM runs ORDER BY key"):
        try:
            found = store.rows(WHOLE, (key,))
        except CashlessError:
            found = []
        yield key, found[0] if found else None


def _named(key: Any) -> str:
    """Return a key as people see it; a damaged one may be anything."""
    return key.hex() if isinstance(key, bytes) else str(key)


def _is_damaged(row: tuple[Any, ...]) -> bool:
    key, identity, _, labels_hash, facts, total, _, values, labels = row
    run = Packed(labels or b"", values, facts)
    return damage(key, identity, run, total) or run.labels_hash != labels_hash


def _damaged_labels(store: Store) -> list[bytes]:
    rows = store.rows("SELECT hash, content FROM labels")
    return [one for one, content in rows if not isinstance(content, bytes) or hashlib.sha256(content).digest() != one]


def _damaged_designs(store: Store) -> list[str]:
    rows = store.rows("SELECT name, about, asks FROM designs")
    return [str(row[0]) for row in rows if design_of(*row) is None]


def _file_is_whole(store: Store) -> bool:
    """Whether SQLite finds its own pages and indexes in order."""
    try:
        return store.rows("PRAGMA integrity_check(1)") == [("ok",)]
    except FileProblem:
        return False
