"""The response of every offer in every place, estimated from few runs in which all places are tried at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cashless_sim.analysis.optimise.problem import Problem
from cashless_sim.analysis.optimise.response import Response, respond
from cashless_sim.analysis.optimise.world import Outcome, World, screen
from cashless_sim.errors import BadValue

F64 = NDArray[np.float64]
KNOTS = (1 / 3, 1.0)


def screened(world: World, problem: Problem, seed: int, draws: int, knots: Sequence[float] = KNOTS) -> Response:
    """Return the response estimated from ``(1 + offers x knots) x draws`` runs on common luck.

    Every place is tried in the same run: what one place gains from its neighbours' contacts is counted as its own.
    Money at full dose is the dearest that any dose came to, so that no plan costs more than it says.
    """
    found = screen(world, problem, seed, draws, knots)
    groups = tuple(g for g in world.groups if g in world.homes)
    at = [world.groups.index(group) for group in groups]
    base = found["base"].shares[:, at]
    names = [offer.name for offer in problem.payable]
    homes = {group: world.homes[group] for group in groups}
    there = [groups.index(f"district={one}") for one in world.places]
    _refuse_empty(world, base[:, there])
    size = np.array([homes[group] for group in groups])
    gains = np.empty((len(base), len(names), len(world.places), len(knots)))
    part = np.zeros((len(names), len(groups)))
    for o, name in enumerate(names):
        for k, dose in enumerate(knots):
            added = (found[f"{name}#{dose:g}"].shares[:, at] - base) * size
            gains[:, o, :, k] = added[:, there]
        whole = added.mean(axis=0)
        part[o] = np.clip(whole / whole[0], 0.0, None) if whole[0] > 0 else 0.0
    money, evenings = (_dearest(found, problem, world.places, knots, what) for what in ("spent", "contacts"))
    evenings *= np.array([offer.evenings for offer in problem.payable])[:, None]
    line = np.array([0.0, *knots])
    return respond(names, world.places, groups, line, gains, homes, base, part, money, evenings)


def _refuse_empty(world: World, base: F64) -> None:
    """Refuse a sample in which a place has no household."""
    for place, shares in zip(world.places, base.T, strict=True):
        if np.isnan(shares).any():
            expected = "a sample large enough to have some in every place"
            raise BadValue(what=f"households of {place} in the sample", value=0, expected=expected)


def _dearest(
    found: Mapping[str, Outcome], problem: Problem, places: Sequence[str], knots: Sequence[float], what: str
) -> F64:
    """Return VND or contacts a unit of dose, the most that any dose came to: ``float64[offer, place]``."""
    rows = []
    for offer in problem.payable:
        told = [getattr(found[f"{offer.name}#{dose:g}"], what) for dose in knots]
        each = [[one.get((offer.name, p), 0.0) / dose for p in places] for one, dose in zip(told, knots, strict=True)]
        rows.append(np.max(each, axis=0))
    return np.array(rows)
