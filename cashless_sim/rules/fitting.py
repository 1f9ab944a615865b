"""Whether the rules of a month fit together, and with the people they are to run on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cashless_sim.errors import RuleProblem, nearest
from cashless_sim.population.columns import Column, Columns
from cashless_sim.rules.catalogue import refuse_two_owners
from cashless_sim.rules.reading import columns_read
from cashless_sim.rules.rule import Rule, Table
from cashless_sim.streams import refuse_collisions


def refuse_misfits(rules: Sequence[Rule]) -> None:
    """Raise `RuleProblem` for two owners of a column or two rules of a name, `StreamCollision` for shared luck."""
    names = [type(r).__name__ for r in rules]
    for name in names:
        if names.count(name) > 1:
            raise RuleProblem(
                rule=name,
                problem="is in the month twice, so both would have the same luck",
                expected="each name once",
                next="give one of them another class name",
            )
    refuse_two_owners(tuple(rules))
    refuse_collisions({f"{type(r).__name__}.{d.name}": -(-d.size // 4) for r in rules for d in r.draws})


def tables_of(rules: Sequence[Rule]) -> dict[str, Table]:
    """Return the tables that rules read; raise `RuleProblem` when two declare one differently."""
    found: dict[str, Table] = {}
    for rule in rules:
        for table in rule.reads:
            if found.setdefault(table.name, table) != table:
                raise RuleProblem(
                    rule=type(rule).__name__,
                    problem=f"declares here.{table.name} otherwise than another rule",
                    expected="one declaration for each table",
                )
    return found


def all_columns(rules: Sequence[Rule], columns: Columns) -> dict[str, Column]:
    """Add the rules' stored columns to the people's; return all, passing ones included; raise `RuleProblem`."""
    for rule in rules:
        for column in rule.owns:
            if column.name in columns:
                _refuse_another_kind(rule, column, columns.specs[column.name])
            elif not column.passing:
                columns.add(column)
    owned = {c.name: c for r in rules for c in r.owns}
    known = {**owned, **columns.specs}
    _refuse_unknown_columns(rules, known)
    _refuse_odd_peers(rules, columns)
    return known


def _refuse_another_kind(rule: Rule, column: Column, there: Column) -> None:
    if (column.dtype, column.is_share, column.per) != (there.dtype, there.is_share, there.per):
        raise RuleProblem(
            rule=type(rule).__name__,
            problem=f"owns '{column.name}' as {column.dtype} per {column.per}",
            expected=f"{there.dtype} per {there.per}, as the population holds it",
        )


def _refuse_unknown_columns(rules: Sequence[Rule], known: Mapping[str, Column]) -> None:
    for rule in rules:
        for name, where in columns_read(type(rule).text).items():
            if name not in known:
                raise RuleProblem(
                    where=where,
                    rule=type(rule).__name__,
                    problem=f"reads h.{name}, which no rule of this month owns",
                    expected="a column of the population or of a rule in the month",
                    near=nearest(name, known),
                    next="add the rule that owns it to the month",
                )


def _refuse_odd_peers(rules: Sequence[Rule], columns: Columns) -> None:
    yes_no = {name for name, spec in columns.specs.items() if spec.kind is bool and not spec.per}
    for rule in rules:
        for peer in rule.peers:
            if peer.where not in yes_no:
                raise RuleProblem(
                    rule=type(rule).__name__,
                    problem=f"counts contacts where '{peer.where}'",
                    expected="a stored yes/no column with one value a household",
                    near=nearest(peer.where, yes_no),
                )
