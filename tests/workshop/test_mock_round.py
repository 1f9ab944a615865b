"""A whole mock round by its commands: six forms keyed, scored on common luck, shown and written in both languages."""

import csv
import re
from html import unescape

import pytest

BOARDS = {"en": "scoreboard.html", "vi": "bang-diem.html"}
SIZE = ("--households", "600", "--draws", "3", "--workers", "1")


@pytest.fixture(scope="module")
def folder(workshop, runs):
    """Return the folder of the workshop, whose store holds the runs of the round already."""
    return workshop.folder


@pytest.fixture
def keyed(asked, workshop, tmp_path):
    """Return a folder into which the six forms were keyed."""
    for table, keys in workshop.filled.items():
        assert asked("key", "--table", str(table), "--choose", keys, "--out", str(tmp_path / "forms")) == 0
    return tmp_path / "forms"


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("tongue", BOARDS)
def test_a_round_from_keys_to_board(asked, folder, keyed, capsys, tongue, tmp_path):
    store, out = str(folder / "store.sqlite"), tmp_path / "board"
    capsys.readouterr()
    assert asked("score", str(keyed), "--store", store, "--out", str(out), *SIZE, tongue=tongue) == 0
    shown = capsys.readouterr().out
    found = rows(out / "scores.csv")
    assert [int(row["table"]) for row in found if row["table"] == "5"] == [5] and len(found) == 6
    _board_says_what_the_table_says((out / BOARDS[tongue]).read_text(encoding="utf-8"), found, tongue)
    gained = shown.partition("\n\n\n")[0]
    assert [re.search(rf"\s{row['table']}\s", gained) is not None for row in found] == [True] * 6
    assert ("chưa hiệu chỉnh" if tongue == "vi" else "uncalibrated") in shown.casefold()
    assert len(rows(out / "pairs.csv")) == 15


def _board_says_what_the_table_says(page, found, tongue):
    assert re.findall(r"https?:|<script|<img", page) == []
    text = unescape(re.sub(r"<[^>]+>", "\n", page))
    first = page.partition('<section class="gain">')[2].partition('<section class="money">')[0]
    places = re.findall(r'class="place">([^<]*)<', first)
    shared = [sum(other["place"] == row["place"] for other in found) > 1 for row in found]
    assert places == [row["place"] + ("=" if tie else "") for row, tie in zip(found, shared, strict=True)]
    winners = [row["table"] for row in found if row["prize"] == "True"]
    box = re.search(r'class="last">([^<]*)<', page)[1]
    if winners:
        assert sorted(re.findall(r"\d+", box)) == sorted(winners)
    else:
        assert ("không trao giải" if tongue == "vi" else "no prize") in box
    said = (
        ("Minh họa cho Hưng Yên", "chưa hiệu chỉnh")
        if tongue == "vi"
        else ("Illustrative for Hưng Yên", "uncalibrated")
    )
    assert all(one in text for one in said)
    assert ("Không phải chỉ tiêu nào" if tongue == "vi" else "none of statistics A to G") in text


def test_the_same_round_gives_the_same_board(asked, folder, keyed, tmp_path):
    pages = []
    for out in ("one", "two"):
        folder_out = tmp_path / out
        given = ("score", str(keyed), "--store", str(folder / "store.sqlite"), "--out", str(folder_out), *SIZE)
        assert asked(*given) == 0
        pages.append((folder_out / "scoreboard.html").read_bytes() + (folder_out / "scores.csv").read_bytes())
    assert pages[0] == pages[1]


def test_getting_ready_runs_as_now_only(asked, tmp_path, capsys):
    store = str(tmp_path / "ready.sqlite")
    assert asked("prepare", "--store", store, "--households", "600", "--draws", "2", "--workers", "1") == 0
    assert "3 runs" in capsys.readouterr().out


def test_single_choices_make_the_table_for_paper(asked, tmp_path):
    out = str(tmp_path)
    size = ("--households", "600", "--draws", "2", "--workers", "1", "--store", str(tmp_path / "store.sqlite"))
    assert asked("singles", "--out", out, *size) == 0
    held = rows(tmp_path / "singles.csv")
    assert [int(row["number"]) for row in held] == list(range(1, 9))
    assert {row["households"] for row in held} == {"600"} and {row["draws"] for row in held} == {"2"}
    assert asked("papers", "--singles", str(tmp_path / "singles.csv"), "--out", out, tongue="vi") == 0
    assert "Tính từ 600 hộ mô phỏng, 2 bộ tham số" in (tmp_path / "giay-hoi-thao.html").read_text(encoding="utf-8")


def test_two_rounds_are_named_apart(asked, folder, tmp_path):
    forms, out = tmp_path / "forms", tmp_path / "rounds"
    for table, number, keys in ((1, 1, "5,6,7,2,3"), (1, 2, "2")):
        words = ("--table", str(table), "--round", str(number), "--choose", keys, "--out", str(forms))
        assert asked("key", *words) == 0
    assert asked("score", str(forms), "--store", str(folder / "store.sqlite"), "--out", str(out), *SIZE) == 0
    page = (out / "scoreboard.html").read_text(encoding="utf-8")
    assert "Table 1, round 1" in page and "Table 1, round 2" in page
