"""Imports go down the floors, each library has one landlord, and every file tells one story.

The checker reads the imports by their syntax; its own tests plant violations in small trees.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = "cashless_sim"
FLOORS = (
    ("errors", "units", "codes", "streams", "theory", "tables", "outside", "data"),
    ("population",),
    ("rules",),
    ("model",),
    ("scenario",),
    ("experiment", "testing"),
    ("calibration", "analysis"),
    ("present",),
)
FLOOR_OF = {unit: number for number, units in enumerate(FLOORS, start=1) for unit in units}
LANDLORDS = {
    "babel": {"present"},
    "dask": {"experiment"},
    "IPython": {"present"},
    "ipywidgets": {"present"},
    "jinja2": {"present"},
    "joblib": {"experiment"},
    "llvmlite": {"rules"},
    "matplotlib": {"present"},
    "mesa": {"model"},
    "networkx": set(),  # declared for Mesa's sake; ties are compressed rows
    "numba": {"population", "rules"},
    "openpyxl": {"present"},
    "docx": {"present"},
    "pptx": {"present"},
    "SALib": {"analysis"},
    "xlsxwriter": {"present"},
    "pydantic": {*FLOORS[0], "scenario"},
    "random": {"model"},  # Mesa's sets carry one; no draw of ours comes from it
    "rich": {"present"},
    "scipy": {*FLOORS[0], "population", "experiment", "calibration", "analysis"},
    "seaborn": {"present"},
    "sqlite3": {"experiment"},
    "typer": {"present"},
}
IMPORTED_AS = {"ipython": "IPython", "python-docx": "docx", "python-pptx": "pptx", "salib": "SALib"}
CHANCE = "streams"
NO_NOUN = {"common", "helper", "helpers", "manager", "misc", "tools", "util", "utils"}
LONGEST = 400
VIETNAMESE_WORD = re.compile(r"\w*[ăĂđĐơƠưƯ\u1ea0-\u1ef9]\w*")


@dataclass(frozen=True)
class Import:
    """One imported module, where it stands, and whether only type checkers see it."""

    line: int
    target: str
    names: tuple[str, ...]
    typing_only: bool


@dataclass(frozen=True)
class Module:
    """One file of the package: ``rules.access``, its syntax and its imports."""

    path: Path
    name: str
    text: str
    tree: ast.Module
    imports: tuple[Import, ...]

    @property
    def unit(self) -> str:
        """The folder, or the file that stands for itself at the top."""
        return self.name.split(".")[0]


def read_package(package: Path) -> list[Module]:
    """Return the modules of a package folder; the root's own two files come as ``__init__``, ``__main__``."""
    modules = []
    for path in sorted(package.rglob("*.py")):
        if "_shipped" in path.parts:
            continue
        parts = path.relative_to(package).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        modules.append(Module(path, name, text, tree, tuple(read_imports(tree, parts))))
    return modules


def read_imports(tree: ast.Module, parts: tuple[str, ...]) -> Iterator[Import]:
    """Yield every import of a file, wherever it stands, with relative ones made whole."""
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        hidden = id(node) in typing_only
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, alias.name, (), hidden)
        elif isinstance(node, ast.ImportFrom):
            above = [PACKAGE, *parts][: len(parts) + 1 - node.level] if node.level else []
            target = ".".join([*above, *([node.module] if node.module else [])])
            yield Import(node.lineno, target, tuple(alias.name for alias in node.names), hidden)
        elif (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).split(".")[-1] == "import_module"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield Import(node.lineno, str(node.args[0].value), (), hidden)


def inside(modules: list[Module]) -> Iterator[tuple[Module, Import, str]]:
    """Yield each import of one module of the package by another: importer, import, name of the imported."""
    known = {module.name for module in modules}
    for module in modules:
        if module.name == "__init__":
            continue
        for found in module.imports:
            if found.target.split(".")[0] != PACKAGE:
                continue
            base = found.target.removeprefix(PACKAGE).removeprefix(".")
            for name in found.names or ("",):
                whole = f"{base}.{name}" if base and name else base or name
                yield module, found, whole if whole in known else base


