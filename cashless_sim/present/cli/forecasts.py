"""``cashless-sim forecast``: what the planning posterior says of figures to come, with date and hash."""

from __future__ import annotations

from pathlib import Path

from cashless_sim.calibration.forecast import DRAWS, forecast
from cashless_sim.data import calibrated
from cashless_sim.present.cli.validated import console, table
from cashless_sim.present.locale.scorecard import told
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.progress import Progress


def carry_out(posterior: str | None, draws: int | None, workers: int | None, out: str | None, tongue: str) -> int:
    """Forecast, write and show; return 0. Raises `UserError`."""
    shipped = calibrated("planning")
    folder = Path(posterior) if posterior else shipped
    made = Path(out) if out else shipped.parent.parent
    with Progress(tongue, told("validate.working", tongue, draws=number(draws or DRAWS, tongue))) as progress:
        found, files = forecast(folder, made, draws or DRAWS, workers, progress)
    heads = [told(f"validate.head.{name}", tongue) for name in ("point", "forecast", "range", "range95")]
    shown = table("forecast.title", heads, tongue)
    for row in found.to_dict("records"):
        low, high, lowest, highest = (_percent(row[name], tongue) for name in ("low80", "high80", "low95", "high95"))
        middle = _percent(row["median"], tongue)
        shown.add_row(str(row["point"]), middle, f"{low} – {high}", f"{lowest} – {highest}")
    console().print(shown)
    print(say("cli.written", tongue, folder=made, files=", ".join(path.name for path in files)))
    return 0


def _percent(share: float, tongue: str) -> str:
    return number(100 * share, tongue, 1)
