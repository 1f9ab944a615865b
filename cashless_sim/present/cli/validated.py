"""``cashless-sim validate``: the scorecard, hits and misses alike, on the screen and in files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.calibration.baselines import NAMES
from cashless_sim.calibration.validate import DRAWS, LOG, Validated, summary, validate
from cashless_sim.data import calibrated
from cashless_sim.present.cli.as_json import put, records
from cashless_sim.present.locale.scorecard import told
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.progress import Progress

PLAIN_WIDTH = 130


def carry_out(
    posterior: str | None, draws: int | None, workers: int | None, out: str | None, tongue: str, as_json: bool = False
) -> int:
    """Score, write and show; return 0. Raises `UserError`."""
    shipped = calibrated("check")
    folder = Path(posterior) if posterior else shipped
    made = Path(out) if out else shipped.parent
    log = (made if out else shipped.parent.parent) / LOG
    with Progress(tongue, told("validate.working", tongue, draws=number(draws or DRAWS, tongue))) as progress:
        done = validate(folder, made, log, draws or DRAWS, workers, progress)
    if as_json:
        put({"folder": str(made), "points": records(done.card), "months": records(done.months), **summary(done.card)})
        return 0
    show(done, tongue)
    files = ", ".join(path.name for path in done.files)
    print(say("cli.written", tongue, folder=made, files=files))
    return 0


def show(done: Validated, tongue: str) -> None:
    """Print the points, the baselines, and the table by survey month."""
    screen = console()
    screen.print(_points(done.card, tongue))
    screen.print(_rivals(done.card, tongue))
    screen.print(_months(done.months, tongue))
    print(told("validate.honest", tongue))


def console() -> Any:
    """Return a screen that is as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False, markup=False)


def table(title: str, columns: list[str], tongue: str) -> Any:
    """Return an empty table with titled columns, figures to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(title=told(title, tongue), title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        made.add_column(column, justify="right" if place else "left", no_wrap=not place)
    return made


def _points(card: pd.DataFrame, tongue: str) -> Any:
    heads = [
        told(f"validate.head.{name}", tongue) for name in ("point", "published", "forecast", "range", "in", "crps")
    ]
    found = table("validate.points", heads, tongue)
    for row in card.to_dict("records"):
        inside = "80" if row["in80"] else "95" if row["in95"] else told("validate.outside", tongue)
        found.add_row(
            str(row["point"]),
            _points_of(row["published"], tongue),
            _points_of(row["median"], tongue),
            f"{_points_of(row['low80'], tongue)} – {_points_of(row['high80'], tongue)}",
            inside,
            _points_of(row["crps"], tongue),
        )
    return found


def _rivals(card: pd.DataFrame, tongue: str) -> Any:
    heads = [told(f"validate.head.{name}", tongue) for name in ("method", "mape", "crps", "model")]
    found = table("validate.rivals", heads, tongue)
    facts = summary(card)
    model = told("validate.model", tongue)
    found.add_row(model, _points_of(facts["mape"], tongue), _points_of(facts["crps"], tongue), "")
    for name in NAMES:
        own, ours = facts[f"{name}: crps"], facts[f"model at {name}: crps"]
        mark = told("validate.better" if ours < own else "validate.worse", tongue)
        found.add_row(
            told(f"baseline.{name}", tongue),
            _points_of(facts[f"{name}: mape"], tongue),
            _points_of(own, tongue),
            f"{_points_of(ours, tongue)} {mark}",
        )
    return found


def _months(months: pd.DataFrame, tongue: str) -> Any:
    names = ["model", *NAMES]
    heads = [told("validate.head.month", tongue), told("validate.head.draws", tongue)]
    heads += [told("validate.model" if name == "model" else f"baseline.{name}", tongue) for name in names]
    found = table("validate.months", heads, tongue)
    for row in months.to_dict("records"):
        found.add_row(
            str(row["month"]), number(row["draws"], tongue), *(_points_of(row[name], tongue) for name in names)
        )
    return found


def _points_of(share: float, tongue: str) -> str:
    """Return a share in percent with one digit; a dash where there is none."""
    return "–" if share != share else number(100 * share, tongue, 1)
