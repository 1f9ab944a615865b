"""A whole calibration: each structure of the registered mixture fitted to the same targets, then written as one."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.posterior import write
from cashless_sim.calibration.priors import free
from cashless_sim.calibration.simulate import Reality, within_run
from cashless_sim.calibration.targets import Register, register
from cashless_sim.calibration.weights import Posterior
from cashless_sim.data import data_hash
from cashless_sim.errors import BadValue
from cashless_sim.experiment.manifest import cores
from cashless_sim.experiment.version import code_version

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Effort:
    """How much is spent on one structure: particles and simulations, of so many households in each place."""

    particles: int
    budget: int
    households: int


QUICK = Effort(particles=20, budget=40, households=5_000)
"""A try in a few minutes, far from a posterior that may be used."""
FULL = Effort(particles=150, budget=1_200, households=10_000)


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
) -> Fitted:
    """Fit each member (all of them by default) to the rows for fitting; write posterior and manifest to ``folder``.

    Finished simulations are kept in ``folder/simulations``: started again after a kill, the same posterior comes
    out, byte for byte. Raises `UserError`.
    """
    begun = time.perf_counter()
    listed = register("check")
    within_run(listed)
    names = members or tuple(one.name for one in listed.members)
    chosen = [listed.member(name) for name in names]
    if effort.households < 1:
        raise BadValue(what="households", value=effort.households, expected="a whole number of 1 or more")
    about: dict[str, Any] = {
        "code_version": code_version(),
        "data_hash": data_hash(),
        "targets_hash": listed.hash,
        "method_hash": method_hash(),
    }
    fits: dict[str, Posterior] = {}
    for number, member in enumerate(chosen):
        part = _part(progress, number, len(chosen))
        fits[member.name] = infer(
            Reality(listed, member, effort.households, seed),
            free(member.spontaneous),
            listed.targets,
            effort.particles,
            effort.budget,
            seed,
            Path(folder) / "simulations" / member.name,
            cores() if workers is None else workers,
            part,
            {**about, "member": member.name, "households": effort.households},
        )
    facts = {"split": "check", "households": effort.households, "seed": seed, "particles": effort.particles}
    files = write(Path(folder), fits, listed, facts, about["code_version"])
    return Fitted(fits, listed, files, time.perf_counter() - begun)


def method_hash() -> str:
    """Return the SHA-256 (hex) of the source of the fit itself: half-done fits are not mixed."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _part(progress: Progress | None, number: int, of: int) -> Progress:
    """Return what tells ``progress`` about one member of several."""
    return lambda share: progress((number + share) / of) if progress else None
