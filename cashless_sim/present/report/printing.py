"""A page printed to PDF by a browser that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from cashless_sim.errors import FileProblem, Unsupported
from cashless_sim.experiment.writing import whole

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
PATIENCE = 300
"""Seconds until a browser is given up; a busy machine starts one slowly."""


def browser() -> str:
    """Return the path of a browser that prints; raise `Unsupported` when there is none."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    raise Unsupported(what="a PDF", why="there is no Chromium, Chrome or Edge here; open the HTML file and print it")


def printed(page: Path, path: Path, program: str) -> Path:
    """Write an HTML file as PDF on the paper that the page asks for; return its path. Raises `FileProblem`."""
    whole(path, lambda part: _print(page, part, program))
    return path


def _print(page: Path, path: Path, program: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        command = [program, "--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={home}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")
        command += ["--no-pdf-header-footer", f"--print-to-pdf={path.resolve()}", page.resolve().as_uri()]
        try:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE)
        except (OSError, subprocess.SubprocessError) as error:
            problem = f"the browser could not print it ({type(error).__name__})"
            raise FileProblem(path=str(page), problem=problem, expected="a page that can be printed") from None
    if not path.exists():
        raise FileProblem(path=str(page), problem="the browser printed nothing", expected="a page that can be printed")
