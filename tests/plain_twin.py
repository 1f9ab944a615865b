"""A plain Mesa model of the whole month: one object a household, ordinary attributes, loops over neighbours.

It runs the same rule texts as the column model and must give the same bits: the oracle for everything that is made
faster, and the honest peer in benchmarks. Start state, calendar and institutions come from a `CashlessModel` that
is not stepped itself.
"""

import hashlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, ClassVar

import mesa
import numpy as np
from plain_outreach import PlainOutreach

import cashless_sim.streams as streams
from cashless_sim.model.counting import counted, group_of
from cashless_sim.model.model import CashlessModel
from cashless_sim.population.columns import Column, encode
from cashless_sim.rules.rule import CountOf, Rule
from cashless_sim.rules.surroundings import TICK

Keep = Callable[[Any], Any]
STEP = 2.0**-14


def keep_of(column: Column) -> Keep:
    """Return what turns a written value into the value that the column would give back."""
    if column.kind is bool:
        return bool
    if column.dtype.kind == "f":
        return np.float32
    limits = np.iinfo(column.dtype)
    lowest, highest = int(limits.min), int(limits.max)
    if column.is_share:
        return lambda value: np.float32(min(max(round(float(np.float32(value)) / STEP), lowest), highest) * STEP)
    return lambda value: np.float32(min(max(round(float(value)), lowest), highest))


class PerBill(list):
    """One value for each bill, held as its column would."""

    def __init__(self, values: Any, keep: Keep) -> None:
        super().__init__(map(keep, values))
        self.keep = keep

    def __setitem__(self, bill: Any, value: Any) -> None:
        super().__setitem__(bill, self.keep(value))


class ByMethod(list):
    """One value for each method; a rule may ask by a code that it read from a column, a float32."""

    def __getitem__(self, method: Any) -> Any:
        return super().__getitem__(int(method))


class Home(mesa.Agent):
    """A household as an ordinary agent: every variable is an attribute."""

    keeps: ClassVar[dict[str, Keep]] = {}

    def __init__(self, model: "PlainModel", row: int, id_: int) -> None:
        super().__init__(model)
        self.row, self.id = row, id_
        self.neighbours: list[Home] = []
        self.told: dict[str, np.float32] = {}
        self.here: Any = None
        self.touched: dict[str, Any] = {}
        self.credits: dict[str, Any] = {}

    def __setattr__(self, name: str, value: Any) -> None:
        keep = Home.keeps.get(name)
        object.__setattr__(self, name, value if keep is None else keep(value))

    def look_around(self) -> None:
        """Count the contacts of whom something is true, as they stand before anyone moves."""
        for where in self.model.asked:
            count = 0
            for other in self.neighbours:
                if getattr(other, where):
                    count += 1
            self.told[where] = np.float32(min(count, 255))

    def live(self) -> None:
        """Run the month's rules in order."""
        for passing, start in self.model.passing:
            self.__dict__[passing] = start[:] if isinstance(start, list) else start
        for stage in self.model.stages:
            stage.luck.row = self.row
            for name, where, is_share in stage.asks:
                value = self.told[where]
                if is_share:
                    value = value / np.float32(len(self.neighbours)) if self.neighbours else np.float32(0)
                setattr(stage.peers, name, value)
            stage.rule.household(self, stage.peers, self.here, stage.luck)


class Luck:
    """One rule's luck of the month for everyone, looked at from one row."""

    def __init__(self, rule: Rule, seed: int, replicate: int, ids: np.ndarray) -> None:
        self.row, self.rule, self.values = 0, rule, {}
        self.draw = lambda month, name, index: streams.uniforms(seed, ids, month, name, replicate, index)

    def shuffle(self, month: int) -> None:
        """Draw a month's luck."""
        for draw in self.rule.draws:
            name = f"{type(self.rule).__name__}.{draw.name}"
            drawn = [self.draw(0 if draw.once else month, name, index) for index in range(draw.size)]
            shape = (len(drawn[0]), *(len(p) for p in draw.per))
            self.values[draw.name] = np.stack(drawn, axis=-1).reshape(shape)

    def __getattr__(self, name: str) -> Any:
        return self.values[name][self.row]


