"""Questions that take several steps elsewhere, each asked in one line of a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.analysis.discover import Box, discover
from cashless_sim.analysis.optimise.optimise import Effort, Optimised
from cashless_sim.analysis.optimise.optimise import optimise as solved
from cashless_sim.analysis.optimise.question import Question, question
from cashless_sim.analysis.optimise.world import Simulated
from cashless_sim.analysis.sensitivity import design, effects, results
from cashless_sim.analysis.worth import benefits, drawn_values, worth
from cashless_sim.calibration.baselines import NAMES
from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.validate import CARD, MONTHS, summary
from cashless_sim.data import calibrated
from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import PRIOR
from cashless_sim.experiment.job import Progress
from cashless_sim.experiment.posterior_draws import doubts, shipped
from cashless_sim.experiment.posterior_table import Draws, read_table
from cashless_sim.experiment.sweep import sweep
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.notebook import told
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import number, percent, say
from cashless_sim.scenario.recipe import Scenario

STORE = "results/store.sqlite"
PRIOR_STEPS = 200
FORECAST = "forecast-2026.csv"


# ---- where to spend


@dataclass(frozen=True)
class Spending:
    """An optimisation with its question: ``found`` holds plan, re-check, front and prices; ``plan`` its scenario."""

    question: Question
    found: Optimised
    plan: Scenario


def optimise(
    asked: str | Path,
    draws: int = 6,
    households: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    costs: str | Path | None = None,
    store: str | Path = STORE,
    progress: Progress | None = None,
    **constraints: Any,
) -> Spending:
    """Return the plan that does best for a question of where to spend, a shipped name or a TOML file.

    ``draws`` of each plan in each step, twice as many in the re-check; ``costs`` is a CSV of channel and VND a contact.
    ``constraints`` replace those of the file: ``floors``, ``max_gap``, ``fix``, ``risk`` and the like. Runs are kept in
    ``store``. Raises as `question` and `analysis.optimise` do.
    """
    given = question(asked, costs)
    given = replace(given, problem=replace(given.problem, **constraints))
    base = Scenario.load(given.base)
    size = households or given.households
    world = Simulated(given.problem, base, store, size, workers, progress=progress)
    effort = Effort(draws, draws, 2, 2 * draws)
    found = solved(world, given.problem, given.held(world.places), seed, effort)
    return Spending(given, found, world.scenario(found.doses, "optimised"))


# ---- what matters


def sensitivity(
    scenarios: Sequence[Scenario],
    ranges: Mapping[str, tuple[float, float]],
    points: int,
    measure: str,
    month: str,
    method: str = "morris",
    households: int = 5_000,
    seed: int = 1,
    workers: int | None = None,
    store: str | Path = STORE,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return how much each key of ``ranges`` moves a measure in a month: the frame of `analysis.sensitivity.effects`.

    Of one scenario it is the measure itself, of two how much the second is above the first on common luck. ``points``
    are trajectories of Morris, or base points of Sobol. Raises as `design` and `sweep` do.
    """
    rows = design(method, ranges, points, seed)
    done = sweep(
        [one.with_(end=month) for one in scenarios],
        rows,
        store=store,
        seed=seed,
        households=households,
        groups=["all"],
        measures=[measure],
        workers=workers,
        progress=progress,
    )
    of = scenarios[-1].name if len(scenarios) > 1 else None
    return effects(method, ranges, rows, results(done, measure, month, of=of), seed)


@dataclass(frozen=True)
class Decision:
    """How a choice between two scenarios hangs on what is uncertain.

    ``gains[draw, scenario]`` households; ``share`` of draws in which the plan is ahead; ``boxes`` where it is so more
    often; ``worth`` of knowing each number alone before choosing, in households.
    """

    plan: str
    other: str
    gains: pd.DataFrame
    share: float
    boxes: tuple[Box, ...]
    worth: pd.DataFrame

    def sentences(self, language: str | None = None) -> list[str]:
        """Return what was found, in sentences."""
        tongue = spoken(language)
        names = {"plan": self.plan, "other": self.other}
        count = number(len(self.gains), tongue)
        lines = [told("decision.share", tongue, share=percent(self.share, tongue, 0), count=count, **names)]
        lines += [told("decision.box", tongue, **names, **_box(box, tongue)) for box in self.boxes]
        return lines if self.boxes else [*lines, told("decision.none", tongue)]


