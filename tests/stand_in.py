"""A stand-in for a scenario and its model: smooth curves with keyed luck, made in no time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import numpy as np
import pandas as pd

from cashless_sim.model.settings import Observation
from cashless_sim.streams import uniform
from cashless_sim.units import month_number, month_text

SHARES = {
    "A": (0.93, 1.0),
    "B": (0.06, 0.95),
    "D": (0.04, 0.6),
    "E": (0.06, 0.5),
    "F": (0.3, 0.9),
    "G": (0.3, 0.75),
}


@dataclass(frozen=True)
class Curve:
    """What ``build`` returns: ``run`` gives a tidy frame of S-curves whose speed is luck."""

    scenario: StandIn
    seed: int
    replicate: int

    @property
    def population(self):
        count = self.scenario.households or 377_582
        return SimpleNamespace(ids=np.arange(1, count + 1, dtype=np.uint32), full_size=377_582)

    def run(self, months=None, progress=None):
        first = month_number("2017-06")
        numbers = np.arange(first, first + self.scenario.months)
        luck = float(uniform(self.seed, self.replicate, 0, "stand-in"))
        speed = 0.04 + 0.02 * luck + self.scenario.push
        rise = 1 / (1 + np.exp(-speed * (numbers - first - 60)))
        parts = [
            pd.DataFrame(
                {
                    "month": [month_text(int(n)) for n in numbers],
                    "measure": name,
                    "group": group,
                    "value": low + (high - low) * rise,
                }
            )
            for name, (low, high) in SHARES.items()
            for group in ("all", "urban=yes")
        ]
        if progress:
            progress(len(numbers), len(numbers))
        return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class StandIn:
    """As much of a `Scenario` as an ensemble asks for; ``push`` speeds adoption up."""

    name: str = "hung-yen"
    push: float = 0.0
    months: int = 163
    households: int | None = None
    hash: str = "0123456789abcdef" * 4
    prior_hash: str = "fedcba9876543210" * 4
    recipe: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(title="A stand-in", title_vi="Kịch bản thay thế"),
        compare=False,
    )

    def settings(self):
        return SimpleNamespace(
            place="hung-yen",
            rules=(),
            campaigns=(),
            observation=Observation(),
            households=self.households,
            policies={},
            banks={},
            wallets={},
            measures=(),
            network="village",
        )

    def to_toml(self):
        return f"push = {self.push}\n"

    def with_(self, **changes):
        kept = {key: value for key, value in changes.items() if key not in ("rules", "campaigns", "observation")}
        return replace(self, **kept)

    def build(self, seed=0, replicate=0, threads=None):
        return Curve(self, seed, replicate)
