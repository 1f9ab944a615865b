"""Workbook, presentation and brief: read back by other programs, text is text, charts can be changed, bytes stay."""

import re
import zipfile

import pytest

pytest.importorskip("docx", reason="the extra office is not installed: python-docx")
pytest.importorskip("pptx", reason="the extra office is not installed: python-pptx")
pytest.importorskip("xlsxwriter", reason="the extra office is not installed: xlsxwriter")
openpyxl = pytest.importorskip("openpyxl", reason="the extra office is not installed: openpyxl")

from cashless_sim.errors import BadValue, UnknownName, Unsupported  # noqa: E402
from cashless_sim.present.office.brief import write_brief  # noqa: E402
from cashless_sim.present.office.library import library  # noqa: E402
from cashless_sim.present.office.slides import LEAST, write_presentation  # noqa: E402
from cashless_sim.present.office.workbook import write_workbook  # noqa: E402

WRITERS = {"xlsx": write_workbook, "pptx": write_presentation, "docx": write_brief}
A4 = {(11906, 16838), (16838, 11906)}


@pytest.fixture(scope="module")
def folder(runs, tmp_path_factory):
    inside = tmp_path_factory.mktemp("office")
    for kind, write in WRITERS.items():
        write(runs, inside / f"vi.{kind}", "vi", to="as-now")
    return inside


@pytest.fixture(scope="module")
def book(folder):
    return openpyxl.load_workbook(folder / "vi.xlsx")


def test_text_in_a_workbook_is_never_a_formula(book):
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    titles = [row[1].value for row in book["Phương án"].iter_rows(min_row=2)]
    assert "=1+1 áp phích" in titles


def test_a_workbook_has_its_sheets_and_says_what_each_column_means(book):
    names = [
        *("Đọc trước", "Biểu đồ", "Phương án", "Mức", "Chênh lệch", "Nhóm"),
        "Giải thích cột",
    ]
    assert book.sheetnames == names
    rows = list(book["Giải thích cột"].iter_rows(min_row=2, values_only=True))
    told = {(sheet, column) for sheet, column, unit, meaning in rows if unit and meaning}
    heads = {(s.title, cell.value) for s in book.worksheets[2:-1] for cell in next(s.iter_rows(max_row=1))}
    assert told == heads


def test_a_workbook_holds_the_numbers_of_the_runs(book):
    rows = list(book["Phương án"].iter_rows(values_only=True))
    visits = dict(zip(rows[0], next(row for row in rows if row[0] == "visits"), strict=True))
    assert visits["chênh lệch"] == pytest.approx(sum(0.06 * (1 + (n % 7) / 100) for n in range(1000, 1004)) / 4)
    assert visits["kết luận"] == "phân biệt được"


def test_small_groups_are_not_in_the_workbook(book):
    groups = {row[4] for name in ("Mức", "Chênh lệch") for row in book[name].iter_rows(min_row=2, values_only=True)}
    assert "hộ ở nông thôn" in groups and "hộ ở thành thị" not in groups


def test_charts_of_a_workbook_are_its_own(folder):
    with zipfile.ZipFile(folder / "vi.xlsx") as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3
    named = [{name for name in ("Mức", "Phương án", "Nhóm") if re.search(rf"<c:f>'?{name}'?!", one)} for one in charts]
    assert sorted(named, key=str) == [{"Mức"}, {"Nhóm"}, {"Phương án"}]


def test_slides_have_native_charts_large_letters_and_notes(folder):
    from pptx import Presentation
    from pptx.util import Pt

    show = Presentation(str(folder / "vi.pptx"))
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 3
    assert all(chart.part.chart_workbook.xlsx_part is not None for chart in charts)
    for slide in show.slides:
        for shape in slide.shapes:
            runs = [run for part in shape.text_frame.paragraphs for run in part.runs] if shape.has_text_frame else []
            assert all(run.font.size >= Pt(LEAST) for run in runs)
    noted = [slide for slide in show.slides if slide.has_notes_slide and slide.notes_slide.notes_text_frame.text]
    assert len(noted) == len(show.slides) - len(charts)


def test_a_bar_chart_has_at_most_three_numbers(folder):
    from pptx import Presentation

    show = Presentation(str(folder / "vi.pptx"))
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    labelled = [list(chart.plots[0].series[0].values) for chart in charts if chart.plots[0].has_data_labels]
    assert labelled and all(len(values) <= 3 for values in labelled)


def test_the_brief_is_a_page_and_an_annex(folder):
    from docx import Document

    document = Document(str(folder / "vi.docx"))
    text = [part.text for part in document.paragraphs]
    assert text[0] == "PHIẾU THAM MƯU"
    assert "PHỤ LỤC: các bảng số liệu" in text
    assert len(document.tables) == 3
    assert {(round(s.page_width.twips), round(s.page_height.twips)) for s in document.sections} == A4
    assert sum(len(part) for part in text[: text.index("PHỤ LỤC: các bảng số liệu")]) < 2_600


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_runs_give_the_same_bytes(make, folder, tmp_path, kind):
    again = WRITERS[kind](make(), tmp_path / f"vi.{kind}", "vi", to="as-now")
    assert again.read_bytes() == (folder / f"vi.{kind}").read_bytes()
    with zipfile.ZipFile(again) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("kind", WRITERS)
def test_nothing_outside_is_named(folder, kind):
    with zipfile.ZipFile(folder / f"vi.{kind}") as archive:
        links = [name for name in archive.namelist() if name.endswith(".rels")]
        outside = [n for n in links if re.search(rb'TargetMode="External"', archive.read(n))]
    assert outside == []


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_wrong_is_refused_and_nothing_is_written(runs, tmp_path, kind):
    for language, to, error in (("vi", None, BadValue), ("fr", "as-now", UnknownName), ("vi", "x", UnknownName)):
        with pytest.raises(error):
            WRITERS[kind](runs, tmp_path / f"out.{kind}", language, to=to)
    assert list(tmp_path.iterdir()) == []


def test_one_scenario_and_one_replicate_are_enough(make, tmp_path):
    for kind, write in WRITERS.items():
        assert write(make(names=("as-now",), draws=0), tmp_path / f"one.{kind}", "en").stat().st_size > 5_000


def test_a_missing_library_is_named():
    with pytest.raises(Unsupported, match=r"no_such_library is not installed \(pip install 'cashless-sim\[office\]'\)"):
        library("no_such_library")
