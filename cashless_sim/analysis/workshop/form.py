"""One table's proposal: the choices that it ticked, checked against its chips, as a scenario that can be run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cashless_sim.analysis.workshop.menu import Choice, Menu
from cashless_sim.errors import BadValue, DataProblem, UnknownName
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.scenario.writing import toml_text

MOST_TABLES = 99
MOST_ROUNDS = 9


@dataclass(frozen=True, order=True)
class Form:
    """What one table proposes in one round; a table is a number, never a person."""

    table: int
    round: int
    choices: tuple[int, ...]

    @property
    def name(self) -> str:
        """The name of its scenario and of its file."""
        return f"table-{self.table}-round-{self.round}"


def checked(form: Form, menu: Menu, where: str | None = None) -> Form:
    """Return the form with its choices in order; ``where`` says which file it is from.

    Raises `BadValue` for a table or round that cannot be and for chips over the budget, `UnknownName` for a choice that
    is not there, `DataProblem` for one that is ticked twice.
    """
    at = {} if where is None else {"where": where}
    for what, value, most in (("table", form.table, MOST_TABLES), ("round", form.round, MOST_ROUNDS)):
        if not 1 <= value <= most:
            raise BadValue(**at, what=what, value=value, expected=f"a whole number from 1 to {most}")
    known = menu.by_number
    for number in form.choices:
        if number not in known:
            raise UnknownName(**at, what="choice", name=number, expected=", ".join(map(str, known)))
        if form.choices.count(number) > 1:
            problem = f"choice {number} is ticked twice"
            raise DataProblem(**at, problem=problem, expected="each choice once at most")
    spent = chips(form, menu)
    if spent > menu.budget:
        what = f"chips of table {form.table}"
        raise BadValue(**at, what=what, value=spent, expected=f"at most {menu.budget}")
    return Form(form.table, form.round, tuple(sorted(form.choices)))


def distinct(forms: Iterable[Form]) -> tuple[Form, ...]:
    """Return forms in order; raise `BadValue` without any and when a table has two in one round."""
    found = tuple(sorted(forms))
    names = [form.name for form in found]
    if not found:
        raise BadValue(what="forms", value=0, expected="at least one")
    for form in found:
        if names.count(form.name) > 1:
            what = f"forms of table {form.table} in round {form.round}"
            raise BadValue(what=what, value=names.count(form.name), expected="one; key the right one again")
    return found


def chosen(form: Form, menu: Menu) -> tuple[Choice, ...]:
    """Return what the table chose."""
    return tuple(menu.by_number[number] for number in form.choices)


def chips(form: Form, menu: Menu) -> int:
    """Return the chips that it takes."""
    return sum(one.chips for one in chosen(form, menu))


def scenario(form: Form, menu: Menu) -> Scenario:
    """Return as now with the campaigns of the choices added; raise as a scenario does."""
    base = menu.baseline
    kept: Sequence[Any] = base.settings().campaigns
    return base.with_({"campaigns": [*kept, *_campaigns(form, menu)]}, name=form.name)


def plan_text(form: Form, menu: Menu, title: str, title_vi: str) -> str:
    """Return the proposal as the text of a plan that extends the base, to go on with; its recipe is `scenario`'s."""
    head = {"extends": menu.base, "title": title, "title_vi": title_vi}
    return toml_text({**head, "time": {"end": menu.judged}, "campaigns": _campaigns(form, menu)})


def _campaigns(form: Form, menu: Menu) -> list[dict[str, Any]]:
    return [{**campaign, "source": "assumed"} for one in chosen(form, menu) for campaign in one.campaigns]
