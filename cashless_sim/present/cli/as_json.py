"""What a command found as JSON for a script, alone on the standard output."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING, Any

import typer

from cashless_sim.present.locale.commands import told

if TYPE_CHECKING:
    import pandas as pd


def json_option(tongue: str) -> Any:
    """Return the option ``--json``."""
    return typer.Option("--json", help=told("option.json", tongue), show_default=False)


@contextmanager
def silent(wanted: bool) -> Iterator[None]:
    """Keep what is meant for readers off the standard output, if a script is to read it."""
    with redirect_stdout(StringIO()) if wanted else nullcontext():
        yield


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame, with None for what there is not."""
    return [{str(key): _plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: no number that is none, no type of a library."""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, float) and not math.isfinite(plain):
        return None
    return plain if isinstance(plain, str | int | float | bool | None) else str(plain)


def put(facts: Mapping[str, Any]) -> None:
    """Print facts as JSON."""
    print(json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False))
