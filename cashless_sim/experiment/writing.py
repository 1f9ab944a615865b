"""Files written whole or not at all: under another name first, then renamed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cashless_sim.errors import FileProblem


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
