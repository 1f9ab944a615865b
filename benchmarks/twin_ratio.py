"""How much faster columns are than one object a household: one interleaved run, CPU time a household, ratios.

Run ``python benchmarks/twin_ratio.py`` from the project's folder; ``--rounds`` and ``--objects`` change its size.
Both sides do the same work with the same bits (`tests/test_twin.py` holds them to it): the same rule texts, peers
counted over the same ties, the same keyed luck. The objects are fewer, and time is divided by their number. Objects
hold numpy's float32 scalars, which the same bits need; plain Python floats would be somewhat quicker.
"""

import argparse
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from plain_twin import PlainModel

from cashless_sim.data import place
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Settings
from cashless_sim.population.columns import Column
from cashless_sim.population.population import synthesise
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.rules.month import Month
from cashless_sim.rules.people import People
from cashless_sim.units import month_number

START = month_number("2021-06")
ROWS = 400_000
AIMS = {"one rule": 40, "whole month": 150, "whole month, counted": 150}


def settings(months: int) -> Settings:
    """Return a month with a campaign that visits and one that is heard."""
    campaigns = (
        Campaign("visits", "home-visit", START, START + months, capacity=20_000),
        Campaign("radio", "loudspeaker", START, START + months),
    )
    rules = tuple(rule_named(name)() for name in ORDER)
    return Settings(
        title="benchmark", place="hung-yen", start=START, end=START + months, rules=rules, campaigns=campaigns
    )


def many(model: CashlessModel, rows: int) -> People:
    """Return ``rows`` households: the census, then its first households again with ids and ties of their own."""
    network, n = model.population.network, len(model.ids)
    at = np.arange(rows) % n
    degree = np.diff(network.indptr)[at]
    indptr = np.concatenate([[0], np.cumsum(degree)])
    offset = np.arange(indptr[-1]) - np.repeat(indptr[:-1], degree)
    indices = network.indices[np.repeat(network.indptr[at], degree) + offset]
    columns = model.columns.take(at)
    return People(columns, np.arange(1, rows + 1, dtype=np.uint32), columns.stored("cell"), indptr, indices)


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    before = time.process_time()
    work()
    return time.process_time() - before


def one_rule(model: CashlessModel, plain: PlainModel) -> tuple[Callable[[], object], Callable[[], object], int, int]:
    """Return word of mouth for all rows and for the objects: counting ties, luck, the rule."""
    rule = next(r for r in model.settings.rules if type(r).__name__ == "Awareness")
    people = many(model, ROWS)
    people.columns.add(Column("moved_in", bool, "yes/no", "nobody does, where there is no turnover"))
    for home in plain.homes:
        home.moved_in = False
    month = Month([rule], people)
    [stage] = [s for s in plain.stages if s.rule is rule or type(s.rule) is type(rule)]
    plain._furnish()
    plain.outreach.step(START)
    plain._tell_what_campaigns_did()

    def columns() -> None:
        month.run(START, 1, 0, model.tables)

    def objects() -> None:
        stages, plain.stages = plain.stages, [stage]
        stage.luck.shuffle(START)
        for home in plain.homes:
            home.look_around()
        for home in plain.homes:
            home.live()
        plain.stages = stages

    return columns, objects, ROWS, len(plain.homes)


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], n: int, m: int, rounds: int) -> str:
    """Time both by turns and return a line of the table."""
    ours()
    theirs()
    pairs = [(cpu(ours) / n, cpu(theirs) / m) for _ in range(rounds)]
    fast, slow = (median(side) for side in zip(*pairs, strict=True))
    ratios = sorted(b / a for a, b in pairs)
    return (
        f"| {name} | {n:,} | {fast * 1e9:,.0f} | {m:,} | {slow * 1e9:,.0f} "
        f"| **{slow / fast:,.0f}** ({ratios[0]:,.0f} to {ratios[-1]:,.0f}) | {AIMS[name]} |"
    )


def main() -> None:
    """Print machine, versions and the table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--objects", type=int, default=2000)
    given = parser.parse_args()
    months = 2 * given.rounds + 4
    model = CashlessModel(settings(months), synthesise(place("hung-yen"), None, seed=1), seed=1)
    few = synthesise(place("hung-yen"), given.objects, seed=1)
    plain = PlainModel(CashlessModel(settings(months), few, seed=1))
    homes = len(plain.homes)
    print(f"{platform.machine()} {platform.system()}, Python {platform.python_version()}, one thread, CPU time,")
    print(", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "mesa")) + f", {given.rounds} rounds\n")
    print("| work | rows | ns a row | objects | ns an object | ratio of medians (range) | aim |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    print(compare("one rule", *one_rule(model, plain), given.rounds), flush=True)

    def month_of_columns() -> None:
        model._furnish()
        model._outreach.step(model.month, 0, model.tables)
        model._rules.run(model.month, model.seed, 0, model.tables)
        model.month += 1

    def counted_objects() -> None:
        plain.step()
        plain.count()

    n = len(model.ids)
    print(compare("whole month", month_of_columns, plain.step, n, homes, given.rounds), flush=True)
    print(compare("whole month, counted", model.step, counted_objects, n, homes, given.rounds), flush=True)


if __name__ == "__main__":
    main()
