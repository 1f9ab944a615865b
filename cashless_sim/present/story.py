"""One household's history in plain words, beside the ledger of what set off all first digital payments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cashless_sim.codes import BILLS, FIRST_CAMPAIGN, Cause
from cashless_sim.model.diary import Diary, State, causes_of
from cashless_sim.model.ledger import first_payments
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import money, month, number, say, several
from cashless_sim.present.margin import geography
from cashless_sim.present.telling import Teller
from cashless_sim.rules.bills import has_bill
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_text

THOUSAND = 1000
HOUSEHOLDS = 2000
NOTES = "vi"
"""The language in which scenario files say what a campaign is."""


@dataclass(frozen=True)
class Story:
    """A household's story: who it is, ``events`` as (month YYYY-MM, sentence), and how it ends.

    ``ledger`` counts the households of the whole run by the cause (in words) of their first digital payment;
    ``months`` is the run's length. Printed, it reads from top to bottom.
    """

    household: int
    language: str
    opening: tuple[str, ...]
    events: tuple[tuple[str, str], ...]
    closing: tuple[str, ...]
    ledger: Mapping[str, int]
    households: int

    def __str__(self) -> str:
        return "\n".join([*self.opening, "", *(sentence for _, sentence in self.events), "", *self.closing])

    def ledger_lines(self) -> list[str]:
        """Return the ledger as lines: title, causes from the most frequent, and their sum."""
        tongue = self.language
        rows = sorted(self.ledger.items(), key=lambda row: -row[1])
        rows.append((say("story.ledger.sum", tongue), sum(self.ledger.values())))
        counts = [number(count, tongue) for _, count in rows]
        width = max(map(len, counts))
        head = say("story.ledger", tongue, count=number(self.households, tongue))
        lines = [f"  {count:>{width}}  {words}" for count, (words, _) in zip(counts, rows, strict=True)]
        return [head, *lines, say("story.ledger.note", tongue)]


def explain(
    scenario: Scenario | str | Path = "hung-yen",
    household: int | None = None,
    households: int | None = HOUSEHOLDS,
    seed: int = 1,
    language: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Story:
    """Return the story of one synthetic household of a run, by its id.

    Without an id the run is made twice: the first time to choose the lowest id among those whom a campaign won
    and who lapsed later, else among those whom one won, else among those who began, else of all.
    ``progress`` is told the finished share [0, 1]. Raises `UnknownName` for an id that does not live in the
    run or an unknown language, and whatever scenarios raise.
    """
    tongue = spoken(language)
    given = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    sized = given if households is None else given.with_(households=households)
    told = progress or (lambda share: None)
    chosen: tuple[str, ...] = ()
    parts = 1
    if household is None:
        parts = 2
        model = sized.build(seed=seed)
        model.run(progress=lambda done, of: told(done / of / parts))
        household, rule = richest(model)
        chosen = (say(f"story.chosen.{rule}", tongue),)
    model = sized.build(seed=seed)
    diary = model.follow([household])
    model.run(progress=lambda done, of: told((parts - 1 + done / of) / parts))
    return tell(model, diary, household, tongue, chosen)


def richest(model: Any) -> tuple[int, str]:
    """Return the id of a household whose story is worth telling, and the rule by which it was found."""
    cause, first = (model.columns.stored(name) for name in ("first_cause", "first_month"))
    won = cause >= FIRST_CAMPAIGN
    lapsed = won & (model.columns.stored("lapse_month") > first)
    for rule, rows in (("lapsed", lapsed), ("campaign", won), ("adopted", cause > Cause.BEFORE_START)):
        if rows.any():
            return int(model.ids[rows].min()), rule
    return int(model.ids.min()), "any"


def tell(model: Any, diary: Diary, household: int, tongue: str, opening: tuple[str, ...] = ()) -> Story:
    """Return the story that a diary holds of one household of a model; ``opening`` comes first."""
    names = causes_of(model)
    notes = {c.name: c.note for c in model.settings.campaigns if c.note} if tongue == NOTES else {}
    home = model.household(household)
    teller = Teller(tongue, names, notes, tuple(b for b in BILLS if has_bill(home, b)))
    states = list(diary.states(household))
    events = []
    for when, before, after in states:
        if clauses := teller.clauses(before, after):
            text = "; ".join(clauses)
            events.append((when, f"{month(when, tongue)}: {text[0].upper()}{text[1:]}."))
    counted = first_payments(model.columns, names)
    return Story(
        household=household,
        language=tongue,
        opening=(*opening, *_who(model, diary.first(household), household, teller)),
        events=tuple(events),
        closing=(*_sum(states, tongue), say("story.synthetic", tongue)),
        ledger={teller.cause(name): count for name, count in counted.items()},
        households=len(model.ids),
    )


def _who(model: Any, first: State, household: int, teller: Teller) -> list[str]:
    """Return who the household is and how it stood when the run began."""
    people, row, tongue = model.population, model.household(household).row, teller.tongue
    fact = {name: people.columns.values(name)[row] for name in ("district", "urban", "size", "income")}
    rows = people.place.districts
    name = str(rows["district_vi" if tongue == "vi" else "district"].iloc[int(fact["district"])])
    who = say(
        "story.who",
        tongue,
        id=household,
        place=geography(people.place.name, tongue),
        people=several("story.people", tongue, int(fact["size"]), count=int(fact["size"])),
        age=round(first["age", None]),
        where=say("story.town" if fact["urban"] else "story.country", tongue, district=name),
        income=money(float(fact["income"]) * THOUSAND, tongue),
    )
    had = {name for name in ("smartphone", "account") if first[name, None]}
    things = say(f"story.had.{'both' if len(had) == 2 else next(iter(had), 'none')}", tongue)
    start = say("story.start", tongue, month=month(month_text(model.settings.start), tongue), things=things)
    return [who, f"{start} {_paying(first, teller)}"]


def _paying(first: State, teller: Teller) -> str:
    parts = [f"{teller.bills([b])} {teller.method(int(first['method', b]))}" for b in teller.has]
    if not parts:
        return say("story.nobill", teller.tongue)
    return say("story.methods", teller.tongue, methods=", ".join(parts))


def _sum(states: list[tuple[str, State, State]], tongue: str) -> list[str]:
    """Return in how many months the household was reached, paid digitally, was late."""
    after = [state for _, _, state in states]
    late = sum(any(state["late", b] for b in BILLS) for state in after)
    counts = {
        "months": len(after),
        "reached": sum(state["reached_by", None] > 0 for state in after),
        "paid": sum(state["pays_digitally", None] > 0 for state in after),
        "late": late,
    }
    lines = [say("story.sum", tongue, **{name: number(count, tongue) for name, count in counts.items()})]
    if not counts["paid"]:
        lines.append(say("story.never", tongue))
    return lines
