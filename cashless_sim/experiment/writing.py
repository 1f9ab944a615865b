"""Files written whole or not at all: under another name first, then renamed."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cashless_sim.errors import FileProblem

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}
"""Names that Windows keeps for itself, with any ending."""
LONGEST = 150
"""Bytes of a part of a path; systems take 255, and endings are added."""


def part(name: str) -> str:
    """Return a name as one part of a path, on every system: it can leave no folder and open no device."""
    plain = FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).encode("utf-8", "replace")[:LONGEST]
    kept = plain.decode("utf-8", "ignore").rstrip(". ")
    return f"_{kept}" if not kept or kept.partition(".")[0].strip().upper() in DEVICES else kept


@contextmanager
def told(path: Path, expected: str) -> Iterator[None]:
    """Turn an `OSError` about ``path`` into a `FileProblem`."""
    try:
        yield
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise FileProblem(path=str(path), problem=problem, expected=expected) from error


def whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a file beside ``path``, then give it the name; raise `FileProblem`, leaving nothing."""
    beside = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    with told(path, "a file that can be written"):
        try:
            write(beside)
            os.replace(beside, path)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()


def writable(folder: Path) -> Path:
    """Return the folder, made if it was not there and proven writable; raise `FileProblem`."""
    with told(folder, "a folder that can be written"):
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / f".{os.getpid()}.trial"
        trial.write_bytes(b"")
        trial.unlink()
    return folder
