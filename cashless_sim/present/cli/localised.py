"""``cashless-sim local``: writes the form, reads it back, and fits the model to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cashless_sim.calibration.fit import Effort, calibrate
from cashless_sim.calibration.local import shares, with_local
from cashless_sim.calibration.summary import fitted
from cashless_sim.calibration.targets import register
from cashless_sim.present.cli.validated import console, table
from cashless_sim.present.local_form import NAME, read_form, write_form
from cashless_sim.present.locale.scorecard import told
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.progress import Progress

EFFORT = Effort(particles=40, budget=200, households=5_000)


def form(out: str | None, tongue: str) -> int:
    """Write the empty form; return 0. Raises `FileProblem`."""
    folder = Path(out) if out else Path(".")
    path = write_form(folder / NAME)
    print(say("cli.written", tongue, folder=folder, files=path.name))
    return 0


def fit(file: str, simulations: int | None, workers: int | None, out: str | None, tongue: str) -> int:
    """Fit to a filled form and everything that may be fitted, write and show; return 0. Raises `UserError`."""
    counts = read_form(Path(file))
    listed = with_local(register("check"), counts)
    folder = Path(out) if out else Path("results", "calibration-local")
    effort = replace(EFFORT, budget=max(simulations, EFFORT.particles)) if simulations else EFFORT
    months = len(shares(counts))
    opening = told("local.working", tongue, rows=number(len(counts), tongue), months=number(months, tongue))
    with Progress(tongue, opening) as progress:
        done = calibrate(folder, effort, 1, workers, progress, to=listed, split="local")
    found = fitted(done.fits, done.register)
    heads = [told(f"validate.head.{name}", tongue) for name in ("point", "published", "forecast", "range")]
    shown = table("local.met", heads, tongue)
    for row in found[found["target"].str.startswith("B.hung-yen")].to_dict("records"):
        shown.add_row(
            str(row["target"]),
            *(number(100 * row[name], tongue, 1) for name in ("value", "p50")),
            f"{number(100 * row['p10'], tongue, 1)} – {number(100 * row['p90'], tongue, 1)}",
        )
    console().print(shown)
    print(say("cli.written", tongue, folder=folder, files=", ".join(path.name for path in done.files)))
    return 0
