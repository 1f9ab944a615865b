"""Rules that the compiler does not take; each says on its own line what is refused, as ``# refused: words``."""

from typing import Any

import numpy as np
from small_rules import FEE, number

from cashless_sim.codes import BILLS, METHODS, Method
from cashless_sim.rules.maths import exp, formula
from cashless_sim.rules.rule import Column, Draw, Rule, parameter
from cashless_sim.units import Money, Share

FACTOR = np.float64(0.1)
ALIKE = {"low": 0.25, "high": 0.5}
SOME, OTHERS = (1, 2), (3, 4)
h = u = "a notebook's own names, which do not hide a rule's arguments"


def outside(x: Any) -> Any:
    return x + 1


@formula
def deep(x: Any) -> Any:
    while x < 0:  # refused: a formula is assignments, if … return, and a last return
        x = x + 1
    return x


@formula
def over_and_over(x: Any) -> Any:
    return over_and_over(x / 2) if x > 1.0 else x  # refused: over_and_over calls itself


class Returns(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        if h.urban:
            return  # refused: cannot take return
        h.out = h.debt


class While(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = 1
        while h.out < h.trust:  # refused: cannot take while
            h.out += 1


class Try(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        try:  # refused: cannot take try
            h.out = h.debt
        finally:
            pass


class Comprehension(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        some = tuple(h.late[b] for b in BILLS if b > 0)  # refused: cannot take this comprehension
        h.out = some[0]


class Listed(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = [h.late[b] for b in BILLS][1]  # refused: cannot take ListComp


class Keyword(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = exp(x=h.trust)  # refused: cannot take keyword or starred arguments


class Outsider(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = outside(h.trust)  # refused: cannot call outside


class Power(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = h.age % 7  # refused: cannot take Mod


class YesNoArithmetic(Rule):
    """numpy adds two truths to a truth, and makes a double of a truth times a number."""

    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = ((h.age > 30) + (h.age > 50)) * h.trust  # refused: does arithmetic with a yes/no value


class Double(Rule):
    """Plain Python adds 0.1 three times in double precision."""

    owns = (number("out"),)

    def household(self, h, peers, here, u):
        total = 0.0
        for _ in BILLS:
            total += 0.1  # refused: works on two plain numbers
        h.out = total * h.income


class NumpyNumber(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = h.income * FACTOR  # refused: 'FACTOR' is a numpy number


class CodeArithmetic(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = h.trust * Method.PROXY * 0.1  # refused: does arithmetic with a code


class NumberAsTruth(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = h.late[0] or 3  # refused: 'and' and 'or' take yes/no values only


class TwoKinds(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        x = h.urban
        if h.account:
            x = h.age  # refused: 'x' is once yes/no and once a number
        h.out = x


class MixedPaths(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = h.urban if h.account else h.age  # refused: gives yes/no on one path and a number on the other


class TwoThings(Rule):
    """After the branch the name means one of two tuples, which only the household's month can tell."""

    owns = (number("out"),)

    def household(self, h, peers, here, u):
        chosen = SOME
        if h.urban:
            chosen = OTHERS
        for k in chosen:  # refused: 'chosen' may have no value here
            h.out = h.out + k


class AfterTheLoop(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        for b in BILLS:
            h.out = h.late[b]
        h.out += b  # refused: 'b' may have no value here


class LaterIndex(Rule):
    owns = (number("out"),)
    draws = (Draw("race", per=(METHODS,)),)

    def household(self, h, peers, here, u):
        h.out = u.race[min(h.way[0], 6)]  # refused: does not know u.race


class Breaks(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        for b in BILLS:
            if h.late[b] > 100:
                break  # refused: cannot take break
            h.out += 1.0


class Walrus(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        if (x := h.trust) > 0.3:  # refused: cannot take NamedExpr
            h.out = x


class Dictionary(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = ALIKE["low"] * h.trust  # refused: cannot take 'low'


class FormulaLoop(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = deep(h.trust)


class Recursion(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = over_and_over(h.age)


class TwoTargets(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = x = h.trust  # refused: cannot take assign
        h.out = x + 1


class Inverted(Rule):
    owns = (Column("out", Money, "VND", "out"),)

    def household(self, h, peers, here, u):
        h.out = ~int(h.urban)  # refused: cannot call int


class WholeColumn(Rule):
    owns = (number("out"),)

    def household(self, h, peers, here, u):
        h.out = len(h.late)  # refused: does not know h.late (give one of (0, 1, 2))


class WrongIndex(Rule):
    owns = (number("out"),)
    taste: Share = parameter(0.5, "taste", source="assumed")
    reads = (FEE,)

    def household(self, h, peers, here, u):
        if h.age > 300:
            h.out = here.fee[0]  # refused: does not know here.fee (it takes 2 indices)
        h.out += self.taste


REFUSED = tuple(
    found
    for found in list(vars().values())
    if isinstance(found, type) and issubclass(found, Rule) and found is not Rule
)
