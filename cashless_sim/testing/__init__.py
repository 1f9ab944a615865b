"""Proof that a rule is sound: `check_rule`, for the tests of whoever writes one."""

from importlib import import_module
from typing import Any

_HOME = {
    "CHECKS": "cashless_sim.testing.finding",
    "Finding": "cashless_sim.testing.finding",
    "Report": "cashless_sim.testing.finding",
    "check_rule": "cashless_sim.testing.checking",
    "few": "cashless_sim.testing.ground",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    """Return a public name from the file where it lives."""
    if name not in _HOME:
        raise AttributeError(f"module 'cashless_sim.testing' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)
