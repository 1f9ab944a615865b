"""A distance that looks at the figure that is missed most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def worst(statistics: Any, targets: Sequence[Any]) -> Any:
    """Return the square of the largest miss of each row, in SDs of the targets; infinite where one is nan."""
    value, sd = (np.array([getattr(one, name) for one in targets]) for name in ("value", "sd"))
    off = np.abs((statistics - value) / sd).max(axis=1)
    return np.where(np.isnan(off), np.inf, off**2)
