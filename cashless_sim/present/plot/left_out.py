"""Who is left out: the share of each group of households that does not use what is measured, over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from cashless_sim.errors import BadValue
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.groups import called
from cashless_sim.present.health import SMALLEST
from cashless_sim.present.locale.figures import knows, word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month, number, percent
from cashless_sim.present.margin import geography, titled
from cashless_sim.present.plot.cells import SHADES, bare, cell, suppressed
from cashless_sim.present.plot.notes import Words, chosen, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import Spread, records, rows_of, spread

GROUPS = (
    *(f"income={fifth}" for fifth in range(1, 6)),
    *(f"age={band}" for band in ("15-24", "25-39", "40-59", "60+")),
    *(f"urban={answer}" for answer in ("no", "yes")),
)
COLUMNS = 14
ON_SLIDE = 3


def left_out(
    runs: Runs,
    scenario: str | None = None,
    measure: str = "using",
    groups: Sequence[str] = GROUPS,
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
) -> Axes:
    """Return Axes with a row a group and a column a year's last month: the share of households not ``measure``.

    Cells with fewer than 30 simulated households behind them are hatched and kept out of the data. ``measure`` is a
    share of households. Raises `UnknownName`, `BadValue`.
    """
    tongue, name = spoken(language), chosen(runs, scenario)
    sheet = Sheet(size, ax)
    found = _shares(runs, name, measure, groups)
    frame = found.frame
    dates = sorted(set(frame["month"]))
    where = runs.about(name)["place"]
    facts = {
        "place": geography(where, tongue),
        "measure": word(f"not.{measure}" if knows(f"not.{measure}") else "not.other", tongue, name=measure),
        "last": month(dates[-1], tongue),
    }
    worst = frame[frame["month"] == dates[-1]].dropna(subset=["value"]).nlargest(ON_SLIDE, "value")
    titles = {group: called(group, tongue, where, is_short=True) for group in groups}
    said = "; ".join(f"{titles[r['group']]} {percent(r['value'], tongue)}" for r in records(worst))
    hidden = int(frame["value"].isna().sum())
    words = Words(
        title=word("left.title.slide" if sheet.size.is_slide else "left.title", tongue, **facts),
        under=word("left.under", tongue, **facts) + " " + word("of.scenario", tongue, title=titled(runs, name, tongue)),
        alt=word("left.alt", tongue, worst=said or "–", count=hidden, **facts),
        more=(word("left.note", tongue, least=SMALLEST, count=hidden),),
    )
    options = {"scenario": name, "measure": measure, "groups": list(groups), "language": tongue}
    with sheet.look():
        _grid(sheet, frame, titles, dates, tongue)
        return signed(sheet, "left_out", words, frame, options, runs=runs, scenarios=(name,), spread=found)


def _shares(runs: Runs, name: str, measure: str, groups: Sequence[str]) -> Spread:
    """Return month, group, value, low, high, households of the last month of each year."""
    rows = rows_of(runs, name, measure, groups)
    last = rows.groupby(rows["month"].str[:4])["month"].transform("max")
    rows = rows[rows["month"] == last].assign(value=lambda f: 1.0 - f["value"])
    if not rows["value"].between(-1e-9, 1 + 1e-9).all():
        raise BadValue(what="measure of this figure", value=measure, expected="a share of households")
    found = spread(rows, ["month", "group"])
    full = pd.MultiIndex.from_product([sorted(set(rows["month"])), groups], names=["month", "group"])
    frame = found.frame.set_index(["month", "group"]).reindex(full).reset_index()
    return Spread(suppressed(frame, runs, name), found.kind, found.count, found.replicates)


def _grid(sheet: Sheet, frame: pd.DataFrame, titles: Mapping[str, str], dates: list[str], tongue: str) -> None:
    ax, slide, groups = sheet.ax, sheet.size.is_slide, list(titles)
    shown = _some(dates, ON_SLIDE if slide else COLUMNS)
    wide = frame.pivot_table(index="group", columns="month", values="value", dropna=False).reindex(groups)
    numbered = set(wide[shown[-1]].nlargest(ON_SLIDE).index) if slide else set(groups)
    for row, group in enumerate(groups):
        for column, date in enumerate(shown):
            share = float(wide[date][group])
            ink = cell(ax, (column, row), (1, 1), share, SHADES)
            text = f"<{SMALLEST}" if share != share else number(100 * share, tongue)
            if not slide or (group in numbered and date == shown[-1]):
                text = percent(share, tongue, 0) if slide else text
                ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=ink, gid="cell")
    ax.set(xlim=(0, len(shown)), ylim=(len(groups), 0))
    ax.set_yticks([n + 0.5 for n in range(len(groups))], list(titles.values()))
    ax.set_xticks([n + 0.5 for n in range(len(shown))], [d[:4] for d in shown])
    for line in (n for n, g in enumerate(groups) if n and g.split("=")[0] != groups[n - 1].split("=")[0]):
        ax.axhline(line, color="white", linewidth=7)
    bare(ax)


def _some(dates: list[str], most: int) -> list[str]:
    """Return at most so many dates, evenly spread, the last among them."""
    if len(dates) <= most:
        return dates
    step = (len(dates) - 1) / (most - 1)
    return [dates[round(n * step)] for n in range(most)]
