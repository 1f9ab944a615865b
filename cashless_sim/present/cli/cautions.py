"""What is allowed in a scenario and probably not meant: one line each on the error stream."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from cashless_sim.present.locale.sentences import month, say
from cashless_sim.scenario.marked import Marked, name_of
from cashless_sim.scenario.reading import GROUPED
from cashless_sim.scenario.recipe import Scenario

MONEY = (("campaigns", "cost_per_contact"), ("campaigns", "cost_fixed"), ("policies", "budget"))


def warn(scenario: Scenario, tongue: str) -> None:
    """Print what may be a slip in the scenario's own file."""
    for sentence in cautions(scenario, tongue):
        print(say("cli.warning", tongue, sentence=sentence), file=sys.stderr)


def cautions(scenario: Scenario, tongue: str) -> Iterator[str]:
    """Yield a sentence for an empty file, a campaign that no month of the run has, an amount in thousands."""
    marks = getattr(scenario, "marks", None)
    if marks is None:
        return
    if not marks.value:
        yield say("caution.empty", tongue, file=_file(marks))
    yield from _campaigns(scenario, marks, tongue)
    yield from _amounts(marks, tongue)


def _file(mark: Marked) -> str:
    return mark.where.rpartition(":")[0]


def _campaigns(scenario: Scenario, marks: Marked, tongue: str) -> Iterator[str]:
    """Yield the campaigns of the file itself that lie outside the run."""
    time, own = scenario.recipe.time, _file(marks)
    written = {str(name_of(m)): m for m in marks.at(["campaigns"]).inside() if _file(m) == own}
    for campaign in scenario.recipe.campaigns:
        if campaign.name not in written:
            continue
        facts = {"name": campaign.name, "where": written[campaign.name].where}
        if campaign.start > time.end:
            when = {"start": month(campaign.start, tongue), "end": month(time.end, tongue)}
            yield say("caution.late", tongue, **facts, **when)
        elif campaign.end < time.start:
            when = {"end": month(campaign.end, tongue), "start": month(time.start, tongue)}
            yield say("caution.early", tongue, **facts, **when)


def _amounts(marks: Marked, tongue: str) -> Iterator[str]:
    """Yield amounts whose thousands are set apart by a dot, which TOML reads as a fraction."""
    for table, key in MONEY:
        for item in marks.at([table]).inside():
            mark = item.at([key])
            if mark is not item and GROUPED.fullmatch(mark.digits):
                digits = mark.digits.replace(".", "_")
                yield say("caution.amount", tongue, where=mark.where, key=key, digits=mark.digits, meant=digits)
