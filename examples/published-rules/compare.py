"""Fits the shipped and the published rules with the same budget, and scores them on figures that no fit saw."""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cashless_sim.data as data
import numpy as np
import pandas as pd
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.points import asking, points
from cashless_sim.calibration.priors import SPONTANEOUS, Prior, free
from cashless_sim.calibration.simulate import Reality
from cashless_sim.calibration.summary import quantiles
from cashless_sim.calibration.targets import Register, register
from cashless_sim.calibration.weights import misfit
from cashless_sim.experiment.posterior_draws import Free
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.scenario.recipe import Scenario

from published_rules import RULES

SHIPPED = {"shipped, contagion": "contagion-closures", "shipped, inertia": "inertia-closures"}
"""The shipped month, in the two registered structures that differ in how people come to reconsider."""
STRUCTURE = "contagion-closures"
"""The structure of the months with a published rule: closed points make customers choose anew."""
HEADLINE = ("D.findex-2024.all", "E.findex-2024.all", "G.findex-2024.all")
UNSEEN = 1e9
"""The error given to a figure that no fit may see: it is asked for and never weighed."""
OWN = "acts"
"""The free number of a published rule that stands in the place of the shipped rate of reconsidering by oneself."""


def month_with(use: str) -> dict[str, Any]:
    """Return what puts a rule in the place of the shipped one of its name; nothing for the shipped month."""
    if not use:
        return {}
    month = [{"use": use} if name == use.rpartition(":")[2] else name for name in ORDER]
    quiet = {"switches.imitation": "none"} if use.endswith(":Awareness") else {}
    return {"month.rules": month, **quiet}


def free_in(use: str, member: Any) -> tuple[Prior, ...]:
    """Return the ten free numbers of a month: those of the shipped fit, one of them replaced where its rule is gone."""
    shipped = free(member.spontaneous)
    if not use.endswith(":Consider"):
        return shipped
    low, high = rule_named(use).parameters[OWN].plausible
    own = Prior(OWN, low, high, True, f"rules.Consider.{OWN}")
    return tuple(own if prior.name == SPONTANEOUS else prior for prior in shipped)


@dataclass(frozen=True)
class Rival(Reality):
    """The simulator of a fit with another rule in the month; numbers of that rule are drawn like all others."""

    use: str = ""
    priors: tuple[Prior, ...] = ()

    def base(self, place: str, end: int) -> Scenario:
        """Return the scenario of a place with the rule in its month."""
        return super().base(place, end).with_(month_with(self.use))

    def free(self) -> tuple[Free, ...]:
        """Return the free numbers and where each goes."""
        effect = self.register.place_effect
        return tuple(Free(p.name, p.key, p.low, p.high, effect.get(p.name, 0.0)) for p in self.priors)


def published(wide: Register) -> dict[str, float]:
    """Return the figures that are scored, by the name of their point: shares of the country that no fit saw."""
    rows = data.reported_rates(use=("hold-out",))
    told = {(r.code, r.geography, r.group, str(r.date)): float(r.value) / 100 for r in rows.itertuples()}
    asked = {one.target.name: one.row for one in points().asked("time") if one.target.place == "viet-nam"}
    return {target.name: told[asked[target.name]] for target in wide.targets if asked.get(target.name) in told}


def fitted(use: str, member: str, options: argparse.Namespace) -> dict[str, Any]:
    """Return the scores of one month: shares, with the tolerance that its fit reached and the draws it is worth."""
    listed = register("check")
    structure = listed.member(member)
    asked = asking(listed, points(), "time")
    truth = published(asked)
    kept = [replace(t, value=0.0, sd=UNSEEN) for t in asked.targets if t.name in truth]
    wide = replace(asked, targets=(*listed.targets, *kept))
    priors = free_in(use, structure)
    simulate = Rival(wide, structure, options.households, options.seed, use=use, priors=priors)
    folder = options.out / f"{member} {use.rpartition(':')[0] or 'shipped'}" if options.out else None
    sizes = {"particles": options.particles, "budget": options.budget, "seed": options.seed}
    about = {"member": member, "use": use, "households": options.households}
    fit = infer(simulate, priors, wide.targets, **sizes, folder=folder, about=about, distance=fitted_only)
    names = [target.name for target in wide.targets]
    found = {name: fit.statistics[:, names.index(name)] for name in truth}
    return {**scores(found, fit.weights, truth), "tolerance": fit.tolerance, "effective": fit.ess}


