"""The outreach phase: who is reached by each campaign this month, by capacity, target and keyed luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import FIRST_CAMPAIGN
from cashless_sim.errors import StreamCollision, UnknownName, nearest
from cashless_sim.model.conditions import meets
from cashless_sim.model.settings import COMMITMENT, Settings
from cashless_sim.model.touches import Tables, Touches
from cashless_sim.population.columns import Column
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.people import People
from cashless_sim.rules.reach import below, by_group, claim, first_units, keyed_units, race
from cashless_sim.streams import key, purpose, uniform, uniforms
from cashless_sim.units import Code, Count, calendar_month

Rows = NDArray[np.int64]
OWNS = (
    Column("reached_by", Code, "code", "the campaign credited this month"),
    Column("contacts", Count, "times", "personal contacts by campaigns; half of them are forgotten every half year"),
)
FADING = (1, 7)
"""Calendar months in which half of the contacts are forgotten: what tires a household does not tire it for good."""
SPONSOR_OF = {"electricity": "power company", "water": "water company", "telecom": "telecom company"}


@dataclass(frozen=True)
class Reach:
    """What one campaign did in one month: contacts and VND in the full population, and in each district it is for."""

    campaign: str
    month: int
    contacts: float
    spent: float
    districts: Mapping[str, tuple[float, float]]


class Outreach:
    """The campaigns of a plan, numbered by name, ready for each month."""

    def __init__(
        self,
        settings: Settings,
        people: People,
        districts: Sequence[str],
        weight: NDArray[np.float64],
        village: NDArray[np.int32],
        seed: int,
        threads: int = 1,
    ) -> None:
        """``districts`` names the district of each cell; ``weight`` is households of the place that each stands for."""
        self.people, self.seed, self.settings = people, seed, settings
        self.weight, self.village = weight, village
        self.campaigns = sorted(settings.campaigns, key=lambda c: c.name)
        self.numbers = _numbers(self.campaigns)
        self.log: list[Reach] = []
        self._names = list(dict.fromkeys(districts))
        self._district_of_cell = np.array([self._names.index(d) for d in districts], dtype=np.uint16)
        self._home = home = self._district_of_cell[people.cell]
        self._everyone: Rows = np.arange(people.n)
        self._homes = {d: float(weight[home == i].sum()) for i, d in enumerate(self._names)}
        self._mean_weight = {d: float(weight[home == i].mean()) for i, d in enumerate(self._names) if self._homes[d]}
        self._touched = True
        self._extra: dict[str, float] = {}
        self._kept: dict[str, float] = {}
        self._replicate = 0
        self.threads = max(1, threads)
        for column in OWNS:
            people.columns.add(column)
        for campaign in self.campaigns:
            self._check(campaign)

    def step(self, month: int, replicate: int, tables: Tables, funds: Mapping[str, float] | None = None) -> None:
        """Clear last month's marks, reach this month's households, and say in ``tables`` what that does to them.

        ``funds`` are VND that utilities add to the campaigns they sponsor, by utility.
        """
        self._replicate = replicate
        running = [c for c in self.campaigns if c.runs_in(month) and c.intensity > 0]
        self._share_funds(funds or {}, running)
        touches = Touches(self.numbers)
        if calendar_month(month) in FADING:
            self.people.columns.stored("contacts")[:] >>= 1
        if self._touched:
            self.people.columns.stored("reached_by")[:] = 0
            self.people.touch[:] = 0
        if running:
            best = np.full(self.people.n, np.inf, dtype=np.float32)
            reached = self._all_reached(running, month, replicate)
            for campaign, (rows, luck) in zip(running, reached, strict=True):
                self._touch(campaign, rows, luck, month, touches, best)
        if running or self._touched:
            touches.furnish(tables)
        self._touched = bool(running)

    def _share_funds(self, funds: Mapping[str, float], running: Sequence[Campaign]) -> None:
        """Split what utilities add among their campaigns that people run this month; keep it where there is none."""
        self._extra = {}
        for utility, vnd in funds.items():
            sponsor = SPONSOR_OF[utility]
            self._kept[sponsor] = self._kept.get(sponsor, 0.0) + vnd
            theirs = [c.name for c in running if c.sponsor == sponsor and c.kind.people_run]
            if theirs:
                self._extra.update(dict.fromkeys(theirs, self._kept.pop(sponsor) / len(theirs)))

    def _all_reached(
        self, running: Sequence[Campaign], month: int, replicate: int
    ) -> list[tuple[Rows, NDArray[np.float32]]]:
        """Return whom each campaign reaches; who is reached by one depends on no other, so threads share them."""
        reached = partial(self._reached, month=month, replicate=replicate)
        if self.threads == 1 or len(running) == 1:
            return [reached(campaign) for campaign in running]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(reached, running))

    def _reached(self, campaign: Campaign, month: int, replicate: int) -> tuple[Rows, NDArray[np.float32]]:
        """Return the rows that a campaign reaches, and their luck for being told and for the credit."""
        rows = self._target(campaign)
        ids = self.people.ids if rows is self._everyone else self.people.ids[rows]
        keys = self._keys(campaign, month, replicate)
        if campaign.kind.people_run:
            rows = rows[self._by_capacity(campaign, rows, first_units(ids, *keys), month, replicate)]
            return rows, keyed_units(self.people.ids[rows], *keys)[1:3]
        reach = campaign.kind.reach.value if campaign.reach is None else campaign.reach
        chosen, luck = below(np.float32(reach * campaign.intensity), ids, *keys)
        return rows[chosen], luck

    def _touch(
        self,
        campaign: Campaign,
        rows: Rows,
        luck: NDArray[np.float32],
        month: int,
        touches: Touches,
        best: NDArray[np.float32],
    ) -> None:
        self.log.append(self._reach(campaign, rows, month))
        told = luck[0] < np.float32(campaign.effect("informs"))
        touch = self.people.touch
        for informed in (False, True):
            some = rows[told == informed]
            touch[some] = touches.add(touch[some], campaign, informed)
        pull = campaign.effect("nudges") + campaign.effect("incentive")
        number = np.uint16(self.numbers[campaign.name])
        columns = self.people.columns
        credit = columns.stored("reached_by"), columns.stored("contacts")
        claim(
            rows,
            np.ascontiguousarray(luck[1]),
            np.float32(max(pull, 1e-6)),
            number,
            campaign.kind.people_run,
            best,
            *credit,
        )

    def _reach(self, campaign: Campaign, rows: Rows, month: int) -> Reach:
        """Return contacts and spending; what is fixed is shared by households of the districts that it is for."""
        there = np.bincount(self._home[rows], weights=self.weight[rows], minlength=len(self._names))
        contacts = float(there.sum())
        named = campaign.districts or self._names
        everyone = sum(self._homes[d] for d in named) or 1.0
        districts = {}
        for name in named:
            met = float(there[self._names.index(name)])
            fixed = campaign.cost_fixed * self._homes[name] / everyone
            districts[name] = met, met * campaign.contact_cost + fixed
        return Reach(campaign.name, month, contacts, contacts * campaign.contact_cost + campaign.cost_fixed, districts)

    def _keys(self, campaign: Campaign, month: int, replicate: int) -> tuple[np.uint32, ...]:
        """Return what keys a campaign's uniforms, by its name: who is reached, who is informed, who gets the credit."""
        block = np.uint32(purpose(f"campaign.{campaign.name}"))
        return (np.uint32(month), block, np.uint32(replicate), *(np.uint32(k) for k in key(self.seed)))

    def _by_capacity(
        self, campaign: Campaign, rows: Rows, luck: NDArray[np.float32], month: int, replicate: int
    ) -> Rows:
        """Return which of the target rows are visited: in each district, the first up to the teams' capacity there."""
        assert campaign.capacity is not None
        total = campaign.capacity * campaign.intensity * COMMITMENT[self.settings.commitment]
        total += self._extra.get(campaign.name, 0.0) / max(campaign.contact_cost, 1.0)
        order = self._order(campaign, rows, luck)
        by_district, starts = by_group(self._home[rows], len(self._names))
        chosen = []
        for name, share in self._shares(campaign).items():
            at = self._names.index(name)
            here = by_district[starts[at] : starts[at + 1]]
            n = self._whole(total * share, f"{campaign.name}.{name}", month, replicate)
            chosen.append(here[_first(order[here], n)] if n < len(here) else here)
        return np.sort(np.concatenate(chosen)) if chosen else np.empty(0, dtype=np.int64)

    def _shares(self, campaign: Campaign) -> Mapping[str, float]:
        """Return how many agents of each district one contact in the whole place comes to."""
        named = campaign.districts or self._names
        everyone = sum(self._homes[d] for d in named) or 1.0
        return {d: self._homes[d] / everyone / self._mean_weight[d] for d in named if self._homes[d]}

    def _whole(self, number: float, name: str, month: int, replicate: int) -> int:
        """Round to a whole number by keyed luck, so that samples reach the right number on average."""
        luck = float(uniform(self.seed, 0, month, f"capacity.{name}", replicate))
        return int(np.floor(number)) + int(luck < number - np.floor(number))

    def _order(self, campaign: Campaign, rows: Rows, luck: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the order in which rows are visited: keyed luck, weighed by the seeding."""
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
        return 0.05 + _far_ties(self.people, self.village, rows)

    def _open(self, rows: Rows) -> NDArray[np.float64]:
        """Return how readily each passes news on, which villagers know [Banerjee2019]: one less its fixed reserve."""
        ids = self.people.ids[rows]
        reserve = uniforms(self.seed, ids, 0, "Awareness.reserve", self._replicate)
        return np.maximum(1.0 - reserve.astype(np.float64), 1e-3)

    # -- targets -----------------------------------------------------------------------------------------------
    def _target(self, campaign: Campaign) -> Rows:
        """Return the rows whom a campaign is for."""
        people = self.people
        wanted = [meets(name, people.columns.values(name), condition) for name, condition in campaign.target.items()]
        if campaign.districts:
            there = np.isin(self._names, campaign.districts)
            wanted.append(there[self._district_of_cell][people.cell])
        return np.flatnonzero(np.logical_and.reduce(wanted)) if wanted else self._everyone

    def _check(self, campaign: Campaign) -> None:
        known = sorted(self._names)
        for name in campaign.districts:
            if name not in known:
                raise UnknownName(
                    where=f"campaign '{campaign.name}'",
                    what="district",
                    name=name,
                    expected=", ".join(known),
                    near=nearest(name, known),
                )


def _first(order: NDArray[np.float64], n: int) -> Rows:
    """Return where the n smallest are; of equal ones the first, so that no sorting method shows."""
    if n == 0:
        return np.empty(0, dtype=np.int64)
    cut = 2.0 * n / len(order) + 1e-3
    few: Rows = np.flatnonzero(order < cut) if cut < 0.5 else np.arange(len(order))
    if n <= len(few) < len(order):  # uniforms: the smallest are among the few below the cut
        return few[_first(order[few], n)] if len(few) > n else few
    limit = np.partition(order, n - 1)[n - 1]
    below = np.flatnonzero(order < limit)
    return np.concatenate([below, np.flatnonzero(order == limit)[: n - len(below)]])


def _numbers(campaigns: Sequence[Campaign]) -> dict[str, int]:
    """Return the code of each campaign, by its name alone; raise `StreamCollision` when two share one."""
    named: dict[int, str] = {}
    for campaign in campaigns:
        number = FIRST_CAMPAIGN + purpose(f"campaign.{campaign.name}") % (2**16 - FIRST_CAMPAIGN)
        other = named.setdefault(number, campaign.name)
        if other != campaign.name:
            raise StreamCollision(first=other, second=campaign.name)
    return {name: number for number, name in named.items()}


def _far_ties(people: People, village: NDArray[np.int32], rows: Rows) -> NDArray[np.float64]:
    """Return the share of each household's ties that lead to another village: the bridges."""
    row_of = np.repeat(np.arange(people.n), np.diff(people.indptr))
    far = village[people.indices] != village[row_of]
    counted = np.bincount(row_of[far], minlength=people.n) / np.maximum(people.degree, 1)
    share: NDArray[np.float64] = counted[rows]
    return share
