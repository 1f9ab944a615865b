"""All that a report, slides or office file tells of finished runs, gathered once and said in any language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.health import Light, health
from cashless_sim.present.report.findings import HEADLINE, Case, baseline, cases, few_behind, groups, judged, levels
from cashless_sim.present.report.recipes import recipes, title
from cashless_sim.present.report.slim import pair, slim
from cashless_sim.scenario.recipe import Scenario


@dataclass(frozen=True)
class Matter:
    """Runs against the baseline ``to`` in ``month``: every plan as a `Case`, groups of the leading one, lights."""

    runs: Runs
    to: str
    month: str
    scenarios: Mapping[str, Scenario]
    cases: tuple[Case, ...]
    lights: tuple[Light, ...]

    @property
    def case(self) -> Case | None:
        """The plan with the greatest difference; None when one scenario was run."""
        return self.cases[0] if self.cases else None

    @property
    def leading(self) -> str:
        """Name of the scenario of which most is told: the leading plan, else the only one."""
        return self.case.name if self.case else self.to

    @cached_property
    def pair(self) -> Runs:
        """The runs of the leading plan with those of the baseline."""
        return pair(self.runs, [self.leading, self.to])

    @cached_property
    def headline(self) -> Runs:
        """All runs with the rows of the headline measure for all households alone."""
        frame = self.runs.select(measure=HEADLINE, group="all")
        return Runs(frame, self.runs.manifest)

    @cached_property
    def groups(self) -> pd.DataFrame:
        """One row a group: base, level, difference, low80, high80, is_shown."""
        return groups(self.runs, self.to, self.case, self.month)

    @cached_property
    def few(self) -> set[str]:
        """Groups of too few simulated households to be shown."""
        return few_behind(self.runs, self.leading, self.month)

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Shares at the end of each year: scenario, month, measure, group, n, mean, low, high."""
        return levels(self.runs)

    def mark(self, tongue: str) -> str:
        """Return the word of the first red light, to be put across a page; empty without one."""
        return next((one.mark(tongue) for one in self.lights if one.colour == "red"), "")

    def title(self, name: str, tongue: str) -> str:
        """Return a scenario's title in a language."""
        return title(self.runs, name, tongue)


def gather(
    runs: Runs, to: str | None = None, scenarios: Iterable[Scenario] | None = None, month: str | None = None
) -> Matter:
    """Return what there is to tell of finished runs against the baseline ``to``, judged in ``month`` (the last).

    ``scenarios`` are the recipes of the runs; shipped ones are known without. Raises `UnknownName` for a baseline
    that was not run, `BadValue` for empty runs, several scenarios without a baseline, or runs of other luck.
    """
    chosen = baseline(runs, to)
    when = judged(runs, month)
    known = recipes(runs, scenarios)
    small = slim(runs, when)
    lights = tuple(health(small, list(known.values()) or None))
    return Matter(small, chosen, when, known, tuple(cases(small, chosen, when, known)), lights)
