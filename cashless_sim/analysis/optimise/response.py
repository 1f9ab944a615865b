"""What each offer adds in each place by dose: concave lines through what screening runs showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Response:
    """Gains in households, concave in the dose, for offers × places, in each draw.

    ``knots`` are doses (0 first, 1 last); ``slopes[draw, offer, place, segment]`` households a unit of dose, never
    rising along the segments; ``money[offer, place]`` VND and ``evenings[offer, place]`` at full dose;
    ``base[draw, group]`` shares without spending; ``homes[group]`` households; ``lift[offer, place, group]`` how
    much of a gain falls to each group. ``groups`` begins with ``all``.
    """

    offers: tuple[str, ...]
    places: tuple[str, ...]
    groups: tuple[str, ...]
    knots: F64
    slopes: F64
    money: F64
    evenings: F64
    base: F64
    homes: F64
    lift: F64

    @property
    def widths(self) -> F64:
        """Doses from knot to knot: ``float64[segments]``."""
        return np.diff(self.knots)

    def predicted(self, doses: F64) -> F64:
        """Return the predicted share of each group in each draw at ``doses[offer, place]``: ``[draw, group]``."""
        filled = np.clip(doses[..., None] - self.knots[:-1], 0.0, self.widths)
        gained = np.einsum("dopk,opk->dop", self.slopes, filled)
        shares: F64 = self.base + np.einsum("dop,opg->dg", gained, self.lift) / self.homes
        return shares

    def array(self, doses: Mapping[tuple[str, str], float]) -> F64:
        """Return doses by name as ``float64[offers, places]``."""
        return np.array([[doses.get((o, p), 0.0) for p in self.places] for o in self.offers])


def concave(knots: F64, gains: F64) -> F64:
    """Return the slopes of the concave, rising line nearest to ``gains[knots]`` (0 at 0), weighted by width.

    Neighbouring slopes that would rise are pooled (isotonic regression); below zero they are zero.
    """
    blocks: list[tuple[float, float, int]] = []
    for width, step in zip(np.diff(knots), np.diff(gains), strict=True):
        blocks.append((float(step), float(width), 1))
        while len(blocks) > 1 and blocks[-1][0] / blocks[-1][1] > blocks[-2][0] / blocks[-2][1]:
            (rise, long, many), (before, wide, few) = blocks.pop(), blocks.pop()
            blocks.append((before + rise, wide + long, few + many))
    slopes = [max(rise / width, 0.0) for rise, width, many in blocks for _ in range(many)]
    return np.array(slopes)


def shrunk(raw: F64, homes: F64) -> F64:
    """Return gains a household ``raw[draw, offer, place, dose]`` drawn towards their offer's mean over places.

    By how much is told by the luck between draws beside the spread between places [EfronMorris1975]; what is left
    of a place's own mean is a share in [0, 1] for each offer and dose. Draws keep their common rise and fall.
    """
    weights = homes / homes.sum()
    pooled = np.einsum("dopk,p->dok", raw, weights)[:, :, None, :]
    own = (raw - pooled).mean(axis=0)
    draws = raw.shape[0]
    if draws < 2 or raw.shape[2] < 2:
        return np.broadcast_to(pooled, raw.shape).copy()
    noise = (raw - pooled).var(axis=0, ddof=1).mean(axis=1) / draws
    spread = np.maximum(own.var(axis=1, ddof=1) - noise, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.where(spread > 0, spread / (spread + noise), 0.0)
    result: F64 = pooled + kept[None, :, None, :] * own[None]
    return result


def respond(
    offers: Sequence[str],
    places: Sequence[str],
    groups: Sequence[str],
    knots: F64,
    gains: F64,
    homes: Mapping[str, float],
    base: F64,
    by_group: F64,
    money: F64,
    evenings: F64,
) -> Response:
    """Return the response from screening: ``gains[draw, offer, place, dose]`` in households at the knots above 0.

    ``by_group[offer, group]`` is each group's part [0, 1] of an offer's gain; districts take their own place's.
    """
    at = np.array([homes[f"district={place}"] for place in places])
    smooth = shrunk(gains / at[None, None, :, None], at) * at[None, None, :, None]
    draws, n_offers, n_places, _ = gains.shape
    slopes = np.empty(gains.shape)
    for d, o, p in np.ndindex(draws, n_offers, n_places):
        slopes[d, o, p] = concave(knots, np.concatenate([[0.0], smooth[d, o, p]]))
    lift = np.empty((n_offers, n_places, len(groups)))
    for g, group in enumerate(groups):
        place = group.removeprefix("district=")
        own = [float(one == place) for one in places] if group.startswith("district=") else by_group[:, g : g + 1]
        lift[:, :, g] = own
    held = np.array([homes[group] for group in groups])
    return Response(tuple(offers), tuple(places), tuple(groups), knots, slopes, money, evenings, base, held, lift)
