"""The workshop's papers and scoreboard in a real browser with the network cut: A4 and 1024 x 768, nothing cut off."""

import pandas as pd
import pytest

from cashless_sim.analysis.workshop.menu import menu
from cashless_sim.analysis.workshop.scoring import SCORE_COLUMNS, WATCHED, places
from cashless_sim.present.workshop.board import write_board
from cashless_sim.present.workshop.papers import write_papers
from cashless_sim.present.workshop.single_scores import read_singles

CHOICES = menu()
LARGEST_PAGE = (795, 1123)  # A4 at 96 dots an inch, and a rounded dot


def scored(count: int) -> pd.DataFrame:
    """Return scores of two rounds of tables with numbers as long as they may get."""
    rows = []
    for number in range(count):
        gain, half = 12_345.0 - 1_500 * number, 3_456.0
        rows.append(
            {
                **dict.fromkeys(SCORE_COLUMNS, 0.0),
                "table": 10 + number // 2,
                "round": 1 + number % 2,
                "choices": "1 2 3 4 7 8",
                "chips": 10,
                "n": 12,
                "gain": gain,
                "low80": gain - half,
                "high80": gain + half,
                "spent": 1.0e9,
                "grade": "D",
                "value": 123_456.0,
                "value_low80": 65_432.0,
                "value_high80": 1_234_567.0,
                "verdict": "told apart",
                **{f"left {group}": 18_765.0 for group in WATCHED},
                "helped": 4_321.0 - number,
                "helped_low80": -123.0,
                "helped_high80": 8_765.0,
                "prize": number < 2,
            }
        )
    table = pd.DataFrame(rows)
    return table.assign(place=places(table, "gain", "low80", "high80"))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workshop-pages")
    made = {("papers", tongue): write_papers(CHOICES, read_singles(CHOICES), folder, tongue) for tongue in ("vi", "en")}
    for tongue in ("vi", "en"):
        path = folder / f"board-{tongue}.html"
        made["board", tongue] = write_board(scored(8), CHOICES, path, tongue, 20_000, True)
    return made


@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_no_page_of_the_board_is_cut_and_no_letter_is_small(page, files, tongue):
    page.goto(files["board", tongue].as_uri())
    look = """() => [...document.querySelectorAll('section')].map(one => [one.scrollHeight <= one.clientHeight,
        one.scrollWidth <= one.clientWidth, one.clientHeight])"""
    assert page.evaluate(look) == [[True, True, 768]] * 12
    small = """() => Math.min(...[...document.querySelectorAll('section *')].filter(one => one.textContent.trim())
        .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
    assert page.evaluate(small) >= 32  # 24 pt
    apart = """() => [...document.querySelectorAll('.line')].every(one => one.querySelector('.name')
        .getBoundingClientRect().height < 45 && one.querySelector('.value').getBoundingClientRect().right <= 1024)"""
    assert page.evaluate(apart)
    assert page.log == []


@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_every_sheet_fits_its_paper(page, files, tongue):
    page.goto(files["papers", tongue].as_uri())
    look = """() => [...document.querySelectorAll('.page')].map(one => [one.scrollHeight <= one.clientHeight,
        one.scrollWidth <= one.clientWidth, one.offsetWidth, one.offsetHeight])"""
    sheets = page.evaluate(look)
    assert len(sheets) == 14
    for number, (high, wide, width, height) in enumerate(sheets, start=1):
        assert high and wide, f"sheet {number} is cut"
        assert sorted((width, height)) <= sorted(LARGEST_PAGE)
    gap = """() => Math.min(...[...document.querySelectorAll('footer')].map(one =>
        one.getBoundingClientRect().top - one.previousElementSibling.getBoundingClientRect().bottom))"""
    assert page.evaluate(gap) > 4
    assert page.log == []


@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_papers_print_a_page_a_sheet_in_black_and_white(page, files, tongue, tmp_path):
    page.goto(files["papers", tongue].as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF-") and printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page/") == 14
    page.emulate_media(media="print")
    colours = """() => [...new Set([...document.querySelectorAll('*')].flatMap(one => { const s = getComputedStyle(one);
        return [s.color, s.backgroundColor]; }))]"""
    assert set(page.evaluate(colours)) <= {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
