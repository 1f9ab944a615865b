"""The commands and their options, described in the user's language."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.as_json import json_option
from cashless_sim.present.cli.batch import store_commands, sweep_command
from cashless_sim.present.cli.calibrate import calibrate_command
from cashless_sim.present.cli.check import check_commands
from cashless_sim.present.cli.check_rule import check_rule_command
from cashless_sim.present.cli.completion import completion_command
from cashless_sim.present.cli.decisions import add_decisions
from cashless_sim.present.cli.explain import explain_command
from cashless_sim.present.cli.explore import explore_command
from cashless_sim.present.cli.export import export_command
from cashless_sim.present.cli.forecast import forecast_command
from cashless_sim.present.cli.local import local_commands
from cashless_sim.present.cli.new import new_command
from cashless_sim.present.cli.options import LARGEST_SEED, spoken, whole
from cashless_sim.present.cli.report import report_command
from cashless_sim.present.cli.reproduce import reproduce_command
from cashless_sim.present.cli.screens import command_class, group_class
from cashless_sim.present.cli.slides import slides_command
from cashless_sim.present.cli.validate import validate_command
from cashless_sim.present.cli.workshop import workshop_commands
from cashless_sim.present.locale import commands as words
from cashless_sim.present.locale import explore, figures, report, rule_check, scorecard
from cashless_sim.present.locale.sentences import say

HELP = {"help_option_names": ["-h", "--help"]}


def commands(tongue: str) -> Any:
    """Return the whole command line, to be called with ``args``."""
    one = command_class(tongue)
    app = typer.Typer(
        cls=group_class(tongue),
        help=say("cli.app", tongue),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings=HELP,
    )
    app.callback()(_version(tongue))
    app.command("new", cls=one, help=words.told("command.new", tongue))(new_command(tongue))
    app.command("run", cls=one, help=say("cli.run", tongue))(_run(tongue))
    add_decisions(app, tongue, one)
    app.command("sweep", cls=one, help=say("cli.sweep", tongue))(sweep_command(tongue))
    app.command("explain", cls=one, help=say("cli.explain", tongue))(explain_command(tongue))
    app.add_typer(store_commands(tongue), name="store")
    app.command("calibrate", cls=one, help=say("cli.calibrate", tongue))(calibrate_command(tongue))
    app.command("validate", cls=one, help=scorecard.told("command.validate", tongue))(validate_command(tongue))
    app.command("forecast", cls=one, help=scorecard.told("command.forecast", tongue))(forecast_command(tongue))
    app.add_typer(check_commands(tongue), name="check")
    app.add_typer(local_commands(tongue), name="local")
    for name, made in (("report", report_command), ("slides", slides_command), ("export", export_command)):
        app.command(name, cls=one, help=report.told(f"command.{name}", tongue))(made(tongue))
    app.command("explore", cls=one, help=explore.told("command.explore", tongue))(explore_command(tongue))
    app.command("reproduce", cls=one, help=figures.word("command.reproduce", tongue))(reproduce_command(tongue))
    app.add_typer(workshop_commands(tongue), name="workshop")
    app.command("check-rule", cls=one, help=rule_check.told("command", tongue))(check_rule_command(tongue))
    app.command("completion", cls=one, help=words.told("command.completion", tongue))(completion_command(tongue))
    app.command("doctor", cls=one, help=say("cli.doctor", tongue))(_doctor(tongue))
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
        json: Annotated[bool, json_option(tongue)] = False,
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
            json=json,
        )
        return carry_out(wish, tongue)

    return command


def _doctor(tongue: str) -> Any:
    def command(
        json: Annotated[bool, json_option(tongue)] = False,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.doctor import examine

        return examine(tongue, json)

    return command
