"""Settings that every test shares: a screenless backend and property tests without deadlines."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("MPLBACKEND", "Agg")

settings.register_profile("cashless", deadline=None, database=None, derandomize=True)
settings.load_profile("cashless")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return Path(__file__).resolve().parents[1]
