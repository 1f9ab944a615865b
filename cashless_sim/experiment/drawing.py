"""Where the draws of parameters come from: a fitted posterior, or plausible ranges where none belongs to the runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cashless_sim.experiment.design import prior_draw
from cashless_sim.experiment.posterior_draws import doubts, posterior_draw, shipped, suits
from cashless_sim.experiment.posterior_table import Draws
from cashless_sim.scenario.recipe import Scenario

PRIOR = "prior"


def source_of(posterior: Draws | str, scenarios: Iterable[Scenario]) -> Draws | None:
    """Return the posterior to draw from: one as read, or the shipped one of a split; None where ranges are drawn from.

    That is for ``"prior"``, when other code or data made the shipped one, and when a scenario lacks a fitted rule.
    Raises `BadValue` for an unknown split.
    """
    if posterior == PRIOR:
        return None
    found = shipped(posterior) if isinstance(posterior, str) else posterior
    return found if found is not None and all(suits(found, scenario) for scenario in scenarios) else None


def told(source: Draws | None, draws: int) -> dict[str, Any]:
    """Return what a manifest says of the draws: where they come from, and what speaks against believing them."""
    if source is None:
        return {"source": PRIOR, "draws": draws}
    facts = {"source": "posterior", "split": source.manifest["split"], "hash": source.manifest["table_hash"]}
    return {**facts, "draws": draws, "doubts": list(doubts(source))}


@dataclass(frozen=True)
class Drawing:
    """``draws`` combinations of parameters, the same in every scenario: of ``source``, or of plausible ranges."""

    source: Draws | None
    draws: int
    seed: int

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        """The rows of the posterior that were chosen, one a draw."""
        if self.source is None or not self.draws:
            return []
        chosen: list[Any] = self.source.chosen(self.draws, self.seed).to_dict("records")
        return chosen

    @cached_property
    def _made_by(self) -> str:
        """SHA-256 (hex) of all that a posterior's manifest says, its table's hash included; empty for the ranges."""
        if self.source is None:
            return ""
        return hashlib.sha256(json.dumps(self.source.manifest, sort_keys=True).encode("utf-8")).hexdigest()

    def scenario(self, scenario: Scenario, draw: int) -> Scenario:
        """Return a scenario with the parameters of one draw."""
        if self.source is None:
            return prior_draw(scenario, self.seed, draw)
        return posterior_draw(scenario, self.source, self._rows[draw])

    def key(self, draw: int) -> str:
        """Return what one draw follows from, beside seed and scenario: the same text, the same parameters."""
        if self.source is None:
            return ""
        row = self._rows[draw]
        return f"{self._made_by} {row['member']} {row['draw']}"

    @cached_property
    def about(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return told(self.source, self.draws)
