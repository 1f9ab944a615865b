"""How the generated tables are written: cells, numbers, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(_cell(v) for v in row) + " |" for row in rows)])


def _cell(value: Any) -> str:
    return re.sub(r"\s+", " ", str(value)).replace("|", "\\|").strip()


def number(value: Any) -> str:
    """Return a number, or several, as people write it."""
    if isinstance(value, tuple | list):
        return ", ".join(number(v) for v in value)
    return f"{value:,}" if isinstance(value, int) and value >= 1_000 else f"{float(value):.6g}"


def bounds(plausible: Sequence[float] | None) -> str:
    """Return a plausible range in words, a dash for none."""
    return "–" if plausible is None else f"{number(plausible[0])} to {number(plausible[1])}"
