"""The pattern table: published experiments against the model, as ranges, with pass or miss.

``python benchmarks/patterns.py`` prints it; with ``--write`` it goes into docs/patterns.md.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from experiments import EXPERIMENTS, HOUSEHOLDS
from numpy.typing import NDArray
from scipy.stats import t as student

SEEDS = 6
PAGE = Path(__file__).resolve().parents[1] / "docs" / "patterns.md"
MARK = "<!-- table: python benchmarks/patterns.py --write -->"
END = "<!-- end of table -->"


@dataclass(frozen=True)
class Pattern:
    """What was published: a range for one number, whose it is, and whether a default was set with it in view."""

    key: str
    title: str
    low: float
    high: float
    source: str
    role: str

    @property
    def published(self) -> str:
        """The range in words."""
        if math.isinf(self.high):
            return f"≥ {self.low:.2f}"
        return f"≤ {self.high:.2f}" if math.isinf(self.low) else f"{self.low:+.2f} to {self.high:+.2f}"


@dataclass(frozen=True)
class Found:
    """What the model gives: the value and its 95 % interval over seeds."""

    pattern: Pattern
    value: float
    low: float
    high: float

    @property
    def status(self) -> str:
        """``pass`` when the value lies in the published range, else ``miss``."""
        return "pass" if self.pattern.low <= self.value <= self.pattern.high else "miss"


INF = math.inf
PATTERNS = (
    Pattern("assisted", "assisted sign-up, phones present: active use", 0.30, 0.55, "Lee2021", "prior source"),
    Pattern("training", "training only, gates closed: active use", -0.01, 0.06, "IDinsightIndia", "test"),
    Pattern(
        "spreaders", "nominated spreaders over random ones: who has heard", 0.10, 0.65, "Banerjee2019", "prior source"
    ),
    Pattern("by hand", "cashback removed, paid by hand: uplift gone in 3 months", 0.60, INF, "Ho2022", "prior source"),
    Pattern("by standing order", "cashback removed, auto-debit: uplift gone in 3 months", -INF, 0.30, "Ho2022", "test"),
    Pattern(
        "switch", "counters closed: enabled payers who switch in two bills", 0.50, INF, "WorldBankBranches", "test"
    ),
    Pattern(
        "late old", "counters closed: more late bills of those of 60 and more", 0.005, INF, "NinhBinhPower", "test"
    ),
    Pattern("rebound", "counters closed: own digital payers a year on, change", 0.0, INF, "WorldBankBranches", "test"),
    Pattern(
        "complements", "cash shock, no complementarities: new users fewer by", 0.30, 0.60, "Crouzet2023", "prior source"
    ),
    Pattern(
        "long run", "no campaign, ten years: active of ever-adopters", 0.55, 0.70, "TuoiTre2023Wallets", "prior source"
    ),
)


def ratio(pairs: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return sum of gains over sum of bases, ``pairs[seed, 2]``, with the jackknife's 95 % interval."""
    total = pairs.sum(axis=0)
    value = float(total[0] / total[1])
    left_out = total - pairs
    each = left_out[:, 0] / left_out[:, 1]
    n = len(pairs)
    wide = student.ppf(0.975, n - 1) * math.sqrt((n - 1) / n * float(((each - each.mean()) ** 2).sum()))
    return value, value - wide, value + wide


def simulate(seeds: Sequence[int] = range(1, SEEDS + 1)) -> dict[str, tuple[float, float, float]]:
    """Run every experiment for every seed; return value and interval by pattern key."""
    found: dict[str, tuple[float, float, float]] = {}
    for experiment in EXPERIMENTS:
        runs = [experiment(seed) for seed in seeds]
        for key in runs[0]:
            found[key] = ratio(np.array([run[key] for run in runs], dtype=np.float64))
    return found


def judged(values: dict[str, tuple[float, float, float]]) -> list[Found]:
    """Return each pattern with what was found."""
    return [Found(pattern, *values[pattern.key]) for pattern in PATTERNS]


def table(found: Sequence[Found]) -> str:
    """Return the table as Markdown."""
    lines = ["| pattern | published | source | simulated (95 % over seeds) | | role |", "|---|---|---|---|---|---|"]
    for row in found:
        p = row.pattern
        value = f"{row.value:+.3f} ({row.low:+.3f} to {row.high:+.3f})"
        lines.append(f"| {p.title} | {p.published} | [{p.source}] | {value} | {row.status} | {p.role} |")
    return "\n".join(lines)


def documented() -> dict[str, str]:
    """Return the status that docs/patterns.md gives each pattern, by title."""
    text = PAGE.read_text(encoding="utf-8").split(MARK)[1].split(END)[0]
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()[2:]]
    return {row[1]: row[5] for row in rows}


def write(text: str) -> None:
    """Put the table into docs/patterns.md, between its marks."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(MARK)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{MARK}\n{text}\n{END}{after}", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> None:
    """Print the table, or write it."""
    text = table(judged(simulate()))
    if "--write" in arguments:
        write(text)
    else:
        print(f"{HOUSEHOLDS} households, {SEEDS} seeds\n\n{text}")


if __name__ == "__main__":
    main(sys.argv[1:])
