"""Turns the shipped month into each theory of `cashless_sim.theory`, by parameters and switches alone.

Every experiment is a `CashlessModel` with all the shipped rules in their order; a theory is what is left when the
other parameters are zero. Only the first month's state is set by hand.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from theory_people import people

from cashless_sim.codes import Method
from cashless_sim.model.model import CashlessModel
from cashless_sim.model.settings import Settings
from cashless_sim.population.population import Population
from cashless_sim.rules.catalogue import ORDER, rule_named
from cashless_sim.theory import bass_monthly
from cashless_sim.units import month_number

START = month_number("2017-06")
ALWAYS = 100.0
"""A monthly hazard under which every household thinks again every month: −log(luck) is at most 17."""
SURE = 60.0
"""Logit units that decide a choice whatever the luck."""
CERTAIN = 1e6
"""Logit units of a whole share in `threshold_rules`: luck then moves a threshold by less than 1e-4."""

Parameters = Mapping[str, Mapping[str, Any]]
KEPT: Parameters = {
    "Access": {"reference_income": 4700.0},
    "Choose": {"constant": (0.0, -4 * SURE, -4 * SURE, 0.0, -4 * SURE, -4 * SURE, -4 * SURE)},
    "Pay": {"retry": 1.0, "cut_after": 255.0},
}
"""What is not zero when everything is off: one cash and one digital method, payments that come through, and no cuts."""


def quiet_rules(changed: Parameters) -> tuple[Any, ...]:
    """Return the shipped rules with every parameter zero but `KEPT` and what is changed."""
    kinds = {name: rule_named(name) for name in ORDER}
    zero = {
        name: {p: (0.0,) * len(declared.per) if declared.per else 0.0 for p, declared in kind.parameters.items()}
        for name, kind in kinds.items()
    }
    return tuple(kind(**{**zero[name], **KEPT.get(name, {}), **changed.get(name, {})}) for name, kind in kinds.items())


def experiment(
    population: Population, changed: Parameters, network: str, months: int, replicate: int = 0, start: Any = 0.0
) -> CashlessModel:
    """Return a model whose households all know and may do everything, and mostly do nothing.

    ``start`` is the share that pays digitally at first (the first ids), or who does, ``bool[n]``.
    """
    settings = Settings(
        title="theory",
        place="hung-yen",
        start=START,
        end=START + months - 1,
        rules=quiet_rules(changed),
        network=network,
        turnover=False,
        occasions=False,
    )
    model = CashlessModel(settings, population, seed=1, replicate=replicate)
    columns, n = model.columns, population.n
    first = np.arange(n) < round(start * n) if np.ndim(start) == 0 else start
    for name in ("aware_bank", "transacts"):
        columns.put(name, slice(None), True)
    for name in ("aware_wallet", "wallet", "remote", "habit", "skill", "trust"):
        columns.put(name, slice(None), 0)
    columns.put("pays_digitally", slice(None), first)
    columns.stored("method")[:] = np.where(first, int(Method.TRANSFER), int(Method.COLLECTOR))
    return model


def replicates(model: CashlessModel, count: int) -> Iterator[CashlessModel]:
    """Yield the model as it stands now, once for each replicate: the same first month, other luck."""
    kept = {name: model.columns.stored(name).copy() for name in model.columns}
    for replicate in range(count):
        for name, values in kept.items():
            model.columns.put(name, slice(None), values)
        model.month, model.replicate = START, replicate
        yield model


def paying(model: CashlessModel, months: int) -> np.ndarray:
    """Run some months; return the share that pays digitally at the end of each, ``float64[months + 1]``."""
    shares = [model.columns.stored("pays_digitally").mean()]
    for _ in range(months):
        model.step()
        shares.append(model.columns.stored("pays_digitally").mean())
    return np.array(shares)


# -- Bass, and the exponential ---------------------------------------------------------------------------------------
def bass_rules(p: float, q: float) -> Parameters:
    """A hazard p of thinking again by oneself and q when all others pay digitally; whoever does adopts for good."""
    return {"Consider": {"spontaneous": p, "by_peers": q}, "Choose": {"digital": SURE}}


def bass_errors(n: int, p: float, q: float, months: int, count: int, network: str = "well-mixed") -> np.ndarray:
    """Return the root mean square distance of each replicate to the monthly recursion: ``float64[count]``."""
    model = experiment(people(n), bass_rules(p, q), network, months)
    runs = np.array([paying(again, months) for again in replicates(model, count)])
    return np.sqrt(np.mean((runs - bass_monthly(p, q, months))[:, 1:] ** 2, axis=1))


def error_slope(errors: Mapping[int, np.ndarray]) -> tuple[float, float]:
    """Return the slope of log error on log N and its standard error, by resampling the replicates of each N."""
    sizes = np.log(list(errors))

    def slope(pick: Callable[[np.ndarray], np.ndarray]) -> float:
        heights = [np.log(np.sqrt(np.mean(pick(e) ** 2))) for e in errors.values()]
        return float(np.polyfit(sizes, heights, 1)[0])

    luck = np.random.default_rng(0)
    again = [slope(lambda e: luck.choice(e, len(e))) for _ in range(500)]
    return slope(lambda e: e), float(np.std(again))


# -- Brock–Durlauf, and Granovetter ----------------------------------------------------------------------------------
def logit_rules(digital: float, belief: float) -> Parameters:
    """Everyone chooses anew every month, by taste and by the share that pays digitally."""
    return {
        "Consider": {"spontaneous": ALWAYS, "anew": ALWAYS},
        "Choose": {"digital": digital, "belief": belief, "imitation": 3.0},
    }


def threshold_rules() -> Parameters:
    """The same without luck worth the name: trust sets the share at which a household acts, see `with_thresholds`."""
    rules = logit_rules(-CERTAIN / 2, CERTAIN)
    return {**rules, "Choose": {**rules["Choose"], "trusting": 2 * CERTAIN}}


def with_thresholds(model: CashlessModel, threshold: np.ndarray) -> CashlessModel:
    """Give each household of `threshold_rules` its own threshold, a share in (−½, 1½), by way of trust."""
    model.columns.write("trust", slice(None), 0.5 + (0.5 - threshold) / 2.0)
    return model


def mean_and_error(values: Any) -> tuple[float, float]:
    """Return the mean of replicates and its standard error."""
    array = np.asarray(values, dtype=np.float64)
    return float(array.mean()), float(array.std(ddof=1) / np.sqrt(len(array)))


# -- word of mouth ---------------------------------------------------------------------------------------------------
def telling_rules(tell: float, unreachable: float = 0.0) -> Parameters:
    """Whoever comes to know pays digitally for one month, tells its contacts then, and goes back to cash for good.

    The first digital payment has a bonus (a set-up cost below zero) that later ones lack.
    """
    return {
        "Awareness": {"tell": tell, "unreachable": unreachable},
        "Consider": {"spontaneous": ALWAYS, "leave": ALWAYS},
        "Choose": {"digital": -SURE, "set_up_cost": -2 * SURE},
    }


def told_at_last(
    population: Population,
    tell: float,
    seeds: float,
    replicate: int,
    network: str = "village",
    unreachable: float = 0.0,
) -> tuple[float, float]:
    """Return the share that knows once nobody tells any more, and the share that knew at first."""
    first = np.random.default_rng(replicate).random(population.n) < seeds
    model = experiment(population, telling_rules(tell, unreachable), network, 250, replicate, first)
    for name in ("aware_bank", "transacts"):
        model.columns.put(name, slice(None), first)
    while model.columns.stored("pays_digitally").any():
        model.step()
    return float(model.columns.stored("aware_bank").mean()), float(first.mean())
