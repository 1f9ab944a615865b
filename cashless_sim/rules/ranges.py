"""Plausible ranges that a plan states for its own numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cashless_sim.errors import BadValue, UnknownKey, nearest

Range = tuple[float, float]
SHARE: Range = (0.0, 1.0)


def holds(pair: Range, number: float | None) -> bool:
    """Return whether a number is there and lies in a range, ends included."""
    return number is not None and pair[0] <= number <= pair[1]


def held(what: str, thing: Any, limits: Mapping[str, Range]) -> dict[str, Range]:
    """Return those of ``thing.ranges`` that hold the number of their name; ``limits`` says which and how far.

    A range without its number inside was stated for another number and is left out: whoever replaces the number
    need not know of the range. Raises `UnknownKey` or `BadValue`.
    """
    kept: dict[str, Range] = {}
    for name, pair in thing.ranges.items():
        if name not in limits:
            expected, near = ", ".join(limits), nearest(name, limits)
            raise UnknownKey(where=f"ranges of {what}", key=name, expected=expected, near=near)
        low, high = _ordered(f"range of {name} of {what}", pair)
        for end in (low, high):
            if not limits[name][0] <= end <= limits[name][1]:
                expected = f"a number from {limits[name][0]:g} to {limits[name][1]:g}"
                raise BadValue(what=f"range of {name} of {what}", value=end, expected=expected)
        if holds((low, high), getattr(thing, name)):
            kept[name] = (low, high)
    return kept


def _ordered(what: str, pair: Any) -> Range:
    try:
        low, high = pair
    except (TypeError, ValueError):
        low, high = 1, 0
    if not low <= high:
        raise BadValue(what=what, value=pair, expected="two numbers, the lower first")
    return low, high
