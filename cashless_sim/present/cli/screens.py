"""Commands whose help speaks the user's language in its headings too."""

from __future__ import annotations

import re
from typing import Any

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
        """A command with translated help."""

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


def translated(page: str, tongue: str) -> str:
    """Return a help page with its headings and fixed sentences in a language."""
    for english, key in HEADINGS.items():
        page = re.sub(rf"^{re.escape(english)}", say(key, tongue), page, flags=re.MULTILINE)
    for english, key in SAID.items():
        page = page.replace(english, say(key, tongue))
    return page
