"""The command ``slides``: a talk about scenarios in both languages, as one file."""

from typing import Annotated, Any

from cashless_sim.present.cli.options import LARGEST_SEED, number, spoken, text
from cashless_sim.present.cli.report import DRAWS, STORE, counted, file_option, scenarios_option, shown


def slides_command(tongue: str) -> Any:
    """Return the command ``slides``."""

    def command(
        scenario: Annotated[list[str], scenarios_option(tongue)],
        to: Annotated[str | None, text("to", "decision.to", tongue, "SCENARIO")] = None,
        month: Annotated[str | None, text("month", "decision.month", tongue, "YYYY-MM")] = None,
        replicates: Annotated[int | None, counted("replicates", "option.replicates", tongue, 1, 1000)] = None,
        draws: Annotated[int | None, counted("draws", "option.draws", tongue, 0, 10_000)] = None,
        households: Annotated[int | None, number("households", "decision.households", tongue, 1)] = None,
        seed: Annotated[int | None, number("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, number("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, text("store", "sweep.store", tongue, "FILE")] = None,
        out: Annotated[str | None, file_option(tongue)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.report.asking import Wish, asked_for
        from cashless_sim.present.report.report import put
        from cashless_sim.present.slides.slides import slides

        wish = Wish(
            scenarios=tuple(scenario),
            to=to,
            month=month,
            replicates=replicates or 1,
            draws=DRAWS if draws is None else draws,
            households=households or 20_000,
            seed=1 if seed is None else seed,
            workers=workers,
            store=store or STORE,
            out=out,
        )
        matter = asked_for(wish, tongue)
        return shown([put(wish.file(".html"), slides(matter, tongue))], tongue)

    return command
