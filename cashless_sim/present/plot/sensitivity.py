"""Which numbers a result hangs on most."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from cashless_sim.errors import UnknownName
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import percent
from cashless_sim.present.plot.frames import columns, named, rounded
from cashless_sim.present.plot.notes import Words, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import records
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.style import INK

ROWS, ROWS_ON_SLIDE, NUMBERS_ON_SLIDE = 16, 5, 3
FULL, ALONE = "#8FC1E3", "#0072B2"


def sensitivity(
    frame: pd.DataFrame,
    outcome: str = "",
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
    runs: Runs | None = None,
    origin: str = "",
) -> Axes:
    """Return Axes with a bar a number of the model: Morris' mean size of effects, or Sobol's shares of variance.

    ``frame`` is what `analysis.sensitivity.effects` returned: key (or parameter) and mu_star with conf, or S1 and ST
    with theirs. ``outcome`` says what was looked at, for the title. Raises `UnknownName`, `BadValue`.
    """
    tongue = spoken(language)
    sheet = Sheet(size, ax)
    frame = frame.rename(columns={"parameter": "key"})
    kind = "morris" if "mu_star" in frame else "sobol"
    if kind == "sobol" and "ST" not in frame:
        raise UnknownName(what="column of the frame", name="mu_star", expected="mu_star, or S1 with ST")
    frame = columns(frame, ("key", "mu_star") if kind == "morris" else ("key", "S1", "ST"))
    weight = "mu_star" if kind == "morris" else "ST"
    ordered = frame.sort_values(weight, ascending=False, kind="stable")
    shown = ordered.head(ROWS_ON_SLIDE if sheet.size.is_slide else ROWS)
    left = [word("sensitivity.left", tongue, count=len(frame) - len(shown))] if len(frame) > len(shown) else []
    facts = {"outcome": outcome or word("sensitivity.outcome", tongue)}
    words = Words(
        title=word("sensitivity.title.slide" if sheet.size.is_slide else "sensitivity.title", tongue, **facts),
        under=word(f"sensitivity.under.{kind}", tongue),
        alt=word("sensitivity.alt", tongue, best=", ".join(ordered["key"].astype(str).head(3)), **facts),
        more=(word("sensitivity.note", tongue), *left),
    )
    with sheet.look():
        _bars(sheet, shown, kind, tongue)
        who = () if runs is None else runs.scenarios
        options = {"outcome": outcome, "language": tongue, "origin": origin}
        return signed(sheet, "sensitivity", words, frame, options, runs=runs, scenarios=who, origin=origin)


def _bars(sheet: Sheet, shown: pd.DataFrame, kind: str, tongue: str) -> None:
    ax, slide = sheet.ax, sheet.size.is_slide
    weight, error = ("mu_star", "conf") if kind == "morris" else ("ST", "ST_conf")
    top = float((shown[weight] + shown.get(error, 0.0)).max()) or 1.0
    for place, row in enumerate(records(shown)):
        ax.barh(place, row[weight], height=0.62, color=ALONE if kind == "morris" else FULL)
        if kind == "sobol":
            ax.barh(place, max(row["S1"], 0.0), height=0.3, color=ALONE)
        half = float(row.get(error, 0.0)) if not slide else 0.0
        if half:
            ends = (max(row[weight] - half, 0.0), row[weight] + half)
            ax.plot(ends, [place] * 2, color=INK, linewidth=1.2)
        if not slide or place < NUMBERS_ON_SLIDE:
            said = percent(row[weight], tongue, 0) if kind == "sobol" else rounded(row[weight], tongue)
            ax.text(row[weight] + half + top * 0.012, place, said, va="center", gid="value")
    ax.set_yticks(range(len(shown)), [named(sheet, str(key), 3.6 if slide else 3.2) for key in shown["key"]])
    ax.set(
        ylim=(len(shown) - 0.5, -0.5),
        xlim=(0, top * 1.02),
        xlabel="" if slide else word(f"sensitivity.x.{kind}", tongue),
    )
    if kind == "sobol":
        ax.xaxis.set_major_formatter(Ticks(tongue, are_shares=True))
    else:
        ax.xaxis.set_major_formatter(Ticks(tongue))
    ax.tick_params(axis="y", length=0)
    if slide:
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
