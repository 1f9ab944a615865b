"""``cashless-sim doctor``: what this machine has, for a question or a bug report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from cashless_sim.data import data_hash
from cashless_sim.experiment.manifest import cores, versions
from cashless_sim.present.cli.as_json import put
from cashless_sim.present.locale.sentences import say
from cashless_sim.present.style import FONT


def examine(tongue: str, as_json: bool = False) -> int:
    """Print versions, cores, speed level, font, data and language, one a line or as JSON; return 0."""
    rows = list(_rows(tongue))
    if as_json:
        put(dict(zip((*versions(), *OTHERS), (found for _, found in rows), strict=True)))
        return 0
    width = max(len(name) for name, _ in rows)
    for name, found in rows:
        print(f"{name:<{width}}  {found}")
    return 0


OTHERS = ("cores", "level", "font", "encoding", "data", "language")
"""What is told after the versions, in this order."""


def _rows(tongue: str) -> Iterator[tuple[str, str]]:
    from matplotlib.font_manager import findfont

    yield from versions().items()
    slow = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")
    yield say("doctor.cores", tongue), str(cores())
    yield say("doctor.level", tongue), say("doctor.interpreted" if slow else "doctor.compiled", tongue)
    yield say("doctor.font", tongue), os.path.basename(findfont(FONT))
    yield say("doctor.encoding", tongue), sys.stdout.encoding
    yield say("doctor.data", tongue), data_hash()[:12]
    yield say("doctor.language", tongue), tongue
