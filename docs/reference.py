"""Writes the reference from docstrings: ``python -W error docs/reference.py FOLDER``; a warning ends it."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pandas as pd
import pdoc
import pdoc.render

PACKAGES = ("cashless_sim", "cashless_sim.testing", "cashless_sim.theory")
"""Packages whose public names are loaded when they are first used."""
LEFT_OUT = ("__main__",)
"""Modules that run when they are imported."""


def _itself(series: type, kind: object) -> type:
    """Return a series for a series of something: pandas tells the kind in its stubs only."""
    return series


def _resolve(module: ModuleType) -> None:
    """Give the named tuples of a module their types: Python leaves them as text without the module's names."""
    for kind in vars(module).values():
        if isinstance(kind, type) and hasattr(kind, "_fields") and kind.__module__ == module.__name__:
            kind.__new__.__annotations__ = get_type_hints(kind)


def write(folder: Path) -> int:
    """Write a page for each module into a folder; return how many pages there are."""
    if not hasattr(pd.Series, "__class_getitem__"):
        pd.Series.__class_getitem__ = classmethod(_itself)
    root = import_module("cashless_sim")
    for one in pkgutil.walk_packages(root.__path__, "cashless_sim."):
        if one.name.partition(".")[2] not in LEFT_OUT:
            _resolve(import_module(one.name))
    for package in map(import_module, PACKAGES):
        for name in package.__all__:
            vars(package)[name] = getattr(package, name)
    pdoc.render.configure(docformat="google")
    inside = [one.name for one in pkgutil.iter_modules(root.__path__) if one.name not in LEFT_OUT]
    more = (f"cashless_sim.{name}" for name in inside if name not in root.__all__)
    pdoc.pdoc("cashless_sim", *more, output_directory=folder)
    return len(list(folder.rglob("*.html")))


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} pages")
