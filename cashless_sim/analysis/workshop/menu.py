"""What tables may choose from: each choice with its chips and the campaigns that it stands for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cashless_sim.analysis.evidence import weakest
from cashless_sim.data import folder
from cashless_sim.errors import BadValue, FileProblem, UnknownKey, UserError, nearest
from cashless_sim.experiment.writing import told
from cashless_sim.scenario.marked import mark_all
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.scenario.trust import refuse_code
from cashless_sim.units import month_number

MOST = 8
KEYS = {"chip": int, "budget": int, "base": str, "judged": str, "choices": list}
CHOICE = {
    "number": int,
    "name": str,
    "chips": int,
    "campaigns": list,
    **dict.fromkeys(("title", "title_vi", "detail", "detail_vi"), str),
}
BASELINE = "as-now"
"""Name of the scenario without any choice."""


@dataclass(frozen=True)
class Choice:
    """One line of the form: its number, what it costs in chips, and its campaigns as a scenario file has them."""

    number: int
    name: str
    chips: int
    title: str
    title_vi: str
    detail: str
    detail_vi: str
    campaigns: tuple[Mapping[str, Any], ...] = field(hash=False)

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels of outreach that it uses."""
        return tuple(dict.fromkeys(str(one["channel"]) for one in self.campaigns))

    @property
    def grade(self) -> str:
        """The weakest evidence among its channels, A to D."""
        return weakest(self.channels)


@dataclass(frozen=True)
class Menu:
    """The choices of a workshop: ``chip`` is VND, ``budget`` chips of a table, ``judged`` the month that counts."""

    chip: int
    budget: int
    base: str
    judged: str
    choices: tuple[Choice, ...]

    @cached_property
    def by_number(self) -> Mapping[int, Choice]:
        """The choices by the number on the form."""
        return {one.number: one for one in self.choices}

    @cached_property
    def baseline(self) -> Scenario:
        """The scenario as now, until the month judged."""
        return Scenario.load(self.base).with_(end=self.judged, name=BASELINE)


def shipped() -> Path:
    """Return the file of the choices that ship."""
    return folder() / "workshop" / "choices.toml"


def menu(file: str | Path | None = None) -> Menu:
    """Return the choices in a file, or those that ship; a base that is a file is looked for beside it.

    Raises `FileProblem`, `UnknownKey`, `BadValue`, also for code from outside that is not allowed, and what a scenario
    of all choices raises.
    """
    path = Path(file) if file is not None else shipped()
    try:
        with told(path, "a file of choices in TOML"):
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        expected = "a file of choices in TOML"
        raise FileProblem(path=str(path), problem=f"it is no TOML ({error})", expected=expected) from None
    _typed(tables, KEYS, path.name)
    choices = tuple(_choice(one, f"{path.name}: choice {number}") for number, one in enumerate(tables["choices"], 1))
    beside = path.parent / tables["base"]
    base = str(beside.resolve()) if beside.is_file() else tables["base"]
    made = Menu(tables["chip"], tables["budget"], base, tables["judged"], choices)
    _sound(made, path.name)
    return made


def _choice(table: Any, where: str) -> Choice:
    if not isinstance(table, dict):
        raise BadValue(where=where, what="choice", value=table, expected="a table")
    _typed(table, CHOICE, where)
    refuse_code(mark_all(table["campaigns"], where), None)
    campaigns = tuple(dict(one) for one in table["campaigns"])
    return Choice(**{**table, "campaigns": campaigns})


def _typed(table: Mapping[str, Any], kinds: Mapping[str, type], where: str) -> None:
    """Refuse a key that nothing reads, one that is missing, and a value of another type."""
    for key in table:
        if key not in kinds:
            raise UnknownKey(where=where, key=key, expected=", ".join(kinds), near=nearest(key, kinds))
    for key, kind in kinds.items():
        value = table.get(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise BadValue(where=where, what=f"key '{key}'", value=value, expected=f"a value of type {kind.__name__}")


def _sound(made: Menu, where: str) -> None:
    """Refuse too many choices, numbers that are not 1, 2, …, names used twice, prices that cannot be."""
    numbers = [one.number for one in made.choices]
    if numbers != list(range(1, len(numbers) + 1)) or not 1 <= len(numbers) <= MOST:
        raise BadValue(where=where, what="numbers of the choices", value=numbers, expected=f"1, 2, … at most {MOST}")
    names = [one.name for one in made.choices]
    for name in names:
        if names.count(name) > 1:
            raise BadValue(where=where, what="choice", value=name, expected="a name used once")
    prices = {
        "key 'chip'": made.chip,
        "key 'budget'": made.budget,
        **{f"chips of '{one.name}'": one.chips for one in made.choices},
    }
    for what, value in prices.items():
        if value < 1:
            raise BadValue(where=where, what=what, value=value, expected="a whole number of 1 or more")
    month_number(made.judged)
    _runnable(made, where)


def _runnable(made: Menu, where: str) -> None:
    """Build the scenario of all choices at once, so that a wrong campaign is found before the workshop."""
    try:
        added = [one for choice in made.choices for one in choice.campaigns]
        base = made.baseline
        base.with_({"campaigns": [*base.settings().campaigns, *added]})
    except UserError as error:
        raise type(error)(**{**error.facts, "where": where}) from None
