"""Sentences of figures, in both languages."""

from __future__ import annotations

from typing import Any

from cashless_sim.present.locale import population, trust
from cashless_sim.present.locale.figures_en import EN
from cashless_sim.present.locale.figures_vi import VI

NO_BREAK = "\u00a0"
TABLES = {
    name: {key: text.replace(" %", NO_BREAK + "%") for key, text in table.items()}
    for name, table in (("en", EN | population.EN | trust.EN), ("vi", VI | population.VI | trust.VI))
}
"""By language and key; a percent sign never stands alone at the start of a line."""


def word(key: str, tongue: str, /, **facts: Any) -> str:
    """Return the sentence of a key in a language, with its facts filled in; raise KeyError for a missing one."""
    return TABLES[tongue][key].format(**facts)


def knows(key: str) -> bool:
    """Whether there is a sentence for a key."""
    return key in TABLES["en"]
