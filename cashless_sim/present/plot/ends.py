"""Words at the right end of lines and areas, moved apart, each tied to what it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Text

from cashless_sim.present.style import apart

AIR = 1.08
LEAD = 0.022
"""Length of the line from an end to its words, share of the Axes' width."""
LEAD_WIDTH = 1.2
"""Points of that line where it leads away from a curve."""


def ends(ax: Axes, named: Sequence[tuple[float, str, str]], points: float) -> list[Text]:
    """Write words (height in data units, text, colour) right of the Axes; call `separate` when its room is final."""
    style: dict[str, Any] = {"fontsize": points, "va": "center", "clip_on": False, "gid": "end"}
    across = ax.get_yaxis_transform()
    return [ax.text(1 + 1.4 * LEAD, y, said, transform=across, color=c, **style) for y, said, c in named]


def separate(ax: Axes, texts: Sequence[Text], width: float, colours: Sequence[str] | None = None) -> None:
    """Move words apart so that none lies on another, and tie each to its height with a line of ``width`` points."""
    boxes = [text.get_window_extent() for text in texts]
    if not boxes:
        return
    at = [(box.y0 + box.y1) / 2 for box in boxes]
    tall = max(box.height for box in boxes)
    moved = apart(at, AIR * tall, ax.bbox.y0 + tall / 2, max(ax.bbox.y1 - tall / 2, ax.bbox.y0 + tall / 2))
    inverse = ax.transData.inverted()
    for number, (text, before, after) in enumerate(zip(texts, at, moved, strict=True)):
        low, high = (float(inverse.transform((0, y))[1]) for y in (before, after))
        text.set_y(high)
        line: dict[str, Any] = {"color": colours[number] if colours else text.get_color(), "linewidth": width}
        ax.plot((1, 1 + LEAD), (low, high), transform=ax.get_yaxis_transform(), clip_on=False, **line)
