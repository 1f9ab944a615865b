"""Words beside points, in letters of any size, each where it touches no point and no other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

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
TRIED = 3
"""Words of which every order is tried; of more, the given one."""


def beside(
    ax: Axes,
    named: Sequence[tuple[float, float, str, str]],
    points: float,
    lines: Sequence[Line2D] = (),
    others: Sequence[tuple[float, float]] = (),
) -> list[Text]:
    """Write a text beside each point (x, y, text, colour) of finished Axes; return the texts.

    The nearest place inside the Axes is taken that is free of ``lines``, of ``others`` (points) and of words; else
    the nearest free of words, else the nearest. Of few words, that order is taken which leaves most of them clear.
    """
    style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": points, "zorder": 6, "gid": "beside"}
    texts = [ax.text(x, y, said, color=colour, **style) for x, y, said, colour in named]
    marks = [_around(ax, x, y) for x, y in [*((x, y) for x, y, _, _ in named), *others]]
    heres = [_pixels(ax, x, y) for x, y, _, _ in named]
    words = [(here, text.get_window_extent()) for here, text in zip(heres, texts, strict=True)]
    orders = permutations(range(len(words))) if len(words) <= TRIED else [tuple(range(len(words)))]
    found = min((_placed(ax, words, order, marks, lines) for order in orders), key=_unclear)
    for number, text in enumerate(texts):
        place = found[number]
        if place.step >= FAR:
            _lead(ax, heres[number], place.box, str(text.get_color()))
        centre = ((place.box.x0 + place.box.x1) / 2, (place.box.y0 + place.box.y1) / 2)
        text.set_position(tuple(ax.transData.inverted().transform(centre)))
    return texts


@dataclass(frozen=True)
class Place:
    """Where words go: their ``box``, how many pixels from their point, and what they lie on.

    ``on`` is 0 for nothing, 1 for a line, 2 for a point, 3 for other words.
    """

    box: Bbox
    step: int
    on: int


def _unclear(found: Mapping[int, Place]) -> tuple[int, ...]:
    """Return how many words lie on other words, on points, on lines, then how far all are from their points."""
    counts = [sum(one.on == kind for one in found.values()) for kind in range(3, 0, -1)]
    return (*counts, sum(one.step for one in found.values()))


def _placed(
    ax: Axes,
    words: Sequence[tuple[tuple[float, float], Bbox]],
    order: Sequence[int],
    marks: Sequence[Bbox],
    lines: Sequence[Line2D],
) -> dict[int, Place]:
    """Return a place for each of some words (point in pixels, box), taken in an order."""
    found: dict[int, Place] = {}
    for number in order:
        here, box = words[number]
        taken = [one.box for one in found.values()]
        places = [(place, step) for step in STEPS for place in _places(here, box, step)]
        apart = [one for one in places if _is_free(ax, one[0], taken) and not _crosses(here, one[0], taken)]
        free = [one for one in apart if _is_free(ax, one[0], marks)]
        clear = (one for one in free if not any(touches(line, one[0].padded(AIR)) for line in lines))
        kinds = (next(iter(kind), None) for kind in (clear, free, apart, places))
        found[number] = next(Place(*place, on) for on, place in enumerate(kinds) if place is not None)
    return found


def _pixels(ax: Axes, x: float, y: float) -> tuple[float, float]:
    across, up = ax.transData.transform((x, y))
    return float(across), float(up)


def _around(ax: Axes, x: float, y: float) -> Bbox:
    across, up = _pixels(ax, x, y)
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


def _places(here: Sequence[float], box: Bbox, step: int) -> Iterator[Bbox]:
    """Yield boxes in all directions, and close beside the point but moved up or down."""
    turns = [(np.cos(turn), np.sin(turn)) for turn in np.deg2rad(AROUND)]
    far = step + CLEAR
    moves = [(x * (far + box.width / 2), y * (far + box.height / 2)) for x, y in turns]
    moves += [(x * (CLEAR + box.width / 2), y * step) for x in (1, -1) for y in (1, -1)]
    for across, up in moves:
        x, y = here[0] + across - box.width / 2, here[1] + up - box.height / 2
        yield Bbox.from_bounds(x, y, box.width, box.height)


def _is_free(ax: Axes, place: Bbox, taken: Sequence[Bbox]) -> bool:
    inside, aired = ax.bbox.padded(-AIR), place.padded(AIR)
    if place.x0 < inside.x0 or place.x1 > inside.x1 or place.y0 < inside.y0 or place.y1 > inside.y1:
        return False
    return not any(aired.overlaps(other) for other in taken)
