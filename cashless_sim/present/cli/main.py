"""The command line's door: speaks the user's language and turns what the user can mend into one line and a 2."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from cashless_sim.errors import CashlessError, FileProblem, UserError
from cashless_sim.present.cli.completion import ASKED, ready
from cashless_sim.present.locale.errors import explain
from cashless_sim.present.locale.sentences import LANGUAGES, language, say

DONE, MENDABLE, STOPPED = 0, 2, 130
DECISIONS = ("compare", "costs", "plans", "optimise", "sensitivity")
KEPT = {
    "sweep": "sweep.stopped",
    "calibrate": "calibrate.stopped",
    "explore": "sweep.stopped",
    "workshop": "sweep.stopped",
    **dict.fromkeys(DECISIONS, "decision.stopped"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 2 for what the user can mend, 130 when stopped."""
    _speak_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    tongue = _spoken(given)
    _tell_of_compiling(tongue)
    try:
        return _run(given, language(_asked(given)))
    except UserError as error:
        return _refuse(error, tongue)
    except BrokenPipeError:
        return DONE
    except OSError as error:
        problem = error.strerror or type(error).__name__
        path = str(error.filename or "?")
        return _refuse(FileProblem(path=path, problem=problem, expected="a file that can be used"), tongue)
    except KeyboardInterrupt:
        kept = KEPT.get(given[0] if given else "", "cli.stopped")
        print(say(kept, tongue), file=sys.stderr)
        return STOPPED


def _run(given: list[str], tongue: str) -> int:
    from cashless_sim.present.cli.misuse import usage_line
    from cashless_sim.present.cli.usage import commands

    if ASKED in os.environ:
        ready()
    try:
        code: Any = commands(tongue)(args=given, prog_name="cashless-sim", standalone_mode=False)
    except Exception as error:
        if type(error).__name__ == "Abort":
            raise KeyboardInterrupt from None
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error)
            return MENDABLE
        line = usage_line(error, tongue)
        if line is None:
            raise
        print(say("cli.error", tongue, sentence=line), file=sys.stderr)
        return MENDABLE
    if code == STOPPED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else DONE


def _refuse(error: CashlessError, tongue: str) -> int:
    print(say("cli.error", tongue, sentence=explain(error, tongue)), file=sys.stderr)
    return MENDABLE


def _asked(given: list[str]) -> str | None:
    """Return the language named on the command line, before anything else is read."""
    for number, word in enumerate(given):
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word == "--language" and number + 1 < len(given):
            return given[number + 1]
    return None


def _spoken(given: list[str]) -> str:
    """Return the language to complain in: the one asked for if it is known."""
    asked = _asked(given)
    if asked in LANGUAGES:
        return str(asked)
    try:
        return language()
    except UserError:
        return "en"


class _Told(logging.Handler):
    """Says in the user's language that rules are being compiled, or that they cannot be kept."""

    def __init__(self, tongue: str) -> None:
        super().__init__()
        self.tongue = tongue

    def emit(self, record: logging.LogRecord) -> None:
        why = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
        line = say("cli.uncached", self.tongue, why=why) if why else say("cli.compiling", self.tongue)
        print(line, file=sys.stderr, flush=True)


def _tell_of_compiling(tongue: str) -> None:
    speaker = logging.getLogger("cashless_sim.compiling")
    speaker.handlers, speaker.propagate = [_Told(tongue)], False


def _speak_utf8() -> None:
    """Let Windows consoles and pipes take Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        change = getattr(stream, "reconfigure", None)
        if change is not None:
            change(encoding="utf-8", errors="replace")
