"""A table of text, as every kind of file writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NONE = "–"


@dataclass(frozen=True)
class Grid:
    """A table of text: ``title``, ``heads``, ``rows``, and ``notes`` below; columns ``words`` hold words.

    A cell of two lines holds a number over its 80 % interval.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()
    words: Sequence[int] = (0,)


def over(value: str, low: str, high: str) -> str:
    """Return a number over its 80 % interval, on two lines."""
    return value if NONE in (value, low, high) else f"{value}\n[{low}; {high}]"
