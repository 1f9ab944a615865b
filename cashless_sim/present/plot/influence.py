"""Where new users came from: first digital payments of each year by their cause in the model."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from cashless_sim.errors import BadValue
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import percent
from cashless_sim.present.margin import geography, titled
from cashless_sim.present.palette import CAUSES
from cashless_sim.present.plot.ends import ends, separate
from cashless_sim.present.plot.notes import Words, chosen, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.plot.years import some_years
from cashless_sim.present.style import INK

KINDS = {
    "peer": "peer",
    "gate_opened": "gate_opened",
    "occasion": "occasion",
    "closure": "closure",
    "season": "season",
    "spontaneous": "own",
}
"""Causes of the ledger that have a colour of their own; campaigns share one, all others are ``other``."""
ON_SLIDE = 3


def influence(
    runs: Runs,
    scenario: str | None = None,
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
) -> Axes:
    """Return Axes with first digital payments (thousand households a year), stacked by their proximate cause.

    Means of the replicates of the scenario's own values. Raises `UnknownName`, `BadValue` without rows of adopted_by.
    """
    tongue, name = spoken(language), chosen(runs, scenario)
    sheet = Sheet(size, ax)
    frame = ledger(runs, name)
    wide = frame.pivot_table(index="year", columns="cause", values="households").fillna(0.0)
    wide = wide[[cause for cause in CAUSES if cause in wide]]
    shares = wide.sum() / max(float(wide.to_numpy().sum()), 1e-9)
    most = shares.sort_values(ascending=False)
    said = "; ".join(f"{word(f'cause.{cause}', tongue)} {percent(value, tongue)}" for cause, value in most.items())
    facts = {
        "place": geography(runs.about(name)["place"], tongue),
        "first": str(wide.index[0]),
        "last": str(wide.index[-1]),
    }
    words = Words(
        title=word("influence.title.slide" if sheet.size.is_slide else "influence.title", tongue, **facts),
        under=word("of.scenario", tongue, title=titled(runs, name, tongue)),
        alt=word("influence.alt", tongue, shares=said, **facts),
        more=(word("influence.note", tongue),),
    )
    options = {"scenario": name, "language": tongue}
    with sheet.look():
        labels = _bars(sheet, wide, shares, tongue)
        drawn = signed(sheet, "influence", words, frame, options, runs=runs, scenarios=(name,))
        separate(sheet.ax, labels, sheet.size.line, [CAUSES[str(cause)] for cause in wide])
    return drawn


def ledger(runs: Runs, scenario: str) -> pd.DataFrame:
    """Return year, cause, households: first digital payments a year by kind of cause, the mean of the replicates.

    Raises `BadValue` for runs without such rows.
    """
    rows = runs.select(scenario=scenario, measure="adopted_by")
    own = rows[rows["replicate"] < FIRST_DRAW]
    rows = own if len(own) else rows
    if rows.empty:
        raise BadValue(what="rows of adopted_by in the runs", value=0, expected="runs with all their rows")
    cause = rows["group"].astype(str).str.removeprefix("cause=")
    kind = cause.map(lambda one: "campaign" if one.startswith("campaign:") else KINDS.get(one, "other"))
    count = runs.table.query("scenario == @scenario")["replicate"].isin(rows["replicate"]).sum()
    table = rows.assign(year=rows["month"].astype(str).str[:4], cause=kind)
    found = table.groupby(["year", "cause"])["value"].sum() / max(int(count), 1)
    return found.rename("households").reset_index()


def _bars(sheet: Sheet, wide: pd.DataFrame, shares: pd.Series[float], tongue: str) -> list[Text]:
    ax, slide = sheet.ax, sheet.size.is_slide
    years = [int(year) for year in wide.index]
    below = pd.Series(0.0, index=wide.index)
    for cause in wide:
        heights = wide[cause] / 1000
        ax.bar(years, heights, bottom=below, color=CAUSES[str(cause)], width=0.86, edgecolor="white", linewidth=0.7)
        below += heights
    most = set(shares.nlargest(ON_SLIDE).index) if slide else set(wide)
    top = float(below.max()) or 1.0
    named = []
    for place, (cause, share) in enumerate(shares.items()):
        text = word(f"cause.{cause}", tongue)
        text += f" {percent(share, tongue, 0)}" if cause in most else ""
        named.append((top * (place + 0.5) / len(wide.columns), text, INK))
    ax.set(xlim=(years[0] - 0.6, years[-1] + 0.6), ylabel="" if slide else word("influence.y", tongue))
    ax.yaxis.set_major_formatter(Ticks(tongue))
    ax.locator_params(axis="y", nbins=3 if slide else 6)
    named_years = some_years(years[0], years[-1], slide)
    ax.set_xticks(named_years, [str(year) for year in named_years])
    return ends(ax, named, sheet.size.word)
