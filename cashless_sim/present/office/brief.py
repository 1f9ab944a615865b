"""A one-page brief for whoever decides, in the form that offices file, with its tables in an annex."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cashless_sim.experiment.runs import Runs
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.office.library import library
from cashless_sim.present.office.sameness import settle
from cashless_sim.present.report.answer import answer
from cashless_sim.present.report.grid import Grid
from cashless_sim.present.report.matter import Matter, gather
from cashless_sim.present.report.money import money_grids
from cashless_sim.present.report.origin import provenance, where
from cashless_sim.present.report.report import asked
from cashless_sim.present.report.rows import group_grid, plan_grid, statistic_grid
from cashless_sim.scenario.recipe import Scenario

FONT = "Times New Roman"
BODY, SMALL = 12.5, 9.5
WIDE = 258
"""Millimetres that a table in the annex is wide."""
LEAST, MOST, AIR = 12, 34, 5
"""Letters of a column below and beyond which its width does not change, and of air beside its longest word."""
CAPITAL, BOLD = 1.6, 1.2
"""How wide a capital letter is beside a small one, and a bold one beside a plain one."""
LIMITS = ("levels", "effect")
"""What must be said on the one page; the report says the rest."""


def write_brief(
    runs: Runs,
    path: str | Path,
    language: str | None = None,
    *,
    to: str | None = None,
    scenarios: Iterable[Scenario] | None = None,
    month: str | None = None,
) -> Path:
    """Write a .docx file: one page and an annex of tables, whole or not at all; return its path.

    Arguments and errors are those of `write_report`, and `Unsupported` without python-docx.
    """
    tongue = spoken(language)
    return brief(gather(runs, to, scenarios, month), Path(path), tongue)


def brief(matter: Matter, path: Path, tongue: str) -> Path:
    """Write the brief of what was gathered; return the path."""
    document = library("docx").Document()
    _paper(document)
    _first_page(document, matter, tongue)
    _annex(document, matter, tongue)
    document.core_properties.title = asked(matter, tongue)
    document.core_properties.author = "cashless-sim"
    writable(path.parent)
    whole(path, lambda part: _save(document, part))
    return path


def _save(document: Any, path: Path) -> None:
    document.save(str(path))
    settle(path)


def _paper(document: Any) -> None:
    """Set A4 with the margins and the letters of an office."""
    length = library("docx.shared")
    section = document.sections[0]
    section.page_width, section.page_height = length.Mm(210), length.Mm(297)
    section.left_margin, section.right_margin = length.Mm(30), length.Mm(18)
    section.top_margin = section.bottom_margin = length.Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, length.Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(library("docx.oxml.ns").qn(f"w:{script}"), FONT)
    style.paragraph_format.space_after = length.Pt(4)
    style.paragraph_format.space_before = length.Pt(0)


def _first_page(document: Any, matter: Matter, tongue: str) -> None:
    align = library("docx.enum.text").WD_ALIGN_PARAGRAPH
    _say(document, told("brief.title", tongue), bold=True, size=15, align=align.CENTER)
    _say(document, told("brief.subject", tongue, question=asked(matter, tongue)), align=align.CENTER)
    _say(document, told("brief.to", tongue))
    _say(document, told("brief.date", tongue), align=align.RIGHT)
    _say(document, told("brief.ask", tongue), bold=True)
    _say(document, f"{asked(matter, tongue)} {where(matter, tongue)}.")
    _say(document, told("brief.answer", tongue), bold=True)
    for sentence in answer(matter, tongue):
        _say(document, sentence, align=align.JUSTIFY)
    _say(document, told("brief.propose", tongue), bold=True)
    _say(document, _proposal(matter, tongue), align=align.JUSTIFY)
    _say(document, told("brief.limits", tongue), bold=True)
    for key in LIMITS:
        _say(document, told(f"limit.{key}", tongue), align=align.JUSTIFY)
    red = [light.sentence(tongue) for light in matter.lights if light.colour == "red"]
    for sentence in red:
        _say(document, sentence, bold=True, align=align.JUSTIFY)
    _say(document, told("brief.opinion", tongue), bold=True)
    _say(document, told("brief.sign", tongue), bold=True, align=align.RIGHT)


def _proposal(matter: Matter, tongue: str) -> str:
    """Return what may be decided on these runs: never more than they can tell apart."""
    case = matter.case
    if case is None:
        return told("brief.propose.one", tongue)
    if case.is_apart and case.difference > 0:
        return told("brief.propose.some", tongue, title=matter.title(case.name, tongue))
    return told("brief.propose.none", tongue)


def _annex(document: Any, matter: Matter, tongue: str) -> None:
    """Write the tables on pages of their own, across."""
    kinds = library("docx.enum.section")
    section = document.add_section(kinds.WD_SECTION.NEW_PAGE)
    section.orientation = kinds.WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = library("docx.shared").Mm(18)
    _say(document, told("brief.annex", tongue), bold=True, size=14)
    if matter.cases:
        _grid(document, plan_grid(matter, tongue))
    _grid(document, group_grid(matter, tongue))
    for grid in money_grids(matter, tongue):
        _grid(document, grid)
    _grid(document, statistic_grid(matter, tongue))
    _say(document, told("report.provenance", tongue), bold=True)
    said = "; ".join(f"{what}: {value}" for what, value in provenance(matter, tongue))
    _say(document, said, size=SMALL)


def _grid(document: Any, grid: Grid) -> None:
    """Write a table with its title above and its notes below."""
    align = library("docx.enum.text").WD_ALIGN_PARAGRAPH
    title = _say(document, grid.title, bold=True)
    title.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
    for _ in grid.rows:
        table.add_row()
    for line, cells in zip(table.rows, [grid.heads, *grid.rows], strict=True):
        for column, (cell, text) in enumerate(zip(line.cells, cells, strict=True)):
            part = cell.paragraphs[0]
            part.paragraph_format.space_after = 0
            part.alignment = align.LEFT if column in grid.words else align.RIGHT
            _run(part, text, cells is grid.heads, SMALL)
    _widths(table, grid)
    _repeat(table.rows[0])
    for row in table.rows:
        _together(row)
    for note in grid.notes:
        _say(document, note, size=SMALL)


def _widths(table: Any, grid: Grid) -> None:
    """Give each column room for its longest text, words in several lines."""
    lines = [
        [*(BOLD * _long(one) for one in head.split()), *(_long(one) for row in grid.rows for one in row[n].split())]
        for n, head in enumerate(grid.heads)
    ]
    texts = [max(len(row[n]) for row in grid.rows) for n in range(len(grid.heads))]
    weights = [
        max(LEAST, *(one + AIR for one in words), min(text, MOST)) for words, text in zip(lines, texts, strict=True)
    ]
    table.autofit = False
    for column, weight in zip(table.columns, weights, strict=True):
        column.width = int(library("docx.shared").Mm(WIDE) * weight / sum(weights))
        for cell in column.cells:
            cell.width = column.width


def _long(word: str) -> float:
    """Return how long a word is, in small letters."""
    return sum(CAPITAL if letter.isupper() else 1.0 for letter in word)


def _say(document: Any, text: str, bold: bool = False, size: float = BODY, align: Any = None) -> Any:
    """Write one paragraph; return it."""
    part = document.add_paragraph()
    _run(part, text, bold, size)
    if align is not None:
        part.alignment = align
    return part


def _run(part: Any, text: str, bold: bool, size: float) -> None:
    run = part.add_run(text)
    run.bold = bold
    run.font.size = library("docx.shared").Pt(size)


def _repeat(row: Any) -> None:
    """Let the headings stand on every page."""
    _flag(row, "w:tblHeader")


def _together(row: Any) -> None:
    """Keep a row on one page."""
    _flag(row, "w:cantSplit")


def _flag(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(library("docx.oxml").OxmlElement(name))
