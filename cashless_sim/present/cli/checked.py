"""``cashless-sim check calibration``: ranks, coverage, recovery and sensitivity, on the screen and stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cashless_sim.calibration.checking import SMALL, WHOLE, Checked, Scale, check_calibration
from cashless_sim.calibration.sensitivity import ANSWERS
from cashless_sim.data import calibrated
from cashless_sim.experiment.posterior_table import MANIFEST
from cashless_sim.present.cli.validated import console, table
from cashless_sim.present.locale.scorecard import told
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.progress import Progress

MEMBER = "contagion-closures"


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    quick: bool
    member: str | None
    posterior: str | None
    simulations: int | None
    workers: int | None
    out: str | None


def carry_out(wish: Wish, tongue: str) -> int:
    """Check, write and show; return 0. Raises `UserError`."""
    scale = SMALL if wish.quick else WHOLE
    if wish.simulations:
        trials = min(scale.trials, wish.simulations - 1)
        scale = replace(scale, simulations=wish.simulations, trials=trials)
    folder = _posterior(wish)
    member = wish.member or MEMBER
    made = Path(wish.out) if wish.out else Path("results", "checks", member)
    opening = told("check.working", tongue, simulations=number(scale.simulations, tongue), member=member)
    with Progress(tongue, opening) as progress:
        done = check_calibration(
            made,
            made / "simulations",
            scale,
            member,
            folder,
            workers=wish.workers,
            progress=progress,
        )
    show(done, tongue)
    files = [*done.files, picture(done, made, member, scale, tongue)]
    print(say("cli.written", tongue, folder=made, files=", ".join(path.name for path in files)))
    return 0


def _posterior(wish: Wish) -> Path | None:
    """Return the folder whose draws are varied: that asked for, else the shipped one, once and not for each member."""
    if wish.posterior:
        return Path(wish.posterior)
    folder = calibrated("check")
    return folder if wish.member is None and (folder / MANIFEST).exists() else None


def picture(done: Checked, folder: Path, member: str, scale: Scale, tongue: str) -> Path:
    """Draw the ranks, save them in the folder and return the picture's path."""
    from cashless_sim.present.figures import draw
    from cashless_sim.present.saving import save

    band = done.tables["coverage"].set_index("name")["band"]
    frame = done.tables["ranks"].melt(var_name="parameter", value_name="rank")
    frame["band"] = frame["parameter"].map(band)
    facts = {"trials": number(scale.trials, tongue), "households": number(scale.households, tongue)}
    origin = told("check.origin", tongue, member=member, **facts)
    return save(draw("ranks", frame, language=tongue, origin=origin), folder / "ranks-figure.png").png


def show(done: Checked, tongue: str) -> None:
    """Print coverage and recovery of each number, and what moves the answer."""
    screen = console()
    screen.print(_numbers(done, tongue))
    if "sensitivity" in done.tables:
        screen.print(_moves(done, tongue))
    print(told("check.sound" if done.sound else "check.unsound", tongue))
    print(told("check.took", tongue, minutes=number(done.seconds / 60, tongue, 1)))


def _numbers(done: Checked, tongue: str) -> Any:
    names = ("number", "ranks", "covered50", "covered80", "covered95", "recovery", "contraction")
    found = table("check.numbers", [told(f"check.head.{name}", tongue) for name in names], tongue)
    recovered = done.tables["recovery"].set_index("name")
    for row in done.tables["coverage"].to_dict("records"):
        learnt = recovered.loc[row["name"]]
        found.add_row(
            str(row["name"]),
            f"{number(row['deviation'], tongue, 2)} / {number(row['band'], tongue, 2)}",
            *(number(100 * row[f"covered{level}"], tongue) for level in (50, 80, 95)),
            number(learnt["correlation"], tongue, 2),
            number(learnt["contraction"], tongue, 2) + ("" if learnt["informed"] else " *"),
        )
    return found


def _moves(done: Checked, tongue: str) -> Any:
    frame = done.tables["sensitivity"]
    found = table("check.moves", [told("check.head.variant", tongue), *ANSWERS], tongue)
    for name, rows in frame.groupby("variant", sort=False):
        by_answer = rows.set_index("answer")
        cells = [_moved(by_answer.loc[answer], tongue) for answer in ANSWERS]
        found.add_row(told(f"variant.{name}", tongue), *cells)
    return found


def _moved(row: Any, tongue: str) -> str:
    """Return the mean and by how much it moved, in percent and points."""
    sign = "+" if row["shift"] >= 0 else "−"
    return f"{number(100 * row['mean'], tongue, 1)} ({sign}{number(100 * abs(row['shift']), tongue, 1)})"
