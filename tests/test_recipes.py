"""Every recipe runs: named blocks become files, Python runs from top to bottom, what is defined is used."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

RECIPES = Path(__file__).resolve().parents[1] / "docs" / "recipes"
PAGES = sorted(page.name for page in RECIPES.glob("*.md") if page.name != "README.md")
BLOCK = re.compile(r"^```(?P<kind>python|toml)(?: (?P<file>[\w./-]+))?\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of one's own that Python imports from; what was imported there is forgotten afterwards."""
    before = set(sys.modules)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "") or "").startswith(str(tmp_path)):
            del sys.modules[name]


@pytest.mark.parametrize("name", PAGES)
def test_a_recipe_runs(name, folder):
    page = (RECIPES / name).read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(page))
    assert any(found["file"] for found in blocks) or any("Path(" in found["code"] for found in blocks)
    names: dict[str, object] = {"__name__": "recipe"}
    for found in blocks:
        if found["file"]:
            (folder / found["file"]).write_text(found["code"], encoding="utf-8")
        else:
            line = page.count("\n", 0, found.start("code"))
            exec(compile("\n" * line + found["code"], str(RECIPES / name), "exec", dont_inherit=True), names)


def defined(code: str) -> list[str]:
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [node.name for node in ast.parse(code).body if isinstance(node, kinds)]


@pytest.mark.parametrize("name", PAGES)
def test_what_a_recipe_defines_is_used(name):
    page = (RECIPES / name).read_text(encoding="utf-8")
    code = [found["code"] for found in BLOCK.finditer(page)]
    shown = [one for found in BLOCK.finditer(page) if found["kind"] == "python" for one in defined(found["code"])]
    assert [one for one in shown if len(re.findall(rf"\b{one}\b", "\n".join(code))) < 2] == []


def test_the_index_names_every_page_and_every_link_leads_somewhere():
    for page in RECIPES.glob("*.md"):
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
    index = (RECIPES / "README.md").read_text(encoding="utf-8")
    assert [name for name in PAGES if f"({name})" not in index] == []
