"""Of which kind each value in a question's file is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from cashless_sim.errors import BadValue

Kind = tuple[Callable[[Any], bool], str]


def _number(value: Any) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**63 and math.isfinite(value)
    )


def _whole(value: Any) -> bool:
    return isinstance(value, int) and _number(value)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _each(value: Any, is_one: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(map(is_one, value))


def _table(value: Any) -> bool:
    return isinstance(value, dict)


def _numbers(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_number, value.values()))


def _years(value: Any) -> bool:
    return _numbers(value) and all(len(year) == 4 and year.isascii() and year.isdigit() for year in value)


TEXT: Kind = (_text, "a text")
NUMBER: Kind = (_number, "a number")
WHOLE: Kind = (_whole, "a whole number")
TABLES: Kind = (lambda value: _each(value, _table), "a list of tables")
TEXTS: Kind = (lambda value: _each(value, _text), "a list of texts")
SHARES: Kind = (_numbers, "a table of numbers")

OFFER: Mapping[str, Kind] = {
    **dict.fromkeys(("name", "channel", "sponsor", "runner", "start", "end"), TEXT),
    **dict.fromkeys(("most", "cost", "evenings"), NUMBER),
    "months": (lambda value: _each(value, _whole), "a list of calendar months"),
    "target": (_table, "a table of household columns"),
}
LINE: Mapping[str, Kind] = {"name": TEXT, "sponsor": TEXT, "year": WHOLE, "amount": NUMBER, "uses": TEXTS}
TOP: Mapping[str, Kind] = {
    **dict.fromkeys(("title", "title_vi", "question", "question_vi", "base"), TEXT),
    **dict.fromkeys(("judged", "measure", "gap_over", "risk"), TEXT),
    **dict.fromkeys(("max_gap", "tail", "target"), NUMBER),
    **dict.fromkeys(("floors", "fix", "incumbent"), SHARES),
    **dict.fromkeys(("offers", "lines"), TABLES),
    "evenings": (_years, "a table of numbers by year"),
}


def refuse_kinds(table: Mapping[str, Any], kinds: Mapping[str, Kind], where: str) -> None:
    """Raise `BadValue` for the first value that is not of its kind."""
    for key, value in table.items():
        is_one, expected = kinds.get(key, (lambda value: True, ""))
        if not is_one(value):
            shown = value if len(repr(value)) < 80 else f"{repr(value)[:60]}…"
            raise BadValue(where=where, what=key, value=shown, expected=expected)