def fitted_only(statistics: Any, targets: Any) -> Any:
    """Return the shipped distance to those figures that are fitted; the others are only kept."""
    seen = [at for at, target in enumerate(targets) if target.sd < UNSEEN]
    return misfit(statistics[:, seen], [targets[at] for at in seen])


def scores(found: Mapping[str, Any], weights: Any, truth: Mapping[str, float]) -> dict[str, float]:
    """Return medians of the headline figures, their error in percent, and errors over all figures: shares."""
    asked = {name: np.isfinite(values) for name, values in found.items()}  # a small sample may lack a group
    found = {name: values[asked[name]] for name, values in found.items()}
    shares = {name: weights[asked[name]] / weights[asked[name]].sum() for name in found}
    spread = {name: quantiles(values, shares[name]) for name, values in found.items()}
    inside = [low <= truth[name] <= high for name, (low, _, high) in spread.items()]
    errors = {name: abs(middle - truth[name]) for name, (_, middle, _) in spread.items()}
    crps = [weighted_crps(found[name], shares[name], truth[name]) for name in truth]
    return {
        **{name[0]: spread[name][1] for name in HEADLINE},
        "error of the three": float(np.mean([errors[name] / truth[name] for name in HEADLINE])),
        "mean error": float(np.mean(list(errors.values()))),
        "CRPS": float(np.mean(crps)),
        "inside 80 %": float(np.mean(inside)),
    }


def weighted_crps(values: Any, weights: Any, truth: float) -> float:
    """Return the continuous ranked probability score of weighted values: share."""
    near = float(weights @ np.abs(values - truth))
    apart = float(weights @ np.abs(values[:, None] - values[None, :]) @ weights)
    return near - apart / 2


def compared(options: argparse.Namespace) -> pd.DataFrame:
    """Return a row a month: what the headline figures came to, errors, and what the fit was worth."""
    months = {name: ("", member) for name, member in SHIPPED.items()}
    months |= {name: (use, STRUCTURE) for name, use in RULES.items()}
    rows = []
    for name in options.only or months:
        rows.append({"rule": name, **fitted(*months[name], options)})
        print(rows[-1], flush=True)
    return pd.DataFrame(rows)


def as_table(frame: pd.DataFrame) -> str:
    """Return the rows as a table in Markdown; shares in percent."""
    percent = [name for name in frame if name not in ("rule", "tolerance", "effective")]
    shown = frame.assign(**{name: 100 * frame[name] for name in percent}).round(1)
    lines = ["| " + " | ".join(shown) + " |", "|---|" + "---:|" * (len(shown.columns) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in shown.to_numpy())])


def options_of(words: list[str] | None = None) -> argparse.Namespace:
    """Return the options of the command line."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("households", 1_500), ("particles", 16), ("budget", 48), ("seed", 1)):
        options.add_argument(f"--{name}", type=int, default=usual)
    options.add_argument("--out", type=Path, help="folder that keeps what is simulated, so that a stopped run goes on")
    options.add_argument("--only", nargs="*", help="months to fit, by name; all if not given")
    return options.parse_args(words)


if __name__ == "__main__":
    os.environ["CASHLESS_SIM_ALLOW_CODE"] = "1"
    table = compared(options_of())
    print(as_table(table))
    assert math.isfinite(float(table["CRPS"].sum()))