def wrong_directions(modules: list[Module]) -> Iterator[str]:
    """Yield imports of the root, upwards, sideways, and of a folder instead of a file."""
    folders = {module.unit for module in modules if "." in module.name}
    for module, found, target in inside(modules):
        at = f"{module.path.name}:{found.line}: {module.name} imports"
        if found.target == PACKAGE:
            yield f"{at} the package root; import from the file where the thing lives"
            continue
        unit = target.split(".")[0]
        if unit not in FLOOR_OF:
            yield f"{at} {target}, which has no floor"
        elif module.name == "__main__" or unit == module.unit:
            continue
        elif FLOOR_OF[unit] > FLOOR_OF.get(module.unit, 0):
            yield f"{at} {target}, a higher floor"
        elif FLOOR_OF[unit] == FLOOR_OF[module.unit] != 1:
            yield f"{at} {target}, its neighbour on the same floor"
        elif target == unit and unit in folders:
            yield f"{at} the folder {unit}; import from the file where the thing lives"


def floorless(modules: list[Module]) -> Iterator[str]:
    """Yield files and folders that stand on no floor."""
    for module in modules:
        if module.unit not in FLOOR_OF and module.name not in ("__init__", "__main__"):
            yield f"{module.name} stands on no floor"


def rings(modules: list[Module]) -> Iterator[str]:
    """Yield modules that import themselves by way of others; late imports count, type-only ones do not."""
    graph: dict[str, set[str]] = {module.name: set() for module in modules}
    for module, found, target in inside(modules):
        if not found.typing_only and target in graph and target != module.name:
            graph[module.name].add(target)
    for start in graph:
        reached: set[str] = set()
        ahead = list(graph[start])
        while ahead:
            name = ahead.pop()
            if name not in reached:
                reached.add(name)
                ahead.extend(graph[name])
        if start in reached:
            yield f"{start} is on a ring with {', '.join(sorted(reached - {start}))}"


def trespasses(modules: list[Module]) -> Iterator[str]:
    """Yield outside libraries imported away from their landlord, and luck made outside `streams`."""
    for module in modules:
        for found in module.imports:
            library = found.target.split(".")[0]
            if library in LANDLORDS and module.unit not in LANDLORDS[library]:
                yield f"{module.name}:{found.line} imports {library}, which lives in {LANDLORDS[library]}"
        if module.name == CHANCE:
            continue
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Attribute)
                and ast.unparse(node.value) in ("np.random", "numpy.random")
                and node.attr != "Generator"  # a type that Mesa's signatures name
            ):
                yield f"{module.name}:{node.lineno} calls np.random; luck comes from {CHANCE}.py"


def undeclared(modules: list[Module], declared: set[str]) -> Iterator[str]:
    """Yield outside libraries that the project does not declare."""
    for module in modules:
        for found in module.imports:
            library = found.target.split(".")[0]
            if library not in {*sys.stdlib_module_names, PACKAGE, *declared}:
                yield f"{module.name}:{found.line} imports {library}, which pyproject.toml does not declare"


def foreign_words(modules: list[Module]) -> Iterator[str]:
    """Yield Vietnamese words outside ``present/``; single letters (for folding diacritics) are no words."""
    for module in modules:
        if module.unit == "present":
            continue
        for number, line in enumerate(module.text.splitlines(), start=1):
            for word in VIETNAMESE_WORD.findall(line):
                if len(word) > 1:
                    yield f"{module.name}:{number} says '{word}'; readers are spoken to from present/"


def shapeless(modules: list[Module]) -> Iterator[str]:
    """Yield files that are too long to tell one story, tell none, or are named after no noun."""
    for module in modules:
        length = module.text.count("\n")
        if length > LONGEST:
            yield f"{module.name} has {length} lines; {LONGEST} is the most"
        if set(module.name.split(".")) & NO_NOUN:
            yield f"{module.name}: a noun is missing"
        if module.text.strip() and not ast.get_docstring(module.tree):
            yield f"{module.name} does not say in a docstring what it is"


CHECKS = (wrong_directions, floorless, rings, trespasses, foreign_words, shapeless)


@pytest.fixture(scope="module")
def modules(root: Path) -> list[Module]:
    return read_package(root / PACKAGE)


@pytest.mark.parametrize("check", CHECKS)
def test_the_package_keeps_the_rule(check, modules):
    assert list(check(modules)) == []


def test_every_library_is_declared(root, modules):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["analysis"], *extras["lab"], *extras["office"]]
    declared = {re.split(r"[^\w-]", line)[0] for line in wanted}
    assert list(undeclared(modules, {IMPORTED_AS.get(name, name) for name in declared})) == []


