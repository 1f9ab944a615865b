"""The explorer as a file: small, whole, the same for the same design; and its command."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata

import pytest

from cashless_sim.present.cli.main import main
from cashless_sim.present.explore import carrying
from cashless_sim.present.explore.design import usual
from cashless_sim.present.explore.page import data, page
from cashless_sim.present.locale.explore import TABLES
from cashless_sim.present.style import FONT
from cashless_sim.present.widgets import MONTHS
from cashless_sim.scenario.recipe import Scenario

LARGEST = 300_000
OUTSIDE = re.compile(r"""(?:src|href|url)\s*[=(]\s*["']?\s*(?:https?:)?//|@import|fetch\(|XMLHttpRequest|import\(""")
MODERN = re.compile(r"=>|`|\b(?:let|const|class|async|await)\s|\?\.|\?\?|\.\.\.")


def held(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])


def test_the_same_design_gives_the_same_bytes(finished):
    assert page(finished, "vi") == page(finished, "vi")


def test_the_page_asks_for_nothing_and_is_small(finished):
    text = page(finished, "vi")
    assert OUTSIDE.search(text) is None
    assert unicodedata.is_normalized("NFC", text)
    plans = len(finished.grid.design.cells)
    cells = held(text)["cells"]
    each, curves = (
        len(json.dumps(what, ensure_ascii=False).encode("utf-8")) / plans
        for what in (cells, [one["c"] for one in cells])
    )
    longest = each + (25 / 15 - 1) * curves  # twenty-five months of curves in the design that ships
    assert len(text.encode("utf-8")) - plans * each + longest * len(usual(finished.grid.design.base).cells) < LARGEST


def test_the_script_is_plain_enough_for_old_browsers(root):
    script = (root / "cashless_sim/present/explore/explorer.js").read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|\"(?:[^\"\\]|\\.)*\"", '""', script, flags=re.DOTALL)
    assert MODERN.search(code) is None


def test_what_made_the_numbers_is_printed(finished):
    rows = {key: dict(found) for key, found in data(finished, "vi")["made"].items()}
    grid = finished.grid
    said = " ".join(rows["en"].values())
    assert grid.design.base.hash[:12] in said and finished.runs.results_hash[:12] in said
    assert "16 plans" in said and "3 draws" in said and "24 Nov 2026" in said and "377,582" in said
    assert list(rows["en"].values()) != list(rows["vi"].values())


def test_a_plan_on_the_page_is_the_plan_that_was_run(finished):
    found, design = held(page(finished, "en")), finished.grid.design
    for at, cell in enumerate(design.cells):
        text = found["cells"][at]["t"]
        table = tomllib.loads(text)
        assert {one["name"] for one in table["campaigns"]} == {one.name for one in cell.campaigns}
        read = Scenario.loads(text.replace(f'"{table["extends"]}"', '"hung-yen"'))
        base = design.base.recipe
        same = read.with_(households=base.place.households, start=base.time.start, end=base.time.end)
        assert same.hash == design.scenario(cell).hash
        assert found["cells"][at]["h"] == design.scenario(cell).hash[:12]


@pytest.mark.parametrize("key", TABLES["en"])
def test_a_sentence_is_whole_in_both(key):
    english, vietnamese = TABLES["en"][key], TABLES["vi"][key]
    holes = re.compile(r"\{(\w+)\}")
    assert english.strip() and vietnamese.strip()
    assert set(holes.findall(english)) == set(holes.findall(vietnamese))
    assert unicodedata.is_normalized("NFC", vietnamese)


def test_both_languages_hold_the_same_keys_and_all_are_used(root):
    assert list(TABLES["en"]) == list(TABLES["vi"])
    present = root / "cashless_sim/present"
    files = [*present.rglob("*.py"), *present.rglob("*.js")]
    code = "\n".join(f.read_text(encoding="utf-8") for f in files if "explore_" not in f.name)
    groups = ("option", "way", "whom", "when", "made", "page.code", "page.said", "page.paid")
    months = {f"live.{name}" for name in MONTHS}
    for key in TABLES["en"]:
        last = key.removeprefix("page.")
        known = key in months or any(key.startswith(f"{one}.") for one in groups)
        assert known or f'"{key}"' in code or f'"{last}"' in code, key


def test_every_letter_is_in_the_font():
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    glyphs = set(FT2Font(findfont(FONT, fallback_to_default=False)).get_charmap())
    said = "".join([*TABLES["en"].values(), *TABLES["vi"].values()])
    assert {letter for letter in said if ord(letter) not in glyphs and letter != "\n"} == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--draws", "1"], "--draws"),
        (["--date", "24/11/2026"], "--date"),
        (["--month", "2026-06"], "2027-01"),
        (["--to", "nowhere"], "nowhere"),
        (["01-nen"], "01-nen"),
        (["--households", "many"], "--households"),
    ],
)
@pytest.mark.parametrize("tongue", ["en", "vi"])
def test_what_the_user_can_mend_is_one_line_and_a_2(arguments, said, tongue, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(carrying, "run_grid", lambda *_: pytest.fail("a run was made"))
    monkeypatch.setattr(carrying, "code_version", lambda: "0" * 64)
    out = ["--out", str(tmp_path / "x.html"), "--store", str(tmp_path / "s.sqlite"), "--language", tongue]
    assert main(["explore", *arguments, *out]) == 2
    told = capsys.readouterr()
    assert told.out == "" and said in told.err and len(told.err.strip().splitlines()) == 1
    assert not (tmp_path / "x.html").exists()


def test_the_command_writes_the_page(grid, store, finished, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(carrying, "grid_of", lambda wish: grid)
    file = tmp_path / "made" / "explorer.html"
    arguments = ["explore", "--out", str(file), "--store", str(store), "--date", "2026-11-24", "--workers", "1"]
    assert main([*arguments, "--language", "vi"]) == 0
    assert "explorer.html" in capsys.readouterr().out
    text = file.read_text(encoding="utf-8")
    assert held(text)["cells"] == data(finished, "vi")["cells"]
    assert "--date 2026-11-24" in text
    assert main([*arguments, "--language", "vi"]) == 0
    assert file.read_text(encoding="utf-8") == text


def test_the_page_that_ships_is_small_and_says_what_it_is(root):
    path = root / "docs" / "explorer" / "explorer.html"
    text = path.read_text(encoding="utf-8")
    found = held(text)
    assert len(text.encode("utf-8")) < LARGEST
    assert OUTSIDE.search(text) is None
    assert len(found["cells"]) == 108
    lights = [one["colour"] for one in found["lights"]]
    assert ("red" in lights) == bool(found["mark"]["vi"])
    assert set(found["words"]["vi"]) == {key[5:] for key in TABLES["vi"] if key.startswith("page.")}
    assert any(value.startswith("cashless-sim explore --to 01-nen") for _, value in found["made"]["vi"])


def test_the_shipped_workbook_is_the_plan_of_its_name(root):
    pytest.importorskip("openpyxl")
    from cashless_sim.present.spreadsheet import from_sheet

    plan = Scenario.load(root / "data/scenarios/plans/03a-den-tung-nha-bat-ky.toml")
    assert from_sheet(root / "docs" / "mo-phong.xlsx").hash == plan.hash
