"""What a household's month loads first and stores last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from cashless_sim.population.columns import SCALE, WORD, Column
from cashless_sim.rules.compiler.writer import Writer, stored_value
from cashless_sim.rules.rule import OWN_INDEX

Argument = tuple[Any, ...]
_NAME = re.compile(r"[A-Za-z_]\w*")


def argument_name(argument: Argument) -> str:
    """Return the name of an argument in the kernel's text."""
    return "_".join(str(part) for part in argument)


class Frame:
    """The locals of a month that come from outside of it, and the arrays that they come from and go to.

    ``loads`` gives the text of each such local for row ``k``; ``starts`` the value with which a passing column
    begins the month; ``kinds`` whether a local is yes/no (``b``), a number (``f``) or a whole number (``u``).
    """

    def __init__(self, writer: Writer, kept: set[str]) -> None:
        """Work out what the lowered rules of a writer read and write; ``kept`` are passing columns that are stored."""
        self.writer, self.kept = writer, kept
        self.arguments: list[Argument] = [("n",), ("ids",), ("month",), ("replicate",), ("k0",), ("k1",), ("P",)]
        self.loads: dict[str, str] = {"id_": "ids[k]"}
        self.starts: dict[str, str] = {}
        self.kinds: dict[str, str] = {"id_": "u"}
        self.stores: dict[str, str] = {}
        self.flags: dict[str, Column] = {}
        self._columns()
        self._contacts()
        for own in OWN_INDEX:
            if any(t.by == own for t in writer.tables.values()):
                self.arguments.append((own,))
                if own not in writer.shared:
                    self._load(f"here_{own}", f"U32({own}[k])", "u")
        self.arguments.extend(("T", name) for name in writer.tables)

    def loading(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the lines that load some locals, and what these are made of, in order."""
        wanted = set(names) & set(self.loads)
        for name in reversed(self.loads):
            if name in wanted:
                wanted |= set(_NAME.findall(self.loads[name])) & set(self.loads)
        yield from (f"{name} = {text}" for name, text in self.loads.items() if name in wanted)

    def storing(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the lines that store some locals; a shared word must have been loaded."""
        names = set(names)
        flags = {name: column for name, column in self.flags.items() if name in names}
        for word in sorted({column.bit // WORD for column in flags.values()}):
            held = {name: c for name, c in flags.items() if c.bit // WORD == word}
            others = ~sum(_mask(c) for c in held.values()) & 0xFFFFFFFF
            bits = "".join(f" | (U32({name}) << U32({c.bit % WORD}))" for name, c in held.items())
            yield f"w_{word}[k] = (word_{word} & U32({others})){bits}"
        yield from (line for name, line in self.stores.items() if name in names)

    def words_of(self, names: Iterable[str]) -> set[str]:
        """Return the locals of the shared words that hold some yes/no columns."""
        return {f"word_{self.flags[name].bit // WORD}" for name in names if name in self.flags}

    def _load(self, name: str, text: str, kind: str) -> None:
        self.loads[name], self.kinds[name] = text, kind

    def _columns(self) -> None:
        read = [self.writer.columns[name] for name in self.writer.read]
        for word in sorted({c.bit // WORD for c in read if c.bit >= 0}):
            self.arguments.append(("w", word))
            self._load(f"word_{word}", f"w_{word}[k]", "u")
        for column in read:
            if column.bit >= 0:
                self._flag(column)
                continue
            bills: tuple[int | None, ...] = column.per or (None,)
            for b in bills:
                end = () if b is None else (b,)
                local = argument_name(("h", column.name, *end))
                if column.passing and column.name not in self.kept:
                    self._start(column, local)
                else:
                    self._array(column, local, ("c", column.name, *end))

    def _flag(self, column: Column) -> None:
        local = f"h_{column.name}"
        self._load(local, f"(word_{column.bit // WORD} & U32({_mask(column)})) != U32(0)", "b")
        if column.name in self.writer.written:
            self.flags[local] = column

    def _start(self, column: Column, local: str) -> None:
        start = stored_value(column, column.start)
        self.starts[local] = str(start) if column.kind is bool else self.writer.literal(start)
        self.kinds[local] = "b" if column.kind is bool else "f"

    def _array(self, column: Column, local: str, argument: Argument) -> None:
        self.arguments.append(argument)
        array = argument_name(argument)
        text = f"{array}[k]" if column.kind is bool else f"F({array}[k])"
        if column.is_share:
            text = f"{text} * {self.writer.literal(SCALE)}"
        self._load(local, text, "b" if column.kind is bool else "f")
        if column.name in self.writer.written:
            self.stores[local] = f"{array}[k] = {self._stored(column, local)}"

    def _stored(self, column: Column, local: str) -> str:
        if column.dtype.kind in "bf":
            return local
        if column.is_share:
            local = f"{local} * {self.writer.literal(1 / SCALE)}"
        return f"np.{column.dtype.name}(np.int32({local}))"

    def _contacts(self) -> None:
        for where in self.writer.counts:
            self.arguments.append(("count", where))
            self._load(f"n_{where}", f"F(count_{where}[k])", "f")
        if self.writer.shares:
            self.arguments.append(("degree",))
            self._load("n_ties", "F(degree[k])", "f")
        for where in self.writer.shares:
            zero, one = self.writer.literal(0), self.writer.literal(1)
            self._load(f"s_{where}", f"n_{where} / pick(n_ties > {zero}, n_ties, {one})", "f")


def _mask(column: Column) -> int:
    return 1 << column.bit % WORD
