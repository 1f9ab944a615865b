"""The scoreboard: a table for the screen, and a page for the projector that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich.table import Table

from cashless_sim.analysis.workshop.menu import Menu
from cashless_sim.analysis.workshop.scoring import WATCHED
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.cli.shown import figure, interval, table
from cashless_sim.present.locale.sentences import month, number
from cashless_sim.present.locale.workshop import told
from cashless_sim.present.workshop.templates import filled

ON_A_PAGE = 6
Rows = Sequence[Mapping[str, Any]]
Cells = Callable[[Mapping[str, Any], Rows, str], list[str]]


def screens(scores: pd.DataFrame, menu: Menu, tongue: str) -> tuple[Table, ...]:
    """Return the scores as three tables for a screen of 80 letters: payers, money, and who is not reached."""
    rows = records(scores)
    facts = {"month": month(menu.judged, tongue), "count": number(_count(rows), tongue)}
    made = []
    for name, (heads, cells, left) in PARTS.items():
        shown = [told(f"score.head.{head}", tongue) for head in heads]
        title = told(f"score.title.{name}", tongue, **facts)
        made.append(table(title, shown, [cells(one, rows, tongue) for one in rows], left=left))
    return tuple(made)


def _payers(one: Mapping[str, Any], rows: Rows, tongue: str) -> list[str]:
    choices, gained = str(one["choices"]) or "–", _with_band(one, ("gain", "low80", "high80"), 1, tongue)
    return [place(one, rows, tongue), _short(one, rows), choices, number(one["chips"], tongue), gained]


def _spent(one: Mapping[str, Any], rows: Rows, tongue: str) -> list[str]:
    value = _with_band(one, ("value", "value_low80", "value_high80"), 1e3, tongue)
    return [_short(one, rows), figure(one["spent"] / 1e6, tongue), value, str(one["grade"]) or "–"]


def _not_reached(one: Mapping[str, Any], rows: Rows, tongue: str) -> list[str]:
    left = [figure(one[f"left {group}"], tongue) for group in WATCHED]
    fewer = _with_band(one, ("helped", "helped_low80", "helped_high80"), 1, tongue)
    return [_short(one, rows), *left, fewer, told("score.prize", tongue) if one["prize"] else ""]


PARTS: Mapping[str, tuple[Sequence[str], Cells, int]] = {
    "gain": (("place", "table", "choices", "chips", "gain"), _payers, 3),
    "money": (("table", "spent", "value", "grade"), _spent, 1),
    "left": (("table", "old", "poor", "helped", "prize"), _not_reached, 1),
}
"""Heads of each table for the screen, how a line of it is made, and how many columns hold words."""


def _short(one: Mapping[str, Any], rows: Rows) -> str:
    """Return the number of a table, with that of its round where there are several."""
    return f"{one['table']}.{one['round']}" if _several(rows) else str(one["table"])


def _several(rows: Rows) -> bool:
    return len({one["round"] for one in rows}) > 1


def _with_band(one: Mapping[str, Any], keys: tuple[str, str, str], unit: float, tongue: str) -> str:
    middle, low, high = (float(one[key]) / unit for key in keys)
    if not math.isfinite(middle):
        return told("score.none", tongue)
    band = f" {interval(low, high, tongue)}" if math.isfinite(low) and math.isfinite(high) else ""
    return f"{figure(middle, tongue)}{band}"


def records(scores: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the scores as plain rows."""
    return [{str(key): value for key, value in one.items()} for one in scores.to_dict("records")]


def place(one: Mapping[str, Any], rows: Rows, tongue: str) -> str:
    """Return the place of a proposal, marked where it is shared."""
    shared = sum(other["place"] == one["place"] for other in rows) > 1
    return told("score.tie", tongue, place=one["place"]) if shared else str(one["place"])


def named(one: Mapping[str, Any], rows: Rows, tongue: str) -> str:
    """Return the table's name, with its round where there are several."""
    return told(
        "score.table.round" if _several(rows) else "score.table", tongue, table=one["table"], round=one["round"]
    )


def _count(rows: Rows) -> int:
    return int(rows[0]["n"]) if rows else 0


def write_board(scores: pd.DataFrame, menu: Menu, path: Path, tongue: str, households: int, fitted: bool) -> Path:
    """Write the board as one HTML file of pages of 1024 x 768, whole or not at all; return its path.

    ``fitted`` says whether parameters were drawn from a posterior. Raises `FileProblem`.
    """
    text = board(scores, menu, tongue, households, fitted)
    writable(path.parent)
    whole(path, lambda part: _put(part, text))
    return path


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def board(scores: pd.DataFrame, menu: Menu, tongue: str, households: int, fitted: bool) -> str:
    """Return the board as HTML text."""
    rows = records(scores)
    best = sorted(rows, key=lambda one: -one["helped"])
    groups = [
        _page(sorted(rows, key=lambda one: (one["table"], one["round"])), "chosen", _chosen, tongue, menu),
        _page(rows, "gain", _gain, tongue, menu),
        _page(sorted(rows, key=_dear), "money", _money, tongue, menu),
        _page(best, "left", _left, tongue, menu),
        _page(best, "still", _still, tongue, menu),
    ]
    pages = [page for group in groups for page in group]
    notes = _notes(rows, menu, tongue, households, fitted)
    return filled("board.html", tongue, pages=pages, notes=notes)


