"""How much of the change from 2017 to 2024 comes without any outreach, and what turnover and other occasions add.

    python benchmarks/without_outreach.py [HOUSEHOLDS]

Prints a table in Markdown: paired runs of `no-outreach` on common luck with each switch on and off.
"""

import sys

from cashless_sim.scenario.recipe import Scenario

MEASURES = ("D", "E", "G", "using")
ARMS = {
    "turnover and occasions on": {"turnover": True, "occasions": True},
    "no turnover": {"turnover": False, "occasions": True},
    "no occasions": {"turnover": True, "occasions": False},
    "neither": {"turnover": False, "occasions": False},
}


def change(households: int, seed: int = 1, **switches: bool) -> dict[str, float]:
    """Return the change of each measure from December 2017 to December 2024, in points."""
    scenario = Scenario.load("no-outreach").with_(households=households, end="2024-12", **switches)
    frame = scenario.build(seed=seed).run()
    everyone = frame[frame["group"] == "all"].set_index(["month", "measure"])["value"]
    return {m: 100 * (everyone["2024-12", m] - everyone["2017-12", m]) for m in MEASURES}


def main() -> None:
    """Print the table."""
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"| no outreach, {households:,} households, seed 1 | " + " | ".join(MEASURES) + " |")
    print("|---|" + "---:|" * len(MEASURES))
    for name, switches in ARMS.items():
        points = change(households, **switches)
        print(f"| {name} | " + " | ".join(f"{points[m]:+.1f}" for m in MEASURES) + " |")


if __name__ == "__main__":
    main()
