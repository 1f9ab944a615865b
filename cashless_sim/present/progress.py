"""A progress bar on the error stream that appears only when it is worth it."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from cashless_sim.present.locale.sentences import number, percent, say

PATIENCE = 2.0
EVERY = 10.0


class Progress:
    """Told a finished share [0, 1], shows a bar with the time left once `PATIENCE` seconds have passed.

    Away from a terminal it prints a plain line at the start, and one with the time left every `EVERY` seconds. What
    was done before the first share (a sweep that goes on) does not count for the speed.
    """

    def __init__(self, tongue: str, opening: str) -> None:
        """``opening`` is the plain line."""
        self._tongue = tongue
        self._opening = opening
        self._begun = self._told = time.monotonic()
        self._first: float | None = None
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        """Say the plain line where there is no terminal."""
        if not sys.stderr.isatty():
            print(self._opening, file=sys.stderr, flush=True)
        return self

    def __call__(self, share: float) -> None:
        """Move the bar, or say how far the work is."""
        self._first = share if self._first is None else self._first
        if not sys.stderr.isatty():
            self._say(share)
        elif self._bar is None and time.monotonic() - self._begun > PATIENCE:
            self._bar = _bar(self._tongue)
            self._task = self._bar.add_task(say("cli.progress", self._tongue), total=1.0, completed=share)
            self._bar.start()
        if self._bar is not None:
            self._bar.update(self._task, completed=share)

    def _say(self, share: float) -> None:
        """Print the share done and the time, when the last line is old enough."""
        now = time.monotonic()
        done = share - (self._first or 0.0)
        if now - self._told >= EVERY and done > 0:
            self._told, spent = now, now - self._begun
            facts = {"share": percent(share, self._tongue, 0), "seconds": number(spent, self._tongue)}
            facts["left"] = number(spent * (1 - share) / done, self._tongue)
            print(say("cli.far", self._tongue, **facts), file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


def _bar(tongue: str) -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn(say("cli.left", tongue)),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )
