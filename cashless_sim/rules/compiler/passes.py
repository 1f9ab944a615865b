"""Writes the passes over a tile: ordinary sections for every row, costly ones for the rows that take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cashless_sim.rules.compiler.frame import Argument, Frame, argument_name
from cashless_sim.rules.compiler.sections import Section, cut, drawn_first, kinds_of, live_after

LANES = 16
"""The most float32 numbers that any vector holds."""
TILE = 1024
"""Rows that are worked out together: what sections hand on stays in the nearest cache."""
_BASE = "base = np.uintp(first)"
_EACH = ("for j_ in range(last - first):", "    j = np.uintp(j_)", "    k = base + j")
_FULL = (
    f"while many % {LANES} != 0:",
    "    rows[many] = rows[many - 1]",
    "    many += 1",
)
"""Fill the last vector with its last row again: working it out twice is quicker than one row at a time."""
_FEW = ("for i in range(many):", "    j = rows[i]", "    k = base + j")


def in_one(frame: Frame, body: Sequence[str]) -> list[str]:
    """Return a month in one pass, to be indented: everything is loaded first and stored last."""
    starts = [f"{name} = {text}" for name, text in frame.starts.items()]
    stores = frame.storing([*frame.flags, *frame.stores])
    return [_BASE, *_EACH, *_deeper([*starts, *frame.loading(frame.loads), *body, *stores])]


def in_sections(frame: Frame, body: Sequence[str]) -> tuple[list[str], list[Argument]]:
    """Return a month in passes over a tile, to be indented, and the buffers between them as arguments."""
    starts = [f"{name} = {text}" for name, text in frame.starts.items()]
    sections = cut([*starts, *body], {name for name in frame.starts if frame.kinds[name] == "b"})
    if len(sections) == 1:
        return in_one(frame, drawn_first(body)), []
    passes = Passes(frame, sections, kinds_of([*starts, *body], frame.kinds))
    return passes.lines, passes.buffers


class Passes:
    """The text of all sections, and the buffers of a tile that carry locals from one to another."""

    def __init__(self, frame: Frame, sections: Sequence[Section], kinds: dict[str, str]) -> None:
        """Write the sections in order."""
        self.frame, self.kinds = frame, kinds
        self._tile: dict[str, Argument] = {}
        self._few: dict[Argument, None] = {}
        self.lines = [_BASE]
        for section, live in zip(sections, live_after(sections), strict=True):
            (self._costly if section.test else self._ordinary)(section, live)
        self.buffers: list[Argument] = [("rows",), *self._tile.values(), *self._few]

    def _ordinary(self, section: Section, live: frozenset[str]) -> None:
        inner = [*self._loading(self._needed(section, live)), *section.lines, *self._storing(section, live)]
        self.lines += [*_EACH, *_deeper(inner)]

    def _costly(self, section: Section, live: frozenset[str]) -> None:
        """Find the rows, bring what they need together, work them out, put the results back."""
        needed = sorted(self._needed(section, live))
        results = [name for name in sorted(section.written) if name in live or self._is_stored(name)]
        few = self._places([*needed, *(name for name in results if name not in needed)])
        count = ["rows[many] = j", f"many += np.intp({section.test})"]
        self.lines += ["many = 0", *_EACH, *_deeper([*self._loading(section.tested), *count]), *_FULL]
        gather = [f"{few[name]}[i] = {name}" for name in needed]
        self.lines += [*_FEW, *_deeper([*self._loading(needed), *gather])]
        known = [f"{name} = {few[name]}[i]" for name in needed]
        after = [f"{few[name]}[i] = {name}" for name in results]
        self.lines += [_FEW[0], *_deeper([*known, *section.lines, *after])]
        back = [f"{name} = {few[name]}[i]" for name in results]
        self.lines += [*_FEW, *_deeper([*back, *self._storing(section, live)])]

    def _needed(self, section: Section, live: frozenset[str]) -> set[str]:
        """Return the locals whose value from before a section needs: read first, or not written on every path."""
        perhaps = section.written - section.certain
        needed = section.exposed | {v for v in perhaps if v in live or self._is_stored(v)}
        return {name for name in needed if name in self.frame.loads or name in self._tile}

    def _is_stored(self, name: str) -> bool:
        return name in self.frame.stores or name in self.frame.flags

    def _loading(self, names: Iterable[str]) -> list[str]:
        names = set(names)
        held = [f"{name} = {argument_name(place)}[j]" for name, place in self._tile.items() if name in names]
        return [*self.frame.loading(names), *held]

    def _storing(self, section: Section, live: frozenset[str]) -> list[str]:
        """Return the lines that store columns and what later sections need; flags of a word are stored together."""
        words = sorted(self.frame.words_of(section.written))
        lines = [f"{word} = {self.frame.loads[word]}" for word in words]
        lines += self.frame.storing(section.written)
        for name in sorted((section.written & live) - set(self.frame.loads)):
            place = self._tile.setdefault(name, ("tile", self.kinds[name], len(self._tile)))
            lines.append(f"{argument_name(place)}[j] = {name}")
        return lines

    def _places(self, names: Sequence[str]) -> dict[str, str]:
        places: dict[str, str] = {}
        for index, name in enumerate(names):
            argument = ("few", self.kinds[name], index)
            self._few[argument] = None
            places[name] = argument_name(argument)
        return places


def _deeper(lines: Iterable[str]) -> list[str]:
    return ["    " + line for line in lines]
