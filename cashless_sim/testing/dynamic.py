"""What a rule does when it runs: the same on the same luck, compiled or not, within its ranges, as it declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from cashless_sim.population.columns import SCALE
from cashless_sim.rules.month import Month
from cashless_sim.rules.people import People
from cashless_sim.rules.rule import Rule
from cashless_sim.testing.finding import Finding, note, ok, refused
from cashless_sim.testing.ground import MONTHS, Alone
from cashless_sim.testing.lived import first_difference, kept, run, shown
from cashless_sim.testing.watched import Notes

START = 621
"""The number of the first month of luck."""
TRIES = 6
"""Months of luck that are tried until a declared cause moves somebody."""
SLACK = SCALE
BOUNDED = ("share", "0 or 1")


def repeats(alone: Alone, rule: Rule) -> Iterator[Finding]:
    """Run twice, and once from the last household to the first."""
    names = [column.name for column in rule.owns]
    for when, backwards in (("on the same luck", False), ("when households are taken in another order", True)):
        pair = [alone.people(mixed=1) for _ in range(2)]
        for month in range(START, START + MONTHS):
            run(alone, rule, pair[0], month, tables=alone.stirred)
            again = type(rule)(**rule.values)
            run(alone, again, pair[1], month, backwards=backwards, tables=alone.stirred)
        found = _differs("repeats", pair, names, when)
        if found is not None:
            yield found
            return
    yield ok("repeats", "same", months=MONTHS, households=pair[0].n)


def bits(alone: Alone, rule: Rule) -> Iterator[Finding]:
    """Compile the rule by itself and run it beside its text, on states at random."""
    names = [column.name for column in rule.owns]
    pair = [alone.people(mixed=2) for _ in range(2)]
    compiled = Month([rule], pair[1], level="vectorised")
    [(_, level, why)] = compiled.explain()
    if level == "interpreted":
        where, _, said = why.partition(": ")
        yield note("speed", "slower", where, level="as its text, slowly", why=said)
        yield ok("bits", "level", level="its text is what runs")
        return
    yield ok("speed", "level", level=level)
    for month in range(START, START + MONTHS):
        run(alone, rule, pair[0], month, tables=alone.stirred)
        run(alone, rule, pair[1], month, compiled=compiled, tables=alone.stirred)
    found = _differs("bits", pair, names, "from its text when compiled")
    yield found or ok("bits", "same", months=MONTHS, households=pair[0].n)


def _differs(check: str, pair: list[People], names: list[str], when: str) -> Finding | None:
    at = first_difference(*(kept(people.columns, names) for people in pair))
    if at is None:
        return None
    one, other = (shown(people.columns, *at) for people in pair)
    return refused(check, "differs", what=f"h.{at[0]}", when=when, id=int(pair[0].ids[at[1]]), one=one, other=other)


def chances_and_ranges(alone: Alone, rule: Rule, file: str) -> Iterator[Finding]:
    """Run at the middle and at both ends of all parameters, watching luck and what is written."""
    usual, at_ends = Notes(), Notes()
    wrong: list[Finding] = []
    for values, notes in (({}, usual), (_ends(rule, 0), at_ends), (_ends(rule, 1), at_ends)):
        tried, people = rule.with_(**values), alone.people(mixed=4)
        for month in range(START, START + MONTHS):
            run(alone, tried, people, month, notes=notes, tables=alone.stirred)
            wrong += _outside(tried, people)
    yield _chances(usual, at_ends, file)
    yield wrong[0] if wrong else ok("ranges", "columns", count=len(rule.owns))


def _chances(usual: Notes, at_ends: Notes, file: str) -> Finding:
    for told, notes in ((refused, usual), (note, at_ends)):
        if notes.wrong:
            return told(
                "chances", "chance" if told is refused else "chance-ends", f"{file}:{notes.line}", **notes.wrong
            )
    if usual.count + at_ends.count == 0:
        return ok("chances", "no-chance")
    count, largest = usual.count + at_ends.count, max(usual.largest, at_ends.largest)
    return ok("chances", "largest", value=largest, count=count)


def _ends(rule: Rule, end: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, declared in rule.parameters.items():
        if declared.plausible is not None:
            value = declared.plausible[end]
            found[name] = (value,) * len(declared.per) if declared.per else value
    return found


def _outside(rule: Rule, people: People) -> Iterator[Finding]:
    for column in rule.owns:
        values = people.columns.values(column.name)
        if column.is_share:
            bad = (values < -SLACK) | (values > 1 + SLACK)
        elif values.dtype.kind == "f":
            bad = ~np.isfinite(values)
        else:
            continue
        rows = np.flatnonzero(bad.reshape(-1, people.n).any(axis=0))
        if len(rows):
            value, id_ = shown(people.columns, column.name, int(rows[0])), int(people.ids[rows[0]])
            key = "leaves" if column.is_share else "infinite"
            yield refused("ranges", key, what=f"h.{column.name}", value=value, id=id_)


def rises(alone: Alone, rule: Rule) -> Iterator[Finding]:
    """Compare each declared cause low and high, all else the same, household by household."""
    declared = [(cause, column, sign) for sign in (1, -1) for cause, column in _declared(rule, sign)]
    if not declared:
        yield note("rises", "undeclared")
        return
    moved, found = 0, []
    for cause, column, sign in declared:
        finding, number = _moves(alone, rule, cause, column, sign)
        moved += number
        if finding is not None:
            found.append(finding)
    if found:
        yield from found
    else:
        yield ok("rises", "moved", count=len(declared), moved=moved, households=len(declared) * alone.people().n)


def _declared(rule: Rule, sign: int) -> Iterator[tuple[str, str]]:
    for cause, columns in (rule.rises if sign > 0 else rule.falls).items():
        for column in (columns,) if isinstance(columns, str) else columns:
            yield cause, column


def _moves(alone: Alone, rule: Rule, cause: str, column: str, sign: int) -> tuple[Finding | None, int]:
    """Return what is wrong with one declared direction, and how many households moved."""
    pair = _low_and_high(alone, rule, cause)
    if pair is None or column not in {own.name for own in rule.owns}:
        return refused("rises", "no-such", column=column, cause=cause), 0
    low, high, given = pair
    for month in range(START, START + TRIES):
        ends = []
        for tried, more in given:
            people = alone.people(mixed=3)
            run(alone, tried, people, month, **{"tables": alone.stirred, **more})
            ends.append(people)
        before, after = (people.columns.values(column).astype(np.float64) for people in ends)
        change = ((after - before) * sign).reshape(-1, ends[0].n)
        if change.any():
            break
    rows = np.flatnonzero((change < 0).any(axis=0))
    if len(rows):
        one, other = (shown(people.columns, column, int(rows[0])) for people in ends)
        facts: dict[str, Any] = {"cause": cause, "low": low, "high": high, "one": one, "other": other}
        key = "against-rise" if sign > 0 else "against-fall"
        return refused("rises", key, column=f"h.{column}", id=int(ends[0].ids[rows[0]]), **facts), 0
    number = int((change > 0).any(axis=0).sum())
    if not number:
        return note("rises", "still", column=f"h.{column}", cause=cause, households=ends[0].n), 0
    return None, number


def _low_and_high(alone: Alone, rule: Rule, cause: str) -> Any:
    """Return the two values of a cause, and for each the rule and what else `run` is to be given."""
    whose, _, name = cause.rpartition(".")
    if not whose and name in rule.parameters:
        p = rule.parameters[name]
        middle = p.default[0] if p.per else p.default
        low, high = p.plausible or (0.5 * middle, 1.5 * middle)
        tried = [rule.with_(**{name: (v,) * len(p.per) if p.per else v}) for v in (low, high)]
        return low, high, [(each, {}) for each in tried]
    peer = next((each for each in rule.peers if whose == "peers" and each.name == name), None)
    if peer is not None:
        return 0, 1, [(rule, {"contacts": {peer.where: everyone}}) for everyone in (False, True)]
    table = next((each for each in rule.reads if whose == "here" and each.name == name), None)
    if table is None:
        return None
    there = alone.stirred[name]
    ends = (there * 0, there * 0 + 1) if table.unit in BOUNDED else (there * 0.5, there * 1.5)
    low, high = (0.0, 1.0) if table.unit in BOUNDED else (0.5, 1.5)
    return low, high, [(rule, {"tables": {**alone.stirred, name: end.astype(np.float32)}}) for end in ends]


def null(alone: Alone, rule: Rule, without: Any, with_null: Any) -> Iterator[Finding]:
    """At its null values an added rule leaves its columns as they began, and everyone else's as they are without it."""
    values = rule.null
    if not values:
        yield note("null", "undeclared")
        return
    names = [column.name for column in rule.owns]
    people, still = alone.people(), rule.with_(**values)
    alone.restart(people.columns, whole=without is not None)
    before, first = kept(people.columns, names), {n: people.columns.values(n).copy() for n in names}
    for month in range(START, START + MONTHS):
        run(alone, still, people, month)
        at = first_difference(before, kept(people.columns, names))
        if at is not None:
            facts: dict[str, Any] = {"column": f"h.{at[0]}", "id": int(people.ids[at[1]])}
            facts |= {"one": first[at[0]][..., at[1]].tolist(), "other": shown(people.columns, *at)}
            yield refused("null", "null-moves", **facts)
            return
    if without is not None:
        pair = [model.columns for model in (without(), with_null(still))]
        found = first_difference(*(kept(columns, pair[0]) for columns in pair))
        if found is not None:
            yield refused("null", "null-others", column=found[0])
            return
    yield ok("null")
