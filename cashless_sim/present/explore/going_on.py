"""A model that is kept in one month and goes on from there again and again, each time with other outreach."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import pandas as pd

from cashless_sim.model.model import CashlessModel
from cashless_sim.model.record import Record
from cashless_sim.rules.campaigns import Campaign

NOT_KEPT = ("model", "random", "pos")


class KeptModel(CashlessModel):
    """A model whose state can be kept in a month, to be gone on from with other campaigns.

    It is built with every campaign that will be tried, none of which has begun when the state is kept. Going on then
    gives the same bits as a run from the start: chance is keyed by month and campaign, not by what came before.
    """

    _state: dict[str, Any]

    def keep(self) -> None:
        """Keep the state of this month; what was counted so far is left to the caller."""
        outreach = self._outreach
        self._state = {
            "arrays": [array.copy() for array in self.columns.arrays()],
            "ids": self.ids.copy(),
            "month": self.month,
            "touch": outreach.people.touch.copy(),
            "tables": {name: table.copy() for name, table in self.tables.items()},
            "outreach": {name: copy.copy(value) for name, value in vars(outreach).items() if _is_running(value)},
            "agents": [(agent, _own(agent)) for agents in self._registered_types().values() for agent in agents],
        }

    def go_on(self, campaigns: Sequence[Campaign], months: int | None = None) -> pd.DataFrame:
        """Return month, measure, group, value of some months (all that are left) from the kept one on.

        These campaigns are in force.
        """
        self._take_up()
        self._outreach.campaigns = sorted(campaigns, key=lambda one: one.name)
        return self.run(months)

    def _take_up(self) -> None:
        """Set everything to what it was when it was kept."""
        kept, outreach = self._state, self._outreach
        for array, was in zip(self.columns.arrays(), kept["arrays"], strict=True):
            array[...] = was
        self.ids[...] = kept["ids"]
        self.month = kept["month"]
        outreach.people.touch[:] = kept["touch"]
        self.tables.update({name: table.copy() for name, table in kept["tables"].items()})
        for name, value in kept["outreach"].items():
            setattr(outreach, name, copy.copy(value))
        for agent, was in kept["agents"]:
            vars(agent).update(copy.deepcopy(was))
        self._record = Record()


def _is_running(value: Any) -> bool:
    """Whether an attribute of the outreach may change from month to month: numbers, lists and tables of its own."""
    return isinstance(value, bool | int | float | list | dict)


def _own(agent: Any) -> dict[str, Any]:
    """Return a copy of what an organisation holds beside its place in the model."""
    return copy.deepcopy({name: value for name, value in vars(agent).items() if name not in NOT_KEPT})
