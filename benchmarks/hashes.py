"""How many different states the same run ends in, whatever computes it: there must be one.

Run ``python benchmarks/hashes.py`` from the project's folder; give further Pythons with ``--python``. Each row is a
process of its own: threads, rows at a time, tiles, instruction sets, levels, other Pythons and Mesas.
"""

import argparse
import json
import os
import subprocess
import sys

import results

WHOLE, SMALL = (2000, 24), (300, 6)
"""Households and months of the rows, and of those that are slow."""
PROGRAM = """
import json, sys
import numba, mesa
import cashless_sim as cs
import cashless_sim.rules.month as month
given = json.loads(sys.argv[1])
month.CHUNK = given.get("rows", month.CHUNK)
if "tile" in given:
    import cashless_sim.rules.compiler.passes as passes
    import cashless_sim.rules.compiler.kernel as kernel
    passes.TILE = kernel.TILE = month.TILE = given["tile"]
scenario = cs.Scenario.load("hung-yen").with_(households=given["households"])
model = cs.CashlessModel(
    scenario.settings(), scenario.population(), seed=7,
    threads=given.get("threads", 1), level=given.get("level", "vectorised"),
)
model.run(given["months"])
levels = sorted({level for _, level, _ in model.explain_speed()})
about = f"Python {sys.version.split()[0]}, Mesa {mesa.__version__}, numba {numba.__version__}"
print(json.dumps({"hash": model.state_hash(), "levels": levels, "about": about}))
"""


def rows(pythons: list[str]) -> list[tuple[str, dict, dict, str]]:
    """Return (what differs, arguments, environment, Python) of every row."""
    whole = dict(zip(("households", "months"), WHOLE, strict=True))
    small = dict(zip(("households", "months"), SMALL, strict=True))
    here = sys.executable
    found = [("one thread", whole, {}, here)]
    found += [(f"{n} threads, 512 rows at a time", {**whole, "threads": n, "rows": 512}, {}, here) for n in (2, 3)]
    found.append(("100 rows at a time", {**whole, "rows": 100}, {}, here))
    found.append(("tiles of 64 rows", {**whole, "tile": 64}, {}, here))
    for name in ("x86-64", "x86-64-v2", "x86-64-v3", "generic"):
        found.append((f"instructions of {name}", whole, {"NUMBA_CPU_NAME": name, "NUMBA_CPU_FEATURES": ""}, here))
    found.append(("scalar code", {**whole, "level": "scalar"}, {}, here))
    found += [("this environment", whole, {}, python) for python in pythons]
    found += [
        (f"small run, {level}", {**small, "level": level}, {}, here)
        for level in ("vectorised", "scalar", "interpreted")
    ]
    return found


def outcome(arguments: dict, environment: dict, python: str) -> dict:
    """Return what a process found: its hash, or why there is none."""
    command = [python, "-c", PROGRAM, json.dumps(arguments)]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
    if done.returncode:
        return {"hash": "", "levels": [], "about": (done.stderr.strip().splitlines() or ["no word"])[-1]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def main() -> None:
    """Print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], help="another Python that has the package")
    parser.add_argument("--no-write", action="store_true")
    given = parser.parse_args()
    lines, hashes = [], {WHOLE: set(), SMALL: set()}
    for what, arguments, environment, python in rows(given.python):
        found = outcome(arguments, environment, python)
        size = (arguments["households"], arguments["months"])
        hashes[size].add(found["hash"] or found["about"])
        levels = ", ".join(found["levels"])
        lines.append(f"| {what} | {size[0]:,} × {size[1]} | {levels} | {found['about']} | `{found['hash'][:16]}` |")
        print(lines[-1], flush=True)
    counts = " and ".join(f"{len(some)} ({size[0]:,} × {size[1]})" for size, some in hashes.items())
    text = "\n".join(
        [
            f"`python benchmarks/hashes.py`, hung-yen. {results.machine()}",
            "",
            f"Distinct state hashes: {counts}; bar 1.",
            "",
            "| what differs | households × months | level | with | hash begins |",
            "|---|---:|---|---|---|",
            *lines,
        ]
    )
    print(text)
    if not given.no_write:
        results.put("State hashes", text)


if __name__ == "__main__":
    main()
