"""What honesty fits leave out of the model, so that it shows what each part does for the fit."""

from __future__ import annotations

from typing import Any

from cashless_sim.errors import BadValue, nearest

NOBODY_MOVES: dict[str, Any] = {
    "campaigns": [],
    "shocks": [],
    **dict.fromkeys(
        (f"rules.Consider.{name}" for name in ("spontaneous", "by_peers", "by_gate", "by_season", "by_occasion")), 0.0
    ),
}
ABLATIONS: dict[str, dict[str, Any]] = {
    "all-but-definition": NOBODY_MOVES | {"closures": []},
    "all-but-closures": NOBODY_MOVES,
    "outreach": {"campaigns": []},
    "turnover": {"turnover": False},
}
"""By what is left out. Without all but the definition, the count changes and nobody is moved to reconsider; without all
but closures, only closed cash points make customers choose anew."""
WORDS = {"all-but-definition": "definition change only", "all-but-closures": "closures only"}


def left_out(name: str) -> tuple[tuple[str, Any], ...]:
    """Return what `Scenario.with_` changes for an ablation, nothing for an empty name; raise `BadValue`."""
    if not name:
        return ()
    if name not in ABLATIONS:
        raise BadValue(what="ablation", value=name, expected=", ".join(ABLATIONS), near=nearest(name, ABLATIONS))
    return tuple(ABLATIONS[name].items())
