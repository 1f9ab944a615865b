"""Mesa's set of agents over columns: each verb of Mesa's set class, worked out on whole arrays.

Anything named by a string is read or written for all households at once. A function that Mesa would call on
every agent is called on a view of every household: right, and slow on a whole province.
"""

from __future__ import annotations

import importlib.util
import math
import operator
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from cashless_sim.model.conditions import meets
from cashless_sim.model.households import Household, checked, write
from cashless_sim.model.membership import Codes
from cashless_sim.model.set_algebra import SetAlgebra
from cashless_sim.population.columns import decode

_MESA = importlib.import_module("mesa.agentset" if importlib.util.find_spec("mesa.agentset") else "mesa.agent")
MesaSet: Any = getattr(_MESA, "AbstractAgentSet", _MESA.AgentSet)
MesaGroupBy: Any = _MESA.GroupBy
_RAISE = object()


class HouseholdGroups(MesaGroupBy):
    """What `HouseholdSet.groupby` returns: Mesa's groups, aggregated over columns."""

    def agg(self, attr_name: str, func: Callable[..., Any]) -> dict[Hashable, Any]:
        """Return a function of an attribute's values for each group."""
        return {
            name: group.agg(attr_name, func)
            if isinstance(group, HouseholdSet)
            else func([getattr(agent, attr_name) for agent in group])
            for name, group in self.groups.items()
        }


