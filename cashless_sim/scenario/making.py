"""A recipe becomes `Settings`: names are looked up, months numbered, everything checked in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from cashless_sim.codes import Method
from cashless_sim.data import Place, own_hash, place
from cashless_sim.errors import BadValue, RuleProblem, UnknownKey, UnknownName, nearest
from cashless_sim.model.own_measures import measures_named
from cashless_sim.model.settings import UTILITIES, Closure, Observation, Policy, Regulation, Settings, Shock
from cashless_sim.model.start import QUINTILE
from cashless_sim.model.terms import EVERYONE, Terms
from cashless_sim.population.columns import Column
from cashless_sim.population.synthesis import COLUMNS
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.rules.catalogue import ORDER, refuse_two_owners, rule_named
from cashless_sim.rules.rule import Rule
from cashless_sim.scenario.marked import Marked, name_of
from cashless_sim.scenario.refusals import standing_in
from cashless_sim.scenario.schema import CampaignTable, ClosureTable, Recipe, ShockTable, Table, TermsTable, composed
from cashless_sim.scenario.target import condition, district_names
from cashless_sim.units import month_number


def place_named(name: str) -> Place:
    """Return a place by its name or title, or from outside as its files stand now; raise as `place` does."""
    return _place_as(name, own_hash(name))


@lru_cache(maxsize=8)
def _place_as(name: str, version: str) -> Place:
    """Return a place, read once for each state of its files."""
    return place(name)


def settings(recipe: Recipe, marks: Marked, title: str) -> Settings:
    """Return the settings of a recipe; raise `UserError` with the line that is wrong."""
    where = _place(recipe, marks)
    rules = _rules(recipe, marks)
    known = _columns(rules)
    campaigns = [_campaign(c, _one(marks, "campaigns", c.name), where, known) for c in recipe.campaigns]
    shocks = [_shock(s, _one(marks, "shocks", s.name)) for s in recipe.shocks]
    closures = [_closure(c, _one(marks, "closures", c.name), where) for c in recipe.closures]
    made: dict[str, Any] = {
        "title": recipe.title or title,
        "place": where.name,
        "start": month_number(recipe.time.start),
        "end": month_number(recipe.time.end),
        "rules": rules,
        "campaigns": tuple(sorted(campaigns, key=_by_start)),
        "shocks": tuple(sorted(shocks, key=_by_start)),
        "closures": tuple(sorted(closures, key=_by_start)),
        "regulation": Regulation(**_numbered(recipe.regulation)),
        "policies": _policies(recipe, marks),
        "banks": _terms(recipe.banks, marks.at(["banks"]), "bank", where),
        "wallets": _terms(recipe.wallets, marks.at(["wallets"]), "provider", where),
        "observation": Observation(**_numbered(recipe.observation)),
        "households": recipe.place.households,
        "measures": _measures(recipe, marks),
        **recipe.switches.model_dump(),
    }
    _horizon(recipe, marks)
    with standing_in(marks.at(["switches"])):
        return Settings(**made)


def _place(recipe: Recipe, marks: Marked) -> Place:
    with standing_in(marks.at(["place"])):
        try:
            found = place_named(recipe.place.name)
        except UnknownName as error:
            raise UnknownName(**error.facts | {"what": "place", "name": recipe.place.name}) from None
        asked = recipe.place.households
        if asked is not None and asked > found.households:
            raise BadValue(
                what="households",
                value=asked,
                expected=f'1 to {found.households}, the households of {found.name}, or "all"',
            )
        return found


def _horizon(recipe: Recipe, marks: Marked) -> None:
    """Refuse a run that ends before it starts, and a shock that no month of the run can feel."""
    start, end = recipe.time.start, recipe.time.end
    if end < start:
        where = marks.at(["time", "end"]).where
        raise BadValue(where=where, what="end", value=end, expected=f"{start} (the start) or later")
    for shock in recipe.shocks:
        if shock.end < start or shock.start > end:
            late = "start" if shock.start > end else "end"
            raise BadValue(
                where=_one(marks, "shocks", shock.name).at([late]).where,
                what=f"{late} of shock '{shock.name}'",
                value=getattr(shock, late),
                expected=f"a month of the run, {start} to {end}",
                next="move the shock, take it out (remove = true), or make the run longer",
            )


def _rules(recipe: Recipe, marks: Marked) -> tuple[Rule, ...]:
    found: dict[str, type[Rule]] = {}
    for number, step in enumerate(recipe.month.rules):
        mark = marks.at(["month", "rules", number])
        with standing_in(mark):
            kind = rule_named(step.use)
        if kind.__name__ in found:
            raise BadValue(where=mark.where, what="rule", value=step.use, expected="a rule named once a month")
        found[kind.__name__] = kind
    written = marks.at(["rules"])
    values = {name: _parameters(name, recipe, written, found) for name in recipe.rules}
    rules = tuple(kind(**values.get(name, {})) for name, kind in found.items())
    try:
        refuse_two_owners(rules)
    except RuleProblem as error:
        number = list(found).index(str(error.facts["rule"]))
        with standing_in(marks.at(["month", "rules", number])):
            raise
    return rules


def _parameters(name: str, recipe: Recipe, written: Marked, found: Mapping[str, type[Rule]]) -> Mapping[str, Any]:
    """Return the values given to one rule, each checked on its own line."""
    kinds = {**({name: rule_named(name)} if name in ORDER else {}), **found}
    if name not in kinds:
        where = written.at([name]).where
        near = nearest(name, kinds) or nearest(name, ORDER)
        raise UnknownKey(where=where, key=name, expected=", ".join(found), near=near)
    for key, value in recipe.rules[name].items():
        with standing_in(written.at([name, key])):
            kinds[name]().with_(**{key: value})
    return recipe.rules[name]


def _columns(rules: Iterable[Rule]) -> dict[str, Column]:
    """Return every household column that a target may name."""
    owned = [column for rule in rules for column in rule.owns if not column.passing]
    return {column.name: column for column in (*COLUMNS, QUINTILE, *owned)}


def _campaign(table: CampaignTable, mark: Marked, where: Place, known: Mapping[str, Column]) -> Campaign:
    if table.method is not None:
        _known("method", table.method, [method.name for method in Method], mark.at(["method"]))
    with standing_in(mark):
        values = _numbered(table) | {"districts": _districts(table.districts, mark, where)}
        values["target"] = {
            name: condition(name, wanted, mark.at(["target", name]), known, where)
            for name, wanted in table.target.items()
        }
        return Campaign(**values)


def _shock(table: ShockTable, mark: Marked) -> Shock:
    with standing_in(mark):
        return Shock(**_numbered(table))


def _closure(table: ClosureTable, mark: Marked, where: Place) -> Closure:
    with standing_in(mark):
        return Closure(**_numbered(table) | {"districts": _districts(table.districts, mark, where)})


def _terms(tables: Mapping[str, TermsTable], marks: Marked, marginal: str, where: Place) -> dict[str, Terms]:
    """Return the terms of banks or wallets that the place's people have, or of all."""
    rows = where.marginals
    names = [EVERYONE, *map(str, rows[rows["marginal"] == marginal]["group"])]
    made = {}
    for name, table in tables.items():
        _known("bank" if marginal == "bank" else "wallet", name, names, marks.at([name]))
        with standing_in(marks.at([name])):
            dated = {month_number(month): share for month, share in table.outages.items()}
            made[name] = Terms(**table.model_dump(exclude={"outages"}), outages=dated)
    return made


