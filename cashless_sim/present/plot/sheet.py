"""The page or slide under a figure: its letters, its title, the note in its margin, the room between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from cashless_sim.errors import UnknownName, nearest
from cashless_sim.present.style import FAINT, FONT, INK, WATERMARK, theme

EDGE = 0.025
"""White around everything, share of the width."""
MOST_PASSES = 4
POINTS = 72.0
MARK_SHARE, WATERMARK_POINTS = 0.8, 40.0
DOTS = 100
SAFE = 1.015
"""Widths are measured on a screen's pixels; other resolutions differ by less than this."""


@dataclass(frozen=True)
class Size:
    """A kind of sheet: width and height in inches, points of the title, of words in the figure, of small words."""

    name: str
    width: float
    height: float
    title: float
    word: float
    small: float
    line: float

    @property
    def is_slide(self) -> bool:
        """Whether it is read in a hall."""
        return self.name == "slide"


SIZES = {
    "page": Size("page", 10.0, 6.3, 14.0, 10.0, 10.0, 2.2),
    "slide": Size("slide", 10.0, 7.5, 28.0, 24.0, 24.0, 4.5),
}
"""A page is printed 180 mm wide on A4, where its smallest letters have 7 points; a slide is 1024 x 768 in a hall."""


def size_of(name: str) -> Size:
    """Return a size by name; raise `UnknownName`."""
    if name not in SIZES:
        raise UnknownName(what="size of a figure", name=name, expected=", ".join(SIZES), near=nearest(name, SIZES))
    return SIZES[name]


def page(height: float) -> Size:
    """Return the size of a page that is ``height`` inches high."""
    return replace(SIZES["page"], height=height)


