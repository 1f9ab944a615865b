"""``cashless-sim check-rule``: whether a rule of one's own is sound, one line a check."""

from typing import Annotated, Any

import typer

from cashless_sim.present.cli.options import spoken
from cashless_sim.present.locale.rule_check import told

UNSOUND = 1


def check_rule_command(tongue: str) -> Any:
    """Return the command ``check-rule``."""
    named = typer.Argument(help=told("argument", tongue), show_default=False, metavar="RULE")
    within = typer.Option("--scenario", help=told("scenario", tongue), show_default=False, metavar="SCENARIO")

    def command(
        rule: Annotated[str, named],
        scenario: Annotated[str | None, within] = None,
        language: Annotated[str | None, spoken(tongue)] = None,
    ) -> int:
        return check(rule, scenario or "hung-yen", tongue)

    return command


def check(rule: str, scenario: str, tongue: str) -> int:
    """Print the report of a rule; return 0 when it is sound, else 1. Raises `UserError`."""
    from cashless_sim.present.locale.rule_check import finding
    from cashless_sim.testing.checking import check_rule

    report = check_rule(rule, scenario)
    for one in report.findings:
        print(finding(one, tongue))
    counts = {name: sum(one.status == name for one in report.findings) for name in ("ok", "note", "refused")}
    skipped = sum(one.status == "not tried" for one in report.findings)
    print(told("sound" if report.ok else "unsound", tongue, rule=report.rule, skipped=skipped, **counts))
    return 0 if report.ok else UNSOUND
