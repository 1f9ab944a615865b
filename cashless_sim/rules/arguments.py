"""What a compiled pass is called with for a run of rows: views made once, since columns are never re-bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cashless_sim.population.columns import Columns
from cashless_sim.rules.compiler.passes import TILE
from cashless_sim.rules.people import People

KINDS = {"rows": np.uintp, "b": np.bool_, "f": np.float32, "u": np.uint32}
"""What the buffers of a tile hold."""
BUFFERS = ("rows", "tile", "few")
Argument = tuple[Any, ...]


class WorksOn(Protocol):
    """What is looked at anew for each view, never kept: a copied model has arrays of its own."""

    people: People
    passing: Columns

    @property
    def counts(self) -> Mapping[str, NDArray[np.uint8]]:
        """Contacts counted by flag, ``uint8[n]`` each."""


class Arguments:
    """A compiled pass's arguments in order, over what a month works on."""

    def __init__(self, names: Sequence[Argument], works_on: WorksOn) -> None:
        """Note where each kind of argument stands."""
        self._on = works_on
        self._names = tuple(names)
        self._buffers = [(place, a) for place, a in enumerate(names) if a[0] in BUFFERS]
        self._spare: list[list[NDArray[Any]]] = []
        self._rows: dict[tuple[int, int], tuple[list[Any], list[int]]] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Leave the views out of a copy: they would still look at the original."""
        return {**self.__dict__, "_rows": {}, "_spare": []}

    def call(self, function: Any, first: int, last: int, given: Mapping[Argument, Any]) -> None:
        """Call a pass over rows first to last; ``given`` holds this month's arguments, by their names."""
        whole, moving = self._of(first, last, given)
        arguments = whole.copy()
        for place in moving:
            arguments[place] = given[self._names[place]]
        buffers = self._spare.pop() if self._spare else self._new_buffers()  # a list's pop is one thread's alone
        for (place, _), buffer in zip(self._buffers, buffers, strict=True):
            arguments[place] = buffer
        function(*arguments)
        self._spare.append(buffers)

    def _of(self, first: int, last: int, given: Mapping[Argument, Any]) -> tuple[list[Any], list[int]]:
        known = self._rows.get((first, last))
        if known is None:
            moving = [place for place, name in enumerate(self._names) if name in given]
            whole = [
                None if name in given or name[0] in BUFFERS else self._view(name, first, last) for name in self._names
            ]
            known = self._rows[first, last] = whole, moving
        return known

    def _new_buffers(self) -> list[NDArray[Any]]:
        return [np.empty(TILE, dtype=KINDS[name[1] if len(name) > 1 else name[0]]) for _, name in self._buffers]

    def _view(self, name: Argument, first: int, last: int) -> Any:
        kind, people = name[0], self._on.people
        if kind == "n":
            return last - first
        if kind == "c":
            table = people.columns if name[1] in people.columns else self._on.passing
            array = table.stored(name[1])
            return (array if len(name) == 2 else array[name[2]])[first:last]
        if kind == "w":
            return people.columns.words[name[1]][first:last]
        whole = {"ids": people.ids, "cell": people.cell, "touch": people.touch, "degree": people.degree}
        return (self._on.counts[name[1]] if kind == "count" else whole[kind])[first:last]
