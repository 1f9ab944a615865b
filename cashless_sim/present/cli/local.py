"""The commands under ``local``: a form for a province's own counts, and a fit to what it holds."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import spoken
from cashless_sim.present.cli.screens import command_class, group_class
from cashless_sim.present.cli.validate import count_option, out_option
from cashless_sim.present.locale.scorecard import told


def local_commands(tongue: str) -> typer.Typer:
    """Return the commands ``local form`` and ``local fit``."""
    cls, one = group_class(tongue), command_class(tongue)
    app = typer.Typer(cls=cls, help=told("command.local", tongue), no_args_is_help=True, rich_markup_mode=None)

    def top(language: Annotated[str | None, spoken(tongue)] = None) -> None:
        pass

    app.callback()(top)
    app.command("form", cls=one, help=told("command.local.form", tongue))(_form(tongue))
    app.command("fit", cls=one, help=told("command.local.fit", tongue))(_fit(tongue))
    return app


def _form(tongue: str) -> Any:
    def command(
        out: Annotated[str | None, out_option(tongue)] = None, language: Annotated[str | None, spoken(tongue)] = None
    ) -> int:
        from cashless_sim.present.cli.localised import form

        return form(out, tongue)

    return command


def _fit(tongue: str) -> Any:
    filled = typer.Argument(help=told("local.file", tongue), show_default=False, metavar="FILE")

    def command(
        file: Annotated[str, filled],
        simulations: Annotated[int | None, count_option("simulations", "local.simulations", tongue, 20)] = None,
        workers: Annotated[int | None, count_option("workers", "option.workers", tongue, 1)] = None,
        out: Annotated[str | None, out_option(tongue)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.localised import fit

        return fit(file, simulations, workers, out, tongue)

    return command
