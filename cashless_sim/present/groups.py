"""What to call a group of households, or the bills of one, in the reader's words."""

from __future__ import annotations

from functools import lru_cache

from cashless_sim.data import own_hash, place
from cashless_sim.present.locale import figures, notebook, report

CITY = r"^TP (.*)"
"""How tables of places write a city."""


def called(group: str, tongue: str, where: str = "", *, is_short: bool = False) -> str:
    """Return the words for a group such as ``age=60+;bill=water`` of the place ``where``, part after part.

    ``is_short`` takes the shorter words of figures. A part without words keeps the name it has in the code.
    """
    return ", ".join(_part(part, tongue, where, is_short) for part in group.split(";"))


def _part(part: str, tongue: str, where: str, is_short: bool) -> str:
    kind, _, name = part.partition("=")
    key = f"group.{part}"
    if kind == "district":
        return report.told("group.district", tongue, name=districts(where, tongue).get(name, name))
    if kind == "method" and figures.knows(f"method.{name}"):
        return figures.word(f"method.{name}", tongue)
    if kind == "bill" and notebook.knows(part):
        return notebook.told(part, tongue)
    if is_short and figures.knows(key):
        return figures.word(key, tongue)
    return report.told(key, tongue) if report.has(key) else part


def districts(where: str, tongue: str) -> dict[str, str]:
    """Return what districts of a place are called in a language, by their names in the runs; nothing for no place."""
    return _titles(where, own_hash(where), tongue) if where else {}


@lru_cache(maxsize=8)
def _titles(where: str, version: str, tongue: str) -> dict[str, str]:
    """Return the same, read once for each state of the place's files."""
    table = place(where).districts
    named = table["district_vi"] if tongue == "vi" else table["district"].str.replace(CITY, r"\1 City", regex=True)
    return dict(zip(table["district"], named, strict=True))
