"""Breaks the code on purpose and asks whether a test notices: ``python tests/hard/mutate.py --target costs``.

One operator, number, comparison or name is changed at a time; a mutant that no test notices survives and is told with
its line. ``rules`` asks the frame of a small run instead, as the golden files do.
"""

from __future__ import annotations

import argparse
import ast
import copy
import hashlib
import importlib.abc
import importlib.machinery
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "hard"), str(ROOT / "tests" / "analysis"), str(ROOT / "tests"), str(ROOT)]
SECONDS = 120

COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
COMPARED |= {ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}
REVERSED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult}
COUNTED |= {ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}
NAMES = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "any": "all", "all": "any"}
NAMES |= {"sum": "max", "mean": "max", "cumsum": "cumprod", "exp": "log", "first": "last", "last": "first"}


@dataclass(frozen=True)
class Target:
    """What is broken, and which tests are to notice (none: the frame of a small run)."""

    files: tuple[str, ...]
    tests: tuple[str, ...] = ()
    forget: str = "cashless_sim"


RULES = ("access", "awareness", "choose", "consider", "learn", "occasions", "pay", "turnover", "bills", "reach")
TARGETS = {
    "observation": Target(
        ("cashless_sim/model/observation.py",), ("tests/hard/test_observation.py",), "cashless_sim.model.observation"
    ),
    "costs": Target(
        ("cashless_sim/analysis/costs.py",),
        ("tests/hard/test_costs_exact.py", "tests/analysis/test_costs.py"),
        "cashless_sim.analysis",
    ),
    "rules": Target(tuple(f"cashless_sim/rules/{name}.py" for name in RULES)),
}


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the line, what it was and has become, the whole new text."""

    file: str
    line: int
    told: str
    text: str


def mutants(file: str, text: str) -> Iterator[Mutant]:
    """Yield every mutant of a file, each with one change."""
    tree = ast.parse(text)
    spots = [node for node in ast.walk(tree) if hasattr(node, "lineno")]
    spared = _spared(tree)
    for number, node in enumerate(spots):
        if id(node) in spared:
            continue
        for change in _changes(node):
            twin = copy.deepcopy(tree)
            there = [one for one in ast.walk(twin) if hasattr(one, "lineno")][number]
            before = ast.unparse(there)
            change(there)
            after = ast.unparse(there)
            if before != after:
                yield Mutant(file, node.lineno, f"{before[:70]}  ->  {after[:70]}", ast.unparse(twin))


def _spared(tree: ast.Module) -> set[int]:
    """Return nodes that say nothing a test could ask: documentation, texts, types, refusals, tables of parameters."""
    found: set[int] = set()
    for node in ast.walk(tree):
        whole = isinstance(node, ast.Raise | ast.Import | ast.ImportFrom) or _is_declared(node)
        inside = [node] if whole else [*_types(node)]
        for part in inside:
            found |= {id(one) for one in ast.walk(part)}
    return found


def _is_declared(node: ast.AST) -> bool:
    """Whether this declares a parameter, a column or a draw: units, ranges and sources, held by other tests."""
    called = getattr(node, "value", None)
    name = getattr(getattr(called, "func", None), "id", "")
    owned = [getattr(one, "id", "") for one in getattr(node, "targets", ())]
    declared = isinstance(node, ast.AnnAssign | ast.Assign) and name == "parameter"
    return declared or (isinstance(node, ast.Assign) and bool({"owns", "draws", "peers"} & set(owned)))


def _types(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        if (found := getattr(node, name, None)) is not None:
            yield found


def _changes(node: ast.AST) -> Iterator[Callable[[Any], None]]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for table in (COMPARED, REVERSED):
            if type(node.ops[0]) in table:
                yield lambda one, table=table: setattr(one, "ops", [table[type(one.ops[0])]()])
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in COUNTED:
        yield lambda one: setattr(one, "op", COUNTED[type(one.op)]())
    elif isinstance(node, ast.BoolOp):
        yield lambda one: setattr(one, "op", ast.Or() if isinstance(one.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda one: setattr(one, "operand", ast.UnaryOp(ast.Not(), one.operand))
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda one: setattr(one, "value", not one.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield lambda one: setattr(one, "value", one.value + 1 if one.value != 1 else 0)
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield lambda one: setattr(one, "id", NAMES[one.id])
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield lambda one: setattr(one, "attr", NAMES[one.attr])


# -- asking the tests ------------------------------------------------------------------------------------------------
class Broken(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports one module from the text of a mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = mutant.file.removesuffix(".py").replace("/", ".")
        self.text, self.path = mutant.text, str(ROOT / mutant.file)

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name != self.name:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=self.path)

    def get_source(self, name: str) -> str:
        return self.text

    def exec_module(self, module: Any) -> None:
        module.__file__ = self.path
        import linecache

        lines = self.text.splitlines(keepends=True)
        linecache.cache[self.path] = (len(self.text), None, lines, self.path)
        exec(compile(self.text, self.path, "exec"), module.__dict__)


def noticed(mutant: Mutant, target: Target, usual: str) -> bool:
    """Return whether the tests fail, or the run differs, with the mutant in the place of the code."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        signal.alarm(SECONDS)
        code = 1
        try:
            for name in [one for one in sys.modules if one.startswith(target.forget)]:
                del sys.modules[name]
            sys.meta_path.insert(0, Broken(mutant))
            code = 0 if (_passed(target.tests) if target.tests else frame() == usual) else 1
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] != 0


