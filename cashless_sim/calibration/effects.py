"""Prior beside posterior of what campaigns do: not fitted, so hardly moved; the table shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.calibration.summary import UNLEARNT
from cashless_sim.experiment.design import campaign_drawn
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.rules.campaigns import EFFECTS, Campaign
from cashless_sim.scenario.recipe import Scenario

PRIOR = 400
"""Draws of the prior that the posterior is held against."""
OWN = ("intensity", "capacity", "reach")


def campaign_numbers(campaigns: Sequence[Campaign], seed: int, draw: int) -> dict[str, float]:
    """Return each number of campaigns in one draw: ``channel.effect``, ``campaign.intensity``."""
    found: dict[str, float] = {}
    for campaign in campaigns:
        made = campaign_drawn(campaign, seed, draw)
        found |= {f"{campaign.channel}.{name}": made.effect(name) for name in EFFECTS}
        own = {name: getattr(made, name) for name in OWN}
        found |= {f"{campaign.name}.{name}": float(value) for name, value in own.items() if value is not None}
    return found


def effects(posterior: Draws, scenario: Scenario) -> pd.DataFrame:
    """Return name, prior_mean, prior_sd, mean, sd, shift (prior SDs), contraction, unmoved: a row a drawn number.

    A posterior row keeps the draw number, and with it what its campaigns did in the simulation that fitted: the weights
    may prefer some of them. Unmoved is what is narrowed by less than `UNLEARNT` and shifted by less than half an SD.
    """
    seed = int(posterior.manifest["seed"])
    before = _table(scenario, seed, range(PRIOR))
    rows = posterior.frame
    after = _table(scenario, seed, [int(draw) for draw in rows["draw"]])
    weights = rows["weight"].to_numpy() / rows["weight"].sum()
    found: list[dict[str, Any]] = []
    for name in before.columns:
        prior, values = before[name].to_numpy(), after[name].to_numpy()
        spread = float(prior.std())
        if spread == 0:
            continue
        mean = float(weights @ values)
        sd = float(np.sqrt(weights @ (values - mean) ** 2))
        shift, narrowed = (mean - float(prior.mean())) / spread, 1 - (sd / spread) ** 2
        found.append(
            {
                "name": name,
                "prior_mean": float(prior.mean()),
                "prior_sd": spread,
                "mean": mean,
                "sd": sd,
                "shift": shift,
                "contraction": narrowed,
                "unmoved": bool(narrowed < UNLEARNT and abs(shift) < 0.5),
            }
        )
    return pd.DataFrame(found)


def _table(scenario: Scenario, seed: int, draws: Any) -> pd.DataFrame:
    known: dict[int, dict[str, float]] = {}
    campaigns = scenario.settings().campaigns
    for draw in draws:
        if draw not in known:
            known[draw] = campaign_numbers(campaigns, seed, draw)
    return pd.DataFrame([known[draw] for draw in draws])
