"""Utilities, banks and wallets: ordinary Mesa agents that set what households face, and book what they get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import CASH, DIGITAL, Bill, Method
from cashless_sim.model.policies import Behaviour
from cashless_sim.model.tables import Tables
from cashless_sim.model.terms import Offer
from cashless_sim.units import month_number

ACCEPTS: Mapping[Bill, Mapping[Method, str]] = {
    Bill.ELECTRICITY: {m: "1970-01" for m in Method if m is not Method.NONE},
    Bill.WATER: {
        Method.COLLECTOR: "1970-01",
        Method.COUNTER: "1970-01",
        Method.AGENT: "2019-01",
        Method.TRANSFER: "2018-01",
        Method.WALLET: "2018-06",
        Method.AUTODEBIT: "2020-01",
        Method.PROXY: "2018-01",
    },
    Bill.TELECOM: {
        Method.COUNTER: "1970-01",
        Method.AGENT: "1970-01",
        Method.TRANSFER: "1970-01",
        Method.WALLET: "2017-01",
        Method.AUTODEBIT: "2017-01",
        Method.PROXY: "2017-01",
    },
}
"""First month in which each utility takes each method; before 2020 assumed."""


class Utility(mesa.Agent):
    """One bill stream: the methods it takes, its cash points by its policy, its books.

    ``paid`` holds last month's bills by method (last: late), ``received`` the money, ``spent`` what collecting
    cost, ``fund`` what its policy sets aside for outreach, in VND of the whole place.
    """

    def __init__(self, model: Any, bill: Bill, behaviour: Behaviour, costs: Mapping[str, float]) -> None:
        """Take over one bill."""
        super().__init__(model)
        self.bill, self.behaviour, self.costs = bill, behaviour, costs
        self.paid = np.zeros(len(Method), dtype=np.float64)
        self.received = self.spent = self.fund = 0.0

    @property
    def name(self) -> str:
        """The bill in small letters."""
        return self.bill.name.lower()

    def furnish(self, tables: Tables, month: int) -> None:
        """Set methods accepted, cash points, fees and minutes for the month."""
        b, costs = int(self.bill), self.costs
        for m, since in ACCEPTS[self.bill].items():
            tables["accepted"][:, b, int(m)] = float(month >= month_number(since))
        for cash in CASH:
            tables["points"][:, b, cash] = self.behaviour.points(cash, month)
            tables["handover"][:, b, cash] = self.behaviour.handover(cash)
        tables["fee"][:, b, list(DIGITAL)] = costs["fee_digital"]
        tables["fee"][:, b, Method.AGENT] = costs["fee_agent"]
        minutes = {
            Method.COLLECTOR: 2.0,
            Method.COUNTER: costs["time_cash"],
            Method.AGENT: costs["time_cash"] * 0.6,
            Method.TRANSFER: costs["time_digital"],
            Method.AUTODEBIT: 0.0,
            Method.WALLET: costs["time_digital"],
            Method.PROXY: costs["time_digital"],
        }
        for m, minute in minutes.items():
            tables["minutes"][:, b, int(m)] = minute

    def book(self, paid: NDArray[np.float64], received: float) -> None:
        """Note a month's bills ``[cells, methods]`` (last: late) and money; let the policy act on what was saved."""
        self.paid, self.received = paid.sum(axis=0), received
        cash, digital = self.paid[list(CASH)].sum(), self.paid[[*DIGITAL, int(Method.PROXY)]].sum()
        before, self.spent = self.spent, float(cash * self.costs["cost_cash"] + digital * self.costs["cost_digital"])
        self.fund = self.behaviour.after(paid, max(0.0, before - self.spent))

    def step(self) -> None:
        """Do nothing by itself: `furnish` opens the month and `book` closes it."""


class Bank(mesa.Agent):
    """A bank: what a payment costs with it, how often its systems fail, and how hard it sells accounts."""

    def __init__(self, model: Any, index: int, name: str, offer: Offer) -> None:
        """Take over a bank index of the households."""
        super().__init__(model)
        self.index, self.name, self.offer = index, name, offer

    def furnish(self, tables: Tables, month: int) -> None:
        """Set this bank's error rate, fee and account drive."""
        tables["bank_error"][self.index] = self.offer.error(month)
        tables["bank_fee"][self.index] = self.offer.fee(month)
        tables["drive"][self.index] = self.offer.drive(month)

    def step(self) -> None:
        """Do nothing by itself: `furnish` opens the month, and the offer is told of its customers at its end."""


class Wallet(mesa.Agent):
    """An e-wallet or mobile-money provider: what a payment costs with it, and how often its systems fail."""

    def __init__(self, model: Any, index: int, name: str, offer: Offer) -> None:
        """Take over a provider index of the households."""
        super().__init__(model)
        self.index, self.name, self.offer = index, name, offer

    def furnish(self, tables: Tables, month: int) -> None:
        """Set this provider's error rate and fee."""
        tables["provider_error"][self.index] = self.offer.error(month)
        tables["provider_fee"][self.index] = self.offer.fee(month)

    def step(self) -> None:
        """Do nothing by itself: `furnish` opens the month, and the offer is told of its customers at its end."""
