"""How households stand when the run begins: drawn by covariates, no run-in."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import BILLS, Bill, Cause, Method
from cashless_sim.population.columns import Column, Columns, encode
from cashless_sim.streams import uniforms
from cashless_sim.units import Count

F32 = NDArray[np.float32]
CASH_AT_START = {
    Bill.ELECTRICITY: ((Method.COLLECTOR, 0.55), (Method.COUNTER, 0.30), (Method.AGENT, 0.15)),
    Bill.WATER: ((Method.COLLECTOR, 0.90), (Method.COUNTER, 0.10)),
    Bill.TELECOM: ((Method.COUNTER, 0.50), (Method.AGENT, 0.50)),
}
"""Cash methods in June 2017 by utility, assumed: an imposed start, not a finding."""

QUINTILE = Column("quintile", Count, "1 to 5", "fifth of the place by income a head")


def begin(
    columns: Columns, ids: NDArray[np.uint32], village: NDArray[np.int32], points: F32, seed: int, replicate: int
) -> None:
    """Fill the rules' columns as the first month finds them; ``points`` are open shares ``[cell, bill, method]``."""

    def luck(name: str, index: int = 0) -> F32:
        return uniforms(seed, ids, 0, f"start.{name}", replicate, index)

    early = columns.stored("early").copy() if "early" in columns else np.zeros(len(ids), dtype=bool)
    education = columns.stored("education").astype(np.float32)
    age = columns.stored("age").astype(np.float32)
    account, smartphone = columns.stored("account"), columns.stored("smartphone")
    gates = account & smartphone
    skill = 0.15 + 0.10 * education - 0.006 * (age - 40) + 0.3 * (luck("skill") - 0.5)
    skill = np.where(early, np.maximum(skill, 0.6), skill)
    _write(columns, "skill", np.clip(skill, 0.02, 0.98))
    _write(columns, "trust", np.clip(0.45 + 0.4 * (luck("trust") - 0.5) + 0.15 * early, 0.02, 0.98))
    _write(columns, "remote", uniforms(seed, (village + 1).astype(np.uint32), 0, "start.remote", replicate))
    transacts = early | (gates & (luck("transacts") < 0.30))
    _write(columns, "transacts", transacts)
    _write(columns, "wallet", transacts & gates & (luck("wallet") < 0.25))
    aware = transacts | (luck("aware") < np.where(account, 0.35, 0.12))
    _write(columns, "aware_bank", aware)
    _write(columns, "aware_wallet", transacts | (aware & (luck("aware", 1) < 0.4)))
    _write(columns, "heard_from", np.where(aware, int(Cause.BEFORE_START), 0))
    _methods(columns, early, points, luck)
    paying = (columns.stored("months_since_digital") < 255).any(axis=0)
    _write(columns, "pays_digitally", paying)
    _write(columns, "first_cause", np.where(paying, int(Cause.BEFORE_START), 0))


def _methods(columns: Columns, early: NDArray[np.bool_], points: F32, luck: Any) -> None:
    cell, remote = columns.stored("cell"), columns.values("remote")
    for b in BILLS:
        edges = np.cumsum([share for _, share in CASH_AT_START[Bill(b)]])
        codes = np.array([int(m) for m, _ in CASH_AT_START[Bill(b)]])
        drawn = codes[np.minimum(np.searchsorted(edges, luck("method", b)), len(codes) - 1)]
        drawn = np.where(remote < points[cell, b, drawn], drawn, _still_open(points[:, b], cell, remote, drawn))
        digital = early if b == Bill.ELECTRICITY else early & (luck("also", b) < 0.3)
        digital = digital & _has(columns, b)
        columns.stored("method")[b] = np.where(digital, int(Method.TRANSFER), drawn)
        columns.stored("months_since_digital")[b] = np.where(digital, 1, 255)
        columns.stored("cause")[b] = np.where(digital, int(Cause.BEFORE_START), 0)
        if "habit" in columns:
            columns.stored("habit")[b] = encode(columns.specs["habit"], np.where(digital, 0.7, 0.8))


def _still_open(points: F32, cell: NDArray[Any], remote: F32, drawn: NDArray[Any]) -> NDArray[Any]:
    """Return the first cash method whose point the household still has, an agent before the others."""
    found = drawn
    for m in (Method.COLLECTOR, Method.COUNTER, Method.AGENT):
        found = np.where(remote < points[cell, int(m)], int(m), found)
    return found


def _has(columns: Columns, b: int) -> NDArray[np.bool_]:
    if b == Bill.ELECTRICITY:
        return ~columns.stored("tenant")
    return columns.stored("piped_water" if b == Bill.WATER else "fixed_internet")


def _write(columns: Columns, name: str, values: Any) -> None:
    if name in columns:
        columns.write(name, slice(None), values)


def income_fifths(income: NDArray[Any], weight: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return each household's fifth, 1 (poorest) to 5, by weighted rank of income a head: ``[n]``."""
    order = np.argsort(income, kind="stable")
    rank = np.empty(len(income))
    rank[order] = (np.cumsum(weight[order]) - weight[order] / 2) / weight.sum()
    return np.minimum((rank * 5).astype(np.uint8) + 1, 5).astype(np.uint8)
