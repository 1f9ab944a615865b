"""Libraries for office files, which not everyone has."""

from __future__ import annotations

import importlib
from typing import Any

from cashless_sim.errors import Unsupported

INSTALL = "pip install 'cashless-sim[office]'"


def library(name: str) -> Any:
    """Return a library by its import name; raise `Unsupported` with what to install."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise Unsupported(what="an office file", why=f"{name} is not installed ({INSTALL})") from None
