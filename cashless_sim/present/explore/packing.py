"""The explorer's numbers in few letters: each share three digits of base 36, which old browsers read as well."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from cashless_sim.present.explore.answers import LATE, Answer, Three
from cashless_sim.present.explore.making import CODES

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WIDTH = 3
SCALE = 10_000
"""Steps of a share: hundredths of a percent."""
MIDDLE = 36**WIDTH // 2
"""What zero is written as, so that differences may be negative."""
NOTHING = "-" * WIDTH
MILLION = 1e6


def packed(shares: Iterable[float]) -> str:
    """Return shares or differences in [-2, 2] as text, `WIDTH` letters each; `NOTHING` for none."""
    return "".join(_word(float(one)) for one in shares)


def unpacked(text: str) -> list[float]:
    """Return the numbers of a text of `packed`, to a hundredth of a percent; NaN where there is none."""
    words = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
    return [math.nan if word == NOTHING else (int(word, 36) - MIDDLE) / SCALE for word in words]


def _word(share: float) -> str:
    if math.isnan(share):
        return NOTHING
    number, letters = round(share * SCALE) + MIDDLE, ""
    for _ in range(WIDTH):
        number, digit = divmod(number, 36)
        letters = DIGITS[digit] + letters
    return letters


def curves(held: Any) -> list[str]:
    """Return for each of `CODES` the text of its means, lows and highs, one after another."""
    return [packed([*held[code][0], *held[code][1], *held[code][2]]) for code in CODES]


def cell(answer: Answer) -> dict[str, Any]:
    """Return one plan as the page reads it."""
    money = answer.money
    made: dict[str, Any] = {
        "c": curves(answer.curves),
        "d": packed(number for code in (*CODES, LATE) for number in answer.change[code]),
        "p": _pairs(answer.places.values()),
        "g": _pairs(answer.groups.values()),
        "w": packed(answer.paid),
    }
    if money:
        made |= {
            "m": [_short(one / MILLION, 1) for one in money["cost"]],
            "n": [_short(one, 0) for one in money["payers"]],
            "e": [_short(one, -3) for one in money["each"]],
            "q": money["grade"],
            "a": int(answer.is_told_apart),
        }
    return made


def _pairs(pairs: Iterable[tuple[Three, Three]]) -> str:
    return packed(number for level, change in pairs for number in (*level, *change))


def _short(value: float, digits: int) -> float | int | None:
    """Return a number in few letters, None where there is none; ``-3`` rounds to thousands."""
    if not math.isfinite(value):
        return None
    kept = round(value, digits)
    return int(kept) if digits <= 0 or kept == int(kept) else kept
