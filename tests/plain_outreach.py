"""Outreach for the plain twin: each campaign goes from household to household."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

import cashless_sim.streams as streams
from cashless_sim.codes import DIGITAL, FIRST_CAMPAIGN, METHODS, Method
from cashless_sim.model.settings import COMMITMENT
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.maths import log

NOTHING = {"informed": 0.0, "nudged": 0.0, "taught": 0.0, "offered": 0.0, "opens": 0.0, "reassured": 0.0}
GROWN = {"nudged": "nudges", "taught": "teaches", "offered": "signs_up", "opens": "opens"}


def code_of(campaign: Campaign) -> int:
    """Return the code by which a campaign is credited: made of its name alone."""
    return FIRST_CAMPAIGN + streams.purpose(f"campaign.{campaign.name}") % (2**16 - FIRST_CAMPAIGN)


class PlainOutreach:
    """The campaigns of a plan, carried out one household at a time."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.campaigns = sorted(model.settings.campaigns, key=lambda c: c.name)
        self.district = [cell.district for cell in model.original.cells]
        self.weight = model.original.weight.tolist()
        self.contacts: dict[tuple[str, int], float] = {}

    def step(self, month: int) -> None:
        """Forget last month's contacts; reach this month's households."""
        for home in self.model.homes:
            home.touched = {**NOTHING, "incentive": [0.0] * len(METHODS), "signer": 0, "teller": 0}
            home.credits = {"signer": (0.0, 0), "teller": (0.0, 0)}
            if month % 12 in (0, 6):
                home.contacts = int(home.contacts) // 2
            home.reached_by = 0
        best = {home.row: math.inf for home in self.model.homes}
        for campaign in self.campaigns:
            if campaign.runs_in(month) and campaign.intensity > 0:
                luck = [self._luck(campaign, month, word) for word in range(3)]
                reached = self._reached(campaign, month, luck[0])
                self.contacts[campaign.name, month] = sum(self.weight[home.row] for home in reached)
                for home in reached:
                    touch(home, campaign, luck[1][home.row], luck[2][home.row], best)

    def _luck(self, campaign: Campaign, month: int, word: int) -> list[np.float32]:
        model = self.model
        name = f"campaign.{campaign.name}"
        return list(streams.uniforms(model.keyed, model.original.ids, month, name, model.replicate, word))

    def _reached(self, campaign: Campaign, month: int, luck: list[np.float32]) -> list[Any]:
        target = [home for home in self.model.homes if self._is_target(campaign, home)]
        if not campaign.kind.people_run:
            reach = campaign.kind.reach.value if campaign.reach is None else campaign.reach
            return [home for home in target if luck[home.row] < np.float32(reach * campaign.intensity)]
        return self._visited(campaign, month, luck, target)

    def _visited(self, campaign: Campaign, month: int, luck: list[np.float32], target: list[Any]) -> list[Any]:
        """Take the first in each district's order, as many as the teams can visit."""
        total = campaign.capacity * campaign.intensity * COMMITMENT[self.model.settings.commitment]
        weights: dict[str, list[float]] = {}
        for home in self.model.homes:
            weights.setdefault(self.district[int(home.cell)], []).append(self.weight[home.row])
        named = campaign.districts or tuple(dict.fromkeys(self.district))
        everyone = sum(sum(weights.get(name, ())) for name in named)
        reached = []
        for name in named:
            there = [home for home in target if self.district[int(home.cell)] == name]
            if there:
                mean = sum(weights[name]) / len(weights[name])
                number = self._whole(total * sum(weights[name]) / everyone / mean, f"{campaign.name}.{name}", month)
                there.sort(key=lambda home: (self._turn(campaign, home, luck[home.row]), home.row))
                reached += there[:number]
        return sorted(reached, key=lambda home: home.row)

    def _whole(self, number: float, name: str, month: int) -> int:
        model = self.model
        luck = streams.uniform(model.keyed, 0, month, f"capacity.{name}", model.replicate)
        return math.floor(number) + (float(luck) < number - math.floor(number))

    def _turn(self, campaign: Campaign, home: Any, luck: np.float32) -> float:
        if campaign.seeding == "random":
            return float(luck)
        return -float(log(luck)) / self._weight_of(campaign.seeding, home)

    def _weight_of(self, seeding: str, home: Any) -> float:
        known = float(len(home.neighbours))
        if seeding == "leaders":
            return 1.02 if home.education >= 3 and 40 <= home.age <= 65 else 0.02
        if seeding == "nominated":
            model = self.model
            reserve = streams.uniform(model.keyed, home.id, 0, "Awareness.reserve", model.replicate)
            return max(known, 0.1) * max(known, 0.1) * max(1.0 - float(reserve), 1e-3)
        village = self.model.original.population.village
        far = sum(1 for other in home.neighbours if village[other.row] != village[home.row])
        return 0.05 + far / max(known, 1.0)

    def _is_target(self, campaign: Campaign, home: Any) -> bool:
        if campaign.districts and self.district[int(home.cell)] not in campaign.districts:
            return False
        return all(_meets(getattr(home, name), wanted) for name, wanted in campaign.target.items())


def _meets(value: Any, wanted: Any) -> bool:
    if isinstance(value, list):
        return all(_meets(one, wanted) for one in value)
    if isinstance(wanted, Mapping):
        return bool(wanted.get("min", -math.inf) <= value <= wanted.get("max", math.inf))
    return value in wanted if isinstance(wanted, tuple | list) else bool(value == wanted)


def touch(home: Any, campaign: Campaign, informs: Any, credit: Any, best: dict[int, float]) -> None:
    """Add one contact to what this month does to a household."""
    touched = home.touched
    if informs < np.float32(campaign.effect("informs")):
        touched["informed"] = 1.0
    for column, name in GROWN.items():
        touched[column] = 1.0 - (1.0 - touched[column]) * (1.0 - campaign.effect(name))
    touched["reassured"] += campaign.effect("reassures")
    own = DIGITAL if campaign.method is None else (int(Method[campaign.method]),)
    for m in own:
        touched["incentive"][m] = max(touched["incentive"][m], campaign.effect("incentive"))
    credit_with(home, "signer", campaign, campaign.effect("signs_up"))
    if informs < np.float32(campaign.effect("informs")):
        credit_with(home, "teller", campaign, campaign.effect("informs"))
    if campaign.kind.people_run:
        home.contacts += 1
    pull = campaign.effect("nudges") + campaign.effect("incentive")
    time = -log(credit) / np.float32(max(pull, 1e-6))
    if time < best[home.row]:
        best[home.row] = time
        home.reached_by = code_of(campaign)


def credit_with(home: Any, what: str, campaign: Campaign, effect: float) -> None:
    """Credit the campaign with the strongest effect of that kind; of equal ones the higher code."""
    if effect and (effect, code_of(campaign)) > home.credits[what]:
        home.credits[what] = effect, code_of(campaign)
        home.touched[what] = code_of(campaign)
