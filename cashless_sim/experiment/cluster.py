"""Runs made on a Dask cluster, for those who outgrow one machine; needs the extra ``cluster``.

A scheduler lets in whoever reaches its port: keep it on a network you trust, or set up TLS.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from importlib import import_module
from typing import Any

from cashless_sim.errors import BadValue, Unsupported

LIBRARY = "distributed"
AHEAD = 2
SECONDS = 15


def on_cluster(tasks: Iterable[Any], address: str, attempt: Callable[[Any], Any]) -> Iterator[tuple[Any, Any]]:
    """Yield each task with what ``attempt`` made of it, as they finish.

    The value is the exception when the workers given a task were killed, each in turn. Raises `BadValue` for a
    scheduler that is lost, does not answer or has no workers, `Unsupported` without the extra.
    """
    client = _client(address)
    try:
        most = AHEAD * max(1, sum(client.nthreads().values()))
        finished, flying = _library().as_completed(loop=client.loop), {}
        for task in tasks:
            future = client.submit(attempt, task, pure=False)
            flying[future.key] = task
            finished.add(future)
            if len(flying) >= most:
                yield _settled(finished, flying)
        while flying:
            yield _settled(finished, flying)
    except (CancelledError, asyncio.CancelledError) as error:
        expected, again = "a Dask scheduler that answers until the last run", "the same command goes on from there"
        raise BadValue(what="scheduler", value=address, expected=expected, next=again) from error
    finally:
        client.close()


def _settled(finished: Any, flying: dict[str, Any]) -> tuple[Any, Any]:
    future = next(finished)
    task = flying.pop(future.key)
    error = future.exception()
    return task, error if error is not None else future.result()


def _library() -> Any:
    try:
        return import_module(LIBRARY)
    except ImportError as error:
        raise Unsupported(
            what="running on a cluster",
            why="Dask is not installed",
            next='install it: pip install "cashless-sim[cluster]"',
        ) from error


def _client(address: str) -> Any:
    """Return a client of a scheduler that has workers."""
    library = _library()
    try:
        client = library.Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        expected = "the address of a Dask scheduler that answers, as tcp://host:8786"
        raise BadValue(what="scheduler", value=address, expected=expected) from error
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError as error:
        client.close()
        raise BadValue(what="scheduler", value=address, expected="a scheduler with at least one worker") from error
    return client
