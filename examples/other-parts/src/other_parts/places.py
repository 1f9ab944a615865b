"""The industrial north of old Hưng Yên as a place of its own, with more tenants than the province."""

from pathlib import Path

PHO_NOI = Path(__file__).with_name("pho_noi")
"""The folder of its facts, its districts and what its households must add up to."""
