"""Each refusal of the check of a rule, once; ``python tests/test_refusals.py`` writes them into the recipe."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from test_check_rule import (
    AT_THE_DOOR,
    Contrary,
    Meddles,
    Overflows,
    Pay1,
    Remembers,
    Sequential,
    Silent,
    Slow,
    Stumbles,
    Sure,
    TwoOwners,
    flag,
)

from cashless_sim.rules.rule import Rule
from cashless_sim.testing import CHECKS, check_rule

PAGE = Path(__file__).resolve().parents[1] / "docs" / "recipes" / "write_a_rule.md"
TABLE = re.compile(r"<!-- refusals -->\n(.*?)<!-- end -->", re.DOTALL)
HEAD = "| check | what is written | what is said |\n|---|---|---|\n"


class Swapped(Rule):
    """Does another thing than its text says."""

    owns = (flag("out"),)

    def household(self, h, peers, here, u):
        """Say yes to the old."""
        h.out = h.age > 60.0


def swapped(self: Any, h: Any, peers: Any, here: Any, u: Any) -> None:
    """Say yes to the young."""
    h.out = h.age <= 60.0


Swapped.household = swapped
LOST = type("Pay", (Pay1,), {"__doc__": "Loses money.", "__module__": "test_check_rule"})
AT_RUN = {
    "meaning": ('`pull: Share = parameter(0.9, …, source="someone told me")`', Silent, "meaning"),
    "fits": ("`h.out = h.trsut > 0.5`", TwoOwners, "fits"),
    "speed": ("`while n > h.age:` (a note: it runs, slowly)", Slow, "speed"),
    "repeats": ("`COUNTER.next()`, a count that passes for a formula", Sequential, "repeats"),
    "bits": ("`household` replaced by another function after the class was made", Swapped, "bits"),
    "chances": ("`u.acts < self.rate * (0.5 + h.trust)`, rate 1.5", Sure, "chances"),
    "ranges": ("`h.swollen += self.by`, a share", Overflows, "ranges"),
    "rises": ('`rises = {"push": "level"}` of what falls', Contrary, "rises"),
    "null": ('`null = {"push": 0.0}` of what changes all the same', Contrary, "null"),
    "null, others": ("`settled(h)`, an ordinary function that writes `h.trust`", Meddles, "null"),
    "laws": ("`h.paid[0] = 0.0` where it was paid", LOST, "laws"),
    "laws, raised": ("`h.method[7]`, of three bills", Stumbles, "laws"),
    "outside": ("`SEEN.append(1)`, a list of the module", Remembers, "outside"),
}
DOOR = ("defined", "owns", "luck")


def at_the_door(name: str, folder: Path) -> str:
    """Return what is said of a rule whose definition is refused."""
    line, _ = AT_THE_DOOR[name]
    text = f'''import math, random
from cashless_sim import Column, Rule

class Faulty(Rule):
    """Breaks a rule of rules."""
    owns = (Column("out", bool, "yes/no", "what came out"),)
    def household(self, h, peers, here, u):
        """Break it."""
        {line}
'''
    (folder / f"shown_{name}.py").write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        [one] = check_rule(f"shown_{name}:Faulty", only=(name,)).findings
    finally:
        sys.path.remove(str(folder))
    assert one.status == "refused" and one.check == name
    return one.sentence()


def at_run(name: str) -> str:
    """Return what is said of a rule that is refused, or noted, when it is looked at or run."""
    _, rule, check = AT_RUN[name]
    found = [one for one in check_rule(rule, only=(check,)).of(check) if one.status in ("refused", "note")]
    assert found and (found[0].status == "refused") == (name != "speed")
    wanted = [one for one in found if "someone told me" in one.sentence()] or found
    return wanted[0].sentence()


def row(name: str, folder: Path) -> str:
    """Return the row of one refusal, without the place in this file."""
    shown, said = (
        (f"`{AT_THE_DOOR[name][0]}`", at_the_door(name, folder)) if name in DOOR else (AT_RUN[name][0], at_run(name))
    )
    said = re.sub(r"\b[\w-]+\.py:\d+: ", "", said)
    return f"| `{name.partition(',')[0]}` | {shown} | {said} |".replace("||", "|")


ROWS = sorted((*DOOR, *AT_RUN), key=lambda name: list(CHECKS).index(name.partition(",")[0]))


@pytest.mark.parametrize("name", ROWS)
def test_the_recipe_shows_what_is_said(name, tmp_path):
    shown = TABLE.search(PAGE.read_text(encoding="utf-8"))
    assert shown and row(name, tmp_path) in shown[1].splitlines(), "run `python tests/test_refusals.py`"


def test_every_check_is_shown():
    assert {name.partition(",")[0] for name in ROWS} == set(CHECKS)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        lines = [row(name, Path(made)) for name in ROWS]
    page = PAGE.read_text(encoding="utf-8")
    new = "<!-- refusals -->\n" + HEAD + "\n".join(lines) + "\n<!-- end -->"
    PAGE.write_text(TABLE.sub(lambda _: new, page), encoding="utf-8")
