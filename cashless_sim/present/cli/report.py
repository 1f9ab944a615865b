"""The command ``report``: a report of scenarios as one file, with a brief or a print of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import LARGEST_SEED, number, spoken, text, whole
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import say

STORE = "results/store.sqlite"
DRAWS = 20


def scenarios_option(tongue: str) -> Any:
    """Return the argument that names scenarios."""
    return typer.Argument(help=say("decision.scenario", tongue), show_default=False, metavar="SCENARIO…")


def counted(name: str, key: str, tongue: str, least: int, most: int) -> Any:
    """Return an option ``--name N`` whose help is the sentence of ``key`` among those of reports."""
    read = whole(name, least, most)
    return typer.Option(f"--{name}", help=told(key, tongue), show_default=False, metavar="N", parser=read)


def file_option(tongue: str) -> Any:
    """Return the option ``--out FILE``."""
    return typer.Option("--out", help=told("option.file", tongue), show_default=False, metavar="FILE")


def flag(name: str, key: str, tongue: str) -> Any:
    """Return an option that is there or not."""
    return typer.Option(f"--{name}", help=told(key, tongue), show_default=False)


def shown(paths: Sequence[Path], tongue: str) -> int:
    """Say which files were written; return 0."""
    print(told("command.written", tongue, files=", ".join(str(path) for path in paths)))
    return 0


def report_command(tongue: str) -> Any:
    """Return the command ``report``."""

    def command(
        scenario: Annotated[list[str], scenarios_option(tongue)],
        to: Annotated[str | None, text("to", "decision.to", tongue, "SCENARIO")] = None,
        month: Annotated[str | None, text("month", "decision.month", tongue, "YYYY-MM")] = None,
        docx: Annotated[bool, flag("docx", "option.docx", tongue)] = False,
        pdf: Annotated[bool, flag("pdf", "option.pdf", tongue)] = False,
        replicates: Annotated[int | None, counted("replicates", "option.replicates", tongue, 1, 1000)] = None,
        draws: Annotated[int | None, counted("draws", "option.draws", tongue, 0, 10_000)] = None,
        households: Annotated[int | None, number("households", "decision.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, file_option(tongue)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.office.brief import brief
        from cashless_sim.present.office.library import library
        from cashless_sim.present.report.asking import Wish, asked_for
        from cashless_sim.present.report.printing import browser, printed
        from cashless_sim.present.report.report import put, report

        if docx:
            library("docx")
        found = browser() if pdf else ""
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
        page = put(wish.file(".html"), report(matter, tongue))
        made = [page]
        if docx:
            made.append(brief(matter, page.with_suffix(".docx"), tongue))
        if pdf:
            made.append(printed(page, page.with_suffix(".pdf"), found))
        return shown(made, tongue)

    return command