class PlainModel(mesa.Model):
    """The twin of a model that has not been stepped."""

    def __init__(self, original: CashlessModel) -> None:
        super().__init__(rng=original.seed)
        self.original, self.settings = original, original.settings
        self.month, self.replicate, self.keyed = original.month, original.replicate, original.seed
        self.specs = {name: original.columns.specs[name] for name in original.columns}
        owned = [c for rule in self.settings.rules for c in rule.owns if c.passing]
        Home.keeps = {c.name: keep_of(c) for c in (*self.specs.values(), *owned) if not c.per}
        self.passing = [(c.name, self._start(c)) for c in owned]
        self.homes = [Home(self, row, int(id_)) for row, id_ in enumerate(original.ids)]
        self._move_in()
        self.asked = sorted({peer.where for rule in self.settings.rules for peer in rule.peers})
        self.stages = [self._stage(rule) for rule in self.settings.rules]
        self.outreach = PlainOutreach(self)

    @staticmethod
    def _start(column: Column) -> Any:
        keep = keep_of(column)
        return PerBill([column.start] * len(column.per), keep) if column.per else keep(column.start)

    def _move_in(self) -> None:
        network = self.original.population.network
        for name, column in self.specs.items():
            values, keep = self.original.columns.values(name), keep_of(column)
            for home in self.homes:
                value = values[..., home.row]
                setattr(home, name, PerBill(value.tolist(), keep) if column.per else value)
        if self.settings.network == "village":
            for home in self.homes:
                rows = network.indices[network.indptr[home.row] : network.indptr[home.row + 1]]
                home.neighbours = [self.homes[row] for row in rows.tolist()]

    def _stage(self, rule: Rule) -> Any:
        asks = [(peer.name, peer.where, not isinstance(peer, CountOf)) for peer in rule.peers]
        luck = Luck(rule, self.keyed, self.replicate, self.original.ids)
        return SimpleNamespace(rule=rule, peers=SimpleNamespace(), asks=asks, luck=luck)

    def step(self) -> None:
        """Run one month: surroundings, outreach, word of mouth, households."""
        self._furnish()
        with np.errstate(all="ignore"):
            self.outreach.step(self.month)
            self._tell_what_campaigns_did()
            for stage in self.stages:
                stage.luck.shuffle(self.month)
            for home in self.homes:
                home.look_around()
            for home in self.homes:
                home.live()
        self.month += 1

    def _furnish(self) -> None:
        self.original.month = self.month
        self.original._furnish()
        tables = self.original.tables
        declared = [table for rule in self.settings.rules for table in rule.reads if table.by != "touch"]
        places: dict[tuple[int, ...], Any] = {}
        for home in self.homes:
            whose = {"cell": int(home.cell), "bank": int(home.bank), "provider": int(home.provider)}
            key = tuple(whose.values())
            if key not in places:
                places[key] = SimpleNamespace()
                for table in (*declared, TICK):
                    values = tables[table.name][whose[table.by]] if table.by else tables[table.name]
                    setattr(places[key], table.name, values if table.per else np.float32(values))
            home.here = places[key]

    def _tell_what_campaigns_did(self) -> None:
        for home in self.homes:
            touched = {
                name: ByMethod(map(np.float32, value)) if isinstance(value, list) else np.float32(value)
                for name, value in home.touched.items()
            }
            home.here = SimpleNamespace(**vars(home.here), **touched)

    def stored(self) -> dict[str, np.ndarray]:
        """Return the households' state as columns would store it."""
        columns = {}
        for name, column in self.specs.items():
            values = np.array([getattr(home, name) for home in self.homes]).T
            columns[name] = np.ascontiguousarray(encode(column, values))
        return columns

    def state_hash(self) -> str:
        """Return what `CashlessModel.state_hash` returns for the same state."""
        digest = hashlib.sha256(self.original.ids.tobytes())
        for name, values in sorted(self.stored().items()):
            digest.update(name.encode())
            digest.update(values.tobytes())
        return digest.hexdigest()

    def count(self) -> np.ndarray:
        """Return what the model counts by plain formulas: ``int64[groups, measures]``."""
        measures = counted()
        total = np.zeros((self.original._groups.size, len(measures)), dtype=np.int64)
        with np.errstate(all="ignore"):
            for home in self.homes:
                at = int(group_of(home, home.here))
                for index, (_, formula, codes) in enumerate(measures):
                    total[at, index] += int(formula(home, home.here, *codes))
        return total
