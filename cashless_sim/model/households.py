"""One household as Mesa sees an agent: a light view of one row of the model's columns."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any, NoReturn

import mesa
import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import BadValue, Unsupported, nearest
from cashless_sim.population.columns import Column, Columns, encode
from cashless_sim.rules.interpreter import BillValues, RowView


class Bills(BillValues):
    """One household's values for each bill: compares like a tuple, refuses what the column cannot hold."""

    __slots__ = ()

    def __setitem__(self, bill: int, value: Any) -> None:
        """Write the value for one bill; raise `BadValue`."""
        super().__setitem__(bill, checked(self._column, value))

    def __iter__(self) -> Iterator[Any]:
        return (self[bill] for bill in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bills | list | tuple) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Household(RowView, mesa.Agent):
    """A household of a model: columns are its attributes, read as bool or float32 and written through.

    Views are made when asked for and never registered: two views of one household are equal and hash alike,
    and none of them keeps anything of its own. Keep households in a `HouseholdSet`, never in Mesa's own
    (weak) agent set, from which views vanish. A view whose household has moved away raises `BadValue`.
    """

    __slots__ = ("model", "row", "unique_id")
    model: Any
    unique_id: int
    pos = None

    def __init__(self, model: Any, row: int | None = None) -> None:
        """Look at one row of a model; raise `Unsupported` without one, `BadValue` beyond the last."""
        if row is None:
            _refuse("making one household", "households come with the population", "give the row to look at")
        if not 0 <= row < len(model.ids):
            raise BadValue(what="row", value=row, expected=f"0 to {len(model.ids) - 1}")
        _fill(self, model, int(row), int(model.ids[row]))

    def _tables(self) -> tuple[Columns, ...]:
        return (self.model.columns,)

    def _check(self) -> None:
        if self.model.ids[self.row] != self.unique_id:
            raise BadValue(
                what="household",
                value=self.unique_id,
                expected="a household that still lives here",
                next=f"row {self.row} now holds {int(self.model.ids[self.row])}: ask model.agents again",
            )

    def __getattr__(self, name: str) -> Any:
        """Return the value of a column: bool, float32, or `Bills`."""
        if name.startswith("_") or name in Household.__slots__:
            raise AttributeError(name)
        self._check()
        columns = self.model.columns
        if name in columns and columns.specs[name].per:
            return Bills(columns.specs[name], columns.stored(name), self.row)
        return super().__getattr__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Write the value of a column (every bill's at once where it has bills); refuse anything else."""
        self._check()
        columns = self.model.columns
        if name not in columns:
            near = nearest(name, columns)
            hint = f"; did you mean '{near}'?" if near else "; a new attribute is a column owned by a rule"
            raise AttributeError(f"cannot write '{name}' of a household: it is not a column{hint}")
        write(columns, name, self.row, value)

    def step(self) -> None:
        """Work out this household's month by the text of the rules."""
        self.model.step_household(self.row)

    def advance(self) -> None:
        """Do nothing: what a household decides is written at once, and others see it next month."""

    def remove(self) -> None:
        """Refuse: rows are fixed; payers change through the rule `Turnover`."""
        _refuse("household.remove()", "rows are fixed", "discard() takes it out of a set of your own")

    @classmethod
    def create_agents(cls, model: Any, n: int, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the population makes the households."""
        _refuse("Household.create_agents()", "households come with the population", "set `households`")

    @classmethod
    def from_dataframe(cls, model: Any, df: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the population makes the households."""
        _refuse("Household.from_dataframe()", "households come with the population", "use a data folder")

    @property
    def random(self) -> NoReturn:
        """Refuse luck without a name: it would move every other draw."""
        _refuse("household.random", "a household's luck is keyed", _KEYED)

    @property
    def rng(self) -> NoReturn:
        """Refuse luck without a name: it would move every other draw."""
        _refuse("household.rng", "a household's luck is keyed", _KEYED)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Household):
            return NotImplemented
        return self.model is other.model and self.unique_id == other.unique_id

    def __hash__(self) -> int:
        return hash((id(self.model), self.unique_id))

    def __repr__(self) -> str:
        return f"<Household {self.unique_id} in row {self.row}>"

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.model.columns]

    def __reduce__(self) -> tuple[Any, ...]:
        return (_blank, (), (self.model, self.row, self.unique_id))

    def __setstate__(self, state: tuple[Any, int, int]) -> None:
        _fill(self, *state)


_KEYED = "in a rule use u.<name>; elsewhere streams.uniform(seed, h.unique_id, model.month, 'my.purpose')"
_SET_MODEL = vars(Household)["model"].__set__
_SET_ROW = vars(Household)["row"].__set__
_SET_ID = vars(Household)["unique_id"].__set__


def _refuse(what: str, why: str, instead: str) -> NoReturn:
    raise Unsupported(what=what, why=why, next=instead)


def _blank() -> Household:
    return object.__new__(Household)


def _fill(household: Household, model: Any, row: int, unique_id: int) -> Household:
    _SET_MODEL(household, model)
    _SET_ROW(household, row)
    _SET_ID(household, unique_id)
    return household


def views(model: Any, rows: NDArray[np.int64]) -> list[Household]:
    """Return views of some rows, in that order."""
    ids = model.ids[rows].tolist()
    return [_fill(_blank(), model, row, id_) for row, id_ in zip(rows.tolist(), ids, strict=True)]


def checked(column: Column, value: Any) -> NDArray[Any]:
    """Return a value, or values ``[n]`` or ``[per, n]``, that the column can hold; raise `BadValue`."""
    array = np.asarray(value)
    lowest, highest, expected = _limits(column)
    fits = array.dtype.kind in "biuf" and bool(np.all((array >= lowest) & (array <= highest)))
    if fits and column.dtype.kind in "bui" and not column.is_share:
        fits = bool(np.all(array == np.rint(array)))
    if not fits:
        raise BadValue(what=f"column '{column.name}'", value=value, expected=f"{expected} ({column.unit})")
    return array


def _limits(column: Column) -> tuple[float, float, str]:
    if column.kind is bool:
        return 0, 1, "True or False"
    if isinstance(column.kind, type) and issubclass(column.kind, IntEnum):
        return 0, max(column.kind), f"a {column.kind.__name__}"
    if column.is_share:
        return -2, 2, "a number in [-2, 2)"
    if column.dtype.kind == "u":
        return 0, np.iinfo(column.dtype).max, f"a whole number from 0 to {np.iinfo(column.dtype).max}"
    return -float(np.finfo(np.float32).max), float(np.finfo(np.float32).max), "a finite number"


def write(columns: Columns, name: str, rows: Any, value: Any) -> None:
    """Write one value for all, or one a row (one a bill, or ``[bills, rows]``); raise `BadValue`."""
    column = columns.specs[name]
    array = checked(column, value)
    if column.per and array.ndim == 1 and np.ndim(rows) == 1:
        array = array[:, None]
    shape = (*((len(column.per),) if column.per else ()), *np.shape(rows))
    try:
        columns.put(name, rows, np.broadcast_to(encode(column, array), shape))
    except ValueError:
        expected = f"one value, or values of shape {shape}"
        raise BadValue(what=f"column '{name}'", value=value, expected=expected) from None
