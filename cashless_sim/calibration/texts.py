"""Tables and manifests as text, written whole."""

from __future__ import annotations

from pathlib import Path

from cashless_sim.experiment.writing import whole


def keep(path: Path, text: str) -> Path:
    """Write a text whole, in UTF-8 with the ends of lines as they are; return the path, raise `FileProblem`."""

    def write(beside: Path) -> None:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)

    whole(path, write)
    return path
