"""Two languages, one table: same keys, same placeholders, every key used, every piece of an error spoken."""

from __future__ import annotations

import ast
import re
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from cashless_sim import errors
from cashless_sim.errors import BadValue, CashlessError, FileProblem, UnknownKey, UnknownName, UserError
from cashless_sim.present.locale import en, story
from cashless_sim.present.locale.errors import explain, phrase
from cashless_sim.present.locale.phrases import PHRASES
from cashless_sim.present.locale.sentences import (
    LANGUAGES,
    TABLES,
    day,
    language,
    money,
    month,
    number,
    percent,
    say,
    several,
)

NARROW = "\u00a0"
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, CashlessError)]


def holes(text: str) -> list[str]:
    return sorted(str(name) for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_both_languages_hold_the_same_keys_in_the_same_order():
    assert list(TABLES["en"]) == list(TABLES["vi"])
    assert set(en.MESSAGES).isdisjoint(story.EN)


@pytest.mark.parametrize("key", TABLES["en"])
def test_a_sentence_is_whole_in_both(key):
    english, vietnamese = TABLES["en"][key], TABLES["vi"][key]
    assert english.strip() and vietnamese.strip()
    assert sorted(set(holes(english))) == sorted(set(holes(vietnamese)))
    assert unicodedata.is_normalized("NFC", vietnamese)
    assert english != vietnamese or len(english) < 12 or not holes(english)


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_keeps_its_holes(key):
    wanted = key.count("{}")
    assert len(holes(PHRASES[key])) == wanted
    assert unicodedata.is_normalized("NFC", PHRASES[key])


def sources(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((root / "cashless_sim").rglob("*.py")):
        if "_shipped" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def text_of(node: ast.AST) -> str | None:
    """Return a literal text, with ``{}`` for the holes of an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def test_every_key_is_used(root):
    texts = set()
    for path, tree in sources(root):
        if path.parent.name != "locale" or path.name == "errors.py":
            texts |= {text for node in ast.walk(tree) if (text := text_of(node))}
    patterns = [re.compile(re.escape(text).replace(r"\{\}", ".+")) for text in texts if text.strip("{} ")]
    assert [key for key in TABLES["en"] if not any(p.fullmatch(key) for p in patterns)] == []


def test_every_letter_is_in_the_font():
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    from cashless_sim.present.style import FONT

    glyphs = set(FT2Font(findfont(FONT, fallback_to_default=False)).get_charmap())
    said = "".join([*TABLES["en"].values(), *TABLES["vi"].values(), *PHRASES.values()])
    assert {letter for letter in said if ord(letter) not in glyphs and letter != "\n"} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_english_sentences_are_those_of_the_errors(kind):
    assert en.MESSAGES[f"error.{kind.code}"] == kind.template.replace("{value!r}", "{value}")


FACTS = {
    "path": "a.toml",
    "problem": "it is a folder",
    "expected": "a share in [0, 1]",
    "key": "campain",
    "what": "households",
    "value": "x",
    "name": "hung-yem",
    "rule": "Choose",
    "message": "a message",
    "month": "2021-03",
    "left": 1,
    "right": 2,
    "why": "rows are fixed",
    "first": "a",
    "second": "b",
}


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_explain_every_error(kind):
    error = kind(**FACTS, where="a.toml:3", near="hung-yen", next="leave it out to have them all")
    assert explain(error, "en") == str(error)
    said = explain(error, "vi")
    assert said.startswith("a.toml:3: ")
    assert "có phải ý bạn là 'hung-yen'?" in said
    assert said.endswith("bỏ trống để lấy tất cả")
    assert "<" not in said and "\n" not in said


def test_an_error_without_its_facts_is_still_said():
    assert explain(UserError(), "vi") == "<message>"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            BadValue(what="end of campaign 'sms'", value="2019-01", expected="2020-01 (its start) or later"),
            "tháng kết thúc của đợt tuyên truyền 'sms' đang là '2019-01'; cần 2020-01 (tháng bắt đầu) hoặc muộn hơn",
        ),
        (
            BadValue(where="a.toml:7", what="reach", value=1.5, expected="a share in [0, 1]"),
            "a.toml:7: reach đang là 1.5; cần một tỷ lệ trong [0, 1]",
        ),
        (
            BadValue(what="budget of an adaptive policy", value=None, expected="VND a month, 0 or more"),
            "ngân sách của chính sách adaptive đang là để trống; cần số đồng mỗi tháng, từ 0 trở lên",
        ),
        (
            FileProblem(path="out", problem="No space left on device", expected="a file that can be written"),
            "out: ổ đĩa đã hết chỗ; cần một tệp ghi được",
        ),
        (
            UnknownName(what="place", name="hung yen", expected="hung-yen, viet-nam", near="hung-yen"),
            "không có địa bàn tên là 'hung yen'; có thể chọn: hung-yen, viet-nam; có phải ý bạn là 'hung-yen'?",
        ),
        (
            UnknownKey(where="a.toml:2", key="campain", expected="campaigns, time", near="campaigns"),
            "a.toml:2: không có khóa 'campain'; khóa dùng được: campaigns, time; có phải ý bạn là 'campaigns'?",
        ),
    ],
)
def test_vietnamese_errors_read_well(error, said):
    assert explain(error, "vi") == said


ERRORS = {kind.__name__ for kind in KINDS}
SPOKEN = {"what", "why", "problem", "expected", "next"}


def raised(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the pieces of every error a file raises, as texts with holes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            for fact in node.keywords:
                text = text_of(fact.value)
                if fact.arg in SPOKEN and text is not None and not set(text) <= set("{}, .:/()-"):
                    yield node.lineno, text


def test_every_piece_of_an_error_has_its_vietnamese(root):
    missing = [
        f"{path.name}:{line}: {text}"
        for path, tree in sources(root)
        for line, text in raised(tree)
        if phrase(text.replace("{}", "x")) is None
    ]
    assert missing == [], "say them in present/locale/phrases.py"


def test_every_description_of_a_scenario_key_has_its_vietnamese():
    from cashless_sim.scenario import schema

    text = Path(str(schema.__file__)).read_text(encoding="utf-8")
    said = [
        node.value.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.keyword) and node.arg == "description" and isinstance(node.value, ast.Constant)
    ]
    assert len(said) > 10
    assert [each for each in said if phrase(str(each)) is None] == []


def test_numbers_are_written_as_people_write_them():
    assert number(377_582, "en") == "377,582"
    assert number(377_582, "vi") == "377.582"
    assert percent(0.563, "en") == f"56.3{NARROW}%"
    assert percent(0.563, "vi") == f"56,3{NARROW}%"
    assert (number(-0.04, "vi", 1), number(-0.06, "vi", 1), number(-0.4, "en")) == ("0,0", "-0,1", "0")
    assert money(1_234_567, "vi") == f"1.234.567{NARROW}đồng"
    assert money(1_234_567, "en") == f"1,234,567{NARROW}VND"
    assert (month("2019-10", "en"), month("2019-10", "vi")) == ("Oct 2019", "10/2019")
    assert (day("2026-11-23", "en"), day("2026-11-23", "vi")) == ("23 Nov 2026", "23/11/2026")
    assert (day("2026", "vi"), day("2026-11", "vi")) == ("2026", "11/2026")


def test_the_language_is_chosen_then_taken_from_the_environment(monkeypatch):
    monkeypatch.delenv("CASHLESS_SIM_LANGUAGE", raising=False)
    assert language() == "en"
    monkeypatch.setenv("CASHLESS_SIM_LANGUAGE", "vi")
    assert language() == "vi"
    assert language("en") == "en"
    with pytest.raises(UnknownName, match="en, vi"):
        language("fr")


def test_one_thing_is_one():
    facts = {"seconds": 1, "hash": "x", "results": "y"}
    assert several("cli.took", "en", 1, runs=1, **facts).startswith("1 run in")
    assert several("cli.took", "en", 2, runs=2, **facts).startswith("2 runs in")
    assert several("cli.took", "vi", 1, runs=1, **facts).startswith("1 lần chạy")
    assert {
        key for key in TABLES["en"] if key.endswith(".one") and key.removesuffix(".one") not in TABLES["en"]
    } == set()


def test_braces_are_single_where_nothing_varies():
    for text in (
        "a number, a list, or { min = …, max = … }",
        "a table of household columns, as { age = { min = 60 } }",
    ):
        assert "{{" not in str(phrase(text)) and "{ " in str(phrase(text))


def test_a_missing_fact_is_loud():
    with pytest.raises(KeyError):
        say("cli.error", LANGUAGES[0])
