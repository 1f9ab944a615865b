"""What outreach costs, and what a further digital payer or a moved bill costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cashless_sim.analysis.evidence import weakest
from cashless_sim.analysis.intervals import COVERS, F64, ratio_ends, told
from cashless_sim.analysis.pairing import IGNORANCE, kind_of, known_scenario, others, parsed, refuse_other_luck
from cashless_sim.data import bills
from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.scenario.recipe import Scenario

PARTS = ("scenario", "channel", "sponsor", "campaign", "district", "year")
BILLS = ("bill=electricity", "bill=water", "bill=telecom")
WHOLE = ("all", *BILLS)
OF_CAMPAIGN = "campaign="
APART, NOT_APART = "told apart", "cannot be told apart"
RATES = {"payer": "payers", "bill": "moved"}


def price_year() -> str:
    """Return the year of the prices at which collecting a bill is costed: that of ``cost_cash`` in bills.csv."""
    table = bills()
    return str(table.loc[table["item"] == "cost_cash", "starts"].iloc[0])[:4]


def spending(
    runs: Runs, scenarios: Iterable[Scenario], by: Sequence[str] = ("scenario", "channel", "sponsor", "year")
) -> pd.DataFrame:
    """Return outreach spending (VND as typed in the scenarios) and contacts, one row for each value of ``by``.

    ``by`` is among scenario, channel, sponsor, campaign, district, year. Columns: measure (spent, contacts), n, mean,
    sd, low80 … high95. Raises `UnknownName` for another part or a scenario not given, `BadValue` without its rows.
    """
    for part in by:
        if part not in PARTS:
            raise UnknownName(what="part of spending", name=part, expected=", ".join(PARTS), near=nearest(part, PARTS))
    rows = _campaign_rows(runs, "district" in by)
    rows = rows.merge(_campaigns(runs, scenarios), on=["scenario", "campaign"], how="left")
    kind = kind_of(runs)
    table = rows.pivot_table(
        index=["measure", *by], columns="replicate", values="value", aggfunc="sum", fill_value=0.0, observed=True
    )
    made = [_labelled(table.index.names, key, told(values, kind)) for key, values in _each(table)]
    return pd.DataFrame(made, columns=["measure", *by, "n", "mean", "sd", *_ends()])


def _campaign_rows(runs: Runs, by_district: bool) -> pd.DataFrame:
    """Return scenario, replicate, measure, campaign, district, year, value of every month with outreach."""
    rows = runs.select(draws=kind_of(runs) == IGNORANCE, measure=["spent", "contacts"])
    parts = parsed(rows["group"], r"^(?:district=(?P<district>[^;]+);)?campaign=(?P<campaign>.+)$")
    rows = rows.assign(**parts, year=rows["month"].astype(str).str[:4])
    rows = rows[rows["campaign"].notna() & (rows["district"].notna() == by_district)]
    if rows.empty:
        what = "rows of spending by district" if by_district else "rows of spending"
        raise BadValue(what=what, value=0, expected="runs of a scenario with campaigns, with all their rows")
    return rows.astype({"scenario": str, "measure": str})


def _campaigns(runs: Runs, scenarios: Iterable[Scenario]) -> pd.DataFrame:
    """Return scenario, campaign, channel and sponsor of every campaign that was run."""
    given = {one.name: one.settings().campaigns for one in scenarios}
    for name in given:
        known_scenario(runs, name)
    missing = [name for name in runs.scenarios if name not in given]
    if missing:
        expected = ", ".join(runs.scenarios)
        raise UnknownName(what="scenario with its recipe", name=missing[0], expected=expected)
    return pd.DataFrame(
        [(name, c.name, c.channel, c.sponsor) for name, campaigns in given.items() for c in campaigns],
        columns=["scenario", "campaign", "channel", "sponsor"],
    )


def effects(runs: Runs, to: str, month: str | None = None, measure: str = "using") -> pd.DataFrame:
    """Return what each scenario adds to ``to``, one row a scenario and pair of replicates.

    ``cost`` VND of outreach and ``moved`` bills paid digitally by the household itself, over all months;
    ``payers`` households of whom ``measure`` is true at ``month`` (the last, if None); ``saved`` VND that collecting
    cost the utilities less. Raises `UnknownName`, and `BadValue` for runs that do not share their luck or rows.
    """
    names = others(runs, to)
    refuse_other_luck(runs)
    table = _totals(runs, month, measure)
    of = table.index.get_level_values("scenario")
    base = table[of == to].droplevel("scenario")
    parts: list[pd.DataFrame] = []
    for name in names:
        added = (table[of == name].droplevel("scenario") - base).dropna()
        if added.empty:
            raise BadValue(what=f"pairs of '{name}' and '{to}'", value=0, expected="runs with the same replicates")
        parts.append(added.assign(scenario=name, baseline=to, saved=-added["collecting"]))
    found: pd.DataFrame = pd.concat(parts).reset_index()
    return found[["scenario", "baseline", "replicate", "cost", "payers", "moved", "saved"]]


def _totals(runs: Runs, month: str | None, measure: str) -> pd.DataFrame:
    """Return cost, payers, moved and collecting of each run, by scenario and replicate."""
    wanted = ["spent", "households", measure, "bills", "own_digital", "late", "cost_to_serve"]
    whole = [who for who in map(str, runs.frame["group"].unique()) if who in WHOLE or who.startswith(OF_CAMPAIGN)]
    rows = runs.select(draws=kind_of(runs) == IGNORANCE, measure=wanted, group=whole)
    rows = rows.astype({"scenario": str, "month": str, "measure": str, "group": str})
    when = month or rows["month"].max()
    keys = ["scenario", "replicate"]
    wide = _by_bill(rows)
    last = rows[(rows["group"] == "all") & (rows["month"] == when)]
    last = last.pivot_table(index=keys, columns="measure", values="value")
    if measure not in last or "households" not in last or wide.empty:
        expected = f"rows of {measure}, households and bills of group all"
        raise BadValue(what="rows of these measures in the runs", value=0, expected=expected)
    spent = rows[(rows["measure"] == "spent") & ~rows["group"].isin(WHOLE)]
    sums = wide.groupby(level=keys).sum()
    cost = spent.groupby(keys)["value"].sum().reindex(sums.index, fill_value=0.0)
    return sums.assign(cost=cost, payers=last[measure] * last["households"])


def _by_bill(rows: pd.DataFrame) -> pd.DataFrame:
    """Return moved (bills) and collecting (VND) of each run, month and bill."""
    part = rows[rows["group"].isin(BILLS) & rows["measure"].isin(["bills", "own_digital", "late", "cost_to_serve"])]
    wide = part.pivot_table(index=["scenario", "replicate", "month", "group"], columns="measure", values="value")
    if not {"bills", "own_digital", "late", "cost_to_serve"} <= set(wide):
        return wide.iloc[:0]
    paid = wide["bills"] * (1 - wide["late"])
    collecting = (paid * wide["cost_to_serve"]).fillna(0.0)
    return pd.DataFrame({"moved": wide["bills"] * wide["own_digital"], "collecting": collecting})


def costs(
    runs: Runs, to: str, scenarios: Iterable[Scenario] = (), month: str | None = None, measure: str = "using"
) -> pd.DataFrame:
    """Return VND for each additional digital payer and for each bill moved, against ``to``, paired.

    One row a scenario and ``per`` (payer, bill): ``n`` pairs, the added ``cost`` and ``gain``, their ratio ``value``
    with low80 … high95, and ``verdict``: where even the 80 % interval of the gain spans zero the two scenarios
    cannot be told apart and there is no ratio (NaN). ``grade`` is the weakest evidence among the channels
    that the scenario adds, empty when ``scenarios`` are not given. Raises as `effects`.
    """
    table, kind = effects(runs, to, month, measure), kind_of(runs)
    added = added_channels(scenarios, to)
    made = []
    for name, rows in table.groupby("scenario", sort=False):
        for per, gained in RATES.items():
            facts = cost_per(rows["cost"].to_numpy(np.float64), rows[gained].to_numpy(np.float64), kind)
            head = {"scenario": name, "baseline": to, "per": per}
            made.append({**head, **facts, "grade": weakest(added.get(str(name), ()))})
    return pd.DataFrame(made)


def cost_per(cost: F64, gain: F64, kind: str) -> dict[str, Any]:
    """Return the ratio of paired added cost to paired gain with its intervals and the verdict on the gain."""
    gained = told(gain, kind)
    apart = bool(gained["low80"] > 0 or gained["high80"] < 0)
    facts: dict[str, Any] = {"n": len(gain), "cost": float(cost.mean()), "gain": gained["mean"]}
    facts |= {f"gain_{end}": gained[end] for end in _ends()}
    facts["value"] = float(cost.mean() / gain.mean()) if apart else np.nan
    for cover in COVERS:
        facts[f"low{cover}"], facts[f"high{cover}"] = ratio_ends(cost, gain, cover, kind)
    return facts | {"verdict": APART if apart else NOT_APART}


def savings(runs: Runs, to: str) -> pd.DataFrame:
    """Return VND that utilities save on collecting against ``to``, by scenario, in prices of `price_year`; paired."""
    table, kind = effects(runs, to), kind_of(runs)
    made = [
        {"scenario": name, "baseline": to, **told(rows["saved"].to_numpy(np.float64), kind), "prices": price_year()}
        for name, rows in table.groupby("scenario", sort=False)
    ]
    return pd.DataFrame(made)


def added_channels(scenarios: Iterable[Scenario], to: str) -> Mapping[str, tuple[str, ...]]:
    """Return the channels of the campaigns that each scenario has and the baseline has not, or not so."""
    given: dict[str, tuple[Campaign, ...]] = {one.name: one.settings().campaigns for one in scenarios}
    before = given.get(to, ())
    return {
        name: tuple(dict.fromkeys(c.channel for c in campaigns if c not in before))
        for name, campaigns in given.items()
        if name != to
    }


def _ends() -> list[str]:
    return [f"{end}{cover}" for cover in COVERS for end in ("low", "high")]


def _each(table: pd.DataFrame) -> Iterable[tuple[Any, F64]]:
    return zip(table.index, table.to_numpy(dtype=np.float64), strict=True)


def _labelled(names: Sequence[Any], key: Any, facts: Mapping[str, float]) -> dict[str, Any]:
    return {**dict(zip(names, key, strict=True)), **facts}
