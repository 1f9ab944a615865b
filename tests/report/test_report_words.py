"""Words of reports: two languages, one table; every key is used; every letter is in the font."""

import re
import string
import unicodedata

import pytest

from cashless_sim.model.counting import AGES, FIFTHS
from cashless_sim.present.locale.report import TABLES, has, told
from cashless_sim.rules.campaigns import CHANNELS, SPONSORS

HELD = re.compile(r"""\b(?:told|t)\(\s*f?["']([^"']+)["']""")
OF_OTHERS = ("light.", "group.", "channel.", "sponsor.")
"""Beginnings of keys whose ends are colours of lights, and groups, channels and sponsors of the model."""


def holes(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


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
    files = [p for name in ("report", "slides", "office", "cli") for p in (present / name).glob("*.*") if p.is_file()]
    text = "".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".html"))
    quoted = set(re.findall(r"""["']([^"'\n]+)["']""", text))
    quoted |= set(HELD.findall(text))
    begun = {held.partition("{")[0] for held in quoted if "{" in held}
    ends = [
        (key, key.removeprefix(start)) for key in TABLES["en"] for start in begun if start and key.startswith(start)
    ]
    made = {key for key, end in ends if end in quoted} | {key for key in TABLES["en"] if key.startswith(OF_OTHERS)}
    columns = {key for key in TABLES["en"] if key.startswith(("sheet.", "column.", "unit.", "meaning."))}
    made |= {key for key in columns if key.partition(".")[2] in quoted}
    assert [key for key in TABLES["en"] if key not in quoted | made] == []


def test_every_letter_is_in_the_font():
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    from cashless_sim.present.style import FONT

    glyphs = set(FT2Font(findfont(FONT, fallback_to_default=False)).get_charmap())
    said = "".join([*TABLES["en"].values(), *TABLES["vi"].values()])
    assert {letter for letter in said if ord(letter) not in glyphs and letter != "\n"} == set()


def test_every_group_that_is_counted_has_a_name():
    wanted = ["all", *(f"age={one}" for one in AGES), *(f"income={one}" for one in FIFTHS), "urban=yes", "urban=no"]
    assert [name for name in wanted if not has(f"group.{name}")] == []


def test_every_channel_and_sponsor_has_a_name():
    assert [name for name in CHANNELS if not has(f"channel.{name}")] == []
    assert [name for name in SPONSORS if not has(f"sponsor.{name}")] == []


def test_a_missing_fact_is_loud():
    with pytest.raises(KeyError):
        told("report.where", "vi")
