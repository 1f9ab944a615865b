"""Frames of results as tables to read: words and numbers of one language, units in the heads."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.cli.shown import NONE, figure, interval, word
from cashless_sim.present.groups import called
from cashless_sim.present.locale.notebook import knows, told
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month, number, percent, say
from cashless_sim.present.plot.frames import rounded, title_of, translated
from cashless_sim.present.plot.spread import records

Row = Mapping[str, Any]
WORDS = "padding:2px 14px 2px 0;text-align:left;vertical-align:top"
NUMBERS = "padding:2px 14px 2px 0;text-align:right;vertical-align:top"
SHORT = ";white-space:nowrap"
NARROW = 24
"""Letters up to which a cell is not broken into lines."""


@dataclass(frozen=True)
class Table:
    """A table to read: ``heads``, ``rows`` of text; the first ``left`` columns hold words, the others numbers."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1

    def _repr_html_(self) -> str:
        style = [WORDS if at < self.left else NUMBERS for at in range(len(self.heads))]
        style = [f"{one}{SHORT}" if self._widest(at) <= NARROW else one for at, one in enumerate(style)]
        heads = (one.removesuffix(SHORT) for one in style)
        head = "".join(f'<th style="{s}">{escape(h)}</th>' for s, h in zip(heads, self.heads, strict=True))
        body = "".join(
            "<tr>" + "".join(f'<td style="{s}">{escape(c)}</td>' for s, c in zip(style, row, strict=True)) + "</tr>"
            for row in self.rows
        )
        title = f"<b>{escape(self.title)}</b>" if self.title else ""
        return f"<div>{title}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"

    def _widest(self, at: int) -> int:
        """Return the letters of the longest cell of a column."""
        return max((len(row[at]) for row in self.rows), default=0)

    def __repr__(self) -> str:
        lines = [self.title, " | ".join(self.heads), *(" | ".join(row) for row in self.rows)]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class Column:
    """One column of a known table: its head in a language, and what a row says there."""

    head: Callable[[str], str]
    said: Callable[[Row, str], str]


def table(
    frame: pd.DataFrame,
    title: str = "",
    language: str | None = None,
    rows: int | None = None,
    runs: Runs | None = None,
) -> Table:
    """Return a frame that a verb of this package returned as a table to read; the first ``rows`` of it, if given.

    With ``runs``, scenarios go by their titles there instead of their names.

    Frames of `compare`, `costs`, `burden_added`, plans, an optimisation, `worth` and `effects` get their own heads and
    units; of any other, the columns as they are. Raises `UnknownName` for a language that is not there.
    """
    tongue = spoken(language)
    found = frame if rows is None else frame.head(rows)
    if runs is not None and "scenario" in found:
        found = found.assign(scenario=[title_of(runs, str(name), tongue) for name in found["scenario"]])
    known = next((one for needed, one in KINDS if needed <= set(frame.columns)), None)
    if known is None:
        return _plain(found, title, tongue)
    columns, left = known
    heads = tuple(column.head(tongue) for column in columns)
    said = tuple(tuple(column.said(row, tongue) for column in columns) for row in records(found))
    return Table(title, heads, said, left)


def _plain(frame: pd.DataFrame, title: str, tongue: str) -> Table:
    """Return a frame as it is: words first, numbers with three digits that count."""
    heads = tuple(told(f"column.{name}", tongue) if knows(f"column.{name}") else str(name) for name in frame)
    said = [[_cell(value, tongue, _is_whole(frame[name])) for value in frame[name]] for name in frame]
    rows = tuple(zip(*said, strict=True))
    left = next((at for at, name in enumerate(frame) if frame[name].dtype.kind in "iufb"), len(heads))
    return Table(title, heads, rows, max(left, 1))


def _is_whole(column: pd.Series[Any]) -> bool:
    """Whether a column holds whole numbers only."""
    return column.dtype.kind in "iuf" and bool((column.dropna() % 1 == 0).all())


def _cell(value: Any, tongue: str, whole: bool) -> str:
    if isinstance(value, bool | np.bool_):
        return told("yes" if value else "no", tongue)
    if not isinstance(value, int | float):
        return NONE if value is None else str(value)
    return _minus(number(float(value), tongue) if whole else rounded(float(value), tongue))


def _says(key: str) -> Callable[[str], str]:
    return lambda tongue: say(key, tongue)


def _heads(key: str) -> Callable[[str], str]:
    return lambda tongue: told(f"column.{key}", tongue)


def _text(name: str) -> Callable[[Row, str], str]:
    return lambda row, tongue: str(row[name]) or NONE


def _of(name: str, kind: str) -> Callable[[Row, str], str]:
    return lambda row, tongue: translated(kind, str(row[name]), tongue)


def _named(name: str, kind: str) -> Callable[[Row, str], str]:
    return lambda row, tongue: word(kind, str(row[name]), tongue)


def _value(name: str, scale: float = 1.0, digits: int = 0) -> Callable[[Row, str], str]:
    return lambda row, tongue: _minus(figure(scale * row[name], tongue, digits))


def _span(low: str, high: str, scale: float = 1.0, digits: int = 0) -> Callable[[Row, str], str]:
    return lambda row, tongue: _minus(interval(scale * row[low], scale * row[high], tongue, digits))


