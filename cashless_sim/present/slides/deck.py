"""The slides of a talk about finished runs, as words and numbers without a look."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cashless_sim.present.groups import called
from cashless_sim.present.health import Light
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import month, number, percent
from cashless_sim.present.report.answer import MILLION, answer, behind, change, points, price
from cashless_sim.present.report.findings import Case, furthest
from cashless_sim.present.report.matter import Matter
from cashless_sim.present.report.origin import SHORT, limits, provenance, sizes, where
from cashless_sim.present.report.pictures import Picture
from cashless_sim.present.report.report import asked

SHORTS = ("real", "levels", "effect", "rank")
LAMPS = 5
"""Lights on one slide."""


@dataclass(frozen=True)
class Slide:
    """One slide: ``title``, a line under it, at most three ``numbers`` in what is said, and notes for who speaks.

    ``big`` is the number that the slide is about, ``lines`` what is said under it; a slide with a ``picture`` is
    that picture alone; ``lamps`` are lights of the health card.
    """

    key: str
    title: str
    notes: str
    under: str = ""
    big: str = ""
    lines: Sequence[str] = ()
    picture: Picture | None = None
    lamps: Sequence[Light] = field(default=())


def deck(matter: Matter, tongue: str, pictures: Sequence[Picture]) -> list[Slide]:
    """Return the slides in a language, in the order of a talk: question, change, cost, who is left out, trust."""
    shown = {one.name: one for one in pictures}
    made = [opening(matter, tongue), changed(matter, tongue)]
    made += [pictured(shown[name], tongue) for name in ("adoption", "difference") if name in shown]
    if matter.case is not None:
        made.append(cost(matter.case, matter, tongue))
        made += [pictured(shown[name], tongue) for name in ("cost_effect",) if name in shown]
    made.append(left(matter, tongue))
    made += [pictured(shown[name], tongue) for name in ("left_out",) if name in shown]
    return [*made, *trust(matter, tongue), limited(tongue), origin(matter, tongue)]


def opening(matter: Matter, tongue: str) -> Slide:
    """Return the slide with the question."""
    notes = f"{told('notes.open', tongue)} {told('slide.keys', tongue)}"
    return Slide("open", asked(matter, tongue), notes, under=where(matter, tongue))


def changed(matter: Matter, tongue: str) -> Slide:
    """Return the slide with the difference that the leading plan makes, or with the level of a single scenario."""
    case, said = matter.case, answer(matter, tongue)[0]
    if case is None:
        row = matter.groups[matter.groups["group"] == "all"].iloc[0]
        unit = told("slide.change.level", tongue)
        return Slide("change", month(matter.month, tongue), said, big=percent(row["level"], tongue), lines=[unit])
    base = matter.title(matter.to, tongue)
    title = told("slide.change", tongue) if case.is_apart else told("slide.none", tongue, baseline=base)
    lines = [told("slide.change.unit", tongue), *_between(case.low80, case.high80, tongue)]
    under, big = _against(matter, tongue), points(case.difference, tongue)
    return Slide("change", title, change(matter, tongue), under, big, lines)


def cost(case: Case, matter: Matter, tongue: str) -> Slide:
    """Return the slide with what the leading plan costs for each household, or in all where that cannot be told."""
    title, under, said = told("slide.cost", tongue), _against(matter, tongue), price(case, matter, tongue)
    if math.isfinite(case.value):
        lines = [told("slide.cost.unit", tongue)]
        low, high = case.value_low80, case.value_high80
        ends = {} if math.isnan(low) else {"low": number(low, tongue), "high": number(high, tongue)}
        lines.append(told("slide.between", tongue, **ends) if ends else told("interval.wide", tongue))
        return Slide("cost", title, said, under, number(case.value, tongue), lines)
    if math.isnan(case.cost):
        return Slide("cost", title, said, under, lines=[said])
    lines = [told("slide.cost.total", tongue), told("slide.cost.untold", tongue)]
    return Slide("cost", title, said, under, number(case.cost / MILLION, tongue), lines)


def left(matter: Matter, tongue: str) -> Slide:
    """Return the slide with the group that is furthest behind."""
    row, said = furthest(matter.groups), behind(matter, tongue)
    if row is None:
        return Slide("left", told("slide.left.none", tongue), said)
    whole = float(matter.groups.loc[matter.groups["group"] == "all", "level"].iloc[0])
    gap = number(100 * (whole - float(row["level"])), tongue, 1)
    under = called(str(row["group"]), tongue)
    lines = [told("slide.left.unit", tongue, gap=gap)]
    return Slide("left", told("slide.left", tongue), said, under, percent(float(row["level"]), tongue), lines)


def pictured(picture: Picture, tongue: str) -> Slide:
    """Return a slide that is a figure."""
    return Slide(picture.name, "", told("notes.figure", tongue, alt=picture.alt), picture=picture)


def trust(matter: Matter, tongue: str) -> Iterator[Slide]:
    """Yield the slides with the lights that are not green, or one that says that all are."""
    title = told("slide.health", tongue)
    lit = sorted((one for one in matter.lights if one.colour != "green"), key=lambda one: one.colour != "red")
    if not lit:
        yield Slide("health", title, told("notes.health", tongue), lines=[told("slide.health.fine", tongue)])
    for start in range(0, len(lit), LAMPS):
        part = lit[start : start + LAMPS]
        said = [f"{one.sentence(tongue)} {one.advice(tongue)}".strip() for one in part]
        yield Slide("health", title, " ".join([told("notes.health", tongue), *said]), lamps=part)


def limited(tongue: str) -> Slide:
    """Return the slide with what the model cannot say."""
    notes = " ".join([told("notes.limits", tongue), *limits(tongue)])
    return Slide("limits", told("slide.limits", tongue), notes, lines=[told(f"short.{key}", tongue) for key in SHORTS])


def origin(matter: Matter, tongue: str) -> Slide:
    """Return the slide with where the numbers come from."""
    recipe = f"{told('made.seed', tongue)} {matter.runs.manifest['seed']}"
    hashed = matter.runs.about(matter.leading)["hash"][:SHORT]
    notes = "; ".join(f"{what}: {value}" for what, value in provenance(matter, tongue))
    size = f"{told('made.households', tongue)}: {sizes(matter.runs, tongue)}"
    lines = [where(matter, tongue), size, f"{recipe}; {hashed}"]
    return Slide("made", told("slide.made", tongue), f"{told('notes.made', tongue)} {notes}", lines=lines)


def _against(matter: Matter, tongue: str) -> str:
    titles = {"title": matter.title(matter.leading, tongue), "baseline": matter.title(matter.to, tongue)}
    return told("slide.against", tongue, month=month(matter.month, tongue), **titles)


def _between(low: float, high: float, tongue: str) -> list[str]:
    if math.isnan(low):
        return [told("interval.single", tongue)]
    return [told("slide.between", tongue, low=points(low, tongue), high=points(high, tongue))]
