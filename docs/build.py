"""Writes the tables of odd.md from the code: ``python docs/build.py``; with ``--check`` it only compares."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from build_markdown import bounds, number, table
from build_plans import channels, events, ranges, regulation, switches
from build_words import NOT_DESCRIBED, STEPS

import cashless_sim.model.model as model
from cashless_sim.codes import Bill, Cause, Method
from cashless_sim.model.institutions import ACCEPTS
from cashless_sim.model.measures import MEASURES
from cashless_sim.model.outreach import OWNS
from cashless_sim.model.start import CASH_AT_START, QUINTILE
from cashless_sim.model.tables import ALL
from cashless_sim.population.columns import Column
from cashless_sim.population.synthesis import COLUMNS, LINKS
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.rules.rule import Rule

HERE = Path(__file__).resolve().parent
MARKER = re.compile(r"<!-- generated: ([\w-]+) -->\n.*?<!-- end -->", re.DOTALL)
LUCK = ("purpose", "uniforms", "uniform")


def rules() -> Iterator[type[Rule]]:
    """Yield the shipped rules in the order of the month."""
    return (rule_named(name) for name in ORDER)


def sentence(thing: Any) -> str:
    """Return the first line of a docstring."""
    return (inspect.getdoc(thing) or NOT_DESCRIBED).splitlines()[0]


def columns() -> str:
    """State variables: who writes them, how they are stored."""
    owners: dict[str, list[str]] = {}
    found: dict[str, Column] = {}
    meanings: dict[str, str] = {}
    written = {"synthesis": COLUMNS, "start": (model.CELL, QUINTILE), "outreach": OWNS}
    for owner, owned in {**written, **{rule.__name__: rule.owns for rule in rules()}}.items():
        for column in owned:
            owners.setdefault(column.name, []).append(owner)
            found.setdefault(column.name, column)
            meanings[column.name] = column.meaning
    rows = [
        (
            f"`{name}`",
            ", then ".join(owners[name]),
            _kind(c),
            c.unit,
            "yes" * bool(c.per),
            c.bytes or "–",
            meanings[name],
        )
        for name, c in found.items()
    ]
    total = sum(c.bytes for c in found.values())
    note = f"Stored: {total} bytes a household. – is a passing column: it lives while the month is worked out."
    return table(("name", "written by", "kind", "unit", "per bill", "bytes", "meaning"), rows) + "\n\n" + note


def _kind(column: Column) -> str:
    if isinstance(column.kind, type) and issubclass(column.kind, IntEnum):
        return f"code {column.kind.__name__}"
    return "yes/no" if column.kind is bool else str(column.kind.__metadata__[0])


def schedule() -> str:
    """What a month does, read from the model's own ``step``."""
    lines = []
    for number_, call in enumerate(_calls(model.CashlessModel.step), 1):
        lines.append(f"{number_}. {STEPS.get(call, f'`{call}`: ' + NOT_DESCRIBED)}")
        if call == "_rules.run":
            lines += [f"   {i}. `{rule.__name__}`: {sentence(rule)}" for i, rule in enumerate(rules(), 1)]
    return "\n".join(lines)


def _calls(method: Callable[..., Any]) -> Iterator[str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            called = ast.unparse(node.value.func)
            if called.startswith("self."):
                yield called.removeprefix("self.")


def parameters() -> str:
    """Every number of every rule."""
    rows = [
        (rule.__name__, f"`{p.name}`", number(p.default), bounds(p.plausible), p.unit, p.source, p.meaning)
        for rule in rules()
        for p in rule.parameters.values()
    ]
    return table(("rule", "parameter", "default", "plausible range", "unit", "source", "meaning"), rows)


def fixed_numbers() -> str:
    """Numbers that stand in the text of rules and their formulas: assumed, without a range."""
    rows = []
    for name in (*[rule.__module__ for rule in rules()], "cashless_sim.rules.bills", "cashless_sim.model.start"):
        tree = ast.parse(Path(sys.modules[name].__file__ or "").read_text(encoding="utf-8"))
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            found = dict.fromkeys(_with_numbers(function))
            rows += [(name.rpartition(".")[2], f"`{function.name}`", f"`{text}`") for text in found]
    return table(("file", "function", "expression"), rows)


def _with_numbers(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.BinOp | ast.Compare | ast.IfExp | ast.Call):
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, float) and part.value not in (0.0, 1.0):
                    yield " ".join(ast.unparse(node).split())
                    break


