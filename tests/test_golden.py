"""Each shipped scenario has its golden output: not a truth, but every change of it is noticed.

Refreshed on purpose, with a line in CHANGELOG.md, by: python tests/test_golden.py
"""

import json
from pathlib import Path

import pytest

from cashless_sim.scenario.recipe import Scenario

GOLDEN = Path(__file__).parent / "golden" / "scenarios.json"
SHIPPED = ("hung-yen", "no-outreach", "viet-nam")
HOUSEHOLDS = 2_000


def yearly(name: str) -> dict[str, dict[str, float]]:
    """Return A to G at the end of each year, in percent to two decimals."""
    frame = Scenario.load(name).with_(households=HOUSEHOLDS).build(seed=1).run()
    rows = frame[
        (frame["group"] == "all") & frame["measure"].isin(list("ABCDEFG")) & frame["month"].str.endswith("-12")
    ]
    table = rows.pivot(index="month", columns="measure", values="value")
    return {month: {code: round(100 * value, 2) for code, value in row.items()} for month, row in table.iterrows()}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_scenario_gives_its_golden_output(name):
    assert yearly(name) == json.loads(GOLDEN.read_text(encoding="utf-8"))[name]


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps({name: yearly(name) for name in SHIPPED}, indent=1) + "\n", encoding="utf-8")
