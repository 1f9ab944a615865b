"""What the commands for decisions share: scenarios by name, tables for the screen, files written whole."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from cashless_sim.analysis.plans import plans
from cashless_sim.errors import BadValue, UnknownName
from cashless_sim.experiment.job import Progress as Told
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.locale.sentences import knows, number, say
from cashless_sim.present.progress import Progress
from cashless_sim.scenario.recipe import Scenario

NONE = "–"
LARGEST = 1e15


def scenario_named(name: str) -> Scenario:
    """Return a shipped plan, a shipped scenario, or one from a file; raise `FileProblem` and what is wrong with it."""
    try:
        found = plans([name])
    except UnknownName:
        found = []
    return found[0].scenario if len(found) == 1 else Scenario.load(name)


def scenarios_named(names: Sequence[str]) -> dict[str, Scenario]:
    """Return scenarios by name, in order; raise `BadValue` when two share one."""
    made: dict[str, Scenario] = {}
    for name in names:
        scenario = scenario_named(name)
        if scenario.name in made:
            raise BadValue(what="scenario name", value=scenario.name, expected="a name used once")
        made[scenario.name] = scenario
    return made


@contextmanager
def under_way(tongue: str, opening: str) -> Iterator[Told]:
    """Yield what shows progress, which begins with the first run, so that a refusal is one line alone."""
    with ExitStack() as stack:

        @lru_cache(maxsize=1)
        def begun() -> Progress:
            return stack.enter_context(Progress(tongue, opening))

        yield lambda share: begun()(share)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> Table:
    """Return a table for the screen; the first ``left`` columns hold words, the others numbers."""
    made = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for at, head in enumerate(heads):
        made.add_column(head, justify="left" if at < left else "right", overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def show(*tables: Table) -> None:
    """Print tables as wide as the screen."""
    console = Console(highlight=False)
    for one in tables:
        console.print(one)


def figure(value: float, tongue: str, digits: int = 0) -> str:
    """Return a number as it is written, or a dash where there is none or only rounding made it so large."""
    return number(value, tongue, digits) if abs(value) < LARGEST else NONE


def interval(low: float, high: float, tongue: str, digits: int = 0) -> str:
    """Return ``[low; high]``, with ∞ for an end that lies beyond all numbers, or a dash where there is none."""
    if math.isnan(low) or math.isnan(high):
        return NONE
    return "[{}; {}]".format(*(number(end, tongue, digits) if math.isfinite(end) else "∞" for end in (low, high)))


def caution(parameters: Mapping[str, Any], tongue: str) -> str:
    """Return how far results may be believed, by what a manifest says of where their parameters come from."""
    fitted = parameters.get("source") == "posterior"
    return say("decision.fitted" if fitted else "uncalibrated.long", tongue)


def word(kind: str, value: str, tongue: str) -> str:
    """Return what the code calls ``value`` in the reader's words, or the value itself."""
    key = f"{kind}.{value}"
    return say(key, tongue) if knows(key) else value


def written(tongue: str, folder: str | Path, **frames: pd.DataFrame) -> None:
    """Write each frame as ``name.csv``, whole or not at all, and say so; raise `FileProblem`."""
    inside = writable(Path(folder))
    for name, frame in frames.items():
        whole(inside / f"{name}.csv", partial(_put, frame))
    print(say("cli.written", tongue, folder=inside, files=", ".join(f"{name}.csv" for name in frames)))


def _put(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8-sig")
