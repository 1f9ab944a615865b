"""The command ``forecast``: a dated forecast of figures that are not published yet."""

from typing import Annotated, Any

from cashless_sim.present.cli.options import spoken
from cashless_sim.present.cli.validate import count_option, out_option, posterior_option


def forecast_command(tongue: str) -> Any:
    """Return the command ``forecast``."""

    def command(
        posterior: Annotated[str | None, posterior_option(tongue)] = None,
        draws: Annotated[int | None, count_option("draws", "option.draws", tongue, 2)] = None,
        workers: Annotated[int | None, count_option("workers", "option.workers", tongue, 1)] = None,
        out: Annotated[str | None, out_option(tongue)] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.cli.forecasts import carry_out

        return carry_out(posterior, draws, workers, out, tongue)

    return command
