"""What a survey calls "paid utility bills in cash only": of those who paid one, everyone not counted in statistic D."""

from __future__ import annotations

from typing import Any

from cashless_sim.model.measures import Measure
from cashless_sim.model.own_measures import OwnMeasure


def cash_only(sums: Any, observation: Any, month: int) -> Any:
    """Return, of adults who paid a utility bill in twelve months, those who paid in cash only: float64[groups], share.

    Someone helped by a neighbour answers "cash" unless the survey counts the help; payers differ in number from
    households as in statistic D.
    """
    helped = observation.helped_counted * sums("survey_helped")
    digital = observation.payer_ratio * (sums("survey_digital") + helped)
    cash = sums("utility_payers") - sums("survey_digital") - helped
    return cash / (digital + cash)


CASH_ONLY = OwnMeasure(
    Measure("cash_only", "share", "adults who paid a utility bill in twelve months, in cash only"), {}, cash_only
)
