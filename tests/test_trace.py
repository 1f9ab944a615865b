"""The record of what is checked names only what is there: tests, files, commands, sections."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cashless_sim.present.cli.usage import commands

HELD = re.compile(r"`(?:(?:python )?[\w/]+\.py|cashless-sim [\w-]+|(?:bash )?\.ci/run[\w ]*|Scenario)|\]\(")
STAGES = re.compile(r"^STAGES=\((.*)\)$", re.MULTILINE)


@pytest.fixture(scope="module")
def record(root: Path) -> str:
    return (root / "docs" / "validation.md").read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row that stands beside what holds it."""
    found, counted = [], False
    for line in text.splitlines():
        if line.startswith("| claim | held by |"):
            counted = True
        elif not line.startswith("|"):
            counted = False
        elif counted and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def test_every_claim_stands_beside_what_holds_it(record):
    held = rows(record)
    assert len(held) > 25
    assert [claim for claim, *by in held if not HELD.search(" | ".join(by))] == []


def test_every_test_that_is_named_is_there(record, root):
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", record)
    assert len(named) > 40
    for file, name in named:
        assert (root / file).is_file(), file
        assert not name or f"def {name}(" in (root / file).read_text(encoding="utf-8"), f"{file}::{name}"


def test_every_command_and_program_that_is_named_is_there(record, root):
    known = commands("en").commands
    for name in re.findall(r"`cashless-sim ([\w-]+)", record):
        assert name in known, name
    for file in re.findall(
        r"`(?:python )?((?:benchmarks|examples|data|docs|notebooks)/[\w./-]*[\w-]\.?\w*)[ `]", record
    ):
        assert (root / file).exists(), file
    stages = STAGES.search((root / ".ci" / "run").read_text(encoding="utf-8"))
    for asked in re.findall(r"`bash \.ci/run([\w ]*)`", record):
        assert set(asked.split()) <= set(stages[1].split()), asked


def test_every_section_that_is_pointed_to_is_there(record):
    there = set(re.findall(r"^## (\d+)\.", record, re.MULTILINE))
    own = re.sub(r"\[[^\]]*\]\([^)]*\)[^|.;\n]*?(§[\d., and§]+)", "", record)
    assert set(re.findall(r"§(\d+)", own)) <= there
