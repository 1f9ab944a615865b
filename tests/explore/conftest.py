"""A small grid of the explorer, really run once: eight plans, three draws, few households, short months."""

from __future__ import annotations

from pathlib import Path

import pytest

from cashless_sim.experiment.drawing import Drawing
from cashless_sim.present.explore.carrying import manifest
from cashless_sim.present.explore.design import Design, usual
from cashless_sim.present.explore.page import Finished, page
from cashless_sim.present.explore.running import Grid, read_grid, run_grid
from cashless_sim.scenario.recipe import Scenario

DRAWS, HOUSEHOLDS = 3, 600


def small_design() -> Design:
    """Return two ways, two targets, two amounts and two calendars from 2026 on, to December 2027."""
    base = Scenario.load("hung-yen").with_(households=HOUSEHOLDS, start="2025-10", end="2027-12")
    whole = usual(base)
    return Design(base, whole.ways[:2], ("any", "old"), (1.0, 4.0), ("year", "october"))


@pytest.fixture(scope="session")
def grid() -> Grid:
    """Return the grid, with draws from plausible ranges and a fixed code version."""
    return Grid(small_design(), Drawing(None, DRAWS, 1), "0" * 64)


@pytest.fixture(scope="session")
def store(grid, tmp_path_factory):
    """Return the path of a store that holds all runs of the grid."""
    path = tmp_path_factory.mktemp("explore") / "store.sqlite"
    run_grid(grid, path, workers=1)
    return path


@pytest.fixture(scope="session")
def finished(grid, store) -> Finished:
    """Return the grid with its runs."""
    runs, past = read_grid(grid, store, manifest(grid))
    return Finished(grid, runs, past, "2026-11-24", "cashless-sim explore")


def made(folder: Path) -> Path:
    """Return the path of a page of the small grid, made in a folder."""
    grid = Grid(small_design(), Drawing(None, DRAWS, 1), "0" * 64)
    run_grid(grid, folder / "store.sqlite", workers=1)
    runs, past = read_grid(grid, folder / "store.sqlite", manifest(grid))
    path = folder / "explorer.html"
    text = page(Finished(grid, runs, past, "2026-11-24", "cashless-sim explore"), "vi")
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
