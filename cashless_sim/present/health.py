"""Whether finished runs may be trusted: one light a question, green, amber or red, before any number is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from cashless_sim.calibration.points import span
from cashless_sim.data import data_hash
from cashless_sim.errors import BadValue
from cashless_sim.experiment.manifest import code_hash
from cashless_sim.experiment.runs import Runs
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.locale.sentences import month, number

if TYPE_CHECKING:
    from cashless_sim.scenario.recipe import Scenario

Colour = Literal["green", "amber", "red"]
COLOURS: tuple[Colour, ...] = ("green", "amber", "red")
KEYS = ("replicates", "calibrated", "dates", "ranges", "paired", "groups", "credits")
ENOUGH_DRAWS, ENOUGH_REPLICATES = 20, 8
"""Below these an 80 % band rests on its outermost runs; assumed."""
SMALLEST = 30
"""Households behind a cell, below which it is not shown (DESIGN §7)."""
NEAR = 0.5
"""Households by which credits may miss adoption: rounding of weighted sums."""


@dataclass(frozen=True)
class Light:
    """One light: ``key`` is among `KEYS`; ``case`` says which sentence, ``facts`` fill it."""

    key: str
    colour: Colour
    case: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, language: str | None = None) -> str:
        """Return what was found, in one sentence; raise `UnknownName` for a language that is not there."""
        return self._said("", spoken(language))

    def advice(self, language: str | None = None) -> str:
        """Return what to do about it, in one sentence; empty when the light is green."""
        return "" if self.colour == "green" else self._said(".do", spoken(language))

    def mark(self, language: str | None = None) -> str:
        """Return the word that a red light puts across a figure; empty otherwise."""
        return self._said(".mark", spoken(language)) if self.colour == "red" else ""

    def question(self, language: str | None = None) -> str:
        """Return the question that the light answers, in a few words."""
        return word(f"health.{self.key}", spoken(language))

    def _said(self, end: str, tongue: str) -> str:
        key = f"health.{self.key}.{self.case}{end}"
        return word(key, tongue, **{name: _fact(value, tongue) for name, value in self.facts.items()})


def _fact(value: Any, tongue: str) -> str:
    """Return a fact as it is written: a whole number, what a fit is doubted for, a month, or a text."""
    if isinstance(value, int):
        return number(value, tongue)
    if isinstance(value, tuple):
        return "; ".join(word(f"doubt.{one}", tongue) for one in value)
    text = str(value)
    return month(text, tongue) if len(text) == 7 and text[:4].isdigit() and text[4] == "-" else text


_KEPT: WeakKeyDictionary[Runs, list[Light]] = WeakKeyDictionary()


def health(runs: Runs, scenarios: Sequence[Scenario] | None = None) -> list[Light]:
    """Return one light for each of `KEYS` that applies, in that order; raise `BadValue` for runs without rows.

    ``ranges`` needs the recipes (``scenarios``), ``paired`` several scenarios, ``credits`` rows of adopted_by.
    """
    if runs.frame.empty:
        raise BadValue(what="rows of the runs", value=0, expected="at least one")
    if runs not in _KEPT:
        found = [_replicates(runs), _calibrated(runs), _dates(runs), _paired(runs), _groups(runs), _credits(runs)]
        _KEPT[runs] = [light for light in found if light is not None]
    lights = _KEPT[runs] + ([_ranges(scenarios)] if scenarios else [])
    return sorted(lights, key=lambda light: KEYS.index(light.key))


def worst(lights: Sequence[Light]) -> Colour:
    """Return the worst colour of some lights; green when there is none."""
    return max((light.colour for light in lights), key=COLOURS.index, default="green")


def watermark(runs: Runs | None, language: str | None = None) -> str:
    """Return the word across a figure of these runs: that of the first red light, empty when there is none.

    Without runs nobody knows what made the figure, which is said.
    """
    tongue = spoken(language)
    if runs is None:
        return word("mark.unknown", tongue)
    return next((light.mark(tongue) for light in health(runs) if light.colour == "red"), "")


def _replicates(runs: Runs) -> Light:
    drawn = runs.table["draw"].notna()
    draws, own = (
        int(runs.table[rows].groupby("scenario").size().reindex(runs.scenarios, fill_value=0).min())
        for rows in (drawn, ~drawn)
    )
    kind = "draws" if draws > 1 else "luck"
    count = max(draws, own)
    facts = {"count": count, "enough": ENOUGH_DRAWS if kind == "draws" else ENOUGH_REPLICATES}
    if count <= 1:
        return Light("replicates", "amber", "one", facts)
    if count < facts["enough"]:
        return Light("replicates", "amber", f"few.{kind}", facts)
    return Light("replicates", "green" if kind == "draws" else "amber", f"enough.{kind}", facts)


def _calibrated(runs: Runs) -> Light:
    made = runs.manifest.get("calibrated")
    doubts = runs.manifest.get("parameters", {}).get("doubts")
    if not made and doubts:
        return Light("calibrated", "red", "doubted", {"doubts": tuple(doubts)})
    if not made:
        return Light("calibrated", "red", "no")
    rests = made if isinstance(made, Mapping) else runs.manifest
    now = {"code_hash": code_hash, "data_hash": data_hash}
    same = all(rests.get(name, found()) == found() for name, found in now.items())
    return Light("calibrated", "green", "yes") if same else Light("calibrated", "red", "other")


def _dates(runs: Runs) -> Light:
    first, last = span(runs.manifest.get("parameters", {}).get("split", "check"))
    facts = {"first": first, "last": last, "end": str(runs.table["end"].max())}
    beyond = facts["end"] > last
    return Light("dates", "amber" if beyond else "green", "beyond" if beyond else "within", facts)


def _ranges(scenarios: Sequence[Scenario]) -> Light:
    """Whether every number of the rules lies in its plausible range."""
    out = sorted({name for one in scenarios for rule in one.settings().rules for name in _outside(rule)})
    if out:
        return Light("ranges", "amber", "outside", {"count": len(out), "names": ", ".join(out)})
    return Light("ranges", "green", "inside")


def _outside(rule: Any) -> list[str]:
    found = []
    for name, declared in rule.parameters.items():
        if declared.plausible is not None:
            low, high = declared.plausible
            values = np.atleast_1d(np.asarray(rule.values[name], dtype=np.float64))
            if bool(((values < low) | (values > high)).any()):
                found.append(f"{type(rule).__name__}.{name}")
    return found


def _paired(runs: Runs) -> Light | None:
    """Whether all scenarios share seeds, replicates and households: only then may they be compared."""
    if len(runs.scenarios) < 2:
        return None
    table = runs.table
    made = {
        frozenset(zip(rows["seed"], rows["replicate"], rows["households"], strict=True)) if "seed" in rows else None
        for _, rows in table.groupby("scenario")
    }
    shared = len(made) == 1 and None not in made
    return Light("paired", "green", "yes") if shared else Light("paired", "red", "no")


def _groups(runs: Runs) -> Light | None:
    sizes = behind(runs)
    if sizes.empty:
        return None
    small = sizes[sizes < SMALLEST]
    facts = {"count": len(small), "of": len(sizes), "least": SMALLEST, "size": int(sizes.min())}
    return Light("groups", "amber" if len(small) else "green", "small" if len(small) else "large", facts)


def behind(runs: Runs, scenario: str | None = None) -> pd.Series[float]:
    """Return how many simulated households stand behind each group, the smallest over scenarios and months."""
    rows = runs.select(measure="households", scenario=runs.scenarios if scenario is None else scenario)
    rows = rows[rows["replicate"] == rows["replicate"].min()]
    facts = runs.table.set_index(["scenario", "replicate"])
    share = facts["households"] / facts["full_size"]
    at = pd.MultiIndex.from_arrays([rows["scenario"].astype(str), rows["replicate"]])
    counted = rows["value"].to_numpy() * share.reindex(at).to_numpy()
    return pd.Series(counted).groupby(rows["group"].astype(str).to_numpy()).min()


def _credits(runs: Runs) -> Light | None:
    """Whether the causes of first digital payments add up to them, in each month of each run that has its causes."""
    keys = ["scenario", "replicate", "month"]
    named = runs.select(measure="adopted_by")
    if named.empty:
        return None
    credited = named.groupby(keys, observed=True)["value"].sum()
    wide = runs.select(measure=["adopted", "households"], group="all", replicate=named["replicate"].unique().tolist())
    wide = wide.pivot_table(index=keys, columns="measure", values="value", observed=True)
    if not {"adopted", "households"} <= set(wide):
        return None
    first = (wide["adopted"] * wide["households"]).fillna(0.0)
    gap = float((credited.reindex(first.index, fill_value=0.0) - first).abs().max())
    if gap > NEAR:
        return Light("credits", "red", "wrong", {"gap": round(gap)})
    return Light("credits", "green", "agree")
