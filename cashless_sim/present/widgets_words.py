"""What a plan in a notebook leads to, as small HTML tables: its outcome and costs, and how far to trust them."""

from __future__ import annotations

from html import escape
from typing import Any

from cashless_sim.present.explore.live import Lived
from cashless_sim.present.health import health
from cashless_sim.present.locale.explore import told
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.sentences import money, number
from cashless_sim.present.palette import LIGHTS, ink_on
from cashless_sim.present.widgets_figure import sentence

MILLION = 1e6
CELL = 'style="text-align:left;padding:1px 14px 1px 0;vertical-align:top"'
LATE = "late"


def outcome(lived: Lived, tongue: str) -> str:
    """Return verdict, gain and costs of a plan; the sentence alone when it adds nothing."""
    said = f"<p>{escape(sentence(lived, tongue))}</p>"
    held = lived.answer.money
    if lived.plan.hash == lived.baseline_hash or not held:
        return said
    mean, low, high = (100 * one for one in lived.answer.change["using"])
    apart = lived.answer.is_told_apart
    verdict = told("page.more", tongue, change=_signed(mean, tongue)) if apart else told("page.same", tongue)
    interval = told("page.interval", tongue, low=_signed(low, tongue), high=_signed(high, tongue))
    million = {"unit": told("page.million", tongue)}
    each = held["each"][0]
    rows = [
        (told("page.households", tongue), _three(held["payers"], tongue)),
        (told("page.cost", tongue), f"{_three(tuple(v / MILLION for v in held['cost']), tongue)} {million['unit']}"),
        (told("page.each", tongue), money(round(each, -3), tongue) if each == each else told("page.untold", tongue)),
        (told("page.late", tongue), _late(lived, tongue)),
        (told("page.grade", tongue), told("page.grade.said", tongue, grade=held["grade"])),
    ]
    colour = "#00694d" if apart else "#7a4b00"
    head = f'<p style="font-size:1.4em;font-weight:bold;color:{colour};margin:0">{escape(verdict)}</p>'
    return f"{head}{said}<p>{escape(interval)}</p>{_table(rows)}"


def lamps(lived: Lived, tongue: str) -> str:
    """Return one row a light: its colour, its question, what was found, what to do."""
    rows = []
    for light in health(lived.runs):
        colour = LIGHTS[light.colour]
        name = escape(word(f"health.colour.{light.colour}", tongue))
        lamp = f'<span style="background:{colour};color:{ink_on(colour)};padding:0 6px">{name}</span>'
        found = f"{light.sentence(tongue)} {light.advice(tongue)}"
        cells = (lamp, escape(light.question(tongue)), escape(found))
        rows.append("<tr>" + "".join(f"<td {CELL}>{one}</td>" for one in cells) + "</tr>")
    title = escape(told("page.lights", tongue))
    return f"<h4>{title}</h4><table>{''.join(rows)}</table><p>{escape(told('page.limits', tongue))}</p>"


def _table(rows: list[tuple[str, str]]) -> str:
    lines = (f"<tr><th {CELL}>{escape(name)}</th><td {CELL}>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table>{''.join(lines)}</table>"


def _three(held: Any, tongue: str) -> str:
    mean, low, high = held
    return f"{number(mean, tongue)} [{number(low, tongue)}; {number(high, tongue)}]"


def _signed(points: float, tongue: str) -> str:
    text = number(points, tongue, 2)
    return f"+{text}" if points > 0 and text.strip("0,.") else text


def _late(lived: Lived, tongue: str) -> str:
    mean, low, high = (100 * one for one in lived.answer.change[LATE])
    said = (
        f"{_signed(mean, tongue)} {told('page.points', tongue)}" if low > 0 or high < 0 else told("page.untold", tongue)
    )
    return f"{said} [{_signed(low, tongue)}; {_signed(high, tongue)}]"
