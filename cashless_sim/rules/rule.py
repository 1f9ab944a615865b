"""What a rule is: one stage of a household's month, written for one household."""

from __future__ import annotations

import ast
import inspect
import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, get_type_hints

import numpy as np

from cashless_sim.errors import BadValue, RuleProblem, UnknownKey, nearest
from cashless_sim.population.columns import Column
from cashless_sim.rules.reading import Text, check_text

__all__ = ["Column", "CountOf", "Draw", "Parameter", "Rule", "ShareOf", "Table", "parameter"]


@dataclass(frozen=True)
class Draw:
    """Luck of one purpose: one uniform in (0, 1), or one for each combination of ``per``.

    ``once`` draws are the same in every month: a fixed trait of the household.
    """

    name: str
    per: tuple[tuple[int, ...], ...] = ()
    once: bool = False

    @property
    def size(self) -> int:
        """Number of uniforms."""
        return math.prod(len(p) for p in self.per)


@dataclass(frozen=True)
class CountOf:
    """How many contacts had ``where`` (a yes/no column) true at the end of last month."""

    name: str
    where: str


@dataclass(frozen=True)
class ShareOf:
    """The share of contacts that had ``where`` true at the end of last month; 0 without contacts."""

    name: str
    where: str


OWN_INDEX = ("cell", "touch")
"""What a table may be ``by`` besides a column: the household's cell, and what campaigns did to it this month."""


@dataclass(frozen=True)
class Table:
    """A number of the household's surroundings: ``here.<name>[...]``.

    ``by`` says whose: ``"cell"`` (place × urban), ``"bank"``, ``"provider"``, or ``""`` for everyone.
    """

    name: str
    per: tuple[tuple[int, ...], ...] = ()
    by: str = ""
    unit: str = ""
    meaning: str = ""

    @property
    def size(self) -> int:
        """Count of numbers for one cell, bank or provider."""
        return math.prod(len(p) for p in self.per)


@dataclass(frozen=True)
class Parameter:
    """A number of a rule: default, meaning, plausible range, unit and source, declared once."""

    default: Any
    meaning: str
    plausible: tuple[float, float] | None
    source: str
    unit: str = ""
    per: tuple[int, ...] = ()
    name: str = field(default="", compare=False)

    def checked(self, value: Any, owner: str) -> Any:
        """Return a value as float32 (a tuple of them with ``per``); raise `BadValue`."""
        what = f"{owner}.{self.name}"
        if self.per:
            values = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
            if len(values) != len(self.per):
                raise BadValue(what=what, value=value, expected=f"{len(self.per)} numbers")
            return tuple(self._number(v, what) for v in values)
        return self._number(value, what)

    def _number(self, value: Any, what: str) -> np.float32:
        if not isinstance(value, int | float | np.floating | np.integer):
            raise BadValue(what=what, value=value, expected=f"a number ({self.unit or 'no unit'})")
        number = float(value)
        lowest, highest = (0.0, 1.0) if self.unit == "share" else (-1e30, 1e30)
        if not lowest <= number <= highest:
            expected = "a share in [0, 1]" if self.unit == "share" else "a finite number"
            raise BadValue(what=what, value=value, expected=expected)
        return np.float32(number)


def parameter(
    default: Any,
    meaning: str,
    *,
    plausible: tuple[float, float] | None = None,
    source: str,
    per: tuple[int, ...] = (),
) -> Any:
    """Declare a number of a rule; its type annotation gives the unit."""
    return Parameter(default, meaning, plausible, source, per=per)


_UNITS = {"share in [0, 1]": "share"}


