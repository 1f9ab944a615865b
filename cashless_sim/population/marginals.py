"""What the households of a place must add up to, as whole numbers for each village."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cashless_sim.data import Place
from cashless_sim.errors import DataProblem
from cashless_sim.population.layout import Layout
from cashless_sim.population.quotas import I64, largest_remainder, village_quotas


class Marginals:
    """The published marginals of a place, turned into quotas of its villages."""

    def __init__(self, place: Place, layout: Layout) -> None:
        self.place = place
        self.layout = layout
        frame = place.marginals
        keys = zip(frame["marginal"].astype(str), frame["group"].astype(str), strict=True)
        self._values = dict(zip(keys, frame["value"].astype(float), strict=True))

    def value(self, marginal: str, group: str = "all") -> float:
        """Return one published number; raise `DataProblem` where it is missing."""
        if (marginal, group) not in self._values:
            raise DataProblem(
                where=f"{self.place.name}/marginals.csv",
                problem=f"no row for marginal '{marginal}', group '{group}'",
                expected="one",
                next="add the row with its source, or one marked assumed",
            )
        return self._values[marginal, group]

    def groups(self, marginal: str) -> tuple[str, ...]:
        """Return the groups of one marginal in the order of the file."""
        return tuple(group for name, group in self._values if name == marginal)

    def distribution(self, marginal: str, groups: Sequence[str] | None = None) -> I64:
        """Return households of each village by group: ``int64[villages, groups]``."""
        shares = [self.value(marginal, g) for g in groups or self.groups(marginal)]
        return village_quotas(largest_remainder(shares, self.layout.full_size), self.layout.sizes)

    def yes(self, marginal: str) -> I64:
        """Return households of each village without and with a trait: ``int64[villages, 2]``.

        Where a share is published for town and country, both are met; where also for all, the total is
        met exactly and the two are scaled to it.
        """
        sizes, urban = self.layout.sizes, self.layout.urban
        if "urban=yes" not in self.groups(marginal):
            return yes_no(self.value(marginal), sizes)
        strata = [np.flatnonzero(urban == u) for u in (False, True)]
        shares = [self.value(marginal, f"urban={u}") for u in ("no", "yes")]
        holders = [p * float(sizes[s].sum()) for p, s in zip(shares, strata, strict=True)]
        total = holders[0] + holders[1]
        if "all" in self.groups(marginal):
            total = self.value(marginal) * self.layout.full_size
        counts = np.zeros((len(sizes), 2), dtype=np.int64)
        for stratum, wanted in zip(strata, largest_remainder(holders, int(total + 0.5)), strict=True):
            free = int(sizes[stratum].sum())
            wanted = min(int(wanted), free)
            counts[stratum] = village_quotas(np.array([free - wanted, wanted]), sizes[stratum])
        return counts


def yes_no(share: float, sizes: I64) -> I64:
    """Return how many of each village's ``sizes`` lack and have a trait: ``int64[villages, 2]``."""
    total = int(sizes.sum())
    yes = int(share * total + 0.5)
    return village_quotas(np.array([total - yes, yes]), sizes)
