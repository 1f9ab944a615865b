"""Values that remember the line they were written on, and how one file's values extend another's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.scenario.lines import KeyPath, Lines

DEEPEST = 20


class Written(float):
    """A number with a fraction that remembers its digits as they were written: ``5.000``."""

    def __new__(cls, digits: str) -> Written:
        """Read the digits."""
        number = super().__new__(cls, digits)
        number.digits = digits
        return number

    digits: str


@dataclass(frozen=True)
class Marked:
    """A value, a table or an array of them, and where it was written, as ``file:line``.

    ``digits`` are those of a number with a fraction as the file has them.
    """

    value: Any
    where: str
    digits: str = field(default="", compare=False)

    def plain(self) -> Any:
        """Return the value without the marks."""
        if isinstance(self.value, dict):
            return {key: inner.plain() for key, inner in self.value.items()}
        if isinstance(self.value, list):
            return [inner.plain() for inner in self.value]
        return self.value

    def at(self, path: Iterable[str | int]) -> Marked:
        """Return the deepest value that is there on a path."""
        here = self
        for step in path:
            inside = here.value
            if isinstance(inside, list):
                inside = dict(enumerate(inside))
            if not isinstance(inside, dict) or step not in inside:
                break
            here = inside[step]
        return here

    def inside(self) -> list[Marked]:
        """Return the values of a table or the items of an array; nothing for a plain value."""
        if isinstance(self.value, dict):
            return list(self.value.values())
        return list(self.value) if isinstance(self.value, list) else []

    def scalars(self) -> Iterator[Marked]:
        """Yield all values inside, those nearest the top first."""
        if not isinstance(self.value, dict | list):
            yield self
        for inner in sorted(self.inside(), key=lambda m: isinstance(m.value, dict | list)):
            yield from inner.scalars()


def name_of(item: Marked) -> Any:
    """Return the ``name`` in a table, or None."""
    inner = item.value.get("name") if isinstance(item.value, dict) else None
    return inner.value if inner is not None else None


def mark(value: Any, lines: Lines, file: str, path: KeyPath = (), line: int = 1) -> Marked:
    """Return plain values with the lines on which they stand in a file; raise `BadValue` for deep nests."""
    line = lines.of.get(path, line)
    if len(path) > DEEPEST:
        what, expected = "nesting of tables and lists", f"at most {DEEPEST} levels"
        raise BadValue(where=f"{file}:{line}", what=what, value=len(path), expected=expected)
    if isinstance(value, int) and abs(value) >= 2**63:
        size = f"a number of {value.bit_length()} bits"
        raise BadValue(where=f"{file}:{line}", what="value", value=size, expected="a number of 64 bits")
    if isinstance(value, dict):
        value = {key: mark(inner, lines, file, (*path, key), line) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [mark(inner, lines, file, (*path, i), line) for i, inner in enumerate(value)]
    if isinstance(value, Written):
        return Marked(float(value), f"{file}:{line}", value.digits)
    return Marked(value, f"{file}:{line}")


def mark_all(value: Any, where: str) -> Marked:
    """Return plain values that were all given at one place."""
    if isinstance(value, Mapping):
        return Marked({str(key): mark_all(inner, where) for key, inner in value.items()}, where)
    if isinstance(value, list | tuple):
        return Marked([mark_all(inner, where) for inner in value], where)
    return Marked(value.item() if hasattr(value, "item") else value, where)


def extended(base: Marked, over: Marked, what: str = "item") -> Marked:
    """Return ``base`` with ``over`` written on it.

    Tables merge; arrays of tables merge by ``name``, where ``remove = true`` drops one and an empty array
    drops all; everything else is replaced. Raises `BadValue` for a name given twice, `UnknownName` for
    removing what is not there.
    """
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        found = dict(base.value)
        for key, inner in over.value.items():
            found[key] = extended(found.get(key, Marked(None, inner.where)), inner, key)
        return Marked(found, over.where)
    if isinstance(over.value, list) and any(name_of(m) is not None for m in over.value):
        return _by_name(base, over, what)
    if isinstance(over.value, dict):
        return extended(Marked({}, over.where), over, what)
    return over


def _by_name(base: Marked, over: Marked, what: str) -> Marked:
    kept = {str(name_of(m)): m for m in base.value} if isinstance(base.value, list) else {}
    seen: set[Any] = set()
    for number, item in enumerate(over.value):
        given, name = name_of(item), str(name_of(item)) if "name" in item.value else f"\0{number}"
        if name in seen:
            raise BadValue(
                where=item.at(["name"]).where,
                what=f"name in {what}",
                value=given,
                expected="a name used once",
            )
        seen.add(name)
        if "remove" in item.value and item.value["remove"].value is True:
            if name not in kept:
                raise UnknownName(
                    where=item.where,
                    what=f"{what.removesuffix('s')} to remove",
                    name=given,
                    expected=", ".join(kept) or "none: there is nothing to extend",
                    near=nearest(name, kept),
                )
            del kept[name]
        else:
            kept[name] = extended(kept.get(name, Marked({}, item.where)), item, what)
    return Marked(list(kept.values()), over.where)