class Rule:
    """One stage of a household's month.

    A subclass declares ``owns`` (columns it writes), ``draws``, ``peers`` and ``reads``, its parameters, and
    ``household(self, h, peers, here, u)`` about one household. It may read every column and writes only its own.
    For `cashless_sim.testing.check_rule` it may declare ``rises`` and ``falls`` (own columns by the parameter,
    ``peers.<name>`` or ``here.<name>`` that moves them) and ``null`` (values at which it does nothing).
    Raises `RuleProblem` when the text breaks that, naming file and line.
    """

    owns: ClassVar[tuple[Column, ...]] = ()
    draws: ClassVar[tuple[Draw, ...]] = ()
    peers: ClassVar[tuple[CountOf | ShareOf, ...]] = ()
    reads: ClassVar[tuple[Table, ...]] = ()
    parameters: ClassVar[Mapping[str, Parameter]] = {}
    rises: ClassVar[Mapping[str, str | tuple[str, ...]]] = {}
    falls: ClassVar[Mapping[str, str | tuple[str, ...]]] = {}
    null: ClassVar[Mapping[str, float]] = {}
    text: ClassVar[Text]

    def __init_subclass__(cls) -> None:
        """Collect the parameters and check the text."""
        super().__init_subclass__()
        hints = _hints(cls)
        found = dict(cls.parameters)
        for name, value in list(vars(cls).items()):
            if isinstance(value, Parameter):
                unit = getattr(hints.get(name), "__metadata__", ("",))[0]
                unit = _UNITS.get(unit, unit)
                found[name] = Parameter(
                    value.default, value.meaning, value.plausible, value.source, unit, value.per, name
                )
        cls.parameters = found
        _refuse_gaps(cls)
        if "household" in vars(cls):
            cls.text = _text_of(cls)
            implied = check_text(cls.__name__, cls.text, cls._names())
            cls.draws = (*cls.draws, *(Draw(name) for name in implied))

    def __init__(self, **values: Any) -> None:
        """Take parameter values by name; raise `UnknownKey` or `BadValue`."""
        for name in values:
            if name not in self.parameters:
                raise UnknownKey(
                    key=f"{type(self).__name__}.{name}",
                    expected=", ".join(self.parameters) or "no parameters",
                    near=nearest(name, self.parameters),
                )
        self.values = {
            name: declared.checked(values.get(name, declared.default), type(self).__name__)
            for name, declared in self.parameters.items()
        }
        for name, value in self.values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse to change a parameter of a rule that is made; raise `BadValue`."""
        if name in self.parameters:
            raise BadValue(
                what=f"{type(self).__name__}.{name}",
                value=value,
                expected="no change to a rule that is made",
                next=f"make a new one: rule.with_({name}=…)",
            )
        object.__setattr__(self, name, value)

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Work out this stage for one household."""
        raise RuleProblem(rule=type(self).__name__, problem="has no household method", expected="one")

    @classmethod
    def _names(cls) -> dict[str, set[str]]:
        return {
            "owns": {c.name for c in cls.owns},
            "draws": {d.name for d in cls.draws},
            "peers": {p.name for p in cls.peers},
            "reads": {t.name for t in cls.reads},
            "parameters": set(cls.parameters),
        }

    def with_(self, **values: Any) -> Rule:
        """Return the same rule with some values changed."""
        return type(self)(**{**self.values, **values})

    def __repr__(self) -> str:
        """Show the name."""
        return f"{type(self).__name__}()"


def _refuse_gaps(cls: type[Rule]) -> None:
    """Refuse codes that are not 0, 1, 2, …: they are positions in columns, tables, draws and parameters."""
    held: dict[str, tuple[Any, ...]] = {c.name: (c.per,) for c in cls.owns if c.per}
    held |= {p.name: (p.per,) for p in cls.parameters.values() if p.per}
    held |= {draw.name: draw.per for draw in cls.draws} | {table.name: table.per for table in cls.reads}
    for name, per in held.items():
        for codes in per:
            if not isinstance(codes, tuple) or [int(c) for c in codes] != list(range(len(codes))):
                raise RuleProblem(
                    rule=cls.__name__,
                    problem=f"declares '{name}' per {codes}",
                    expected="tuples of codes from 0 up without gaps, such as BILLS or METHODS",
                )


def _hints(cls: type) -> dict[str, Any]:
    try:
        return get_type_hints(cls, include_extras=True)
    except Exception:  # a name only known while type checking: units are then unknown
        return {}


def _text_of(cls: type[Rule]) -> Text:
    method: Callable[..., Any] = vars(cls)["household"]
    file = inspect.getsourcefile(method) or "<typed>"
    try:
        lines, first = inspect.getsourcelines(method)
    except (OSError, TypeError):
        return Text(None, method, file, 0)
    try:
        node = ast.parse(textwrap.dedent("".join(lines))).body[0]
    except SyntaxError:  # a text with lines further left than its first
        return Text(None, method, file, first)
    if not isinstance(node, ast.FunctionDef):
        return Text(None, method, file, first)
    return Text(node, method, file, first)
