"""The commands and their options, described in the user's language."""

from typing import Annotated, Any

import typer

from cashless_sim.errors import nearest
from cashless_sim.present.cli.batch import store_commands, sweep_command
from cashless_sim.present.cli.calibrate import calibrate_command
from cashless_sim.present.cli.options import LARGEST_SEED, spoken, whole
from cashless_sim.present.locale.sentences import say

OPTIONS = tuple(
    f"--{name}"
    for name in (
        *("replicates", "draws", "households", "seed", "threads", "out", "language", "version", "help"),
        *("vary", "points", "method", "design", "group", "workers", "scheduler", "retry", "name", "store"),
        *("failed", "drop", "forget"),
        *("quick", "member", "particles", "simulations"),
    )
)
HELP = {"help_option_names": ["-h", "--help"]}


def commands(tongue: str) -> Any:
    """Return the whole command line, to be called with ``args``."""
    app = typer.Typer(
        help=say("cli.app", tongue),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings=HELP,
    )
    app.callback()(_version(tongue))
    app.command("run", help=say("cli.run", tongue))(_run(tongue))
    app.command("sweep", help=say("cli.sweep", tongue))(sweep_command(tongue))
    app.add_typer(store_commands(tongue), name="store")
    app.command("calibrate", help=say("cli.calibrate", tongue))(calibrate_command(tongue))
    app.command("doctor", help=say("cli.doctor", tongue))(_doctor(tongue))
    return typer.main.get_command(app)


def _version(tongue: str) -> Any:
    def show(wanted: bool) -> None:
        if wanted:
            from cashless_sim.experiment.manifest import installed

            print("cashless-sim", installed("cashless-sim"))
            raise typer.Exit

    def top(
        version: Annotated[
            bool, typer.Option("--version", callback=show, is_eager=True, help=say("cli.version", tongue))
        ] = False,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> None:
        pass

    return top


def _run(tongue: str) -> Any:
    def told(key: str, least: int | None = None, most: int | None = None) -> Any:
        read: dict[str, Any] = {"metavar": "DIR" if key == "out" else "N"}
        if least is not None:
            read["parser"] = whole(key, least, most)
        return typer.Option(f"--{key}", help=say(f"cli.{key}", tongue), show_default=False, **read)

    def command(
        scenario: Annotated[
            list[str] | None,
            typer.Argument(help=say("cli.scenario", tongue), show_default=False, metavar="SCENARIO"),
        ] = None,
        replicates: Annotated[int | None, told("replicates", 1, 1000)] = None,
        draws: Annotated[int | None, told("draws", 0, 10_000)] = None,
        households: Annotated[int | None, told("households", 1)] = None,
        seed: Annotated[int | None, told("seed", 0, LARGEST_SEED)] = None,
        threads: Annotated[int | None, told("threads", 1, 1024)] = None,
        out: Annotated[str | None, told("out")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.run import Wish, carry_out

        wish = Wish(
            scenarios=tuple(scenario or ["hung-yen"]),
            replicates=replicates or 1,
            draws=20 if draws is None else draws,
            households=households,
            seed=1 if seed is None else seed,
            threads=threads,
            out=out,
        )
        return carry_out(wish, tongue)

    return command


def _doctor(tongue: str) -> Any:
    def command(
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.doctor import examine

        return examine(tongue)

    return command


def usage_line(error: Exception, tongue: str) -> str | None:
    """Return what is wrong with the words on the command line, or None for another kind of error."""
    if not hasattr(error, "format_message") or getattr(error, "exit_code", None) != 2:
        return None
    kind = type(error).__name__
    if kind == "NoSuchOption":
        problem = say("cli.usage.option", tongue, name=error.option_name)  # type: ignore[attr-defined]
        near = nearest(error.option_name, OPTIONS)  # type: ignore[attr-defined]
        problem += "; " + say("error.near", tongue, near=near) if near else ""
    elif kind == "BadOptionUsage" and "requires" in error.format_message():
        problem = say("cli.usage.value", tongue, name=error.option_name)  # type: ignore[attr-defined]
    elif "No such command" in error.format_message():
        problem = say("cli.usage.command", tongue, name=error.format_message().split("'")[1])
    else:
        problem = say("cli.usage.other", tongue, problem=error.format_message().rstrip("."))
    return say("cli.usage", tongue, problem=problem)
