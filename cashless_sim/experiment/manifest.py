"""What a set of runs was made from: code, libraries, machine."""

from __future__ import annotations

import hashlib
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FORMAT = 1
SINGLE = ("codes", "data", "streams", "tables", "units")
FOLDERS = ("population", "rules", "model", "scenario", "experiment")
LIBRARIES = ("numpy", "mesa", "numba", "scipy", "pandas", "joblib")


def versions() -> dict[str, str]:
    """Return the versions of Python, of this package and of the libraries that results rest on."""
    found = {"python": platform.python_version(), "cashless-sim": installed("cashless-sim")}
    return found | {name: installed(name) for name in LIBRARIES}


def installed(name: str) -> str:
    """Return the version of an installed package, or ``"none"``."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def code_hash() -> str:
    """Return the SHA-256 (hex) of the source that turns a scenario into numbers, the same on every system."""
    package, digest = Path(__file__).resolve().parents[1], hashlib.sha256()
    files = [package / f"{name}.py" for name in SINGLE]
    files += [path for name in FOLDERS for path in sorted((package / name).rglob("*.py"))]
    for path in files:
        digest.update(path.relative_to(package).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def machine() -> dict[str, Any]:
    """Return the system, the processor and the number of cores."""
    return {"system": platform.system(), "processor": platform.machine(), "cores": cores()}
