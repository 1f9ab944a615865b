"""``cashless-sim run``: scenarios in; a table on the screen, runs, manifest and figure in a folder."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cashless_sim.errors import BadValue
from cashless_sim.experiment.ensemble import run
from cashless_sim.experiment.job import sized
from cashless_sim.experiment.runs import Runs
from cashless_sim.experiment.writing import part, told, writable
from cashless_sim.present.cli.as_json import put, records
from cashless_sim.present.cli.cautions import warn
from cashless_sim.present.cli.folders import RESULTS, free
from cashless_sim.present.locale.sentences import number, say, several
from cashless_sim.present.progress import Progress
from cashless_sim.scenario.recipe import Scenario

DRAW_HOUSEHOLDS = 20_000
PLAIN_WIDTH = 110
BASELINE = "no-outreach"


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    scenarios: tuple[str, ...]
    replicates: int
    draws: int
    households: int | None
    seed: int
    threads: int | None
    out: str | None
    json: bool = False


def carry_out(wish: Wish, tongue: str) -> int:
    """Run, write and show; return 0. Raises `UserError` before anything is written under a final name."""
    scenarios = _scenarios(wish)
    for scenario in scenarios:
        warn(scenario, tongue)
    usual = "_".join(s.name for s in scenarios)
    recipes = [(s.name, sized(s, wish.households).hash) for s in scenarios]
    folder = Path(wish.out) if wish.out else free(usual, recipes, wish.seed)
    begun = time.perf_counter()
    count = len(scenarios) * (wish.replicates + wish.draws)
    named = ", ".join(s.name for s in scenarios)
    opening = several("cli.working", tongue, count, runs=number(count, tongue), scenarios=named)
    with _promised(folder), Progress(tongue, opening) as progress:
        runs = run(
            scenarios,
            wish.replicates,
            wish.households,
            wish.seed,
            workers=wish.threads,
            progress=progress,
            draws=wish.draws,
            draw_households=min(DRAW_HOUSEHOLDS, wish.households or DRAW_HOUSEHOLDS),
            draw_groups=("all",),
            threads=wish.threads,
        )
    files = _write(runs, folder, tongue)
    if wish.json:
        put(_facts(runs, folder, files, tongue))
        return 0
    _show(runs, tongue)
    if not wish.out and folder != RESULTS / usual:
        print(say("cli.beside", tongue, usual=RESULTS / usual, folder=folder))
    print(_closing(runs, folder, files, time.perf_counter() - begun, tongue))
    return 0


def _scenarios(wish: Wish) -> list[Scenario]:
    """Return the scenarios, sized as asked, or raise what is wrong with them."""
    found: list[Scenario] = []
    for name in wish.scenarios:
        scenario = Scenario.load(name)
        if scenario.name in [other.name for other in found]:
            raise BadValue(what="scenario name", value=scenario.name, expected="a name used once")
        found.append(scenario)
        if wish.households is not None:
            scenario.with_(households=wish.households)
    return found


@contextmanager
def _promised(folder: Path) -> Iterator[None]:
    """Prove the folder writable before the work; take it away again if the work fails."""
    with told(folder, "a folder that can be written"):
        made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        writable(folder)
        yield
    except BaseException:
        for one in made:
            with suppress(OSError):
                one.rmdir()
        raise


def _write(runs: Runs, folder: Path, tongue: str) -> list[str]:
    """Write runs, manifest and one figure a scenario; return the names of the files."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    from cashless_sim.present.plot.adoption import adoption
    from cashless_sim.present.saving import save

    files = [path.name for path in runs.write(folder)]
    for name in runs.scenarios:
        stem = "adoption" if len(runs.scenarios) == 1 else part(f"adoption-{name}")
        ax = adoption(runs, name, language=tongue)
        files += [path.name for path in save(ax, folder / stem)]
        plt.close(ax.get_figure(root=True))
    return files


def _facts(runs: Runs, folder: Path, files: list[str], tongue: str) -> dict[str, Any]:
    """Return what a script wants to know: where the files are, what was run, each December's statistics."""
    from cashless_sim.present.tables import year_ends

    about = [{key: runs.about(name)[key] for key in ("name", "title", "hash", "place")} for name in runs.scenarios]
    yearly = [{"scenario": name, **row} for name in runs.scenarios for row in records(year_ends(runs, name))]
    made = {
        "results_hash": runs.results_hash,
        "seconds": runs.manifest["seconds"],
        "parameters": runs.manifest["parameters"],
    }
    return {"folder": str(folder), "files": files, "scenarios": about, **made, "yearly": yearly}


def _show(runs: Runs, tongue: str) -> None:
    """Print the yearly table of each scenario, what it counts, and the differences between scenarios."""
    from rich.console import Console

    from cashless_sim.analysis.compare import compare
    from cashless_sim.present.tables import differences, meanings, reading, under, yearly

    screen = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False, markup=False)
    for name in runs.scenarios:
        screen.print(yearly(runs, name, tongue, screen.width))
        _lines(under(runs, name, tongue))
    if len(runs.scenarios) > 1:
        baseline = BASELINE if BASELINE in runs.scenarios else runs.scenarios[0]
        frame = compare(runs, to=baseline, groups=("all",))
        screen.print(differences(frame, tongue))
        _lines(reading(frame, tongue))
    _lines(meanings(runs, tongue))


def _lines(lines: list[str]) -> None:
    print("\n".join([*lines, ""]))


def _closing(runs: Runs, folder: Path, files: list[str], seconds: float, tongue: str) -> str:
    count = len(runs.manifest["runs"])
    spent = several(
        "cli.took",
        tongue,
        count,
        runs=number(count, tongue),
        seconds=number(seconds, tongue, 1),
        hash=runs.manifest["scenarios"][0]["hash"][:12],
        results=runs.results_hash[:12],
    )
    return say("cli.written", tongue, folder=folder, files=", ".join(files)) + "\n" + spent
