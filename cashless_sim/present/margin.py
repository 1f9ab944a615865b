"""The note in a figure's margin: who was simulated, how often, by which recipe, and what is not claimed."""

from __future__ import annotations

from cashless_sim.data import place
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.bands import Band
from cashless_sim.present.behind import behind
from cashless_sim.present.health import watermark
from cashless_sim.present.locale.sentences import day, knows, number, say
from cashless_sim.present.reported import borders_of

SHORT = 12
LONGEST = 100


def geography(name: str, tongue: str) -> str:
    """Return what to call a place in a language."""
    key = f"geography.{name}"
    if knows(key):
        return say(key, tongue)
    found = place(name)
    return found.title if tongue == "vi" else found.title_en


def titled(runs: Runs, scenario: str, tongue: str) -> str:
    """Return a scenario's title in a language, in one line of at most `LONGEST` letters."""
    about = runs.about(scenario)
    title = " ".join((about["title_vi"] if tongue == "vi" else about["title"]).split()).replace("$", r"\$")
    return title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"


def note(runs: Runs, scenario: str, band: Band, tongue: str) -> list[str]:
    """Return the lines of the margin note."""
    lines = [_who(runs, scenario, band, tongue), _how(runs, scenario, band, tongue), _what(tongue)]
    return lines + behind(runs, scenario, tongue)


def _who(runs: Runs, scenario: str, band: Band, tongue: str) -> str:
    full = int(runs.table.loc[runs.table["scenario"] == scenario, "full_size"].iloc[0])
    households = number(band.households, tongue)
    if band.households < full:
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


def _how(runs: Runs, scenario: str, band: Band, tongue: str) -> str:
    line = say("note.line" if band.replicates == 1 else "note.mean", tongue, replicates=band.replicates)
    facts = {"count": band.count, "households": number(band.band_households, tongue), "mark": aside(runs, tongue)}
    key = {"draws": "note.band", "posterior": "note.posterior", "luck": "note.luck", "none": "note.noband"}[band.kind]
    spread = say(key, tongue, seed=runs.manifest["seed"], **facts)
    recipe = say("note.recipe", tongue, hash=runs.about(scenario)["hash"][:SHORT])
    return f"{line} {spread} {recipe}."


def aside(runs: Runs, tongue: str) -> str:
    """Return the word across a figure of these runs, to stand inside a sentence; empty when there is none."""
    mark = watermark(runs, tongue)
    return f", {mark.lower()}" if mark else ""


def _what(tongue: str) -> str:
    return f"{say('note.points', tongue)} {say('note.codes', tongue)}"
