"""A referee's eighteen questions are all answered, each by a link, a file, a test or a command that is there."""

import re

import pytest

from cashless_sim.present.cli.usage import commands

ROW = re.compile(r"^\| (\d+)\. ([^|]+\?) \| (.+) \|$", re.MULTILINE)
ASKED = 18
LINK = re.compile(r"\]\(([^)#]+)\)")
NAMED = re.compile(r"`([\w/.-]+/[\w/.-]*)(?:::(\w+))?`")
COMMAND = re.compile(r"`(?:cashless-sim ([\w-]+)|python ([\w/.-]+)|bash (\.ci/run)[ \w]*)")


@pytest.fixture(scope="module")
def answers(root):
    text = (root / "docs" / "validation.md").read_text(encoding="utf-8")
    part = text.partition("A referee's questions")[2].partition("\n## ")[0]
    return {int(number): (question, answer) for number, question, answer in ROW.findall(part)}


def test_all_are_there(answers):
    assert sorted(answers) == list(range(1, ASKED + 1))


@pytest.mark.parametrize("number", range(1, ASKED + 1))
def test_an_answer_points_to_what_is_there(number, answers, root):
    answer = answers[number][1]
    links, named, said = LINK.findall(answer), NAMED.findall(answer), COMMAND.findall(answer)
    assert links or named or said
    for link in links:
        assert (root / "docs" / link).exists(), link
    for file, test in named:
        assert (root / file).exists(), file
        assert not test or f"def {test}(" in (root / file).read_text(encoding="utf-8"), test
    for command, script, runner in said:
        assert not command or command in commands("en").commands, command
        assert (root / (script or runner or "docs")).exists()
