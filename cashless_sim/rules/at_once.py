"""A month that begins at once: each rule at the level that is ready, while another process compiles them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numba

from cashless_sim.rules.compiler.ahead import Ahead, Job, can_keep, is_kept
from cashless_sim.rules.compiler.kernel import Kernel, parameter_vector, write_kernel
from cashless_sim.rules.month import Month
from cashless_sim.rules.people import People
from cashless_sim.rules.rule import Rule
from cashless_sim.rules.segments import Group, Segment, groups_of, kept_of, segment_of

LEVEL = "at once"
PATIENCE = 2_000
"""Households for whom a rule is worked out from its text, at most: three seconds a month when it is all of them."""
MEANWHILE = "while another process compiles the month"


class AtOnce(Month):
    """A month whose first steps do not wait for the compiler; every level gives the same bits.

    What was compiled before runs as it always does. Otherwise each rule runs by itself: compiled, when its own kernel
    is there, else from its text when households are few, else compiled by itself. Meanwhile another process compiles
    the whole month into the cache folder, then each rule by itself for the next change; as soon as the whole month is
    there, it runs. Where nothing can be kept, this process compiles first, as `Month` does.
    """

    def __init__(self, rules: Sequence[Rule], people: People, threads: int = 1) -> None:
        """Nothing is compiled yet."""
        super().__init__(rules, people, threads)
        self.ahead: Ahead | None = None

    def segments(self) -> list[Segment]:
        """Return the segments as far as they are ready; the fastest where nothing has to be waited for."""
        if self._segments is None:
            groups = groups_of(self.rules, self._specs, self.level)
            if all(is_kept(kernel.source) for _, kernel in self._whole(groups)) or not can_keep():
                return super().segments()
            self._begin(groups)
        elif self.ahead is not None:
            groups = groups_of(self.rules, self._specs, self.level)
            if self.ahead.ended or all(is_kept(kernel.source) for _, kernel in self._whole(groups)):
                self.ahead = None
                kept = kept_of(groups)
                self._segments = [segment_of(group, self._specs, kept, self.level, self._try_out) for group in groups]
        assert self._segments is not None
        return self._segments

    def _begin(self, groups: list[Group]) -> None:
        """Run what is ready, and start compiling the rest elsewhere."""
        for name in sorted({c.name for rule in self.rules for c in rule.owns if c.passing} - set(self.passing)):
            self.passing.add(self._specs[name])
        alone = [(rule, self._own_kernel(rule)) for rules, why in groups for rule in rules if not why]
        jobs = [self._job(rules, kernel) for rules, kernel in self._whole(groups)]
        jobs += [self._job((rule,), kernel) for rule, kernel in alone]
        self._segments = [self._alone(rule, why) for rules, why in groups for rule in rules]
        self.ahead = Ahead(jobs)

    def _whole(self, groups: list[Group]) -> Iterator[tuple[tuple[Rule, ...], Kernel]]:
        """Yield the rules and the kernel of each group that compiles, at the fastest level."""
        for rules, why in groups:
            if not why:
                yield rules, write_kernel(rules, self._specs, kept_of(groups), True)

    def _own_kernel(self, rule: Rule) -> Kernel:
        return write_kernel((rule,), self._specs, set(self.passing), False)

    def _alone(self, rule: Rule, why: str) -> Segment:
        """Return one rule ready to run by itself."""
        if why:
            return Segment((rule,), "interpreted", why)
        if self.people.n <= PATIENCE and not is_kept(self._own_kernel(rule).source):
            return Segment((rule,), "interpreted", MEANWHILE)
        made = segment_of(((rule,), ""), self._specs, set(self.passing), "scalar", self._try_out)
        made.why = f"{made.why}; by itself {MEANWHILE}"
        return made

    def _job(self, rules: tuple[Rule, ...], kernel: Kernel) -> Job:
        seen: list[tuple[Any, ...]] = []

        def note(*arguments: Any) -> None:
            seen.append(tuple(numba.typeof(each) for each in arguments))

        self._try_out(Segment(rules, self.level, "", kernel, note, parameter_vector(kernel, rules)))
        return Job(kernel.source, seen[0])


def month_of(rules: Sequence[Rule], people: People, threads: int, level: str) -> Month:
    """Return the month of some rules at a level: of `cashless_sim.rules.segments.LEVELS`, or ``"at once"``."""
    return AtOnce(rules, people, threads) if level == LEVEL else Month(rules, people, threads, level)
