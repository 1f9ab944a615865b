"""Plans simulated while their maker waits: draws kept in the month in which plans begin, and gone on from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import Drawing, source_of
from cashless_sim.experiment.job import Progress, sized
from cashless_sim.experiment.manifest import FORMAT, cores, versions
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.present.explore.answers import Answer, answers, history
from cashless_sim.present.explore.design import CASH, END, START, Design, Way, with_campaigns
from cashless_sim.present.explore.making import BASELINE, CODES, Maker, slim
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number

PLAN = "plan"
OWN = ("own-1", "own-2")
"""Names of the campaigns that a plan may add: known when the draws are kept."""
LEAST_DRAWS = 2


@dataclass(frozen=True)
class Lived:
    """A plan that was simulated: its runs beside the baseline's, what they say, and the history before it."""

    plan: Scenario
    runs: Runs
    answer: Answer
    baseline: Answer
    months: list[str]
    past: dict[str, Any]

    @property
    def baseline_hash(self) -> str:
        """Recipe hash of what the plan is held against."""
        return str(self.runs.about(BASELINE)["hash"])


class Live:
    """A baseline of some draws, kept where plans begin; `lived` simulates a plan from there.

    Raises `BadValue` for fewer than two draws, and what the baseline raises.
    """

    def __init__(self, base: Scenario, households: int | None, draws: int, seed: int, until: str) -> None:
        """``until`` is the last month that a plan may be judged in."""
        if draws < LEAST_DRAWS:
            raise BadValue(what="draws", value=draws, expected=f"a whole number of {LEAST_DRAWS} or more")
        self.base = sized(base, households).with_(end=until)
        blank = tuple(Campaign(name, "sms", START, END, target=CASH) for name in OWN)
        self.design = Design(self.base, (Way(PLAN, blank, {}),))
        if self.base.settings().end < START:
            raise BadValue(what="month to judge in", value=until, expected="2027-01 or later, when plans begin")
        self.drawing = Drawing(source_of("planning", [self.base]), draws, seed)
        self._maker = Maker(self.design, self.drawing, threads=cores())
        self._draws: list[tuple[Any, Any]] = []
        self._bases: dict[str, list[pd.DataFrame]] = {}
        self._facts: list[dict[str, Any]] = []
        self.months: list[str] = []
        self.past: dict[str, Any] = {}

    def prepare(self, told: Progress = lambda share: None) -> None:
        """Run every draw to the month in which plans begin, once."""
        if self._draws:
            return
        before = []
        for draw in range(self.drawing.draws):
            past, model, campaigns = self._maker.kept(draw)
            before.append(past[past["measure"].isin(CODES) & (past["group"] == "all")].assign(replicate=draw))
            self._draws.append((model, campaigns))
            size = {"households": len(model.population.ids), "full_size": int(model.population.full_size)}
            luck = {"draw": draw, "replicate": FIRST_DRAW + draw, "seed": self.drawing.seed}
            self._facts.append({**luck, **size, "start": str(past["month"].iloc[0])})
            told((draw + 1) / self.drawing.draws)
        self.months, self.past = history(pd.concat(before, ignore_index=True))

    def plan(self, campaigns: Sequence[Campaign]) -> Scenario:
        """Return the baseline with these campaigns as a scenario; raise `UserError`."""
        return with_campaigns(self.base, campaigns, PLAN) if campaigns else self.base.with_(name=PLAN)

    def lived(self, campaigns: Sequence[Campaign], until: str) -> Lived:
        """Return a plan with these campaigns (of the names in `OWN`) in every draw, to a month; raise `UserError`."""
        self.prepare()
        plan = self.plan(campaigns)
        count = month_number(until) - START + 1
        if until not in self._bases:
            self._bases[until] = [slim(model.go_on(before, count)) for model, before in self._draws]
        made = []
        for draw, (model, before) in enumerate(self._draws):
            made.append(slim(model.go_on([*before, *self._maker.drawn(campaigns, draw)], count)))
        runs = self._runs({BASELINE: self._bases[until], PLAN: made}, plan, until)
        said = answers(runs, {BASELINE: self.base, PLAN: plan})
        return Lived(plan, runs, said[PLAN], said[BASELINE], self.months, self.past)

    def _runs(self, frames: dict[str, list[pd.DataFrame]], plan: Scenario, until: str) -> Runs:
        parts, facts = [], []
        for name, held in frames.items():
            for one, about in zip(held, self._facts, strict=True):
                parts.append(one.assign(scenario=name, replicate=about["replicate"]))
                facts.append({"scenario": name, **about, "end": until})
        about = self.drawing.about
        place = self.base.settings().place
        scenarios = [
            {"name": name, "title": name, "title_vi": name, "hash": one.hash, "place": place}
            for name, one in ((BASELINE, self.base), (PLAN, plan))
        ]
        calibrated = self.drawing.source is not None and not about["doubts"]
        head = {"format": FORMAT, "versions": versions(), "seed": self.drawing.seed, "calibrated": calibrated}
        manifest = {**head, "scenarios": scenarios, "parameters": about, "runs": facts}
        return Runs(pd.concat(parts, ignore_index=True), manifest)
