"""The explorer as one HTML file: data, script and look inside, no request off the machine."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from cashless_sim.data import place
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.explore.answers import answers, history
from cashless_sim.present.explore.design import Cell, money
from cashless_sim.present.explore.making import BASELINE, CODES, GROUPS, names
from cashless_sim.present.explore.origin import made, plan_text, where
from cashless_sim.present.explore.packing import MILLION, cell, curves
from cashless_sim.present.explore.running import Grid
from cashless_sim.present.health import Light, health
from cashless_sim.present.locale.explore import TABLES, has, page_words, told
from cashless_sim.present.locale.figures import word
from cashless_sim.present.plot.tile_map import tiles_of
from cashless_sim.present.reported import Point, area_of, points
from cashless_sim.scenario.recipe import Scenario
from cashless_sim.units import month_number, month_text

LANGUAGES = tuple(TABLES)
VND = {"en": "VND", "vi": "đồng"}
SHORT = 12
SOON, APART = 18, 0.05
"""Months and heights between two reported figures that are so near that their words would meet."""


@dataclass(frozen=True)
class Finished:
    """A grid with its runs, its history, the date to print and the command that made it."""

    grid: Grid
    runs: Runs
    past: Any
    date: str
    command: str


def page(finished: Finished, tongue: str) -> str:
    """Return the explorer as HTML text, which begins in a language."""
    here = Path(__file__).parent
    script = (here / "explorer.js").read_text(encoding="utf-8").rstrip("\n")
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    facts = json.dumps(data(finished, tongue), ensure_ascii=False, separators=(",", ":"))
    filled = {
        "LANG": tongue,
        "DIGEST": f"sha256-{digest}",
        "TITLE": escape(told("page.title", tongue)),
        "STYLE": (here / "explorer.css").read_text(encoding="utf-8").rstrip("\n"),
        "NOSCRIPT": escape(" / ".join(told("page.noscript", one) for one in LANGUAGES)),
        "DATA": facts.replace("</", "<\\/"),
        "SCRIPT": script,
    }
    text = (here / "page.html").read_text(encoding="utf-8")
    before, *parts = text.split("@")
    return before + "".join(filled[part] if at % 2 == 0 else part for at, part in enumerate(parts))


def data(finished: Finished, tongue: str) -> dict[str, Any]:
    """Return all that the page shows, as plain data."""
    grid, runs = finished.grid, finished.runs
    design = grid.design
    cells = {name: one for name, one in names(design).items() if one is not None}
    scenarios = {BASELINE: design.base} | {name: design.scenario(one) for name, one in cells.items()}
    said = answers(runs, scenarios)
    months, past = history(finished.past)
    homes = place(design.base.settings().place).households
    lights = health(runs)
    return {
        "language": tongue,
        "codes": list(CODES),
        "months": [*months, *sorted(str(one) for one in runs.frame["month"].unique())],
        "split": len(months),
        "year": month_text(design.start)[:4],
        "draws": grid.drawing.draws,
        "history": curves(past),
        "base": cell(said[BASELINE]),
        "cells": [cell(said[name]) | _about(one, homes, grid, name, scenarios[name]) for name, one in cells.items()],
        "ways": [titles("way", way.key, way.titles) for way in design.ways],
        "whom": [titles("whom", key) for key in design.whom],
        "when": [titles("when", key) for key in design.when],
        "factors": list(design.factors),
        **_groups(design.base.settings().place),
        "points": _points(runs, design.base.settings().place),
        "lights": [_light(one) for one in lights],
        "mark": {one: _mark(lights, one) for one in LANGUAGES},
        "made": {one: made(grid, runs, finished.date, finished.command, one) for one in LANGUAGES},
        "plan_word": {one: told("made.plan", one) for one in LANGUAGES},
        "where": {one: where(grid, runs, one) for one in LANGUAGES},
        "vnd": VND,
        "words": {one: page_words(one) for one in LANGUAGES},
    }


def _about(one: Cell, homes: int, grid: Grid, name: str, scenario: Scenario) -> dict[str, Any]:
    """Return the planned money (million VND), the recipe's hash and the text of a plan."""
    parts = [titles("way", one.way.key, one.way.titles), titles("whom", one.whom), titles("when", one.when)]
    title = {tongue: ", ".join(part[tongue] for part in parts) for tongue in LANGUAGES}
    return {
        "b": round(money(one.campaigns, homes) / MILLION),
        "h": grid.hashes[name][:SHORT],
        "t": plan_text(scenario, grid.design.base, title),
    }


def titles(kind: str, key: str, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what a choice is called in each language: as given, else as the locale says, else its key."""
    known = f"{kind}.{key}"
    return {one: told(known, one) if has(known) and not given else (given or {}).get(one, key) for one in LANGUAGES}


def _groups(name: str) -> dict[str, Any]:
    about = place(name).districts
    tiles = tiles_of(name, about)
    titles = zip(about["district"], about["district_vi"], strict=True)
    places = [{"en": en, "vi": vi, "x": tiles[en][0], "y": tiles[en][1]} for en, vi in titles]
    groups = [{one: word(f"group.{group}", one) for one in LANGUAGES} for group in GROUPS]
    return {"places": places, "groups": groups}


def _points(runs: Runs, name: str) -> list[dict[str, Any]]:
    """Return the reported figures of the statistics shown; ``early`` says that a neighbour follows soon.

    Its words then stand below and to the left.
    """
    first, last = str(runs.table["start"].min()), str(runs.table["end"].max())
    found = [p for p in points() if p.code in CODES and p.end >= first and p.start <= last]
    home = area_of(name)
    made_: list[dict[str, Any]] = []
    for one in found:
        follows = [p for p in found if p.code == one.code and 0 < _months(one, p) <= SOON]
        early = any(abs(p.value - one.value) < APART for p in follows)
        held = {"code": one.code, "month": one.month, "value": one.value, "key": one.key}
        made_.append({**held, "here": one.area == home, "early": early})
    return made_


def _months(one: Point, other: Point) -> int:
    """Return the months from one point to another."""
    return month_number(other.month) - month_number(one.month)


def _light(light: Light) -> dict[str, Any]:
    return {
        "colour": light.colour,
        "name": {one: word(f"health.colour.{light.colour}", one) for one in LANGUAGES},
        "question": {one: light.question(one) for one in LANGUAGES},
        "sentence": {one: light.sentence(one) for one in LANGUAGES},
        "advice": {one: light.advice(one) for one in LANGUAGES},
    }


def _mark(lights: list[Light], tongue: str) -> str:
    """Return the words of red lights, with what was found."""
    return " ".join(f"{one.mark(tongue)}: {one.sentence(tongue)}" for one in lights if one.colour == "red")
