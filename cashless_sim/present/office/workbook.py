"""A workbook of finished runs: tidy sheets, a dictionary of their columns, charts that the reader can change."""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cashless_sim.experiment.runs import Runs
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month
from cashless_sim.present.office.frames import Sheet, dictionary, few_note, sheets
from cashless_sim.present.office.library import library
from cashless_sim.present.office.sameness import settle
from cashless_sim.present.report.answer import answer
from cashless_sim.present.report.findings import HEADLINE
from cashless_sim.present.report.matter import Matter, gather
from cashless_sim.present.report.origin import limits, provenance, where
from cashless_sim.present.report.report import asked
from cashless_sim.scenario.recipe import Scenario

EPOCH = datetime.datetime(2000, 1, 1)
FONT = "Arial"
FORMATS = {"share": "0.0000", "vnd": "#,##0", "households": "#,##0", "count": "0", "own": "#,##0.00"}
WIDTHS = {"title": 38, "scenario": 30, "group": 34, "verdict": 20, "meaning": 90, "sheet": 16, "column": 30, "unit": 20}
WIDTHS |= {"channel": 28, "sponsor": 40, "item": 38}
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
COLOURS = ("#0072B2", "#D55E00", "#007A5A", "#CC79A7", "#B07C00", "#56B4E9", "#6B6B6B", "#222222")
LINE = 15
"""Height of a line of text, points."""
LONGEST = 6
"""Scenarios in one line chart; the others are in the sheets."""


def write_workbook(
    runs: Runs,
    path: str | Path,
    language: str | None = None,
    *,
    to: str | None = None,
    scenarios: Iterable[Scenario] | None = None,
    month: str | None = None,
) -> Path:
    """Write an .xlsx file, whole or not at all; return its path.

    Text is text: a title that begins with ``=`` is no formula. Arguments and errors are those of `write_report`,
    and `Unsupported` without xlsxwriter.
    """
    tongue = spoken(language)
    return workbook(gather(runs, to, scenarios, month), Path(path), tongue)


def workbook(matter: Matter, path: Path, tongue: str) -> Path:
    """Write the workbook of what was gathered; return its path."""
    engine = library("xlsxwriter")
    made = sheets(matter, tongue)
    writable(path.parent)
    whole(path, lambda part: _write(engine, matter, made, part, tongue))
    return path


