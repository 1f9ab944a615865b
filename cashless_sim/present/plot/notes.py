"""What stands in the margin of a figure, and what is kept beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from cashless_sim.errors import BadValue, UnknownName, nearest
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.health import watermark
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import day, month, number, say
from cashless_sim.present.margin import SHORT, geography
from cashless_sim.present.plot.sheet import Sheet
from cashless_sim.present.plot.spread import Spread
from cashless_sim.present.provenance import MadeOf, Provenance, attach
from cashless_sim.present.reported import borders_of

BRIEF = 8


def chosen(runs: Runs, scenario: str | None) -> str:
    """Return the scenario to draw, the first if None; raise `UnknownName`, and `BadValue` for runs without rows."""
    if runs.frame.empty:
        raise BadValue(what="rows of the runs", value=0, expected="at least one")
    name = scenario or runs.scenarios[0]
    runs.about(name)
    return name


def month_of(rows: pd.DataFrame, wanted: str | None) -> str:
    """Return the month to draw, the last if None; raise `UnknownName` for one that was not run."""
    months = sorted(set(rows["month"].astype(str)))
    if wanted is None:
        return str(months[-1])
    if wanted not in months:
        expected = f"{months[0]} … {months[-1]}"
        raise UnknownName(what="month in these runs", name=wanted, expected=expected, near=nearest(wanted, months))
    return wanted


def note(
    runs: Runs | None,
    scenarios: Sequence[str],
    tongue: str,
    spread: Spread | None = None,
    more: Sequence[str] = (),
    origin: str = "",
) -> list[str]:
    """Return the lines of the margin: who was simulated, how often, from when to when, by which recipes, and more."""
    if runs is None:
        return [origin or word("note.unknown", tongue), *more]
    return [_who(runs, scenarios[0], tongue), _how(runs, scenarios, spread, tongue), *more]


def _who(runs: Runs, scenario: str, tongue: str) -> str:
    facts = runs.table[runs.table["scenario"] == scenario].iloc[0]
    count, full = int(facts["households"]), int(facts["full_size"])
    households = number(count, tongue)
    if count < full:
        households = say("note.sample", tongue, count=households, full=number(full, tongue))
    where = runs.about(scenario)["place"]
    return say(
        "note.who",
        tongue,
        households=households,
        place=geography(where, tongue),
        date=day(borders_of(where), tongue),
        seed=runs.manifest["seed"],
        code=("cashless-sim " + runs.manifest["versions"]["cashless-sim"]).removesuffix(" none"),
    )


def _how(runs: Runs, scenarios: Sequence[str], spread: Spread | None, tongue: str) -> str:
    table = runs.table[runs.table["scenario"].isin(scenarios)]
    drawn = table["draw"].notna()
    counts = [int(table[rows].groupby("scenario").size().max()) if rows.any() else 0 for rows in (~drawn, drawn)]
    kind = runs.manifest.get("parameters", {}).get("source", "prior")
    parts = [word("note.replicates" if counts[0] != 1 else "note.replicate", tongue, count=counts[0])]
    if counts[1]:
        size = number(int(table.loc[drawn, "households"].min()), tongue)
        parts.append(word(f"note.{kind}", tongue, count=counts[1], households=size))
    if spread is not None:
        parts.append(word(f"note.band.{spread.kind}", tongue, count=spread.count))
    start, end = (month(str(edge), tongue) for edge in (table["start"].min(), table["end"].max()))
    parts.append(f"{start}–{end}")
    hashes = ", ".join(f"{runs.about(name)['hash'][:SHORT]} ({name})" for name in scenarios[:3])
    more = "." if len(scenarios) <= 3 else ", …"
    return f"{'; '.join(parts)}. {say('note.recipe', tongue, hash=hashes)}{more}"


def brief(runs: Runs | None, scenarios: Sequence[str], tongue: str, origin: str = "") -> list[str]:
    """Return the one line at the foot of a slide."""
    if runs is None:
        return [origin or word("note.brief.unknown", tongue)]
    return [word("note.brief", tongue, hash=runs.about(scenarios[0])["hash"][:BRIEF])]


@dataclass(frozen=True)
class Words:
    """What a figure says: its title, a line under it (left out on slides), its alt text, more lines of the margin."""

    title: str
    under: str
    alt: str
    more: tuple[str, ...] = ()


def signed(
    sheet: Sheet,
    figure: str,
    words: Words,
    data: pd.DataFrame,
    options: Mapping[str, Any],
    *,
    runs: Runs | None,
    scenarios: Sequence[str] = (),
    spread: Spread | None = None,
    origin: str = "",
) -> Axes:
    """Write title, margin and watermark of a drawn figure, and return its Axes with its provenance.

    ``options`` are what its function was called with, so that it can be drawn again; ``origin`` says where a frame
    without runs comes from.
    """
    tongue, slide = str(options["language"]), sheet.size.is_slide
    there = () if runs is None else runs.scenarios
    known = [name for name in scenarios if name in there] or list(there)
    lines = note(runs, known, tongue, spread, words.more, origin)
    foot = brief(runs, known, tongue, origin) if slide else lines
    mark = "" if runs is None and origin else watermark(runs, tongue)
    sheet.finish(words.title, "" if slide else words.under, foot, mark)
    facts = {
        "figure": figure,
        "title": words.title,
        "options": {**options, "size": sheet.size.name},
        "note": lines,
        "calibrated": bool(runs and runs.manifest.get("calibrated")),
        "manifest": None if runs is None else MadeOf(runs),
    }
    return attach(sheet.ax, Provenance(data.reset_index(drop=True), facts, words.alt))
