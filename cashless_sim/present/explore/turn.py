"""One worker that takes the latest request only: changes that come while it works replace each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PAUSE = 0.15
"""Seconds without another change after which work begins: several controls may change at once."""


class Turn:
    """Calls ``work`` with the latest request, in one thread at a time, which ends when there is nothing to do."""

    def __init__(self, work: Callable[[Any], None]) -> None:
        """``work`` must say itself what goes wrong."""
        self._work = work
        self._lock = threading.Lock()
        self._busy = threading.Lock()
        self._latest: list[Any] = []
        self._thread: threading.Thread | None = None
        self.is_held = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within this, changes are made that are one request together."""
        before, self.is_held = self.is_held, True
        try:
            yield
        finally:
            self.is_held = before

    def now(self, request: Any) -> None:
        """Do the work here, before anything else."""
        with self._lock:
            self._latest.clear()
        with self._busy:
            self._work(request)

    def soon(self, request: Any) -> None:
        """Do the work in the background, unless another request comes first."""
        with self._lock:
            self._latest[:] = [request]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def wait(self, seconds: float = 60.0) -> bool:
        """Wait until nothing is left to do; return whether that came to pass in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with self._lock:
                if self._thread is None:
                    return True
            time.sleep(0.01)
        return False

    def timed(self, work: Callable[[], Any]) -> tuple[Any, float]:
        """Return what some work gives, and the seconds that it took."""
        begun = time.perf_counter()
        return work(), time.perf_counter() - begun

    def _run(self) -> None:
        while True:
            time.sleep(PAUSE)
            with self._lock:
                if not self._latest:
                    self._thread = None
                    return
                request = self._latest.pop()
            with self._busy:
                self._work(request)
