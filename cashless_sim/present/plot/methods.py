"""How one bill is paid over time: the shares of all payment methods, one on the other."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text

from cashless_sim.codes import Bill, Method
from cashless_sim.errors import UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month, percent
from cashless_sim.present.margin import geography, titled
from cashless_sim.present.palette import METHODS
from cashless_sim.present.plot.ends import ends, separate
from cashless_sim.present.plot.notes import Words, chosen, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import Spread, rows_of, spread
from cashless_sim.present.plot.ticks import Ticks
from cashless_sim.present.plot.years import year_axis, year_of
from cashless_sim.present.style import INK

BILLS = tuple(bill.name.lower() for bill in Bill)
NUMBERS = 3
"""Numbers on a slide: those of the most common methods."""


def methods(
    runs: Runs,
    scenario: str | None = None,
    bill: str = "electricity",
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
) -> Axes:
    """Return Axes with the share of each way to pay a bill, stacked month by month: cash below, digital above.

    ``bill`` is electricity, water or telecom. Raises `UnknownName`, `BadValue`.
    """
    tongue, name = spoken(language), chosen(runs, scenario)
    if bill not in BILLS:
        raise UnknownName(what="bill", name=bill, expected=", ".join(BILLS), near=nearest(bill, BILLS))
    sheet = Sheet(size, ax)
    found = _shares(runs, name, bill)
    wide = found.frame.pivot_table(index="month", columns="method", values="value").fillna(0.0)
    wide = wide[[m.name for m in METHODS if m.name in wide]]
    first, last = (month(str(edge), tongue) for edge in (wide.index[0], wide.index[-1]))
    facts = {"bill": word(f"bill.{bill}", tongue), "place": geography(runs.about(name)["place"], tongue)}
    at_end = wide.iloc[-1].sort_values(ascending=False)
    said = ", ".join(f"{word(f'method.{m}', tongue)} {percent(v, tongue)}" for m, v in at_end.items())
    words = Words(
        title=word("methods.title.slide" if sheet.size.is_slide else "methods.title", tongue, **facts),
        under=word("of.scenario", tongue, title=titled(runs, name, tongue)),
        alt=word("methods.alt", tongue, first=first, last=last, shares=said, **facts),
        more=(word("methods.note", tongue),),
    )
    options = {"scenario": name, "bill": bill, "language": tongue}
    with sheet.look():
        labels = _stack(sheet, wide, tongue)
        drawn = signed(sheet, "methods", words, found.frame, options, runs=runs, scenarios=(name,), spread=found)
        separate(sheet.ax, labels, sheet.size.line, _colours(wide))
    return drawn


def _shares(runs: Runs, name: str, bill: str) -> Spread:
    """Return month, method, value, low, high: the shares of the methods and what is not paid."""
    groups = {f"bill={bill};method={m.name}": m.name for m in METHODS if m is not Method.NONE}
    groups[f"bill={bill}"] = Method.NONE.name
    rows = rows_of(runs, name, ("method_share", "late"), list(groups))
    found = spread(rows.assign(method=rows["group"].map(groups)), ["month", "method"])
    order = [m.name for m in METHODS]
    frame = found.frame.assign(method=pd.Categorical(found.frame["method"], order, ordered=True))
    frame = frame.sort_values(["month", "method"]).astype({"method": str})
    wide = frame.pivot_table(index="month", columns="method", values="value")
    there = [m for m in order if m in wide and wide[m].max() > 0]
    frame = frame[frame["method"].isin(there)]
    return Spread(frame.reset_index(drop=True), found.kind, found.count, found.replicates)


def _stack(sheet: Sheet, wide: pd.DataFrame, tongue: str) -> list[Text]:
    """Draw the areas, one a column from below, and name each at its right end; return the names."""
    ax, slide = sheet.ax, sheet.size.is_slide
    x = [year_of(str(m)) for m in wide.index]
    ax.stackplot(x, wide.to_numpy().T, colors=_colours(wide), edgecolor="white", linewidth=0.8)
    last = wide.iloc[-1]
    middles = last.cumsum() - last / 2
    most = set(last.nlargest(NUMBERS).index) if slide else set(last.index)
    named = []
    for method, value, middle in zip(last.index, last, middles, strict=True):
        text = word(f"method.{method}", tongue)
        text = f"{text} {percent(value, tongue, 0 if slide else 1)}" if method in most else text
        named.append((middle, text, INK))
    ax.set(ylim=(0, 1), ylabel="" if slide else word("share.bills", tongue))
    ax.yaxis.set_major_formatter(Ticks(tongue, are_shares=True))
    if slide:
        ax.set_yticks([0, 0.5, 1])
    year_axis(ax, min(x), max(x), slide)
    return ends(ax, named, sheet.size.word)


def _colours(wide: pd.DataFrame) -> list[str]:
    return [METHODS[Method[str(method)]] for method in wide]
