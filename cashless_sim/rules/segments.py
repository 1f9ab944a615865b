"""Rules that run together, each group at the fastest level that its text and this machine allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numba.core.errors import NumbaError
from numpy.typing import NDArray

from cashless_sim.population.columns import Column
from cashless_sim.rules.compiler.kernel import Kernel, parameter_vector, write_kernel
from cashless_sim.rules.compiler.remember import compiled
from cashless_sim.rules.compiler.values import NotCompilable
from cashless_sim.rules.rule import Rule

LEVELS = ("vectorised", "scalar", "interpreted")
Group = tuple[tuple[Rule, ...], str]
"""Neighbouring rules, and why they cannot be compiled; empty when they can."""
_CLOSED_DOOR = (NumbaError, ImportError, AttributeError, NotImplementedError, TypeError)


@dataclass
class Segment:
    """Rules that run together, the level they reached, and why not a faster one."""

    rules: tuple[Rule, ...]
    level: str
    why: str
    kernel: Kernel | None = None
    function: Callable[..., Any] | None = None
    parameters: NDArray[np.float32] | None = None


def groups_of(rules: Sequence[Rule], columns: Mapping[str, Column], level: str) -> list[Group]:
    """Return groups of neighbouring rules that compile together, and why the others do not."""
    groups: list[Group] = []
    for rule in rules:
        why = "asked for" if level == "interpreted" else ""
        if not why:
            try:
                write_kernel([rule], columns, set(), False)
            except NotCompilable as problem:
                why = str(problem)
        if groups and not why and not groups[-1][1]:
            groups[-1] = ((*groups[-1][0], rule), "")
        else:
            groups.append(((rule,), why))
    return groups


def kept_of(groups: list[Group]) -> set[str]:
    """Return the passing columns that must outlive their segment: all, unless one compiled segment is everything."""
    if len(groups) == 1 and not groups[0][1]:
        return set()
    return {c.name for rules, _ in groups for r in rules for c in r.owns if c.passing}


def segment_of(
    group: Group, columns: Mapping[str, Column], kept: set[str], level: str, try_out: Callable[[Segment], None]
) -> Segment:
    """Return a group ready to run; ``try_out`` runs a segment over nobody, which compiles it.

    When numba refuses, the next slower level is taken, with the reason.
    """
    rules, why = group
    refused: list[str] = []
    for tried in () if why else LEVELS[LEVELS.index(level) : -1]:
        try:
            made = _machine_code(rules, columns, kept, tried, try_out)
        except _CLOSED_DOOR as problem:
            refused.append(f"{tried} failed: {type(problem).__name__}: {str(problem).strip().splitlines()[0]}")
            continue
        made.why = "; ".join([made.why, *refused])
        return made
    return Segment(rules, "interpreted", why or "; ".join(refused))


def _machine_code(
    rules: tuple[Rule, ...],
    columns: Mapping[str, Column],
    kept: set[str],
    level: str,
    try_out: Callable[[Segment], None],
) -> Segment:
    kernel = write_kernel(rules, columns, kept, level == "vectorised")
    made = Segment(rules, level, "", kernel, None, parameter_vector(kernel, rules))
    made.function, made.why = compiled(kernel.source, lambda function: try_out(replace(made, function=function)))
    return made