def _share(name: str, digits: int = 0) -> Callable[[Row, str], str]:
    return lambda row, tongue: percent(row[name], tongue, digits)


def _when(name: str) -> Callable[[Row, str], str]:
    return lambda row, tongue: month(str(row[name]), tongue)


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _each(row: Row, tongue: str) -> str:
    """Return VND each, or that the two cannot be told apart."""
    if row["verdict"] != "told apart":
        return word("verdict", str(row["verdict"]), tongue)
    return NONE if math.isnan(row["value"]) else _minus(figure(row["value"], tongue))


def _short_title(row: Row, tongue: str) -> str:
    return str(row["title_vi" if tongue == "vi" else "title"])


def _group(row: Row, tongue: str) -> str:
    """Return a group in words."""
    return called(str(row["group"]), tongue, is_short=True)


DIFFERENCES = (
    Column(_says("compare.head.scenario"), _text("scenario")),
    Column(_says("compare.head.measure"), _text("measure")),
    Column(_says("compare.head.group"), _group),
    Column(_heads("month"), _when("month")),
    Column(lambda tongue: f"{say('compare.head.mean', tongue)}, {_points(tongue)}", _value("difference", 100, 2)),
    Column(_says("compare.head.band"), _span("low80", "high80", 100, 2)),
    Column(_says("compare.head.95"), _span("low95", "high95", 100, 2)),
    Column(lambda tongue: "n", _value("n")),
)
PAYERS = (
    Column(_says("costs.head.scenario"), _text("scenario")),
    Column(_says("costs.head.per"), _named("per", "costs.per")),
    Column(_says("costs.head.cost"), _value("cost", 1e-6, 1)),
    Column(_says("costs.head.gain"), _value("gain")),
    Column(_says("costs.head.band"), _span("gain_low80", "gain_high80")),
    Column(_says("costs.head.value"), _each),
    Column(_says("costs.head.range"), _span("low80", "high80")),
    Column(_says("costs.head.grade"), _text("grade")),
)
BORNE = (
    Column(_says("costs.head.scenario"), _text("scenario")),
    Column(_says("costs.head.group"), _group),
    Column(_says("costs.head.item"), _named("item", "burden")),
    Column(_says("costs.head.added"), _value("mean", 1.0, 2)),
    Column(_says("costs.head.band"), _span("low80", "high80", 1.0, 2)),
)
PLANS = (
    Column(_says("plans.head.plan"), _text("plan")),
    Column(_says("plans.head.title"), _short_title),
    Column(_says("plans.head.judged"), _when("judged")),
    Column(_says("plans.head.cost"), _value("cost", 1e-6)),
    Column(_says("plans.head.gain"), _value("gain")),
    Column(_says("plans.head.band"), _span("gain_low80", "gain_high80")),
    Column(_says("plans.head.value"), _each),
    Column(_says("plans.head.grade"), _text("grade")),
    Column(_says("plans.head.among"), _named("among", "verdict")),
)
BOUGHT = (
    Column(_says("optimise.head.offer"), _text("offer")),
    Column(_says("optimise.head.grade"), _text("grade")),
    Column(_says("optimise.head.place"), _text("place")),
    Column(_says("optimise.head.dose"), _share("dose")),
    Column(_says("optimise.head.money"), _value("money", 1e-6, 1)),
    Column(_says("optimise.head.evenings"), _value("evenings")),
)
CHECKED = (
    Column(_says("optimise.head.against"), _named("against", "plan")),
    Column(_says("optimise.head.difference"), _value("difference", 100, 2)),
    Column(_says("optimise.head.mean"), _span("mean_low", "mean_high", 100, 2)),
    Column(_says("optimise.head.band"), _span("low80", "high80", 100, 2)),
    Column(_says("optimise.head.wins"), _share("wins")),
    Column(_says("optimise.head.verdict"), _named("verdict", "verdict")),
    Column(lambda tongue: "n", _value("n")),
)
FRONT = (
    Column(_says("optimise.head.share"), _share("share", 2)),
    Column(_says("optimise.head.cost"), _value("cost", 1e-6)),
    Column(_says("optimise.head.gap"), _value("gap", 100, 2)),
)
WORTH = (
    Column(_says("worth.head.key"), _text("key")),
    Column(_says("worth.head.information"), _value("information")),
    Column(_says("worth.head.lower"), _value("lower")),
    Column(_says("worth.head.changes"), _share("changes")),
)
Kind = tuple[set[str], tuple[Sequence[Column], int]]
KINDS: tuple[Kind, ...] = (
    ({"plan", "among", "gain", "judged"}, (PLANS, 2)),
    ({"per", "gain", "verdict", "grade"}, (PAYERS, 2)),
    ({"item", "unit", "group", "mean"}, (BORNE, 3)),
    ({"offer", "place", "dose", "money"}, (BOUGHT, 3)),
    ({"against", "wins", "verdict"}, (CHECKED, 1)),
    ({"share", "cost", "gap", "budget"}, (FRONT, 0)),
    ({"key", "information", "changes"}, (WORTH, 1)),
    ({"difference", "measure", "group", "low80", "variance_reduction"}, (DIFFERENCES, 4)),
)
"""Columns by which a frame is known, what is told of it, and how many of the columns told hold words."""


def _points(tongue: str) -> str:
    return told("points", tongue)
