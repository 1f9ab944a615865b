"""The report and the slides as files: whole, safe, alone in the world, the same bytes again."""

import base64
import hashlib
import re

import pytest

from cashless_sim.errors import BadValue, FileProblem, UnknownName
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.health import Light
from cashless_sim.present.report import pictures as drawing
from cashless_sim.present.report.matter import gather
from cashless_sim.present.report.origin import sources
from cashless_sim.present.report.report import write_report
from cashless_sim.present.slides.deck import deck
from cashless_sim.present.slides.slides import write_slides

WRITERS = (write_report, write_slides)
NUMBER = re.compile(r"\d[\d.,]*")
ADDRESS = re.compile(r"""(?:href|src|url|@import|action)\s*[=(]?\s*["']?\s*(https?:|//)""", re.IGNORECASE)


@pytest.fixture(scope="module")
def one_figure():
    """Draw one figure only: all of them are looked at in the browser's test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "PAGE", ("left_out",))
        patch.setattr(drawing, "SLIDES", ("left_out",))
        yield


@pytest.fixture(scope="module")
def pages(runs, one_figure, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {tongue: write_report(runs, folder / f"{tongue}.html", tongue, to="as-now") for tongue in ("vi", "en")}
    made["slides"] = write_slides(runs, folder / "slides.html", "vi", to="as-now")
    return {name: path.read_text(encoding="utf-8") for name, path in made.items()}


@pytest.mark.parametrize("name", ["vi", "en", "slides"])
def test_a_title_with_a_script_is_only_text(pages, name):
    assert "<script>alert" not in pages[name]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[name]


@pytest.mark.parametrize("name", ["vi", "en", "slides"])
def test_nothing_is_asked_of_the_network(pages, name):
    without = re.sub(r'<a rel="noreferrer" href="https?://[^"]+">', "<a>", pages[name])
    without = re.sub(r"data:image/png;base64,[\w+/=]+", "data:", without)
    assert ADDRESS.search(without) is None
    assert "default-src 'none'" in pages[name]


def test_links_are_those_of_the_sources(pages, runs):
    held = {source.address for source in sources(gather(runs, "as-now")) if source.address}
    found = set(re.findall(r'href="([^"]+)"', pages["vi"]))
    assert held and found == {address.replace("&", "&amp;") for address in held}
    assert "href" not in pages["slides"]


def test_the_report_says_what_it_has_to(pages):
    for words in (
        "khoảng 80 %",
        "Bảng kiểm".lower(),
        "Mô hình không nói được điều gì",
        "Số liệu từ đâu ra",
        "hộ mô phỏng",
    ):
        assert words in pages["vi"]
    for words in ("80 % interval", "health card", "What the model cannot say", "synthetic households"):
        assert words in pages["en"]
    assert 'lang="vi"' in pages["vi"] and "@page { size: A4" in pages["vi"]
    assert "CHƯA HIỆU CHỈNH" in pages["vi"]


def test_slides_hold_both_languages_notes_and_their_own_engine(pages):
    page = pages["slides"]
    count = page.count('<section class="slide')
    assert count >= 8
    for tongue in ("vi", "en"):
        assert page.count(f'<div lang="{tongue}"') == count == page.count(f'<aside lang="{tongue}"')
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page
    assert len(page.encode()) < 2_000_000


def test_no_letter_of_a_slide_is_smaller_than_24_points(root):
    style = (root / "cashless_sim" / "present" / "slides" / "slides.html").read_text(encoding="utf-8")
    notes = re.search(r"#notes \{.*?\}", style, re.DOTALL)[0]
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", style.replace(notes, ""))]
    assert sizes and min(sizes) >= 32  # pixels of 1/96 inch


@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_a_slide_has_at_most_three_numbers(runs, tongue):
    for slide in deck(gather(runs, "as-now"), tongue, ()):
        said = " ".join([slide.big, *slide.lines]).replace("80 %", "")
        if slide.key != "made":  # hashes and seeds are no findings
            assert len(NUMBER.findall(said)) <= 3, slide


def test_the_same_runs_give_the_same_bytes(make, one_figure, tmp_path):
    for write in WRITERS:
        first, again = (write(make(), tmp_path / name, "vi", to="as-now").read_bytes() for name in ("a.html", "b.html"))
        assert first == again


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_wrong_is_refused_and_nothing_is_written(runs, tmp_path, write):
    empty = Runs(runs.frame.iloc[:0], runs.manifest)
    for given, language, to, error in (
        (runs, "vi", None, BadValue),
        (runs, "vi", "nothing", UnknownName),
        (runs, "fr", "as-now", UnknownName),
        (empty, "vi", "as-now", BadValue),
    ):
        with pytest.raises(error):
            write(given, tmp_path / "out.html", language, to=to)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_folder_that_is_a_file_is_refused(runs, one_figure, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(FileProblem):
        write_report(runs, tmp_path / "file" / "out.html", "vi", to="as-now")


def test_a_broken_template_leaves_the_old_file(runs, one_figure, tmp_path, monkeypatch):
    path = tmp_path / "out.html"
    path.write_text("old", encoding="utf-8")

    def broken(*told, **facts):
        raise RuntimeError("no page")

    monkeypatch.setattr("cashless_sim.present.report.report.filled", broken)
    with pytest.raises(RuntimeError):
        write_report(runs, path, "vi", to="as-now")
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.html"]


def test_one_replicate_gets_an_amber_light_and_no_interval(make, one_figure, tmp_path):
    page = write_report(make(draws=0), tmp_path / "one.html", "en", to="as-now").read_text(encoding="utf-8")
    assert "one pair of runs, so no interval" in page
    assert "lamp amber" in page


def test_many_lights_go_on_several_slides(runs):
    matter = gather(runs, "as-now")
    lit = tuple(Light("replicates", "amber", "one", {"count": 1, "enough": 20}) for _ in range(7))
    crowded = type(matter)(matter.runs, matter.to, matter.month, {}, matter.cases, lit)
    shown = [len(slide.lamps) for slide in deck(crowded, "vi", ()) if slide.key == "health"]
    assert shown == [5, 2]
