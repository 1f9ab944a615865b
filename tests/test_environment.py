"""The files that say what to install agree: pyproject, environment.yml, the lock, the citation, .ci/run."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

EXTRAS_IN_CONDA = ("lab",)


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def conda_lists(text: str) -> tuple[list[str], list[str]]:
    """Return the conda lines and the pip lines of an environment file, comments left out."""
    conda, pip = [], []
    section = text.partition("dependencies:")[2]
    for line in section.splitlines():
        body = line.partition("#")[0].rstrip()
        if found := re.match(r"^( +)- (.+)$", body):
            (conda if len(found[1]) == 2 else pip).append(found[2])
    return [line for line in conda if line != "pip:"], pip


def specifiers(lines: list[str]) -> dict[str, str]:
    """Return name -> specifier, in one canonical order."""
    wanted = [Requirement(line) for line in lines]
    return {one.name.lower(): str(one.specifier) for one in wanted}


def test_conda_and_pyproject_agree(root, project):
    conda, pip = conda_lists((root / "environment.yml").read_text(encoding="utf-8"))
    ours = specifiers(project["dependencies"])
    for extra in EXTRAS_IN_CONDA:
        ours |= specifiers(project["optional-dependencies"][extra])
    theirs = specifiers(conda)
    assert theirs.pop("python") == project["requires-python"]
    assert theirs.pop("pip") == ""
    assert theirs == ours
    assert pip == ["-e ."]


def test_the_reader_of_environment_files_sees_every_line():
    text = "name: x\nchannels:\n  - y\ndependencies:\n  - a>=1  # why\n  - pip:\n      - -e .\n      - b\n"
    assert conda_lists(text) == (["a>=1"], ["-e .", "b"])


def locked(root: Path) -> list[Requirement]:
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line.strip()]


def test_the_lock_is_exact_and_names_no_source(root):
    assert locked(root)
    for one in locked(root):
        assert one.url is None
        assert [part.operator for part in one.specifier] == ["=="]


def test_the_lock_satisfies_the_project(root, project):
    versions: dict[str, list[Version]] = {}
    for one in locked(root):
        exact = next(iter(one.specifier)).version
        versions.setdefault(one.name.lower(), []).append(Version(exact))
    wanted = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]
    for one in map(Requirement, wanted):
        assert one.name.lower() in versions, one.name
        assert all(version in one.specifier for version in versions[one.name.lower()]), one.name


def test_mesa_keeps_its_bounds(project):
    mesa = specifiers(project["dependencies"])["mesa"]
    assert set(mesa.split(",")) == {">=3.3.1", "<4"}


def test_the_citation_names_the_version(root, project):
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {project['version']}\n" in citation
    assert f"\nlicense: {project['license']}\n" in citation


def test_ci_runs_the_readme_command(root):
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert """'python -m pip install -e ".[test]" && pytest'""" in script


def test_warnings_are_errors(root):
    tables = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tables["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    assert tables["mypy"]["strict"] is True
