"""The frozen recipe of a simulated world: `Scenario`, read from TOML and written back."""

from cashless_sim.scenario.recipe import Scenario

__all__ = ["Scenario"]
