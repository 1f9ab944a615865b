"""An error's facts made into one sentence in the reader's language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from cashless_sim.errors import CashlessError
from cashless_sim.present.locale.phrases import PHRASES
from cashless_sim.present.locale.sentences import TABLES, say

SPOKEN = ("what", "why", "problem", "expected", "next", "where", "value")
HOLE = "{}"


def explain(error: CashlessError, tongue: str) -> str:
    """Return what happened, where, what was expected and what next, in one line."""
    shown = {name: _spoken(name, value, tongue) for name, value in error.facts.items() if value is not None}
    shown.setdefault("value", _spoken("value", error.facts.get("value"), tongue))
    text = TABLES[tongue][f"error.{error.code}"].format_map(_Gaps(shown))
    if "where" in shown:
        text = f"{shown['where']}: {text}"
    if shown.get("near"):
        text += "; " + say("error.near", tongue, near=shown["near"])
    if shown.get("next"):
        text += f"; {shown['next']}"
    return " ".join(text.split())


class _Gaps(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"<{name}>"


def _spoken(name: str, value: Any, tongue: str) -> str:
    """Return one fact as text; in Vietnamese with the wording of `PHRASES` where there is one."""
    text = (repr(value) if isinstance(value, str) else str(value)) if name == "value" else str(value)
    return phrase(text) or text if tongue == "vi" and name in SPOKEN else text


def phrase(text: str) -> str | None:
    """Return the Vietnamese of an English piece of an error, or None when there is none.

    What stands in round brackets is quoted from elsewhere and left as it is.
    """
    if text in PHRASES:
        return PHRASES[text] if HOLE in text else PHRASES[text].format()
    for pattern, vietnamese in _patterns():
        if found := pattern.fullmatch(text):
            quoted = "({})" in vietnamese
            return vietnamese.format(*(part if quoted else phrase(part) or part for part in found.groups()))
    return None


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return the phrases with holes as patterns, the most telling first."""
    holed = sorted((key for key in PHRASES if HOLE in key), key=lambda key: -len(key.replace(HOLE, "")))
    return [(re.compile("(.+?)".join(map(re.escape, key.split(HOLE))), re.DOTALL), PHRASES[key]) for key in holed]
