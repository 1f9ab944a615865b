"""Which agents are in a set, and in which order: what Python itself promises of sets and sequences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any, Self, overload

import mesa
import numpy as np
from numpy.typing import NDArray

from cashless_sim.errors import Unsupported
from cashless_sim.model.households import Household, views

FIRST_REGISTERED = 2**32
"""Registered agents are numbered from here on, beyond every household id (uint32)."""

Codes = NDArray[np.int64]


class Membership:
    """An ordered set of a model's households and registered agents.

    A member is one integer: a household is its row, a registered agent is minus its number. Operators keep
    the order that `collections.abc` gives them, and take any iterable of agents of the same model.
    """

    model: Any
    random: Random
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, model: Any, rows: Any = None, agents: Iterable[Any] = (), random: Random | None = None) -> None:
        """Hold some rows of a model (every row by default), then some registered agents."""
        chosen = np.arange(len(model.ids)) if rows is None else np.asarray(rows, dtype=np.int64)
        self._fill(model, chosen.astype(np.int64), {}, model.random if random is None else random)
        for agent in agents:
            self.add(agent)

    def _fill(self, model: Any, codes: Codes, guests: dict[int, Any], random: Random) -> None:
        self.model, self.random, self._guests, self._held = model, random, guests, False
        self._replace(codes)

    def _replace(self, codes: Codes) -> None:
        self._array: Codes = codes
        self._tail: list[int] = []
        self._mask: NDArray[np.bool_] | None = None

    def _like(self, codes: Codes, guests: dict[int, Any] | None = None) -> Self:
        new = object.__new__(type(self))
        known = self._guests if guests is None else guests
        present = {code: known[code] for code in codes[codes < 0].tolist()} if known else {}
        new._fill(self.model, codes, present, self.random)
        return new

    def _hold(self) -> Self:
        """Make this the model's own set, whose members nobody else may change."""
        self._held = True
        return self

    def _may_change(self) -> None:
        if self._held:
            raise Unsupported(
                what="changing who is in the model's own set",
                why="it holds everyone there is",
                next="work on a copy: model.agents.copy()",
            )

    @property
    def codes(self) -> Codes:
        """The members in order: ``int64[len(self)]``, a row, or minus the number of a registered agent."""
        if self._tail:
            self._array, self._tail = np.concatenate([self._array, np.array(self._tail, np.int64)]), []
        return self._array

    @property
    def rows(self) -> Codes:
        """The rows of the households in the set, in its order."""
        codes = self.codes
        return codes[codes >= 0] if self._guests else codes

    # ── who is who ────────────────────────────────────────────────────────────────────────────────
    def _code(self, agent: object) -> int | None:
        if isinstance(agent, Household) and agent.model is self.model:
            return agent.row if self.model.ids[agent.row] == agent.unique_id else None
        if isinstance(agent, mesa.Agent) and getattr(agent, "model", None) is self.model:
            return FIRST_REGISTERED - 1 - agent.unique_id if agent.unique_id >= FIRST_REGISTERED else None
        return None

    def _agents(self, codes: Codes) -> list[Any]:
        if not self._guests:
            return list(views(self.model, codes))
        households = iter(views(self.model, codes[codes >= 0]))
        return [next(households) if code >= 0 else self._guests[code] for code in codes.tolist()]

    def _row_mask(self) -> NDArray[np.bool_]:
        if self._mask is None:
            self._mask = np.zeros(len(self.model.ids), dtype=np.bool_)
            self._mask[self.rows] = True
        return self._mask

    def _has(self, code: int | None) -> bool:
        if code is None:
            return False
        return bool(self._row_mask()[code]) if code >= 0 else bool(np.any(self.codes == code))

    def _isin(self, codes: Codes) -> NDArray[np.bool_]:
        if not self._guests:
            return (codes >= 0) & self._row_mask()[np.maximum(codes, 0)]
        return np.isin(codes, self.codes)

    def _read_set(self, other: Iterable[Any], strict: bool) -> tuple[Codes, dict[int, Any]]:
        """Return another collection's codes, once each, in its order; foreigners are skipped or refused."""
        if isinstance(other, Membership) and other.model is self.model:
            return other.codes, other._guests
        found: dict[int, Any] = {}
        for agent in other:
            code = self._code(agent)
            if code is not None:
                found.setdefault(code, agent)
            elif strict:
                raise Unsupported(
                    what=f"adding {agent!r}", why="it is no agent of this model", next="keep models apart"
                )
        return np.fromiter(found, np.int64, len(found)), {c: a for c, a in found.items() if c < 0}

    # ── a collection ──────────────────────────────────────────────────────────────────────────────
    def __len__(self) -> int:
        return len(self._array) + len(self._tail)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._agents(self.codes))

    def __reversed__(self) -> Iterator[Any]:
        return iter(self._agents(self.codes[::-1]))

    def __contains__(self, agent: object) -> bool:
        return self._has(self._code(agent))

    @overload
    def __getitem__(self, item: int) -> Any: ...
    @overload
    def __getitem__(self, item: slice) -> list[Any]: ...
    def __getitem__(self, item: int | slice) -> Any:
        if isinstance(item, slice):
            return self._agents(self.codes[item])
        return self._agents(self.codes[[item]])[0]

    def to_list(self) -> list[Any]:
        """Return the agents as a list of views."""
        return self._agents(self.codes)

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the place of an agent; raise ValueError when it is not there."""
        code = self._code(value)
        found = [] if code is None else np.flatnonzero(self.codes == code).tolist()
        if not found or found[0] not in range(len(self))[start:stop]:
            raise ValueError(f"{value!r} is not in the set")
        return int(found[0])

    def count(self, value: Any) -> int:
        """Return 1 when the agent is in the set, else 0."""
        return int(value in self)

    # ── membership ────────────────────────────────────────────────────────────────────────────────
    def add(self, agent: Any) -> None:
        """Add an agent of this model at the end; raise `Unsupported` for any other."""
        self._may_change()
        self._add(agent)

    def _add(self, agent: Any) -> None:
        (code,) = self._read_set([agent], strict=True)[0].tolist()
        if self._has(code):
            return
        if code < 0:
            self._guests[code] = agent
        elif self._mask is not None:
            self._mask[code] = True
        self._tail.append(code)

    def discard(self, agent: Any) -> None:
        """Take an agent out of the set, if it is there; the household stays in the model."""
        self._may_change()
        self._discard(agent)

    def _discard(self, agent: Any) -> None:
        code = self._code(agent)
        if code is not None and self._has(code):
            mask = self._mask
            self._replace(self.codes[self.codes != code])
            if code >= 0 and mask is not None:
                mask[code], self._mask = False, mask

    def remove(self, agent: Any) -> None:
        """Take an agent out of the set; raise KeyError when it is not there."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def pop(self) -> Any:
        """Take out the first agent and return it; raise KeyError from an empty set."""
        if not len(self):
            raise KeyError
        self._may_change()
        agent, mask = self[0], self._mask
        self._array = self.codes[1:]
        if isinstance(agent, Household) and mask is not None:
            mask[agent.row] = False
        return agent

    def clear(self) -> None:
        """Empty the set; the households stay in the model."""
        self._may_change()
        self._replace(np.empty(0, np.int64))
