"""Figures: a tidy frame in, Axes out; each in a file of its own, none saves anything."""

from cashless_sim.present.plot.adoption import adoption

__all__ = ["adoption"]
