"""What users may touch: the public names, the README's code and commands, and a light import."""

import ast
import importlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cashless_sim

RUN = "python -m pip install -e . && cashless-sim run"
TEST = 'python -m pip install -e ".[test]" && pytest'
HEAVY = ("matplotlib", "mesa", "numba", "numpy", "pandas", "pydantic", "rich", "scipy", "seaborn", "typer")
BLOCK = re.compile(r"^```python(?P<marks>[^\n]*)\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", cashless_sim.__all__)
def test_a_public_name_is_there(name):
    assert getattr(cashless_sim, name) is not None


def test_public_names_are_listed_once_and_described():
    described = re.findall(r"``(\w+)``", cashless_sim.__doc__)
    assert len(set(cashless_sim.__all__)) == len(cashless_sim.__all__)
    assert [name for name in cashless_sim.__all__ if name not in described] == []
    assert set(cashless_sim.__all__) <= set(dir(cashless_sim))


def test_figures_are_functions():
    assert callable(cashless_sim.plot.adoption)


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="cashless_sim.*'simulate'"):
        cashless_sim.simulate  # noqa: B018


def test_nothing_heavy_is_imported():
    code = f"import sys, cashless_sim; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_readme_names_the_two_commands(readme):
    assert RUN in readme.splitlines()
    assert TEST in readme.splitlines()


def test_readme_blocks_run(readme, root, tmp_path, monkeypatch):
    blocks = [found for found in BLOCK.finditer(readme) if "no-run" not in found["marks"]]
    assert blocks
    shutil.copytree(root / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "readme"}
    for found in blocks:
        line = readme.count("\n", 0, found.start("code"))
        code = "\n" * line + found["code"]  # so that a failure names the README's line
        exec(compile(code, str(root / "README.md"), "exec"), names)


def test_python_m_is_the_command_line(tmp_path):
    command = [sys.executable, "-m", "cashless_sim", "--help"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert "run" in done.stdout


def test_the_package_says_that_it_is_typed():
    where = importlib.util.find_spec("cashless_sim")
    assert where is not None
    assert (Path(str(where.origin)).parent / "py.typed").exists()


PACKAGES = ("cashless_sim", "cashless_sim.testing", "cashless_sim.theory", "cashless_sim.present.plot")
IMPORTED = re.compile(r"^\s*from cashless_sim import ([\w, ]+)$|^\s*from cashless_sim import \((.*?)\)", re.M | re.S)
USED = re.compile(r"\bcs\.(\w+)")


def shown(root: Path) -> dict[str, str]:
    """Return the code that readers are shown, by file: README, documents, notebooks, examples."""
    pages = [root / "README.md", *(root / "docs").rglob("*.md")]
    found = {
        str(page.relative_to(root)): "\n".join(m["code"] for m in BLOCK.finditer(page.read_text("utf-8")))
        for page in pages
    }
    for book in (*(root / "notebooks").glob("*.ipynb"), *(root / "examples").rglob("*.ipynb")):
        cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        found[str(book.relative_to(root))] = "\n".join(code)
    for file in (root / "examples").rglob("*.py"):
        found[str(file.relative_to(root))] = file.read_text(encoding="utf-8")
    return found


def named(code: str) -> set[str]:
    """Return the names of the package's root that a text takes: imported, or as ``cs.<name>``."""
    taken = {name.strip() for pair in IMPORTED.findall(code) for name in (pair[0] or pair[1]).split(",")}
    return {name.partition(" as ")[0] for name in taken if name} | set(USED.findall(code))


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_package_offers_is_there(package):
    module = importlib.import_module(package)
    offered = getattr(module, "__all__", [])
    assert package != "cashless_sim" or offered
    assert [name for name in offered if not hasattr(module, name)] == []


def test_every_public_name_that_is_shown_is_offered(root):
    offered = {*cashless_sim.__all__, "__version__", "errors"}
    wrong = {file: named(code) - offered for file, code in shown(root).items() if named(code) - offered}
    assert wrong == {}


def test_what_the_readme_defines_is_used_or_named_in_its_text(readme):
    code = "\n".join(found["code"] for found in BLOCK.finditer(readme))
    defined = [node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert defined and [name for name in defined if len(re.findall(rf"\b{name}\b", readme)) < 2] == []
