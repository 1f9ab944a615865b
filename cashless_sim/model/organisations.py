"""The organisations of a run: who they are, what they set each month, and how they see it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import Bill, Method
from cashless_sim.data import bills
from cashless_sim.model.institutions import Bank, Utility, Wallet
from cashless_sim.model.policies import policy_named
from cashless_sim.model.settings import Policy, Settings
from cashless_sim.model.tables import Tables
from cashless_sim.model.terms import OFFER_CLASSES, terms_of
from cashless_sim.population.columns import Columns

F64 = NDArray[np.float64]
HOLDS: Mapping[type, tuple[str, tuple[str, ...]]] = {
    Bank: ("bank", ("account",)),
    Wallet: ("provider", ("wallet", "mobile_money")),
}
"""Which column names a household's bank or wallet, and which columns make it a customer."""


class Organisations:
    """Utilities, banks and wallets of a model, registered with it as ordinary agents."""

    def __init__(self, model: Any, weight: F64) -> None:
        """Make them for the model's settings and place; ``weight`` is real households for each agent."""
        self._model, self._weight = model, weight
        self.costs = _costs()
        settings: Settings = model.settings
        districts = [c.district for c in model.cells]
        for bill in Bill:
            name = bill.name.lower()
            closures = tuple(c for c in settings.closures if c.utility == name)
            policy = settings.policies.get(name, Policy())
            Utility(model, bill, policy_named(policy.use)(policy, closures, districts), self.costs)
        self.sizes = {"bank": 1, "provider": 1}
        for kind, given in ((Bank, settings.banks), (Wallet, settings.wallets)):
            marginal, _ = HOLDS[kind]
            for index, name in enumerate(_names(model, marginal)):
                terms = terms_of(name, given)
                kind(model, index, name, policy_named(terms.use, OFFER_CLASSES)(terms))
                self.sizes[marginal] = index + 1

    def _of(self, kind: type) -> Iterator[Any]:
        yield from self._model.agents_by_type.get(kind, ())

    def furnish(self, tables: Tables, month: int) -> None:
        """Let each set what households face this month."""
        for kind in (Utility, Bank, Wallet):
            for agent in self._of(kind):
                agent.furnish(tables, month)

    def funds(self) -> dict[str, float]:
        """Return VND that each utility adds to outreach this month."""
        return {utility.name: utility.fund for utility in self._of(Utility)}

    def book(self, by_cell: Callable[[str], F64], columns: Columns) -> None:
        """Show each its month: utilities their bills in each cell, and money; banks and wallets their customers."""
        for utility in self._of(Utility):
            b = int(utility.bill)
            names = [f"paid.{b}.{int(m)}" for m in Method if m is not Method.NONE] + [f"late.{b}"]
            paid = np.stack([by_cell(name) for name in names], axis=1)
            utility.book(paid, float(by_cell(f"received.{b}").sum()))
        for kind in HOLDS:
            for agent in self._of(kind):
                if agent.offer.watches:
                    agent.offer.after(self._customers(kind, agent.index, columns))

    def _customers(self, kind: type, index: int, columns: Columns) -> float:
        """Return the share of a bank's or wallet's own households that are its customers."""
        whose, holds = HOLDS[kind]
        theirs = columns.stored(whose) == index
        held = np.any([columns.stored(name) for name in holds], axis=0)
        return float(self._weight[theirs & held].sum() / max(float(self._weight[theirs].sum()), 1e-9))


def _names(model: Any, marginal: str) -> list[str]:
    rows = model.population.place.marginals
    return [str(name) for name in rows[rows["marginal"] == marginal]["group"]]


def _costs() -> Mapping[str, float]:
    table = bills()
    rows = table[(table["bill"] == "all") & (table["group"] == "all")]
    return {str(item): float(value) for item, value in zip(rows["item"], rows["value"], strict=True)}
