"""Sentences of reports, slides and office files, in both languages."""

from __future__ import annotations

from typing import Any

from cashless_sim.present.locale import money, report_en, report_vi

TABLES = {"en": report_en.EN | money.EN, "vi": report_vi.VI | money.VI}


def told(key: str, tongue: str, /, **facts: Any) -> str:
    """Return the sentence of a key in a language, with its facts filled in; raise KeyError for a missing one."""
    return TABLES[tongue][key].format(**facts)


def has(key: str) -> bool:
    """Whether there is a sentence for a key."""
    return key in TABLES["en"]
