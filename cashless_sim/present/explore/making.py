"""One draw of the explorer's grid made: its history once, then every plan from the month in which plans begin."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cashless_sim.analysis.costs import BILLS
from cashless_sim.experiment.design import campaign_drawn
from cashless_sim.experiment.drawing import Drawing
from cashless_sim.experiment.packed import Packed, packed
from cashless_sim.experiment.runs import FIRST_DRAW
from cashless_sim.present.explore.design import Cell, Design, with_campaigns
from cashless_sim.present.explore.going_on import KeptModel
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.units import month_text

CODES = ("using", "B", "D", "E")
"""Measures whose curves are shown."""
GROUPS = (
    *(f"income={fifth}" for fifth in range(1, 6)),
    *(f"age={band}" for band in ("15-24", "25-39", "40-59", "60+")),
    *(f"urban={answer}" for answer in ("no", "yes")),
)
FOR_ALL = (*CODES, "households")
BY_BILL = ("bills", "own_digital", "late", "cost_to_serve")
AT_THE_END = ("using", "households")
WAYS_TO_PAY = "bill=electricity;method="
"""Groups that say how electricity bills are paid: what statistic B is made of."""
HISTORY = "history"
BASELINE = "baseline"


@dataclass(frozen=True)
class Piece:
    """Some plans of one draw to make, by name: a cell, or None for the baseline, which brings its history too."""

    draw: int
    plans: tuple[tuple[str, Cell | None], ...]


@dataclass(frozen=True)
class Maker:
    """Makes the runs of a design; two with equal parts make the same bits."""

    design: Design
    drawing: Drawing
    threads: int = 1

    def made(self, piece: Piece) -> Iterator[tuple[str, Packed, float]]:
        """Yield name, packed run and seconds of each plan of a piece; the history comes as a run of its own."""
        begun = time.perf_counter()
        before, model, campaigns = self.kept(piece.draw)
        facts = _facts(model)
        for name, cell in piece.plans:
            if cell is None:
                past = before[before["measure"].isin(CODES) & (before["group"] == "all")]
                yield HISTORY, packed(past, facts), time.perf_counter() - begun
            begun = time.perf_counter()
            added = () if cell is None else self.drawn(cell.campaigns, piece.draw)
            frame = slim(model.go_on([*campaigns, *added]))
            yield name, packed(frame, facts), time.perf_counter() - begun

    def kept(self, draw: int) -> tuple[pd.DataFrame, KeptModel, list[Any]]:
        """Return what was counted before plans begin, the model kept in that month, and the baseline's campaigns."""
        design, seed = self.design, self.drawing.seed
        campaigns = [one for way in design.ways for one in way.campaigns]
        settings = self.drawing.scenario(with_campaigns(design.base, campaigns, BASELINE), draw).settings()
        added = {one.name for one in campaigns}
        people = design.base.population()
        model = KeptModel(settings, people, seed=seed, replicate=FIRST_DRAW + draw, threads=self.threads)
        before = model.run(design.start - model.month)
        model.keep()
        return before, model, [one for one in settings.campaigns if one.name not in added]

    def drawn(self, campaigns: Iterable[Campaign], draw: int) -> list[Campaign]:
        """Return campaigns with the numbers of one draw: those that they have in the scenario drawn as a whole."""
        source, seed = self.drawing.source, self.drawing.seed
        if source is not None:  # what no fit told is drawn as it was beside the row that was chosen
            seed, draw = int(source.manifest["seed"]), int(source.chosen(self.drawing.draws, seed)["draw"].iloc[draw])
        return [campaign_drawn(one, seed, draw) for one in campaigns]


def slim(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the explorer reads: curves and bills of each month, groups of the last one, spending."""
    known = [str(one) for one in frame["group"].unique()]
    spending = [one for one in known if one.startswith("campaign=")]
    ways = [one for one in known if one.startswith(WAYS_TO_PAY)]
    some = [*GROUPS, *(one for one in known if one.startswith("district=") and ";" not in one)]
    measure, group = frame["measure"], frame["group"]
    keep = measure.isin(FOR_ALL) & (group == "all")
    keep |= measure.isin(BY_BILL) & group.isin(BILLS)
    keep |= measure.isin(("spent", "contacts")) & group.isin(spending)
    at_the_end = (measure.isin(AT_THE_END) & group.isin(some)) | ((measure == "method_share") & group.isin(ways))
    found: pd.DataFrame = frame[keep | (at_the_end & (frame["month"] == frame["month"].iloc[-1]))]
    return found


def _facts(model: KeptModel) -> dict[str, Any]:
    """Return what a run was, as the store keeps it."""
    settings = model.settings
    return {
        "households": len(model.population.ids),
        "full_size": int(model.population.full_size),
        "start": month_text(settings.start),
        "end": month_text(settings.end),
    }


def pieces(design: Design, draws: Sequence[int], left: Mapping[int, Sequence[str]], size: int) -> list[Piece]:
    """Return what is left to make of each draw, in pieces of at most ``size`` plans."""
    known = names(design)
    found = []
    for draw in draws:
        wanted = [name for name in known if name in set(left.get(draw, ()))]
        parts = [wanted[at : at + size] for at in range(0, len(wanted), size)]
        found += [Piece(draw, tuple((name, known[name]) for name in part)) for part in parts]
    return found


def names(design: Design) -> dict[str, Cell | None]:
    """Return every run of a draw by name: the baseline first, then the cells in their order."""
    cells = {f"cell-{number}": cell for number, cell in enumerate(design.cells)}
    return {BASELINE: None, **cells}
