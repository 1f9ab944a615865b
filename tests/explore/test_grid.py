"""The grid of the explorer: every cell is the run that its scenario makes from the start, kept and found again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cashless_sim.analysis.compare import compare
from cashless_sim.data import calibrated
from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import Drawing
from cashless_sim.experiment.posterior_table import read_table
from cashless_sim.experiment.runs import FIRST_DRAW
from cashless_sim.present.explore import running
from cashless_sim.present.explore.answers import answers
from cashless_sim.present.explore.design import MONEY, Design, money, of_plans, usual
from cashless_sim.present.explore.making import BASELINE, HISTORY, Maker, names, slim
from cashless_sim.present.explore.packing import packed, unpacked
from cashless_sim.present.explore.running import Grid, run_grid
from cashless_sim.scenario.recipe import Scenario


@pytest.fixture(scope="module")
def plans(grid):
    return {name: cell for name, cell in names(grid.design).items() if cell is not None}


def test_going_on_gives_the_bits_of_a_run_from_the_start(grid, plans):
    draw, seed = 1, grid.drawing.seed
    maker = Maker(grid.design, grid.drawing)
    _, model, campaigns = maker.kept(draw)
    for name in ("cell-0", "cell-15", "cell-6"):  # one after another, from the same kept state
        cell = plans[name]
        frame = model.go_on([*campaigns, *maker.drawn(cell.campaigns, draw)])
        whole = grid.drawing.scenario(grid.design.scenario(cell), draw).build(seed=seed, replicate=FIRST_DRAW + draw)
        expected = whole.run()
        expected = expected[expected["month"] >= frame["month"].iloc[0]]
        kept = slim(frame).set_index(["month", "measure", "group"])["value"]
        theirs = slim(expected).set_index(["month", "measure", "group"])["value"]
        assert kept.sort_index().equals(theirs.sort_index())
        assert model.state_hash() == whole.state_hash()


@pytest.mark.parametrize("source", ["prior", "posterior"])
def test_campaigns_of_a_cell_are_drawn_as_those_of_its_scenario(source, grid, plans):
    found = None if source == "prior" else read_table(calibrated("planning"))
    maker = Maker(grid.design, Drawing(found, 5, 7))
    for name in ("cell-0", "cell-3", "cell-13"):
        scenario = maker.drawing.scenario(grid.design.scenario(plans[name]), 4)
        theirs = {one.name: one for one in scenario.settings().campaigns}
        drawn = maker.drawn(plans[name].campaigns, 4)
        assert drawn == [theirs[one.name] for one in drawn]
        assert drawn != list(plans[name].campaigns)


def test_a_stopped_grid_goes_on_and_ends_the_same(grid, store, tmp_path, monkeypatch):
    path, shares = tmp_path / "store.sqlite", []
    monkeypatch.setattr(running, "PIECE", 5)

    def stop(share: float) -> None:
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_grid(grid, path, workers=1, told=stop)
    run_grid(grid, path, workers=1, told=shares.append)
    assert 0 < shares[0] < 1 and shares[-1] == 1
    manifest = {"seed": 1, "scenarios": [], "calibrated": False}
    first, second = (running.read_grid(grid, one, manifest) for one in (store, path))
    assert first[0].results_hash == second[0].results_hash
    assert first[1].equals(second[1])


def test_a_finished_grid_is_not_made_again(grid, store, monkeypatch):
    monkeypatch.setattr(Maker, "kept", lambda *_: pytest.fail("a run was made again"))
    shares = []
    run_grid(grid, store, workers=1, told=shares.append)
    assert shares == [1.0]


def test_other_draws_seeds_and_plans_are_other_runs(grid):
    other = Grid(grid.design, Drawing(None, grid.drawing.draws, 2), grid.code)
    changed = Grid(Design(grid.design.base, grid.design.ways, ("any",), (2.0,), ("year",)), grid.drawing, grid.code)
    ours = set(grid.asks.values())
    assert ours.isdisjoint(other.asks.values())
    same = {(name, draw) for name in (BASELINE, HISTORY) for draw in grid.draws}
    assert {key for key, ask in changed.asks.items() if ask in ours} == same


def test_answers_are_the_paired_differences(grid, finished, plans):
    scenarios = {BASELINE: grid.design.base} | {name: grid.design.scenario(cell) for name, cell in plans.items()}
    said = answers(finished.runs, scenarios)
    frame = finished.runs.frame
    last = frame[(frame["month"] == "2027-12") & (frame["measure"] == "using") & (frame["group"] == "all")]
    wide = last.astype({"scenario": str}).pivot_table(index="replicate", columns="scenario", values="value")
    table = compare(finished.runs, BASELINE, measures=["using"], groups=["all"])
    table = table[table["month"] == "2027-12"].set_index("scenario")
    for name in plans:
        gap = wide[name] - wide[BASELINE]
        mean, low, high = said[name].change["using"]
        assert math.isclose(mean, gap.mean(), abs_tol=1e-12)
        assert (low, high) == (table["low80"][name], table["high80"][name])
        assert said[name].is_told_apart == (low > 0 or high < 0)
        curve = said[name].curves["using"]
        assert math.isclose(curve[0][-1], wide[name].mean(), abs_tol=1e-12)
        assert np.all(curve[1] <= curve[2])
    assert said[BASELINE].change["using"] == (0.0, 0.0, 0.0)
    assert math.isclose(sum(said[BASELINE].paid), 1.0, abs_tol=1e-6)


def test_packed_numbers_come_back_to_a_hundredth_of_a_percent():
    numbers = [0.0, 1.0, -0.0312, 0.5, 1.9999, -1.9999, math.nan]
    back = unpacked(packed(numbers))
    assert len(packed(numbers)) == 3 * len(numbers)
    for given, found in zip(numbers, back, strict=True):
        assert (math.isnan(given) and math.isnan(found)) or abs(given - found) <= 0.5e-4 + 1e-12


def test_ways_that_ship_cost_what_is_said_in_every_calendar():
    design = usual(Scenario.load("hung-yen"))
    homes = 377_582
    assert len(design.cells) == 108
    for cell in design.cells:
        planned = money(cell.campaigns, homes)
        capped = any(one.intensity == 1 and not one.kind.people_run for one in cell.campaigns)
        assert planned <= MONEY * cell.factor * 1.01
        assert capped or math.isclose(planned, MONEY * cell.factor, rel_tol=0.01), cell


def test_plans_that_add_nothing_are_refused():
    base = Scenario.load("hung-yen")
    with pytest.raises(BadValue, match="campaigns of 'copy' is 'none more'"):
        of_plans(base, [base.with_(name="copy")])


def test_the_ways_of_plans_are_the_campaigns_that_they_add():
    base = Scenario.load("hung-yen")
    added = {"name": "desk", "channel": "help-desk", "start": "2027-01", "end": "2027-06", "capacity": 500}
    design = of_plans(base, [base.with_campaign(added, "desk-plan")])
    (way,) = design.ways
    assert way.key == "desk-plan" and [one.name for one in way.campaigns] == ["desk"]
    sizes = {cell.factor: cell.campaigns[0].capacity for cell in design.cells if cell.when == "year"}
    assert sizes == {0.25: 125, 1.0: 500, 4.0: 2000}
    whole = design.cells[0]
    assert whole.campaigns[0].months == () and design.scenario(whole).hash != base.hash
