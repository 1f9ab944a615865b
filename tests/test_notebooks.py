"""Notebooks as they are committed: run whole, not stale, in two languages, naming no machine; and what builds them."""

import copy
import importlib.util
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
LARGEST = 600_000
MACHINE = re.compile(r"(?<![\w.])/(?:tmp|work|root|home|Users|var|opt|mnt|usr)/|[A-Za-z]:\\\\?Users|file://")
LETTERS = re.compile("[àáâãèéêìíòóôõùúýăđơưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐƠƯ\u1ea0-\u1ef9]")
SHELL = re.compile(r"^#{1,6} ", re.MULTILINE)


def loaded() -> ModuleType:
    found = importlib.util.spec_from_file_location("notebooks_build", FOLDER / "build.py")
    assert found is not None and found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


build = loaded()
RANGES = tomllib.loads((FOLDER / "ranges.toml").read_text(encoding="utf-8"))


def problems(notebook: dict[str, Any]) -> Iterator[str]:
    """Yield what keeps a notebook from being committed."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and build.source(cell).strip()]
    if len(build.tagged(notebook, build.PARAMETERS)) != 1:
        yield "no parameters cell, or several"
    counts = [cell["execution_count"] for cell in code]
    if counts != list(range(1, len(code) + 1)):
        yield "not run from its first cell to its last in a fresh kernel"
    outputs = [output for cell in code for output in cell["outputs"]]
    if not outputs:
        yield "no outputs"
    if notebook["metadata"].get(build.OURS, {}).get("sources") != build.sources_hash(notebook):
        yield "stale: its outputs are of other code; run notebooks/build.py"
    for output in outputs:
        if output["output_type"] == "error":
            yield f"an error: {output['ename']}"
        if output["output_type"] == "stream" and output["name"] == "stderr":
            yield "words on the error stream"
    texts = [build.source(cell) for cell in notebook["cells"]] + [
        json.dumps(one, ensure_ascii=False) for one in outputs
    ]
    yield from (f"a path of a machine: {found.group()}" for text in texts if (found := MACHINE.search(text)))
    yield from _languages(notebook)


def _languages(notebook: dict[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        text = build.source(cell)
        if cell["cell_type"] != "markdown":
            continue
        if not LETTERS.search(text) or not unicodedata.is_normalized("NFC", text):
            yield f"no Vietnamese (NFC) in: {text[:60]}"
        lines = [line for line in text.splitlines() if line.strip()]
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            if SHELL.match(line) and not (following.startswith("*") and LETTERS.search(following)):
                yield f"no Vietnamese under the heading: {line}"


def test_there_are_notebooks():
    numbers = [path.stem[:2] for path in PATHS]
    assert {f"{number:02d}" for number in range(10)} <= set(numbers)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_is_as_it_should_be(path):
    assert list(problems(build.read(path))) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_is_small_and_written_as_the_builder_writes(path):
    notebook = build.read(path)
    assert path.stat().st_size < LARGEST
    assert path.read_text(encoding="utf-8") == build.text_of(notebook)
    assert all("execution" not in cell["metadata"] for cell in notebook["cells"])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_can_be_run_small(path):
    wanted = RANGES.get(path.stem, {})
    assert set(wanted.get("small", {})) <= set(build.parameters(build.read(path)))
    printed = build.key_numbers(build.read(path))
    assert set(printed) == set(wanted.get("ranges", {}))
    assert all(low <= high for low, high in wanted.get("ranges", {}).values())


def test_the_map_names_every_notebook():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\w+)\]\((\w+)\.ipynb\) \| [^|]+ \| [^|]+ \| \d+ \|$", page, re.MULTILINE)
    assert [stem for _, stem in rows] == [path.stem for path in PATHS]
    assert all(stem.split("_")[0] == number for number, stem in rows)


def test_ranges_are_of_notebooks_that_are_there():
    assert set(RANGES) - {"how"} <= {path.stem for path in PATHS}


@pytest.fixture
def whole() -> dict[str, Any]:
    """Return a small notebook that is as it should be."""
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# What?\n*Cái gì được đếm?*"},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {"tags": ["parameters"]},
            "source": "N = 3  # how many\nNAME = 'x'",
        },
        {"cell_type": "code", "id": "c", "metadata": {"tags": ["key_numbers"]}, "source": "print('{\"n\": 3}')"},
    ]
    for count, cell in enumerate(cells[1:], start=1):
        cell |= {"outputs": [], "execution_count": count}
    cells[2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": '{"n": 3}\n'}]
    made = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    made["metadata"][build.OURS] = {"sources": build.sources_hash(made)}
    return made


def test_a_sound_notebook_passes(whole):
    assert list(problems(whole)) == []


def change(notebook: dict[str, Any], what: str) -> None:
    """Make a sound notebook wrong in one way."""
    cells = notebook["cells"]
    if what == "error":
        cells[2]["outputs"].append({"output_type": "error", "ename": "ValueError", "evalue": "", "traceback": []})
    elif what == "warning":
        cells[2]["outputs"].append({"output_type": "stream", "name": "stderr", "text": "careful"})
    elif what == "path":
        cells[2]["outputs"][0]["text"] = "written to /" + "tmp/x"
    elif what == "windows path":
        cells[0]["source"] += "\nC:" + "\\Users\\x"
    elif what == "code changed":
        cells[2]["source"] = "print(4)"
    elif what == "not run":
        cells[2]["execution_count"] = None
    elif what == "run twice":
        cells[1]["execution_count"] = 2
    elif what == "no outputs":
        cells[2]["outputs"] = []
    elif what == "no parameters":
        cells[1]["metadata"] = {}
    elif what == "one language":
        cells[0]["source"] = "# What?\n*What is counted?*"
    elif what == "heading alone":
        cells[0]["source"] = "# What?\n\nText.\n\n> Cái gì được đếm?"


WRONG = (
    "error",
    "warning",
    "path",
    "windows path",
    "code changed",
    "not run",
    "run twice",
    "no outputs",
    "no parameters",
)


@pytest.mark.parametrize("what", [*WRONG, "one language", "heading alone"])
def test_a_planted_wrong_is_found(whole, what):
    change(whole, what)
    assert list(problems(whole)) != []


def test_words_may_change_without_making_outputs_stale(whole):
    before = build.sources_hash(whole)
    whole["cells"][0]["source"] += "\n\n> Thêm một dòng."
    assert build.sources_hash(whole) == before
    whole["cells"][1]["source"] = "N = 4"
    assert build.sources_hash(whole) != before


def test_parameters_are_set_after_their_cell(whole):
    assert build.parameters(whole) == {"N": 3, "NAME": "x"}
    made = build.injected(whole, {"N": 1})
    assert [build.source(cell) for cell in made["cells"]][2] == "N = 1"
    assert len(whole["cells"]) == 3


def test_an_unknown_parameter_is_refused(whole):
    with pytest.raises(SystemExit, match="no parameter M; there are: N, NAME"):
        build.injected(whole, {"M": 1})


def test_what_differs_from_run_to_run_is_left_out(whole):
    dirty = copy.deepcopy(whole)
    dirty["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
    dirty["cells"][1]["metadata"]["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    bar = {"output_type": "display_data", "data": {"text/html": "", "text/plain": "<HTML object>"}, "metadata": {}}
    dirty["cells"][1]["outputs"] = [{**bar, "transient": {"display_id": "random"}}]
    made = build.cleaned(dirty)
    assert made["cells"][1]["outputs"] == [] and made["cells"][1]["metadata"] == {"tags": ["parameters"]}
    assert made["metadata"] == build.KERNEL
    assert build.text_of(made) == build.text_of(build.cleaned(copy.deepcopy(made)))


def test_what_is_printed_in_pieces_is_one_text(whole):
    pieces = [{"output_type": "stream", "name": "stdout", "text": text} for text in ('{"n":', " 3}", "\n")]
    whole["cells"][2]["outputs"] = pieces
    assert build.key_numbers(whole) == {"n": 3}
    assert build.cleaned(whole)["cells"][2]["outputs"] == [{**pieces[0], "text": ['{"n": 3}\n']}]


def test_key_numbers_are_held_against_their_ranges(whole):
    found = build.key_numbers(whole)
    assert found == {"n": 3}
    assert build.outside(found, {"n": [2, 4]}) == []
    assert build.outside(found, {"n": [4, 5]}) == ["n = 3 lies outside 4 to 5"]
    assert build.outside({}, {"n": [4, 5]}) == ["n was not printed"]
    assert build.outside(found, {}) == ["n = 3 has no range"]


def test_a_notebook_that_is_not_there_is_refused():
    with pytest.raises(SystemExit, match="no notebook nowhere"):
        build.paths(["nowhere"])
