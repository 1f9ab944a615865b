"""``cashless-sim explain``: one synthetic household's story, and what set off all first digital payments."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import LARGEST_SEED, number, spoken
from cashless_sim.present.locale.sentences import number as written
from cashless_sim.present.locale.sentences import say

HOUSEHOLDS = 2000


def explain_command(tongue: str) -> Any:
    """Return the command ``explain``."""
    named = typer.Argument(help=say("explain.scenario", tongue), show_default=False, metavar="SCENARIO")

    def command(
        scenario: Annotated[str | None, named] = None,
        household: Annotated[int | None, number("household", "explain.household", tongue, 1)] = None,
        households: Annotated[int | None, number("households", "explain.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        return _told(scenario or "hung-yen", household, households or HOUSEHOLDS, 1 if seed is None else seed, tongue)

    return command


def _told(scenario: str, household: int | None, households: int, seed: int, tongue: str) -> int:
    """Run, then print the story and the ledger; return 0. Raises `UserError`."""
    from cashless_sim.present.cli.cautions import warn
    from cashless_sim.present.progress import Progress
    from cashless_sim.present.story import explain
    from cashless_sim.scenario.recipe import Scenario

    loaded = Scenario.load(scenario)
    warn(loaded, tongue)
    opening = say("explain.working", tongue, scenario=loaded.name, households=written(households, tongue))
    with Progress(tongue, opening) as progress:
        story = explain(loaded, household, households, seed, tongue, progress)
    print(story)
    print("\n".join(["", *story.ledger_lines()]))
    return 0
