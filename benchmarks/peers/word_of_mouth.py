"""The one rule that smaller peers do as well: word of mouth along ties, with forgetting."""

from pathlib import Path
from typing import Any

import numpy as np

import cashless_sim.streams as streams
from cashless_sim.model.model import CashlessModel
from cashless_sim.rules.maths import power
from cashless_sim.rules.month import Month
from cashless_sim.rules.people import People
from cashless_sim.rules.rule import Column, CountOf, Draw, Rule, parameter
from cashless_sim.units import Share


class Word(Rule):
    """Payers tell more than others; who does not pay so may forget."""

    owns = (Column("knows", bool, "yes/no", "has heard"),)
    draws = (Draw("hears"), Draw("forgets"))
    peers = (CountOf("paying", where="pays_digitally"), CountOf("informed", where="knows"))

    tell: Share = parameter(0.30, "chance that a payer tells", source="assumed")
    tell_informed: Share = parameter(0.03, "chance that another who knows tells", source="assumed")
    forget: Share = parameter(0.10, "chance to forget", source="assumed")

    def household(self, h: Any, peers: Any, here: Any, u: Any) -> None:
        """Know from the first contact on; forget without use."""
        others = max(peers.informed - peers.paying, 0.0)
        silent = power(1.0 - self.tell, peers.paying) * power(1.0 - self.tell_informed, others)
        if h.knows and not h.pays_digitally and u.forgets < self.forget:
            h.knows = False
        if u.hears < 1.0 - silent:
            h.knows = True


class Ours:
    """The rule over the columns of a model's people, one month a step."""

    def __init__(self, model: CashlessModel) -> None:
        """Nobody knows yet but those who pay."""
        here = model._rules.people
        self.people = People(model.columns.copy(), here.ids, here.cell, here.indptr, here.indices)
        self.month, self.seed, self.at = Month([Word()], self.people), model.seed, 0
        self.people.columns.put("knows", slice(None), self.people.columns.stored("pays_digitally"))
        self.month.segments()

    def step(self) -> None:
        """Run a month."""
        self.month.run(self.at, self.seed, 0, {})
        self.at += 1

    def count(self) -> int:
        """Return how many know."""
        return int(np.count_nonzero(self.people.columns.stored("knows")))


def write_job(ours: Ours, path: Path, months: int) -> None:
    """Write what another program needs to do the same: ties, who pays, and the luck of each month."""
    people = ours.people
    luck = {
        f"{name}_{month}": streams.uniforms(ours.seed, people.ids, month, f"Word.{name}")
        for name in ("hears", "forgets")
        for month in range(months)
    }
    pays = people.columns.stored("pays_digitally")
    np.savez(path, indptr=people.indptr, indices=people.indices, pays=pays, **luck)
