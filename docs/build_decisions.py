"""Writes the tables of plans.md from results: ``python docs/build_decisions.py PLANS_FOLDER [OPTIMISE_FOLDER]``.

The folders are what ``cashless-sim plans --draws 10`` and ``cashless-sim optimise hung-yen-2027`` wrote.
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from build_markdown import table

PAGE = Path(__file__).with_name("plans.md")
BLOCK = "<!-- generated: {} -->\n{}\n<!-- end -->"
MILLION = 1e6


def _number(value: float, digits: int = 0) -> str:
    if math.isnan(value):
        return "–"
    return "∞" if math.isinf(value) else f"{value:,.{digits}f}"


def _band(low: float, high: float, digits: int = 0) -> str:
    return "–" if math.isnan(low) or math.isnan(high) else f"{_number(low, digits)} to {_number(high, digits)}"


def _read(path: Path) -> list[dict[str, Any]]:
    rows: list[Any] = pd.read_csv(path, encoding="utf-8-sig").to_dict("records")
    return rows


def plans(folder: Path) -> str:
    """Return the table of the shipped plans."""
    head = ("plan", "against", "judged in", "added cost, million VND", "digital payers added", "80 %")
    head = (*head, "VND a payer", "80 %", "evidence", "among its alternatives")
    rows = []
    for one in _read(folder / "plans.csv"):
        clear = one["verdict"] == "told apart"
        cells = [f"`{one['plan']}`", f"`{one['against']}`", one["judged"], _number(one["cost"] / MILLION)]
        cells += [_number(one["gain"]), _band(one["gain_low80"], one["gain_high80"])]
        cells += [_number(one["value"]) if clear else one["verdict"], _band(one["low80"], one["high80"])]
        rows.append([*cells, one["grade"] if isinstance(one["grade"], str) else "–", one["among"]])
    return table(head, rows)


def spent(folder: Path) -> str:
    """Return what the plan found buys, by offer."""
    frame = pd.read_csv(folder / "plan.csv", encoding="utf-8-sig")
    sums = frame.groupby(["offer", "grade"], sort=False).agg(
        money=("money", "sum"), evenings=("evenings", "sum"), places=("place", "nunique")
    )
    sums = sums.sort_values("money", ascending=False).reset_index()
    rows = [
        (one["offer"], one["grade"], one["places"], _number(one["money"] / MILLION), _number(one["evenings"]))
        for one in sums.to_dict("records")
    ]
    return table(("offer", "evidence", "places", "million VND", "team-evenings"), rows)


def check(folder: Path) -> str:
    """Return the re-check on fresh seeds."""
    head = ("against", "difference, points", "mean, 5 % shared", "one more draw, 80 %", "ahead in", "verdict")
    rows = []
    for one in _read(folder / "check.csv"):
        points = [100 * one[name] for name in ("difference", "mean_low", "mean_high", "low80", "high80")]
        bands = (_band(points[1], points[2], 2), _band(points[3], points[4], 2))
        rows.append((one["against"], _number(points[0], 2), *bands, f"{one['wins']:.0%}", one["verdict"]))
    return table(head, rows)


def main(plans_folder: str, optimise_folder: str | None = None) -> None:
    """Write the blocks of the page anew, those of the folders that are given."""
    made = {"plans": plans(Path(plans_folder))}
    if optimise_folder is not None:
        made |= {"spent": spent(Path(optimise_folder)), "check": check(Path(optimise_folder))}
    text = PAGE.read_text(encoding="utf-8")
    for name, block in made.items():
        pattern = re.compile(rf"<!-- generated: {name} -->\n.*?<!-- end -->", re.DOTALL)
        if not pattern.search(text):
            sys.exit(f"plans.md has no place for '{name}'")
        text = pattern.sub(BLOCK.format(name, block.replace("\\", "\\\\")), text)
    PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