class Sheet:
    """Where one figure is drawn: on a sheet of its own, or on Axes that are given."""

    def __init__(self, size: str | Size, ax: Axes | None) -> None:
        """Open a new sheet of a size, or take the Axes that are given as they are."""
        self.size = size if isinstance(size, Size) else size_of(size)
        self.given = ax is not None
        with self.look():
            self.ax = ax if ax is not None else self._new()

    @contextmanager
    def look(self) -> Iterator[None]:
        """Draw inside this: the package's theme with the letters of the sheet."""
        small: dict[Any, Any] = {f"{axis}tick.labelsize": self.size.word for axis in "xy"}
        with theme(), mpl.rc_context({**small, "axes.labelsize": self.size.word, "font.size": self.size.word}):
            yield

    @property
    def figure(self) -> Figure:
        """The whole sheet."""
        return cast("Figure", self.ax.get_figure(root=True))

    def _new(self) -> Axes:
        figure = plt.figure(figsize=(self.size.width, self.size.height))
        return figure.add_axes((0.1, 0.2, 0.8, 0.6))

    def shortened(self, text: str, width: float, lines: int) -> str:
        """Return a text in letters of the figure, broken into so many lines at most, the rest cut."""
        broken = self.wrapped(text, self.size.word, width).split("\n")
        return "\n".join(broken[:lines]) + ("…" if len(broken) > lines else "")

    def wrapped(self, text: str, points: float, width: float, bold: bool = False) -> str:
        """Return a text broken into lines no wider than ``width`` inches."""
        lines = [""]
        for word in text.replace("\n", " \n ").split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if word == "\n":
                lines.append("")
            elif lines[-1] and measured(longer, points, bold) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return "\n".join(lines)

    def finish(self, title: str, under: str, notes: Sequence[str], mark: str) -> None:
        """Write title, subtitle, margin note and watermark, then give the Axes the room that is left."""
        if self.given:
            self.ax.set_title(title, loc="left", fontsize=self.size.title)
            self.ax.text(0, -0.2, "\n".join(notes), transform=self.ax.transAxes, **self._faint(), va="top", gid="note")
        else:
            self._settle(self._head(title, under), self._foot(notes))
        if mark:
            self._mark(mark)

    def _mark(self, mark: str) -> None:
        """Write a word across the finished Axes, as large as they allow, behind no label's back."""
        style: dict[str, Any] = {**WATERMARK, "ha": "center", "va": "center", "zorder": 8, "gid": "watermark"}
        style["alpha"] = 0.26
        style["fontsize"] = max(mark_size(self.ax, mark), self.size.word)
        self.ax.text(0.5, 0.5, mark, transform=self.ax.transAxes, **style).set_in_layout(False)

    def _faint(self) -> dict[str, Any]:
        return {"fontsize": self.size.small, "color": FAINT, "linespacing": 1.4}

    def _head(self, title: str, under: str) -> float:
        """Write title and subtitle; return how much of the height is left below them."""
        room = self.size.width * (1 - 2 * EDGE)
        at = 1 - EDGE
        bold: dict[str, Any] = {"fontsize": self.size.title, "fontweight": "bold", "color": INK, "gid": "title"}
        said = self.wrapped(title, self.size.title, room, bold=True)
        at = self._down(self.figure.text(EDGE, at, said, va="top", linespacing=1.25, **bold), 0.35)
        if under:
            points = self.size.word + (0 if self.size.is_slide else 1)
            faint: dict[str, Any] = {"fontsize": points, "color": FAINT, "gid": "subtitle", "linespacing": 1.35}
            at = self._down(self.figure.text(EDGE, at, self.wrapped(under, points, room), va="top", **faint), 0.6)
        return at

    def _foot(self, notes: Sequence[str]) -> float:
        """Write the note at the bottom; return where the height above it begins."""
        room = self.size.width * (1 - 2 * EDGE)
        said = "\n".join(self.wrapped(line, self.size.small, room) for line in notes if line)
        if not said:
            return EDGE
        text = self.figure.text(EDGE, EDGE, said, va="bottom", gid="note", **self._faint())
        return float(self._extent(text).y1 / self.figure.bbox.height) + 0.012

    def _down(self, text: Text, air: float) -> float:
        """Return the height just below a text, ``air`` lines of it away."""
        box = self._extent(text)
        return float(box.y0 / self.figure.bbox.height - air * float(text.get_fontsize()) / POINTS / self.size.height)

    def _extent(self, text: Text) -> Any:
        return text.get_window_extent()

    def _settle(self, top: float, bottom: float) -> None:
        """Move the Axes' edges until all that belongs to it lies between title and note."""
        want = (EDGE, bottom, 1 - EDGE, top)
        for _ in range(MOST_PASSES):
            box = self.ax.get_tightbbox()
            page, now = self.figure.bbox, self.ax.get_position()
            if box is None:
                return
            have = (box.x0 / page.width, box.y0 / page.height, box.x1 / page.width, box.y1 / page.height)
            x0, y0, x1, y1 = (
                edge + goal - got for edge, goal, got in zip((now.x0, now.y0, now.x1, now.y1), want, have, strict=True)
            )
            self.ax.set_position((x0, y0, max(x1 - x0, 0.1), max(y1 - y0, 0.1)))


def mark_size(ax: Axes, mark: str) -> float:
    """Return the points of a word across the Axes, as large as they allow."""
    room = ax.bbox.width / ax.get_figure(root=True).dpi * MARK_SHARE  # type: ignore[union-attr]
    return min(WATERMARK_POINTS, WATERMARK_POINTS * room / measured(mark, WATERMARK_POINTS, bold=True))


@lru_cache(maxsize=4096)
def measured(text: str, points: float, bold: bool = False) -> float:
    """Return the width of a line of text, inches."""
    font = FontProperties(family=FONT, size=points, weight="bold" if bold else "normal")
    width = _screen().get_text_width_height_descent(text, font, False)[0]
    return SAFE * float(width) / DOTS


@lru_cache(maxsize=1)
def _screen() -> Any:
    """Return what draws on a screen, to measure by."""
    screen: Any = RendererAgg
    return screen(1, 1, DOTS)


def capital(text: str) -> str:
    """Return a sentence with its first letter large."""
    return text[:1].upper() + text[1:]