PLANTED = {
    "upwards": (wrong_directions, {"units.py": "from cashless_sim.model.model import M"}),
    "upwards, late": (wrong_directions, {"units.py": "def f():\n    import cashless_sim.rules.rule"}),
    "upwards, by name": (
        wrong_directions,
        {"units.py": "import importlib\nx = importlib.import_module('cashless_sim.model.model')"},
    ),
    "sideways": (wrong_directions, {"analysis/costs.py": "from cashless_sim.calibration.infer import fit"}),
    "root": (wrong_directions, {"model/world.py": "from cashless_sim import units"}),
    "root, plain": (wrong_directions, {"model/world.py": "import cashless_sim"}),
    "root, relative": (wrong_directions, {"data.py": "from . import units"}),
    "upwards, relative": (wrong_directions, {"rules/rule.py": "from ..model import model"}),
    "folder": (
        wrong_directions,
        {"model/world.py": "from cashless_sim.rules import Rule", "rules/rule.py": ""},
    ),
    "no floor": (floorless, {"attic.py": ""}),
    "ring": (
        rings,
        {
            "rules/rule.py": "from cashless_sim.rules.access import Access",
            "rules/access.py": "def f():\n    from cashless_sim.rules.rule import Rule",
        },
    ),
    "ring of three": (
        rings,
        {
            "model/model.py": "import cashless_sim.model.world",
            "model/world.py": "from cashless_sim.model import ledger",
            "model/ledger.py": "from . import model",
        },
    ),
    "mesa": (trespasses, {"rules/rule.py": "import mesa"}),
    "numba": (trespasses, {"model/model.py": "from numba import njit"}),
    "seaborn": (trespasses, {"analysis/compare.py": "import seaborn as sns"}),
    "pydantic": (trespasses, {"model/settings.py": "from pydantic import BaseModel"}),
    "chance": (trespasses, {"model/model.py": "import numpy as np\nx = np.random.default_rng(1)"}),
    "chance of the library": (trespasses, {"rules/rule.py": "import random"}),
    "words": (foreign_words, {"errors.py": '"""Kh\u00f4ng t\u00ecm th\u1ea5y."""'}),
    "long": (shapeless, {"errors.py": '"""Long."""\n' + "x = 1\n" * LONGEST}),
    "no noun": (shapeless, {"rules/utils.py": '"""Odds and ends."""'}),
    "silent": (shapeless, {"rules/rule.py": "x = 1"}),
}
SOUND = {
    "__init__.py": '"""Root."""\nfrom cashless_sim.present.plot.adoption import adoption',
    "__main__.py": '"""Main."""\nfrom cashless_sim.present.plot.adoption import adoption',
    "errors.py": '"""Errors."""\nfolded = "\u0111"',
    "data.py": '"""Data."""\nimport pydantic\nfrom cashless_sim.errors import E',
    "rules/__init__.py": "",
    "rules/rule.py": '"""Rule."""\nfrom numba import njit\nfrom cashless_sim.rules import maths',
    "rules/maths.py": '"""Maths."""\nfrom typing import TYPE_CHECKING\n'
    "if TYPE_CHECKING:\n    from cashless_sim.rules.rule import Rule",
    "model/world.py": '"""World."""\nimport mesa\nfrom cashless_sim.rules import rule\nfrom . import ledger',
    "model/ledger.py": '"""Ledger."""\nimport numpy as np\nkind = np.random.Generator',
    "present/plot/adoption.py": '"""Adoption, th\u1ea5y."""\nimport seaborn',
}


def plant(folder: Path, files: dict[str, str]) -> list[Module]:
    for name, text in files.items():
        path = folder / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_package(folder / PACKAGE)


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_violation_is_found(case, tmp_path):
    check, files = PLANTED[case]
    assert len(list(check(plant(tmp_path, files)))) >= 1


@pytest.mark.parametrize("check", CHECKS)
def test_a_sound_tree_passes(check, tmp_path):
    assert list(check(plant(tmp_path, SOUND))) == []


def test_an_undeclared_library_is_found(tmp_path):
    modules = plant(tmp_path, {"data.py": "import polars\nimport numpy\nimport json"})
    assert list(undeclared(modules, {"numpy"})) == ["data:1 imports polars, which pyproject.toml does not declare"]
