"""A whole calibration: each structure of the registered mixture fitted to the same targets, then written as one."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cashless_sim.calibration.ablation import left_out
from cashless_sim.calibration.adjust import adjusted
from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.points import planning
from cashless_sim.calibration.posterior import places, write
from cashless_sim.calibration.priors import free
from cashless_sim.calibration.simulate import Reality, within_run
from cashless_sim.calibration.targets import Register, register
from cashless_sim.calibration.weights import Posterior
from cashless_sim.errors import BadValue
from cashless_sim.experiment.manifest import cores
from cashless_sim.experiment.posterior_draws import made_with

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Effort:
    """How much is spent on one structure: particles and simulations, of so many households in each place."""

    particles: int
    budget: int
    households: int


QUICK = Effort(particles=20, budget=40, households=5_000)
"""A try in a few minutes, far from a posterior that may be used."""
FULL = Effort(particles=75, budget=600, households=20_000)
METHOD = ("infer", "journal", "own_rows", "priors", "proposals", "simulate", "survey", "targets", "weights")
"""The files that simulate and infer: half-done fits of other texts of theirs are not mixed."""


@dataclass(frozen=True)
class Fitted:
    """What a calibration gave: a posterior for each structure, the files, and the seconds it took."""

    fits: dict[str, Posterior]
    register: Register
    files: tuple[Path, ...]
    seconds: float


def calibrate(
    folder: Path,
    effort: Effort = FULL,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    members: tuple[str, ...] = (),
    everything: bool = False,
    ablation: str = "",
    to: Register | None = None,
    split: str = "check",
) -> Fitted:
    """Fit each member (all of them by default) to the rows for fitting; write posterior and manifest to ``folder``.

    With ``everything``, to all that was reported: refused until the scorecard of a fit without it is there. Where
    the tolerance stayed above 1, the numbers are moved by `adjusted`. ``ablation`` names what is left out of the
    model (`ABLATIONS`). ``to`` is another register to fit to, under a ``split`` of its own name. Finished simulations
    are kept in ``folder/simulations``: started again after a kill, the same posterior comes out, byte for byte.
    Raises `UserError`.
    """
    begun = time.perf_counter()
    changes = left_out(ablation)
    listed = to or register("check")
    if everything:
        listed, split = planning(listed), "planning"
    within_run(listed)
    names = members or tuple(one.name for one in listed.members)
    chosen = [listed.member(name) for name in names]
    if effort.households < 1:
        raise BadValue(what="households", value=effort.households, expected="a whole number of 1 or more")
    made = made_with(places(listed))
    about: dict[str, Any] = {**made, "targets_hash": listed.hash, "method_hash": method_hash()}
    fits: dict[str, Posterior] = {}
    for number, member in enumerate(chosen):
        fit = infer(
            Reality(listed, member, effort.households, seed, changes),
            free(member.spontaneous),
            listed.targets,
            effort.particles,
            effort.budget,
            seed,
            Path(folder) / "simulations" / member.name,
            cores() if workers is None else workers,
            _part(progress, number, len(chosen)),
            {**about, "member": member.name, "households": effort.households, "ablation": ablation},
        )
        fits[member.name] = adjusted(fit, listed.targets, seed)
    split += f" without {ablation}" if ablation else ""
    about = {"households": effort.households, "seed": seed, "particles": effort.particles}
    files = write(Path(folder), fits, listed, {"split": split, "ablation": ablation, **about}, made["code_version"])
    return Fitted(fits, listed, files, time.perf_counter() - begun)


def method_hash() -> str:
    """Return the SHA-256 (hex) of the source of the fit itself."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).with_name(f"{name}.py") for name in METHOD):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _part(progress: Progress | None, number: int, of: int) -> Progress:
    """Return what tells ``progress`` about one member of several."""
    return lambda share: progress((number + share) / of) if progress else None
