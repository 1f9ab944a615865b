"""The outreach phase: who is reached by each campaign this month, by capacity, target and keyed luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import FIRST_CAMPAIGN
from cashless_sim.errors import UnknownName, nearest
from cashless_sim.model.conditions import meets
from cashless_sim.model.settings import COMMITMENT, Settings
from cashless_sim.population.columns import Column
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.month import People
from cashless_sim.rules.reach import keyed_units, race, touch
from cashless_sim.streams import key, purpose, uniforms
from cashless_sim.units import Code, Count, Share

Rows = NDArray[np.int64]
OWNS = (
    Column("informed", bool, "yes/no", "told of cashless payment by a campaign this month"),
    Column("nudged", Share, "rate", "hazard of reconsidering that campaigns add this month"),
    Column("taught", Share, "share", "share of the skill gap that campaigns close this month"),
    Column("offered", Share, "share", "chance of being signed up on the spot this month"),
    Column("opens", Share, "share", "chance that a campaign opens an account this month"),
    Column("reassured", Share, "share", "change of trust that campaigns make this month"),
    Column("incentive", Share, "logit units", "incentive in force for own digital methods"),
    Column("reached_by", Code, "code", "the campaign credited this month"),
    Column("contacts", Count, "times", "campaign contacts so far"),
)
MONTHLY = tuple(c.name for c in OWNS if c.name != "contacts")
SPONSOR_OF = {"electricity": "power company", "water": "water company", "telecom": "telecom company"}
_EFFECTS = ("informs", "nudges", "teaches", "signs_up", "opens", "reassures", "incentive")


@dataclass(frozen=True)
class Reach:
    """What one campaign did in one month: contacts and VND in the full population."""

    campaign: str
    month: int
    contacts: float
    spent: float


class Outreach:
    """The campaigns of a plan, numbered by name, ready for each month."""

    def __init__(
        self,
        settings: Settings,
        people: People,
        districts: Sequence[str],
        weight: NDArray[np.float64],
        seed: int,
    ) -> None:
        """``districts`` names the district of each cell; ``weight`` is households of the place that each stands for."""
        self.people, self.seed, self.settings = people, seed, settings
        self.weight = weight
        self.campaigns = sorted(settings.campaigns, key=lambda c: c.name)
        self.numbers = {c.name: FIRST_CAMPAIGN + i for i, c in enumerate(self.campaigns)}
        self.log: list[Reach] = []
        self._district_of_cell = np.array(districts)
        self._dirty = False
        self._funds: dict[str, float] = {}
        self._luck = np.empty((4, people.n), dtype=np.float32)
        self._best = np.empty(people.n, dtype=np.float32)
        for column in OWNS:
            people.columns.add(column)
        for campaign in self.campaigns:
            self._check(campaign)

    def step(self, month: int, replicate: int, funds: Mapping[str, float] | None = None) -> None:
        """Clear last month's marks and reach this month's households.

        ``funds`` are VND that utilities add to the campaigns they sponsor, by utility.
        """
        self._funds = {SPONSOR_OF[name]: vnd for name, vnd in (funds or {}).items() if vnd > 0}
        columns = self.people.columns
        if self._dirty:
            for name in MONTHLY:
                columns.stored(name)[:] = 0
            self._dirty = False
        running = [c for c in self.campaigns if c.runs_in(month) and c.intensity > 0]
        if not running:
            return
        self._best[:] = np.inf
        for campaign in running:
            self._reach(campaign, month, replicate)

    def _reach(self, campaign: Campaign, month: int, replicate: int) -> None:
        k0, k1 = key(self.seed)
        block = np.uint32(purpose(f"campaign.{campaign.name}"))
        args = (np.uint32(month), block, np.uint32(replicate), np.uint32(k0), np.uint32(k1))
        keyed_units(self.people.ids, *args, self._luck)
        rows = self._by_capacity(campaign, month, replicate) if campaign.kind.people_run else self._by_chance(campaign)
        contacts = float(self.weight[rows].sum())
        self.log.append(Reach(campaign.name, month, contacts, contacts * campaign.contact_cost + campaign.cost_fixed))
        if len(rows):
            self._dirty = True
            effects = np.array([campaign.effect(name) for name in _EFFECTS], dtype=np.float32)
            arrays = [self.people.columns.stored(c.name) for c in OWNS]
            touch(rows, self._luck, self.numbers[campaign.name], effects, self._best, *arrays)

    def _by_chance(self, campaign: Campaign) -> Rows:
        reach = campaign.kind.reach.value if campaign.reach is None else campaign.reach
        chosen = self._target(campaign) & (self._luck[0] < np.float32(reach * campaign.intensity))
        return np.flatnonzero(chosen)

    def _by_capacity(self, campaign: Campaign, month: int, replicate: int) -> Rows:
        """Take, in each district, the smallest keyed uniforms up to the teams' capacity there."""
        assert campaign.capacity is not None
        total = campaign.capacity * campaign.intensity * COMMITMENT[self.settings.commitment]
        total += self._funds.get(campaign.sponsor, 0.0) / max(campaign.contact_cost, 1.0)
        target = self._target(campaign)
        places = self._district_of_cell[self.people.cell]
        named = campaign.districts or tuple(dict.fromkeys(self._district_of_cell))
        here = {d: places == d for d in named}
        homes = {d: float(self.weight[mask].sum()) for d, mask in here.items()}
        everyone = sum(homes.values()) or 1.0
        chosen = []
        for d in named:
            rows = np.flatnonzero(here[d] & target)
            if not len(rows):
                continue
            share = total * homes[d] / everyone / float(self.weight[here[d]].mean())
            n = self._whole(share, f"{campaign.name}.{d}", month, replicate)
            order = self._order(campaign, rows)
            chosen.append(rows if n >= len(rows) else rows[np.argpartition(order, n)[:n]] if n else rows[:0])
        return np.sort(np.concatenate(chosen)) if chosen else np.empty(0, dtype=np.int64)

    def _whole(self, number: float, name: str, month: int, replicate: int) -> int:
        """Round to a whole number by keyed luck, so that samples reach the right number on average."""
        one = np.array([0], dtype=np.uint32)
        luck = float(uniforms(self.seed, one, month, f"capacity.{name}", replicate)[0])
        return int(np.floor(number)) + int(luck < number - np.floor(number))

    def _order(self, campaign: Campaign, rows: Rows) -> NDArray[np.float64]:
        """Return the order in which rows are visited: keyed luck, weighed by the seeding."""
        luck = self._luck[0][rows]
        if campaign.seeding == "random":
            return luck.astype(np.float64)
        order: NDArray[np.float64] = race(luck, self._weight_of(campaign.seeding, rows))
        return order

    def _weight_of(self, seeding: str, rows: Rows) -> NDArray[np.float64]:
        columns, degree = self.people.columns, self.people.degree[rows].astype(np.float64)
        if seeding == "leaders":
            schooled = columns.stored("education")[rows] >= 3
            settled = (columns.stored("age")[rows] >= 40) & (columns.stored("age")[rows] <= 65)
            leading: NDArray[np.float64] = np.where(schooled & settled, 1.02, 0.02)
            return leading
        if seeding == "nominated":
            named: NDArray[np.float64] = np.square(np.maximum(degree, 0.1)) * self._open(rows)
            return named
        return 0.05 + _far_ties(self.people, rows)

    def _open(self, rows: Rows) -> NDArray[np.float64]:
        """Return one less the rank of reserve: villagers know who passes news on [Banerjee2019]."""
        columns = self.people.columns
        rank = columns.values("reserve")[rows] if "reserve" in columns else np.zeros(len(rows))
        return np.maximum(1.0 - rank.astype(np.float64), 1e-3)

    # -- targets -----------------------------------------------------------------------------------------------
    def _target(self, campaign: Campaign) -> NDArray[np.bool_]:
        chosen = np.ones(self.people.n, dtype=bool)
        if campaign.districts:
            chosen &= np.isin(self._district_of_cell, campaign.districts)[self.people.cell]
        for name, condition in campaign.target.items():
            chosen &= meets(name, self.people.columns.values(name), condition)
        return chosen

    def _check(self, campaign: Campaign) -> None:
        known = sorted(set(self._district_of_cell))
        for name in campaign.districts:
            if name not in known:
                raise UnknownName(
                    where=f"campaign '{campaign.name}'",
                    what="district",
                    name=name,
                    expected=", ".join(known),
                    near=nearest(name, known),
                )


def _far_ties(people: People, rows: Rows) -> NDArray[np.float64]:
    """Return the share of each household's ties that lead far from its row: bridges between villages."""
    row_of = np.repeat(np.arange(people.n), np.diff(people.indptr))
    far = np.abs(people.indices - row_of) > 600
    counted = np.bincount(row_of[far], minlength=people.n) / np.maximum(people.degree, 1)
    share: NDArray[np.float64] = counted[rows]
    return share