class HouseholdSet(SetAlgebra, MesaSet):
    """An ordered set of households, with registered agents among them where a model has any.

    Same results and order as Mesa's set of 377,582 objects would give, luck of `shuffle` included (it is
    ``model.random``, never a household's own). Values come as plain bool, int and float.
    """

    # ── reading ───────────────────────────────────────────────────────────────────────────────────
    def column(self, name: str) -> NDArray[Any]:
        """Return a column of the households in the set, in its order: ``[n]`` or ``[bills, n]``; a copy.

        Shares and money are float64, codes and counts int64. Raises `UnknownName`.
        """
        columns = self.model.columns
        stored = columns.stored(name)[..., self.rows]
        values = decode(columns.specs[name], stored)
        kinds: dict[str, type[np.generic]] = {"b": np.bool_, "u": np.int64, "i": np.int64}
        return values.astype(kinds.get(values.dtype.kind, np.float64))

    def _household_values(self, name: str, default: Any) -> list[Any]:
        if name in self.model.columns:
            values = self.column(name)
            return values.tolist() if values.ndim == 1 else [tuple(v) for v in values.T.tolist()]
        if name == "unique_id":
            ids: list[Any] = self.model.ids[self.rows].tolist()
            return ids
        if default is not _RAISE and not hasattr(Household, name):
            return [default] * len(self.rows)
        return [getattr(h, name) for h in self._agents(self.rows)]

    def _values(self, name: str, default: Any = _RAISE) -> list[Any]:
        households = iter(self._household_values(name, default))
        if not self._guests:
            return list(households)
        return [
            next(households) if code >= 0 else self._guest_value(code, name, default) for code in self.codes.tolist()
        ]

    def _guest_value(self, code: int, name: str, default: Any) -> Any:
        agent = self._guests[code]
        if default is _RAISE and not hasattr(agent, name):
            hint = f"for households alone ask model.households.get('{name}')"
            raise AttributeError(f"a {type(agent).__name__} among the agents has no '{name}'; {hint}")
        return getattr(agent, name) if default is _RAISE else getattr(agent, name, default)

    def get(
        self,
        attr_names: str | list[str],
        handle_missing: Literal["error", "default"] = "error",
        default_value: Any = None,
    ) -> list[Any]:
        """Return an attribute's values, or a list of several attributes' values for each agent.

        Raises AttributeError for an unknown name, unless ``handle_missing="default"``.
        """
        if handle_missing not in {"error", "default"}:
            raise ValueError(f"Unknown handle_missing option: {handle_missing}, not 'error' or 'default'")
        default = _RAISE if handle_missing == "error" else default_value
        if isinstance(attr_names, str):
            return self._values(attr_names, default)
        several = [self._values(name, default) for name in attr_names]
        return [list(each) for each in zip(*several, strict=True)] if several else [[] for _ in self.codes]

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """Return a function, or several functions, of an attribute's values.

        A numpy function gets an array, any other a list.
        """
        functions: list[Callable[..., Any]] = [func] if callable(func) else list(func)
        plain = attribute in self.model.columns and not self._guests
        if plain and not self.model.columns.specs[attribute].per and all(map(_of_numpy, functions)):
            values: Any = self.column(attribute)
        else:
            values = self.get(attribute)
        results = [f(values) for f in functions]
        return results[0] if callable(func) else results

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Call a method, or a function on each agent, and return the results."""
        return [_call(agent, method, args, kwargs) for agent in self]

    # ── writing ───────────────────────────────────────────────────────────────────────────────────
    def set(self, attr_name: str, value: Any) -> Self:
        """Write an attribute of every agent: one value, or an array of one value each; raise `BadValue`."""
        if self._guests or attr_name not in self.model.columns:
            for agent in self:
                setattr(agent, attr_name, value)
        elif len(self):
            write(self.model.columns, attr_name, self.rows, value)
        else:
            checked(self.model.columns.specs[attr_name], value)
        return self

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method, or a function on each agent, in the order of the set.

        ``do("step")`` works households that follow each other out together when the model can
        (``model.step_households(rows)``): the same bits in any order.
        """
        return self._do(self.codes, method, args, kwargs)

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Do the same in a shuffled order; the set keeps its own."""
        return self._do(self.codes[self._shuffled()], method, args, kwargs)

    def _do(self, codes: Codes, method: Any, args: Any, kwargs: Any) -> Self:
        together = getattr(self.model, "step_households", None)
        if method == "step" and together is not None and not (args or kwargs):
            for run in np.split(codes, np.flatnonzero(np.diff(codes >= 0)) + 1):
                if len(run) and run[0] >= 0:
                    together(run)
                else:
                    self._do_each(run, method)
            return self
        return self._do_each(codes, method, *args, **kwargs)

    def _do_each(self, codes: Codes, method: Any, *args: Any, **kwargs: Any) -> Self:
        for agent in self._agents(codes):
            _call(agent, method, args, kwargs)
        return self

    # ── choosing and ordering ─────────────────────────────────────────────────────────────────────
    def select(
        self,
        filter_func: Callable[[Any], Any] | Mapping[str, Any] | str | None = None,
        at_most: Any = math.inf,
        inplace: bool = False,
        agent_type: Any = None,
    ) -> Self:
        """Return the agents that pass: the first ``at_most``, or that share of them when a float up to 1.

        ``filter_func`` is a function of one agent; or, for all households at once, the name of a yes/no
        column, or conditions as a campaign's target has: ``{"age": {"min": 60}, "district": [1, 4]}``.
        """
        if filter_func is None and agent_type is None and at_most == math.inf:
            return self if inplace else self._like(self.codes)
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        within = self if agent_type is None else self._like(self.codes[self._of_type(agent_type)])
        codes = within._filtered(filter_func, at_most)
        return self._placed(codes if at_most == math.inf else codes[: max(0, math.ceil(at_most))], inplace)

    def _filtered(self, filter_func: Any, at_most: float) -> Codes:
        if not filter_func:
            return self.codes
        if not callable(filter_func):
            return self.rows[self._matches({filter_func: True} if isinstance(filter_func, str) else filter_func)]
        chosen: list[int] = []
        for code, agent in zip(self.codes.tolist(), self, strict=True):
            if len(chosen) >= at_most:
                break
            if filter_func(agent):
                chosen.append(code)
        return np.array(chosen, dtype=np.int64)

    def _matches(self, conditions: Mapping[str, Any]) -> NDArray[np.bool_]:
        passing = np.ones(len(self.rows), dtype=np.bool_)
        for name, wanted in conditions.items():
            passing &= meets(name, self.column(name), wanted)
        return passing

    def _of_type(self, agent_type: Any) -> NDArray[np.bool_]:
        households = issubclass(Household, agent_type)
        guests = {code: isinstance(agent, agent_type) for code, agent in self._guests.items()}
        if not guests:
            return np.full(len(self), households)
        return np.array([households if c >= 0 else guests[c] for c in self.codes.tolist()], dtype=np.bool_)

    def _placed(self, codes: Codes, inplace: bool) -> Self:
        if not inplace:
            return self._like(codes)
        if len(codes) != len(self):
            self._may_change()
        self._replace(codes)
        return self

    def _shuffled(self) -> list[int]:
        order = list(range(len(self)))
        self.random.shuffle(order)
        return order

    def shuffle(self, inplace: bool = False) -> Self:
        """Return the agents in random order, drawn from ``random`` exactly as Mesa draws it."""
        return self._placed(self.codes[self._shuffled()], inplace)

    def sort(self, key: str | Callable[[Any], Any], ascending: bool = False, inplace: bool = False) -> Self:
        """Return the agents sorted by an attribute or a function, largest first; ties keep their order."""
        return self._placed(self.codes[self._order(key, not ascending)], inplace)

    def _order(self, key: Any, reverse: bool) -> Any:
        columns = self.model.columns
        if isinstance(key, str) and key in columns and not columns.specs[key].per and not self._guests:
            values = self.column(key)
            if not reverse:
                return np.argsort(values, kind="stable")
            return len(values) - 1 - np.argsort(values[::-1], kind="stable")[::-1]
        keys = self._keys(key)
        return sorted(range(len(keys)), key=keys.__getitem__, reverse=reverse)

    def _keys(self, by: str | Callable[[Any], Any]) -> list[Any]:
        if isinstance(by, str) and "." not in by:
            return self._values(by)
        function = operator.attrgetter(by) if isinstance(by, str) else by
        return [function(agent) for agent in self]

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> HouseholdGroups:
        """Return the agents in groups by an attribute or a function, in the order in which groups appear."""
        places: dict[Any, list[int]] = {}
        for place, key in enumerate(self._keys(by)):
            places.setdefault(key, []).append(place)
        codes = {key: self.codes[found] for key, found in places.items()}
        if result_type == "agentset":
            return HouseholdGroups({key: self._like(found) for key, found in codes.items()})
        return HouseholdGroups({key: self._agents(found) for key, found in codes.items()})

    # ── copies ────────────────────────────────────────────────────────────────────────────────────
    def _update(self, agents: Iterable[Any]) -> Self:
        codes, self._guests = self._read_set(agents, strict=True)
        self._replace(codes)
        return self

    def copy(self) -> Self:
        """Return a set of one's own with the same agents."""
        return self._like(self.codes)

    __copy__ = copy

    def __getstate__(self) -> dict[str, Any]:
        names = ("model", "random", "_guests", "_held")
        return {"codes": self.codes, **{name: getattr(self, name) for name in names}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._replace(state.pop("codes"))
        for name, value in state.items():
            setattr(self, name, value)

    def __repr__(self) -> str:
        return f"<HouseholdSet of {len(self)}>"


def _call(agent: Any, method: Any, args: Any, kwargs: Any) -> Any:
    if isinstance(method, str):
        return getattr(agent, method)(*args, **kwargs)
    return method(agent, *args, **kwargs)


def _of_numpy(function: Any) -> bool:
    return isinstance(function, np.ufunc) or (getattr(function, "__module__", None) or "").startswith("numpy")
