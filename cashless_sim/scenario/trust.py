"""Code from outside that a scenario file names: refused unless its reader allows it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from cashless_sim.errors import BadValue
from cashless_sim.scenario.marked import Marked
from cashless_sim.scenario.schema import composed

ALLOW_CODE = "CASHLESS_SIM_ALLOW_CODE"
"""Environment variable that allows code from outside when it is 1."""
NEXT = (
    "it is code from outside, which reading the file would run: allow it if you trust it, with --allow-code "
    f"(in Python allow_code=True, or {ALLOW_CODE}=1)"
)
SPOKEN = {"title", "title_vi", "question", "question_vi", "note", "source", "name", "start", "end"}
"""Keys whose text is never looked up as code: words for readers, names given in the file, months."""
PLACE = "place"
"""The table whose ``name`` is looked up all the same."""


def code_allowed(asked: bool | None = None) -> bool:
    """Return whether files may name code from outside: as asked, else as `ALLOW_CODE` says."""
    return os.environ.get(ALLOW_CODE) == "1" if asked is None else asked


def refuse_code(tables: Marked, allow_code: bool | None) -> Marked:
    """Return the tables of a file; raise `BadValue` with its line for a name that is code from outside.

    Whatever the key, so that one which is added later is covered: ``package.module:Name`` has a colon, and no name
    of this package has.
    """
    for key, mark in _texts("", tables):
        if ":" in composed(mark.value):
            refuse_name(mark.where, key, mark.value, allow_code)
    return tables


def refuse_name(where: str, key: str, name: str, allow_code: bool | None) -> None:
    """Raise `BadValue` for a name that is code from outside, unless that is allowed."""
    if not code_allowed(allow_code):
        raise BadValue(where=where, what=key, value=name, expected="a name from this package", next=NEXT)


def _texts(key: str, mark: Marked) -> Iterator[tuple[str, Marked]]:
    """Yield every text that might be looked up, with the key that it stands under."""
    if isinstance(mark.value, str):
        yield ("use" if key == "rules" else key), mark
    elif isinstance(mark.value, dict):
        for inner, value in mark.value.items():
            if inner not in SPOKEN or (key, inner) == (PLACE, "name"):
                yield from _texts(inner, value)
    else:
        for value in mark.inside():
            yield from _texts(key, value)
