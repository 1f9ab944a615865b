"""All checks of the inference from one bank of prior simulations, stored with date and cost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from cashless_sim.calibration.check import LEVELS, Card, cards, from_bank
from cashless_sim.calibration.fit import method_hash
from cashless_sim.calibration.identify import profiles, recovery
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.points import points
from cashless_sim.calibration.posterior import places, read
from cashless_sim.calibration.predictive import alarm, predictive
from cashless_sim.calibration.priors import free
from cashless_sim.calibration.sensitivity import sensitivity
from cashless_sim.calibration.simulate import Reality
from cashless_sim.calibration.targets import Register, register
from cashless_sim.calibration.texts import keep
from cashless_sim.experiment.manifest import cores, machine
from cashless_sim.experiment.posterior_draws import made_with
from cashless_sim.experiment.writing import writable

Progress = Callable[[float], None]
DIGITS = 4


@dataclass(frozen=True)
class Scale:
    """How much is spent: simulations of the bank, trials among them, what the weights of a trial are worth.

    ``households`` is the number in the country; ``draws`` of the posterior are run for each variant of `sensitivity`.
    """

    simulations: int
    trials: int
    worth: float
    households: int
    draws: int


WHOLE = Scale(simulations=500, trials=200, worth=50.0, households=10_000, draws=12)
SMALL = Scale(simulations=14, trials=10, worth=6.0, households=1_000, draws=1)
SHARE_OF_BANK = 0.7


@dataclass(frozen=True)
class Checked:
    """What the checks found: a card and a line of recovery a number, profiles, predictive check, sensitivity."""

    cards: tuple[Card, ...]
    tables: dict[str, pd.DataFrame]
    seconds: float
    files: tuple[Path, ...]

    @property
    def sound(self) -> bool:
        """Whether every number's ranks stay inside their band."""
        return all(card.sound for card in self.cards)


def check_calibration(
    out: Path,
    simulations: Path,
    scale: Scale = WHOLE,
    member: str = "contagion-closures",
    posterior: Path | None = None,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    code: str | None = None,
) -> Checked:
    """Check the inference of one member and write what was found to ``out``; the bank is kept in ``simulations``.

    Ranks, coverage and recovery take prior simulations for the truth in turn and fit them with the estimator that is
    shipped: weights, then the straight line. ``posterior`` is the folder whose draws `sensitivity` runs, none for
    leaving that out. Raises `UserError`.
    """
    begun = time.perf_counter()
    listed = register("check")
    team = cores() if workers is None else workers
    told = progress or (lambda share: None)
    reality = Reality(listed, listed.member(member), scale.households, seed)
    made = made_with(places(listed)) if code is None else {"code_version": code}
    about = {**made, "method_hash": method_hash(), "member": member, "households": scale.households, "bank": True}
    priors, count = free(reality.member.spontaneous), scale.simulations
    bank = infer(
        reality, priors, listed.targets, count, count, seed, simulations, team, lambda s: told(SHARE_OF_BANK * s), about
    )
    found = from_bank(bank, listed.targets, scale.trials, scale.worth, seed)
    tables = {
        "coverage": coverage(found),
        "ranks": pd.DataFrame({card.name: np.sort(card.places) for card in found}),
        "recovery": recovery(bank, listed.targets, scale.trials, scale.worth, seed),
        "profiles": profiles(bank, listed.targets, scale.worth),
        "predictive": predictive(bank, listed.targets),
    }
    if posterior is not None:
        tables["sensitivity"] = _moved(posterior, listed, scale.draws, team, told, code)
    told(1.0)
    seconds = time.perf_counter() - begun
    facts = {**about, **asdict(scale), "predictive": alarm(bank, listed.targets), "seed": seed}
    return Checked(found, tables, seconds, _written(Path(out), tables, facts, seconds))


def coverage(found: tuple[Card, ...]) -> pd.DataFrame:
    """Return name, deviation, band, sound, and for each level covered, low, high: one row a number."""
    rows = []
    for card in found:
        row: dict[str, object] = {
            "name": card.name,
            "deviation": card.deviation,
            "band": card.band,
            "sound": card.sound,
        }
        for level in LEVELS:
            low, high = card.limits[level]
            percent = f"{100 * level:.0f}"
            row |= {f"covered{percent}": card.covered[level], f"low{percent}": low, f"high{percent}": high}
        rows.append(row)
    return pd.DataFrame(rows)


def together(tables: list[pd.DataFrame]) -> tuple[Card, ...]:
    """Return the cards of several tables of ranks taken together: other members, other seeds."""
    whole_table = pd.concat(tables, ignore_index=True)
    return cards(list(whole_table.columns), whole_table.to_numpy(dtype=np.float64))


def _moved(folder: Path, listed: Register, draws: int, team: int, told: Progress, code: str | None) -> pd.DataFrame:
    drawn = read(folder, listed, code)
    return sensitivity(drawn, listed, points(), draws, team, lambda s: told(SHARE_OF_BANK + (1 - SHARE_OF_BANK) * s))


def _written(out: Path, tables: dict[str, pd.DataFrame], facts: dict[str, object], seconds: float) -> tuple[Path, ...]:
    made = writable(out)
    files = []
    for name, table in tables.items():
        files.append(made / f"{name}.csv")
        keep(files[-1], table.round(DIGITS).to_csv(index=False, lineterminator="\n"))
    about = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "machine": machine(),
        **facts,
    }
    files.append(made / "about.json")
    keep(files[-1], json.dumps(about, indent=1, sort_keys=True) + "\n")
    return tuple(files)
