"""How a peer in another Python is told to step, and says what it cost."""

import json
import sys
import time
from collections.abc import Callable


def serve(step: Callable[[], object], count: Callable[[], int], version: str, n: int) -> None:
    """Say who is there; for each line read run a step, and write its CPU seconds and what is counted after it."""
    print(json.dumps({"version": version, "n": n}), flush=True)
    for _ in sys.stdin:
        before, clock = time.process_time(), time.perf_counter()
        step()
        cpu, wall = time.process_time() - before, time.perf_counter() - clock
        print(json.dumps({"cpu": cpu, "wall": wall, "count": count()}), flush=True)
