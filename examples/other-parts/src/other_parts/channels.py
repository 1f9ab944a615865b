"""A stall on market days where staff show how to pay by phone."""

from cashless_sim.rules.campaigns import Channel, Effect

MARKET_STALL = Channel(
    "market-stall",
    people_run=True,
    informs=Effect(0.9, 0.7, 1.0, "assumed"),
    teaches=Effect(0.2, 0.05, 0.4, "assumed"),
    signs_up=Effect(0.05, 0.01, 0.2, "assumed"),
    cost=Effect(8_000, 3_000, 20_000, "assumed"),
)
"""What one talk at the stall does and costs; every number is assumed."""
