"""The commands under ``check``: whether the inference itself is to be believed."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import spoken
from cashless_sim.present.cli.screens import command_class, group_class
from cashless_sim.present.cli.validate import count_option, out_option, posterior_option
from cashless_sim.present.locale.scorecard import told


def check_commands(tongue: str) -> typer.Typer:
    """Return the commands ``check calibration``, ``check honesty`` and ``check countries``."""
    cls, one = group_class(tongue), command_class(tongue)
    app = typer.Typer(cls=cls, help=told("command.check", tongue), no_args_is_help=True, rich_markup_mode=None)

    def top(language: Annotated[str | None, spoken(tongue)] = None) -> None:
        pass

    app.callback()(top)
    app.command("calibration", cls=one, help=told("command.check.calibration", tongue))(_calibration(tongue))
    app.command("honesty", cls=one, help=told("command.check.honesty", tongue))(_honesty(tongue))
    app.command("countries", cls=one, help=told("command.check.countries", tongue))(_countries(tongue))
    return app


def _calibration(tongue: str) -> Any:
    small = typer.Option("--quick", help=told("check.quick", tongue), show_default=False)
    one = typer.Option("--member", help=told("check.member", tongue), show_default=False, metavar="NAME")

    def command(
        quick: Annotated[bool, small] = False,
        member: Annotated[str | None, one] = None,
        posterior: Annotated[str | None, posterior_option(tongue)] = None,
        simulations: Annotated[int | None, count_option("simulations", "check.simulations", tongue, 12)] = None,
        workers: Annotated[int | None, count_option("workers", "option.workers", tongue, 1)] = None,
        out: Annotated[str | None, out_option(tongue)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.checked import Wish, carry_out

        return carry_out(Wish(quick, member, posterior, simulations, workers, out), tongue)

    return command


def _honesty(tongue: str) -> Any:
    def command(
        posterior: Annotated[str | None, posterior_option(tongue)] = None,
        simulations: Annotated[int | None, count_option("simulations", "check.each", tongue, 30)] = None,
        workers: Annotated[int | None, count_option("workers", "option.workers", tongue, 1)] = None,
        out: Annotated[str | None, out_option(tongue)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.honest import carry_out

        return carry_out(posterior, simulations, workers, out, tongue)

    return command


def _countries(tongue: str) -> Any:
    def command(
        simulations: Annotated[int | None, count_option("simulations", "check.each", tongue, 40)] = None,
        workers: Annotated[int | None, count_option("workers", "option.workers", tongue, 1)] = None,
        out: Annotated[str | None, out_option(tongue)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.abroad import carry_out

        return carry_out(simulations, workers, out, tongue)

    return command
