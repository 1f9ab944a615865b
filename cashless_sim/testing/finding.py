"""What a check of a rule found: one line a check, whether it holds, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cashless_sim.errors import UserError

OK, REFUSED, NOTE, SKIPPED = "ok", "refused", "note", "not tried"
CHECKS: Mapping[str, str] = {
    "defined": "is a rule about one household, whose text can be read",
    "owns": "writes its own columns only",
    "luck": "has no luck but its own, keyed by name",
    "outside": "sees nothing outside but constants and formulas",
    "meaning": "says what each number is, its unit and its source",
    "fits": "fits into the month",
    "speed": "compiles",
    "repeats": "does the same on the same luck, in any order of households",
    "bits": "compiled, gives the bits of its text",
    "chances": "holds luck against chances between 0 and 1",
    "ranges": "keeps shares between 0 and 1, and numbers finite",
    "rises": "rises and falls as it declares",
    "null": "changes nothing at its null values",
    "laws": "loses no household, bill or money in a whole month",
}
"""Each check and what holds when it is ``ok``, in the order of the report."""
WORDS: Mapping[str, str] = {
    "said": "{sentence}",
    "no-doc": "{what} says nothing of what it does: give it a docstring of one sentence",
    "reads-file": "its text cannot be read: write it in a file, not at a prompt",
    "calls": "calls {name}, whose text cannot be seen: mark it with @formula, or use u.<name> for luck",
    "holds": "sees {name}, {kind}: make it a parameter, a column, or a tuple of constants",
    "generator": "uses {name}, luck without a key: use u.<name>, a named draw",
    "no-meaning": "{what} has no {missing}: say it where it is declared",
    "no-unit": "{what} has no unit: annotate it, as in {name}: Share = parameter(…)",
    "source": "{what} has the source '{source}': give the key of a publication, or 'assumed'",
    "outside-range": "{what} is {value:g}, outside its plausible range {low:g} to {high:g}",
    "held": "{names} without a plausible range: held fixed where others are drawn",
    "table": "reads here.{name}, which nobody fills: take a table of cashless_sim.rules.surroundings",
    "slower": "runs {level}: {why}",
    "level": "{level}",
    "differs": "{what} differs {when}: household {id}, {one} and {other}",
    "same": "{months} months of {households} households",
    "chance": "holds u.{draw} against {value:g} (household {id}): keep it between 0 and 1, as in min(…, 1.0)",
    "chance-ends": "with all parameters at an end of their ranges, holds u.{draw} against {value:g} (household {id}), "
    "which counts as certain",
    "largest": "largest chance {value:.3g}, {count} comparisons",
    "no-chance": "no luck is held against a chance",
    "leaves": "{what} becomes {value} (household {id}): keep it between 0 and 1",
    "infinite": "{what} becomes {value} (household {id}): keep it finite",
    "columns": "{count} columns, at the ends of every parameter's range",
    "no-such": "declares that {column} moves with {cause}, which is not there: name a parameter, peers.<name> or "
    "here.<name>, and an own column",
    "against-rise": "{column} falls when {cause} goes from {low:g} to {high:g}: household {id}, {one} to {other}",
    "against-fall": "{column} rises when {cause} goes from {low:g} to {high:g}: household {id}, {one} to {other}",
    "moved": "{count} declared, {moved} of {households} households moved",
    "still": "{column} does not move with {cause} for any of {households} households: nothing was tested",
    "undeclared": "not declared",
    "null-moves": "{column} changes all the same: household {id}, {one} to {other}",
    "null-others": "column {column} of others changes when the rule is in the month",
    "raises": "raises {kind}: {said}",
    "earlier": "{check} was refused",
}
"""The sentences of findings, with their facts in braces."""


@dataclass(frozen=True)
class Finding:
    """One check: its name (of `CHECKS`), ``ok``, ``refused``, ``note`` or ``not tried``, where, and the facts.

    ``key`` names the sentence in `WORDS`; ``error`` is what the package itself raised, if that is what was found.
    """

    check: str
    status: str
    key: str = ""
    where: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    error: UserError | None = None

    def sentence(self) -> str:
        """Return what was found, in English, in one line."""
        if self.error is not None:
            text = str(self.error)
        else:
            text = WORDS[self.key].format(**self.facts) if self.key else CHECKS[self.check]
        return " ".join(f"{self.where + ': ' if self.where else ''}{text}".split())

    def __str__(self) -> str:
        """Return the line of a report."""
        return f"{self.status:<9}  {self.check:<8}  {self.sentence()}"


@dataclass(frozen=True)
class Report:
    """All findings about one rule, in the order of `CHECKS`."""

    rule: str
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was refused and everything was tried."""
        return not {REFUSED, SKIPPED} & {one.status for one in self.findings}

    def of(self, check: str) -> tuple[Finding, ...]:
        """Return the findings of one check."""
        return tuple(one for one in self.findings if one.check == check)

    @property
    def refused(self) -> tuple[str, ...]:
        """The checks that refused it."""
        return tuple(dict.fromkeys(one.check for one in self.findings if one.status == REFUSED))

    def __str__(self) -> str:
        """Return the whole report in English."""
        return "\n".join([self.rule, *map(str, self.findings)])


def ok(check: str, key: str = "", **facts: Any) -> Finding:
    """Return that a check holds."""
    return Finding(check, OK, key, "", facts)


def refused(check: str, key: str, where: str = "", **facts: Any) -> Finding:
    """Return that a check does not hold."""
    return Finding(check, REFUSED, key, where, facts)


def note(check: str, key: str, where: str = "", **facts: Any) -> Finding:
    """Return what is worth knowing and stops nothing."""
    return Finding(check, NOTE, key, where, facts)
