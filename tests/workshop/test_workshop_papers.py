"""Papers: all that a table needs stands in one file that asks for nothing; paper scores are those of the CSV."""

import csv
import html
import re

import pytest

from cashless_sim.analysis.workshop.menu import menu, shipped
from cashless_sim.errors import BadValue, DataProblem, FileProblem
from cashless_sim.present.locale import workshop_papers_en, workshop_papers_vi
from cashless_sim.present.locale.sentences import number
from cashless_sim.present.workshop.papers import NAMES, papers
from cashless_sim.present.workshop.single_scores import NAME, POINT, SCORED, read_singles

CHOICES = menu()
TEXTS = {"en": workshop_papers_en, "vi": workshop_papers_vi}


@pytest.fixture(scope="module")
def pages():
    singles = read_singles(CHOICES)
    return {tongue: papers(CHOICES, singles, tongue) for tongue in TEXTS}


@pytest.mark.parametrize("tongue", TEXTS)
def test_a_page_asks_for_nothing(pages, tongue):
    assert re.findall(r"https?:|<script|<img|url\(", pages[tongue]) == []
    assert "default-src 'none'" in pages[tongue]


@pytest.mark.parametrize("tongue", TEXTS)
def test_every_choice_role_question_and_word_is_there(pages, tongue):
    text = html.unescape(re.sub(r"<[^>]+>", " ", pages[tongue])).replace("\u00a0", " ")
    wanted = [one.title_vi if tongue == "vi" else one.title for one in CHOICES.choices]
    wanted += [role[0] for role in TEXTS[tongue].ROLES] + [asked[0] for asked in TEXTS[tongue].QUIZ]
    wanted += [word for word, _ in TEXTS[tongue].WORDS] + list(TEXTS[tongue].FAIL)
    assert [one for one in wanted if one not in text] == []


@pytest.mark.parametrize("tongue", TEXTS)
def test_paper_scores_are_those_of_the_table(pages, tongue):
    rows = re.findall(r'<tr><td class="n">(\d)</td>(.*?)</tr>', pages[tongue].partition('class="page fallback"')[2])
    printed = {int(n): re.findall(r'<td class="n">(?:<b>)?([^<]+)<', rest) for n, rest in rows}
    with shipped().with_name(NAME).open(encoding="utf-8", newline="") as lines:
        table = {int(row["number"]): row for row in csv.DictReader(lines)}
    assert set(printed) == set(table) == {one.number for one in CHOICES.choices}
    for which, row in table.items():
        wanted = [row["chips"]]
        wanted += [number(float(row[key]) / POINT, tongue) for key in ("gain", "low80", "high80", "helped")]
        wanted.append(number(float(row["spent"]) / 1e6, tongue))
        assert printed[which] == wanted


def test_the_papers_in_the_documents_are_those_of_the_code(root, pages):
    for tongue, name in NAMES.items():
        held = (root / "docs" / "workshop" / name).read_text(encoding="utf-8")
        assert held == pages[tongue], f"cashless-sim workshop papers --out docs/workshop --language {tongue}"


def test_the_shipped_scores_are_whole():
    found = read_singles(CHOICES)
    assert found.households >= 20_000 and found.draws >= 8
    for one in found.rows.values():
        assert set(one) == set(SCORED) and one["low80"] <= one["gain"] <= one["high80"] and one["spent"] > 0


def test_scores_of_other_choices_are_refused(tmp_path, workshop):
    with pytest.raises(DataProblem, match="made for other choices"):
        read_singles(workshop.menu())
    with pytest.raises(FileProblem, match="workshop singles makes it"):
        read_singles(CHOICES, tmp_path / "none.csv")
    text = shipped().with_name(NAME).read_text(encoding="utf-8").splitlines()
    broken = text[1].split(",")
    broken[text[0].split(",").index("gain")] = "many"
    (tmp_path / "singles.csv").write_text("\n".join([text[0], ",".join(broken), *text[2:]]), encoding="utf-8")
    with pytest.raises(BadValue, match="key 'gain' is 'many'"):
        read_singles(CHOICES, tmp_path / "singles.csv")


def test_the_guides_name_commands_and_options_that_are_there(root):
    from cashless_sim.present.cli.usage import commands

    known = commands("en").commands["workshop"].commands
    for page in sorted((root / "docs" / "workshop").glob("*.md")):
        for line in re.findall(r"cashless-sim workshop (\w[^\n`]*)", page.read_text(encoding="utf-8")):
            name, *words = line.split()
            options = {option for one in known[name].params for option in one.opts}
            assert {word for word in words if word.startswith("--")} <= options, line


def test_the_mock_round_says_what_its_scores_say(root):
    folder = root / "docs" / "workshop"
    text = (folder / "mock-round.md").read_text(encoding="utf-8")
    with (folder / "mock-scores.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 6
    for row in rows:
        gain, low, high = (number(float(row[key]), "en") for key in ("gain", "low80", "high80"))
        assert f"| {row['table']} | {row['choices']} |" in text and f"{gain} [{low}; {high}]" in text
