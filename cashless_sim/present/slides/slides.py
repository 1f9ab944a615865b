"""Slides in both languages as one HTML file that works from a stick, without internet."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.report import TABLES
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.report.matter import Matter, gather
from cashless_sim.present.report.pictures import pictures
from cashless_sim.present.report.report import put
from cashless_sim.present.report.templates import filled
from cashless_sim.present.slides.deck import deck
from cashless_sim.scenario.recipe import Scenario


def write_slides(
    runs: Runs,
    path: str | Path,
    language: str | None = None,
    *,
    to: str | None = None,
    scenarios: Iterable[Scenario] | None = None,
    month: str | None = None,
) -> Path:
    """Write slides as one HTML file, whole or not at all; return its path.

    They begin in ``language`` and change to the other at a key. Arguments and errors are those of `write_report`.
    """
    tongue = spoken(language)
    return put(Path(path), slides(gather(runs, to, scenarios, month), tongue))


def slides(matter: Matter, tongue: str) -> str:
    """Return the slides as HTML text."""
    order = sorted(TABLES, key=lambda one: one != tongue)
    script = Path(__file__).with_name("engine.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return filled(
        "slides.html",
        tongue,
        decks={one: deck(matter, one, pictures(matter, one, "slide")) for one in order},
        marks={one: matter.mark(one) for one in order},
        words=TABLES,
        script=script,
        digest=digest,
    )
