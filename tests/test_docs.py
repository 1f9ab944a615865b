"""The documents say what the code says: tables, sources, links, names of tests, words."""

import ast
import csv
import importlib.util
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cashless_sim.rules.campaigns import CHANNELS, EFFECTS
from cashless_sim.rules.catalogue import ORDER, rule_named

BIB = re.compile(r"^@\w+\{([^,\s]+),(.*?)^\}", re.MULTILINE | re.DOTALL)
IN_TEXT = re.compile(r"(?<![\w`\]])\[([A-Z]\w*)\](?!\()")
IN_DOCSTRING = re.compile(r"(?<![\w`])\[([A-Z]\w*\d\w*)\]")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def build(root):
    folder = str(root / "docs")
    sys.path.insert(0, folder)
    try:
        spec = importlib.util.spec_from_file_location("docs_build", root / "docs" / "build.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(folder)
    return module


@pytest.fixture(scope="module")
def odd(root) -> str:
    return (root / "docs" / "odd.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def references(root) -> dict[str, str]:
    text = (root / "docs" / "references.bib").read_text(encoding="utf-8")
    return dict(BIB.findall(text))


def pages(root: Path) -> list[Path]:
    return [
        *sorted((root / "docs").rglob("*.md")),
        *(root / name for name in ("README.md", "CONTRIBUTING.md", "data/README.md")),
    ]


# -- tables --------------------------------------------------------------------------------------------------------
def test_the_tables_of_the_document_are_those_of_the_code(build, odd):
    assert build.rendered(odd) == odd, "odd.md has drifted: run `python docs/build.py`"


def test_every_table_has_its_place(build, odd):
    assert sorted(build.MARKER.findall(odd)) == sorted(build.TABLES)
    assert odd.count("<!-- generated") == odd.count("<!-- end -->") == len(build.TABLES)


def test_everything_is_described(build, odd):
    assert build.NOT_DESCRIBED not in odd, "say it in docs/build_words.py, then run `python docs/build.py`"


def test_drift_is_seen(build, odd):
    changed = odd.replace("| Awareness | `tell` | 0.3 |", "| Awareness | `tell` | 0.9 |")
    assert changed != odd
    assert build.rendered(changed) == odd


def test_an_unknown_table_is_refused(build):
    with pytest.raises(KeyError):
        build.rendered("<!-- generated: nothing -->\n<!-- end -->")


# -- sources -------------------------------------------------------------------------------------------------------
def sources_of_numbers() -> Iterator[tuple[str, str]]:
    for name in ORDER:
        for parameter in rule_named(name).parameters.values():
            yield f"{name}.{parameter.name}", parameter.source
    for channel in CHANNELS.values():
        for effect in (*EFFECTS, "reach", "cost"):
            yield f"{channel.name}.{effect}", getattr(channel, effect).source


def test_every_source_of_a_number_is_known(references):
    assert {what: key for what, key in sources_of_numbers() if key not in {*references, "assumed"}} == {}


def docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def test_every_key_in_a_docstring_is_known(root, references):
    found = {
        (path.name, key)
        for path in (root / "cashless_sim").rglob("*.py")
        for text in docstrings(path)
        for key in IN_DOCSTRING.findall(text)
    }
    assert ("awareness.py", "Banerjee2013") in found
    assert {(name, key) for name, key in found if key not in references} == set()


def test_every_key_in_a_document_is_known(root, references):
    found = {(path.name, key) for path in pages(root) for key in IN_TEXT.findall(path.read_text(encoding="utf-8"))}
    assert ("odd.md", "Grimm2020") in found
    assert {(name, key) for name, key in found if key not in references} == set()


def test_every_key_in_the_data_is_known(root, references):
    found = set()
    for path in (root / "data").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found |= {(path.name, row["key"]) for row in csv.DictReader(lines) if row.get("key")}
    for path in (root / "data").rglob("place.toml"):
        found |= {(path.parent.name, key) for key in keys_in(tomllib.loads(path.read_text(encoding="utf-8")))}
    assert {(name, key) for name, key in found if key not in {*references, "assumed"}} == set()


def keys_in(table: object) -> Iterator[str]:
    for name, value in table.items() if isinstance(table, dict) else ():
        if name == "key" and value:
            yield value
        yield from keys_in(value)


def test_references_are_in_order_and_whole(root, references):
    text = (root / "docs" / "references.bib").read_text(encoding="utf-8")
    keys = re.findall(r"^@\w+\{([^,\s]+),", text, re.MULTILINE)
    assert keys == sorted(set(keys), key=str.lower)
    assert list(references) == keys
    for key, entry in references.items():
        assert "title = {" in entry, key
        assert re.search(r"^\s*(url|doi|note|journal|publisher) = ", entry, re.MULTILINE), key


# -- links and names -----------------------------------------------------------------------------------------------
def test_no_relative_link_is_dead(root):
    dead = [
        f"{path.relative_to(root)}: {target}"
        for path in pages(root)
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:|#", target) and not (path.parent / target.partition("#")[0]).exists()
    ]
    assert dead == []


def test_the_tests_that_documents_name_are_there(root):
    for path in pages(root):
        for file, name in re.findall(r"`(tests/\w+\.py)(?:::(\w+))?`", path.read_text(encoding="utf-8")):
            text = (root / file).read_text(encoding="utf-8")
            assert not name or f"def {name}(" in text, f"{path.name}: {file}::{name}"


def test_the_files_that_documents_name_are_there(root):
    for path in pages(root):
        for file in re.findall(r"`((?:cashless_sim|data|docs)/[\w./-]+\.\w+)`", path.read_text(encoding="utf-8")):
            assert (root / file).exists(), f"{path.name}: {file}"


def test_decisions_are_numbered_without_gaps(root):
    numbers = [int(path.name[:4]) for path in sorted((root / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
    for path in (root / "docs" / "decisions").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} ")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences")), path.name


def test_the_words_of_the_glossary_are_in_the_code(root):
    code = "\n".join(path.read_text(encoding="utf-8") for path in (root / "cashless_sim").rglob("*.py"))
    code += (root / "data" / "dictionary.csv").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\|([^|]+)\|([^|]+)\|([^|]+)\|$", (root / "docs" / "glossary.md").read_text(encoding="utf-8"), re.M
    )
    assert len(rows) > 40
    for english, vietnamese, names in rows[2:]:
        assert english.strip() and vietnamese.strip()
        for name in re.findall(r"`([^`]+)`", names):
            assert re.search(rf"(?<![\w-]){re.escape(name.rpartition('.')[2])}(?![\w-])", code), name
