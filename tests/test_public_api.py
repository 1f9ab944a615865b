"""What users may touch: the public names, the README's code and commands, and a light import."""

import importlib.util
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
