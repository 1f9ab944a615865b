"""From household truth to reported statistics: what each code counts, with its assumptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from cashless_sim.codes import DIGITAL, METHODS, Bill, Method
from cashless_sim.model.settings import Observation

F64 = NDArray[np.float64]
Sums = Callable[[str], F64]


def counted_as_cashless(agent: Observation, month: int) -> float:
    """Return λ: the share of cash handed to agents that the utility counts as non-cash."""
    return agent.agent_counted_after if month >= agent.recount else agent.agent_counted_before


def statistics(sums: Sums, settings: Observation, month: int) -> Mapping[str, F64]:
    """Return A to G for each group, shares in [0, 1]; nan where nobody is counted."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "A": _a(sums),
            "B": _b(sums, settings, month),
            "C": _c(sums, settings, month),
            "D": _d(sums, settings),
            "E": _e(sums, settings),
            "F": np.minimum(1.0, settings.accounts_ratio * sums("account") / sums("households")),
            "G": sums("account_or_money") / sums("households"),
        }


def _uses(sums: Sums, method: Method) -> F64:
    return sums(f"uses.{int(method)}")


def _customers(sums: Sums) -> F64:
    return sums(f"customers.{int(Bill.ELECTRICITY)}")


def _a(sums: Sums) -> F64:
    """A: not collected at home or at the utility's own counter, of domestic customers."""
    through = (Method.AGENT, *map(Method, DIGITAL), Method.PROXY)
    a: F64 = np.sum([_uses(sums, m) for m in through], axis=0) / _customers(sums)
    return a


def _b(sums: Sums, settings: Observation, month: int) -> F64:
    """B: digital, helped, and λ of agents' cash, with a fixed block of firms among the customers."""
    own: F64 = np.sum([_uses(sums, Method(m)) for m in DIGITAL], axis=0)
    counted = own + _uses(sums, Method.PROXY) + counted_as_cashless(settings, month) * _uses(sums, Method.AGENT)
    b: F64 = (1 - settings.firms) * counted / _customers(sums) + settings.firms * settings.firms_digital
    return b


def _c(sums: Sums, settings: Observation, month: int) -> F64:
    """C: the same of bill value."""
    value = {m: sums(f"value.{m}") for m in METHODS}
    own: F64 = np.sum([value[m] for m in DIGITAL], axis=0)
    counted = own + value[Method.PROXY] + counted_as_cashless(settings, month) * value[Method.AGENT]
    share: F64 = counted / np.sum(list(value.values()), axis=0)
    return (1 - settings.firms_revenue) * share + settings.firms_revenue * settings.firms_digital


def _d(sums: Sums, settings: Observation) -> F64:
    """D: of adults who paid a utility bill, those who did so from an account or phone in twelve months."""
    helped = settings.helped_counted * sums("survey_helped")
    digital = settings.payer_ratio * (sums("survey_digital") + helped)
    others = np.maximum(0.0, sums("utility_payers") - sums("survey_digital") - helped)
    return digital / (digital + others)


def _e(sums: Sums, settings: Observation) -> F64:
    """E: of adults, those who used phone or internet to pay any bill: D's payers, and others at a lower rate."""
    payers = np.minimum(settings.payer_ratio * sums("survey_digital"), sums("adults_paying"))
    rest = sums("adults_paying") - payers
    online = payers + settings.other_bills_digital * rest + settings.other_bills_cash * sums("adults_transacting")
    return online / sums("adults")
