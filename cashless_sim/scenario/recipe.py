"""A scenario: the frozen recipe of a world, read from TOML, changed by making another, built into a model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cashless_sim.data as data
from cashless_sim.errors import UnknownKey, UnknownName, nearest
from cashless_sim.model.settings import Regulation, Settings
from cashless_sim.outside import is_outside
from cashless_sim.rules.campaigns import Campaign
from cashless_sim.scenario import making
from cashless_sim.scenario.marked import Marked, extended, mark_all, name_of
from cashless_sim.scenario.ranges import settled
from cashless_sim.scenario.reading import Source, open_source, read
from cashless_sim.scenario.refusals import checked
from cashless_sim.scenario.schema import Recipe
from cashless_sim.scenario.trust import refuse_code
from cashless_sim.scenario.writing import toml_text
from cashless_sim.units import month_text

if TYPE_CHECKING:
    from cashless_sim.model.model import CashlessModel
    from cashless_sim.population.population import Population

DATED = {"start", "end", "recount", *(f.name for f in fields(Regulation))}
RANGES = "ranges"
WORDS = {"title", "title_vi", "question", "question_vi", "note", "source"}
SHORT = {
    "start": "time.start",
    "end": "time.end",
    "households": "place.households",
    "population_seed": "place.population_seed",
    **{name: f"switches.{name}" for name in ("imitation", "network", "commitment", "turnover", "occasions")},
}


@dataclass(frozen=True)
class Scenario:
    """What is simulated, where, when, with which outreach; two with the same `hash` give the same runs.

    ``name`` labels its runs; ``recipe`` holds the tables of the file, with what it extends written out.
    """

    name: str
    recipe: Recipe
    marks: Marked = field(repr=False, compare=False)

    @classmethod
    def load(cls, file: str | Path, *, allow_code: bool | None = None) -> Scenario:
        """Return the scenario in a file, or a shipped one by name (``"hung-yen"``).

        A file that names code from outside (``use = "package.module:Name"``) is refused unless ``allow_code``, or
        None and the environment variable ``CASHLESS_SIM_ALLOW_CODE`` is 1. Raises `FileProblem`, `DuplicateKey`,
        `UnknownKey`, `BadValue`, `UnknownName` or `RuleProblem`, each with file and line.
        """
        return cls._made(refuse_code(read(open_source(file)), allow_code), Path(file).stem)

    @classmethod
    def loads(
        cls,
        text: str,
        name: str = "scenario",
        folder: str | Path | None = None,
        *,
        allow_code: bool | None = None,
    ) -> Scenario:
        """Return the scenario in a text; ``extends`` is looked for in ``folder``. Allows and raises as `load` does."""
        path = Path(folder).resolve() / f"{name}.toml" if folder is not None else None
        return cls._made(refuse_code(read(Source(text, f"{name}.toml", path)), allow_code), name)

    @classmethod
    def _made(cls, marks: Marked, name: str) -> Scenario:
        kept = settled(marks, checked(marks))
        made = cls(name, checked(kept), kept)
        made.settings()
        return made

    def settings(self) -> Settings:
        """Return what a model needs to know; raise `UserError` with file and line.

        It is made once, but for a place from outside, whose files may change meanwhile.
        """
        if is_outside(self.recipe.place.name):
            return making.settings(self.recipe, self.marks, self.name)
        return self._settings

    @cached_property
    def _settings(self) -> Settings:
        return making.settings(self.recipe, self.marks, self.name)

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process is told: the recipe, and not what was made of it here."""
        return {name: value for name, value in self.__dict__.items() if name != "_settings"}

    def with_(self, changes: Mapping[str, Any] | None = None, /, **more: Any) -> Scenario:
        """Return another scenario with some values changed.

        Keys are those of the file, dotted (``{"rules.Awareness.tell": 0.4}``) or as tables
        (``rules={"Awareness": {"tell": 0.4}}``), and in short ``start``, ``end``, ``households`` (None is
        all), ``place``, ``population_seed`` and the switches; ``name`` renames it. Tables merge; arrays are
        replaced. When the run gets shorter, shocks that no month of it can feel are left out. Raises as
        `load` does.
        """
        wanted = {**(changes or {}), **more}
        name = str(wanted.pop("name", self.name))
        marks = self.marks
        for key, value in wanted.items():
            marks = _changed(marks, key, value)
        return self._made(_without_lost_shocks(marks, self.marks), name)

    def with_campaign(self, campaign: Campaign | Mapping[str, Any], name: str | None = None) -> Scenario:
        """Return another scenario with this campaign, in place of one of its name; raise as `load` does."""
        table = _as_tables(campaign)
        titled = str(table.get("name", "campaign"))
        added = mark_all(table, f"campaign '{titled}'")
        kept = [m for m in self._campaigns() if name_of(m) != titled]
        return self._with_campaigns([*kept, added], name or f"{self.name}+{titled}")

    def without_campaign(self, campaign: str, name: str | None = None) -> Scenario:
        """Return another scenario without this campaign; raise `UnknownName`."""
        kept = [m for m in self._campaigns() if name_of(m) != campaign]
        if len(kept) == len(self._campaigns()):
            known = [str(name_of(m)) for m in kept]
            near = nearest(campaign, known)
            raise UnknownName(what="campaign", name=campaign, expected=", ".join(known) or "none", near=near)
        return self._with_campaigns(kept, name or f"{self.name}-{campaign}")

    def _campaigns(self) -> list[Marked]:
        written = self.marks.value.get("campaigns")
        return list(written.value) if written is not None else []

    def _with_campaigns(self, campaigns: list[Marked], name: str) -> Scenario:
        tables = self.marks.value | {"campaigns": Marked(campaigns, self.marks.where)}
        return self._made(Marked(tables, self.marks.where), name)

    def to_toml(self) -> str:
        """Return the whole recipe as the text of a scenario file that has the same `hash`."""
        return toml_text(_plain(self.recipe))

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of everything that can change a run.

        Comments, the order of keys and of campaigns, what is extended, defaults written out, and words for
        readers (titles, questions, notes, sources) leave it as it is. So do ``ranges``: a run takes the numbers
        as they stand, and a drawn scenario holds the numbers that were drawn. See `prior_hash`. The files of a place
        from outside are in it; those that ship have a hash of their own in the manifest.
        """
        tables = _without_words(_plain(self.recipe))
        for kind in ("campaigns", "shocks", "closures"):
            items = sorted(tables[kind], key=lambda item: str(item["name"]))
            tables[kind] = [{key: value for key, value in item.items() if key != RANGES} for item in items]
        del tables["observation"][RANGES]
        used = {step.use.rpartition(":")[2] for step in self.recipe.month.rules}
        tables["rules"] = {rule: values for rule, values in tables["rules"].items() if rule in used and values}
        tables["place"]["name"] = where = making.place_named(self.recipe.place.name).name
        if own := data.own_hash(where):
            tables["place"]["files"] = own
        text = json.dumps(tables, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def prior_hash(self) -> str:
        """SHA-256 (hex) of everything that can change a draw of it: all that `hash` covers, with the ranges."""
        settings = self.settings()
        kinds = ("campaigns", "shocks", "closures")
        stated: dict[str, Any] = {kind: {t.name: t.ranges for t in getattr(settings, kind)} for kind in kinds}
        stated["observation"] = settings.observation.ranges
        text = json.dumps([self.hash, stated], sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def __hash__(self) -> int:
        return hash((self.name, self.hash))

    def population(self) -> Population:
        """Return its people, kept in memory until another place, number or seed is asked for."""
        place = self.recipe.place
        return _people(place.name, data.own_hash(place.name), place.households, place.population_seed)

    def build(self, seed: int = 0, replicate: int = 0, threads: int = 1) -> CashlessModel:
        """Return a model ready for its first month.

        ``seed`` and ``replicate`` are the luck of the run. The people come from ``place.population_seed`` and
        so are the same in every replicate: two scenarios are compared on the same people. Raises `UserError`.
        """
        from cashless_sim.model.model import CashlessModel

        return CashlessModel(self.settings(), self.population(), seed=seed, replicate=replicate, threads=threads)


@lru_cache(maxsize=1)
def _people(place: str, version: str, households: int | None, seed: int) -> Population:
    """Return the people of a place as its files stand, kept until others are asked for."""
    from cashless_sim.population.population import synthesise

    return synthesise(making.place_named(place), households, seed)


def _changed(marks: Marked, key: str, value: Any) -> Marked:
    """Return marked tables with one key, dotted or short, given another value."""
    where = f"with_({key})"
    if key == "place" and isinstance(value, str):
        key = "place.name"
    steps = SHORT.get(key, key).split(".")
    if steps[0] not in Recipe.model_fields:
        known = [*Recipe.model_fields, *SHORT]
        raise UnknownKey(where="with_()", key=key, expected=", ".join(known), near=nearest(key, known))
    if steps == ["place", "households"] and value is None:
        value = "all"
    table = mark_all(_as_tables(value), where)
    for step in reversed(steps):
        table = Marked({step: table}, where)
    return extended(_emptied(marks, steps) if isinstance(value, list | tuple) else marks, table)


def _emptied(marks: Marked, steps: list[str]) -> Marked:
    """Return marked tables with the array at a path emptied, so that another takes its place."""
    array = Marked([], marks.where)
    for step in reversed(steps):
        array = Marked({step: array}, marks.where)
    return extended(marks, array)


def _without_lost_shocks(marks: Marked, before: Marked) -> Marked:
    """Return marked tables without the shocks of ``before`` that lie outside the run."""
    shocks, old = marks.value.get("shocks"), before.at(["shocks"]).inside()
    if shocks is None or marks.value.get("time") is before.value.get("time"):
        return marks
    time = checked(marks).time

    def felt(shock: Marked) -> bool:
        start, end = shock.at(["start"]).value, shock.at(["end"]).value
        return bool(start <= time.end and end >= time.start)

    kept = [shock for shock in shocks.value if not any(shock is o for o in old) or felt(shock)]
    return Marked(marks.value | {"shocks": Marked(kept, shocks.where)}, marks.where)


def _as_tables(value: Any) -> Any:
    """Return a value with each dataclass in it as a file's table: months as text, nothing that is None."""
    if is_dataclass(value) and not isinstance(value, type):
        given = {f.name: getattr(value, f.name) for f in fields(value)}
        return {
            key: month_text(inner) if key in DATED and isinstance(inner, int) else _as_tables(inner)
            for key, inner in given.items()
            if inner is not None
        }
    if isinstance(value, list | tuple):
        return [_as_tables(item) for item in value]
    return {k: _as_tables(v) for k, v in value.items()} if isinstance(value, Mapping) else value


def _plain(recipe: Recipe) -> dict[str, Any]:
    tables = recipe.model_dump(mode="json")
    tables["place"]["households"] = recipe.place.households or "all"
    tables["month"]["rules"] = [_step(step["use"]) for step in tables["month"]["rules"]]
    if not tables["measures"]:  # so that a recipe without any keeps its hash
        del tables["measures"]
    return tables


def _step(use: str) -> Any:
    return {"use": use} if ":" in use else use


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_words(inner) for key, inner in value.items() if key not in WORDS}
    return [_without_words(inner) for inner in value] if isinstance(value, list) else value
