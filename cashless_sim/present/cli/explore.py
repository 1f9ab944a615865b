"""The command ``explore``: every combination of a few choices simulated, as one page that opens without Python."""

import datetime
from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import LARGEST_SEED, number, spoken, text, whole
from cashless_sim.present.locale.explore import told

STORE = "results/store.sqlite"
HOUSEHOLDS, DRAWS, BASE, MONTH = 20_000, 20, "01-nen", "2028-12"
FEWEST_DRAWS = 2
"""Fewer have no interval, so nothing could be told apart."""


def explore_command(tongue: str) -> Any:
    """Return the command ``explore``."""

    def said(name: str, key: str, metavar: str) -> Any:
        return typer.Option(f"--{name}", help=told(f"option.{key}", tongue), show_default=False, metavar=metavar)

    draws_option = typer.Option(
        "--draws",
        help=told("option.draws", tongue),
        show_default=False,
        metavar="N",
        parser=whole("draws", FEWEST_DRAWS, 1000),
    )

    def command(
        scenario: Annotated[
            list[str] | None,
            typer.Argument(help=told("option.scenario", tongue), show_default=False, metavar="SCENARIO…"),
        ] = None,
        to: Annotated[str | None, said("to", "to", "SCENARIO")] = None,
        month: Annotated[str | None, said("month", "month", "YYYY-MM")] = None,
        draws: Annotated[int | None, draws_option] = None,
        households: Annotated[int | None, number("households", "decision.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, said("out", "file", "FILE")] = None,
        date: Annotated[str | None, said("date", "date", "YYYY-MM-DD")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.explore.carrying import Wish, carry_out

        wish = Wish(
            scenarios=tuple(scenario or ()),
            to=to or BASE,
            month=month or MONTH,
            draws=DRAWS if draws is None else draws,
            households=households or HOUSEHOLDS,
            seed=1 if seed is None else seed,
            workers=workers,
            store=store or STORE,
            out=out or "results/explorer.html",
            date=date or datetime.date.today().isoformat(),
        )
        return carry_out(wish, tongue)

    return command
