"""The command ``completion``: what lets a shell complete the commands."""

from typing import Annotated, Any

import typer

from cashless_sim.errors import UnknownName, nearest
from cashless_sim.present.cli.options import spoken
from cashless_sim.present.locale.commands import told

PROGRAM = "cashless-sim"
ASKED = "_CASHLESS_SIM_COMPLETE"
"""Set by a shell that asks for completions."""
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def completion_command(tongue: str) -> Any:
    """Return the command ``completion``."""
    named = typer.Argument(help=told("option.shell", tongue), show_default=False, metavar="SHELL")

    def command(
        shell: Annotated[str, named],
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        if shell not in SHELLS:
            raise UnknownName(what="shell", name=shell, expected=", ".join(SHELLS), near=nearest(shell, SHELLS))
        print(_typer().get_completion_script(prog_name=PROGRAM, complete_var=ASKED, shell=shell))
        return 0

    return command


def ready() -> None:
    """Let the command line answer a shell that asks for completions."""
    _typer().completion_init()


def _typer() -> Any:
    """Return what Typer completes with."""
    from typer import completion

    return completion
