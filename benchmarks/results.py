"""Keeps benchmarks/RESULTS.md: each program replaces its own section and leaves the others."""

import datetime
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

PATH = Path(__file__).with_name("RESULTS.md")
ORDER = ("Ratios", "Two cores", "Time and memory against size", "State hashes", "Starting", "Sweeps")
HEAD = """# What was measured

Each section is written by the program it names, with the date and machine of that run. Ratios are of CPU time in one
interleaved run: every peer steps once in each round, and the median of the rounds' ratios is given with their range.
Only ratios carry over to other machines. Aims that were missed are marked **missed**.
"""


def put(title: str, text: str) -> None:
    """Write one section of the file."""
    written = PATH.read_text(encoding="utf-8") if PATH.exists() else HEAD
    parts = re.split(r"^## ", written, flags=re.MULTILINE)
    sections = {part.split("\n", 1)[0]: part.split("\n", 1)[1].strip() for part in parts[1:]}
    sections[title] = text.strip()
    body = [f"## {name}\n\n{sections[name]}\n" for name in ORDER if name in sections]
    PATH.write_text("\n".join([HEAD, *body]), encoding="utf-8", newline="\n")


def machine() -> str:
    """Return one line: date, processor, cores, versions."""
    names = ("numpy", "scipy", "numba", "mesa")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    now = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
    here = f"{_processor()}, {os.cpu_count()} cores; {platform.system()}"
    return f"{now}; {here}; Python {platform.python_version()}, {versions}."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    found = dict(line.split(":", 1) for line in lines if ":" in line)
    facts = {name.strip(): value.strip() for name, value in found.items()}
    wide = next((f"with {name}" for name in ("avx512f", "avx2") if name in facts.get("flags", "").split()), "")
    return f"{facts.get('model name', platform.machine())} {wide}".strip()
