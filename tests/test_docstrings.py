"""Docstrings tell what their code does not show: the errors that are raised, the shape of arrays."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cashless_sim.errors as errors

ARRAY = re.compile(r"(NDArray\[.*\]|[FIU](32|64)|Rows)$")
SHAPED = re.compile(
    r"\[[a-z][\w +]*(, ?\w+)*\]|(for|of) each|each (value|row|draw)|like t|in their shape|which rows", re.IGNORECASE
)
CATCH_ALL = "UserError"


def functions(package: Path) -> Iterator[tuple[str, ast.FunctionDef, str]]:
    """Yield where, the syntax and the docstrings (own, class) of every public function and method."""
    for path in sorted(package.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            inside = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else [node]
            about = ast.get_docstring(node) or "" if isinstance(node, ast.ClassDef) else ""
            for each in inside:
                if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                    where = f"{path.relative_to(package).as_posix()}:{each.lineno}: {each.name}"
                    yield where, each, f"{ast.get_docstring(each) or ''}\n{about}"


@pytest.fixture(scope="module")
def public(root) -> list[tuple[str, ast.FunctionDef, str]]:
    return list(functions(root / "cashless_sim"))


def raised(function: ast.FunctionDef) -> set[str]:
    """Return the project's errors that leave a function, not those of functions inside it or caught on the spot."""
    found = set()
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(node, ast.Try) and any(ast.unparse(one.type or node) == "Exception" for one in node.handlers):
            continue
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
            found.add(node.exc.func.id)
        waiting += ast.iter_child_nodes(node)
    return {name for name in found if hasattr(errors, name)}


def untold(function: ast.FunctionDef, said: str) -> set[str]:
    return set() if CATCH_ALL in said else {name for name in raised(function) if name not in said}


def test_every_error_that_a_function_raises_is_in_its_docstring(public):
    assert len(public) > 700
    assert [(where, sorted(untold(each, said))) for where, each, said in public if untold(each, said)] == []


def test_every_array_that_a_function_returns_has_its_shape_in_its_docstring(public):
    arrays = [(where, said) for where, each, said in public if each.returns and ARRAY.match(ast.unparse(each.returns))]
    assert len(arrays) > 50
    assert [where for where, said in arrays if not SHAPED.search(said)] == []


def test_what_is_untold_is_seen(tmp_path):
    text = 'def f() -> F64:\n    """Return numbers."""\n    raise BadValue(what="x", value=1, expected="y")\n'
    (tmp_path / "one.py").write_text(text, encoding="utf-8")
    [(where, function, said)] = functions(tmp_path)
    assert where == "one.py:1: f" and untold(function, said) == {"BadValue"} and not SHAPED.search(said)