def _measures(recipe: Recipe, marks: Marked) -> tuple[str, ...]:
    with standing_in(marks.at(["measures"])):
        measures_named(recipe.measures)
    return recipe.measures


def _policies(recipe: Recipe, marks: Marked) -> dict[str, Policy]:
    made = {}
    for utility, table in recipe.policies.items():
        _known("utility", utility, UTILITIES, marks.at(["policies", utility]))
        with standing_in(marks.at(["policies", utility])):
            made[utility] = Policy(**table.model_dump())
    return made


def _districts(names: Sequence[str], mark: Marked, where: Place) -> tuple[str, ...]:
    known = district_names(where)
    for number, name in enumerate(names):
        if name not in known:
            _known("district", name, where.districts["district"].to_list(), mark.at(["districts", number]))
    return tuple(known[name] for name in names)


def _known(what: str, name: str, known: Sequence[str], mark: Marked) -> None:
    if name not in known:
        expected, near = ", ".join(known), nearest(name, known)
        raise UnknownName(where=mark.where, what=what, name=name, expected=expected, near=near)


def _one(marks: Marked, kind: str, name: str) -> Marked:
    """Return the table of that name in an array of tables."""
    array = marks.at([kind])
    return next((m for m in array.inside() if composed(name_of(m)) == name), array)


def _numbered(table: Table) -> dict[str, Any]:
    """Return a table's values with months as numbers and times in their dataclass's form."""
    values = table.model_dump()
    kinds = {f.name for made in (Regulation, Observation) for f in fields(made) if isinstance(f.default, int)}
    for key in ({"start", "end"} | kinds) & set(values):
        values[key] = month_number(values[key])
    return values


def _by_start(thing: Campaign | Shock | Closure) -> tuple[int, str]:
    return thing.start, thing.name
