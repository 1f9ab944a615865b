"""``cashless-sim calibrate``: a posterior and its manifest in a folder; what was learnt on the screen."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cashless_sim.calibration.fit import FULL, QUICK, Effort, Fitted, calibrate
from cashless_sim.calibration.predictive import alarm
from cashless_sim.calibration.summary import UNLEARNT, fitted, numbers
from cashless_sim.calibration.targets import Register, register
from cashless_sim.data import SPLITS
from cashless_sim.errors import BadValue
from cashless_sim.present.locale.scorecard import told
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.progress import Progress

PLAIN_WIDTH = 110


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    quick: bool
    members: tuple[str, ...]
    households: int | None
    particles: int | None
    simulations: int | None
    seed: int
    workers: int | None
    out: str | None
    everything: bool = False
    ablation: str = ""
    targets: str | None = None

    @property
    def effort(self) -> Effort:
        """What is spent on each structure."""
        asked = {"particles": self.particles, "budget": self.simulations, "households": self.households}
        given: dict[str, Any] = {key: value for key, value in asked.items() if value is not None}
        return replace(QUICK if self.quick else FULL, **given)


def carry_out(wish: Wish, tongue: str) -> int:
    """Fit, write and show; return 0. Raises `UserError`."""
    effort = wish.effort
    folder = Path(wish.out) if wish.out else Path("results", _usual(wish))
    opening = say(
        "calibrate.working",
        tongue,
        simulations=number(effort.budget, tongue),
        households=number(effort.households, tongue),
    )
    own = _own(wish)
    with Progress(tongue, opening) as progress:
        done = calibrate(
            folder,
            effort,
            wish.seed,
            wish.workers,
            progress,
            wish.members,
            wish.everything,
            wish.ablation,
            own,
            _split(wish),
        )
    _show(done, tongue)
    spent = sum(fit.spent for fit in done.fits.values())
    files = ", ".join(path.name for path in done.files)
    print(say("cli.written", tongue, folder=folder, files=files))
    print(say("calibrate.took", tongue, simulations=number(spent, tongue), seconds=number(done.seconds, tongue)))
    return 0


def _own(wish: Wish) -> Register | None:
    """Return the register that is asked for, None for the shipped one; raise `UserError`."""
    if wish.targets is None:
        return None
    if wish.everything:
        raise BadValue(what="--everything", value="beside --targets", expected="one of them")
    return register("check", Path(wish.targets))


def _split(wish: Wish) -> str:
    """Return what a manifest calls the fit: the register's name, which is never that of a shipped fit."""
    if wish.targets is None:
        return "check"
    name = Path(wish.targets).stem
    return f"own {name}" if name in SPLITS else name


def _usual(wish: Wish) -> str:
    """Return the name of the folder when none is asked for."""
    own = Path(wish.targets).stem if wish.targets else ""
    parts = ("calibration", own, "planning" if wish.everything else "", wish.ablation, "quick" if wish.quick else "")
    return "-".join(part for part in parts if part)


def _show(done: Fitted, tongue: str) -> None:
    from rich.console import Console

    screen = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False, markup=False)
    screen.print(_learnt(done, tongue))
    screen.print(_met(done, tongue))
    for name, fit in done.fits.items():
        facts = {"ess": number(fit.ess, tongue, 1), "tolerance": number(fit.tolerance, tongue, 2)}
        print(say("calibrate.member.fit", tongue, member=name, simulations=number(fit.spent, tongue), **facts))
        for code in fit.warnings:
            print("  " + say(f"calibrate.warning.{code}", tongue))
    for name, fit in done.fits.items():
        _warn(name, alarm(fit, done.register.targets), tongue)
    print(say("calibrate.honest", tongue))


def _warn(name: str, found: dict[str, Any], tongue: str) -> None:
    """Say what the model could hardly have made, whatever its numbers."""
    if found["alarm"] is None:
        print("  " + told("predictive.few", tongue, member=name, simulations=number(found["simulations"], tongue)))
        return
    share = number(100 * found["together"], tongue, 0)
    print("  " + told("predictive.alarm" if found["alarm"] else "predictive.calm", tongue, member=name, share=share))
    if found["beyond_95"]:
        print("  " + told("predictive.beyond", tongue, targets=", ".join(found["beyond_95"])))


def _learnt(done: Fitted, tongue: str) -> Any:
    table = _table("calibrate.learnt", ("number", "prior", "posterior", "contraction"), tongue)
    for row in numbers(done.fits, done.register).to_dict("records"):
        prior = f"{_short(row['low'], tongue)} – {_short(row['high'], tongue)}"
        after = f"{_short(row['p50'], tongue)} [{_short(row['p10'], tongue)} – {_short(row['p90'], tongue)}]"
        mark = "" if row["contraction"] >= UNLEARNT else " " + say("calibrate.unlearnt", tongue)
        table.add_row(str(row["name"]), prior, after, number(row["contraction"], tongue, 2) + mark)
    return table


def _met(done: Fitted, tongue: str) -> Any:
    table = _table("calibrate.met", ("target", "reported", "fit", "misfit"), tongue)
    for row in fitted(done.fits, done.register).to_dict("records"):
        shown = {key: number(100 * row[key], tongue, 1) for key in ("value", "sd", "p10", "p50", "p90")}
        reported = f"{shown['value']} ± {shown['sd']}"
        fit = f"{shown['p50']} [{shown['p10']} – {shown['p90']}]"
        table.add_row(str(row["target"]), reported, fit, number(row["misfit"], tongue, 1))
    return table


def _table(title: str, columns: tuple[str, ...], tongue: str) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=say(title, tongue), title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(say(f"calibrate.head.{column}", tongue), justify="right" if place else "left", no_wrap=True)
    return table


def _short(value: float, tongue: str) -> str:
    """Return a number with three digits that count."""
    size = abs(value)
    return number(value, tongue, 1 if size >= 10 else 2 if size >= 1 else 3 if size >= 0.1 else 4)
