"""What must hold in every month, checked when a model runs with ``debug=True``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cashless_sim.codes import BILLS, METHODS, Bill, Cause
from cashless_sim.errors import BrokenLaw
from cashless_sim.population.columns import Columns

UNIT_INTERVAL = ("skill", "trust", "habit", "remote")
Sums = Callable[[str], Any]


class Laws:
    """Bills, money, households, shares and credits, and what was carried over from the month before."""

    def __init__(self, columns: Columns, homes: float) -> None:
        """Note how things stand before the first month; ``homes`` are the real households that agents stand for."""
        self.homes = homes
        self._owed = [_thousands(columns, "owed", b) for b in BILLS]
        self._ever = _ever(columns)

    def check(self, columns: Columns, sums: Sums, reported: Mapping[str, float], month: str, tick: int) -> None:
        """Raise `BrokenLaw` when anything was created or lost this month, the ``tick``-th, or left its range."""
        _equal("households", float(sums("households")[0]), self.homes, month)
        fees = sum(float(sums(f"outlay.{b}")[0] - sums(f"received.{b}")[0]) for b in BILLS)
        _equal("money paid, and received with fees", fees, sum(float(sums(f"fees.{m}")[0]) for m in METHODS), month)
        for b in BILLS:
            self._bills(b, columns, sums, month)
        for name in UNIT_INTERVAL:
            if name in columns:
                _within(name, columns.values(name), month)
        for name, value in reported.items():
            _within(name, np.array([value]), month)
        self._credits(columns, month, tick)

    def _bills(self, b: int, columns: Columns, sums: Sums, month: str) -> None:
        """Each bill is paid or late; what was billed and carried is paid or carried on."""
        name = Bill(b).name.lower()
        paid = sum(float(sums(f"paid.{b}.{m}")[0]) for m in METHODS)
        _equal(f"bills of {name}", float(sums(f"customers.{b}")[0]), paid + float(sums(f"late.{b}")[0]), month)
        owed = _thousands(columns, "owed", b)
        due = self._owed[b] + _thousands(columns, "billed", b)
        _equal(f"money of {name}, due, and paid or carried", due, _thousands(columns, "paid", b) + owed, month)
        carrying = columns.stored("owed")[b] > 0
        late = columns.stored("late")[b] > 0
        _equal(f"households that owe {name}, and are late", float(carrying.sum()), float(late.sum()), month)
        self._owed[b] = owed

    def _credits(self, columns: Columns, month: str, tick: int) -> None:
        """Every household that ever paid digitally has a cause, a month unless it began before the start, and stays."""
        cause, first = columns.stored("first_cause"), columns.stored("first_month")
        began = cause == int(Cause.BEFORE_START)
        _equal("first payments and their causes", float(((cause > 0) & ~began).sum()), float((first > 0).sum()), month)
        digital = (columns.stored("months_since_digital") < 255).any(axis=0)
        _equal("payers and their causes", float(digital.sum()), float((cause > 0).sum()), month)
        for b in BILLS:
            ever = columns.stored("months_since_digital")[b] < 255
            since = (columns.stored("began")[b] > 0) | (columns.stored("cause")[b] == int(Cause.BEFORE_START))
            name = Bill(b).name.lower()
            _equal(f"payers of {name} and their first month", float((ever & since).sum()), float(ever.sum()), month)
            _equal(f"first months of {name} and payers", float((ever & since).sum()), float(since.sum()), month)
        new = float((first == tick).sum())
        gone = float(columns.stored("gone").sum())
        _equal("households that ever paid digitally", self._ever + new - gone, _ever(columns), month)
        self._ever = _ever(columns)


def _ever(columns: Columns) -> float:
    return float((columns.stored("first_cause") > 0).sum())


def _thousands(columns: Columns, name: str, b: int) -> float:
    return float(columns.stored(name)[b].sum(dtype=np.int64))


def _equal(what: str, left: float, right: float, month: str) -> None:
    if abs(left - right) > 1e-6 * max(1.0, abs(left)):
        raise BrokenLaw(what=what, month=month, left=left, right=right)


def _within(what: str, values: Any, month: str) -> None:
    known = values[~np.isnan(values)] if values.dtype.kind == "f" else values
    if len(known) and (known.min() < -1e-6 or known.max() > 1 + 1e-6):
        raise BrokenLaw(what=f"range of {what}", month=month, left=float(known.min()), right=float(known.max()))
