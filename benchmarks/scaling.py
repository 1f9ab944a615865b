"""CPU time and memory against the number of households, each size in a process of its own, with the fitted slope.

Run ``python benchmarks/scaling.py`` from the project's folder: Viet Nam in samples. ``--whole`` runs all 27 million for
96 months, once, when the machine has 12 GB to spare. Later months hold more outreach, so runs are held against others
of as many months: 400,000 households are run for 96 months as well.
"""

import argparse
import json
import subprocess
import sys

import numpy as np
import results

SIZES = (10_000, 30_000, 100_000, 400_000, 1_000_000, 3_000_000)
MIDDLE, MONTHS, LONG = 400_000, 12, 96
PROGRAM = """
import json, resource, sys, time
import cashless_sim as cs
households, months, threads = json.loads(sys.argv[1])
clocks = [time.process_time()]
recipe = cs.Scenario.load("viet-nam").with_(households=households)
model = recipe.build(seed=1, threads=threads)
clocks.append(time.process_time())
model.prepare()
clocks.append(time.process_time())
wall = time.perf_counter()
model.run(months)
wall = time.perf_counter() - wall
clocks.append(time.process_time())
people, _, run = (b - a for a, b in zip(clocks, clocks[1:]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(json.dumps({"n": len(model.ids), "months": months, "people": people, "run": run, "wall": wall, "gb": peak}))
"""


def measured(households: int | str, months: int, threads: int = 1) -> dict:
    """Return what one process used; raise `CalledProcessError`."""
    command = [sys.executable, "-c", PROGRAM, json.dumps([households, months, threads])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def row(found: dict) -> str:
    """Return a line of the table."""
    each = found["run"] / found["n"] / found["months"] * 1e9
    people = found["people"] / found["n"] * 1e6
    return (
        f"| {found['n']:,} | {found['months']} | {found['people']:.1f} | {people:.2f} | {found['run']:.1f} "
        f"| {each:,.0f} | {found['wall']:.1f} | {found['gb']:.2f} |"
    )


def slope(all_found: list[dict]) -> tuple[float, float]:
    """Return the slopes of log CPU and log memory on log households, of `MONTHS` months and 100,000 or more."""
    large = [f for f in all_found if f["n"] >= 90_000 and f["months"] == MONTHS]
    n = np.log([f["n"] for f in large])
    work = np.log([f["run"] / f["months"] for f in large])
    return float(np.polyfit(n, work, 1)[0]), float(np.polyfit(n, np.log([f["gb"] for f in large]), 1)[0])


def main() -> None:
    """Print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--whole", action="store_true", help="all 27 million for 96 months as well")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    all_found = []
    asked = [(n, MONTHS) for n in given.sizes] + ([(MIDDLE, LONG), ("all", LONG)] if given.whole else [])
    measured(given.sizes[0], 1, given.threads)  # compiles and loads what others then find
    for households, months in asked:
        all_found.append(measured(households, months, given.threads))
        print(row(all_found[-1]), flush=True)
    work, memory = slope(all_found)
    last = all_found[-1]["months"]
    by_size = {f["n"]: f["run"] / f["n"] / f["months"] for f in all_found if f["months"] == last}
    middle = min(by_size, key=lambda n: abs(n - MIDDLE))
    ratio = by_size[max(by_size)] / by_size[middle]
    verdict = "met" if ratio <= 1.1 else "reach met, aim **missed**" if ratio <= 1.3 else "**missed**"
    text = "\n".join(
        [
            f"`python benchmarks/scaling.py{' --whole' if given.whole else ''}`, viet-nam. {results.machine()}",
            "",
            "| households | months | people, CPU s | µs each | run, CPU s | ns a household-month | wall s | peak GB |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|",
            *map(row, all_found),
            "",
            f"Slope of log CPU on log households {work:.3f}, of log memory {memory:.3f} ({MONTHS} months, 100,000",
            f"and more). CPU per household and month, {last} months, at {max(by_size):,} over that at",
            f"{middle:,}: {ratio:.2f} (reach ≤ 1.3, aim ≤ 1.1: {verdict}).",
        ]
    )
    print(text)
    if not given.no_write:
        results.put("Time and memory against size", text)


if __name__ == "__main__":
    main()
