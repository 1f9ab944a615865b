"""A report of finished runs as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cashless_sim.experiment.runs import Runs
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.report.answer import answer
from cashless_sim.present.report.matter import Matter, gather
from cashless_sim.present.report.money import money_grids
from cashless_sim.present.report.origin import limits, provenance, sources, where
from cashless_sim.present.report.pictures import pictures
from cashless_sim.present.report.recipes import question
from cashless_sim.present.report.rows import group_grid, plan_grid, statistic_grid
from cashless_sim.present.report.templates import filled
from cashless_sim.scenario.recipe import Scenario


def write_report(
    runs: Runs,
    path: str | Path,
    language: str | None = None,
    *,
    to: str | None = None,
    scenarios: Iterable[Scenario] | None = None,
    month: str | None = None,
) -> Path:
    """Write a report as one HTML file, whole or not at all; return its path.

    ``to`` names the baseline (needed with several scenarios); ``scenarios`` are the recipes of the runs, for their
    question and the evidence of their channels (shipped ones are known); ``month`` is judged (the last). The same
    runs give the same bytes. Raises `UnknownName` for a language or baseline that is not there, `BadValue` for
    empty runs or several scenarios without a baseline, and `FileProblem`.
    """
    tongue = spoken(language)
    matter = gather(runs, to, scenarios, month)
    return put(Path(path), report(matter, tongue))


def report(matter: Matter, tongue: str) -> str:
    """Return the report as HTML text."""
    return filled(
        "page.html",
        tongue,
        question=asked(matter, tongue),
        where=where(matter, tongue),
        mark=matter.mark(tongue),
        answer=answer(matter, tongue),
        lights=matter.lights,
        first=[plan_grid(matter, tongue), group_grid(matter, tongue)] if matter.cases else [group_grid(matter, tongue)],
        pictures=pictures(matter, tongue),
        then=[*money_grids(matter, tongue), statistic_grid(matter, tongue)],
        limits=limits(tongue),
        provenance=provenance(matter, tongue),
        sources=sources(matter),
    )


def asked(matter: Matter, tongue: str) -> str:
    """Return the question: that of the leading plan when it is the only one, else a common one."""
    if len(matter.cases) > 1:
        return told("report.ask", tongue)
    return question(matter.scenarios, matter.leading, tongue) or told(
        "report.ask" if matter.cases else "report.ask.one", tongue
    )


def put(path: Path, text: str) -> Path:
    """Write a text, whole or not at all; return its path."""
    writable(path.parent)
    whole(path, lambda part: _write(part, text))
    return path


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