def draws() -> str:
    """Every use of luck, by the name of its stream."""
    own = [(rule.__name__, d) for rule in rules() for d in rule.draws]
    rows = [(f"`{rule}.{d.name}`", str(d.size), "once" if d.once else "each month", "rule") for rule, d in own]
    rows += [(f"`{name}`", "–", "", where) for name, where in sorted(_named_luck())]
    return table(("stream", "draws", "when", "where"), rows)


def _named_luck() -> set[tuple[str, str]]:
    package, found = HERE.parent / "cashless_sim", set()
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in LUCK:
                texts = [ast.unparse(a) for a in node.args if isinstance(a, ast.JoinedStr | ast.Constant)]
                names = [re.sub(r"^f?['\"]|['\"]$", "", text) for text in texts]
                found |= {(n, path.relative_to(package).as_posix()) for n in names if re.match(r"[a-z]+\.", n)}
    return found


def surroundings() -> str:
    """The tables that a rule reads as ``here.<name>``."""
    readers = {name: [r.__name__ for r in rules() if name in {t.name for t in r.reads}] for name in ALL}
    sizes = {t.name: " × ".join(str(len(p)) for p in t.per) or "1" for t in ALL.values()}
    rows = [
        (f"`here.{t.name}`", sizes[t.name], t.by or "everyone", t.unit, ", ".join(readers[t.name]), t.meaning)
        for t in ALL.values()
    ]
    return table(("table", "size", "whose", "unit", "read by", "meaning"), rows)


def measures() -> str:
    """What is reported each month."""
    return table(("measure", "unit", "meaning"), [(f"`{m.name}`", m.unit, m.meaning) for m in MEASURES])


def constants() -> str:
    """Numbers of organisations and of the start that no scenario file sets."""
    rows: list[tuple[Any, ...]] = []
    for bill, shares in CASH_AT_START.items():
        drawn = ", ".join(f"{m.name} {s:g}" for m, s in shares)
        rows.append((f"cash methods in June 2017, {Bill(bill).name}", drawn, "assumed"))
    for bill, since in ACCEPTS.items():
        dated = [f"{m.name} {first}" if first > "1970-01" else m.name for m, first in since.items()]
        rows.append((f"methods taken, {Bill(bill).name}, from", ", ".join(dated), "assumed before 2020"))
    for trait, weights in LINKS.items():
        linked = ", ".join(f"{n} {w:+g}" for n, w in weights.items())
        rows.append((f"score of `{trait}` at synthesis", linked, "assumed"))
    return table(("what", "value", "source"), rows)


def causes() -> str:
    """The fixed causes of the ledger; campaigns follow them."""
    return ", ".join(f"`{c.name}` {int(c)}" for c in Cause) + "; campaigns from 32."


def methods() -> str:
    """The payment methods and their codes."""
    return ", ".join(f"`{m.name}` {int(m)}" for m in Method) + "."


MAKERS = (
    *(methods, columns, schedule, draws, measures, causes, constants, events, ranges, regulation),
    *(surroundings, switches, parameters, fixed_numbers, channels),
)
TABLES: dict[str, Callable[[], str]] = {make.__name__.replace("_", "-"): make for make in MAKERS}


def rendered(text: str) -> str:
    """Return the document with every marked table made afresh; raise KeyError for an unknown marker."""
    return MARKER.sub(lambda m: f"<!-- generated: {m[1]} -->\n{TABLES[m[1]]()}\n<!-- end -->", text)


def main(arguments: Sequence[str]) -> int:
    """Rewrite odd.md, or only compare with ``--check``; return 1 when it had drifted and was not rewritten."""
    path = HERE / "odd.md"
    old = path.read_text(encoding="utf-8")
    new = rendered(old)
    if "--check" not in arguments:
        path.write_text(new, encoding="utf-8", newline="\n")
        return 0
    return int(new != old)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
