"""The shipped rules by name, in the order of the month."""

from __future__ import annotations

from cashless_sim.errors import RuleProblem, UnknownName, nearest
from cashless_sim.outside import is_outside, named
from cashless_sim.rules.rule import Rule

ORDER = ("Turnover", "Access", "Awareness", "Consider", "Choose", "Pay", "Learn", "Occasions")


def rule_named(name: str) -> type[Rule]:
    """Return a shipped rule by its name, or one from outside by ``package.module:Name``.

    Raises `UnknownName` when there is none, `RuleProblem` when it is no rule.
    """
    if not is_outside(name) and name not in ORDER:
        raise UnknownName(what="rule", name=name, expected=", ".join(ORDER), near=nearest(name, ORDER))
    found = named("rule", name if is_outside(name) else f"cashless_sim.rules.{name.lower()}:{name}")
    if not (isinstance(found, type) and issubclass(found, Rule)):
        raise RuleProblem(rule=name, problem="is not a subclass of Rule", expected="a Rule")
    return found


def refuse_two_owners(rules: tuple[Rule, ...]) -> None:
    """Raise `RuleProblem` when two rules own one column."""
    owner: dict[str, str] = {}
    for rule in rules:
        for column in rule.owns:
            other = owner.setdefault(column.name, type(rule).__name__)
            if other != type(rule).__name__:
                raise RuleProblem(
                    rule=type(rule).__name__,
                    problem=f"owns '{column.name}', which {other} owns already",
                    expected="one owner for each column",
                    next="rename the column or leave one of the rules out",
                )
