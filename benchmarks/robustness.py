"""Does the answer hold? What outreach adds, with one assumption of the model changed at a time.

    python benchmarks/robustness.py [--households N] [--draws N] [--write]

Every row runs the history of Hưng Yên with and without outreach, on draws of the posterior that saw no figure kept for
checking, paired on common luck. Prints a table in Markdown; ``--write`` puts it into docs/robustness.md.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

import cashless_sim as cs
from cashless_sim.calibration.sensitivity import VARIANTS
from cashless_sim.experiment.posterior_draws import shipped
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.experiment.runs import FIRST_DRAW
from cashless_sim.scenario.recipe import Scenario

PAGE = Path(__file__).parents[1] / "docs" / "robustness.md"
MONTH = "2024-12"
MEASURES = ("D", "E", "B")
LEVELS = ("D", "B")
MORE: dict[str, dict[str, Any]] = {
    "network: none": {"network": "none"},
    "no turnover": {"turnover": False},
    "no other occasions": {"occasions": False},
}
WORLDS = {name: change for name, change in VARIANTS.items() if name != "no outreach"} | MORE
"""What `check calibration` changes, and more; without outreach is what every row is held against."""
COUNTED = "observation.agent_counted_after"


def posterior(counted: float | None) -> Draws | str:
    """Return the posterior of the check, with λ set in every draw when it is given."""
    found = shipped("check")
    if found is None:
        return "prior"
    return found if counted is None else replace(found, frame=found.frame.assign(agent_counted_after=counted))


def outcome(households: int, draws: int, changes: Mapping[str, Any]) -> tuple[pd.DataFrame, str]:
    """Return each draw's values with outreach and what outreach adds, in points, and where the draws come from."""
    given = dict(changes)
    size, counted = round(households * given.pop("households", 1.0)), given.pop(COUNTED, None)
    pair = [Scenario.load(name).with_({**given, "end": MONTH}) for name in ("hung-yen", "no-outreach")]
    source = posterior(counted)
    runs = cs.run(pair, households=size, draws=draws, draw_households=size, draw_groups=["all"], posterior=source)
    frame = runs.frame
    kept = frame[(frame["month"] == MONTH) & (frame["group"] == "all") & (frame["replicate"] >= FIRST_DRAW)]
    wide = kept.pivot_table(index="replicate", columns=["measure", "scenario"], values="value", observed=True)
    found = {f"{m}": 100 * wide[m, "hung-yen"] for m in LEVELS}
    found |= {f"{m} added": 100 * (wide[m, "hung-yen"] - wide[m, "no-outreach"]) for m in MEASURES}
    return pd.DataFrame(found), str(runs.manifest["parameters"]["source"])


def line(name: str, found: pd.DataFrame, source: str) -> str:
    """Return a row of the table: median and 80 % interval of each."""
    low, middle, high = (found.quantile(q) for q in (0.1, 0.5, 0.9))
    cells = [f"{middle[c]:.1f} [{low[c]:.1f} to {high[c]:.1f}]" for c in found]
    return "| " + " | ".join([name, *cells, source]) + " |"


def main() -> None:
    """Print the table, and write the page when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--households", type=int, default=20_000)
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    names = [*LEVELS, *(f"{m} added" for m in MEASURES)]
    lines = ["| what is changed | " + " | ".join(names) + " | draws |", "|---|" + "---:|" * len(names) + "---|"]
    for name, changes in WORLDS.items():
        lines.append(line(name, *outcome(given.households, given.draws, changes)))
        print(".", end="", file=sys.stderr, flush=True)
    text = "\n".join(lines) + "\n"
    print(text)
    if given.write:
        PAGE.write_text(HEAD.format(households=given.households, draws=given.draws) + text, encoding="utf-8")


HEAD = """# Does the answer hold when an assumption changes?

What outreach adds in old Hưng Yên by December 2024, in percentage points, and the level with it in per cent: median and
80 % interval over {draws} posterior draws (figures kept for checking not seen), {households:,} households, paired on
common luck. One assumption is changed at a time and nothing is fitted anew, so levels may leave the reported figures;
what counts is whether the last columns move. Effects of campaigns are imported priors in every row. Not calibrated.
Made by `python benchmarks/robustness.py --write`.

"""

if __name__ == "__main__":
    main()
