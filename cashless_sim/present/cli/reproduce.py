"""``cashless-sim reproduce``: a saved figure made again from its manifest, and whether its data are identical."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import spoken
from cashless_sim.present.locale.figures import word


def reproduce_command(tongue: str) -> Any:
    """Return the command ``reproduce``, its options described in a language."""

    def option(name: str, key: str, metavar: str) -> Any:
        return typer.Option(f"--{name}", help=word(key, tongue), show_default=False, metavar=metavar)

    def command(
        what: Annotated[
            str,
            typer.Argument(help=word("reproduce.what", tongue), show_default=False, metavar="FILE|HASH"),
        ],
        scenario: Annotated[list[str] | None, option("scenario", "reproduce.scenario", "FILE")] = None,
        threads: Annotated[int | None, option("threads", "reproduce.threads", "N")] = None,
        out: Annotated[str | None, option("out", "reproduce.into", "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.again import carry_out

        return carry_out(what, tuple(scenario or ()), threads, Path(out) if out else None, tongue)

    return command
