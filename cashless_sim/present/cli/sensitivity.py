"""``cashless-sim sensitivity``: which numbers a result hangs on, and what would change the choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from cashless_sim.analysis.discover import Box, discover
from cashless_sim.analysis.sensitivity import design, effects, results
from cashless_sim.analysis.worth import benefits, drawn_values, meanings, worth
from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import PRIOR
from cashless_sim.experiment.sweep import sweep
from cashless_sim.present.cli.shown import caution, figure, scenarios_named, show, table, under_way, written
from cashless_sim.present.locale.sentences import number, percent, say
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

RANGE = re.compile(r"\s*([-+.\deE]+)\s*:\s*([-+.\deE]+)\s*")
DRAWS = "draws"
MOST = 12


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    scenarios: tuple[str, ...]
    method: str
    vary: tuple[str, ...]
    points: int
    measure: str
    month: str | None
    draws: int
    households: int
    seed: int
    workers: int | None
    store: str
    out: str | None


def carry_out(wish: Wish, tongue: str) -> int:
    """Run, write and show; return 0. Raises `UserError`."""
    scenarios = scenarios_named(wish.scenarios)
    when = wish.month or month_text(next(iter(scenarios.values())).settings().end)
    folder = Path(wish.out) if wish.out else Path("results", "_".join(scenarios)[:80])
    if wish.method == DRAWS:
        return _by_draws(wish, scenarios, when, folder, tongue)
    return _by_ranges(wish, scenarios, when, folder, tongue)


def _by_ranges(wish: Wish, scenarios: dict[str, Scenario], when: str, folder: Path, tongue: str) -> int:
    ranges = dict(_varied(text) for text in wish.vary)
    points = design(wish.method, ranges, wish.points, wish.seed)
    count = number(len(points) * len(scenarios), tongue)
    with under_way(tongue, say("sweep.working", tongue, runs=count, scenarios=", ".join(scenarios))) as told:
        done = sweep(
            [one.with_(end=when) for one in scenarios.values()],
            points,
            store=wish.store,
            seed=wish.seed,
            households=wish.households,
            groups=["all"],
            measures=[wish.measure],
            workers=wish.workers,
            progress=told,
        )
    of = list(scenarios)[-1] if len(scenarios) > 1 else None
    found = effects(wish.method, ranges, points, results(done, wish.measure, when, of=of), wish.seed)
    heads = [say("sensitivity.head.key", tongue), *found.columns[1:]]
    scale = 100.0 if wish.method == "morris" else 1.0
    rows = [
        [str(row[0]), *(figure(scale * value, tongue, 2) for value in row[1:])] for row in found.itertuples(index=False)
    ]
    show(table(say(f"sensitivity.title.{wish.method}", tongue, measure=wish.measure, month=when), heads, rows))
    written(tongue, folder, sensitivity=found, points=points.assign(result=results(done, wish.measure, when, of=of)))
    print(say("uncalibrated.long", tongue))
    return 0


def _by_draws(wish: Wish, scenarios: dict[str, Scenario], when: str, folder: Path, tongue: str) -> int:
    """Say when the last scenario wins over the first, and what it would be worth to know."""
    if len(scenarios) < 2:
        raise BadValue(what="scenarios to compare", value=len(scenarios), expected="a baseline and at least one other")
    names = list(scenarios)
    count = number(len(scenarios) * wish.draws, tongue)
    with under_way(tongue, say("sweep.working", tongue, runs=count, scenarios=", ".join(names))) as told:
        runs = sweep(
            [one.with_(end=when) for one in scenarios.values()],
            store=wish.store,
            replicates=0,
            draws=wish.draws,
            seed=wish.seed,
            households=wish.households,
            groups=["all"],
            measures=[wish.measure, "households"],
            workers=wish.workers,
            progress=told,
        ).runs()
    gains = benefits(runs, when, wish.measure)
    parameters = runs.manifest["parameters"]
    posterior = "planning" if parameters["source"] == "posterior" else PRIOR
    values = drawn_values(scenarios[names[-1]].with_(end=when), wish.seed, wish.draws, posterior)
    wins = (gains[names[-1]] > gains[names[0]]).to_numpy()
    boxes = discover(values, wins)
    known = worth(values, gains)
    heads = [say(f"worth.head.{key}", tongue) for key in ("key", "information", "lower", "changes")]
    rows = [
        [
            str(one["key"]),
            figure(one["information"], tongue),
            figure(one["lower"], tongue),
            percent(one["changes"], tongue),
        ]
        for one in known.head(MOST).to_dict("records")
    ]
    show(table(say("worth.title", tongue), heads, rows))
    print(say("discover.share", tongue, name=names[-1], other=names[0], share=percent(float(np.mean(wins)), tongue)))
    for line in _words(boxes, names[-1], tongue):
        print(line)
    meant = meanings(scenarios[names[-1]])
    known = known.assign(meaning=[meant.get(str(key).partition("[")[0], "") for key in known["key"]])
    written(tongue, folder, worth=known, draws=values.assign(wins=wins), boxes=_frame(boxes))
    print(caution(parameters, tongue))
    return 0


def _varied(text: str) -> tuple[str, tuple[float, float]]:
    key, _, given = text.partition("=")
    ends = RANGE.fullmatch(given)
    try:
        low, high = (float(end) for end in ends.groups()) if ends else (np.nan, np.nan)
    except ValueError:
        low = high = np.nan
    if not key.strip() or np.isnan(low):
        raise BadValue(what="--vary", value=text, expected="KEY=LOW:HIGH, as rules.Awareness.tell=0.1:0.5")
    return key.strip(), (low, high)


def _words(boxes: Sequence[Box], name: str, tongue: str) -> list[str]:
    """Return each box as a sentence."""
    if not boxes:
        return [say("discover.none", tongue)]
    lines = []
    for box in boxes:
        limits = []
        for key, (low, high) in box.limits.items():
            kind = "between" if np.isfinite(low) and np.isfinite(high) else "above" if np.isfinite(low) else "below"
            facts = {"key": key, "low": f"{low:.3g}", "high": f"{high:.3g}"}
            limits.append(say(f"discover.{kind}", tongue, **facts))
        share = {"coverage": percent(box.coverage, tongue, 0), "density": percent(box.density, tongue, 0)}
        lines.append(say("discover.box", tongue, name=name, limits="; ".join(limits), **share))
    return lines


def _frame(boxes: Sequence[Box]) -> pd.DataFrame:
    rows = [
        (number_, key, low, high, box.coverage, box.density, box.mass, box.chance[key])
        for number_, box in enumerate(boxes, 1)
        for key, (low, high) in box.limits.items()
    ]
    return pd.DataFrame(rows, columns=["box", "key", "low", "high", "coverage", "density", "mass", "chance"])
