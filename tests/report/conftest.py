"""One small set of made-up runs for all tests of reports: three scenarios, four draws, no model."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cashless_sim.codes import METHODS, Method
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.model.counting import AGES, FIFTHS
from cashless_sim.units import month_number, month_text

SHARES = ("A", "B", "D", "E", "G", "using", "ever", "able", "aware", "account", "smartphone", "lapsed")
GROUPS = ("all", *(f"age={one}" for one in AGES), *(f"income={one}" for one in FIFTHS), "urban=yes", "urban=no")
TITLES = {
    "as-now": ("As now", "Giữ như hiện nay"),
    "visits": ("<script>alert(1)</script> visits", "<script>alert(1)</script> đến từng nhà"),
    "posters": ("=1+1 posters", "=1+1 áp phích"),
}
GAIN = {"as-now": 0.0, "visits": 0.06, "posters": 0.0}
FULL = 100_000


def made(names=tuple(TITLES), draws=4, replicates=1, groups=GROUPS, first="2020-01", months=36) -> Runs:
    """Return runs whose curves are straight lines: what comes out can be worked out by hand."""
    runs, parts = [], []
    for name in names:
        for number in [*range(replicates), *(FIRST_DRAW + draw for draw in range(draws))]:
            draw = number - FIRST_DRAW if number >= FIRST_DRAW else None
            runs.append(_about(name, number, draw, first, months))
            parts.append(_frame(name, number, groups, first, months))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.astype(dict.fromkeys(("scenario", "month", "measure", "group"), "category"))
    about = [
        {"name": name, "title": TITLES[name][0], "title_vi": TITLES[name][1], "hash": f"{n}" * 64, "place": "hung-yen"}
        for n, name in enumerate(names, 1)
    ]
    facts = {"versions": {"cashless-sim": "0.1.0"}, "data_hash": "d" * 64, "code_hash": "c" * 64}
    return Runs(frame, {"scenarios": about, "seed": 1, "calibrated": False, "runs": runs, "finished": "x", **facts})


def _about(name, number, draw, first, months):
    last = month_text(month_number(first) + months - 1)
    size = {"households": 2_000, "full_size": FULL, "start": first, "end": last}
    return {"scenario": name, "replicate": number, "draw": draw, "seed": 1, **size}


def _frame(name, number, groups, first, months):
    start = month_number(first)
    when = [month_text(start + n) for n in range(months)]
    luck = (number % 7) / 100
    rise = np.linspace(0.1, 0.5, months)
    gain = np.linspace(0, GAIN[name], months) * (1 + luck)
    rows = []
    for at, group in enumerate(groups):
        rows += [(m, "households", group, 1_000.0 if group == "urban=yes" else FULL / 4) for m in when]
        low = 0.0 if group == "all" else 0.01 * (at % 3) - 0.02
        for share in SHARES if group == "all" else ("using", "able", "account"):
            rows += [(m, share, group, float(v)) for m, v in zip(when, rise + gain + luck + low, strict=True)]
    if "all" in groups:
        rows += list(_bills(when, rise + gain))
        spent = 0.0 if name == "as-now" else 2e6
        rows += [(m, "spent", f"campaign={name}", spent) for m in when if spent]
    return pd.DataFrame(rows, columns=["month", "measure", "group", "value"]).assign(scenario=name, replicate=number)


def _bills(when, share):
    for bill in ("electricity", "water", "telecom"):
        for month, own in zip(when, share, strict=True):
            yield month, "bills", f"bill={bill}", 90_000.0
            yield month, "own_digital", f"bill={bill}", float(own)
            yield month, "late", f"bill={bill}", 0.05
            yield month, "cost_to_serve", f"bill={bill}", 3_000.0
            for method in METHODS:
                part = own if method == Method.TRANSFER else (0.95 - own) / (len(METHODS) - 1)
                yield month, "method_share", f"bill={bill};method={Method(method).name}", float(part)


@pytest.fixture(scope="session")
def make():
    """Return the maker of runs."""
    return made


@pytest.fixture(scope="session")
def runs():
    """Return three scenarios with four draws each."""
    return made()
