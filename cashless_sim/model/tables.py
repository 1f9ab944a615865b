"""The month's surroundings as arrays, made afresh from the calendar, shocks and regulation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import cashless_sim.rules.surroundings as surroundings
from cashless_sim.codes import BILLS, DIGITAL, Bill
from cashless_sim.data import bills, trends
from cashless_sim.model.settings import Settings
from cashless_sim.rules.rule import Table
from cashless_sim.units import calendar_month, month_number

Tables = dict[str, NDArray[np.float32]]
ALL: dict[str, Table] = {t.name: t for t in vars(surroundings).values() if isinstance(t, Table)}
_TREND_OF = {
    "benefits": "benefits_into_accounts",
    "school_fees": "school_fees_cashless",
    "public_services": "public_services_online",
    "gifts": "gifts_through_accounts",
    "wage_growth": "wage_into_account",
    "selling_growth": "online_selling",
    "income_level": "real_income_level",
}
_SWITCHED = {
    "occasions": ("benefits", "school_fees", "public_services", "gifts"),
    "turnover": ("wage_growth", "selling_growth", "january", "income_level"),
}
STILL = {"income_level": 1.0}
"""What a table says when its mechanism is off; others say 0."""


def empty_tables(sizes: Mapping[str, int]) -> Tables:
    """Return every table, zero; ``sizes`` gives the number of cells, banks and providers."""
    tables = {}
    for table in ALL.values():
        own = (sizes[table.by],) if table.by else ()
        tables[table.name] = np.zeros((*own, *(len(p) for p in table.per)), dtype=np.float32)
    return tables


class Calendar:
    """What the date alone decides: season, tariff, shocks, rules in force, other occasions."""

    def __init__(self, settings: Settings) -> None:
        """Read the dated figures once."""
        self.settings = settings
        table = bills()
        self._seasons = np.array([[_season(table, Bill(b), m) for m in range(1, 13)] for b in BILLS])
        self._prices = np.array([_bill(table, Bill(b)) for b in BILLS])
        self._tariffs = _tariffs(table)
        self._taxes = _taxes(table)
        dated = trends()
        self._trends = {name: _dated(dated, item) for name, item in _TREND_OF.items()}

    def furnish(self, tables: Tables, month: int) -> None:
        """Set everything that depends on the month only."""
        settings, rules = self.settings, self.settings.regulation
        tables["season"][:] = self._seasons[:, calendar_month(month) - 1]
        tables["price"][:] = self._prices
        tax = next(factor for since, factor in self._taxes if since <= month)
        tables["tariff"][:] = next(values for since, values in self._tariffs if since <= month) * np.float32(tax)
        tables["outage"][:] = 0
        tables["covid"][...] = self._shock("covid", month)
        tables["scam"][...] = self._shock("scam", month)
        for b in BILLS:
            down = self._shock("outage", month, Bill(b).name.lower())
            tables["outage"][:, b, list(DIGITAL)] += np.float32(down)
        tables["ekyc"][...] = month >= rules.ekyc
        tables["mobile_money_open"][...] = month >= rules.mobile_money
        tables["mobile_money_permanent"][...] = month >= rules.mobile_money_permanent
        tables["turnover"][...] = settings.turnover
        tables["biometric"][...] = month >= rules.biometric
        tables["verified_only"][...] = month == rules.verified_accounts
        tables["sim_check"][...] = month >= rules.sim_check
        tables["tick"][...] = month - settings.start + 1
        tables["january"][...] = calendar_month(month) == 1
        for name, (dates, values) in self._trends.items():
            tables[name][...] = np.interp(month, dates, values)
        for switch, names in _SWITCHED.items():
            if not getattr(settings, switch):
                for name in names:
                    tables[name][...] = STILL.get(name, 0.0)

    def _shock(self, kind: str, month: int, bill: str | None = None) -> float:
        level = 0.0
        for shock in self.settings.shocks:
            if shock.kind == kind and month >= shock.start and shock.bill in (None, bill):
                level = max(level, shock.size if month <= shock.end else shock.size * shock.persistence)
        return level


def _dated(table: pd.DataFrame, item: str) -> tuple[list[int], list[float]]:
    rows = table[table["item"] == item]
    return [month_number(str(d)) for d in rows["date"]], [float(v) for v in rows["value"]]


def _rows(table: pd.DataFrame, bill: Bill, item: str) -> pd.DataFrame:
    return table[(table["bill"] == bill.name.lower()) & (table["item"] == item)]


def _season(table: pd.DataFrame, bill: Bill, month: int) -> float:
    rows = _rows(table, bill, "season")
    return float(rows[rows["group"].isin((f"month={month}", "all"))]["value"].iloc[0])


def _bill(table: pd.DataFrame, bill: Bill) -> float:
    rows = _rows(table, bill, "bill")
    return float(rows["value"].iloc[0]) if len(rows) else 0.0


def _tariffs(table: pd.DataFrame) -> list[tuple[int, NDArray[np.float32]]]:
    """Return (first month, VND/kWh of the six tiers before tax), newest first."""
    rows = _rows(table, Bill.ELECTRICITY, "tariff")
    dated = [
        (month_number(str(since)), tiers["value"].to_numpy(dtype=np.float64).astype(np.float32))
        for since, tiers in rows.groupby("starts", sort=False)
    ]
    return sorted(dated, key=lambda pair: -pair[0])


def _taxes(table: pd.DataFrame) -> list[tuple[int, float]]:
    """Return (first month, 1 + value-added tax on electricity), newest first."""
    rows = _rows(table, Bill.ELECTRICITY, "tax")
    dated = zip(rows["starts"], rows["value"], strict=True)
    return sorted(((month_number(str(since)), float(factor)) for since, factor in dated), reverse=True)
