"""Compiles kernels in another process, into the cache folder, so that this one need not wait."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cashless_sim.rules.compiler.remember import cache_folder, compiled, fingerprint

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = "from cashless_sim.rules.compiler.ahead import work; work()"
BEHIND = 5
"""How much the other process gives way to this one."""
_under_way: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}
"""Processes by what they compile, one for each; kept until Python ends."""


@dataclass(frozen=True)
class Job:
    """A kernel's text and the types that it is called with."""

    source: str
    types: tuple[Any, ...]


class Ahead:
    """Kernels that another process compiles, in order; it ends by itself, whatever becomes of this one."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        """Start it, unless one for the same kernels is at work already."""
        name = tuple(fingerprint(job.source) for job in jobs)
        if name not in _under_way or _under_way[name].poll() is not None:
            _under_way[name] = _started(jobs)
        self._process = _under_way[name]

    @property
    def ended(self) -> bool:
        """Whether nothing more will come from it."""
        return self._process.poll() is not None

    def wait(self, seconds: float) -> None:
        """Wait until everything is compiled; raise `subprocess.TimeoutExpired`."""
        self._process.wait(seconds)


def is_kept(source: str) -> bool:
    """Return whether a kernel's machine code lies whole in the cache folder."""
    return any((cache_folder() / "__pycache__").glob(f"month_{fingerprint(source)}.*.nbc"))


def can_keep() -> bool:
    """Return whether the cache folder takes anything."""
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=cache_folder()):
            return True
    except OSError:
        return False


def _started(jobs: Sequence[Job]) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with tempfile.TemporaryFile() as handed:
        pickle.dump([(job.source, job.types) for job in jobs], handed)
        handed.seek(0)
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=handed,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )


def work() -> None:
    """Compile what standard input holds: (text, types) of kernels, pickled."""
    if hasattr(os, "nice"):
        os.nice(BEHIND)
    for source, types in pickle.load(sys.stdin.buffer):
        compiled(source, partial(_compile, types))


def _compile(types: tuple[Any, ...], function: Any) -> None:
    function.compile(types)