def _page(
    rows: Rows, key: str, line: Callable[[Mapping[str, Any], Rows, str], dict[str, Any]], tongue: str, menu: Menu
) -> list[dict[str, Any]]:
    """Return pages of at most `ON_A_PAGE` lines, the scale of their bars the same on all."""
    lines = [{"place": "", "under": "", "bar": None, **line(one, rows, tongue)} for one in rows]
    under = told(f"board.{key}.under", tongue, month=month(menu.judged, tongue))
    head = {"key": key, "title": told(f"board.{key}", tongue), "under": under, "last": _last(rows, key, tongue)}
    return [{**head, "lines": lines[at : at + ON_A_PAGE]} for at in range(0, len(lines), ON_A_PAGE)]


def _last(rows: Rows, key: str, tongue: str) -> str:
    if key != "left":
        return ""
    winners = [named(one, rows, tongue) for one in rows if one["prize"]]
    return told("board.prize", tongue, tables=", ".join(winners)) if winners else told("board.prize.none", tongue)


def _chosen(one: Mapping[str, Any], rows: Rows, tongue: str) -> dict[str, Any]:
    choices = str(one["choices"]) or told("plan.none", tongue)
    return {
        "name": named(one, rows, tongue),
        "value": told("board.chosen.row", tongue, choices=choices, chips=one["chips"]),
    }


def _gain(one: Mapping[str, Any], rows: Rows, tongue: str) -> dict[str, Any]:
    low, high = _scale(rows, "low80", "high80", "gain")
    return {
        "place": place(one, rows, tongue),
        "name": named(one, rows, tongue),
        "value": f"{_signed(one['gain'], tongue)} {interval(one['low80'], one['high80'], tongue)}",
        "bar": _bar(one, ("gain", "low80", "high80"), low, high),
    }


def _money(one: Mapping[str, Any], rows: Rows, tongue: str) -> dict[str, Any]:
    spent, known = figure(one["spent"] / 1e6, tongue), math.isfinite(one["value"])
    value = _with_band(one, ("value", "value_low80", "value_high80"), 1e3, tongue)
    facts = {"chips": one["chips"], "spent": spent, "grade": str(one["grade"]) or "–"}
    return {
        "name": named(one, rows, tongue),
        "value": value if known else told("board.unclear", tongue),
        "under": told("board.cost", tongue, **facts),
    }


def _left(one: Mapping[str, Any], rows: Rows, tongue: str) -> dict[str, Any]:
    low, high = _scale(rows, "helped_low80", "helped_high80", "helped")
    return {
        "place": told("score.prize", tongue) if one["prize"] else "",
        "name": named(one, rows, tongue),
        "value": f"{_signed(one['helped'], tongue)} {interval(one['helped_low80'], one['helped_high80'], tongue)}",
        "bar": _bar(one, ("helped", "helped_low80", "helped_high80"), low, high),
    }


def _still(one: Mapping[str, Any], rows: Rows, tongue: str) -> dict[str, Any]:
    old, poor = (figure(one[f"left {group}"], tongue) for group in WATCHED)
    return {"name": named(one, rows, tongue), "value": f"{old} · {poor}"}


def _dear(one: Mapping[str, Any]) -> float:
    return float(one["value"]) if math.isfinite(one["value"]) else math.inf


def _scale(rows: Rows, low: str, high: str, middle: str) -> tuple[float, float]:
    ends = [float(one[key]) for one in rows for key in (low, high, middle) if math.isfinite(one[key])]
    return min([0.0, *ends]), max([1.0, *ends])


def _bar(one: Mapping[str, Any], keys: tuple[str, str, str], low: float, high: float) -> dict[str, float]:
    """Return left end, width, middle and zero of a bar in percent of its field; without a band, the middle alone."""
    middle, begin, end = (float(one[key]) for key in keys)
    begin, end = (begin, end) if math.isfinite(begin) and math.isfinite(end) else (middle, middle)
    across = high - low
    found = {"left": begin - low, "width": end - begin, "middle": middle - low, "zero": 0.0 - low}
    return {key: round(100 * value / across, 2) for key, value in found.items()}


def _signed(value: float, tongue: str) -> str:
    text = figure(value, tongue)
    return f"+{text}" if value >= 0.5 else text


def _notes(rows: Rows, menu: Menu, tongue: str, households: int, fitted: bool) -> list[dict[str, Any]]:
    source = told("board.believe.posterior" if fitted else "board.believe.prior", tongue)
    facts = {
        "read.luck": {"households": number(households, tongue), "count": number(_count(rows), tongue)},
        "believe.fit": {"source": source},
        "believe.grade": {"grades": ", ".join(sorted({one.grade for one in menu.choices if one.grade}))},
    }
    return [
        {
            "title": told(f"board.{key}", tongue),
            "lines": [told(f"board.{key}.{line}", tongue, **facts.get(f"{key}.{line}", {})) for line in lines],
        }
        for key, lines in (("read", ("tie", "using", "groups", "luck")), ("believe", ("place", "fit", "grade", "real")))
    ]
