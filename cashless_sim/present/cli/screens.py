"""Commands whose help speaks the user's language in its headings too."""

import os
import re
from functools import partial
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from cashless_sim.present.locale.sentences import say

HEADINGS = {
    "Usage:": "help.usage",
    "Options:": "help.options",
    "Commands:": "help.commands",
    "Arguments:": "help.words",
}
SAID = {"Show this message and exit.": "help.help", "[required]": "help.required"}


def command_class(tongue: str) -> type[TyperCommand]:
    """Return the class of a command in a language."""

    class Spoken(TyperCommand):
        """A command with translated help, that may be allowed to run code which files name."""

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.params.append(_trusting(tongue))

        def get_help(self, ctx: Any) -> str:
            """Return the help page."""
            return translated(super().get_help(ctx), tongue)

    return Spoken


def group_class(tongue: str) -> type[TyperGroup]:
    """Return the class of a group of commands in a language."""

    class Spoken(TyperGroup):
        """A group of commands with translated help."""

        def get_help(self, ctx: Any) -> str:
            """Return the help page."""
            return translated(super().get_help(ctx), tongue)

    return Spoken


def _trusting(tongue: str) -> Any:
    """Return the option ``--allow-code``, which holds until its command is done, for its workers too."""

    def allow(context: typer.Context, wanted: bool) -> None:
        from cashless_sim.scenario.trust import ALLOW_CODE

        if wanted:
            context.call_on_close(partial(_put_back, ALLOW_CODE, os.environ.get(ALLOW_CODE)))
            os.environ[ALLOW_CODE] = "1"

    said = say("cli.allow-code", tongue)
    trusted = typer.Option("--allow-code", help=said, callback=allow, expose_value=False, show_default=False)

    def trusting(allowed: Annotated[bool, trusted] = False) -> None:
        pass

    app = typer.Typer(add_completion=False)
    app.command()(trusting)
    return typer.main.get_command(app).params[0]


def _put_back(name: str, before: str | None) -> None:
    os.environ.pop(name, None)
    if before is not None:
        os.environ[name] = before


def translated(page: str, tongue: str) -> str:
    """Return a help page with its headings and fixed sentences in a language."""
    for english, key in HEADINGS.items():
        page = re.sub(rf"^{re.escape(english)}", say(key, tongue), page, flags=re.MULTILINE)
    for english, key in SAID.items():
        page = page.replace(english, say(key, tongue))
    return page
