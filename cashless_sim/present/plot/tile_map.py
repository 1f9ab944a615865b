"""A map of equal tiles: one a district, about where it lies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from cashless_sim.data import place
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.groups import districts
from cashless_sim.present.health import SMALLEST
from cashless_sim.present.locale.figures import knows, word
from cashless_sim.present.locale.sentences import day, number, percent
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month as month_said
from cashless_sim.present.margin import geography, titled
from cashless_sim.present.plot.cells import REACHED, bare, cell, suppressed
from cashless_sim.present.plot.notes import Words, chosen, month_of, signed
from cashless_sim.present.plot.sheet import Sheet, capital
from cashless_sim.present.plot.spread import Spread, records, rows_of, spread

Tiles = Mapping[str, tuple[float, float]]
TILES: Mapping[str, Tiles] = {
    "hung-yen": {  # column, row from the north; neighbours kept where tiles allow it
        "Van Giang": (0, 0),
        "Van Lam": (1, 0),
        "Khoai Chau": (0, 1),
        "Yen My": (1, 1),
        "My Hao": (2, 1),
        "Kim Dong": (0, 2),
        "An Thi": (1, 2),
        "TP Hung Yen": (0, 3),
        "Tien Lu": (1, 3),
        "Phu Cu": (2, 3),
    }
}
ON_SLIDE = 3


def tile_map(
    runs: Runs,
    scenario: str | None = None,
    measure: str = "using",
    month: str | None = None,
    language: str | None = None,
    ax: Axes | None = None,
    size: str = "page",
) -> Axes:
    """Return Axes with a tile a district, shaded by a share of its households at ``month`` (the last).

    Districts with fewer than 30 simulated households are hatched and kept out of the data. A place whose tiles are
    not laid out by hand gets them from the coordinates of its districts. Raises `UnknownName`, `BadValue`.
    """
    tongue, name = spoken(language), chosen(runs, scenario)
    sheet = Sheet(size, ax)
    about = place(runs.about(name)["place"])
    titles = districts(about.name, tongue)
    rows = rows_of(runs, name, measure, [f"district={d}" for d in titles])
    at = month_of(rows, month)
    found = _shares(runs, name, rows[rows["month"] == at], list(titles))
    kind = "region" if (about.districts["type"] == "region").all() else "district"
    facts = {
        "place": geography(about.name, tongue),
        "unit": word(f"tiles.unit.{kind}", tongue),
        "month": month_said(at, tongue),
        "measure": word(f"of.{measure}", tongue) if knows(f"of.{measure}") else measure,
    }
    hidden = int(found.frame["value"].isna().sum())
    ranked = found.frame.dropna(subset=["value"]).sort_values("value")
    said = "; ".join(f"{titles[r['district']]} {percent(r['value'], tongue)}" for r in records(ranked))
    short = f"short.{measure}" if sheet.size.is_slide and knows(f"short.{measure}") else ""
    facts["measure"] = word(short, tongue) if short else facts["measure"]
    words = Words(
        title=capital(word("tiles.title.slide" if sheet.size.is_slide else "tiles.title", tongue, **facts)),
        under=word("of.scenario", tongue, title=titled(runs, name, tongue)),
        alt=word("tiles.alt", tongue, shares=said or "–", count=hidden, **facts),
        more=(word("tiles.note", tongue, date=day(about.date, tongue), least=SMALLEST, count=hidden, **facts),),
    )
    options = {"scenario": name, "measure": measure, "month": at, "language": tongue}
    with sheet.look():
        _draw(sheet, found.frame, tiles_of(about.name, about.districts), titles, tongue)
        data = found.frame.assign(month=at)
        return signed(sheet, "tile_map", words, data, options, runs=runs, scenarios=(name,), spread=found)


def _shares(runs: Runs, name: str, rows: pd.DataFrame, districts: list[str]) -> Spread:
    """Return district, group, value, low, high, households: one row a district, in their order."""
    found = spread(rows, ["group"])
    groups = [f"district={one}" for one in districts]
    frame = found.frame.set_index("group").reindex(groups).rename_axis("group").reset_index()
    frame.insert(0, "district", districts)
    return Spread(suppressed(frame, runs, name), found.kind, found.count, found.replicates)


def tiles_of(name: str, districts: pd.DataFrame) -> Tiles:
    """Return column and row of each district: laid out by hand, or rows from north to south, each from west to east."""
    if name in TILES and set(TILES[name]) == set(districts["district"]):
        return TILES[name]
    across = math.ceil(math.sqrt(len(districts)))
    south = districts.sort_values("lat", ascending=False)
    found: dict[str, tuple[float, float]] = {}
    for row in range(math.ceil(len(south) / across)):
        part = south.iloc[row * across : (row + 1) * across].sort_values("lon")
        found |= {str(district): (column, row) for column, district in enumerate(part["district"])}
    return found


def _draw(sheet: Sheet, frame: pd.DataFrame, tiles: Tiles, titles: Mapping[str, str], tongue: str) -> None:
    ax, slide = sheet.ax, sheet.size.is_slide
    ends = frame["value"].min(), frame["value"].max()
    order = frame.dropna(subset=["value"]).sort_values("value")["district"]
    numbered = {*order.head(2), *order.tail(1)} if slide else set(frame["district"])
    across = 1 + max(column for column, _ in tiles.values())
    inches = sheet.size.width * 0.9 / across * 0.9
    for row in records(frame):
        column, line = tiles[str(row["district"])]
        share = row["value"]
        shade = share if share != share else 0.1 + 0.8 * (share - ends[0]) / max(ends[1] - ends[0], 1e-9)
        ink = cell(ax, (column + 0.02, line + 0.02), (0.96, 0.96), shade, REACHED)
        text = sheet.wrapped(titles[str(row["district"])], sheet.size.word, inches)
        if row["district"] in numbered:
            text += f"\n{_value(row, tongue, slide)}"
        points = sheet.size.word * (1 if slide else 1.15)
        ax.text(column + 0.5, line + 0.5, text, ha="center", va="center", color=ink, fontsize=points, gid="cell")
    ax.set(xlim=(0, across), ylim=(1 + max(line for _, line in tiles.values()), 0), xticks=[], yticks=[])
    bare(ax)


def _value(row: dict[str, Any], tongue: str, slide: bool) -> str:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    if value != value:
        return f"<{SMALLEST}"
    if slide or low != low:
        return percent(value, tongue, 0 if slide else 1)
    return f"{percent(value, tongue)}\n[{number(100 * low, tongue)}–{number(100 * high, tongue)}]"