def _passed(tests: Sequence[str]) -> bool:
    import pytest

    kept = {name: module for name, module in sys.modules.items() if name.startswith("test_")}
    for name in kept:
        del sys.modules[name]
    options = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]
    return pytest.main([*options, *(str(ROOT / one) for one in tests)]) == 0


def frame() -> str:
    """Return the hash of the frame of a small run, interpreted, in which everything dated happens."""
    from cashless_sim.experiment.version import crowded
    from cashless_sim.model.model import CashlessModel
    from cashless_sim.scenario.recipe import Scenario
    from cashless_sim.testing import few

    scenario = Scenario.load("hung-yen").with_(households=400)
    start = scenario.settings().start
    settings = crowded(scenario.settings(), start, start + 17)
    people = few(scenario.population(), 120)
    table = CashlessModel(settings, people, seed=1, threads=1, level="interpreted").run()
    return hashlib.sha256(table["value"].to_numpy("<f8").tobytes()).hexdigest()


def remembered() -> None:
    """Let runs that tests ask for be made once, before the code is broken."""
    import cashless_sim.experiment.ensemble as ensemble

    made: dict[str, Any] = {}
    usual = ensemble.run

    def run(scenarios: Any, *rest: Any, **more: Any) -> Any:
        named = [(one.name, one.hash) for one in (scenarios if isinstance(scenarios, list) else [scenarios])]
        key = repr((named, rest, sorted(more.items())))
        if key not in made:
            made[key] = usual(scenarios, *rest, **more)
        return made[key]

    ensemble.run = run


def main() -> int:
    """Break the targets and tell the score; return 0."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--target", choices=[*TARGETS, "all"], default="all")
    options.add_argument("--sample", type=int, help="mutants of each target, drawn at random (all)")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    for name, target in TARGETS.items():
        if given.target not in (name, "all"):
            continue
        found = [one for file in target.files for one in mutants(file, (ROOT / file).read_text(encoding="utf-8"))]
        chosen = found if given.sample is None else Random(given.seed).sample(found, min(given.sample, len(found)))
        usual = ""
        if target.tests:
            remembered()
            assert _passed(target.tests), "the tests fail before anything is broken"
        else:
            usual = frame()
        lived = [one for one in chosen if not noticed(one, target, usual)]
        print(
            f"{name}: {len(chosen) - len(lived)} of {len(chosen)} mutants noticed ({len(found)} there are)", flush=True
        )
        for one in lived:
            print(f"  survived {one.file}:{one.line}  {one.told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
