"""What it would be worth to know an uncertain number before choosing: which survey question could change the plan."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cashless_sim.analysis.pairing import IGNORANCE, kind_of
from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import Drawing, source_of
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.rules.campaigns import EFFECTS
from cashless_sim.scenario.recipe import Scenario

F64 = NDArray[np.float64]
DEGREE = 3
FEWEST = 20


def drawn_values(scenario: Scenario, seed: int, draws: int, posterior: Draws | str = "planning") -> pd.DataFrame:
    """Return the numbers that the draws of a sweep gave a scenario: one row a draw, one column a number that varies.

    Columns are keys as ``rules.Awareness.tell`` (``[2]`` for an item of a list) and ``home-visit.signs_up``.
    """
    drawing = Drawing(source_of(posterior, [scenario]), draws, seed)
    table = pd.DataFrame([dict(_values(drawing.scenario(scenario, draw))) for draw in range(draws)])
    return table.loc[:, table.nunique() > 1]


def _values(scenario: Scenario) -> Iterator[tuple[str, float]]:
    settings = scenario.settings()
    for rule in settings.rules:
        for name, value in rule.values.items():
            key = f"rules.{type(rule).__name__}.{name}"
            if isinstance(value, tuple | list):
                yield from ((f"{key}[{i}]", float(one)) for i, one in enumerate(value))
            else:
                yield key, float(value)
    for campaign in settings.campaigns:
        yield from ((f"{campaign.channel}.{name}", float(value)) for name, value in campaign.effects.items())


def meanings(scenario: Scenario) -> dict[str, str]:
    """Return what each number of `drawn_values` means, as its rule or channel declares it: what a survey would ask."""
    found = {
        f"rules.{type(rule).__name__}.{name}": declared.meaning
        for rule in scenario.settings().rules
        for name, declared in rule.parameters.items()
    }
    for campaign in scenario.settings().campaigns:
        for name in EFFECTS:
            found[f"{campaign.channel}.{name}"] = f"{name.replace('_', ' ')} by a contact of {campaign.channel}"
    return found


def benefits(runs: Runs, month: str, measure: str = "using", payer: float | None = None) -> pd.DataFrame:
    """Return the benefit of each scenario in each draw: rows draws, columns scenarios.

    Households of whom ``measure`` is true in ``month``; with ``payer`` (VND that one more is worth) net of outreach,
    in VND. Raises `BadValue` without prior draws or rows.
    """
    if kind_of(runs) != IGNORANCE:
        raise BadValue(what="prior draws in the runs", value=0, expected=f"{FEWEST} or more (draws=)")
    rows = runs.select(draws=True, measure=[measure, "households", "spent"])
    rows = rows.astype({"scenario": str, "measure": str, "group": str, "month": str})
    last = rows[(rows["month"] == month) & (rows["group"] == "all")]
    keys = ["replicate", "scenario"]
    wide = last.pivot_table(index=keys, columns="measure", values="value")
    if measure not in wide or "households" not in wide:
        raise BadValue(what="rows of these measures in the runs", value=0, expected=f"{measure} of all in {month}")
    gained = wide[measure] * wide["households"]
    if payer is not None:
        spent = rows[(rows["measure"] == "spent") & rows["group"].str.startswith("campaign=")]
        gained = gained * payer - spent.groupby(keys)["value"].sum().reindex(gained.index, fill_value=0.0)
    table = gained.unstack("scenario")
    table.index = table.index - FIRST_DRAW
    return pd.DataFrame(table).reindex(columns=list(runs.scenarios))


def worth(values: pd.DataFrame, benefit: pd.DataFrame) -> pd.DataFrame:
    """Return what knowing each number alone would be worth, the most first, in the unit of ``benefit``.

    ``information`` is the expected gain from choosing after learning the number (EVPPI), by regression of each plan's
    benefit on it [StrongOakley2014]; ``lower`` the same with every draw predicted from the others, so that luck
    cannot feign it; ``changes`` the share of draws in which the choice would be another; ``share`` of the gain
    from knowing everything. Raises `BadValue` for fewer than 20 draws, or fewer than two plans.
    """
    rows = values.index.intersection(benefit.dropna().index)
    if len(rows) < FEWEST:
        raise BadValue(what="draws with a result", value=len(rows), expected=f"{FEWEST} or more")
    if benefit.shape[1] < 2:
        raise BadValue(what="plans to choose from", value=benefit.shape[1], expected="two or more")
    gains = benefit.loc[rows].to_numpy(dtype=np.float64)
    everything = perfect(gains)
    made = []
    for key in values.columns:
        information, lower, changes = _known(values.loc[rows, key].to_numpy(dtype=np.float64), gains)
        share = information / everything if everything > 0 else np.nan
        made.append((str(key), information, lower, changes, share))
    table = pd.DataFrame(made, columns=["key", "information", "lower", "changes", "share"])
    return table.sort_values("information", ascending=False, ignore_index=True)


def perfect(gains: F64) -> float:
    """Return the expected gain from knowing everything before choosing, of ``gains[draw, plan]`` (EVPI)."""
    return float(gains.max(axis=1).mean() - gains.mean(axis=0).max())


def _known(value: F64, gains: F64) -> tuple[float, float, float]:
    """Return the worth of knowing one number, a careful lower estimate of it, and how often the choice changes."""
    ranks = value.argsort().argsort() / max(1, len(value) - 1)  # a smooth curve over ranks holds at the ends
    basis = np.polynomial.legendre.legvander(2 * ranks - 1, DEGREE)
    q, _ = np.linalg.qr(basis)
    fitted = q @ (q.T @ gains)
    own = (q**2).sum(axis=1)[:, None]
    apart = (fitted - own * gains) / (1 - own)
    now = int(gains.mean(axis=0).argmax())
    chosen = apart.argmax(axis=1)
    information = float(fitted.max(axis=1).mean() - fitted.mean(axis=0).max())
    careful = float(gains[np.arange(len(gains)), chosen].mean() - gains[:, now].mean())
    return max(information, 0.0), careful, float((fitted.argmax(axis=1) != now).mean())
