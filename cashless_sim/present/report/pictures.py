"""Figures of a report as pictures inside its page."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from cashless_sim.analysis.compare import compare
from cashless_sim.analysis.costs import costs
from cashless_sim.errors import UserError
from cashless_sim.present.figures import RUNS, draw
from cashless_sim.present.provenance import of
from cashless_sim.present.report.findings import HEADLINE
from cashless_sim.present.report.matter import Matter
from cashless_sim.present.style import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAGE = ("adoption", "difference", "cost_effect", "funnel", "methods", "left_out")
SLIDES = ("adoption", "difference", "cost_effect", "left_out")
DPI = {"page": 144, "slide": 102.4}
"""Dots an inch: a page is sharp on A4, a slide is 1024 x 768."""


@dataclass(frozen=True)
class Picture:
    """A figure as a PNG in an address that needs no network, with its text for who cannot see it."""

    name: str
    address: str
    alt: str


def pictures(matter: Matter, tongue: str, size: str = "page") -> list[Picture]:
    """Return the figures that the runs allow: adoption, differences and costs with several scenarios, groups.

    A figure that the runs do not hold enough for is left out.
    """
    return list(_pictures(matter, tongue, size))


def _pictures(matter: Matter, tongue: str, size: str) -> Iterator[Picture]:
    for name in PAGE if size == "page" else SLIDES:
        try:
            ax = _drawn(name, matter, tongue, size)
        except UserError:
            continue
        if ax is not None:
            yield _picture(name, ax, size)


def _drawn(name: str, matter: Matter, tongue: str, size: str) -> Axes | None:
    """Return the Axes of a figure, None where there is nothing to compare."""
    options: dict[str, Any] = {"language": tongue, "size": size}
    if name in RUNS:
        return draw(name, matter.pair, scenario=matter.leading, **options)
    if not matter.cases:
        return None
    if name == "difference":
        found = compare(matter.runs, matter.to, [HEADLINE], ["all"])
        found = found[found["scenario"] == matter.leading]
    else:
        found = costs(matter.runs, matter.to, list(matter.scenarios.values()), matter.month)
        options["month"] = matter.month
    return draw(name, found, runs=matter.headline, **options)


def _picture(name: str, ax: Axes, size: str) -> Picture:
    import matplotlib.pyplot as plt

    kept, figure = of(ax), cast("Figure", ax.get_figure(root=True))
    held = BytesIO()
    facts: dict[str, Any] = {"Software": None}
    with theme():
        figure.savefig(held, format="png", dpi=DPI[size], metadata=facts)
    plt.close(figure)
    data = base64.b64encode(held.getvalue()).decode("ascii")
    return Picture(name, f"data:image/png;base64,{data}", kept.alt)
