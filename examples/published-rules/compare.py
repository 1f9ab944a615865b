"""Fits the shipped and the published rules to the same rows with the same budget, and scores them on Findex 2024."""

import argparse
from collections.abc import Mapping
from typing import Any

import cashless_sim.data as data
import numpy as np
import pandas as pd
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.points import asking, points
from cashless_sim.calibration.priors import free
from cashless_sim.calibration.simulate import Reality
from cashless_sim.calibration.summary import quantiles
from cashless_sim.calibration.targets import register
from cashless_sim.rules.catalogue import ORDER

from published_rules import RULES

SCORED = ("D", "E", "G")


def changed(use: str) -> tuple[tuple[str, Any], ...]:
    """Return what puts a rule in the place of the shipped one of its name; nothing for the shipped month."""
    if not use:
        return ()
    month = [{"use": use} if name == use.rpartition(":")[2] else name for name in ORDER]
    quiet = (("switches.imitation", "none"),) if use.endswith(":Awareness") else ()
    known = {"month.rules": month, **dict(quiet)}
    return tuple(known.items())


def published() -> dict[str, float]:
    """Return the figures that are scored, by the name of their point: shares."""
    rows = data.reported_rates(use=("hold-out",))
    told = {(r.code, r.geography, r.group, str(r.date)): float(r.value) / 100 for r in rows.itertuples()}
    asked = [one for one in points().asked("time") if one.target.code in SCORED and one.target.group == "all"]
    return {one.target.name: told[one.row] for one in asked if one.target.place == "viet-nam" and one.row in told}


def fitted(use: str, options: argparse.Namespace, wanted: Mapping[str, float]) -> dict[str, float]:
    """Return the posterior median of each scored figure: shares."""
    listed = register("check")
    member = listed.member(options.member)
    wide = asking(listed, points(), "time")
    names = [target.name for target in wide.targets]
    simulate = Reality(wide, member, options.households, options.seed, changed(use))
    kept: dict[int, tuple[float, ...]] = {}

    def told(values: Mapping[str, float], draw: int) -> tuple[float, ...]:
        kept[draw] = simulate(values, draw)
        return tuple(kept[draw][names.index(target.name)] for target in listed.targets)

    fit = infer(told, free(member.spontaneous), listed.targets, options.particles, options.budget, options.seed)
    rows = np.array([kept[int(draw)] for draw in fit.draws])
    return {name: quantiles(rows[:, names.index(name)], fit.weights)[1] for name in wanted}


def compared(options: argparse.Namespace) -> pd.DataFrame:
    """Return a row a rule: the median of each scored figure, and the mean absolute percentage error; percent."""
    truth = published()
    rows = []
    for name, use in {"shipped": "", **RULES}.items():
        found = fitted(use, options, truth)
        errors = [abs(found[point] - value) / value for point, value in truth.items()]
        rows.append({"rule": name, **{p: 100 * v for p, v in found.items()}, "MAPE": 100 * float(np.mean(errors))})
        print(rows[-1], flush=True)
    told = {"rule": "published", **{point: 100 * value for point, value in truth.items()}, "MAPE": 0.0}
    return pd.DataFrame([told, *rows])


def options_of(words: list[str] | None = None) -> argparse.Namespace:
    """Return the options of the command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--member", default="contagion-closures")
    for name, usual in (("households", 5_000), ("particles", 20), ("budget", 40), ("seed", 1)):
        options.add_argument(f"--{name}", type=int, default=usual)
    return options.parse_args(words)


if __name__ == "__main__":
    print(compared(options_of()).round(1).to_string(index=False))
