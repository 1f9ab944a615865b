"""Tables for the screen: each statistic at the end of each year beside what was reported, and differences."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.table import Table

from cashless_sim.data import place
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.bands import Band, bands
from cashless_sim.present.behind import behind
from cashless_sim.present.health import health
from cashless_sim.present.locale.sentences import month, number, say, several
from cashless_sim.present.margin import geography, titled
from cashless_sim.present.reported import CODES, Point, points

ONE_LINE = 118
HEADLINE = ("B", "D", "E", "G")


def yearly(runs: Runs, scenario: str, tongue: str, width: int) -> Table:
    """Return the table of the statistics at the last month of each year, in percent, for ``width`` letters."""
    band = bands(runs, scenario, CODES)
    codes = sorted(set(band.frame["measure"]))
    where = geography(runs.about(scenario)["place"], tongue)
    title = say("table.title", tongue, title=titled(runs, scenario, tongue), place=where)
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("table.year", tongue), no_wrap=True)
    for code in codes:
        table.add_column(code, justify="right", no_wrap=True)
    table.add_column(say("table.reported", tongue), overflow="fold")
    join = " " if width >= ONE_LINE else "\n"
    for last, rows in _year_ends(band.frame):
        cells = [_cell(rows, code, band, tongue, join) for code in codes]
        table.add_row(month(last, tongue), *cells, _reported(last[:4], set(codes), tongue))
    return table


def year_ends(runs: Runs, scenario: str) -> pd.DataFrame:
    """Return month, measure, value, low and high (shares) of the statistics at the last month of each year."""
    frame = bands(runs, scenario, CODES).frame
    last = [rows.reset_index() for _, rows in _year_ends(frame)]
    found = pd.concat(last, ignore_index=True) if last else frame
    return found[["month", "measure", "value", "low", "high"]]


def _year_ends(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the last month of each year and its rows by measure."""
    for _, rows in frame.groupby(frame["month"].str[:4]):
        last = str(rows["month"].max())
        yield last, rows[rows["month"] == last].set_index("measure")


def _cell(rows: pd.DataFrame, code: str, band: Band, tongue: str, join: str) -> str:
    if code not in rows.index:
        return "–"
    value, low, high = (float(rows[name][code]) for name in ("value", "low", "high"))
    text = number(100 * value, tongue, 1)
    if band.kind == "none" or math.isnan(low):
        return text
    ends = f"[{number(100 * low, tongue)}–{number(100 * high, tongue)}]"
    return f"{text}{join}{ends}"


def _reported(year: str, codes: set[str], tongue: str) -> str:
    return "; ".join(_point(p, tongue) for p in points() if p.year == year and p.code in codes)


def _point(point: Point, tongue: str) -> str:
    area = say(f"area.{point.area}", tongue)
    when = f" {month(point.end, tongue)}" if point.start == point.end else ""
    held = f" {say('table.held', tongue)}" if point.use != "fit" else ""
    return f"{point.code} {number(100 * point.value, tongue, 1)} {area}{when}{held}"


def under(runs: Runs, scenario: str, tongue: str) -> list[str]:
    """Return the lines that belong under the yearly table: who is behind B, and what the band holds."""
    band = bands(runs, scenario, CODES)
    lines = behind(runs, scenario, tongue)
    if band.kind != "none":
        spread = say(f"adoption.band.{band.kind}", tongue, count=band.count)
        lines.append(say("table.band", tongue, text=spread))
    return lines + _unseen(runs, scenario, tongue)


def _unseen(runs: Runs, scenario: str, tongue: str) -> list[str]:
    """Return a line that names the districts without a household in the sample, or none when all have some."""
    rows = runs.select(scenario=scenario, measure="households", draws=False).astype({"group": str})
    homes = rows.groupby("group")["value"].sum()
    districts = place(runs.about(scenario)["place"]).districts
    names = districts["district_vi" if tongue == "vi" else "district"]
    empty = [homes.get(f"district={name}", 1.0) == 0 for name in districts["district"]]
    return [say("table.unseen", tongue, districts=", ".join(names[empty]))] if any(empty) else []


def meanings(runs: Runs, tongue: str) -> list[str]:
    """Return what each statistic counts, and what the numbers are not."""
    counted = set(runs.frame["measure"].unique())
    lines = [f"{code}: {say(f'measure.{code}', tongue)}" for code in CODES if code in counted]
    trust = next(light for light in health(runs) if light.key == "calibrated")
    return [*lines, f"{trust.sentence(tongue)} ({say('synthetic', tongue)})"]


def differences(frame: pd.DataFrame, tongue: str) -> Table:
    """Return a table of paired differences at their last month, from what `compare` returned."""
    last = str(frame["month"].max())
    rows = frame[(frame["month"] == last) & (frame["group"] == "all") & frame["measure"].isin(HEADLINE)]
    pairs = int(rows["n"].iloc[0])
    facts = {"baseline": str(rows["baseline"].iloc[0]), "count": pairs}
    title = several("cli.difference", tongue, pairs, month=month(last, tongue), **facts)
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("cli.difference.scenario", tongue))
    table.add_column(say("cli.difference.statistic", tongue))
    for key in ("mean", "band", "95", "sd", "gain"):
        table.add_column(say(f"cli.difference.{key}", tongue), justify="right")
    for _, row in rows.sort_values(["scenario", "measure"]).iterrows():
        ends = [
            _interval(row["low80"], row["high80"], tongue),
            _interval(row["low95"], row["high95"], tongue),
        ]
        gain = _or_dash(row["variance_reduction"], tongue, 1.0)
        sd = _or_dash(row["sd_difference"], tongue, 100.0)
        mean = _or_dash(row["difference"], tongue, 100.0)
        table.add_row(str(row["scenario"]), str(row["measure"]), mean, *ends, sd, gain)
    return table


def reading(frame: pd.DataFrame, tongue: str) -> list[str]:
    """Return how to read the table of differences: its sign, and why there may be no interval."""
    lines = [say("cli.difference.sign", tongue, baseline=str(frame["baseline"].iloc[0]))]
    return [*lines, say("cli.difference.single", tongue)] if int(frame["n"].min()) == 1 else lines


def _interval(low: float, high: float, tongue: str) -> str:
    return "–" if math.isnan(low) else f"[{number(100 * low, tongue, 1)}; {number(100 * high, tongue, 1)}]"


def _or_dash(value: float, tongue: str, scale: float) -> str:
    return "–" if not math.isfinite(value) else number(scale * value, tongue, 1)
