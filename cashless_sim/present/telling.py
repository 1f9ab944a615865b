"""What happened to a household in a month, as clauses made from how it stood before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cashless_sim.codes import BILLS, DIGITAL, FIRST_CAMPAIGN, Bill, Cause, Method
from cashless_sim.model.diary import State
from cashless_sim.present.locale.sentences import knows, say
from cashless_sim.rules.pay import LAPSE, NEVER

NONE = int(Method.NONE)
GATES = ("smartphone", "account", "wallet", "mobile_money")
CAMPAIGN = "campaign:"
PLAIN = {int(Cause.NOT_YET): "none", int(Cause.SPONTANEOUS): "own"}
"""Causes that are no reason one can say after "because"."""

Event = tuple[str, int, int, str]
"""What happened to a bill: key of the sentence, method after, method before, why."""


@dataclass
class Teller:
    """Speaks of one household and its bills ``has`` in one language.

    ``names`` are causes and campaigns by code, ``notes`` says what campaigns are.
    """

    tongue: str
    names: Mapping[int, str]
    notes: Mapping[str, str] = field(default_factory=dict)
    has: tuple[int, ...] = BILLS
    _met: set[str] = field(default_factory=set, init=False)
    _late: bool = field(default=False, init=False)

    def clauses(self, before: State, after: State) -> list[str]:
        """Return what happened in a month, the most basic first; nothing for a month like any other.

        Lateness is told the first time, when a digital payment failed, and when it goes into a second month;
        what is heard is told once; a return to a digital method has no cause in the ledger.
        """
        found = [*self._people(before, after), *self._gates(before, after), *self._heard(before, after)]
        return [*found, *self._bills(before, after)]

    def _people(self, before: State, after: State) -> Iterator[str]:
        age = round(after["age", None])
        if _is_new(before, after):
            yield say("story.new", self.tongue, age=age)
        elif age < before["age", None]:
            yield say("story.payer", self.tongue, age=age)

    def _gates(self, before: State, after: State) -> Iterator[str]:
        yield from (say(f"story.{gate}", self.tongue) for gate in GATES if _begins(gate, before, after))

    def _heard(self, before: State, after: State) -> Iterator[str]:
        if not _begins("aware_bank", before, after) or before["heard_from", None] != Cause.NOT_YET:
            return
        source = int(after["heard_from", None])
        if source >= FIRST_CAMPAIGN:
            yield say("story.heard.campaign", self.tongue, name=self._campaign(source))
        else:
            yield say("story.heard.contact" if source == Cause.PEER else "story.heard.self", self.tongue)

    # -- bills -------------------------------------------------------------------------------------------------
    def _bills(self, before: State, after: State) -> Iterator[str]:
        """Yield what happened to bills; the same for several of them in one clause."""
        events: dict[Event, list[int]] = {}
        for b in self.has:
            for event in self._events(b, before, after):
                events.setdefault(event, []).append(b)
        for (key, method, old, why), bills in events.items():
            facts = {"method": self.method(method), "before": self.method(old), "why": why}
            yield say(key, self.tongue, bills=self.bills(bills), **facts)

    def _events(self, b: int, before: State, after: State) -> Iterator[Event]:
        newcomer = _is_new(before, after)
        old, new = NONE if newcomer else int(before["method", b]), int(after["method", b])
        failed = after["late", b] > (0 if newcomer else before["late", b])
        never = newcomer or before["months_since_digital", b] == NEVER
        if new in DIGITAL and old not in DIGITAL and never:
            yield "story.tried" if failed else "story.began", new, NONE, self.because(after["cause", b])
            return
        if new in DIGITAL and never and not failed:
            yield "story.worked", new, NONE, ""
        elif old in DIGITAL and new in DIGITAL and old != new:
            yield "story.switched", new, old, ""
        elif old in DIGITAL and old != new:
            yield "story.stopped", new, old, self.because(after["left_because", None])
        elif old != new:
            yield "story.again" if new in DIGITAL else "story.moved", new, NONE, ""
        yield from self._lateness(b, before, after)
        if after["months_since_digital", b] == LAPSE > before["months_since_digital", b]:
            yield "story.lapsed", NONE, NONE, ""

    def _lateness(self, b: int, before: State, after: State) -> Iterator[Event]:
        months = after["late", b]
        if months > before["late", b]:
            if months == 2:
                yield "story.longer", NONE, NONE, ""
            elif months == 1 and after["method", b] in DIGITAL:
                yield "story.failed", NONE, NONE, ""
            elif not self._late:
                yield "story.late", NONE, NONE, ""
            self._late = True
        if after.get(("cut", b), 0) > before.get(("cut", b), 0):
            yield "story.cut", NONE, NONE, ""

    # -- words -------------------------------------------------------------------------------------------------
    def method(self, code: int) -> str:
        """Return how a bill is paid, in words."""
        return say(f"method.{Method(code).name}", self.tongue)

    def bills(self, codes: list[int]) -> str:
        """Return names of bills, joined."""
        words = [say(f"bill.{Bill(b).name}", self.tongue) for b in codes]
        if len(words) == 1:
            return words[0]
        return say("story.and", self.tongue, first=", ".join(words[:-1]), last=words[-1])

    def because(self, code: float) -> str:
        """Return a cause as the reason of something."""
        number = int(code)
        if number >= FIRST_CAMPAIGN:
            return say("story.because.campaign", self.tongue, name=self._campaign(number))
        if number in PLAIN:
            return say(f"story.because.{PLAIN[number]}", self.tongue)
        return say("story.because", self.tongue, cause=self.cause(self.names[number]))

    def cause(self, name: str) -> str:
        """Return a cause of the ledger in words; a campaign's own name is quoted."""
        if name.startswith(CAMPAIGN):
            return say("cause.campaign", self.tongue, name=self._noted(name.removeprefix(CAMPAIGN)))
        key = f"cause.{name.upper()}"
        return say(key, self.tongue) if knows(key) else say("cause.other", self.tongue, name=name)

    def _campaign(self, code: int) -> str:
        """Return a campaign's name in quotes; what it is stands beside it the first time."""
        name = self.names[code].removeprefix(CAMPAIGN)
        if name in self._met:
            return say("story.quoted", self.tongue, name=name)
        self._met.add(name)
        return self._noted(name)

    def _noted(self, name: str) -> str:
        quoted, note = say("story.quoted", self.tongue, name=name), self.notes.get(name)
        return f"{quoted} ({note})" if note else quoted


def _is_new(before: State, after: State) -> bool:
    """Whether another household took the place of the one that was there; one payer after another is never older."""
    older = after["age", None] > before["age", None] + 1
    return older or _begins("moved_in", before, after) or _begins("gone", before, after)


def _begins(column: str, before: State, after: State) -> bool:
    """Whether a yes/no column turned to yes; a column that the model has not never does."""
    return after.get((column, None), 0) > before.get((column, None), 0)
