"""Where the numbers of a report come from: runs, recipes, program, and the sources of reported figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cashless_sim.data import reported_rates
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.report import told
from cashless_sim.present.locale.sentences import day, month, number
from cashless_sim.present.margin import geography
from cashless_sim.present.report.findings import STATISTICS
from cashless_sim.present.report.matter import Matter
from cashless_sim.present.reported import borders_of, points

LIMITS = ("real", "levels", "effect", "rank", "events", "whole")
ADDRESS = re.compile(r"https?://[^\s;,<>\"']+[^\s;,<>\"').]")
SHORT = 12


@dataclass(frozen=True)
class Source:
    """One source of reported figures: its key, who published what when, and its address, if it has one."""

    key: str
    text: str
    address: str


def provenance(matter: Matter, tongue: str) -> list[tuple[str, str]]:
    """Return (what, value) of all that is needed to make the same numbers again."""
    runs, about = matter.runs, matter.runs.about(matter.to)
    first, last = (f(str(one) for one in runs.frame["month"].unique()) for f in (min, max))
    rows = [
        ("statistic", told("made.using", tongue)),
        ("households", sizes(runs, tongue)),
        ("runs", counts(runs, matter.to, tongue)),
        ("seed", str(runs.manifest["seed"])),
        ("months", f"{month(first, tongue)} – {month(last, tongue)}"),
        ("place", f"{geography(about['place'], tongue)}, {day(borders_of(about['place']), tongue)}"),
        ("calibration", next((one.sentence(tongue) for one in matter.lights if one.key == "calibrated"), "")),
        ("code", version(runs.manifest)),
        ("datahash", str(runs.manifest.get("data_hash", ""))[:SHORT]),
        ("codehash", str(runs.manifest.get("code_hash", ""))[:SHORT]),
    ]
    said = [(told(f"made.{key}", tongue), value) for key, value in rows if value]
    recipes = [
        (told("made.recipe", tongue, title=matter.title(name, tongue)), f"{name} {runs.about(name)['hash'][:SHORT]}")
        for name in runs.scenarios
    ]
    return [*said, *recipes]


def sizes(runs: Runs, tongue: str) -> str:
    """Return how many households a run simulates, of how many, and that they are synthetic."""
    row = runs.table.iloc[-1]
    count, full = int(row["households"]), int(row["full_size"])
    said = number(count, tongue)
    if count < full:
        said = told("made.of", tongue, count=said, full=number(full, tongue))
    return f"{said} ({told('made.synthetic', tongue)})"


def counts(runs: Runs, scenario: str, tongue: str) -> str:
    """Return how often a scenario was run, by what."""
    table = runs.table
    drawn = table.loc[table["scenario"] == scenario, "draw"].notna()
    facts = {"replicates": int((~drawn).sum()), "draws": int(drawn.sum())}
    return told("made.counts", tongue, source=drawn_from(runs, tongue), **facts)


def drawn_from(runs: Runs, tongue: str) -> str:
    """Return where the drawn parameters come from, in words."""
    return told(f"made.{runs.manifest.get('parameters', {}).get('source', 'prior')}", tongue)


def version(manifest: Mapping[str, Any]) -> str:
    """Return the program with its version, where the runs know it."""
    held = str(manifest.get("versions", {}).get("cashless-sim", ""))
    return "cashless-sim" if held in ("", "none") else f"cashless-sim {held}"


def where(matter: Matter, tongue: str) -> str:
    """Return place, date of its borders and months, in one line."""
    name = matter.runs.about(matter.to)["place"]
    first, last = (f(str(one) for one in matter.runs.frame["month"].unique()) for f in (min, max))
    dates = {"first": month(first, tongue), "last": month(last, tongue)}
    return told("report.where", tongue, place=geography(name, tongue), date=day(borders_of(name), tongue), **dates)


def sources(matter: Matter) -> list[Source]:
    """Return the sources of the reported figures of this place and of wider areas, by key."""
    first, last = (f(str(one) for one in matter.runs.frame["month"].unique()) for f in (min, max))
    codes = {str(one) for one in matter.runs.frame["measure"].unique()} & set(STATISTICS)
    near = {p.key for p in points() if p.code in codes and p.end >= first and p.start <= last}
    table = reported_rates().drop_duplicates("key").set_index("key")
    made = []
    for key in sorted(near & set(table.index)):
        row = table.loc[key]
        found = ADDRESS.search(str(row["url"]))
        text = f"{row['publisher']}: {row['title']} ({str(row['date'])[:4]})"
        made.append(Source(key, text, found[0] if found else ""))
    return made


def limits(tongue: str) -> list[str]:
    """Return what the model cannot say, one sentence each."""
    return [told(f"limit.{key}", tongue) for key in LIMITS]
