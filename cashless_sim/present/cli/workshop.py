"""The commands under ``workshop``: papers to print, forms keyed and scored, the table for a hall without a computer."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import LARGEST_SEED, spoken, whole
from cashless_sim.present.cli.options import number as sized
from cashless_sim.present.cli.screens import command_class, group_class
from cashless_sim.present.locale.workshop import told

STORE = "results/workshop/store.sqlite"


def workshop_commands(tongue: str) -> typer.Typer:
    """Return the commands ``workshop papers``, ``key``, ``form``, ``prepare``, ``score`` and ``singles``."""
    cls, one = group_class(tongue), command_class(tongue)
    app = typer.Typer(cls=cls, help=told("command", tongue), no_args_is_help=True, rich_markup_mode=None)

    def top(language: Annotated[str | None, spoken(tongue)] = None) -> None:
        pass

    app.callback()(top)
    made = {"papers": _papers, "key": _key, "form": _form, "prepare": _prepare, "score": _score, "singles": _singles}
    for name, command in made.items():
        app.command(name, cls=one, help=told(f"command.{name}", tongue))(command(tongue))
    return app


def _text(name: str, tongue: str, metavar: str) -> Any:
    return typer.Option(f"--{name}", help=told(f"option.{name}", tongue), show_default=False, metavar=metavar)


def _number(name: str, tongue: str, least: int, most: int | None = None) -> Any:
    said = told(f"option.{name}", tongue)
    return typer.Option(f"--{name}", help=said, show_default=False, metavar="N", parser=whole(name, least, most))


def _papers(tongue: str) -> Any:
    def command(
        choices: Annotated[str | None, _text("choices", tongue, "FILE")] = None,
        singles: Annotated[str | None, _text("singles", tongue, "FILE")] = None,
        out: Annotated[str | None, _text("out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.workshop.session import print_papers

        return print_papers(choices, singles, out, tongue)

    return command


def _key(tongue: str) -> Any:
    def command(
        table: Annotated[int | None, _number("table", tongue, 1, 99)] = None,
        choose: Annotated[str | None, _text("choose", tongue, "1,4,7")] = None,
        round: Annotated[int | None, _number("round", tongue, 1, 9)] = None,
        choices: Annotated[str | None, _text("choices", tongue, "FILE")] = None,
        out: Annotated[str | None, _text("out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.workshop.session import key_form

        return key_form(table, choose, round or 1, choices, out, tongue)

    return command


def _form(tongue: str) -> Any:
    filled = typer.Argument(help=told("option.form", tongue), show_default=False, metavar="FILE")
    to_toml = typer.Option("--to-toml", help=told("option.to-toml", tongue), show_default=False)

    def command(
        file: Annotated[str, filled],
        plan: Annotated[bool, to_toml] = False,
        choices: Annotated[str | None, _text("choices", tongue, "FILE")] = None,
        out: Annotated[str | None, _text("out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        from cashless_sim.present.workshop.session import check_form

        return check_form(file, plan, choices, out, tongue)

    return command


def _prepare(tongue: str) -> Any:
    return _scoring(tongue, "prepare", None)


def _score(tongue: str) -> Any:
    return _scoring(
        tongue, "score", typer.Argument(help=told("option.forms", tongue), show_default=False, metavar="FORMS…")
    )


def _singles(tongue: str) -> Any:
    return _scoring(tongue, "singles", None)


def _scoring(tongue: str, name: str, forms: Any) -> Any:
    """Return a command that runs the model; only ``score`` takes forms."""

    def carried(given: tuple[str, ...], facts: dict[str, Any]) -> int:
        import cashless_sim.present.workshop.session as session

        wish = session.Wish(
            forms=given,
            choices=facts["choices"],
            households=facts["households"] or session.HOUSEHOLDS,
            draws=session.DRAWS if facts["draws"] is None else facts["draws"],
            seed=1 if facts["seed"] is None else facts["seed"],
            workers=facts["workers"],
            store=facts["store"] or STORE,
            out=facts["out"],
        )
        done: int = getattr(session, name)(wish, tongue)
        return done

    def plain(
        choices: Annotated[str | None, _text("choices", tongue, "FILE")] = None,
        households: Annotated[int | None, _number("households", tongue, 1)] = None,
        draws: Annotated[int | None, _number("draws", tongue, 2, 1000)] = None,
        seed: Annotated[int | None, sized("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, sized("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, _text("store", tongue, "FILE")] = None,
        out: Annotated[str | None, _text("out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        return carried((), locals())

    def scored(
        form: Annotated[list[str] | None, forms] = None,
        choices: Annotated[str | None, _text("choices", tongue, "FILE")] = None,
        households: Annotated[int | None, _number("households", tongue, 1)] = None,
        draws: Annotated[int | None, _number("draws", tongue, 2, 1000)] = None,
        seed: Annotated[int | None, sized("seed", "cli.seed", tongue, 0, LARGEST_SEED)] = None,
        workers: Annotated[int | None, sized("workers", "sweep.workers", tongue, 1, 1024)] = None,
        store: Annotated[str | None, _text("store", tongue, "FILE")] = None,
        out: Annotated[str | None, _text("out", tongue, "DIR")] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        return carried(tuple(form or ()), locals())

    return plain if forms is None else scored
