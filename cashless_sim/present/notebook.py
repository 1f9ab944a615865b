"""A notebook that speaks one language and shows runs and figures richly."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable
from html import escape
from importlib import import_module
from typing import Any, cast

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cashless_sim.errors import CashlessError, UserError
from cashless_sim.experiment.runs import FIRST_DRAW, Runs
from cashless_sim.present.health import health
from cashless_sim.present.locale.errors import explain
from cashless_sim.present.locale.figures import word
from cashless_sim.present.locale.notebook import told
from cashless_sim.present.locale.sentences import VARIABLE, month, number, percent
from cashless_sim.present.locale.sentences import language as spoken
from cashless_sim.present.progress import Progress
from cashless_sim.present.provenance import of
from cashless_sim.present.style import theme

DPI = 100.0
"""Dots an inch of a figure in a notebook: 1,000 pixels wide, some 80 kB."""
EVERY = 0.25
"""Seconds between two moves of a bar."""
LIGHTS = {"green": "#007A5A", "amber": "#B07C00", "red": "#C0392B"}
SHORT = 12
CELL = "padding:2px 12px 2px 0;text-align:left;vertical-align:top"
SMALL = "color:#6b6b6b;font-size:0.9em;margin:4px 0"


def notebook(language: str | None = None) -> None:
    """Speak ``language`` from here on, and show runs with their health, figures with their alt text.

    In a notebook, the last line of a cell may be runs or a figure, and what a user can mend is refused in one sentence
    (`UserError`). Elsewhere only the language is set. Raises
    `UnknownName` for a language that is not there.
    """
    os.environ[VARIABLE] = spoken(language)
    shell = _shell()
    if shell is None:
        return
    kinds = shell.display_formatter.formatters
    kinds["text/html"].for_type(Runs, card)
    kinds["text/plain"].for_type(Runs, lambda runs, printer, cycle: printer.text(_in_short(runs)))
    shell.set_custom_exc((UserError,), _refused)
    kinds["image/png"].for_type(Axes, _picture)
    kinds["text/plain"].for_type(Axes, lambda ax, printer, cycle: printer.text(_alt(ax)))


def reason(error: CashlessError, language: str | None = None) -> str:
    """Return what is wrong and what to do, in one sentence of a language."""
    return explain(error, spoken(language))


def _refused(shell: Any, kind: type[BaseException], error: CashlessError, trace: Any, tb_offset: Any = None) -> None:
    """Say what the user can mend, without the way that it took through the code."""
    print(reason(error), file=sys.stderr)


def card(runs: Runs, language: str | None = None) -> str:
    """Return the health card of runs and what made them, as HTML; raise `BadValue` for runs without rows."""
    tongue = spoken(language)
    rows = []
    for light in health(runs):
        colour = word(f"health.colour.{light.colour}", tongue)
        dot = f'<span style="white-space:nowrap;color:{LIGHTS[light.colour]}">● {escape(colour)}</span>'
        said = " ".join(part for part in (light.sentence(tongue), light.advice(tongue)) if part)
        cells = (dot, f"<b>{escape(light.question(tongue))}</b>", escape(said))
        rows.append("<tr>" + "".join(f'<td style="{CELL}">{one}</td>' for one in cells) + "</tr>")
    title = escape(word("health.title", tongue))
    made = "".join(f"<li>{escape(line)}</li>" for line in _made(runs, tongue))
    about = f'<ul style="{SMALL};padding-left:18px">{made}</ul>'
    return (
        f"<div><b>{title}</b><table>{''.join(rows)}</table>"
        f'<p style="{SMALL}">{escape(told("card.made", tongue))}: {escape(_drawn(runs, tongue))}</p>{about}</div>'
    )


def _made(runs: Runs, tongue: str) -> list[str]:
    """Return one line a scenario: recipe, households, runs, months."""
    lines = []
    for name in runs.scenarios:
        rows = runs.table[runs.table["scenario"] == name]
        drawn = int((rows["replicate"] >= FIRST_DRAW).sum())
        sizes = " / ".join(dict.fromkeys(number(int(n), tongue) for n in rows["households"]))
        facts = {"hash": str(runs.about(name)["hash"])[:SHORT], "households": sizes}
        first, last = (month(str(end), tongue) for end in (rows["start"].min(), rows["end"].max()))
        counts = {"replicates": len(rows) - drawn, "draws": drawn}
        lines.append(told("card.row", tongue, name=name, first=first, last=last, **facts, **counts))
    return lines


def _drawn(runs: Runs, tongue: str) -> str:
    """Return where the draws come from, with seed and version."""
    facts = runs.manifest.get("parameters", {})
    kind = "posterior" if facts.get("source") == "posterior" else "prior"
    there = bool((runs.table["replicate"] >= FIRST_DRAW).any())
    said = told(f"card.{kind}", tongue, split=facts.get("split", "")) if there else told("card.none", tongue)
    version = runs.manifest.get("versions", {}).get("cashless-sim", "")
    parts = [told("card.seed", tongue, seed=runs.manifest["seed"]), said, f"cashless-sim {version}" if version else ""]
    return "; ".join(part for part in parts if part)


def _in_short(runs: Runs) -> str:
    return told("card.runs", spoken(), count=len(runs.table), scenarios=", ".join(runs.scenarios))


def _picture(ax: Axes) -> tuple[bytes, dict[str, str]] | None:
    """Return a figure of this package as a PNG with its alt text, and close it; None for another's."""
    try:
        alt = of(ax).alt
    except KeyError:
        return None
    figure = cast("Figure", ax.get_figure(root=True))
    buffer = io.BytesIO()
    with theme():
        figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None}, pil_kwargs={"optimize": True})
    plt.close(figure)
    return buffer.getvalue(), {"alt": alt}


