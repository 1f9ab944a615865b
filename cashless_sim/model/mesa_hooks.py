"""The few public hooks through which a Mesa model shows households that are columns, not objects."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import BadValue, UnknownName, Unsupported
from cashless_sim.model.household_set import HouseholdSet
from cashless_sim.model.households import Household
from cashless_sim.model.membership import FIRST_REGISTERED
from cashless_sim.population.columns import Columns

MOST_REPORTED = 100_000
"""Households above which one row a household and month is refused."""


class MesaFace:
    """Mix in before `mesa.Model`: ``class CashlessModel(MesaFace, mesa.Model)``.

    The model supplies ``columns``, ``ids`` (``uint32[n]``, kept up to date in place) and
    ``step_household(row)``; ``step_households(rows)`` if it can do many at once.
    """

    columns: Columns
    ids: NDArray[np.uint32]
    random: Any
    _registered = 0
    _everyone: HouseholdSet | None = None
    _households: HouseholdSet | None = None
    _collector: Any = None

    @property
    def households(self) -> HouseholdSet:
        """The model's households, all of them and nobody else."""
        if self._households is None:
            self._households = HouseholdSet(self)._hold()
        return self._households

    def household(self, unique_id: int) -> Household:
        """Return the household of that id; raise `UnknownName`."""
        found = np.flatnonzero(self.ids == unique_id)
        if not len(found):
            expected = f"an id from {self.ids.min()} to {self.ids.max()} that lives in this model"
            raise UnknownName(what="household", name=unique_id, expected=expected)
        return Household(self, int(found[0]))

    @property
    def agents(self) -> HouseholdSet:
        """Everyone: the households, then the registered agents in order of registration."""
        if self._everyone is None:
            registered = self._registered_types()
            found = sorted((a for s in registered.values() for a in s), key=lambda a: a.unique_id)
            self._everyone = HouseholdSet(self, agents=found)._hold()
        return self._everyone

    @agents.setter
    def agents(self, agents: Any) -> None:
        raise AttributeError("model.agents belongs to Mesa and cannot be set; choose another name")

    def _registered_types(self) -> dict[type, Any]:
        return super().agents_by_type  # type: ignore[misc, no-any-return]

    @property
    def agents_by_type(self) -> dict[type, Any]:
        """The households and each type of registered agent, as sets by class."""
        return {Household: self.households, **self._registered_types()}

    @property
    def agent_types(self) -> list[type]:
        """`Household`, then the types of the registered agents."""
        return list(self.agents_by_type)

    def register_agent(self, agent: Any) -> None:
        """Take in an ordinary agent (a utility, a bank), numbered from 2³² on; raise `Unsupported` for a household."""
        if isinstance(agent, Household):
            raise Unsupported(what="registering a household", why="views are made when asked for")
        agent.unique_id = number = FIRST_REGISTERED + self._registered
        self._registered += 1
        super().register_agent(agent)  # type: ignore[misc]
        agent.unique_id = number  # Mesa 3.5 numbers agents while registering them
        if ids := getattr(mesa.Agent, "_ids", None):  # Mesa 3.3 keeps every model alive in there
            ids.pop(self, None)
        if self._everyone is not None:
            self._everyone._add(agent)

    def deregister_agent(self, agent: Any) -> None:
        """Let a registered agent go; raise `Unsupported` for a household."""
        if isinstance(agent, Household):
            agent.remove()
        super().deregister_agent(agent)  # type: ignore[misc]
        if self._everyone is not None:
            self._everyone._discard(agent)

    def remove_all_agents(self) -> None:
        """Raise `Unsupported`: a model without its households is no model."""
        raise Unsupported(
            what="model.remove_all_agents()",
            why="rows are fixed",
            next="build another model, or use agent.remove()",
        )

    @property
    def datacollector(self) -> Any:
        """Mesa's data collector, with model reporters; raise `BadValue` for households above 100,000."""
        if self._collector is None:
            raise AttributeError("the model has no datacollector yet")
        refuse_household_reporters(self._collector, len(getattr(self, "ids", ())))
        return self._collector

    @datacollector.setter
    def datacollector(self, collector: Any) -> None:
        refuse_household_reporters(collector, len(getattr(self, "ids", ())))
        self._collector = collector


def refuse_household_reporters(collector: Any, households: int) -> None:
    """Raise `BadValue` when a collector would keep a row for each of too many households and months."""
    if households <= MOST_REPORTED:
        return
    by_type = getattr(collector, "agenttype_reporters", {})
    wide = {name for kind in by_type if issubclass(Household, kind) for name in by_type[kind]}
    names = sorted(wide | set(getattr(collector, "agent_reporters", {})))
    if names:
        raise BadValue(
            what="household reporters of the datacollector",
            value=names,
            expected=f"model reporters only above {MOST_REPORTED:,} households (here {households:,})",
            next="record with cs.run(...), whose tidy frame holds every measure by group",
        )
