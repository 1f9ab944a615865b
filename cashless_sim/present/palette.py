"""One colour a payment method, a cause, a light: the same in every figure, told apart by all eyes and in grey."""

from __future__ import annotations

from cashless_sim.codes import Method

METHODS = {  # Okabe and Ito; cash warm, digital cool, from dark to light within each, so that grey keeps the order
    Method.COLLECTOR: "#7A2E00",
    Method.COUNTER: "#D55E00",
    Method.AGENT: "#F0B84D",
    Method.NONE: "#DDDDDD",
    Method.PROXY: "#CC79A7",
    Method.WALLET: "#A6DDCB",
    Method.AUTODEBIT: "#56B4E9",
    Method.TRANSFER: "#0072B2",
}
"""In the order in which they are stacked: cash below, not paid and helped between, digital above."""
CAUSES = {
    "campaign": "#0072B2",
    "peer": "#E69F00",
    "gate_opened": "#009E73",
    "occasion": "#CC79A7",
    "closure": "#7A2E00",
    "season": "#F0E442",
    "own": "#9A9A9A",
    "other": "#DDDDDD",
}
LIGHTS = {"green": "#007A5A", "amber": "#E69F00", "red": "#B3261E"}
SCENARIOS = ("#0072B2", "#D55E00", "#007A5A", "#CC79A7", "#B07C00", "#56B4E9")
PRIOR, POSTERIOR = "#C9C9C9", "#0072B2"
EMPTY = "#F2F2F2"
"""Behind what is not shown because too few households stand behind it."""
DARK_INK, LIGHT_INK = "#000000", "#FFFFFF"


def ink_on(colour: str) -> str:
    """Return the colour of letters that can be read on a background ``#rrggbb``: dark or white."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    bright = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return DARK_INK if (bright + 0.05) / 0.05 > 1.05 / (bright + 0.05) else LIGHT_INK


def scenario_colours(names: tuple[str, ...]) -> dict[str, str]:
    """Return a colour for each scenario, in the order in which the runs hold them."""
    return {name: SCENARIOS[number % len(SCENARIOS)] for number, name in enumerate(names)}
