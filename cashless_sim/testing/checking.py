"""Checks a rule, from its text to a whole month, and says what was found line by line."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cashless_sim.errors import BadValue, BrokenLaw, CashlessError, RuleProblem, nearest
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.tables import ALL
from cashless_sim.rules.catalogue import rule_named
from cashless_sim.rules.rule import Rule
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.testing.dynamic import bits, chances_and_ranges, null, repeats, rises
from cashless_sim.testing.finding import CHECKS, REFUSED, SKIPPED, Finding, Report, ok, refused
from cashless_sim.testing.ground import MONTHS, Alone, Ground, ground, open_rule
from cashless_sim.testing.reading import meaning, seen_outside

STATIC = ("defined", "owns", "luck", "outside", "meaning")


def check_rule(
    rule: str | type[Rule] | Rule, scenario: str | Scenario = "hung-yen", only: Sequence[str] = ()
) -> Report:
    """Return what was found about a rule: a class, one with its values, or ``package.module:Name``.

    It is put into the month of ``scenario``: in the place of the rules whose columns it owns, else at the end. ``only``
    names the checks to try (all of `CHECKS` by default). Raises `UnknownName` for a rule that is not there, `BadValue`
    for a check that is not, and what scenarios raise.
    """
    for name in only:
        if name not in CHECKS:
            raise BadValue(what="only", value=name, expected=", ".join(CHECKS), near=nearest(name, CHECKS))
    named = rule if isinstance(rule, str) else (rule if isinstance(rule, type) else type(rule)).__name__
    try:
        found = _found(rule)
        findings = [*_static(found), *_running(found, scenario, set(only))]
    except RuleProblem as error:
        findings = [Finding(_kind(error), REFUSED, error=error)]
    wanted = only or tuple(CHECKS)
    refusing = next((one.check for one in findings if one.status == REFUSED), "")
    for name in CHECKS:
        if name not in {one.check for one in findings} and refusing:
            findings.append(Finding(name, SKIPPED, "earlier", facts={"check": refusing}))
    order = list(CHECKS)
    return Report(named, tuple(sorted((f for f in findings if f.check in wanted), key=lambda f: order.index(f.check))))


def _found(rule: str | type[Rule] | Rule) -> Rule:
    """Return the rule with its values; raise `UnknownName`, `RuleProblem`."""
    if isinstance(rule, Rule):
        return rule
    if isinstance(rule, type):
        return rule()
    return rule_named(rule)()


def _kind(error: RuleProblem) -> str:
    """Return which check a refusal at the definition belongs to."""
    problem, expected = str(error.facts.get("problem", "")), str(error.facts.get("expected", ""))
    if "u.<name>" in expected:
        return "luck"
    if problem.startswith(("writes", "gives", "calls setattr", "calls delattr", "its formula")):
        return "owns"
    if problem.startswith(("uses", "reaches")):
        return "outside"
    return "defined"


def _static(rule: Rule) -> Iterator[Finding]:
    kind = type(rule)
    if not hasattr(kind, "text"):
        kind.household(rule, None, None, None, None)
    if kind.text.tree is None:
        yield refused("defined", "reads-file")
        return
    yield ok("defined")
    yield ok("owns")
    yield from seen_outside(kind)
    yield from meaning(kind)


def _running(rule: Rule, scenario: str | Scenario, only: set[str]) -> Iterator[Finding]:
    """Put the rule into a month and run it; what cannot be is said, what raises is shown with its line."""
    if only and only <= set(STATIC) or type(rule).text.tree is None:
        return
    try:
        strange = [table.name for table in rule.reads if ALL.get(table.name) != table]
        where = ground(rule, scenario)
        model = where.model()
    except RuleProblem as error:
        yield Finding("fits", REFUSED, error=error)
        return
    if strange:
        yield refused("fits", "table", name=strange[0])
        return
    yield ok("fits")
    laws = list(_guarded("laws", rule, lambda: _lived(model)))
    opened = open_rule(rule)
    alone = Alone(model, rule)
    tries: dict[str, Callable[[], Iterator[Finding]]] = {
        "repeats": lambda: repeats(alone, opened),
        "bits": lambda: bits(alone, opened),
        "ranges": lambda: chances_and_ranges(alone, opened, os.path.basename(type(rule).text.file)),
        "rises": lambda: rises(alone, opened),
        "null": lambda: null(alone, opened, *_whole(where)),
    }
    together = {"bits": {"bits", "speed"}, "ranges": {"ranges", "chances"}}
    for name, trial in tries.items():
        if not only or only & together.get(name, {name}):
            yield from _guarded(name, rule, trial)
    yield from laws


def _lived(model: CashlessModel) -> Iterator[Finding]:
    model.run(MONTHS)
    yield ok("laws", "same", months=MONTHS, households=len(model.ids))


def _whole(where: Ground) -> tuple[Any, Any]:
    """Return what runs a whole month without the rule, and with it at null values; nothing for one that replaces."""
    if not where.added:
        return None, None
    others = tuple(rule for rule in where.settings.rules if rule is not where.rule)

    def lived(rules: tuple[Rule, ...]) -> CashlessModel:
        model = where.model(rules)
        model.run(MONTHS)
        return model

    kind = type(where.rule)
    return lambda: lived(others), lambda still: lived((*others, kind(**still.values)))


def _guarded(check: str, rule: Rule, trial: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield what a trial finds, and what it raises as a refusal with the rule's own line."""
    try:
        yield from trial()
    except BrokenLaw as error:
        yield refused(check, "said", sentence=str(error))
    except CashlessError:
        raise
    except Exception as error:
        file = type(rule).text.file
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
        at = f"{os.path.basename(file)}:{lines[-1]}" if lines else ""
        yield refused(check, "raises", at, kind=type(error).__name__, said=str(error))
