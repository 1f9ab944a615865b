"""The code version of stored runs: the fingerprint of a small run, so that changed words invalidate nothing."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterable
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cashless_sim.data import data_hash
from cashless_sim.experiment.manifest import code_hash
from cashless_sim.model.settings import Regulation, Settings
from cashless_sim.outside import is_outside
from cashless_sim.rules.compiler.remember import cache_folder

if TYPE_CHECKING:
    from cashless_sim.scenario.recipe import Scenario

HOUSEHOLDS = 2_000
MONTHS = 24
INSIDE = "cashless_sim"


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return the SHA-256 (hex) of what the code makes of 2,000 households in 24 months.

    Run once for each state of source and data, then remembered in the cache folder.
    """
    state = hashlib.sha256(f"{code_hash()} {data_hash()}".encode()).hexdigest()[:24]
    path = cache_folder() / f"version_{state}.txt"
    try:
        known = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        known = ""
    if len(known) != 64:
        known = fingerprint()
        _remember(path, known)
    return known


def fingerprint() -> str:
    """Run the trial and return the SHA-256 (hex) of its tidy frame.

    Every campaign, shock, closure and regulation of the shipped history is moved into its 24 months, so that a
    change of any of them shows.
    """
    from cashless_sim.model.model import CashlessModel
    from cashless_sim.scenario.recipe import Scenario

    shipped = Scenario.load("hung-yen")
    start = shipped.settings().start
    scenario = shipped.with_(households=HOUSEHOLDS)
    settings = crowded(scenario.settings(), start, start + MONTHS - 1)
    frame = CashlessModel(settings, scenario.population(), seed=1, threads=1).run()
    digest = hashlib.sha256()
    for name in ("month", "measure", "group"):
        digest.update("\n".join(frame[name].astype(str)).encode("utf-8") + b"\0")
    digest.update(frame["value"].to_numpy("<f8").tobytes())
    return digest.hexdigest()


def crowded(settings: Settings, start: int, end: int) -> Settings:
    """Return settings in which everything dated falls between two months, one a month after the other."""
    length = end - start

    def soon(number: int) -> int:
        return start + 1 + number % (length // 2)

    dates = {field.name: soon(number) for number, field in enumerate(fields(Regulation))}
    return replace(
        settings,
        start=start,
        end=end,
        campaigns=tuple(
            replace(one, start=soon(number), end=end, months=()) for number, one in enumerate(settings.campaigns)
        ),
        shocks=tuple(
            replace(one, start=soon(number), end=soon(number) + length // 4)
            for number, one in enumerate(settings.shocks)
        ),
        closures=tuple(
            replace(one, start=soon(number), end=soon(number) + length // 4)
            for number, one in enumerate(settings.closures)
        ),
        regulation=replace(settings.regulation, **dates),
    )


def code_of(scenario: Scenario, code: str) -> str:
    """Return the code version of a scenario's runs: with the source of what comes from outside, if anything."""
    settings = scenario.settings()
    modules = {type(rule).__module__ for rule in settings.rules}
    agents = [one for kind in (settings.policies, settings.banks, settings.wallets) for one in kind.values()]
    uses = [one.use for one in agents] + [one.channel for one in settings.campaigns]
    uses += [*settings.measures, settings.network]
    modules |= {use.partition(":")[0] for use in uses if is_outside(use)}
    outside = sorted(name for name in modules if name.partition(".")[0] != INSIDE)
    return hashlib.sha256("\0".join([code, *sources(outside)]).encode()).hexdigest() if outside else code


def sources(modules: Iterable[str]) -> Iterable[str]:
    """Yield name and text of each module's file; a module without a file gives its name alone."""
    for name in modules:
        yield name
        found = importlib.util.find_spec(name) if name != "__main__" else None
        if found is not None and found.origin and Path(found.origin).is_file():
            yield Path(found.origin).read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")


def _remember(path: Path, text: str) -> None:
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text + "\n", encoding="utf-8")
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
