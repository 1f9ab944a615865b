"""One rule by itself, run on people as plain text or compiled, and what it wrote compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.population.columns import Columns
from cashless_sim.rules.interpreter import Here, Luck, Peers, Row
from cashless_sim.rules.month import Month, Whose
from cashless_sim.rules.people import People
from cashless_sim.rules.rule import Rule
from cashless_sim.testing.ground import SEED, Alone
from cashless_sim.testing.watched import Notes, WatchedLuck

Tables = Mapping[str, NDArray[np.float32]]
Kept = dict[str, NDArray[Any]]


def run(
    alone: Alone,
    rule: Rule,
    people: People,
    month: int,
    *,
    compiled: Month | None = None,
    backwards: bool = False,
    notes: Notes | None = None,
    tables: Tables | None = None,
    contacts: Mapping[str, bool] | None = None,
) -> None:
    """Run the rule over the people for a month of that number, as text or by a month compiled for them.

    ``contacts`` sets all or none of everyone's contacts to a flag instead of counting them.
    """
    alone.restart(people.columns)
    given = tables or alone.tables
    if compiled is not None:
        compiled.run(month, SEED, 0, given)
        return
    plain = Month([rule], people, level="interpreted")
    plain.gather()
    counts = dict(plain.counts)
    for where, everyone in (contacts or {}).items():
        counts[where] = people.degree if everyone else np.zeros_like(people.degree)
    rows = range(people.n - 1, -1, -1) if backwards else range(people.n)
    with np.errstate(all="ignore"):
        _each(rule, people, month, rows, given, counts, notes)


def _each(
    rule: Rule,
    people: People,
    month: int,
    rows: Iterable[int],
    tables: Tables,
    counts: Mapping[str, NDArray[np.uint8]],
    notes: Notes | None,
) -> None:
    kind = type(rule)
    reads = {table.name: table for table in rule.reads}
    for row in rows:
        id_ = int(people.ids[row])
        luck = Luck(kind, SEED, id_, month, 0) if notes is None else WatchedLuck(kind, SEED, id_, month, 0, notes)
        here = Here(reads, tables, Whose(people, row))
        peers = Peers(counts, int(people.degree[row]), kind, row)
        rule.household(Row((people.columns,), row), peers, here, luck)


def kept(columns: Columns, names: Iterable[str]) -> Kept:
    """Return copies of stored columns by name; of floats their bits, one kind of nan."""
    found = {}
    for name in names:
        array = np.array(columns.stored(name))
        if array.dtype.kind == "f":
            array = np.where(np.isnan(array), np.float32(np.nan), array).view(np.uint32)
        found[name] = array
    return found


def first_difference(one: Kept, other: Kept) -> tuple[str, int] | None:
    """Return the first column and row in which two differ, None when they are the same."""
    for name, array in one.items():
        rows = (array != other[name]).reshape(-1, array.shape[-1]).any(axis=0)
        if rows.any():
            return name, int(np.flatnonzero(rows)[0])
    return None


def shown(columns: Columns, name: str, row: int) -> Any:
    """Return a household's value, or values by bill, as people read them."""
    values = columns.values(name)[..., row]
    plain = [v.item() for v in np.atleast_1d(values)]
    return plain if np.ndim(values) else plain[0]
