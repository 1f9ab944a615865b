"""The SQLite file under a store: opened, recognised, written in whole steps, its errors named."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cashless_sim.errors import FileProblem
from cashless_sim.experiment.writing import told

FORMAT = 1
APPLICATION = 0x43534D53  # "CSMS": a cashless_sim store
PATIENCE = 60.0
WRITABLE = "a store that can be written"
SALVAGE = "save what can be read: cashless-sim store merge NEW OLD"
PROBLEMS = (
    ("SQLITE_FULL", "No space left on device", "a disk with room", None),
    ("SQLITE_BUSY", "another program keeps it locked", WRITABLE, "try again when it is done"),
    ("SQLITE_LOCKED", "another program keeps it locked", WRITABLE, "try again when it is done"),
    ("SQLITE_READONLY", "Permission denied", WRITABLE, None),
    ("SQLITE_PERM", "Permission denied", WRITABLE, None),
    ("SQLITE_CANTOPEN", "it cannot be opened", WRITABLE, None),
    ("SQLITE_IOERR_WRITE", "No space left on device", "a disk with room", None),
    ("SQLITE_IOERR", "Input/output error", WRITABLE, None),
    ("SQLITE_CORRUPT", "the store is damaged", "a whole store", SALVAGE),
    ("SQLITE_NOTADB", "it is not a store", "a store made by cashless-sim", None),
)
SCHEMA = """
CREATE TABLE labels (hash BLOB PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE runs (
    key BLOB PRIMARY KEY, identity TEXT NOT NULL, code TEXT NOT NULL, labels BLOB NOT NULL, facts TEXT NOT NULL,
    checksum BLOB NOT NULL, seconds REAL NOT NULL, content BLOB NOT NULL
);
CREATE TABLE asks (ask BLOB PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE failures (ask BLOB PRIMARY KEY, label TEXT NOT NULL, trace TEXT NOT NULL);
CREATE TABLE designs (name TEXT PRIMARY KEY, about BLOB NOT NULL, asks BLOB NOT NULL);
"""


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn what SQLite says about ``path`` into a `FileProblem`."""
    try:
        yield
    except sqlite3.Error as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        for start, problem, expected, next_ in PROBLEMS:
            if name.startswith(start):
                raise FileProblem(path=str(path), problem=problem, expected=expected, next=next_) from error
        raise FileProblem(path=str(path), problem="the store is damaged", expected="a whole store") from error
    except UnicodeDecodeError as error:  # SQLite quotes names out of a damaged file
        raise FileProblem(path=str(path), problem="the store is damaged", expected="a whole store") from error


def opened(path: Path, make: bool) -> sqlite3.Connection:
    """Return a connection to a store of this format, made if it is not there and ``make``; raise `FileProblem`."""
    with told(path, WRITABLE):
        if not path.exists() and not make:
            raise FileProblem(path=str(path), problem="it is not there", expected="a store made by cashless-sim")
        if path.is_dir():
            raise FileProblem(path=str(path), problem="it is a folder", expected="a store made by cashless-sim")
        path.parent.mkdir(parents=True, exist_ok=True)
    with guarded(path):
        link = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            _recognised(link, path, make)
        except BaseException:
            link.close()
            raise
        return link


def _recognised(link: sqlite3.Connection, path: Path, make: bool) -> None:
    """Check that the file is a store that this version reads; give an empty file its tables, if ``make``."""
    version, application, tables = _header(link)
    if make and (version, application, tables) == (0, 0, 0):
        link.execute("PRAGMA auto_vacuum = INCREMENTAL")
        _patiently(link, "PRAGMA journal_mode = WAL")
        with transaction(link):
            if _header(link)[2] == 0:
                _make(link)
        version, application, tables = _header(link)
    if application != APPLICATION:
        raise FileProblem(path=str(path), problem="it is not a store", expected="a store made by cashless-sim")
    if version > FORMAT:
        raise FileProblem(
            path=str(path),
            problem=f"it was made by a newer version of cashless-sim (format {version})",
            expected=f"format {FORMAT}",
            next="bring cashless-sim up to date",
        )
    _patiently(link, "PRAGMA journal_mode = WAL")
    link.execute("PRAGMA synchronous = NORMAL")


def _header(link: sqlite3.Connection) -> tuple[int, int, int]:
    """Return format, application and number of tables."""
    version = link.execute("PRAGMA user_version").fetchone()[0]
    application = link.execute("PRAGMA application_id").fetchone()[0]
    return version, application, link.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _make(link: sqlite3.Connection) -> None:
    for statement in SCHEMA.split(";"):
        if statement.strip():
            link.execute(statement)
    link.execute(f"PRAGMA application_id = {APPLICATION}")
    link.execute(f"PRAGMA user_version = {FORMAT}")


def _patiently(link: sqlite3.Connection, statement: str) -> None:
    """Execute what SQLite does not wait for when another process is opening the same file."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            link.execute(statement).fetchall()
        except sqlite3.OperationalError as error:
            if not str(error.sqlite_errorname).startswith("SQLITE_BUSY") or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


@contextmanager
def transaction(link: sqlite3.Connection) -> Iterator[None]:
    """Let everything inside be written, or nothing."""
    link.execute("BEGIN IMMEDIATE")
    try:
        yield
        link.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has rolled back already
            link.execute("ROLLBACK")
        raise
