"""The examples hold together: their packages read, their rules are sound, their scenarios load, their tests pass."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PACKAGES = sorted(path.parent for path in EXAMPLES.glob("*/pyproject.toml"))


def named(package: Path) -> str:
    return package.name


@pytest.mark.parametrize("package", PACKAGES, ids=named)
def test_a_package_can_be_installed(package):
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["name"] == package.name
    assert "cashless-sim" in project["project"]["dependencies"]
    for folder in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert (package / folder / "__init__.py").is_file()
    assert (package / "README.md").is_file() and list((package / "tests").glob("test_*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("package", PACKAGES, ids=named)
def test_its_own_tests_pass(package):
    path = os.pathsep.join([str(package / "src"), str(EXAMPLES.parent)])
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(package), "tests"]
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=package, env=environment)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.parametrize("book", sorted(EXAMPLES.glob("*/*.ipynb")), ids=lambda path: path.name)
def test_a_notebook_is_whole(book):
    held = json.loads(book.read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in held["cells"] if cell["cell_type"] == "code"]
    assert code and all(ast.parse(each) for each in code)


def test_the_citation_and_the_metadata_say_the_same():
    root = EXAMPLES.parent
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    meta = json.loads((root / "codemeta.json").read_text(encoding="utf-8"))
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert meta["version"] == project["version"] and f"version: {project['version']}\n" in citation
    assert set(meta["softwareRequirements"]) == set(project["dependencies"])
    assert meta["programmingLanguage"]["version"] == project["requires-python"]
    assert meta["license"].endswith(f"/{project['license']}")
    assert all((root / meta[key]).is_file() for key in ("readme", "buildInstructions"))
