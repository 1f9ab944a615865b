"""Words beside points, in letters of any size, each where it touches no point and no other words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from cashless_sim.present.labels import AROUND, touches

AIR = 3.0
STEPS = range(2, 320, 8)
"""Distances between point and words, pixels."""
FAR = 24
"""Distance in pixels from which a thin line leads to the words."""
CLEAR = 7.0
"""Pixels that are kept free around a point."""


def beside(
    ax: Axes,
    named: Sequence[tuple[float, float, str, str]],
    points: float,
    lines: Sequence[Line2D] = (),
    others: Sequence[tuple[float, float]] = (),
) -> list[Text]:
    """Write a text beside each point (x, y, text, colour) of finished Axes; return the texts.

    The nearest place inside the Axes is taken that is free of ``lines``, of ``others`` (points) and of words; else
    the nearest free of words, else the nearest.
    """
    marks = [_around(ax, x, y) for x, y in [*((x, y) for x, y, _, _ in named), *others]]
    taken: list[Bbox] = []
    texts = []
    for x, y, said, colour in named:
        text = ax.text(x, y, said, ha="center", va="center", fontsize=points, color=colour, zorder=6, gid="beside")
        box = text.get_window_extent()
        across, up = ax.transData.transform((x, y))
        here = (float(across), float(up))
        places = [(_place(here, box, degrees, step), step) for step in STEPS for degrees in AROUND]
        apart = [one for one in places if _is_free(ax, one[0], taken) and not _crosses(here, one[0], taken)]
        free = (one for one in apart if _is_free(ax, one[0], marks))
        clear = (one for one in free if not any(touches(line, one[0].padded(AIR)) for line in lines))
        best, step = next(clear, [*apart, *places][0])
        taken.append(best)
        if step >= FAR:
            _lead(ax, here, best, colour)
        centre = ((best.x0 + best.x1) / 2, (best.y0 + best.y1) / 2)
        text.set_position(tuple(ax.transData.inverted().transform(centre)))
        texts.append(text)
    return texts


def _around(ax: Axes, x: float, y: float) -> Bbox:
    across, up = ax.transData.transform((x, y))
    return Bbox.from_extents(across - CLEAR, up - CLEAR, across + CLEAR, up + CLEAR)


def _edge(here: tuple[float, float], place: Bbox) -> tuple[float, float]:
    """Return the place on the edge of words that is nearest to a point."""
    return (min(max(here[0], place.x0), place.x1), min(max(here[1], place.y0), place.y1))


def _crosses(here: tuple[float, float], place: Bbox, taken: Sequence[Bbox]) -> bool:
    """Whether the way from a point to its words leads over other words."""
    way = Path([here, _edge(here, place)])
    return any(way.intersects_bbox(other) for other in taken)


def _lead(ax: Axes, here: tuple[float, float], place: Bbox, colour: str) -> None:
    """Draw a thin line from a point to the nearest edge of its words."""
    ends = ax.transData.inverted().transform([here, _edge(here, place)])
    ax.plot(ends[:, 0], ends[:, 1], color=colour, linewidth=0.9, zorder=4)


def _place(here: Sequence[float], box: Bbox, degrees: float, step: int) -> Bbox:
    turn = np.deg2rad(degrees)
    x = here[0] + np.cos(turn) * (step + CLEAR + box.width / 2) - box.width / 2
    y = here[1] + np.sin(turn) * (step + CLEAR + box.height / 2) - box.height / 2
    return Bbox.from_bounds(x, y, box.width, box.height)


def _is_free(ax: Axes, place: Bbox, taken: Sequence[Bbox]) -> bool:
    inside, aired = ax.bbox.padded(-AIR), place.padded(AIR)
    if place.x0 < inside.x0 or place.x1 > inside.x1 or place.y0 < inside.y0 or place.y1 > inside.y1:
        return False
    return not any(aired.overlaps(other) for other in taken)
