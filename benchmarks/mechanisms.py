"""How much each mechanism matters: the history of Hưng Yên with one mechanism switched off, paired on common luck.

    python benchmarks/mechanisms.py [HOUSEHOLDS] [--write]

Prints a table in Markdown, the least first; ``--write`` puts it into docs/mechanisms.md. Differences are with less
without, in points, with the half width of their 95 % interval over three replicates.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.scenario.recipe import Scenario

PAGE = Path(__file__).parents[1] / "docs" / "mechanisms.md"
REPLICATES = 3
STUDENT = 4.303
"""The 97.5 % point of Student's t with two degrees of freedom."""
WATCHED = (("D", "2024-12"), ("using", "2024-12"), ("using", "2030-12"), ("late", "2030-12"))
NUMBERS: dict[str, dict[str, dict[str, float]]] = {
    "payer's role passes on": {"Turnover": {"passing_on": 0.0}},
    "households dissolve and form": {"Turnover": {"forms": 0.0}},
    "eKYC makes accounts easier": {"Access": {"ekyc_factor": 1.0}},
    "wages into accounts open them": {"Access": {"account_salaried": 1.0}},
    "schooling helps to an account": {"Access": {"account_schooling": 0.0}},
    "benefits open accounts": {"Access": {"account_benefit": 0.0}},
    "mobile money": {"Access": {"mobile_money_hazard": 0.0}},
    "mobile money permanent": {"Access": {"permanent_factor": 1.0}},
    "wallets are linked ahead of use": {"Access": {"wallet_hazard": 0.0}},
    "SIM face check": {"Access": {"sim_friction": 0.0}},
    "payers tell": {"Awareness": {"tell": 0.0}},
    "others who know tell": {"Awareness": {"tell_informed": 0.0}},
    "talkers": {"Awareness": {"talkers": 0.0}},
    "knowing fades": {"Awareness": {"forget": 0.0}},
    "some are never reached": {"Awareness": {"unreachable": 0.0}},
    "contacts make one think": {"Consider": {"by_peers": 0.0}},
    "one thinks by oneself": {"Consider": {"spontaneous": 0.0}},
    "a new gate makes one think": {"Consider": {"by_gate": 0.0}},
    "summer bills make one think": {"Consider": {"by_season": 0.0}},
    "other occasions make one think": {"Consider": {"by_occasion": 0.0}},
    "failures make one think": {"Consider": {"by_failure": 0.0}},
    "unverified accounts stop": {"Consider": {"by_verification": 0.0}},
    "digital payers slip back": {"Consider": {"leave": 0.0}},
    "more so in the first months": {"Consider": {"first_months": 0.0}},
    "habit holds them": {"Consider": {"kept_by_habit": 0.0}},
    "a standing order holds them": {"Consider": {"standing": 1.0}},
    "an incentive's end": {"Consider": {"by_incentive_end": 0.0}},
    "contacts with campaigns tire": {"Consider": {"fatigue": 0.0}},
    "fees and time have a price": {"Choose": {"price": 0.0}},
    "ease (skill) pulls": {"Choose": {"ease": 0.0}},
    "trust pulls": {"Choose": {"trusting": 0.0}},
    "habit pulls": {"Choose": {"habit_pull": 0.0}},
    "imitation in the choice": {"Choose": {"peer_slope": 0.0}},
    "one bill helps the next": {"Choose": {"complement": 0.0}},
    "cash is avoided under COVID-19": {"Choose": {"covid_pull": 0.0}, "Consider": {"covid_factor": 0.0}},
    "set-up is a hurdle": {"Choose": {"set_up_cost": 0.0}},
    "face check weighs on the old": {"Choose": {"biometric_cost": 0.0}},
    "payments fail": {"Pay": {"error": 0.0, "transfer_fails": 0.0, "standing_fails": 0.0, "wallet_fails": 0.0}},
    "cash bills are late": {"Pay": {"late_cash": 0.0}},
    "notices": {"Pay": {"notice": 0.0}},
    "supply is cut": {"Pay": {"cut_after": 255.0}},
    "use builds skill": {"Learn": {"skill_up": 0.0}},
    "skill fades": {"Learn": {"skill_fades": 0.0}},
    "success builds trust": {"Learn": {"trust_up": 0.0}},
    "failure breaks trust": {"Learn": {"trust_down": 0.0}},
    "scams break trust": {"Learn": {"scam_drop": 0.0}},
    "other occasions teach": {"Learn": {"occasion_up": 0.0}},
}
WORLDS: dict[str, dict[str, Any]] = {
    "all turnover": {"turnover": False},
    "all other occasions": {"occasions": False},
    "all outreach": {"campaigns": []},
    "all closures of cash points": {"policies": {"electricity": {"use": "fixed"}}},
}


def runs(households: int, changes: dict[str, Any]) -> pd.DataFrame:
    """Return what is watched, in points: one row a replicate."""
    scenario = Scenario.load("hung-yen").with_({**changes, "households": households})
    found = []
    for replicate in range(REPLICATES):
        frame = scenario.build(seed=1, replicate=replicate, threads=2).run()
        kept = frame[frame["group"].isin(["all", "bill=electricity"])]
        rows = kept.set_index(["month", "measure", "group"])["value"]
        group = {"late": "bill=electricity"}
        found.append([100 * rows[month, m, group.get(m, "all")] for m, month in WATCHED])
    return pd.DataFrame(found, columns=[f"{m} {month}" for m, month in WATCHED])


def table(households: int) -> pd.DataFrame:
    """Return mean difference and half width for each mechanism, the least (on what is watched) first."""
    whole = runs(households, {})
    rows = {}
    for name, change in [*((n, {"rules": c}) for n, c in NUMBERS.items()), *WORLDS.items()]:
        difference = whole - runs(households, change)
        half = STUDENT * difference.std(ddof=1) / np.sqrt(REPLICATES)
        rows[name] = pd.concat([difference.mean(), half.add_prefix("± ")])
        print(".", end="", file=sys.stderr, flush=True)
    found = pd.DataFrame(rows).T
    size = found[[f"{m} {month}" for m, month in WATCHED]].abs().max(axis=1)
    return found.loc[size.sort_values(kind="stable").index]


def markdown(found: pd.DataFrame) -> str:
    """Return the table as Markdown."""
    names = [f"{m} {month}" for m, month in WATCHED]
    lines = ["| mechanism | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for name, row in found.iterrows():
        lines.append(f"| {name} | " + " | ".join(f"{row[n]:+.1f} ± {row['± ' + n]:.1f}" for n in names) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, and write the page when asked."""
    numbers = [a for a in sys.argv[1:] if a.isdigit()]
    households = int(numbers[0]) if numbers else 5_000
    text = markdown(table(households))
    print(text)
    if "--write" in sys.argv:
        PAGE.write_text(HEAD.format(households=f"{households:,}", replicates=REPLICATES) + text, encoding="utf-8")


HEAD = """# Which mechanisms matter, and which least

The history of Hưng Yên and its outlook to 2030 with one mechanism switched off at a time, {households} households,
{replicates} replicates paired on common luck: with it less without it, in percentage points, ± half of the 95 %
interval. At central values, not fitted: another mechanism can matter elsewhere in the plausible ranges. Those at the
top are candidates to remove. Made by `python benchmarks/mechanisms.py --write`.

"""

if __name__ == "__main__":
    main()
