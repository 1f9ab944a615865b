"""The workshop's pages made from templates in which everything that is filled in is escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cashless_sim.present.locale.sentences import NO_BREAK
from cashless_sim.present.locale.workshop import told

if TYPE_CHECKING:
    from jinja2 import Environment


def filled(name: str, tongue: str, **facts: Any) -> str:
    """Return a template's text with facts filled in; ``t`` says the sentence of a key in the language."""
    template = _environment().get_template(name)
    return template.render(t=lambda key, **held: told(key, tongue, **held), tongue=tongue, **facts) + "\n"


def _kept_together(value: Any) -> Any:
    """Return a text whose percent signs stay on the line of their number."""
    return value.replace(" %", f"{NO_BREAK}%") if isinstance(value, str) else value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    options: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    options["finalize"] = _kept_together
    return Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, **options)