def _alt(ax: Axes) -> str:
    try:
        return of(ax).alt
    except KeyError:
        return repr(ax)


def bar(language: str | None = None) -> Callable[[float], None]:
    """Return what shows how far a run is: ``cs.run(…, progress=cs.bar())``.

    In a notebook it is a bar that vanishes when all is done; elsewhere it is that of the command line.
    """
    tongue = spoken(language)
    return _plain(tongue) if _shell() is None else _Bar(tongue)


class _Bar:
    """A bar in a notebook, moved a few times a second."""

    def __init__(self, tongue: str) -> None:
        self._tongue, self._moved, self._handle = tongue, 0.0, cast("Any", None)

    def __call__(self, share: float) -> None:
        ipython: Any = import_module("IPython.display")
        now = time.monotonic()
        if share < 1.0 and now - self._moved < EVERY:
            return
        self._moved = now
        shown = ipython.HTML(self._drawn(share) if share < 1.0 else "")
        if self._handle is None:
            self._handle = ipython.display(shown, display_id=True)
        else:
            self._handle.update(shown)

    def _drawn(self, share: float) -> str:
        said = escape(told("bar.done", self._tongue, share=percent(share, self._tongue, 0)))
        return f'<progress value="{share:.3f}" max="1" style="width:20em"></progress> {said}'


def _plain(tongue: str) -> Callable[[float], None]:
    """Return the bar of the command line, opened at its first move and closed at its last."""
    kept: list[Progress] = []

    def told_share(share: float) -> None:
        if not kept:
            kept.append(Progress(tongue, told("bar.done", tongue, share=percent(0.0, tongue, 0))).__enter__())
        kept[0](share)
        if share >= 1.0:
            kept.pop().__exit__(None, None, None)

    return told_share


def _shell() -> Any:
    """Return the notebook that this runs in, or None."""
    there = sys.modules.get("IPython")
    found = None if there is None else there.get_ipython()
    return found if found is not None and hasattr(found, "kernel") else None
