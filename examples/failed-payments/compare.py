"""Prints what warnings of scams change, against the shipped month on the same luck."""

import argparse
from pathlib import Path

import cashless_sim as cs

SCENARIO = Path(__file__).with_name("warned.toml")
MEASURES = ("D", "using", "late")


def compared(households: int, replicates: int, start: str, end: str):
    """Return the paired differences of the last month: measure, difference, 80 % interval."""
    plans = [cs.Scenario.load(name, allow_code=True) for name in (SCENARIO, "hung-yen")]
    runs = cs.run([plan.with_(households=households, start=start, end=end) for plan in plans], replicates=replicates)
    gained = cs.compare(runs, to="hung-yen", measures=list(MEASURES))
    last = gained[gained["month"] == gained["month"].max()]
    return last[last["group"].isin(["all", "bill=electricity"])][["measure", "difference", "low80", "high80"]]


def main() -> None:
    """Read the command line, run, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--households", type=int, default=20_000)
    options.add_argument("--replicates", type=int, default=10)
    options.add_argument("--start", default="2022-06")
    options.add_argument("--end", default="2025-12")
    print(compared(**vars(options.parse_args())).to_string(index=False))


if __name__ == "__main__":
    main()
