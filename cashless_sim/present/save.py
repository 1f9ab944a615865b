"""A figure saved with what is needed to trust it: picture, data and provenance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.provenance import of
from cashless_sim.present.style import theme

DPI = 150


def save(ax: Axes, path: str | Path) -> tuple[Path, Path, Path]:
    """Write ``<path>.png``, ``.csv`` and ``.meta.json``, each whole or not at all; return the three paths.

    The facts are inside the picture too. Raises `FileProblem`, and KeyError for a figure of another's making.
    """
    kept = of(ax)
    target = Path(path).with_suffix(".png")
    writable(target.parent)
    picture, table, meta = target, target.with_suffix(".csv"), target.with_suffix(".meta.json")
    facts = json.dumps({**kept.facts, "alt": kept.alt}, indent=2, ensure_ascii=False)
    figure = cast("Figure", ax.get_figure(root=True))
    inside = {"Title": ax.get_title(loc="left"), "Description": facts}
    with theme():
        whole(picture, lambda file: figure.savefig(file, dpi=DPI, metadata=inside))
    whole(table, lambda file: kept.data.to_csv(file, index=False, encoding="utf-8", lineterminator="\n"))
    whole(meta, lambda file: _put(file, facts + "\n"))
    return picture, table, meta


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
