"""A figure saved with what is needed to trust it: two pictures, its data, and where it comes from."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple, cast

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cashless_sim.errors import FileProblem
from cashless_sim.experiment.writing import told, whole, writable
from cashless_sim.present.provenance import of
from cashless_sim.present.style import theme

DPI, SLIDE_DPI = 150.0, 204.8
"""Dots an inch; a slide of 10 inches is 2048 x 1536, twice what a hall shows."""
KEY = "Description"
"""Where the facts stand inside a PNG."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Saved(NamedTuple):
    """The four files of a saved figure."""

    png: Path
    svg: Path
    csv: Path
    meta: Path


def save(ax: Axes, path: str | Path) -> Saved:
    """Write ``<path>.png``, ``.svg``, ``.csv`` and ``.meta.json``, each whole or not at all; return their paths.

    The facts stand inside the PNG too, with the hash of the CSV; the SVG holds title and alt text. The same figure
    gives the same bytes. Raises `FileProblem`, and KeyError for a figure of another's making.
    """
    kept = of(ax)
    target = Path(path).with_suffix(".png")
    writable(target.parent)
    files = Saved(target, *(target.with_suffix(end) for end in (".svg", ".csv", ".meta.json")))
    table = kept.data.to_csv(index=False, lineterminator="\n")
    title = str(kept.facts.get("title") or ax.get_title(loc="left"))
    made = {"manifest": dict(kept.facts["manifest"])} if kept.facts.get("manifest") else {}
    facts = {**kept.facts, **made, "alt": kept.alt, "table_hash": hash_of(table)}
    text = json.dumps(facts, indent=2, ensure_ascii=False)
    figure = cast("Figure", ax.get_figure(root=True))
    slide = kept.facts.get("options", {}).get("size") == "slide"
    inside: dict[str, Any] = {"Title": title, KEY: text, "Software": "cashless-sim"}
    with theme():
        dpi = SLIDE_DPI if slide else DPI
        whole(files.png, lambda file: figure.savefig(file, dpi=dpi, metadata=inside))
        whole(files.svg, lambda file: _svg(figure, file, title, kept.alt))
    whole(files.csv, lambda file: _put(file, table))
    whole(files.meta, lambda file: _put(file, text + "\n"))
    return files


def hash_of(table: str) -> str:
    """Return the SHA-256 (hex) of a figure's table as it stands in its CSV."""
    return hashlib.sha256(table.encode("utf-8")).hexdigest()


def _svg(figure: Figure, file: Path, title: str, alt: str) -> None:
    """Write an SVG without date or chance that a screen reader can read."""
    plain: dict[str, Any] = {"Date": None, "Creator": "cashless-sim", "Title": title}
    figure.savefig(file, format="svg", metadata=plain)
    head, opening, rest = file.read_text(encoding="utf-8").partition("<svg ")
    tag, _, body = rest.partition(">")
    spoken = f"\n <title>{escape(title)}</title>\n <desc>{escape(alt)}</desc>"
    _put(file, f'{head}{opening}role="img" {tag}>{spoken}{body}')


def inside(path: Path) -> Mapping[str, Any]:
    """Return the facts that stand inside a PNG of ours; raise `FileProblem`."""
    expected = "a figure saved by cashless-sim"
    with told(path, expected):
        text = _chunks(path.read_bytes()).get(KEY, "")
    return parsed(text, path, expected)


def parsed(text: str, path: Path, expected: str) -> Mapping[str, Any]:
    """Return facts from their text; raise `FileProblem` when it holds none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise FileProblem(path=str(path), problem="it holds no facts of a figure", expected=expected)
    return found


def _chunks(data: bytes) -> dict[str, str]:
    """Return the texts inside a PNG by their key; nothing for what is no PNG."""
    found: dict[str, str] = {}
    if not data.startswith(SIGNATURE):
        return found
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        key, _, value = body.partition(b"\0")
        if kind == b"tEXt":
            found[key.decode("latin-1")] = value.decode("latin-1")
        elif kind == b"iTXt" and value[:1] == b"\0":
            found[key.decode("latin-1")] = value[2:].split(b"\0", 2)[-1].decode("utf-8", "replace")
        at += length + 12
    return found


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
