"""Small frames for figures: runs of smooth curves with keyed luck, and what analyses would return."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cashless_sim.codes import METHODS, Method
from cashless_sim.data import data_hash, place
from cashless_sim.experiment.manifest import code_hash
from cashless_sim.experiment.runs import COLUMNS, FIRST_DRAW, Runs
from cashless_sim.streams import uniform

FULL, SAMPLE = 377_582, 2_000
MONTHS = [f"{year}-{month:02d}" for year in range(2018, 2025) for month in (3, 6, 9, 12)]
GROUPS = ("income=1", "income=2", "income=3", "income=4", "income=5", "age=15-24", "age=25-39", "age=40-59", "age=60+")
SHARES = {"smartphone": 0.9, "account": 0.8, "aware": 0.85, "ever": 0.7, "using": 0.6, "B": 0.8, "D": 0.5, "G": 0.7}
CAUSES = ("peer", "campaign:visits", "closure", "gate_opened", "spontaneous", "season", "shock")
TITLES = {
    "hung-yen": ("Hưng Yên: history as known", "Hưng Yên: diễn biến đã biết"),
    "no-outreach": ("Hưng Yên without outreach", "Hưng Yên nếu không có tuyên truyền, hướng dẫn"),
}


def runs_of(names=("no-outreach", "hung-yen"), replicates=2, draws=4, calibrated=False, tiny=True) -> Runs:
    """Return runs whose shares rise as S-curves; with ``tiny``, Phù Cừ and payers of 15 to 24 are hardly there."""
    frames, table = [], []
    for push, name in enumerate(names):
        for number in [*range(replicates), *range(FIRST_DRAW, FIRST_DRAW + draws)]:
            frames.append(_one(name, push, number, tiny))
            draw = number - FIRST_DRAW if number >= FIRST_DRAW else None
            facts = {"seed": 1, "households": SAMPLE, "full_size": FULL, "start": MONTHS[0], "end": MONTHS[-1]}
            table.append({"scenario": name, "replicate": number, "draw": draw, **facts, "seconds": 0.1})
    frame = pd.concat(frames, ignore_index=True)
    for column in ("scenario", "month", "measure", "group"):
        frame[column] = frame[column].astype("category")
    manifest = {
        "scenarios": [
            {
                "name": name,
                "title": TITLES[name][0],
                "title_vi": TITLES[name][1],
                "hash": f"{n}123456789abcdef" * 4,
                "place": "hung-yen",
            }
            for n, name in enumerate(names)
        ],
        "code_hash": code_hash(),
        "data_hash": data_hash(),
        "versions": {"cashless-sim": "0.1"},
        "seed": 1,
        "calibrated": calibrated,
        "runs": table,
    }
    return Runs(frame, manifest)


def _one(name: str, push: int, number: int, tiny: bool) -> pd.DataFrame:
    months = np.arange(len(MONTHS))
    luck = float(uniform(1, number, 0, "figures"))
    rise = 1 / (1 + np.exp(-(0.18 + 0.06 * luck + 0.05 * push) * (months - 14)))
    districts = [f"district={d}" for d in place("hung-yen").districts["district"]]
    rows: list[tuple[str, str, np.ndarray]] = []

    def add(measure: str, group: str, value: object) -> None:
        rows.append((measure, group, np.broadcast_to(np.asarray(value, dtype=float), len(MONTHS))))

    for k, group in enumerate(["all", "urban=yes", "urban=no", *GROUPS, *districts]):
        size = 20.0 * FULL / SAMPLE if tiny and group in ("district=Phu Cu", "age=15-24") else FULL / 8
        add("households", group, FULL if group == "all" else size)
        for measure, most in SHARES.items():
            add(measure, group, most * rise * (1 - 0.03 * (k % 9)))
    left = 1 - 0.7 * rise
    for method in METHODS:
        digital = method >= Method.TRANSFER
        add(
            "method_share",
            f"bill=electricity;method={Method(method).name}",
            0.96 * (0.7 * rise if digital else left) / 4,
        )
    add("late", "bill=electricity", 1 - 0.96 * (4 * 0.7 * rise + 3 * left) / 4)
    first = np.diff(0.7 * rise, prepend=0.7 * rise[0])
    add("adopted", "all", first)
    for cause in CAUSES:
        add("adopted_by", f"cause={cause}", first * FULL / len(CAUSES))
    columns = {
        "month": MONTHS * len(rows),
        "measure": np.repeat([measure for measure, _, _ in rows], len(MONTHS)),
        "group": np.repeat([group for _, group, _ in rows], len(MONTHS)),
        "value": np.concatenate([values for _, _, values in rows]),
    }
    return pd.DataFrame(columns).assign(scenario=name, replicate=number)[list(COLUMNS)]


def posterior_frame() -> pd.DataFrame:
    """Return prior and posterior draws of eight numbers, of which some are learnt."""
    names = [f"rules.Access.number_{n}" for n in range(6)] + [
        "observation.agents_as_noncash",
        "rules.Consider.by_peers",
    ]
    us = (np.arange(200) + 0.5) / 200
    rows = []
    for k, name in enumerate(names):
        low, high = 0.1 * (k + 1), 0.5 * (k + 1)
        narrow = 0.15 if k % 2 else 0.95
        rows += [(name, "prior", low + (high - low) * u) for u in us]
        rows += [(name, "posterior", low + (high - low) * (0.5 + narrow * (u - 0.5))) for u in us]
    return pd.DataFrame(rows, columns=["parameter", "kind", "value"])


def scorecard_frame() -> pd.DataFrame:
    """Return a scorecard of seven points, two of them missed."""
    points = [
        ("D", "Viet Nam", "all", "2024", 0.563, 0.55),
        ("E", "Viet Nam", "all", "2024", 0.455, 0.40),
        ("G", "Viet Nam", "all", "2024", 0.706, 0.55),
        ("B", "Northern Vietnam (27 provinces)", "all", "2024-05", 0.8758, 0.85),
        ("A", "Hưng Yên province", "all", "2021", 0.99, 0.98),
        ("D", "Viet Nam", "women", "2024", 0.55, 0.53),
        ("D", "Viet Nam", "poor40", "2024", 0.40, 0.39),
    ]
    rows = [
        {
            "point": f"{code}.{date}.{group}",
            "code": code,
            "geography": where,
            "group": group,
            "date": date,
            "published": value,
            "median": middle,
            "low80": middle - 0.05,
            "high80": min(middle + 0.05, 1.0),
            "low95": middle - 0.09,
            "high95": min(middle + 0.09, 1.0),
            "last value: median": middle - 0.2,
            "logistic: median": middle - 0.1,
            "Bass: median": np.nan,
            "Bass with pulses: median": min(middle + 0.02, 1.0),
        }
        for code, where, group, date, value, middle in points
    ]
    return pd.DataFrame(rows)


def costs_frame() -> pd.DataFrame:
    """Return what six plans cost and add: two beaten, one not told apart."""
    plans = [("visits", 9e8, 5200, 900), ("points", 5e8, 4100, 700), ("debit", 1.2e8, 1500, 400)]
    plans += [("calls", 3e8, -300, 250), ("sms", 2e8, 800, 900), ("even", 8e8, 2000, 500)]
    rows = [
        {
            "scenario": name,
            "baseline": "base",
            "per": "payer",
            "n": 8,
            "cost": cost,
            "gain": gain,
            "gain_low80": gain - half,
            "gain_high80": gain + half,
            "verdict": "told apart" if abs(gain) > half else "cannot be told apart",
            "grade": "D",
        }
        for name, cost, gain, half in plans
    ]
    return pd.DataFrame(rows)


def effects_frame(kind: str) -> pd.DataFrame:
    """Return effects of eight numbers by Morris or Sobol."""
    keys = [f"rules.Access.number_{n}" for n in range(7)] + ["observation.agents_as_noncash"]
    weights = np.linspace(0.5, 0.01, len(keys))
    if kind == "morris":
        return pd.DataFrame({"key": keys, "mu_star": weights, "conf": 0.02})
    return pd.DataFrame({"key": keys, "S1": 0.8 * weights, "S1_conf": 0.03, "ST": weights, "ST_conf": 0.04})


def residuals_frame() -> pd.DataFrame:
    """Return published marginals beside synthetic ones, some missed."""
    rows = [("sex", "female", "share", "quota", 0.58, 0.5801), ("age", "60+", "share", "quota", 0.27, 0.2696)]
    rows += [("bank", f"bank {n}", "share", "quota", 0.05 * n, 0.05 * n + 0.0004) for n in range(1, 19)]
    rows += [
        ("urban", "Van Lam", "share", "quota", 0.155, 0.0),
        ("households", "Van Lam", "households", "quota", 100.0, 90.0),
    ]
    rows += [
        ("urban", "Phu Cu", "share", "quota", 0.078, 0.0),
        ("households", "Phu Cu", "households", "quota", 50.0, 0.0),
    ]
    rows += [("account by group", "women", "share", "not imposed", 0.304, 0.225)]
    rows += [("account by group", "sec_edu", "share", "not imposed", 0.424, 0.289)]
    return pd.DataFrame(rows, columns=["marginal", "group", "unit", "met_by", "published", "synthetic"])


def ranks_frame() -> pd.DataFrame:
    """Return the ranks of 99 trials of six numbers: even ones, and two that lean."""
    even = (np.arange(99) + 0.5) / 99
    leaning = {f"number_{n}": even for n in range(4)} | {
        "too_low": even**2,
        "too_narrow": (even * 2 - 1) ** 3 / 2 + 0.5,
    }
    parts = [pd.DataFrame({"parameter": name, "rank": values, "band": 0.12}) for name, values in leaning.items()]
    return pd.concat(parts, ignore_index=True)
