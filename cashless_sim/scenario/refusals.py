"""What is wrong with a scenario, said with the file and line where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from cashless_sim.errors import BadValue, DataProblem, FileProblem, UnknownKey, UserError, nearest
from cashless_sim.population.synthesis import COLUMNS
from cashless_sim.scenario.marked import Marked, name_of
from cashless_sim.scenario.reading import ungrouped
from cashless_sim.scenario.schema import Recipe, composed

NAMED = {"campaigns": "campaign", "shocks": "shock", "closures": "closure"}
SHORTEST = 4
"""A shorter part of a key is in too many others to tell which was meant."""
ALIKE = 0.8
"""Likeness from which a key of another table is taken for the one that was meant."""


def checked(marks: Marked) -> Recipe:
    """Return the recipe that marked tables make; raise `UnknownKey` or `BadValue` with file and line."""
    try:
        return Recipe.model_validate(marks.plain())
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
    unknown = [d for d in details if d["type"] == "extra_forbidden"]
    raise _refusal(marks, (unknown or details)[0]) from None


@contextmanager
def standing_in(marks: Marked) -> Iterator[None]:
    """Add file and line to whatever a `UserError` says about these values."""
    try:
        yield
    except UserError as error:
        if isinstance(error, FileProblem | DataProblem) or re.search(r":\d+$", str(error.facts.get("where", ""))):
            raise
        facts = error.facts | {"where": _suspect(marks, error.facts).where}
        raise type(error)(**facts) from None


def _suspect(marks: Marked, facts: dict[str, Any]) -> Marked:
    """Return the value that an error is about: the name it quotes, its key, else the value it quotes."""
    words = re.findall(r"\w+", str(facts.get("what", "")))
    keys = [str(facts.get("key", "")).split(".")[-1], *words[:1]]
    found = [*_quoted(marks, facts.get("name"))]
    found += [t.at([key]) for key in keys for t in (marks, *marks.inside()) if _has(t, key)]
    return [*found, *_quoted(marks, facts.get("value")), marks][0]


def _quoted(marks: Marked, text: Any) -> list[Marked]:
    return [m for m in marks.scalars() if text is not None and composed(m.value) == composed(text)]


def _has(table: Marked, key: str) -> bool:
    return isinstance(table.value, dict) and key in table.value


def _refusal(marks: Marked, detail: Mapping[str, Any]) -> UserError:
    """Return one finding of pydantic in our words."""
    path = list(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return _unknown(marks, path)
    found, expected = marks.at(path), _expected(path)
    if detail["type"] == "missing":
        return BadValue(where=found.where, what=_words(path, marks), value=None, expected=expected)
    there = [step for i, step in enumerate(path) if marks.at(path[: i + 1]) is not marks.at(path[:i])]
    whole = "whole number" in expected
    advice = ungrouped(found.digits or str(found.value)) if whole and isinstance(found.value, float | str) else None
    value = _shown(found.plain())
    return BadValue(where=found.where, what=_words(there, marks), value=value, expected=expected, next=advice)


def _unknown(marks: Marked, path: Sequence[str | int]) -> UnknownKey:
    """Return that nothing reads a key, and where it belongs if that can be told."""
    key, known = str(path[-1]), _keys_at(path[:-1])
    near = _meant(key, known)
    advice = None
    column = key in {column.name for column in COLUMNS} and not (near or "").startswith(key)
    if path[0] == "campaigns" and column:
        near, advice = None, "it is a household column: write it inside target = { … }"
    elif near is None:
        advice = _elsewhere(key)
    return UnknownKey(where=marks.at(path).where, key=key, expected=", ".join(known), near=near, next=advice)


def _meant(key: str, known: Sequence[str]) -> str | None:
    """Return the known key that is spelt nearly so, or has a part that is."""
    if near := nearest(key, known):
        return near
    parts = {part: other for other in reversed(known) for part in other.split("_") if len(part) >= SHORTEST}
    near = nearest(key, parts)
    return parts[near] if near else None


def _elsewhere(key: str) -> str | None:
    """Return in which other table a key would be read."""
    for name, field in Recipe.model_fields.items():
        table = _table_in(field.annotation)
        found = nearest(key, table.model_fields) if table else None
        if found and SequenceMatcher(None, key, found).ratio() >= ALIKE:
            headers = {
                **dict.fromkeys(NAMED, f"[[{name}]]"),
                "policies": "[policies.<utility>]",
                "banks": "[banks.<name>]",
                "wallets": "[wallets.<name>]",
            }
            return f"{headers.get(name, f'[{name}]')} has such a key ({found})"
    return None


def _words(path: Sequence[str | int], marks: Marked) -> str:
    """Return a path as people say it: ``reach of campaign 'a'``; without a name as people write it."""
    if len(path) > 1 and path[0] in NAMED:
        name = name_of(marks.at(path[:2]))
        if isinstance(name, str) and name:
            said = f"{NAMED[str(path[0])]} '{composed(name)}'"
            return f"{_dotted(path[2:])} of {said}" if len(path) > 2 else said
    return _dotted(path)


def _dotted(path: Sequence[str | int]) -> str:
    """Return a path as people write it, counting from 1: ``campaigns[2].reach``."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _shown(value: Any) -> Any:
    """Return a value short enough for one line."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if len(repr(value)) < 80 else f"{str(value)[:60]}…"


def _keys_at(path: Sequence[str | int]) -> list[str]:
    model: Any = Recipe
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = _table_in(model.model_fields[step].annotation) or model
    return list(model.model_fields)


def _table_in(annotation: Any) -> Any:
    """Return the table class inside a type, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _table_in(part))), None)


def _expected(path: Sequence[str | int]) -> str:
    """Return what the schema says about the innermost key or item of a path."""
    kind: Any = Recipe
    said: str | None = "a table"
    for step in path:
        table = _table_in(kind)
        if isinstance(step, str) and table and step in table.model_fields:
            field = table.model_fields[step]
            kind, said = field.annotation, field.description or _described(field.annotation)
        elif get_args(kind):
            kind = next((part for part in get_args(kind) if part not in (str, type(None), ...)), kind)
            said = _described(kind) or said
    return said or "a table"


def _described(kind: Any) -> str | None:
    """Return the description inside a type, as of ``Share | None``; of a table class, what it is."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "a table"
    for part in get_args(kind):
        if said := getattr(part, "description", None) or _described(part):
            return str(said)
    return None
