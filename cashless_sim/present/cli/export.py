"""The command ``export``: scenarios as a workbook, as slides to be changed, or as a one-page brief."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from cashless_sim.errors import UnknownName, nearest
from cashless_sim.present.cli.options import LARGEST_SEED, number, spoken, text
from cashless_sim.present.cli.report import (
    DRAWS,
    STORE,
    counted,
    file_option,
    report_command,
    scenarios_option,
    shown,
)
from cashless_sim.present.cli.slides import slides_command
from cashless_sim.present.locale.report import told

LIBRARIES = {"xlsx": "xlsxwriter", "pptx": "pptx", "docx": "docx"}


def export_command(tongue: str) -> Any:
    """Return the command ``export``."""
    kinds = typer.Option("--as", help=told("option.as", tongue), show_default=False, metavar="xlsx|pptx|docx")

    def command(
        scenario: Annotated[list[str], scenarios_option(tongue)],
        to: Annotated[str | None, text("to", "decision.to", tongue, "SCENARIO")] = None,
        kind: Annotated[list[str] | None, kinds] = None,
        month: Annotated[str | None, text("month", "decision.month", tongue, "YYYY-MM")] = None,
        replicates: Annotated[int | None, counted("replicates", "option.replicates", tongue, 1, 1000)] = None,
        draws: Annotated[int | None, counted("draws", "option.draws", tongue, 0, 10_000)] = None,
        households: Annotated[int | None, number("households", "decision.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, file_option(tongue)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.report.asking import Wish, asked_for

        writers = _writers(kind or list(LIBRARIES))
        wish = Wish(
            scenarios=tuple(scenario),
            to=to,
            month=month,
            replicates=replicates or 1,
            draws=DRAWS if draws is None else draws,
            households=households or 20_000,
            seed=1 if seed is None else seed,
            workers=workers,
            store=store or STORE,
            out=out,
        )
        matter = asked_for(wish, tongue)
        return shown([write(matter, wish.file(f".{name}"), tongue) for name, write in writers.items()], tongue)

    return command


def _writers(kinds: list[str]) -> dict[str, Callable[[Any, Path, str], Path]]:
    """Return what writes each kind of file; raise `UnknownName`, and `Unsupported` before anything is run."""
    from cashless_sim.present.office.brief import brief
    from cashless_sim.present.office.library import library
    from cashless_sim.present.office.slides import presentation
    from cashless_sim.present.office.workbook import workbook

    known = {"xlsx": workbook, "pptx": presentation, "docx": brief}
    for name in kinds:
        if name not in known:
            near = nearest(name, known)
            raise UnknownName(what="kind of office file", name=name, expected=", ".join(known), near=near)
        library(LIBRARIES[name])
    return {name: known[name] for name in dict.fromkeys(kinds)}


def add_reports(app: typer.Typer, tongue: str, kind: Any = None) -> None:
    """Add ``report``, ``slides`` and ``export`` to the command line; ``kind`` is the class of a command."""
    made = {"report": report_command(tongue), "slides": slides_command(tongue), "export": export_command(tongue)}
    for name, command in made.items():
        app.command(name, cls=kind, help=told(f"command.{name}", tongue))(command)
