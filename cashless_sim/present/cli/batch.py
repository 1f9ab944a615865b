"""The commands for many runs: ``sweep`` makes them, ``store`` looks after them."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.as_json import json_option
from cashless_sim.present.cli.options import LARGEST_SEED, flag, number, spoken, text
from cashless_sim.present.cli.screens import command_class, group_class
from cashless_sim.present.locale.sentences import say

STORE = "results/store.sqlite"


def sweep_command(tongue: str) -> Any:
    """Return the command ``sweep``."""

    def command(
        scenario: Annotated[
            list[str] | None,
            typer.Argument(help=say("cli.scenario", tongue), show_default=False, metavar="SCENARIO"),
        ] = None,
        vary: Annotated[list[str] | None, text("vary", "sweep.vary", tongue, "KEY=VALUES")] = None,
        points: Annotated[int | None, number("points", "sweep.points", tongue, 1, 1_000_000)] = None,
        method: Annotated[str | None, text("method", "sweep.method", tongue, "latin|sobol")] = None,
        design: Annotated[str | None, text("design", "sweep.design", tongue, "FILE")] = None,
        replicates: Annotated[int | None, number("replicates", "sweep.replicates", tongue, 1, 1000)] = None,
        draws: Annotated[int | None, number("draws", "sweep.draws", tongue, 0, 10_000)] = None,
        households: Annotated[int | None, number("households", "cli.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        group: Annotated[list[str] | None, text("group", "sweep.group", tongue, "GROUP")] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        scheduler: Annotated[str | None, text("scheduler", "sweep.scheduler", tongue, "tcp://…")] = None,
        retry: Annotated[bool, flag("retry", "sweep.retry", tongue)] = False,
        name: Annotated[str | None, text("name", "sweep.name", tongue, "NAME")] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, text("out", "sweep.out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.sweep import Wish, carry_out

        wish = Wish(
            scenarios=tuple(scenario or ["hung-yen"]),
            vary=tuple(vary or ()),
            points=points,
            method=method,
            design=design,
            replicates=replicates or 1,
            draws=draws or 0,
            households=households,
            seed=1 if seed is None else seed,
            groups=tuple(group or ()),
            workers=workers,
            scheduler=scheduler,
            retry=retry,
            name=name,
            store=store or STORE,
            out=out,
        )
        return carry_out(wish, tongue)

    return command


def store_commands(tongue: str) -> typer.Typer:
    """Return the commands under ``store``."""
    cls, one = group_class(tongue), command_class(tongue)
    app = typer.Typer(cls=cls, help=say("cli.store", tongue), no_args_is_help=True, rich_markup_mode=None)

    def top(language: Annotated[str | None, spoken(tongue)] = None) -> None:
        pass

    app.callback()(top)
    path = typer.Argument(help=say("store.path", tongue), show_default=False, metavar="STORE")
    usual = typer.Argument(help=say("store.usual", tongue), show_default=False, metavar="STORE")

    def ls(
        store: Annotated[str | None, usual] = None,
        failed: Annotated[bool, flag("failed", "store.ls.failed", tongue)] = False,
        json: Annotated[bool, json_option(tongue)] = False,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.store import listed

        return listed(store or STORE, failed, tongue, json)

    def verify(
        store: Annotated[str | None, usual] = None,
        drop: Annotated[bool, flag("drop", "store.verify.drop", tongue)] = False,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.store import verified

        return verified(store or STORE, drop, tongue)

    def gc(
        store: Annotated[str, path],
        forget: Annotated[str | None, text("forget", "store.gc.forget", tongue, "SWEEP")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.store import cleared

        return cleared(store, forget, tongue)

    def merge(
        into: Annotated[str, typer.Argument(help=say("store.into", tongue), show_default=False, metavar="STORE")],
        other: Annotated[
            list[str], typer.Argument(help=say("store.other", tongue), show_default=False, metavar="OTHER…")
        ],
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.store import merged

        return merged(into, tuple(other), tongue)

    for name, command in (("ls", ls), ("verify", verify), ("gc", gc), ("merge", merge)):
        app.command(name, cls=one, help=say(f"store.{name}", tongue))(command)
    return app
