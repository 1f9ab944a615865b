"""Keeps generated kernels on disk, so that a month is compiled once for a machine."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Function = Callable[..., Any]
FOLDER = "CASHLESS_SIM_CACHE"
CACHED = "cached"
_HELPERS = ("intrinsics.py", "bits.py", "numbers.py", "pipeline.py", "kernel.py", "../maths.py")
_DAMAGED = (EOFError, pickle.UnpicklingError, UnicodeDecodeError, IndexError, KeyError)
_loaded: dict[str, tuple[Function, str]] = {}
log = logging.getLogger("cashless_sim.compiling")
"""Says, at level WARNING and once in a process, that compiling has begun or cannot be kept."""
UNCACHED = "compiled rules are %s; every start compiles anew"
COMPILING = "compiling the rules for this machine, which takes about half a minute; later runs start at once"


def cache_folder() -> Path:
    """Return the folder for compiled months: ``CASHLESS_SIM_CACHE``, or the user's cache folder."""
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "cashless_sim" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "cashless_sim"


def fingerprint(source: str) -> str:
    """Return the hash of a kernel's text, of what it imports, and of the numba that compiles it."""
    import llvmlite
    import numba

    digest = hashlib.sha256(source.encode("utf-8"))
    for name in _HELPERS:
        digest.update((Path(__file__).parent / name).read_bytes())
    digest.update(f"{numba.__version__} {llvmlite.__version__} {sys.version_info[:2]}".encode())
    return digest.hexdigest()[:24]


def compiled(source: str, try_out: Callable[[Function], object]) -> tuple[Function, str]:
    """Return the kernel's function and how it is kept: ``"cached"`` or ``"not cached: …"``.

    ``try_out`` calls the function over nobody, which compiles it. Raises what numba raises for a bad kernel.
    """
    name = f"month_{fingerprint(source)}"
    if name not in _loaded:
        first = not _loaded
        if first and not is_compiled(source):
            log.warning(COMPILING)
        _loaded[name] = _made(name, source, try_out)
        if first and _loaded[name][1] != CACHED:
            log.warning(UNCACHED, _loaded[name][1])
    return _loaded[name]


def _made(name: str, source: str, try_out: Callable[[Function], object]) -> tuple[Function, str]:
    try:
        function = _imported(name, _written(cache_folder(), name, source))
    except (OSError, RuntimeError) as problem:
        function = _uncached(name, source)
        try_out(function)
        return function, f"not cached: {problem}"
    try:
        try_out(function)
    except OSError as problem:  # the machine code is there, but the folder cannot take it
        try_out(function)
        return function, f"not cached: {problem}"
    except _DAMAGED as problem:
        function = _uncached(name, source)
        try_out(function)
        return function, f"not cached: {cache_folder()} is damaged ({problem}); empty it"
    return function, CACHED


def is_compiled(source: str) -> bool:
    """Return whether this machine has compiled the kernel before, so that starting is quick."""
    name = f"month_{fingerprint(source)}"
    return name in _loaded or any((cache_folder() / "__pycache__").glob(f"{name}.*.nbi"))


def _written(folder: Path, name: str, source: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    if not path.exists():
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f"{name}.", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(source)
        except OSError:
            os.unlink(temporary)
            raise
        try:
            os.link(temporary, path)  # the first writer wins, so its date stays
        except FileExistsError:
            pass
        except OSError:
            os.replace(temporary, path)
            return path
        os.unlink(temporary)
    return path


def _imported(name: str, path: Path) -> Callable[..., Any]:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise OSError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # numba finds the compiled code's globals through its module
    spec.loader.exec_module(module)
    function: Callable[..., Any] = module.month_of_households
    return function


def _uncached(name: str, source: str) -> Callable[..., Any]:
    space: dict[str, Any] = {"__name__": name}
    exec(compile(source.replace("cache=True, ", ""), f"<{name}>", "exec"), space)
    function: Callable[..., Any] = space["month_of_households"]
    return function
