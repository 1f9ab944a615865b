"""``cashless-sim scenario``: a plan as a spreadsheet, and a spreadsheet as a plan."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import spoken, text
from cashless_sim.present.cli.screens import command_class, group_class
from cashless_sim.present.locale.sentences import say


def scenario_commands(tongue: str) -> typer.Typer:
    """Return the commands under ``scenario``."""
    cls, one = group_class(tongue), command_class(tongue)
    app = typer.Typer(cls=cls, help=say("cli.scenario.group", tongue), no_args_is_help=True, rich_markup_mode=None)

    def top(language: Annotated[str | None, spoken(tongue)] = None) -> None:
        pass

    app.callback()(top)
    named = typer.Argument(help=say("decision.scenario", tongue), show_default=False, metavar="SCENARIO")
    sheet = typer.Argument(help=say("scenario.sheet", tongue), show_default=False, metavar="FILE.xlsx")

    def to_xlsx(
        scenario: Annotated[str, named],
        base: Annotated[str | None, text("base", "scenario.base", tongue, "SCENARIO")] = None,
        out: Annotated[str | None, text("out", "scenario.out", tongue, "FILE")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        return written_sheet(scenario, base, out, tongue)

    def from_xlsx(
        file: Annotated[str, sheet],
        base: Annotated[str | None, text("base", "scenario.base", tongue, "SCENARIO")] = None,
        out: Annotated[str | None, text("out", "scenario.out", tongue, "FILE")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        return read_sheet(file, base, out, tongue)

    for name, command in (("to-xlsx", to_xlsx), ("from-xlsx", from_xlsx)):
        app.command(name, cls=one, help=say(f"scenario.{name}", tongue))(command)
    return app


def written_sheet(name: str, base: str | None, out: str | None, tongue: str) -> int:
    """Write a scenario as a spreadsheet; return 0. Raises `UserError`."""
    from cashless_sim.present.cli.shown import scenario_named
    from cashless_sim.present.spreadsheet import to_sheet

    scenario = scenario_named(name)
    path = to_sheet(scenario, scenario_named(base or "hung-yen"), out or f"{scenario.name}.xlsx", tongue)
    _say(path, tongue)
    return 0


def read_sheet(file: str, base: str | None, out: str | None, tongue: str) -> int:
    """Write the scenario of a spreadsheet as TOML; return 0. Raises `UserError`."""
    from cashless_sim.experiment.writing import whole
    from cashless_sim.present.cli.shown import scenario_named
    from cashless_sim.present.spreadsheet import from_sheet

    scenario = from_sheet(file, None if base is None else scenario_named(base))
    path = Path(out or f"{Path(file).stem}.toml")
    content = scenario.to_toml()
    whole(path, lambda part: _put(part, content))
    _say(path, tongue)
    return 0


def _put(path: Path, content: Any) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")


def _say(path: Path, tongue: str) -> None:
    print(say("cli.written", tongue, folder=path.resolve().parent, files=path.name))
