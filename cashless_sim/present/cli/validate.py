"""The command ``validate``: its options, described in the user's language."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.as_json import json_option
from cashless_sim.present.cli.options import spoken, whole
from cashless_sim.present.locale.scorecard import told


def posterior_option(tongue: str) -> Any:
    """Return the option that names the folder of a posterior."""
    return typer.Option("--posterior", help=told("option.posterior", tongue), show_default=False, metavar="DIR")


def out_option(tongue: str) -> Any:
    """Return the option that names the folder to write to."""
    return typer.Option("--out", help=told("option.out", tongue), show_default=False, metavar="DIR")


def count_option(name: str, key: str, tongue: str, least: int) -> Any:
    """Return an option that takes a whole number."""
    reader = whole(name, least, None)
    return typer.Option(f"--{name}", help=told(key, tongue), show_default=False, metavar="N", parser=reader)


def validate_command(tongue: str) -> Any:
    """Return the command ``validate``."""

    def command(
        posterior: Annotated[str | None, posterior_option(tongue)] = None,
        draws: Annotated[int | None, count_option("draws", "option.draws", tongue, 2)] = None,
        workers: Annotated[int | None, count_option("workers", "option.workers", tongue, 1)] = None,
        out: Annotated[str | None, out_option(tongue)] = None,
        json: Annotated[bool, json_option(tongue)] = False,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.validated import carry_out

        return carry_out(posterior, draws, workers, out, tongue, json)

    return command
