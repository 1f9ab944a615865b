"""The command ``calibrate``: its options, described in the user's language."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import LARGEST_SEED, flag, number, spoken, text
from cashless_sim.present.locale.scorecard import told
from cashless_sim.present.locale.sentences import say


def calibrate_command(tongue: str) -> Any:
    """Return the command ``calibrate``."""
    whole_record = typer.Option("--everything", help=told("calibrate.everything", tongue), show_default=False)
    without = typer.Option("--ablation", help=told("calibrate.ablation", tongue), show_default=False, metavar="NAME")
    several = typer.Option("--member", help=say("calibrate.member", tongue), show_default=False, metavar="NAME")

    def command(
        quick: Annotated[bool, flag("quick", "calibrate.quick", tongue)] = False,
        everything: Annotated[bool, whole_record] = False,
        ablation: Annotated[str | None, without] = None,
        targets: Annotated[str | None, text("targets", "calibrate.targets", tongue, "FILE")] = None,
        member: Annotated[list[str] | None, several] = None,
        households: Annotated[int | None, number("households", "calibrate.households", tongue, 1)] = None,
        particles: Annotated[int | None, number("particles", "calibrate.particles", tongue, 2, 100_000)] = None,
        simulations: Annotated[int | None, number("simulations", "calibrate.simulations", tongue, 2)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        out: Annotated[str | None, text("out", "calibrate.out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.calibrated import Wish, carry_out

        wish = Wish(
            quick=quick,
            everything=everything,
            ablation=ablation or "",
            targets=targets,
            members=tuple(member or ()),
            households=households,
            particles=particles,
            simulations=simulations,
            seed=1 if seed is None else seed,
            workers=workers,
            out=out,
        )
        return carry_out(wish, tongue)

    return command
