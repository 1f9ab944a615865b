"""Frames made elsewhere, taken into figures: their columns looked over, their names and numbers made to fit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import knows, word
from cashless_sim.present.locale.sentences import number
from cashless_sim.present.margin import titled
from cashless_sim.present.plot.sheet import Sheet, measured


def columns(
    frame: pd.DataFrame, wanted: Sequence[str], values: Mapping[str, Sequence[str]] | None = None
) -> pd.DataFrame:
    """Return the frame if it has rows, these columns, in some all these values; raise `UnknownName`, `BadValue`."""
    missing = [name for name in wanted if name not in frame]
    if missing:
        known = [str(name) for name in frame]
        raise UnknownName(
            what="column of the frame", name=missing[0], expected=", ".join(wanted), near=nearest(missing[0], known)
        )
    if frame.empty:
        raise BadValue(what="rows of this figure in the frame", value=0, expected="at least one")
    for name, needed in (values or {}).items():
        for value in needed:
            if value not in set(frame[name]):
                raise BadValue(what=f"rows with {name} '{value}'", value=0, expected="at least one")
    return frame


def named(sheet: Sheet, key: str, inches: float) -> str:
    """Return what to call a number of the model: its dotted key, broken or cut to a width."""
    text = key.removeprefix("rules.")
    if measured(text, sheet.size.word) <= inches:
        return text
    head, _, tail = text.rpartition(".")
    lines = [head, tail] if head else [text]
    return "\n".join(_cut(line, sheet.size.word, inches) for line in lines)


def _cut(text: str, points: float, inches: float) -> str:
    while len(text) > 4 and measured(text + "…", points) > inches:
        text = text[:-1]
        if measured(text + "…", points) <= inches:
            return text + "…"
    return text


def title_of(runs: Runs | None, name: str, tongue: str) -> str:
    """Return a scenario's title where its runs are known, its name otherwise."""
    return name if runs is None or name not in runs.scenarios else titled(runs, name, tongue)


def minus(text: str) -> str:
    """Return numbers with a true minus sign."""
    return text.replace("-", "−")


def rounded(value: float, tongue: str) -> str:
    """Return a number with three digits that count."""
    size = abs(value)
    if size == 0 or not math.isfinite(size):
        return number(value, tongue) if size == 0 else "–"
    return minus(number(value, tongue, min(max(0, 2 - math.floor(math.log10(size))), 6)))


def translated(prefix: str, key: str, tongue: str) -> str:
    """Return the words for a key, or the key itself where there are none."""
    full = f"{prefix}.{key}"
    return word(full, tongue) if knows(full) else key
