"""What was asked of a report on the command line, and the runs for it: those in the store, the others made now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cashless_sim.data import data_hash
from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.manifest import code_hash, versions
from cashless_sim.experiment.runs import Runs, stacked
from cashless_sim.experiment.sweep import Sweep
from cashless_sim.experiment.writing import part
from cashless_sim.present.cli.shown import scenarios_named
from cashless_sim.present.cli.swept import swept
from cashless_sim.present.report.matter import Matter, gather
from cashless_sim.present.report.slim import kept
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number


@dataclass(frozen=True)
class Wish:
    """What the command line asked for; ``households`` is None for every household of the place."""

    scenarios: tuple[str, ...]
    to: str | None
    month: str | None
    replicates: int
    draws: int
    households: int | None
    seed: int
    workers: int | None
    store: str
    out: str | None

    def file(self, ending: str) -> Path:
        """Return the file to write, with this ending."""
        usual = "_".join(Path(one).stem for one in self.scenarios)[:80]
        named = Path(self.out) if self.out else Path("results", part(usual))
        return named if named.suffix == ending else named.with_name(named.name + ending)


def asked_for(wish: Wish, tongue: str) -> Matter:
    """Return what there is to tell, from finished runs; raise `UserError` before the first run where it can."""
    scenarios = scenarios_named(wish.scenarios)
    to = _baseline(wish.to, scenarios)
    if wish.month is not None:
        month_number(wish.month)
    return gather(_read(swept(wish, scenarios, tongue), wish.month), to, scenarios.values(), wish.month)


def _read(done: Sweep, judged: str | None) -> Runs:
    """Return the finished runs without what no report reads, taken run by run: all of them may be too many to hold.

    The store gives runs of this very code and data only, so that both may be named.
    """
    made = {"versions": versions(), "code_hash": code_hash(), "data_hash": data_hash()}
    manifest = {**done.runs(scenario=()).manifest, **made}
    parts = list(done.frames(keep=partial(kept, judged=judged)))
    if not parts:
        raise BadValue(what="finished runs", value=0, expected="at least one; cashless-sim store ls --failed says why")
    return Runs(stacked(parts), manifest)


def _baseline(to: str | None, scenarios: dict[str, Scenario]) -> str:
    """Return the baseline asked for; raise `UnknownName`, and `BadValue` when there are several and none is named."""
    names = ", ".join(scenarios)
    if to is None and len(scenarios) > 1:
        raise BadValue(what="baseline", value=None, expected=f"the name of one of the scenarios: {names}")
    chosen = to or next(iter(scenarios))
    if chosen not in scenarios:
        near = nearest(chosen, scenarios)
        raise UnknownName(what="baseline among the scenarios", name=chosen, expected=names, near=near)
    return chosen
