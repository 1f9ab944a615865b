"""Numbers along an axis, with as many digits as tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.ticker import Formatter

from cashless_sim.present.locale.sentences import NO_BREAK, number
from cashless_sim.present.plot.frames import minus

MOST_DIGITS = 6
NEAR = 1e-3
"""Share of the step by which a tick may miss its rounded number."""


class Ticks(Formatter):
    """Ticks of one axis as they are written in a language: all with the digits that the axis' step needs."""

    def __init__(self, tongue: str, *, are_shares: bool = False) -> None:
        """Write in a language; shares [0, 1] as percentages."""
        self.tongue, self.scale, self.unit = tongue, 100.0 if are_shares else 1.0, f"{NO_BREAK}%" if are_shares else ""
        self.most = 0

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the ticks' numbers in text."""
        self.most = digits([self.scale * value for value in values])
        return [self(value) for value in values]

    def __call__(self, value: float, position: int | None = None) -> str:
        """Return one number in text, with the digits of the ticks that were written last."""
        return minus(number(self.scale * value, self.tongue, self.most)) + self.unit


def digits(ticks: Sequence[float]) -> int:
    """Return the fewest digits with which all ticks are written as they are; 0 without ticks."""
    places = sorted(set(map(float, ticks)))
    step = min((after - before for before, after in pairwise(places)), default=max(map(abs, places), default=1.0))
    fit = (n for n in range(MOST_DIGITS) if all(abs(round(one, n) - one) <= NEAR * step for one in places))
    return next(fit, MOST_DIGITS)