def decide(
    plan: Scenario,
    other: Scenario,
    draws: int,
    month: str,
    measure: str = "using",
    households: int = 5_000,
    seed: int = 1,
    workers: int | None = None,
    store: str | Path = STORE,
    progress: Progress | None = None,
) -> Decision:
    """Return what the choice between two scenarios hangs on, from draws as a sweep makes them, on common luck.

    Raises `BadValue` for fewer than 20 draws, and what `sweep` raises.
    """
    if draws < 20:
        raise BadValue(what="draws", value=draws, expected="20 or more")
    pair = [one.with_(end=month) for one in (other, plan)]
    runs = sweep(
        pair,
        store=store,
        replicates=0,
        draws=draws,
        seed=seed,
        households=households,
        groups=["all"],
        measures=[measure, "households"],
        workers=workers,
        progress=progress,
    ).runs()
    gains = benefits(runs, month, measure)
    source = runs.manifest["parameters"]["source"]
    values = drawn_values(pair[1], seed, draws, "planning" if source == "posterior" else PRIOR)
    wins = (gains[plan.name] > gains[other.name]).to_numpy()
    known = worth(values, gains)
    return Decision(plan.name, other.name, gains, float(wins.mean()), tuple(discover(values, wins)), known)


def _box(box: Box, tongue: str) -> dict[str, str]:
    limits = []
    for key, (low, high) in box.limits.items():
        kind = "between" if np.isfinite(low) and np.isfinite(high) else "above" if np.isfinite(low) else "below"
        limits.append(say(f"discover.{kind}", tongue, key=key, low=f"{low:.3g}", high=f"{high:.3g}"))
    shares = {name: percent(getattr(box, name), tongue, 0) for name in ("coverage", "density")}
    return {"limits": "; ".join(limits), **shares}


# ---- what was fitted


@dataclass(frozen=True)
class Fit:
    """A shipped posterior: ``draws`` as read, whether it ``belongs`` to this code and data, what is in ``doubt``."""

    split: str
    draws: Draws
    belongs: bool
    doubt: tuple[str, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """Each free number before and after, for the figure ``posterior``: parameter, kind, value, weight."""
        shares = np.linspace(0.0, 1.0, PRIOR_STEPS)
        table = self.draws.frame
        parts = []
        for prior in FREE:
            before = pd.DataFrame({"value": [prior.at(float(u)) for u in shares], "weight": 1.0, "kind": "prior"})
            after = pd.DataFrame({"value": table[prior.name], "weight": table["weight"], "kind": "posterior"})
            parts += [one.assign(parameter=prior.key or prior.name) for one in (before, after)]
        return pd.concat(parts, ignore_index=True)

    @property
    def members(self) -> pd.DataFrame:
        """One row a structure: simulations, tolerance reached, effective draws, whether its alarm is on."""
        rows = []
        for name, about in self.draws.manifest["members"].items():
            rows.append(
                (name, about["simulations"], about["tolerance"], about["effective"], about["predictive"]["alarm"])
            )
        return pd.DataFrame(rows, columns=["member", "simulations", "tolerance", "ess", "alarm"])

    def origin(self, language: str | None = None) -> str:
        """Return where it comes from, in one sentence."""
        tongue = spoken(language)
        reached = self.members["tolerance"]
        tolerance = f"{number(reached.min(), tongue, 1)}–{number(reached.max(), tongue, 1)}"
        counts = {"count": number(len(self.draws.frame), tongue), "members": len(reached)}
        return told("posterior.origin", tongue, split=self.split, tolerance=tolerance, **counts)


def posterior(split: str = "planning") -> Fit:
    """Return a shipped posterior, ``planning`` or ``check``; raise `BadValue` for another, `FileProblem`."""
    found = read_table(calibrated(split))
    return Fit(split, found, shipped(split) is not None, doubts(found))


@dataclass(frozen=True)
class Scores:
    """The shipped scorecard: ``card`` a row a figure, ``months`` of the survey of 2022, ``forecast`` of what comes."""

    card: pd.DataFrame
    months: pd.DataFrame
    forecast: pd.DataFrame

    def rivals(self, language: str | None = None) -> pd.DataFrame:
        """Return method, mape (of Findex 2024 D, E, account) and mean crps, in percent: the model and each baseline."""
        tongue = spoken(language)
        facts = summary(self.card)
        rows = [(told("rival.model", tongue), 100 * facts["mape"], 100 * facts["crps"])]
        rows += [
            (word(f"baseline.{name}", tongue), 100 * facts[f"{name}: mape"], 100 * facts[f"{name}: crps"])
            for name in NAMES
        ]
        return pd.DataFrame(rows, columns=["method", "mape", "crps"])

    def origin(self, language: str | None = None) -> str:
        """Return where it comes from, in one sentence."""
        return told("scorecard.origin", spoken(language))


def scorecard() -> Scores:
    """Return the scorecard that ships, with errors by survey month and the dated forecast; raise FileNotFoundError."""
    home = calibrated("check").parent
    card, months = (pd.read_csv(home / name, encoding="utf-8") for name in (CARD, MONTHS))
    return Scores(card, months, pd.read_csv(home.parent / FORECAST, encoding="utf-8"))
