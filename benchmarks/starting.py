"""How long starting takes: importing, a warm first month at 20,000 households, a cold compilation.

Run ``python benchmarks/starting.py`` from the project's folder. Each number is CPU seconds of a process of its own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from statistics import median

import results

IMPORT = "import time; a = time.process_time(); import cashless_sim; print(time.process_time() - a)"
FIRST = """
import time
import cashless_sim as cs
recipe = cs.Scenario.load("hung-yen").with_(households=20_000)
recipe.population()
a = time.process_time()
model = recipe.build(seed=1)
b = time.process_time()
model.step()
c = time.process_time()
model.step()
print(b - a, c - b, time.process_time() - c)
"""


def spent(program: str, cache: str | None = None) -> list[float]:
    """Return the numbers that a program prints."""
    environment = {**os.environ, **({"CASHLESS_SIM_CACHE": cache} if cache else {})}
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


def _verdict(seconds: float, bar: float | None) -> str:
    if bar is None:
        return "none set"
    return f"< {bar:g} {'met' if seconds < bar else '**missed**'}"


def main() -> None:
    """Print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    brought = median(spent(IMPORT)[0] for _ in range(given.rounds))
    with tempfile.TemporaryDirectory() as folder:
        cold = spent(FIRST, folder)
        warm = [spent(FIRST, folder) for _ in range(given.rounds)]
    built, first, second = (median(one) for one in zip(*warm, strict=True))
    rows = [
        ("`import cashless_sim`", brought, 1.0),
        ("warm: building the model, people apart", built, None),
        ("warm: the first month, 20,000 households", first, 0.5),
        ("warm: the second month", second, None),
        ("cold: the first month with all compilation", cold[1], 30.0),
    ]
    lines = [f"| {name} | {seconds:.3f} | {_verdict(seconds, bar)} |" for name, seconds, bar in rows]
    head = [
        f"`python benchmarks/starting.py`, CPU seconds. {results.machine()}",
        "",
        "| what | s | bar |",
        "|---|---:|---|",
    ]
    text = "\n".join([*head, *lines, "", f"Cold over warm first month: {cold[1] / first:.0f}."])
    print(text)
    if not given.no_write:
        results.put("Starting", text)


if __name__ == "__main__":
    main()
