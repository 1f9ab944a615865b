"""Slides for office programs: the talk of the HTML slides, with charts that can be changed there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.experiment.runs import Runs
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.groups import called
from cashless_sim.present.health import Light
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month
from cashless_sim.present.office.library import library
from cashless_sim.present.office.sameness import settle
from cashless_sim.present.report.findings import HEADLINE
from cashless_sim.present.report.matter import Matter, gather
from cashless_sim.present.slides.deck import Slide, deck
from cashless_sim.scenario.recipe import Scenario

FONT = "Arial"
INK, FAINT, BLUE, ORANGE = "222222", "555555", "0072B2", "D55E00"
LEAST = 24
"""Points of the smallest letters, to be read in a hall."""
MOST = 3
"""Bars in a chart, as each carries a number."""
YEARS = 6
"""Years named below a line."""


def write_presentation(
    runs: Runs,
    path: str | Path,
    language: str | None = None,
    *,
    to: str | None = None,
    scenarios: Iterable[Scenario] | None = None,
    month: str | None = None,
) -> Path:
    """Write a .pptx file with native charts and speaker notes, whole or not at all; return its path.

    Arguments and errors are those of `write_report`, and `Unsupported` without python-pptx.
    """
    tongue = spoken(language)
    return presentation(gather(runs, to, scenarios, month), Path(path), tongue)


def presentation(matter: Matter, path: Path, tongue: str) -> Path:
    """Write the slides of what was gathered; return the path."""
    engine = library("pptx")
    show = engine.Presentation()
    made = deck(matter, tongue, ())
    charts = {"change": _lines, "left": _groups}
    if len(matter.cases) > 1:
        charts["cost"] = _differences
    for slide in made:
        page = _said(show, slide, matter.mark(tongue), tongue)
        page.notes_slide.notes_text_frame.text = slide.notes
        if slide.key in charts:
            charts[slide.key](show, matter, tongue)
            _mark(show.slides[len(show.slides) - 1], matter.mark(tongue))
    show.core_properties.title = made[0].title
    writable(path.parent)
    whole(path, lambda part: _save(show, part))
    return path


def _save(show: Any, path: Path) -> None:
    show.save(str(path))
    settle(path)


def _page(show: Any, title: str) -> Any:
    """Return a new slide with its title."""
    page = show.slides.add_slide(show.slide_layouts[5])
    box = page.shapes.title
    box.left, box.top, box.width, box.height = (_inches(one) for one in (0.6, 0.4, 8.8, 1.4))
    box.text_frame.word_wrap = True
    _text(box.text_frame.paragraphs[0], title, 28 if len(title) > 45 else 36, INK, bold=True)
    return page


def _said(show: Any, slide: Slide, mark: str, tongue: str) -> Any:
    """Add a slide of words; return it."""
    page = _page(show, slide.title)
    box = page.shapes.add_textbox(*(_inches(one) for one in (0.6, 1.95, 8.8, 4.6)))
    frame = box.text_frame
    frame.word_wrap = True
    said = [(slide.under, LEAST, FAINT, False), (slide.big, 96, BLUE, True)]
    said += [(line, 26, INK, False) for line in slide.lines]
    said += [(_lamp(one, tongue), 26, INK, False) for one in slide.lamps]
    for number, (text, size, colour, bold) in enumerate(one for one in said if one[0]):
        part = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _text(part, text, size, colour, bold)
        part.space_after = _points(12)
    _mark(page, mark)
    return page


def _mark(page: Any, mark: str) -> None:
    """Write the word of a red light at the foot of a slide, if there is one."""
    if mark:
        foot = page.shapes.add_textbox(*(_inches(one) for one in (0.6, 6.75, 8.8, 0.55)))
        foot.text_frame.word_wrap = True
        _text(foot.text_frame.paragraphs[0], mark, LEAST, "A5182B", bold=True)


def _lamp(light: Light, tongue: str) -> str:
    """Return a light in words: its colour and what it is about."""
    return f"{told(f'light.{light.colour}', tongue).upper()}: {light.question(tongue)}"


def _text(part: Any, text: str, size: int, colour: str, bold: bool = False) -> None:
    """Put one run of text into a paragraph."""
    part.alignment = library("pptx.enum.text").PP_ALIGN.LEFT
    run = part.add_run()
    run.text = text
    font = run.font
    font.name, font.size, font.bold = FONT, _points(size), bold
    font.color.rgb = library("pptx.dml.color").RGBColor.from_string(colour)


# -- charts ----------------------------------------------------------------------------------------------------------
def _lines(show: Any, matter: Matter, tongue: str) -> None:
    """Add the share of households using at the end of each year, in the baseline and with the leading plan."""
    table = matter.levels
    table = table[(table["measure"] == HEADLINE) & (table["group"] == "all")]
    names = list(dict.fromkeys([matter.leading, matter.to]))
    wide = table.pivot_table(index="month", columns="scenario", values="mean")
    data = library("pptx.chart.data").CategoryChartData(number_format="0%")
    data.categories = [str(one)[:4] for one in wide.index]
    for name in names:
        data.add_series(matter.title(name, tongue), [_or_none(one) for one in wide[name]])
    chart = _chart(show, told("chart.using", tongue), "LINE", data)
    for number, series in enumerate(chart.plots[0].series):
        series.smooth = False
        series.format.line.width = _points(4)
        series.format.line.color.rgb = library("pptx.dml.color").RGBColor.from_string((BLUE, ORANGE)[number])
    chart.value_axis.tick_labels.number_format = "0%"
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.has_legend = len(names) > 1
    if chart.has_legend:
        _letters(chart.legend.font)
        chart.legend.position = library("pptx.enum.chart").XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    _some_years(chart, len(wide))


def _differences(show: Any, matter: Matter, tongue: str) -> None:
    """Add the differences of the plans that differ most."""
    base = matter.title(matter.to, tongue)
    title = told("chart.difference", tongue, baseline=base, month=month(matter.month, tongue))
    shown = list(matter.cases[:MOST])
    values = [round(100 * one.difference, 2) for one in shown]
    _bars(show, title, [matter.title(one.name, tongue) for one in shown], values, "0.00")


def _groups(show: Any, matter: Matter, tongue: str) -> None:
    """Add the level of the groups that are furthest behind, beside that of all households."""
    found = matter.groups[matter.groups["is_shown"]]
    whole, others = found[found["group"] == "all"], found[found["group"] != "all"]
    rows = pd.concat([others.nsmallest(MOST - 1, "level"), whole])
    names = [called(str(one), tongue) for one in rows["group"]]
    title = told("chart.groups", tongue, month=month(matter.month, tongue))
    _bars(show, title, names, [_or_none(one) for one in rows["level"]], "0%")


def _bars(show: Any, title: str, names: Sequence[str], values: Sequence[float | None], shape: str) -> None:
    data = library("pptx.chart.data").CategoryChartData(number_format=shape)
    data.categories = list(names)
    data.add_series(title, list(values))
    chart = _chart(show, title, "BAR_CLUSTERED", data)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 50, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = shape, False
    _letters(plot.data_labels.font)
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = library("pptx.dml.color").RGBColor.from_string(BLUE)
    plot.series[0].invert_if_negative = False
    chart.has_legend = False
    chart.value_axis.visible = False
    if all(one is None or one >= 0 for one in values):
        chart.value_axis.minimum_scale = 0
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = library("pptx.enum.chart").XL_TICK_LABEL_POSITION.LOW


def _chart(show: Any, title: str, kind: str, data: Any) -> Any:
    """Add a slide with a chart; return the chart."""
    page = _page(show, title)
    place = (_inches(one) for one in (0.5, 1.85, 9.0, 4.85))
    sort = getattr(library("pptx.enum.chart").XL_CHART_TYPE, kind)
    chart = page.shapes.add_chart(sort, *place, data).chart
    chart.has_title = False
    for axis in (chart.category_axis, chart.value_axis):
        axis.has_major_gridlines = False
        _letters(axis.tick_labels.font)
    return chart


def _some_years(chart: Any, years: int) -> None:
    """Name only some years, as many as can be read."""
    axis = chart.category_axis._element
    skip = axis.makeelement(axis.tag.replace("catAx", "tickLblSkip"), {"val": str(max(1, -(-years // YEARS)))})
    after = [one for one in axis if one.tag.endswith(("}tickMarkSkip", "}noMultiLvlLbl", "}extLst"))]
    after[0].addprevious(skip) if after else axis.append(skip)


def _letters(font: Any) -> None:
    font.name, font.size = FONT, _points(LEAST)


def _or_none(value: float) -> float | None:
    return None if value != value else float(value)


def _inches(value: float) -> Any:
    return library("pptx.util").Inches(value)


def _points(value: float) -> Any:
    return library("pptx.util").Pt(value)
