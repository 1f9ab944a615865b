"""``cashless-sim explore`` carried out: the grid made or taken from the store, then written as one page."""

from __future__ import annotations

import datetime
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cashless_sim.data import place
from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import Drawing, source_of
from cashless_sim.experiment.manifest import FORMAT, versions
from cashless_sim.experiment.version import code_version
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.cli.shown import scenario_named, scenarios_named, under_way
from cashless_sim.present.explore.design import Design, of_plans, usual
from cashless_sim.present.explore.making import names
from cashless_sim.present.explore.page import Finished, page, titles
from cashless_sim.present.explore.running import Grid, read_grid, run_grid
from cashless_sim.present.locale.explore import told
from cashless_sim.present.locale.sentences import number
from cashless_sim.units import month_text


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    scenarios: tuple[str, ...]
    to: str
    month: str
    draws: int
    households: int
    seed: int
    workers: int | None
    store: str
    out: str
    date: str

    @property
    def command(self) -> str:
        """The command that makes the same page."""
        parts = ["cashless-sim", "explore", *(shlex.quote(Path(one).name) for one in self.scenarios)]
        parts += ["--to", Path(self.to).name, "--month", self.month, "--households", str(self.households)]
        return " ".join([*parts, "--draws", str(self.draws), "--seed", str(self.seed), "--date", self.date])


def carry_out(wish: Wish, tongue: str) -> int:
    """Make what the store does not hold, write the page and say so; return 0. Raises `UserError` before any run."""
    _refuse_date(wish.date)
    file = Path(wish.out)
    writable(file.parent)
    grid = grid_of(wish)
    opening = told("command.working", tongue, plans=number(len(grid.design.cells), tongue), draws=wish.draws)
    with under_way(tongue, opening) as heard:
        run_grid(grid, wish.store, wish.workers, heard)
    runs, past = read_grid(grid, wish.store, manifest(grid))
    text = page(Finished(grid, runs, past, wish.date, wish.command), tongue)
    whole(file, lambda part: _put(part, text))
    print(told("command.written", tongue, file=file, size=number(len(text.encode("utf-8")) / 1000, tongue)))
    return 0


def grid_of(wish: Wish) -> Grid:
    """Return the grid that was asked for; raise `UserError`."""
    base = scenario_named(wish.to).with_(households=wish.households, end=wish.month)
    plans = [one.with_(households=wish.households, end=wish.month) for one in scenarios_named(wish.scenarios).values()]
    design = of_plans(base, plans) if plans else usual(base)
    _refuse_end(design)
    drawing = Drawing(source_of("planning", [base]), wish.draws, wish.seed)
    return Grid(design, drawing, code_version())


def manifest(grid: Grid) -> dict[str, Any]:
    """Return what finished runs of a grid say of themselves."""
    base, about = grid.design.base, grid.drawing.about
    where = place(base.settings().place).name
    scenarios = [
        {"name": name, "title": _title(one, name, "en"), "title_vi": _title(one, name, "vi"), "hash": grid.hashes[name]}
        | {"place": where}
        for name, one in names(grid.design).items()
    ]
    calibrated = grid.drawing.source is not None and not about["doubts"]
    head = {"format": FORMAT, "versions": versions(), "seed": grid.drawing.seed, "code_version": grid.code}
    return {**head, "scenarios": scenarios, "parameters": about, "calibrated": calibrated}


def _title(cell: Any, name: str, tongue: str) -> str:
    if cell is None:
        return told("page.without", tongue)
    return f"{titles('way', cell.way.key, cell.way.titles)[tongue]} ({name})"


def _refuse_end(design: Design) -> None:
    """Raise `BadValue` when plans are judged before they begin."""
    settings = design.base.settings()
    if settings.end < design.start:
        expected = f"{month_text(design.start)} or later, when plans begin"
        raise BadValue(what="--month", value=month_text(settings.end), expected=expected)


def _refuse_date(text: str) -> None:
    """Raise `BadValue` for a date that is none."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        raise BadValue(what="--date", value=text, expected="a date such as 2026-11-24") from None


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
