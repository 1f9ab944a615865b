"""Reported figures placed beside the model's: when they stand, where they hold, whether they may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cashless_sim.data import reported_rates
from cashless_sim.scenario.making import place_named

CODES = ("A", "B", "C", "D", "E", "F", "G")


@dataclass(frozen=True)
class Point:
    """One reported share [0, 1] of statistic ``code``, between ``start`` and ``end`` (YYYY-MM), for ``area``."""

    code: str
    area: str
    start: str
    end: str
    value: float
    series: str
    publisher: str
    key: str
    use: str = "fit"

    @property
    def year(self) -> str:
        """Calendar year in which the figure stands."""
        return self.end[:4]

    @property
    def month(self) -> str:
        """The month at which to draw it: its own, or the middle of its year or field period."""
        first = int(self.start[:4]) * 12 + int(self.start[5:]) - 1
        last = int(self.end[:4]) * 12 + int(self.end[5:]) - 1
        middle = (first + last + 1) // 2
        return f"{middle // 12:04d}-{middle % 12 + 1:02d}"


@lru_cache(maxsize=4)
def points(uses: tuple[str, ...] = ("fit",)) -> tuple[Point, ...]:
    """Return the reported totals of some uses: those that fits may use; hold-outs are hidden while nothing is checked.

    A hold-out is named as such wherever it is shown.
    """
    rows = reported_rates(use=uses)
    rows = rows[(rows["group"] == "all") & (rows["unit"] == "percent") & rows["code"].isin(CODES)]
    return tuple(
        Point(
            code=str(row["code"]),
            area=str(row["geography"]),
            start=_month(str(row["field_start"] or row["date"]), first=True),
            end=_month(str(row["field_end"] or row["date"]), first=False),
            value=float(row["value"]) / 100,
            series=str(row["series"]),
            publisher=str(row["publisher"]),
            key=str(row["key"]),
            use=str(row["use"]),
        )
        for _, row in rows.sort_values(["date", "code"], kind="stable").iterrows()
    )


def _month(date: str, *, first: bool) -> str:
    return date[:7] if len(date) >= 7 else f"{date[:4]}-{'01' if first else '12'}"


def area_of(name: str) -> str:
    """Return the geography of a place as the reported rates call it."""
    return place_named(name).geography


def borders_of(name: str) -> str:
    """Return the date of the borders and counts of a place."""
    return place_named(name).date
