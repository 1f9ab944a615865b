"""Who stands behind statistic B: bills paid by the household itself, through a helper, in cash, or late."""

from __future__ import annotations

from cashless_sim.codes import Bill, Method
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.sentences import month, percent, say

BILL = f"bill={Bill.ELECTRICITY.name.lower()}"
WHO = {
    "self": ("own_digital", BILL),
    "proxy": ("method_share", f"{BILL};method={Method.PROXY.name}"),
    "agent": ("method_share", f"{BILL};method={Method.AGENT.name}"),
    "late": ("late", BILL),
}


def behind(runs: Runs, scenario: str, tongue: str) -> list[str]:
    """Return one line on electricity bills of the last month, or none when they were not counted."""
    rows = runs.select(scenario=scenario, measure=sorted({m for m, _ in WHO.values()}), draws=False)
    if rows.empty:
        return []
    last = max(rows["month"].astype(str))
    rows = rows[rows["month"] == last]
    means = rows.astype({"measure": str, "group": str}).groupby(["measure", "group"])["value"].mean()
    parts = [say(f"payer.{who}", tongue, share=percent(means[at], tongue)) for who, at in WHO.items() if at in means]
    return [say("table.behind", tongue, month=month(last, tongue), parts=", ".join(parts))] if parts else []
