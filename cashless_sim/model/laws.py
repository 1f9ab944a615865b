"""What must hold in every month, checked when a model runs with ``debug=True``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cashless_sim.codes import BILLS, METHODS, Bill, Cause
from cashless_sim.errors import BrokenLaw
from cashless_sim.population.columns import Columns

UNIT_INTERVAL = ("skill", "trust", "habit", "remote")


def check_month(
    columns: Columns, households: int, sums: Callable[[str], Any], reported: Mapping[str, float], month: str
) -> None:
    """Raise `BrokenLaw` when bills, money, households, shares or credits do not add up."""
    for b in BILLS:
        name = Bill(b).name.lower()
        paid = sum(float(sums(f"paid.{b}.{m}")[0]) for m in METHODS)
        issued, late = float(sums(f"customers.{b}")[0]), float(sums(f"late.{b}")[0])
        _equal(f"bills of {name} issued and paid or late", issued, paid + late, month)
        money = float(sums(f"billed.{b}")[0]), float(sums(f"received.{b}")[0] + sums(f"carried.{b}")[0])
        _equal(f"money of {name} billed and received or carried", *money, month)
    _equal("households", float(columns.n), float(households), month)
    for name in UNIT_INTERVAL:
        if name in columns:
            _within(name, columns.values(name), month)
    for name, value in reported.items():
        _within(name, np.array([value]), month)
    _credits(columns, month)


def _credits(columns: Columns, month: str) -> None:
    """Every household that ever paid digitally has a cause, and a month unless it paid before the start."""
    cause, first = columns.stored("first_cause"), columns.stored("first_month")
    began = cause == int(Cause.BEFORE_START)
    _equal("first payments and their causes", float(((cause > 0) & ~began).sum()), float((first > 0).sum()), month)
    digital = (columns.stored("months_since_digital") < 255).any(axis=0)
    _equal("payers and their causes", float(digital.sum()), float((cause > 0).sum()), month)


def _equal(what: str, left: float, right: float, month: str) -> None:
    if abs(left - right) > 1e-6 * max(1.0, abs(left)):
        raise BrokenLaw(what=what, month=month, left=left, right=right)


def _within(what: str, values: Any, month: str) -> None:
    known = values[~np.isnan(values)] if values.dtype.kind == "f" else values
    if len(known) and (known.min() < -1e-6 or known.max() > 1 + 1e-6):
        raise BrokenLaw(what=f"range of {what}", month=month, left=float(known.min()), right=float(known.max()))
