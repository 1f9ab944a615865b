"""No file that is written asks for anything of the network: the one address a reader may follow is a source's.

Names of formats look like addresses and are none: an SVG and an office file must name the standard that they follow
(``http://www.w3.org/2000/svg``, ``http://schemas.openxmlformats.org/…``); no program fetches them.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from cashless_sim.present.figures import draw
from cashless_sim.present.office.brief import write_brief
from cashless_sim.present.office.slides import write_presentation
from cashless_sim.present.office.workbook import write_workbook
from cashless_sim.present.report import pictures as drawing
from cashless_sim.present.report.matter import gather
from cashless_sim.present.report.origin import sources
from cashless_sim.present.report.report import write_report
from cashless_sim.present.saving import save
from cashless_sim.present.slides.slides import write_slides

ADDRESS = re.compile(r"https?://[^\s\"'<>)]+")
STANDARDS = (
    *("http://www.w3.org/", "http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/"),
    *("http://purl.org/", "http://creativecommons.org/ns#", "http://www.apple.com/DTDs/"),
)
"""Beginnings of the names of formats: RDF and Dublin Core in an SVG, OOXML in office files, a template's printer."""
TYPE_IN_OFFICE = re.compile(r'(?:TargetMode="External"|<script|<iframe)')


@pytest.fixture(scope="module")
def written(runs, tmp_path_factory) -> dict[str, list[str]]:
    """Return the texts inside every kind of file that is written of the made-up runs."""
    folder = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "PAGE", ("left_out",))
        patch.setattr(drawing, "SLIDES", ("left_out",))
        for write, name in (
            *((write_report, "report.html"), (write_slides, "slides.html")),
            *((write_brief, "a.docx"), (write_presentation, "a.pptx"), (write_workbook, "a.xlsx")),
        ):
            write(runs, folder / name, "vi", to="as-now")
    save(draw("left_out", runs, language="vi"), folder / "figure")
    runs.write(folder)
    plt.close("all")
    return {path.name: texts(path) for path in sorted(folder.iterdir())}


def texts(path: Path) -> list[str]:
    if path.suffix in (".docx", ".pptx", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            return [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return [path.read_bytes().decode("utf-8", "replace")]


def test_every_kind_of_file_was_written(written):
    assert {Path(name).suffix for name in written} == {
        *(".html", ".docx", ".pptx", ".xlsx"),
        *(".png", ".svg", ".csv", ".json"),
    }


def test_only_sources_and_names_of_formats_look_like_addresses(written, runs):
    known = {source.address for source in sources(gather(runs, "as-now")) if source.address}
    for name, parts in written.items():
        found = {one.replace("&amp;", "&").rstrip(".,;") for part in parts for one in ADDRESS.findall(part)}
        strange = {one for one in found if not one.startswith(STANDARDS)}
        assert strange <= (known if name == "report.html" else set()), name
    assert known


def test_no_office_file_points_outside(written):
    for name, parts in written.items():
        if Path(name).suffix in (".docx", ".pptx", ".xlsx"):
            assert not any(TYPE_IN_OFFICE.search(part) for part in parts), name
