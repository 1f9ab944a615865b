"""Sentences of the explorer, on a page and in a notebook, in both languages."""

from __future__ import annotations

from typing import Any

from cashless_sim.present.locale import explore_en, explore_vi

TABLES = {"en": explore_en.EN, "vi": explore_vi.VI}


def told(key: str, tongue: str, /, **facts: Any) -> str:
    """Return the sentence of a key in a language, with its facts filled in; raise KeyError for a missing one."""
    return TABLES[tongue][key].format(**facts)


def page_words(tongue: str) -> dict[str, str]:
    """Return the sentences that the page itself fills in, by key without ``page.``."""
    return {key[5:]: text for key, text in TABLES[tongue].items() if key.startswith("page.")}


def has(key: str) -> bool:
    """Whether there is a sentence for a key."""
    return key in TABLES["en"]
