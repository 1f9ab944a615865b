"""The way to cashless payment at one month: how many households have come how far."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.groups import called
from cashless_sim.present.labels import HALO
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month as month_said
from cashless_sim.present.locale.sentences import number, percent
from cashless_sim.present.margin import geography, titled
from cashless_sim.present.plot.notes import Words, chosen, month_of, signed
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import Spread, records, rows_of, spread
from cashless_sim.present.plot.ticks import Ticks

STEPS = ("smartphone", "account", "aware", "ever", "using")
LAPSED = "stopped"
NUMBERED = ("account", "aware", "using")
"""Steps whose number stands on a slide."""
FULL, LEFT = "#0072B2", "#E69F00"


def funnel(
    runs: Runs,
    scenario: str | None = None,
    month: str | None = None,
    group: str = "all",
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
) -> Axes:
    """Return Axes with a bar a step: smartphone, account, aware, ever paid, using, and stopped (ever less using).

    Shares of households of ``group`` at ``month`` (the last), with 80 % bands. Raises `UnknownName`, `BadValue`.
    """
    tongue, name = spoken(language), chosen(runs, scenario)
    sheet = Sheet(size, ax)
    rows = rows_of(runs, name, STEPS, group)
    at = month_of(rows, month)
    found = _steps(rows[rows["month"] == at])
    where = runs.about(name)["place"]
    facts = {"month": month_said(at, tongue), "place": geography(where, tongue)}
    whose = "" if group == "all" else word("of.group", tongue, group=called(group, tongue, where, is_short=True))
    said = [f"{word('step.' + r['step'], tongue)} {percent(r['value'], tongue)}" for r in records(found.frame)]
    words = Words(
        title=word("funnel.title.slide" if sheet.size.is_slide else "funnel.title", tongue, **facts),
        under=word("of.scenario", tongue, title=titled(runs, name, tongue)) + whose,
        alt=word("funnel.alt", tongue, steps="; ".join(said), **facts),
        more=(word("funnel.note", tongue),),
    )
    options = {"scenario": name, "month": at, "group": group, "language": tongue}
    with sheet.look():
        _bars(sheet, found, tongue)
        data = found.frame.assign(month=at)
        return signed(sheet, "funnel", words, data, options, runs=runs, scenarios=(name,), spread=found)


def _steps(rows: pd.DataFrame) -> Spread:
    """Return mean and band of each step, in order; stopped is worked out within each run."""
    wide = rows.pivot_table(index="replicate", columns="measure", values="value")
    if {"ever", "using"} <= set(wide):
        wide[LAPSED] = (wide["ever"] - wide["using"]).clip(lower=0)
    order = [step for step in (*STEPS, LAPSED) if step in wide]
    long = wide[order].melt(ignore_index=False, var_name="step", value_name="value").reset_index()
    found = spread(long, ["step"])
    frame = found.frame.set_index("step").loc[order].reset_index()
    return Spread(frame, found.kind, found.count, found.replicates)


def _bars(sheet: Sheet, found: Spread, tongue: str) -> None:
    ax, slide = sheet.ax, sheet.size.is_slide
    frame = found.frame
    named = [_name(sheet, step, tongue) for step in frame["step"]]
    colours = [LEFT if step == LAPSED else FULL for step in frame["step"]]
    sns.barplot(x=frame["value"], y=named, hue=named, palette=colours, legend=False, ax=ax, width=0.62, errorbar=None)
    top = float(max(frame["value"].max(), frame["high"].max(skipna=True), 0.01))
    for place, row in enumerate(records(frame)):
        if found.kind != "none" and not slide:
            ax.plot([row["low"], row["high"]], [place] * 2, "|-", color="#222222", linewidth=1.6, path_effects=HALO)
        if not slide or row["step"] in NUMBERED:
            at = row["value"] if slide or found.kind == "none" else max(row["value"], row["high"])
            ax.text(at + top * 0.012, place, _value(row, found.kind, tongue, slide), va="center", gid="value")
    ax.set(xlabel="" if slide else word("share.households", tongue), ylabel="", xlim=(0, min(1.0, top * 1.0)))
    ax.xaxis.set_major_formatter(Ticks(tongue, are_shares=True))
    ax.tick_params(axis="y", length=0)
    if slide:
        ax.set_xticks([])
        sns.despine(ax=ax, bottom=True)


def _name(sheet: Sheet, step: str, tongue: str) -> str:
    """Return the name of a step, short enough for the sheet."""
    return sheet.wrapped(word(f"step.{step}", tongue), sheet.size.word, 3.4 if sheet.size.is_slide else 2.6)


def _value(row: dict[str, Any], kind: str, tongue: str, slide: bool) -> str:
    value, low, high = (float(row[part]) for part in ("value", "low", "high"))
    if slide or kind == "none":
        return percent(value, tongue, 0 if slide else 1)
    ends = f"{number(100 * low, tongue)}–{number(100 * high, tongue)}"
    return f"{percent(value, tongue)}  [{ends}]"
