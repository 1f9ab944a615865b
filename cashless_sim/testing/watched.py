"""Luck that notes what a rule holds it against."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cashless_sim.rules.interpreter import Luck
from cashless_sim.rules.rule import Rule


@dataclass
class Notes:
    """What luck was compared with: how often, the largest chance, and the first that is none."""

    count: int = 0
    largest: float = 0.0
    wrong: dict[str, Any] = field(default_factory=dict)
    line: int = 0

    def take(self, draw: str, id_: int, other: Any, line: int) -> None:
        """Note one comparison; other luck is no chance."""
        if isinstance(other, Unit):
            return
        value = float(other)
        self.count += 1
        self.largest = max(self.largest, value)
        if not 0.0 <= value <= 1.0 and not self.wrong:
            self.wrong, self.line = {"draw": draw, "id": id_, "value": value}, line


class Unit(np.float32):
    """A uniform that tells its notes what it is compared with; anything worked out from it is a plain number."""

    def noted(self, notes: Notes, draw: str, id_: int) -> Unit:
        """Return itself, with the notes to write into."""
        self._told = (notes, draw, id_)
        return self

    def _note(self, other: Any) -> np.float32:
        notes, draw, id_ = self._told
        notes.take(draw, id_, other, sys._getframe(2).f_lineno)
        return np.float32(self)

    def __lt__(self, other: Any) -> Any:
        return self._note(other) < other

    def __le__(self, other: Any) -> Any:
        return self._note(other) <= other

    def __gt__(self, other: Any) -> Any:
        return self._note(other) > other

    def __ge__(self, other: Any) -> Any:
        return self._note(other) >= other


class WatchedLuck(Luck):
    """A household's luck whose every comparison is noted; its numbers are those of `Luck`."""

    def __init__(self, rule: type[Rule], seed: int, id_: int, month: int, replicate: int, notes: Notes) -> None:
        """Name the household, month and replicate."""
        super().__init__(rule, seed, id_, month, replicate)
        self._notes, self._id = notes, id_

    def __getattr__(self, name: str) -> Any:
        """Return the uniform of that purpose, or an indexable of uniforms."""
        plain = super().__getattr__(name)
        if isinstance(plain, np.float32):
            return Unit(plain).noted(self._notes, name, self._id)
        return _Units(plain, self._notes, name, self._id)


class _Units:
    def __init__(self, plain: Any, notes: Notes, name: str, id_: int) -> None:
        self._plain, self._told = plain, (notes, name, id_)

    def __getitem__(self, at: int | Sequence[int]) -> Unit:
        return Unit(self._plain[at]).noted(*self._told)
