"""Everything that a workshop prints, as one HTML file of A4 pages in black and white."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cashless_sim.analysis.workshop.menu import Choice, Menu
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.locale import workshop_papers_en, workshop_papers_vi
from cashless_sim.present.locale.sentences import month, number
from cashless_sim.present.locale.workshop import told
from cashless_sim.present.workshop.single_scores import POINT, Singles
from cashless_sim.present.workshop.templates import filled

TEXTS: Mapping[str, Any] = {"vi": workshop_papers_vi, "en": workshop_papers_en}
NAMES = {"vi": "giay-hoi-thao.html", "en": "workshop-papers.html"}
ROLES_ON_A_PAGE = 4
TABLES = 8
THINGS = 3


def write_papers(menu: Menu, singles: Singles, folder: Path, tongue: str) -> Path:
    """Write the papers of a language into a folder, whole or not at all; return the path. Raises `FileProblem`."""
    path = writable(folder) / NAMES[tongue]
    text = papers(menu, singles, tongue)
    whole(path, lambda part: _put(part, text))
    return path


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def papers(menu: Menu, singles: Singles, tongue: str) -> str:
    """Return the papers as HTML text."""
    texts = TEXTS[tongue]
    return filled(
        "papers.html",
        tongue,
        menu=menu,
        amount=number(menu.chip / 1e6, tongue),
        choices=[_choice(one, tongue) for one in menu.choices],
        roles=[texts.ROLES[at : at + ROLES_ON_A_PAGE] for at in range(0, len(texts.ROLES), ROLES_ON_A_PAGE)],
        quiz=_quiz(texts.QUIZ),
        words=texts.WORDS,
        scripts=[_script(one, tongue) for one in texts.SCRIPTS],
        before=texts.BEFORE,
        fail=texts.FAIL,
        debrief=texts.DEBRIEF,
        tables=range(1, TABLES + 1),
        things=range(1, THINGS + 1),
        fallback=_fallback(menu, singles, tongue),
        judged=month(menu.judged, tongue),
    )


def _choice(one: Choice, tongue: str) -> dict[str, Any]:
    vietnamese = tongue == "vi"
    return {
        "number": one.number,
        "title": one.title_vi if vietnamese else one.title,
        "detail": one.detail_vi if vietnamese else one.detail,
        "chips": one.chips,
        "grade": one.grade or "–",
    }


def _quiz(asked: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"question": question, "answers": list(zip("ABC", answers, strict=True)), "right": right, "why": why}
        for question, answers, right, why in asked
    ]


def _script(script: Any, tongue: str) -> dict[str, Any]:
    """Return a script with the minute at which each of its steps begins."""
    _, title, steps = script
    rows, minute = [], 0
    for length, what, how in steps:
        rows.append({"from": minute, "to": minute + length, "what": what, "how": how})
        minute += length
    return {"title": told("lead.script", tongue, title=title, minutes=minute), "rows": rows}


def _fallback(menu: Menu, singles: Singles, tongue: str) -> dict[str, Any]:
    rows = []
    for one in menu.choices:
        scored = singles.rows[one.number]
        points = {key: number(scored[key] / POINT, tongue) for key in ("gain", "low80", "high80", "helped")}
        rows.append({**_choice(one, tongue), **points, "spent": number(scored["spent"] / 1e6, tongue)})
    facts = {"households": number(singles.households, tongue), "draws": number(singles.draws, tongue)}
    return {"rows": rows, "size": told("paperscore.size", tongue, seed=singles.seed, **facts)}
