"""The command ``new``: a commented scenario made from one that ships."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cashless_sim.errors import BadValue, FileProblem
from cashless_sim.present.cli.options import spoken
from cashless_sim.present.locale.commands import told
from cashless_sim.present.locale.sentences import say

BASE = "hung-yen"


def new_command(tongue: str) -> Any:
    """Return the command ``new``."""
    named = typer.Argument(help=told("option.name", tongue), show_default=False, metavar="NAME")
    begun = typer.Option("--from", help=told("option.from", tongue), show_default=False, metavar="SCENARIO")
    written = typer.Option("--out", help=told("option.new.out", tongue), show_default=False, metavar="FILE")

    def command(
        name: Annotated[str, named],
        base: Annotated[str, begun] = BASE,
        out: Annotated[str | None, written] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        return write(name, base, Path(out) if out else None, tongue)

    return command


def write(name: str, base: str, out: Path | None, tongue: str) -> int:
    """Write the scenario; return 0. Raises `UserError`; a file that is there already is never written over."""
    from cashless_sim.experiment.writing import part, whole, writable
    from cashless_sim.present.cli.shown import scenario_named
    from cashless_sim.present.template import commented

    if part(name) != name or not name.strip():
        raise BadValue(what="name of a scenario", value=name, expected="a name that can be a file's")
    path = out or Path(f"{name}.toml")
    if path.exists():
        raise FileProblem(path=str(path), problem="it is there already", expected="a new file")
    text = commented(scenario_named(base), str(path), tongue)
    writable(path.parent)
    whole(path, lambda made: _put(made, text))
    print(say("cli.written", tongue, folder=path.resolve().parent, files=path.name))
    print(told("new.next", tongue, file=path))
    return 0


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
