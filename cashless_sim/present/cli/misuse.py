"""What is wrong with the words on the command line, in the user's language."""

from __future__ import annotations

import re
from typing import Any

from cashless_sim.errors import nearest
from cashless_sim.present.locale.sentences import say

PROGRAM = "cashless-sim"


def usage_line(error: Any, tongue: str) -> str | None:
    """Return what is wrong with the words on the command line, or None for another kind of error."""
    if not hasattr(error, "format_message") or getattr(error, "exit_code", None) != 2:
        return None
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", None) or PROGRAM
    return say("cli.usage", tongue, problem=_problem(error, context, tongue), command=command)


def _problem(error: Any, context: Any, tongue: str) -> str:
    kind, message = type(error).__name__, str(error.format_message())
    if kind == "NoSuchOption":
        return _near("cli.usage.option", error.option_name, _options(context), tongue)
    if kind == "BadOptionUsage":
        key = "cli.usage.value" if "requires" in message else "cli.usage.novalue"
        return say(key, tongue, name=error.option_name)
    if kind == "MissingParameter":
        return say("cli.usage.missing", tongue, name=_parameter(error))
    if kind == "BadParameter":
        return say("cli.usage.invalid", tongue, name=_parameter(error))
    known = list(getattr(getattr(context, "command", None), "commands", {}))
    if message.startswith("Missing command"):
        return say("cli.usage.nothing", tongue, expected=", ".join(known))
    if found := re.search(r"No such command '([^']*)'", message):
        return _near("cli.usage.command", found[1], known, tongue, expected=", ".join(known))
    if found := re.search(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", message):
        return say("cli.usage.extra", tongue, name=found[1])
    return say("cli.usage.other", tongue, problem=message.rstrip("."))


def _near(key: str, name: str, known: list[str], tongue: str, **facts: str) -> str:
    near = nearest(name, known)
    said = say(key, tongue, name=name, **facts)
    return f"{said}; {say('error.near', tongue, near=near)}" if near else said


def _options(context: Any) -> list[str]:
    """Return the long options of the command that was called."""
    parameters = getattr(getattr(context, "command", None), "params", [])
    return [*(option for one in parameters for option in one.opts if option.startswith("--")), "--help"]


def _parameter(error: Any) -> str:
    """Return how people know the parameter of an error: ``--seed`` or ``STORE``."""
    parameter = getattr(error, "param", None)
    options = [option for option in getattr(parameter, "opts", ()) if option.startswith("--")]
    return str(options[0] if options else getattr(parameter, "metavar", None) or getattr(parameter, "name", "?"))
