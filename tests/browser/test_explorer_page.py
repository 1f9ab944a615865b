"""The static explorer in a real browser with the network cut: it moves, speaks, prints, and asks for nothing."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

MAKER = Path(__file__).parents[1] / "explore" / "conftest.py"
SHIPPED = Path(__file__).parents[2] / "docs" / "explorer" / "explorer.html"


@pytest.fixture(scope="module")
def explorer(tmp_path_factory):
    """Return the page that ships."""
    return SHIPPED


@pytest.fixture
def opened(page, explorer):
    page.goto(explorer.as_uri())
    page.wait_for_selector("#verdict")
    return page


def curve(page) -> str:
    return page.get_attribute("#line-plan", "d")


def state(page) -> list[str]:
    """Return what is read of a plan: amount, verdict, costs, curve, districts, groups."""
    numbers = [page.inner_text(f"#{one}") for one in ("amount", "verdict", "level", "gained", "cost", "each")]
    return [*numbers, curve(page), page.inner_html("#map"), page.inner_html("#groups"), page.inner_text("#toml")]


def amount(page) -> str:
    return page.inner_text("#amount").replace("\u00a0", " ")


def slide(page, name: str, key: str, times: int = 1) -> None:
    page.focus(f"#{name}")
    for _ in range(times):
        page.keyboard.press(key)


def test_it_opens_without_a_request_or_an_error_and_fits(opened):
    assert opened.log == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 1024
    bottom = "document.querySelector('fieldset').getBoundingClientRect().bottom"
    assert opened.evaluate(bottom) < 768
    for legend in opened.locator("fieldset").all():
        assert legend.evaluate(
            "one => one.scrollHeight <= one.clientHeight + 1 && one.scrollWidth <= one.clientWidth + 1"
        )
    assert opened.locator("svg text").count() > 60


def test_every_big_choice_changes_what_is_read(opened):
    seen = [state(opened)]
    opened.click("label[for=way-1]")
    seen.append(state(opened))
    opened.click("label[for=whom-1]")
    seen.append(state(opened))
    slide(opened, "factor", "ArrowRight")
    seen.append(state(opened))
    opened.click("label[for=when-1]")
    seen.append(state(opened))
    assert len({one[6] for one in seen}) == 5  # curves
    assert len({one[4] for one in seen}) == 5  # costs
    assert len({one[9] for one in seen}) == 5  # plans as files
    assert opened.log == []


def test_the_slider_snaps_to_what_was_simulated(opened):
    amounts = []
    slide(opened, "factor", "Home")
    for _ in range(4):
        amounts.append(amount(opened))
        slide(opened, "factor", "ArrowRight")
    assert amounts == ["150 triệu đồng", "600 triệu đồng", "2.400 triệu đồng", "2.400 triệu đồng"]
    assert opened.evaluate("document.activeElement.id") == "factor"


def test_a_dragged_slider_is_never_taken_away(opened):
    box = opened.locator("#factor").bounding_box()
    middle = box["y"] + box["height"] / 2
    opened.mouse.move(box["x"] + box["width"] / 2, middle)
    opened.mouse.down()
    opened.mouse.move(box["x"] + 4, middle, steps=4)
    low = amount(opened)
    opened.mouse.move(box["x"] + box["width"] - 4, middle, steps=8)
    opened.mouse.up()
    assert (low, amount(opened)) == ("150 triệu đồng", "2.400 triệu đồng")


def test_the_month_is_read_off_the_curve(opened):
    before = opened.inner_text("#reading")
    slide(opened, "month", "ArrowLeft", 24)
    after = opened.inner_text("#reading")
    assert before.startswith("12/2028:") and after.startswith("12/2026:")
    with_plan, as_now = after.split(": ")[1].split(" nếu")[0], after.split(", ")[-1].split(" nếu")[0]
    assert with_plan == as_now  # plans begin in 2027


def test_statistics_are_shown_with_what_was_reported(opened):
    for code, reported in (("B", 3), ("D", 2), ("E", 2)):
        opened.click(f"#code-{code}")
        assert opened.locator("#chart svg[role=img] .reported").count() >= reported
        assert opened.inner_text("#chart").startswith(f"{code}:")
    assert opened.log == []


def test_the_other_language_says_the_same_numbers(opened):
    opened.click("label[for=way-2]")
    vietnamese, drawn = opened.inner_text("#page"), curve(opened)
    opened.click("#language-en")
    english = opened.inner_text("#page")
    assert opened.evaluate("document.documentElement.lang") == "en"
    assert curve(opened) == drawn and opened.is_checked("#way-2")
    assert "Tin được đến đâu" in vietnamese and "How far to trust these numbers" in english
    said = english.replace(opened.inner_text("#toml"), "")
    assert not any(word in said for word in ("Tin được đến đâu", "{", "undefined", "NaN"))
    digits = [sum(letter.isdigit() for letter in text) for text in (vietnamese, english)]
    assert abs(digits[0] - digits[1]) < 0.15 * digits[0]  # dates are written otherwise, numbers are not


def test_what_covers_zero_is_not_told_apart(opened):
    for way in range(4):
        opened.click(f"label[for=way-{way}]")
        for key in ("Home", "End"):
            slide(opened, "factor", key)
            interval = opened.inner_text("#verdict ~ .faint").replace("\u2212", "-").replace(",", ".")
            low, high = (float(part) for part in interval.split("từ ")[1].split(" điểm")[0].split(" đến "))
            covers = low <= 0 <= high
            said = "Chưa phân biệt được" in opened.inner_text("#verdict")
            assert said == covers or min(abs(low), abs(high)) < 0.006  # the page rounds to a hundredth
            assert ("chưa phân biệt được" in opened.inner_text("#each")) == said


def test_it_prints_on_one_page_or_two_without_its_controls(opened, tmp_path):
    opened.emulate_media(media="print")
    assert not opened.is_visible("fieldset") and not opened.is_visible("#print") and not opened.is_visible("#toml")
    assert opened.is_visible(".only-print") and opened.is_visible("#verdict") and opened.is_visible(".mark")
    file = opened.pdf(path=str(tmp_path / "note.pdf"), prefer_css_page_size=True)
    assert file.count(b"/Type /Page\n") + file.count(b"/Type /Page ") <= 2


def test_pictures_are_described_and_keys_suffice(opened):
    for picture in opened.locator("svg[role=img]:not([aria-hidden])").all():
        assert len(picture.get_attribute("aria-label")) > 10
    assert opened.locator("#map g[role=img]").count() == 10
    reached = set()
    opened.keyboard.press("Tab")
    for _ in range(20):
        reached.add(opened.evaluate("document.activeElement.id"))
        opened.keyboard.press("Tab")
    assert {"language-vi", "language-en", "print", "way-0", "whom-0", "factor", "when-0", "code-D", "month"} <= reached


@pytest.mark.parametrize("width", [1024, 800, 400])
def test_nothing_is_cut_on_smaller_screens(page, explorer, width):
    page.set_viewport_size({"width": width, "height": 768})
    page.goto(explorer.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_made_now_works_as_well(page, tmp_path_factory):
    finder = importlib.util.spec_from_file_location("small_grid", MAKER)
    maker = importlib.util.module_from_spec(finder)
    finder.loader.exec_module(maker)
    page.goto(maker.made(tmp_path_factory.mktemp("explorer")).as_uri())
    drawn = curve(page)
    page.click("label[for=way-1]")
    slide(page, "factor", "ArrowLeft")
    assert curve(page) != drawn and page.log == []
