"""What a fit learnt: each free number before and after."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.palette import POSTERIOR, PRIOR
from cashless_sim.present.plot.cells import bare
from cashless_sim.present.plot.frames import columns, named, rounded
from cashless_sim.present.plot.notes import Words, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import records
from cashless_sim.present.style import INK

F64 = NDArray[np.float64]
ROWS, ROWS_ON_SLIDE, NUMBERS_ON_SLIDE = 16, 5, 3
CELLS = 40
"""Steps in which a distribution is drawn."""
TALL = 0.8
LEARNT = 0.1
"""Contraction below which the figures are said not to inform a number, as `calibration.summary` says it."""


def posterior(
    frame: pd.DataFrame,
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
    runs: Runs | None = None,
    origin: str = "",
) -> Axes:
    """Return Axes with a row a free number: its prior in grey, its posterior in blue over the prior's range.

    ``frame`` has parameter, kind (``prior`` or ``posterior``), value, and weight if draws are not even. The rows are
    ordered by contraction (1 less the ratio of variances). Raises `BadValue` for missing columns or kinds.
    """
    tongue = spoken(language)
    sheet = Sheet(size, ax)
    frame = columns(frame, ("parameter", "kind", "value"), {"kind": ("prior", "posterior")})
    table = learnt(frame)
    shown = table.head(ROWS_ON_SLIDE if sheet.size.is_slide else ROWS)
    informed = int((table["contraction"] >= LEARNT).sum())
    facts = {"count": informed, "of": len(table)}
    left = [word("posterior.left", tongue, count=len(table) - len(shown))] if len(table) > len(shown) else []
    words = Words(
        title=word("posterior.title.slide" if sheet.size.is_slide else "posterior.title", tongue, **facts),
        under=word("posterior.under", tongue),
        alt=word("posterior.alt", tongue, best=", ".join(shown["parameter"].head(3)), **facts),
        more=(word("posterior.note", tongue), *left),
    )
    with sheet.look():
        _ridges(sheet, frame, shown, tongue)
        who = () if runs is None else runs.scenarios
        return signed(
            sheet,
            "posterior",
            words,
            frame,
            {"language": tongue, "origin": origin},
            runs=runs,
            scenarios=who,
            origin=origin,
        )


def learnt(frame: pd.DataFrame) -> pd.DataFrame:
    """Return parameter, low, high (prior), p10, p50, p90 (posterior), contraction: the best learnt first."""
    rows = []
    for name, part in frame.groupby("parameter", sort=False):
        prior, after = (part[part["kind"] == kind] for kind in ("prior", "posterior"))
        if prior.empty or after.empty:
            continue
        before = float(np.var(prior["value"]))
        weights = _weights(after)
        values = after["value"].to_numpy(dtype=np.float64)
        spread = float((weights * (values - (weights * values).sum()) ** 2).sum())
        ends = _quantiles(values, weights)
        contraction = 1 - spread / before if before > 0 else 0.0
        rows.append((str(name), float(prior["value"].min()), float(prior["value"].max()), *ends, contraction))
    found = pd.DataFrame(rows, columns=["parameter", "low", "high", "p10", "p50", "p90", "contraction"])
    return found.sort_values("contraction", ascending=False, ignore_index=True, kind="stable")


def _weights(rows: pd.DataFrame) -> F64:
    given = rows["weight"].to_numpy(dtype=np.float64) if "weight" in rows else np.ones(len(rows))
    return np.asarray(given / given.sum(), dtype=np.float64)


def _quantiles(values: F64, weights: F64) -> list[float]:
    order = np.argsort(values, kind="stable")
    edges = np.cumsum(weights[order])
    at = np.minimum(np.searchsorted(edges, [0.1, 0.5, 0.9]), len(values) - 1)
    return [float(v) for v in values[order][at]]


def _ridges(sheet: Sheet, frame: pd.DataFrame, shown: pd.DataFrame, tongue: str) -> None:
    ax, slide = sheet.ax, sheet.size.is_slide
    for place, row in enumerate(records(shown)):
        part = frame[frame["parameter"] == row["parameter"]]
        drawn = [_outline(part[part["kind"] == kind], row["low"], row["high"]) for kind in ("prior", "posterior")]
        top = max(float(heights.max()) for _, heights in drawn) or 1.0
        for (x, heights), colour, alpha in zip(drawn, (PRIOR, POSTERIOR), (0.9, 0.75), strict=True):
            ax.fill_between(x, place - heights / top * TALL, place, color=colour, alpha=alpha, linewidth=0)
        ends = [_at(row[name], row) for name in ("p10", "p90")]
        ax.plot(ends, [place + 0.07] * 2, color=INK, linewidth=sheet.size.line, solid_capstyle="butt")
        ax.plot([_at(row["p50"], row)], [place + 0.07], "o", color=INK, markersize=3 * sheet.size.line)
        if not slide or place < NUMBERS_ON_SLIDE:
            ax.text(1.02, place, _said(row, tongue, slide), va="bottom", color=INK, clip_on=False, gid="value")
    labels = [named(sheet, name, 3.6 if slide else 3.0) for name in shown["parameter"]]
    ax.set_yticks([place - 0.2 for place in range(len(shown))], labels)
    ends_said = [word("posterior.low", tongue), word("posterior.high", tongue)]
    ax.set(xlim=(0, 1), ylim=(len(shown) - 0.75, -0.95), xticks=[0, 1] if not slide else [], xlabel="")
    if not slide:
        ax.set_xticklabels(ends_said)
    bare(ax)


def _outline(rows: pd.DataFrame, low: float, high: float) -> tuple[F64, F64]:
    """Return a smoothed histogram over shares of the prior's range; its heights sum to 1."""
    share = np.clip((rows["value"].to_numpy(dtype=np.float64) - low) / max(high - low, 1e-300), 0, 1)
    counts, edges = np.histogram(share, bins=CELLS, range=(0, 1), weights=_weights(rows))
    kernel = np.array([1, 4, 6, 4, 1]) / 16
    smooth = np.convolve(np.pad(counts, 4, mode="reflect"), np.convolve(kernel, kernel), mode="same")[4:-4]
    return np.asarray((edges[1:] + edges[:-1]) / 2), np.asarray(smooth)


def _at(value: float, row: dict[str, float]) -> float:
    return (value - row["low"]) / max(row["high"] - row["low"], 1e-300)


def _said(row: dict[str, float], tongue: str, slide: bool) -> str:
    middle = rounded(row["p50"], tongue)
    return middle if slide else f"{middle}  [{rounded(row['p10'], tongue)}; {rounded(row['p90'], tongue)}]"
