"""Finds what a scenario names from outside the package, as ``package.module:Name``."""

from __future__ import annotations

import importlib
from typing import Any

from cashless_sim.errors import UnknownName, UserError

EXPECTED = "those that Python can import, as package.module:Name"


def is_outside(use: str) -> bool:
    """Return whether a name points outside the package."""
    return ":" in use


def named(what: str, use: str) -> Any:
    """Return the thing that ``package.module:Name`` names; raise `UnknownName`, whatever its module raises."""
    module, _, name = use.partition(":")
    found = _module(what, use, module)
    if not hasattr(found, name):
        raise UnknownName(what=what, name=use, expected=EXPECTED, next=f"its module has no '{name}'")
    return getattr(found, name)


def _module(what: str, use: str, name: str) -> Any:
    try:
        return importlib.import_module(name)
    except UserError:
        raise
    except ModuleNotFoundError as problem:
        said = f"Python finds no module '{problem.name}': for a file in this folder, set PYTHONPATH=."
        raise UnknownName(what=what, name=use, expected=EXPECTED, next=said) from None
    except (ImportError, ValueError) as problem:
        raise UnknownName(what=what, name=use, expected=EXPECTED, next=str(problem)) from None
    except Exception as problem:
        said = f"importing it raised {type(problem).__name__}: {problem}"
        raise UnknownName(what=what, name=use, expected=EXPECTED, next=said) from None
