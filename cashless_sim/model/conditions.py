"""Which households meet conditions on their columns, worked out for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import BadValue, UnknownKey, nearest


def meets(name: str, values: NDArray[Any], wanted: Any) -> NDArray[np.bool_]:
    """Return where a column's values, ``[n]`` or ``[bills, n]``, are (for every bill) as wanted: ``bool[n]``.

    ``wanted`` is a value, a collection of which it is one, or ``{"min": …, "max": …}``, ends included.
    Raises `BadValue` for what is no number, `UnknownKey` for another word.
    """
    if isinstance(wanted, Mapping):
        found = _within(name, values, wanted)
    else:
        several = isinstance(wanted, Iterable) and not isinstance(wanted, str)
        found = np.isin(values, _numbers(name, list(wanted) if several else [wanted]))
    every: NDArray[np.bool_] = np.logical_and.reduce(found, axis=0) if found.ndim > 1 else found
    return every


def _within(name: str, values: NDArray[Any], wanted: Mapping[str, Any]) -> NDArray[np.bool_]:
    for word in wanted:
        if word not in {"min", "max"}:
            near = nearest(str(word), ["min", "max"])
            raise UnknownKey(where=f"condition on '{name}'", key=word, expected="min, max", near=near)
    lowest, highest = _numbers(name, [wanted.get("min", -np.inf), wanted.get("max", np.inf)])
    found: NDArray[np.bool_] = (values >= lowest) & (values <= highest)
    return found


def _numbers(name: str, wanted: list[Any]) -> NDArray[Any]:
    numbers = np.asarray(wanted)
    if len(wanted) and numbers.dtype.kind not in "biuf":
        raise BadValue(what=f"condition on '{name}'", value=wanted, expected="numbers, codes or True and False")
    return numbers
