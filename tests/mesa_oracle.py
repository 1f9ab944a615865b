"""A plain Mesa model of real agents beside a model of columns with the same people: the oracle."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np

from cashless_sim import streams
from cashless_sim.codes import BILLS, Education
from cashless_sim.model.mesa_hooks import MesaFace
from cashless_sim.population.columns import Column, Columns
from cashless_sim.units import Code, Count, Money, Number, Share

PEOPLE = 200
SEED = 7
SPECS = (
    Column("age", Count, "years", "age of the payer"),
    Column("income", Number, "thousand VND", "income a head"),
    Column("urban", bool, "yes/no", "lives in a ward"),
    Column("trust", Share, "share", "trust in paying digitally"),
    Column("district", Code, "code", "district"),
    Column("education", Education, "code", "schooling"),
    Column("spent", Money, "VND", "fees paid so far"),
    Column("late", Count, "months", "months a bill is late", per=BILLS),
)


def people(n: int = PEOPLE) -> tuple[Columns, np.ndarray]:
    """Return n people with ties in every column, and their ids in no order."""
    draw = np.random.default_rng(1)
    columns = Columns(n)
    values = {
        "age": draw.integers(15, 101, n),
        "income": draw.integers(200, 9000, n),
        "urban": draw.random(n) < 0.3,
        "trust": draw.integers(-20, 21, n) / 16,
        "district": draw.integers(0, 10, n),
        "education": draw.integers(0, 5, n),
        "spent": draw.integers(0, 400, n) * 250.5,
        "late": draw.integers(0, 3, (len(BILLS), n)),
    }
    for spec in SPECS:
        columns.add(spec, values[spec.name])
    return columns, draw.permutation(np.arange(1, n + 1)).astype(np.uint32)


def older(h: Any, luck: float) -> None:
    """Work out one month of one household: the rule of both models."""
    if luck < 0.5:
        h.trust = min(1.0, float(h.trust) + 0.25)
        h.income = h.income + 1


class Bank(mesa.Agent):
    """An ordinary agent among the households."""

    def __init__(self, model: Any, fee: float = 1.0) -> None:
        super().__init__(model)
        self.fee, self.steps_done = fee, 0

    def step(self) -> None:
        self.steps_done += 1


class ColumnModel(MesaFace, mesa.Model):
    """The smallest model with the Mesa face."""

    def __init__(self, n: int = PEOPLE, banks: int = 0, rng: int = SEED) -> None:
        super().__init__(rng=rng)
        self.seed, self.month = rng, 0
        self.columns, self.ids = people(n)
        for number in range(banks):
            Bank(self, fee=float(number))
        self.datacollector = mesa.DataCollector(model_reporters={"trust": _mean_trust})

    def step_household(self, row: int) -> None:
        id_ = int(self.ids[row])
        older(self.household(id_), streams.uniform(self.seed, id_, self.month, "Older.luck"))

    def step(self) -> None:
        self.month += 1
        self.agents.do("step")
        self.datacollector.collect(self)
        self.running = self.month < 3

    def state(self) -> str:
        return "|".join(self.columns.stored(name).tobytes().hex() for name in self.columns)


class PlainHousehold(mesa.Agent):
    """A household as Mesa users write one: attributes on an object."""

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.unique_id = int(model.ids[row])
        self.row = row
        for spec in SPECS:
            values = model.columns.values(spec.name)
            value = tuple(values[:, row].tolist()) if spec.per else values[row].item()
            setattr(self, spec.name, value)

    def step(self) -> None:
        older(self, streams.uniform(self.model.seed, self.unique_id, self.model.month, "Older.luck"))


class PlainModel(mesa.Model):
    """The same people as objects."""

    def __init__(self, n: int = PEOPLE, banks: int = 0, rng: int = SEED) -> None:
        super().__init__(rng=rng)
        self.seed, self.month = rng, 0
        self.columns, self.ids = people(n)
        self.homes = [PlainHousehold(self, row) for row in range(n)]
        for number in range(banks):
            Bank(self, fee=float(number)).unique_id = 2**32 + number

    def step(self) -> None:
        self.month += 1
        self.agents.do("step")


def _mean_trust(model: Any) -> float:
    return float(model.agents_by_type[model.agent_types[0]].agg("trust", np.mean))


def told(found: Any) -> Any:
    """Return a result with every agent as its id, sets and lists in their order, so two models compare."""
    if isinstance(found, mesa.Agent):
        return found.unique_id
    if hasattr(found, "groups"):
        return {key: told(group) for key, group in found.groups.items()}
    if hasattr(found, "groupby") or isinstance(found, list | tuple):
        return [told(each) for each in found]
    if isinstance(found, dict):
        return {key: told(value) for key, value in found.items()}
    return found


def outcome(act: Callable[..., Any], make: Callable[[], Any]) -> Any:
    """Return what a verb gives on everyone, with half of them as the other set, or the error it raises.

    A plain model may complain of its own empty sets and of its own indexing; ours may not complain at all.
    """
    with warnings.catch_warnings():
        model = make()
        if not isinstance(model, MesaFace):
            warnings.filterwarnings("ignore", "No Agents specified in creation of AgentSet")
            warnings.filterwarnings("ignore", "AgentSet.__getitem__ is deprecated")
        everyone = model.agents.select(lambda a: True)
        other = everyone.select(lambda a: a.unique_id % 2 == 1).sort("unique_id")
        by_id = {a.unique_id: a for a in list(everyone)}
        try:
            found = told(act(everyone, other, by_id))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as problem:
            found = type(problem).__name__
        return found, told(everyone), told(other)
