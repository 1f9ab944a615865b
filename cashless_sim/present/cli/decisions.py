"""The commands for who has to decide: their options, described in the user's language."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.as_json import json_option
from cashless_sim.present.cli.options import LARGEST_SEED, flag, number, spoken, text
from cashless_sim.present.cli.scenario import scenario_commands
from cashless_sim.present.locale.sentences import say

STORE = "results/store.sqlite"


def _scenarios(tongue: str) -> Any:
    return typer.Argument(help=say("decision.scenario", tongue), show_default=False, metavar="SCENARIO…")


def _several(name: str, key: str, tongue: str, metavar: str) -> Any:
    return typer.Option(f"--{name}", help=say(key, tongue), show_default=False, metavar=metavar)


def compare_command(tongue: str, costs: bool = False) -> Any:
    """Return the command ``compare``, or with ``costs`` the command of that name."""

    def command(
        scenario: Annotated[list[str], _scenarios(tongue)],
        to: Annotated[str | None, text("to", "decision.to", tongue, "SCENARIO")] = None,
        measure: Annotated[list[str] | None, _several("measure", "decision.measure", tongue, "NAME")] = None,
        group: Annotated[list[str] | None, _several("group", "decision.group", tongue, "GROUP")] = None,
        month: Annotated[str | None, text("month", "decision.month", tongue, "YYYY-MM")] = None,
        width: Annotated[str | None, text("width", "decision.width", tongue, "POINTS")] = None,
        diverging: Annotated[bool, flag("diverging", "decision.diverging", tongue)] = False,
        replicates: Annotated[int | None, number("replicates", "decision.replicates", tongue, 1, 1000)] = None,
        draws: Annotated[int | None, number("draws", "decision.draws", tongue, 0, 10_000)] = None,
        households: Annotated[int | None, number("households", "decision.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, text("out", "decision.out", tongue, "DIR")] = None,
        json: Annotated[bool, json_option(tongue)] = False,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.compare import Wish, carry_out, cost_out

        wish = Wish(
            scenarios=tuple(scenario),
            to=to,
            measures=tuple(measure or ()),
            groups=tuple(group or ()),
            month=month,
            width=width,
            diverging=diverging,
            replicates=(0 if draws else 8) if replicates is None else replicates,
            draws=draws or 0,
            households=households or 20_000,
            seed=1 if seed is None else seed,
            workers=workers,
            store=store or STORE,
            out=out,
            json=json,
        )
        return cost_out(wish, tongue) if costs else carry_out(wish, tongue)

    return command


def plans_command(tongue: str) -> Any:
    """Return the command ``plans``."""
    names = typer.Argument(help=say("plans.names", tongue), show_default=False, metavar="PLAN…")

    def command(
        plan: Annotated[list[str] | None, names] = None,
        listed: Annotated[bool, flag("list", "plans.list", tongue)] = False,
        replicates: Annotated[int | None, number("replicates", "plans.replicates", tongue, 1, 1000)] = None,
        draws: Annotated[int | None, number("draws", "plans.draws", tongue, 0, 10_000)] = None,
        households: Annotated[int | None, number("households", "decision.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, text("out", "decision.out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.plans import Wish, carry_out

        wish = Wish(
            names=tuple(plan or ()),
            listed=listed,
            replicates=replicates,
            draws=20 if draws is None else draws,
            households=households or 20_000,
            seed=1 if seed is None else seed,
            workers=workers,
            store=store or STORE,
            out=out,
        )
        return carry_out(wish, tongue)

    return command


def optimise_command(tongue: str) -> Any:
    """Return the command ``optimise``."""
    question = typer.Argument(help=say("optimise.question", tongue), show_default=False, metavar="QUESTION")

    def command(
        question: Annotated[str, question] = "hung-yen-2027",
        unit_costs: Annotated[str | None, text("unit-costs", "optimise.costs", tongue, "FILE")] = None,
        draws: Annotated[int | None, number("draws", "optimise.draws", tongue, 2, 1000)] = None,
        households: Annotated[int | None, number("households", "optimise.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, text("out", "decision.out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.optimise import Wish, carry_out

        wish = Wish(
            question=question,
            costs=unit_costs,
            draws=draws or 6,
            households=households,
            seed=1 if seed is None else seed,
            workers=workers,
            store=store or STORE,
            out=out,
        )
        return carry_out(wish, tongue)

    return command


def sensitivity_command(tongue: str) -> Any:
    """Return the command ``sensitivity``."""

    def command(
        scenario: Annotated[list[str], _scenarios(tongue)],
        method: Annotated[str | None, text("method", "sensitivity.method", tongue, "morris|sobol|draws")] = None,
        vary: Annotated[list[str] | None, _several("vary", "sensitivity.vary", tongue, "KEY=LOW:HIGH")] = None,
        points: Annotated[int | None, number("points", "sensitivity.points", tongue, 2, 100_000)] = None,
        measure: Annotated[str | None, text("measure", "sensitivity.measure", tongue, "NAME")] = None,
        month: Annotated[str | None, text("month", "decision.month", tongue, "YYYY-MM")] = None,
        draws: Annotated[int | None, number("draws", "sensitivity.draws", tongue, 20, 10_000)] = None,
        households: Annotated[int | None, number("households", "decision.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, text("out", "decision.out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.sensitivity import Wish, carry_out

        wish = Wish(
            scenarios=tuple(scenario),
            method=method or "morris",
            vary=tuple(vary or ()),
            points=points or 8,
            measure=measure or "using",
            month=month,
            draws=draws or 100,
            households=households or 20_000,
            seed=1 if seed is None else seed,
            workers=workers,
            store=store or STORE,
            out=out,
        )
        return carry_out(wish, tongue)

    return command


def add_decisions(app: typer.Typer, tongue: str, kind: Any = None) -> None:
    """Add the commands to the command line; ``kind`` is the class of a command, if it is not Typer's own."""
    made = {
        "compare": compare_command(tongue),
        "costs": compare_command(tongue, costs=True),
        "plans": plans_command(tongue),
        "optimise": optimise_command(tongue),
        "sensitivity": sensitivity_command(tongue),
    }
    for name, command in made.items():
        app.command(name, cls=kind, help=say(f"cli.{name}", tongue))(command)
    app.add_typer(scenario_commands(tongue), name="scenario")
