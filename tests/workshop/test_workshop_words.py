"""Words of the workshop: two languages, one shape; every key is used; scripts keep their time."""

import re
import string
import unicodedata

import pytest

from cashless_sim.present.locale import workshop_papers_en, workshop_papers_vi
from cashless_sim.present.locale.workshop import ERRORS, TABLES, told

TEXTS = {"en": workshop_papers_en, "vi": workshop_papers_vi}
PARTS = ("ROLES", "QUIZ", "WORDS", "SCRIPTS", "BEFORE", "FAIL", "DEBRIEF")
MINUTES = {"talk": 30, "table": 90, "half": 210}


def holes(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def shape(value):
    return tuple(shape(one) for one in value) if isinstance(value, tuple) else type(value)


def test_both_languages_hold_the_same_keys_in_the_same_order():
    assert list(TABLES["en"]) == list(TABLES["vi"])


@pytest.mark.parametrize("key", TABLES["en"])
def test_a_sentence_is_whole_in_both(key):
    english, vietnamese = TABLES["en"][key], TABLES["vi"][key]
    assert english.strip() and vietnamese.strip()
    assert holes(english) == holes(vietnamese)
    assert unicodedata.is_normalized("NFC", vietnamese) and "₫" not in vietnamese
    assert english != vietnamese or len(re.sub(r"\{.*?\}|\W", "", english)) < 6


def test_every_key_is_used(root):
    present = root / "cashless_sim" / "present"
    files = [*(present / "workshop").glob("*.*"), present / "cli" / "workshop.py"]
    text = "".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".html"))
    quoted = set(re.findall(r"""["']([^"'\n]+)["']""", text))
    starts = {held.partition("{")[0] for held in quoted if "{" in held} | {held for held in quoted if held[-1:] == "."}
    ends = [(key, key.removeprefix(start)) for key in TABLES["en"] for start in starts if start and key != start]
    made = {key for key, end in ends if end in quoted or set(end.split(".")) <= quoted}
    assert [key for key in TABLES["en"] if key not in quoted | made] == []


def test_every_letter_is_in_the_font():
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    from cashless_sim.present.style import FONT

    glyphs = set(FT2Font(findfont(FONT, fallback_to_default=False)).get_charmap())
    said = [text for table in TABLES.values() for text in table.values()]
    said += [text for one in TEXTS.values() for part in PARTS for text in strings_of(getattr(one, part))]
    assert {letter for letter in "".join(said) if ord(letter) not in glyphs and letter != "\n"} == set()


def strings_of(value):
    if isinstance(value, tuple):
        return [text for one in value for text in strings_of(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("part", PARTS)
def test_the_papers_say_the_same_things_in_both(part):
    english, vietnamese = (getattr(TEXTS[tongue], part) for tongue in ("en", "vi"))
    assert shape(english) == shape(vietnamese)
    assert all(unicodedata.is_normalized("NFC", text) and text.strip() for text in strings_of(vietnamese))


@pytest.mark.parametrize("tongue", TEXTS)
def test_there_are_three_scripts_that_keep_their_time(tongue):
    scripts = {name: [row[0] for row in rows] for name, _, rows in TEXTS[tongue].SCRIPTS}
    assert {name: sum(minutes) for name, minutes in scripts.items()} == MINUTES
    assert all(minutes > 0 for steps in scripts.values() for minutes in steps)


def test_scripts_and_key_are_the_same_in_both():
    times = [[[row[0] for row in rows] for _, _, rows in one.SCRIPTS] for one in TEXTS.values()]
    keys = [[right for _, _, right, _ in one.QUIZ] for one in TEXTS.values()]
    assert times[0] == times[1] and keys[0] == keys[1]
    assert len(keys[0]) == 6 and len(set(keys[0])) == 3


def test_there_are_ten_roles():
    assert [len(one.ROLES) for one in TEXTS.values()] == [10, 10]


def test_phrases_of_errors_keep_their_holes():
    assert [key for key, said in ERRORS.items() if key.count("{}") != said.count("{}")] == []


def test_a_missing_fact_is_loud():
    with pytest.raises(KeyError):
        told("key.kept", "vi")
