"""The operators of a set of agents, in the order that `collections.abc` gives them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any, Self

import numpy as np

from cashless_sim.model.membership import Membership


class SetAlgebra(Membership):
    """``|``, ``&``, ``-``, ``^``, their in-place forms and the comparisons, over codes instead of agents."""

    __hash__ = None

    def __or__(self, other: Any) -> Self:
        if not isinstance(other, Iterable):
            return NotImplemented
        codes, guests = self._read_set(other, strict=True)
        return self._like(np.concatenate([self.codes, codes[~self._isin(codes)]]), {**self._guests, **guests})

    def __and__(self, other: Any) -> Self:
        if not isinstance(other, Iterable):
            return NotImplemented
        codes, _ = self._read_set(other, strict=False)
        return self._like(codes[self._isin(codes)])

    def __sub__(self, other: Any) -> Self:
        if not isinstance(other, Iterable):
            return NotImplemented
        codes, _ = self._read_set(other, strict=False)
        return self._like(self.codes[~np.isin(self.codes, codes)])

    def __rsub__(self, other: Any) -> Self:
        if not isinstance(other, Iterable):
            return NotImplemented
        codes, guests = self._read_set(other, strict=True)
        return self._like(codes[~self._isin(codes)], guests)

    def __xor__(self, other: Any) -> Self:
        if not isinstance(other, Iterable):
            return NotImplemented
        codes, guests = self._read_set(other, strict=True)
        mine, theirs = self.codes[~np.isin(self.codes, codes)], codes[~self._isin(codes)]
        return self._like(np.concatenate([mine, theirs]), {**self._guests, **guests})

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def _become(self, other: Self) -> Self:
        self._may_change()
        self._guests = other._guests
        self._replace(other.codes)
        return self

    def __ior__(self, other: Any) -> Self:
        result = self.__or__(other)
        return result if result is NotImplemented else self._become(result)

    def __iand__(self, other: Any) -> Self:
        if not isinstance(other, Iterable):
            return NotImplemented
        codes, _ = self._read_set(other, strict=False)
        return self._become(self._like(self.codes[np.isin(self.codes, codes)]))

    def __isub__(self, other: Any) -> Self:
        result = self.__sub__(other)
        return result if result is NotImplemented else self._become(result)

    def __ixor__(self, other: Any) -> Self:
        result = self.__xor__(other)
        return result if result is NotImplemented else self._become(result)

    def isdisjoint(self, other: Iterable[Any]) -> bool:
        """Return whether the two have no agent in common."""
        codes, _ = self._read_set(other, strict=False)
        return not bool(np.any(self._isin(codes)))

    def __le__(self, other: Any) -> bool:
        if not isinstance(other, Set):
            return NotImplemented
        codes, _ = self._read_set(other, strict=False)
        return len(self) <= len(other) and bool(np.all(np.isin(self.codes, codes)))

    def __ge__(self, other: Any) -> bool:
        if not isinstance(other, Set):
            return NotImplemented
        codes, _ = self._read_set(other, strict=False)
        return len(self) >= len(other) == len(codes) and bool(np.all(self._isin(codes)))

    def __lt__(self, other: Any) -> bool:
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) < len(other) and self.__le__(other)

    def __gt__(self, other: Any) -> bool:
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) > len(other) and self.__ge__(other)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) == len(other) and self.__le__(other)
