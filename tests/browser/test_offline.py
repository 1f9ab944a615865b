"""Report and slides in a real browser with the network cut: no request, no error, nothing cut off."""

import importlib.util
from pathlib import Path

import pytest

from cashless_sim.errors import Unsupported
from cashless_sim.present.report import pictures as drawing
from cashless_sim.present.report.printing import browser as printer
from cashless_sim.present.report.printing import printed
from cashless_sim.present.report.report import write_report
from cashless_sim.present.slides.slides import write_slides

MAKER = Path(__file__).parents[1] / "report" / "conftest.py"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    spec = importlib.util.spec_from_file_location("made_up_runs", MAKER)
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    runs, folder = maker.made(), tmp_path_factory.mktemp("offline")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "PAGE", ("left_out", "methods"))
        patch.setattr(drawing, "SLIDES", ("left_out",))
        report = write_report(runs, folder / "report.html", "vi", to="as-now")
        slides = write_slides(runs, folder / "slides.html", "vi", to="as-now")
    return {"report": report, "slides": slides}


@pytest.mark.parametrize("name", ["report", "slides"])
def test_nothing_is_asked_for_and_nothing_goes_wrong(page, files, name):
    page.goto(files[name].as_uri())
    page.wait_for_load_state()
    assert page.log == []
    broken = "[...document.images].filter(one => !one.complete || one.naturalWidth === 0).length"
    assert page.evaluate(broken) == 0


def test_a_report_fits_a_small_screen(page, files):
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(files["report"].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_no_slide_is_cut_and_no_letter_is_small(page, files):
    page.goto(files["slides"].as_uri())
    count = page.evaluate("document.querySelectorAll('.slide').length")
    look = """() => [...document.querySelectorAll('.slide.on .said')].filter(one => one.offsetParent).map(one => [
        one.scrollHeight <= 768 && one.scrollWidth <= 1024,
        Math.min(...[...one.querySelectorAll('h1, p, li')].map(e => parseFloat(getComputedStyle(e).fontSize)))])"""
    for _ in ("vi", "en"):
        for number in range(count):
            assert page.evaluate("location.hash") in (f"#{number + 1}", "")
            for fits, smallest in page.evaluate(look):
                assert fits and smallest >= 32, (page.evaluate("document.documentElement.lang"), number + 1)
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Home")
        page.keyboard.press("l")
    assert page.log == []


def test_keys_change_slide_language_and_notes(page, files):
    page.goto(files["slides"].as_uri())
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.keyboard.press("PageDown")
    assert page.evaluate("location.hash") == "#2"
    page.keyboard.press("l")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert not page.locator("#notes").is_visible()
    page.keyboard.press("n")
    assert "visits" in page.locator("#notes").inner_text()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    count = page.evaluate("document.querySelectorAll('.slide').length")
    assert page.evaluate("location.hash") == f"#{count}"


def test_a_report_prints_to_a4(files, tmp_path):
    try:
        program = printer()
    except Unsupported:
        pytest.skip("no print: there is no Chromium, Chrome or Edge on the path")
    path = printed(files["report"], tmp_path / "report.pdf", program)
    assert path.read_bytes().startswith(b"%PDF-")
    assert b"595" in path.read_bytes()  # points of A4's width
