"""The line and the band of a measure over time, taken from finished runs."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cashless_sim.experiment.runs import FIRST_DRAW, Runs

LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Band:
    """How a scenario's measures run: ``frame`` has month, measure, value, low, high (NaN without a band).

    ``kind`` says what the band holds: ``"draws"`` (80 % of prior draws), ``"posterior"`` (80 % of draws that were
    fitted), ``"luck"`` (80 % of replicates) or ``"none"``; ``count`` runs stand behind the band, ``replicates``
    behind the line; households of both.
    """

    frame: pd.DataFrame
    kind: str
    count: int
    replicates: int
    households: int
    band_households: int


def bands(runs: Runs, scenario: str, measures: tuple[str, ...], group: str = "all") -> Band:
    """Return line and band of some measures in one scenario; a measure that was not counted is left out."""
    rows = runs.select(scenario=scenario, measure=measures, group=group)
    drawn = rows["replicate"] >= FIRST_DRAW
    line = _by(rows[~drawn])["value"].mean().rename("value")
    count, own = rows[drawn]["replicate"].nunique(), rows[~drawn]["replicate"].nunique()
    kind = "draws" if count > 1 else "luck" if own > 1 else "none"
    spread = _by(rows[drawn] if kind == "draws" else rows[~drawn])["value"]
    ends = pd.concat([spread.quantile(LOW).rename("low"), spread.quantile(HIGH).rename("high")], axis=1)
    if kind == "none":
        ends[:] = float("nan")
    frame = pd.concat([line, ends], axis=1).reset_index().dropna(subset=["value"])
    table = runs.table[runs.table["scenario"] == scenario]
    sizes = {flag: int(part["households"].iloc[0]) for flag, part in table.groupby(table["draw"].notna())}
    return Band(
        frame=frame.sort_values(["measure", "month"], kind="stable").reset_index(drop=True),
        kind="posterior" if kind == "draws" and _fitted(runs) else kind,
        count=count if kind == "draws" else own,
        replicates=own,
        households=sizes[False],
        band_households=sizes.get(True, sizes[False]),
    )


def _fitted(runs: Runs) -> bool:
    """Whether the draws come from a posterior."""
    return str(runs.manifest.get("parameters", {}).get("source")) == "posterior"


def _by(rows: pd.DataFrame) -> pd.api.typing.DataFrameGroupBy:  # type: ignore[type-arg]
    plain = rows.assign(month=rows["month"].astype(str), measure=rows["measure"].astype(str))
    return plain.groupby(["month", "measure"], sort=True)
