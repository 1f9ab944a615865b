"""Options that several commands share, described in the user's language."""

from __future__ import annotations

from typing import Any

import typer

from cashless_sim.errors import BadValue
from cashless_sim.present.locale.sentences import say

LARGEST_SEED = 2**64 - 1


def spoken(tongue: str) -> Any:
    """Return the option that `main` has read already: it may stand anywhere."""
    return typer.Option("--language", help=say("cli.language", tongue), show_default=False, metavar="en|vi")


def whole(name: str, least: int, most: int | None) -> Any:
    """Return a reader of whole numbers from ``least`` to ``most`` that raises `BadValue`."""
    expected = f"a whole number from {least} to {most}" if most else f"a whole number of {least} or more"

    def read(text: str) -> int:
        plain = text.strip()
        if not (plain.isascii() and plain.isdigit() and least <= int(plain) and (not most or int(plain) <= most)):
            raise BadValue(what=f"--{name}", value=text, expected=expected)
        return int(plain)

    return read


def number(name: str, key: str, tongue: str, least: int, most: int | None = None) -> Any:
    """Return an option ``--name N`` whose help is the sentence of ``key``."""
    described = say(key, tongue)
    return typer.Option(f"--{name}", help=described, show_default=False, metavar="N", parser=whole(name, least, most))


def text(name: str, key: str, tongue: str, metavar: str) -> Any:
    """Return an option ``--name METAVAR`` whose help is the sentence of ``key``."""
    return typer.Option(f"--{name}", help=say(key, tongue), show_default=False, metavar=metavar)


def flag(name: str, key: str, tongue: str) -> Any:
    """Return an option that is there or not."""
    return typer.Option(f"--{name}", help=say(key, tongue), show_default=False)
