"""Every figure by name, drawn on a page or on a slide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from matplotlib.axes import Axes

from cashless_sim.errors import UnknownName, nearest
from cashless_sim.present.plot import adoption as adoption_page
from cashless_sim.present.plot.adoption_slide import adoption_slide
from cashless_sim.present.plot.cost_effect import cost_effect
from cashless_sim.present.plot.difference import difference
from cashless_sim.present.plot.funnel import funnel
from cashless_sim.present.plot.influence import influence
from cashless_sim.present.plot.left_out import left_out
from cashless_sim.present.plot.methods import methods
from cashless_sim.present.plot.population import population
from cashless_sim.present.plot.posterior import posterior
from cashless_sim.present.plot.ranks import ranks
from cashless_sim.present.plot.scorecard import scorecard
from cashless_sim.present.plot.sensitivity import sensitivity
from cashless_sim.present.plot.sheet import size_of
from cashless_sim.present.plot.tile_map import tile_map


def adoption(*given: Any, size: str = "page", **options: Any) -> Axes:
    """Return the Axes of the adoption figure, as `plot.adoption` or, on a slide, `adoption_slide`."""
    return (adoption_slide if size_of(size).is_slide else adoption_page)(*given, **options)


RUNS: Mapping[str, Callable[..., Axes]] = {
    "adoption": adoption,
    "funnel": funnel,
    "methods": methods,
    "left_out": left_out,
    "tile_map": tile_map,
    "influence": influence,
}
"""Figures of finished runs: the first argument is a `Runs`, ``scenario`` names one of it (the first, if None)."""
FRAMES: Mapping[str, Callable[..., Axes]] = {
    "difference": difference,
    "cost_effect": cost_effect,
    "posterior": posterior,
    "ranks": ranks,
    "scorecard": scorecard,
    "sensitivity": sensitivity,
    "population": population,
}
"""Figures of a tidy frame: what `compare`, `costs`, a posterior, `scorecard`, `effects`, `residuals` returned.

``runs`` names the runs behind the frame, for the note in the margin, or ``origin`` says in a sentence where it comes
from; without both, the note says that nobody knows. ``difference`` and ``cost_effect`` take runs as well.
"""
FIGURES = (*RUNS, *FRAMES)


def figure(name: str) -> Callable[..., Axes]:
    """Return the function that draws a figure; raise `UnknownName`.

    All take ``(runs or frame, …, language=None, ax=None, size="page")`` and return Axes whose `provenance.of` holds
    tidy data, facts (``facts["note"]``: the lines of the margin) and alt text; none saves anything. ``size`` is
    ``"page"`` or ``"slide"`` (1024 x 768, letters of 24 points or more, at most three numbers).
    """
    known = {**RUNS, **FRAMES}
    if name not in known:
        raise UnknownName(what="figure", name=name, expected=", ".join(known), near=nearest(name, known))
    return known[name]


def draw(name: str, source: Any, **options: Any) -> Axes:
    """Return the Axes of a figure; ``options`` are those of its function. Raises as `figure` and the function."""
    return figure(name)(source, **options)
