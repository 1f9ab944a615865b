"""``cashless-sim sweep``: a design run into a store; points, yearly values and manifest in a folder."""

from __future__ import annotations

import math
import re
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from cashless_sim.errors import BadValue
from cashless_sim.experiment.space import design_file, grid, method
from cashless_sim.experiment.sweep import Sweep, sweep
from cashless_sim.experiment.writing import part, writable
from cashless_sim.present.locale.sentences import number, say, several
from cashless_sim.present.progress import Progress

FAILED = 2
RANGE = re.compile(r"\s*([-+.\deE]+)\s*:\s*([-+.\deE]+)\s*")
EXPECTED = "KEY=1,2,3 or KEY=LOW:HIGH, as rules.Awareness.tell=0.1:0.5"


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    scenarios: tuple[str, ...]
    vary: tuple[str, ...]
    points: int | None
    method: str | None
    design: str | None
    replicates: int
    draws: int
    households: int | None
    seed: int
    groups: tuple[str, ...]
    workers: int | None
    scheduler: str | None
    retry: bool
    name: str | None
    store: str
    out: str | None


def carry_out(wish: Wish, tongue: str) -> int:
    """Sweep, write and show; return 0, or 2 when runs are in quarantine. Raises `UserError`."""
    settings = _settings(wish)
    if wish.out is not None:
        writable(Path(wish.out))
    count = len(wish.scenarios) * (1 if settings is None else len(settings)) * (wish.replicates + wish.draws)
    opening = several("sweep.working", tongue, count, runs=number(count, tongue), scenarios=", ".join(wish.scenarios))
    with ExitStack() as stack:

        @lru_cache(maxsize=1)
        def begun() -> Progress:
            return stack.enter_context(Progress(tongue, opening))

        done = sweep(
            list(wish.scenarios),
            settings,
            store=wish.store,
            replicates=wish.replicates,
            draws=wish.draws,
            seed=wish.seed,
            households=wish.households,
            groups=wish.groups or None,
            workers=wish.workers,
            scheduler=wish.scheduler,
            retry=wish.retry,
            name=wish.name,
            progress=lambda share: begun()(share),
        )
    folder = Path(wish.out) if wish.out else Path("results", part(done.design.name))
    return _told(done, done.write(folder, month=_decembers()), folder, tongue)


def _settings(wish: Wish) -> pd.DataFrame | None:
    """Return the design that the options describe, or None for the scenarios as they are; raise `BadValue`."""
    if wish.design is not None:
        if wish.vary or wish.points or wish.method:
            raise BadValue(what="--design", value=wish.design, expected="no --vary, --points or --method beside it")
        return design_file(wish.design)
    space = dict(_varied(text) for text in wish.vary)
    if len(space) < len(wish.vary):
        raise BadValue(what="--vary", value=", ".join(wish.vary), expected="each key once")
    if wish.points is not None or wish.method is not None:
        frame: pd.DataFrame = method(wish.method or "latin")(space, wish.points or 0, wish.seed)
        return frame
    for key, values in space.items():
        if isinstance(values, tuple):
            raise BadValue(what=f"range of {key}", value=str(values), expected="--points with a range")
    return grid(space) if space else None


def _varied(text: str) -> tuple[str, Any]:
    """Return key and values of one ``--vary``: a list, or a range as a pair."""
    key, equals, given = text.partition("=")
    if not key.strip() or not equals or not given.strip():
        raise BadValue(what="--vary", value=text, expected=EXPECTED)
    if found := RANGE.fullmatch(given):
        ends = tuple(_value(end) for end in found.groups())
        if all(isinstance(end, int | float) for end in ends):
            return key.strip(), ends
    return key.strip(), [_value(part) for part in given.split(",")]


def _value(text: str) -> Any:
    """Return a number, true or false, or the text itself."""
    plain = text.strip()
    if plain in ("true", "false"):
        return plain == "true"
    for kind in (int, float):
        try:
            found = kind(plain)
        except ValueError:
            continue
        return found if math.isfinite(found) else plain
    return plain


def _decembers() -> list[str]:
    return [f"{year}-12" for year in range(2017, 2101)]


def _told(done: Sweep, files: list[Path], folder: Path, tongue: str) -> int:
    asked, missing, failed = len(done.design.asks), done.missing, len(done.failures)
    print(say("cli.written", tongue, folder=folder, files=", ".join(path.name for path in files)))
    facts = {
        "name": done.design.name,
        "finished": number(asked - missing, tongue),
        "asked": number(asked, tongue),
        "store": done.path,
        "hash": done.results_hash[:12],
    }
    print(several("sweep.done", tongue, asked, **facts))
    if not failed:
        return 0
    print(several("sweep.failed", tongue, failed, count=number(failed, tongue), store=done.path), file=sys.stderr)
    return FAILED
