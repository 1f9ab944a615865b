"""The kinds of number the model speaks of, and calendar months as integers."""

from __future__ import annotations

import re
from typing import Annotated

import numpy as np

from cashless_sim.errors import BadValue

Share = Annotated[float, "share in [0, 1]"]
Rate = Annotated[float, "chance or hazard a month"]
Money = Annotated[float, "VND"]
Utility = Annotated[float, "logit units"]
Number = Annotated[float, "number"]
Code = Annotated[int, "code"]
Count = Annotated[int, "count up to 255"]
F32 = np.float32

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


def month_number(text: str) -> int:
    """Return the number of a ``YYYY-MM`` month, counted from January 1970; raise `BadValue`."""
    found = _MONTH.match(text)
    if not found:
        raise BadValue(what="month", value=text, expected="YYYY-MM, for example 2021-03")
    return (int(found[1]) - 1970) * 12 + int(found[2]) - 1


def month_text(number: int) -> str:
    """Return ``YYYY-MM`` of a month number."""
    return f"{1970 + number // 12:04d}-{number % 12 + 1:02d}"


def year_of(number: int) -> int:
    """Return the calendar year of a month number."""
    return 1970 + number // 12


def calendar_month(number: int) -> int:
    """Return the calendar month, 1 to 12, of a month number."""
    return number % 12 + 1
