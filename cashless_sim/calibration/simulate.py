"""One simulation of a fit: a draw of the free numbers run in each place, then asked what the targets report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import cashless_sim.data as data
from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.survey import survey
from cashless_sim.calibration.targets import Member, Register, Target
from cashless_sim.errors import BadValue
from cashless_sim.experiment.design import luck
from cashless_sim.experiment.posterior_draws import NATIONAL, Free, Structure, drawn
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Settings
from cashless_sim.outside import is_outside
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

if TYPE_CHECKING:
    from cashless_sim.population.population import Population

SCENARIOS = {"viet-nam": "viet-nam", "evnnpc": "viet-nam", "hung-yen": "hung-yen"}
"""The scenario of each place, the country's for any other; one of another place is scaled to its households."""
ELSEWHERE = 0.5
"""Households of another place for each one of the country: its figures have larger errors."""


@dataclass(frozen=True)
class Reality:
    """The simulator of a fit: called with the free numbers and a draw's number, it returns a share for each target.

    The draw's number keys every number that is not free, the months of the surveys and, as the replicate, the luck
    of the months: what fits does not rest on one course of luck. The country has ``households``, other places half
    as many. ``changes`` (keys and values of `Scenario.with_`) are made last, to leave something out of the model.
    Cheap to send to another process.
    """

    register: Register
    member: Member
    households: int
    seed: int
    changes: tuple[tuple[str, Any], ...] = ()

    def __call__(self, values: Mapping[str, float], draw: int) -> tuple[float, ...]:
        """Return the statistics in the order of the targets."""
        places = dict.fromkeys(target.place for target in self.register.targets)
        found: dict[str, float] = {}
        for place in places:
            mine = [target for target in self.register.targets if target.place == place]
            found |= self._place(place, mine, values, draw)
        return tuple(found[target.name] for target in self.register.targets)

    def size(self, place: str) -> int:
        """Return the number of households asked for in a place."""
        return self.households if place == NATIONAL else max(1, round(ELSEWHERE * self.households))

    def months(self, draw: int) -> dict[str, int]:
        """Return the month of each survey wave in a draw: any of its field months alike."""
        drawn = {}
        for name, wave in self.register.waves.items():
            u = luck(self.seed, draw, f"field.{name}")
            drawn[name] = wave.first + int(u * (wave.last - wave.first + 1))
        return drawn

    def settings(self, place: str, values: Mapping[str, float], draw: int, end: int) -> Settings:
        """Return what is run in a place: prior draws, with the free numbers and the structure of the member."""
        structure = Structure(self.member.by_peers, self.member.handover)
        made = drawn(self.base(place, end), values, structure, self.free(), self.seed, draw)
        return (made.with_(dict(self.changes)) if self.changes else made).settings()

    def base(self, place: str, end: int) -> Scenario:
        """Return the scenario of a place up to a month, before any number is drawn."""
        return _scenario(place, self.size(place), end)

    def free(self) -> tuple[Free, ...]:
        """Return the free numbers and where each goes."""
        return numbers(self.register)

    def _place(self, place: str, targets: list[Target], values: Mapping[str, float], draw: int) -> dict[str, float]:
        drawn = self.months(draw)
        when = {target.name: drawn.get(target.wave, target.month) for target in targets}
        end = max(self.register.waves[t.wave].last if t.wave else t.month for t in targets)
        settings = self.settings(place, values, draw, end)
        model = CashlessModel(
            settings, _people(place, data.own_hash(place), self.size(place)), seed=self.seed, replicate=draw
        )
        found: dict[str, float] = {}
        while set(when) - set(found):
            model.step()
            now = [t for t in targets if when[t.name] == model.month - 1]
            for wave in dict.fromkeys(t.wave for t in now):
                asked = [t for t in now if t.wave == wave]
                own = tuple(dict.fromkeys(t.code for t in asked if is_outside(t.code)))
                seen = survey(model, self.register.waves[wave] if wave else None, own)
                found |= {t.name: _share(seen, t) for t in asked}
        return found


def numbers(register: Register) -> tuple[Free, ...]:
    """Return the free numbers with the registered effects of places."""
    return tuple(Free(p.name, p.key, p.low, p.high, register.place_effect.get(p.name, 0.0)) for p in FREE)


def within_run(register: Register, end: int | None = None) -> None:
    """Raise `BadValue` when a target lies outside the run of its scenario."""
    for target in register.targets:
        settings = Scenario.load(SCENARIOS.get(target.place, NATIONAL)).settings()
        last = settings.end if end is None else min(end, settings.end)
        first = register.waves[target.wave].first if target.wave else target.month
        if not settings.start <= first <= target.month <= last:
            expected = f"a date in the run, {month_text(settings.start)} to {month_text(last)}"
            raise BadValue(what=f"date of target {target.name}", value=month_text(target.month), expected=expected)


def _share(seen: Mapping[tuple[str, str], float], target: Target) -> float:
    value = seen[target.code, target.group]
    return value - seen[target.code, target.minus] if target.minus else value


@lru_cache(maxsize=8)
def _scenario(place: str, households: int, end: int) -> Scenario:
    """Return the scenario of a place up to a month."""
    scenario = Scenario.load(SCENARIOS.get(place, NATIONAL))
    changes: dict[str, Any] = {"end": month_text(end), "households": households}
    settings = scenario.settings()
    if settings.place != place:
        factor = data.place(place).households / data.place(settings.place).households
        changes |= {"place": place, "campaigns": [campaign.scaled(factor) for campaign in settings.campaigns]}
    return scenario.with_(changes)


@lru_cache(maxsize=4)
def _people(place: str, version: str, households: int) -> Population:
    """Return the people of a place as its files stand, the same for all simulations."""
    from cashless_sim.population.population import synthesise

    return synthesise(data.place(place), households, 1)
