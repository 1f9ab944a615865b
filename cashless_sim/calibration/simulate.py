"""One simulation of a fit: a draw of the free numbers run in each place, then asked what the targets report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scipy.special import ndtri

import cashless_sim.data as data
from cashless_sim.calibration.priors import FREE
from cashless_sim.calibration.survey import survey
from cashless_sim.calibration.targets import Member, Register, Target
from cashless_sim.errors import BadValue
from cashless_sim.experiment.design import luck, prior_draw
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Settings
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

if TYPE_CHECKING:
    from cashless_sim.population.population import Population

SCENARIOS = {"viet-nam": "viet-nam", "evnnpc": "viet-nam", "hung-yen": "hung-yen"}
"""The scenario of each place; one of another place is scaled to its households."""
NATIONAL = "viet-nam"
BOUNDS = {prior.name: (prior.low, prior.high) for prior in FREE}


@dataclass(frozen=True)
class Reality:
    """The simulator of a fit: called with the free numbers and a draw's number, it returns a share for each target.

    The draw's number keys every number that is not free and the months of the surveys; ``seed`` keys the luck of
    the months, the same for all draws. Places have ``households`` each. Cheap to send to another process.
    """

    register: Register
    member: Member
    households: int
    seed: int

    def __call__(self, values: Mapping[str, float], draw: int) -> tuple[float, ...]:
        """Return the statistics in the order of the targets."""
        places = dict.fromkeys(target.place for target in self.register.targets)
        found: dict[str, float] = {}
        for place in places:
            mine = [target for target in self.register.targets if target.place == place]
            found |= self._place(place, mine, values, draw)
        return tuple(found[target.name] for target in self.register.targets)

    def months(self, draw: int) -> dict[str, int]:
        """Return the month of each survey wave in a draw: any of its field months alike."""
        drawn = {}
        for name, wave in self.register.waves.items():
            u = luck(self.seed, draw, f"field.{name}")
            drawn[name] = wave.first + int(u * (wave.last - wave.first + 1))
        return drawn

    def settings(self, place: str, values: Mapping[str, float], draw: int, end: int) -> Settings:
        """Return what is run in a place: prior draws, with the free numbers and the structure of the member."""
        scenario = _scenario(place, self.households, end, self.member)
        given = {prior.key: self._here(place, prior.name, values[prior.name], draw) for prior in FREE}
        if self.member.by_peers is not None:
            given["rules.Consider.by_peers"] = self.member.by_peers
        return prior_draw(scenario, self.seed, draw).with_(given).settings()

    def _here(self, place: str, name: str, value: float, draw: int) -> float:
        """Return a number in one place: the effects of places are drawn, none for the country."""
        spread = self.register.place_effect.get(name, 0.0)
        if place == NATIONAL or not spread:
            return value
        moved = value + spread * float(ndtri(luck(self.seed, draw, f"place.{place}.{name}")))
        low, high = BOUNDS[name]
        return min(max(float(f"{moved:.9g}"), low), high)

    def _place(self, place: str, targets: list[Target], values: Mapping[str, float], draw: int) -> dict[str, float]:
        drawn = self.months(draw)
        when = {target.name: drawn.get(target.wave, target.month) for target in targets}
        end = max(self.register.waves[t.wave].last if t.wave else t.month for t in targets)
        settings = self.settings(place, values, draw, end)
        model = CashlessModel(settings, _people(place, self.households), seed=self.seed)
        found: dict[str, float] = {}
        while set(when) - set(found):
            model.step()
            now = [t for t in targets if when[t.name] == model.month - 1]
            for wave in dict.fromkeys(t.wave for t in now):
                seen = survey(model, self.register.waves[wave] if wave else None)
                found |= {t.name: _share(seen, t) for t in now if t.wave == wave}
        return found


def within_run(register: Register, end: int | None = None) -> None:
    """Raise `BadValue` when a target lies outside the run of its scenario."""
    for target in register.targets:
        settings = Scenario.load(SCENARIOS[target.place]).settings()
        last = settings.end if end is None else min(end, settings.end)
        first = register.waves[target.wave].first if target.wave else target.month
        if not settings.start <= first <= target.month <= last:
            expected = f"a date in the run, {month_text(settings.start)} to {month_text(last)}"
            raise BadValue(what=f"date of target {target.name}", value=month_text(target.month), expected=expected)


def _share(seen: Mapping[tuple[str, str], float], target: Target) -> float:
    value = seen[target.code, target.group]
    return value - seen[target.code, target.minus] if target.minus else value


@lru_cache(maxsize=8)
def _scenario(place: str, households: int, end: int, member: Member) -> Scenario:
    """Return the scenario of a place up to a month, with the closures of a member."""
    scenario = Scenario.load(SCENARIOS[place])
    changes: dict[str, Any] = {"end": month_text(end), "households": households}
    settings = scenario.settings()
    if settings.place != place:
        factor = data.place(place).households / data.place(settings.place).households
        changes |= {"place": place, "campaigns": [_scaled(campaign, factor) for campaign in settings.campaigns]}
    if not member.handover:
        changes["closures"] = [replace(closure, to=None) for closure in settings.closures]
    return scenario.with_(changes)


def _scaled(campaign: Any, factor: float) -> Any:
    if campaign.capacity is None:
        return campaign
    return replace(campaign, capacity=max(1, round(campaign.capacity * factor)))


@lru_cache(maxsize=4)
def _people(place: str, households: int) -> Population:
    from cashless_sim.population.population import synthesise

    return synthesise(data.place(place), households, 1)
