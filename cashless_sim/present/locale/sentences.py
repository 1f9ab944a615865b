"""Readers spoken to in their language: a sentence for a key, numbers and months as they write them."""

from __future__ import annotations

import os
from typing import Any

from cashless_sim.errors import UnknownName, nearest
from cashless_sim.present.locale import decision_en, decision_vi, en, story, vi

TABLES = {"en": en.MESSAGES | story.EN | decision_en.EN, "vi": vi.MESSAGES | story.VI | decision_vi.VI}
LANGUAGES = tuple(TABLES)
VARIABLE = "CASHLESS_SIM_LANGUAGE"
NO_BREAK = "\u00a0"


def language(chosen: str | None = None) -> str:
    """Return the language to speak: the chosen one, else that of the environment, else English.

    Raises `UnknownName` for a language that is not there.
    """
    name = chosen or os.environ.get(VARIABLE) or "en"
    if name not in TABLES:
        near = nearest(name, LANGUAGES)
        raise UnknownName(what="language", name=name, expected=", ".join(LANGUAGES), near=near)
    return name


def say(key: str, tongue: str, /, **facts: Any) -> str:
    """Return the sentence of a key in a language, with its facts filled in; raise KeyError for a missing one."""
    return TABLES[tongue][key].format(**facts)


def several(key: str, tongue: str, count: float, /, **facts: Any) -> str:
    """Return the sentence of a key about ``count`` things; of ``<key>.one`` when it is one and there is such."""
    one = f"{key}.one"
    return say(one if count == 1 and knows(one) else key, tongue, **facts)


def knows(key: str) -> bool:
    """Whether there is a sentence for a key."""
    return key in TABLES["en"]


def number(value: float, tongue: str, digits: int = 0) -> str:
    """Return a number as it is written: 377,582 or 377.582; nothing is below zero that rounds to it."""
    from babel.numbers import format_decimal

    shape = "#,##0" + ("." + "0" * digits if digits else "")
    text: str = format_decimal(value, format=shape, locale=tongue)
    return text if any(digit in text for digit in "123456789") else text.removeprefix("-")


def percent(share: float, tongue: str, digits: int = 1) -> str:
    """Return a share [0, 1] as a percentage: 12.5 % or 12,5 %."""
    return f"{number(100 * share, tongue, digits)}{NO_BREAK}%"


def money(value: float, tongue: str) -> str:
    """Return an amount in VND: 1,234,567 VND or 1.234.567 đồng."""
    return f"{number(value, tongue)}{NO_BREAK}{'đồng' if tongue == 'vi' else 'VND'}"


def month(text: str, tongue: str) -> str:
    """Return a ``YYYY-MM`` month: Oct 2019 or 10/2019."""
    from babel.dates import format_date

    year, number_ = (int(part) for part in text.split("-")[:2])
    if tongue == "vi":
        return f"{number_}/{year}"
    import datetime

    return format_date(datetime.date(year, number_, 1), "MMM y", locale=tongue)


def day(text: str, tongue: str) -> str:
    """Return a ``YYYY-MM-DD`` date: 23 Nov 2026 or 23/11/2026; a shorter one as a month or a year."""
    import datetime

    from babel.dates import format_date

    if len(text) < 10:
        return month(text, tongue) if len(text) == 7 else text
    shape = "dd/MM/y" if tongue == "vi" else "d MMM y"
    return format_date(datetime.date.fromisoformat(text), shape, locale=tongue)
