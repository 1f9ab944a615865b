"""A world whose best plan is known: concave gains in three places, luck that plans share, and a little of their own."""

from __future__ import annotations

import numpy as np

from cashless_sim.analysis.optimise.problem import Line, Offer, Problem
from cashless_sim.analysis.optimise.world import Outcome
from cashless_sim.units import month_number

PLACES = ("Hill", "Plain", "Town")
HOMES = {"Hill": 1_000.0, "Plain": 3_000.0, "Town": 2_000.0}
BASE = {"Hill": 0.40, "Plain": 0.55, "Town": 0.80}
KNOTS = (0.0, 1 / 3, 1.0)
GAIN = {  # households at a third of the dose, and at the whole dose
    ("visits", "Hill"): (90, 120),
    ("visits", "Plain"): (180, 300),
    ("visits", "Town"): (30, 45),
    ("desks", "Hill"): (20, 30),
    ("desks", "Plain"): (120, 150),
    ("desks", "Town"): (60, 150),
}
MONEY = {"visits": 6.0, "desks": 3.0}
DAY = month_number("2027-01")


def offer(name: str, **more) -> Offer:
    given = {"channel": "home-visit", "sponsor": "bank", "start": DAY, "end": DAY + 11, "most": 10, "cost": 1.0}
    return Offer(name, **{**given, **more})


def problem(**more) -> Problem:
    offers = (offer("visits"), offer("desks", channel="help-desk", evenings=1.0))
    lines = (Line("pot", "bank", 2027, 8.0, ("home-visit", "help-desk")),)
    return Problem(**{"offers": offers, "lines": lines, "judged": "2028-12", **more})


def gained(cell: tuple[str, str], dose: float) -> float:
    return float(np.interp(dose, KNOTS, (0.0, *GAIN[cell])))


class Toy:
    """Shares are those of the table plus luck of the draw, common to all plans, and a little noise of each plan."""

    places = PLACES
    parameters = {"source": "prior"}
    groups = ("all", *(f"district={place}" for place in PLACES), "age=60+")

    def __init__(self, noise: float = 0.0) -> None:
        self.noise = noise
        self.runs = 0
        total = sum(HOMES.values())
        self.homes = {"all": total, "age=60+": 0.3 * total} | {f"district={p}": HOMES[p] for p in PLACES}

    def outcomes(self, plans, seed, draws):
        luck = np.random.default_rng(seed)
        common = 0.05 * luck.normal(size=draws)
        common -= common.mean()  # so that predictions of a share are those of the table
        found = {}
        for name, doses in plans.items():
            self.runs += draws
            shares = np.empty((draws, len(self.groups)))
            for i, place in enumerate(PLACES):
                gain = sum(gained(cell, dose) for cell, dose in doses.items() if cell[1] == place)
                shares[:, 1 + i] = BASE[place] + gain / HOMES[place]
            shares[:, 1:4] += common[:, None] + self.noise * luck.normal(size=(draws, 3))
            homes = np.array([HOMES[p] for p in PLACES])
            shares[:, 0] = shares[:, 1:4] @ homes / homes.sum()
            shares[:, 4] = shares[:, 0] - 0.1
            spent = {cell: MONEY[cell[0]] * dose for cell, dose in doses.items()}
            found[name] = Outcome(shares, spent, spent)
        return found


def asked(floors: str = "") -> str:
    """Return the text of a question about two offers and one pot; ``floors`` is a table of its own."""
    return f"""
title = "A toy"
judged = "2028-12"
base = "calm.toml"
{floors}[[offers]]
name = "visits"
channel = "home-visit"
sponsor = "bank"
start = "2027-01"
end = "2027-12"
most = 10
[[offers]]
name = "desks"
channel = "help-desk"
sponsor = "bank"
start = "2027-01"
end = "2027-12"
most = 10
[[lines]]
name = "pot"
sponsor = "bank"
year = 2027
amount = 8
uses = ["home-visit", "help-desk"]
"""