def _write(engine: Any, matter: Matter, made: list[Sheet], path: Path, tongue: str) -> None:
    held = io.BytesIO()
    book = engine.Workbook(held, OPTIONS)
    book.set_properties({"created": EPOCH, "title": asked(matter, tongue)})
    look = {name: book.add_format({"font_name": FONT, "num_format": shape}) for name, shape in FORMATS.items()}
    look["text"] = look["month"] = book.add_format({"font_name": FONT})
    look["head"] = book.add_format({"font_name": FONT, "bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    look["wrap"] = book.add_format({"font_name": FONT, "text_wrap": True, "valign": "top"})
    look["title"] = book.add_format({"font_name": FONT, "bold": True, "font_size": 14, "text_wrap": True})
    _first(book, matter, look, tongue)
    charts = book.add_worksheet(told("sheet.charts", tongue))
    for sheet in made:
        _table(book, sheet, look, tongue)
    _table(book, Sheet("dictionary", dictionary(made, tongue)), look, tongue)
    _charts(book, charts, matter, {one.key: one for one in made}, tongue)
    book.close()
    path.write_bytes(held.getvalue())
    settle(path)


def _first(book: Any, matter: Matter, look: Mapping[str, Any], tongue: str) -> None:
    """Write the sheet to read first: question, answer, lights, limits, origin."""
    sheet = book.add_worksheet(told("sheet.read", tongue))
    sheet.set_column(0, 0, 30, look["wrap"])
    sheet.set_column(1, 1, 100, look["wrap"])
    sheet.hide_gridlines(2)
    lights = [
        (told(f"light.{one.colour}", tongue), f"{one.sentence(tongue)} {one.advice(tongue)}".strip())
        for one in matter.lights
    ]
    rows: list[tuple[str, str]] = [(told("report.kind", tongue), matter.mark(tongue)), ("", where(matter, tongue))]
    rows += [(told("report.answer", tongue) if n == 0 else "", one) for n, one in enumerate(answer(matter, tongue))]
    rows += [(told("report.trust", tongue), ""), *lights, (told("report.limits", tongue), "")]
    rows += [*(("", one) for one in (*limits(tongue), few_note(tongue))), (told("report.provenance", tongue), "")]
    sheet.write_string(0, 0, told("report.question", tongue), look["title"])
    sheet.write_string(0, 1, asked(matter, tongue), look["title"])
    for number, (left, right) in enumerate([*rows, *provenance(matter, tongue)], 1):
        sheet.write_string(number, 0, left, look["head"] if left and not right else look["wrap"])
        sheet.write_string(number, 1, right, look["wrap"])
        sheet.set_row(number, LINE * max(-(-len(left) // 26), -(-len(right) // 95), 1))
    _page(sheet, False)


def _table(book: Any, sheet: Sheet, look: Mapping[str, Any], tongue: str) -> None:
    """Write a tidy table: headings in the reader's words, numbers as numbers, nothing for what there is not."""
    page = book.add_worksheet(told(f"sheet.{sheet.key}", tongue))
    page.freeze_panes(1, 1)
    page.set_row(0, 45)
    for column, name in enumerate(sheet.frame.columns):
        unit = sheet.unit(name)
        page.set_column(column, column, WIDTHS.get(name, 15))
        page.write_string(0, column, told(f"column.{name}", tongue), look["head"])
        for row, value in enumerate(sheet.frame[name], 1):
            _cell(page, row, column, value, look[unit])
    page.autofilter(0, 0, len(sheet.frame), len(sheet.frame.columns) - 1)
    _page(page, len(sheet.frame.columns) > 5)


def _cell(page: Any, row: int, column: int, value: Any, look: Any) -> None:
    if isinstance(value, str):
        page.write_string(row, column, value, look)
    elif value is not None and math.isfinite(value):
        page.write_number(row, column, float(value), look)


def _page(sheet: Any, is_wide: bool) -> None:
    """Let a sheet print on A4, as wide as the paper."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if is_wide:
        sheet.set_landscape()


# -- charts ----------------------------------------------------------------------------------------------------------
def _charts(book: Any, page: Any, matter: Matter, made: Mapping[str, Sheet], tongue: str) -> None:
    """Draw what the sheets hold: level by year, difference by plan, level by group."""
    page.hide_gridlines(2)
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    when = month(matter.month, tongue)
    base = matter.title(matter.to, tongue)
    drawn = [_over_years(book, made["levels"], matter, tongue)]
    if matter.cases:
        title = told("chart.difference", tongue, baseline=base, month=when)
        drawn.append(_bars(book, made["plans"], "difference", "title", title, 2, tongue))
    title = told("chart.groups", tongue, month=when)
    drawn.append(_bars(book, made["groups"], "level", "group", title, 1, tongue))
    for number, chart in enumerate(drawn):
        page.insert_chart(1 + 24 * number, 0, chart, {"object_position": 1})


def _over_years(book: Any, sheet: Sheet, matter: Matter, tongue: str) -> Any:
    chart = book.add_chart({"type": "line"})
    frame = sheet.frame.reset_index(drop=True)
    chosen = [matter.leading, matter.to, *(one.name for one in matter.cases[1:])]
    whole_group = matter_all(frame, tongue)
    for number, name in enumerate(list(dict.fromkeys(chosen))[:LONGEST]):
        rows = frame.index[(frame["scenario"] == name) & (frame["measure"] == HEADLINE) & whole_group]
        if len(rows):
            line = {"color": COLOURS[number], "width": 2.25, "dash_type": "dash" if name == matter.to else "solid"}
            found = _ranges(sheet, "month", "mean", rows, tongue)
            chart.add_series({"name": matter.title(name, tongue), **found, "line": line})
    _dress(chart, told("chart.using", tongue), {"num_format": "0%", "min": 0, "max": 1}, {})
    chart.set_legend({"position": "bottom", "font": {"name": FONT}})
    return chart


def matter_all(frame: Any, tongue: str) -> Any:
    """Return which rows are about all households."""
    return frame["group"] == told("group.all", tongue)


def _bars(book: Any, sheet: Sheet, value: str, name: str, title: str, first: int, tongue: str) -> Any:
    """Return a chart of bars of one column, from sheet row ``first`` (1 is the first below the headings)."""
    chart = book.add_chart({"type": "bar"})
    rows = range(first - 1, len(sheet.frame))
    found = _ranges(sheet, name, value, rows, tongue)
    shape = "+0.00%;-0.00%;0" if value == "difference" else "0%"
    labels = {"value": True, "num_format": shape, "font": {"name": FONT}}
    chart.add_series({**found, "fill": {"color": COLOURS[0]}, "gap": 60, "data_labels": labels})
    least = {} if value == "difference" else {"min": 0}
    _dress(chart, title, {"num_format": shape, **least}, {"reverse": True, "label_position": "low"})
    chart.set_legend({"none": True})
    return chart


def _ranges(sheet: Sheet, name: str, value: str, rows: Sequence[int] | Any, tongue: str) -> dict[str, Any]:
    """Return where names and values of a series stand; rows of one series lie together."""
    columns = list(sheet.frame.columns)
    page, first, last = told(f"sheet.{sheet.key}", tongue), int(min(rows)) + 1, int(max(rows)) + 1
    names, values = ([page, first, columns.index(one), last, columns.index(one)] for one in (name, value))
    return {"categories": names, "values": values}


def _dress(chart: Any, title: str, across: Mapping[str, Any], names: Mapping[str, Any]) -> None:
    font = {"name": FONT, "size": 10}
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 13}, "overlay": False})
    values = {**across, "num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#E6E6E6"}}}
    if names:  # of a chart with bars, the library calls the names' axis y
        chart.set_x_axis(values)
        chart.set_y_axis({**names, "num_font": font, "major_gridlines": {"visible": False}})
    else:
        chart.set_x_axis({"num_font": font})
        chart.set_y_axis(values)
    chart.set_size({"width": 900, "height": 440})
