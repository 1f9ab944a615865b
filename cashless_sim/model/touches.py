"""What campaigns did to a household this month, as one number: each combination of contacts is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import DIGITAL, METHODS, Method
from cashless_sim.errors import BadValue
from cashless_sim.rules.campaigns import Campaign

MOST = 65_535
Tables = dict[str, NDArray[np.float32]]
SHARES = ("nudged", "taught", "offered", "opens")


@dataclass(frozen=True)
class Touch:
    """The sum of some contacts: chances combine as 1 − ∏(1 − p), trust adds, the best incentive counts."""

    informed: float = 0.0
    nudged: float = 0.0
    taught: float = 0.0
    offered: float = 0.0
    opens: float = 0.0
    reassured: float = 0.0
    incentive: tuple[float, ...] = (0.0,) * len(METHODS)
    signer: tuple[float, int] = (0.0, 0)
    teller: tuple[float, int] = (0.0, 0)

    def and_(self, campaign: Campaign, code: int, informed: bool) -> Touch:
        """Return this and one more contact; who signs up and who tells best is credited with just that."""
        effect = campaign.effect
        own = DIGITAL if campaign.method is None else (int(Method[campaign.method]),)
        return Touch(
            informed=max(self.informed, float(informed)),
            nudged=_either(self.nudged, effect("nudges")),
            taught=_either(self.taught, effect("teaches")),
            offered=_either(self.offered, effect("signs_up")),
            opens=_either(self.opens, effect("opens")),
            reassured=self.reassured + effect("reassures"),
            signer=max(self.signer, (effect("signs_up"), code)) if effect("signs_up") else self.signer,
            teller=max(self.teller, (effect("informs"), code)) if informed else self.teller,
            incentive=tuple(
                max(held, effect("incentive") if m in own else 0.0)
                for m, held in zip(METHODS, self.incentive, strict=True)
            ),
        )


def _either(one: float, other: float) -> float:
    return 1.0 - (1.0 - one) * (1.0 - other)


class Touches:
    """The combinations of one month, numbered as they are met; 0 is no contact."""

    def __init__(self, codes: Mapping[str, int]) -> None:
        """Begin with no contact; ``codes`` are the campaigns' by name."""
        self.codes = codes
        self.all = [Touch()]
        self._next: dict[tuple[int, str, bool], int] = {}

    def add(self, held: NDArray[np.uint16], campaign: Campaign, informed: bool) -> NDArray[np.uint16]:
        """Return the numbers of ``held`` and one more contact, uint16[n]; raise `BadValue` beyond 65,535 of them."""
        met = np.flatnonzero(np.bincount(held, minlength=1))
        after = np.zeros(int(met.max(initial=0)) + 1, dtype=np.uint16)
        for number in met:
            after[number] = self._after(int(number), campaign, informed)
        return after[held]

    def _after(self, number: int, campaign: Campaign, informed: bool) -> int:
        key = (number, campaign.name, informed)
        if key not in self._next:
            if len(self.all) > MOST:
                raise BadValue(
                    what="combinations of campaigns in one month",
                    value=len(self.all),
                    expected=f"at most {MOST}",
                    next="join campaigns of one channel, or let fewer of them reach the same households",
                )
            self._next[key] = len(self.all)
            self.all.append(self.all[number].and_(campaign, self.codes[campaign.name], informed))
        return self._next[key]

    def furnish(self, tables: Tables) -> None:
        """Set the tables that rules read by ``touch``."""
        for name in ("informed", *SHARES, "reassured"):
            tables[name] = np.array([getattr(t, name) for t in self.all], dtype=np.float32)
        for name in ("signer", "teller"):
            tables[name] = np.array([getattr(t, name)[1] for t in self.all], dtype=np.float32)
        tables["incentive"] = np.array([t.incentive for t in self.all], dtype=np.float32)
