"""Labels beside points, each where it touches no curve, no mark and no other label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import matplotlib.patheffects as effects
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

HALO = [effects.withStroke(linewidth=2.5, foreground="white")]
AROUND = (0, 180, 25, -25, 155, -155, 60, -60, 120, -120, 90, -90)
"""Directions in degrees in which a place is looked for; to the right first, as people read."""
STEPS = range(4, 160, 6)
"""Distances between point and label, pixels."""
AIR = 2.0
FAR = 16
"""Distance in pixels from which a thin line leads to the label."""


def label(ax: Axes, points: Sequence[tuple[float, float, str, str]], size: float) -> list[Text]:
    """Write a text of ``size`` points beside each point (x, y, text, colour) of finished Axes; return the texts.

    The nearest free place inside the Axes is taken, rather one whose way to the point leads over no other label;
    where nothing is free, the nearest place.
    """
    obstacles = list(ax.lines)
    taken: list[Bbox] = []
    texts = []
    for x, y, said, colour in sorted(points, key=lambda point: (point[0], -point[1])):
        style: dict[str, Any] = {"color": colour, "fontsize": size, "path_effects": HALO, "zorder": 6}
        text = ax.text(x, y, said, ha="center", va="center", **style)
        box = text.get_window_extent()
        middle = tuple(ax.transData.transform((x, y)))
        place, distance = _best(ax, middle, box, obstacles, taken)
        taken.append(place)
        centre = ((place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2)
        text.set_position(tuple(ax.transData.inverted().transform(centre)))
        if distance >= FAR:
            obstacles.append(_lead(ax, middle, place, colour))
        texts.append(text)
    return texts


def _best(
    ax: Axes, middle: tuple[float, ...], box: Bbox, obstacles: Sequence[Line2D], taken: Sequence[Bbox]
) -> tuple[Bbox, float]:
    """Return the nearest place that is free with a clear way to it, else the nearest free one, else the nearest."""
    nearest, *_ = places = list(_places(middle, box.width, box.height))
    crossing = None
    for place in places:
        if _is_free(ax, place[0], obstacles, taken):
            if not _is_crossing(middle, place[0], taken):
                return place
            crossing = crossing or place
    return crossing or nearest


def _places(middle: tuple[float, ...], width: float, height: float) -> Iterator[tuple[Bbox, float]]:
    """Yield boxes around a point with their distance from it, nearest first."""
    for step in STEPS:
        for degrees in AROUND:
            turn = np.deg2rad(degrees)
            across = np.cos(turn) * (step + 6 + width / 2)
            up = np.sin(turn) * (step + 6 + height / 2)
            x, y = middle[0] + across - width / 2, middle[1] + up - height / 2
            yield Bbox.from_bounds(x, y, width, height), float(step)


def _is_free(ax: Axes, box: Bbox, obstacles: Sequence[Line2D], taken: Sequence[Bbox]) -> bool:
    """Whether a label fits in a box: inside the Axes and on nothing."""
    inside, aired = ax.bbox.padded(-AIR), box.padded(AIR)
    if box.x0 < inside.x0 or box.x1 > inside.x1 or box.y0 < inside.y0 or box.y1 > inside.y1:
        return False
    return not any(aired.overlaps(other) for other in taken) and not any(touches(line, aired) for line in obstacles)


def _is_crossing(middle: tuple[float, ...], box: Bbox, taken: Sequence[Bbox]) -> bool:
    """Whether the way from a point to its label leads over another label."""
    way = Path([middle, _edge(middle, box)])
    return any(way.intersects_bbox(other) for other in taken)


def touches(line: Line2D, box: Bbox) -> bool:
    """Whether a drawn line or its marks come into a box in pixels."""
    path = line.get_transform().transform_path(line.get_path())
    size = float(line.get_markersize()) if line.get_marker() not in ("None", "none", "", None, " ") else 0.0
    figure = line.get_figure(root=True)
    reach = box.padded(size if figure is None else size * figure.dpi / 144)
    vertices = np.asarray(path.vertices, dtype=float)
    if len(vertices) == 1 or size:
        x, y = vertices.T
        within = (x >= reach.x0) & (x <= reach.x1) & (y >= reach.y0) & (y <= reach.y1)
        return bool(within.any())
    return bool(path.intersects_bbox(box, filled=False))


def _edge(middle: tuple[float, ...], box: Bbox) -> tuple[float, float]:
    """Return the place on a box that is nearest to a point."""
    return min(max(middle[0], box.x0), box.x1), min(max(middle[1], box.y0), box.y1)


def _lead(ax: Axes, middle: tuple[float, ...], place: Bbox, colour: str) -> Line2D:
    """Draw a thin line from a point to the nearest edge of its label; return it."""
    there = ax.transData.inverted().transform([middle, _edge(middle, place)])
    return ax.plot(there[:, 0], there[:, 1], color=colour, linewidth=0.7, zorder=4)[0]
