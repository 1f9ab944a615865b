"""What the workshop's commands do, from a wish to what is shown and written."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cashless_sim.analysis.workshop.form import Form, checked, chips, chosen, plan_text
from cashless_sim.analysis.workshop.menu import Menu, menu
from cashless_sim.analysis.workshop.scoring import DRAWS, HOUSEHOLDS, fair, pairs, score_sweep, scores
from cashless_sim.analysis.workshop.scoring import singles as single_forms
from cashless_sim.errors import BadValue
from cashless_sim.experiment.drawing import PRIOR
from cashless_sim.experiment.swept import Sweep
from cashless_sim.experiment.writing import whole, writable
from cashless_sim.present.cli.shown import show, under_way, written
from cashless_sim.present.locale.sentences import number, say
from cashless_sim.present.locale.workshop import told
from cashless_sim.present.workshop.board import screens, write_board
from cashless_sim.present.workshop.forms import FORMS, kept, picked, read_forms
from cashless_sim.present.workshop.papers import write_papers
from cashless_sim.present.workshop.single_scores import NAME, read_singles, write_singles

__all__ = ["DRAWS", "HOUSEHOLDS"]
RESULTS = Path("results", "workshop")
PLANS = RESULTS / "plans"
BOARD = {"vi": "bang-diem.html", "en": "scoreboard.html"}


@dataclass(frozen=True)
class Wish:
    """What the command line asked for."""

    forms: tuple[str, ...]
    choices: str | None
    households: int
    draws: int
    seed: int
    workers: int | None
    store: str
    out: str | None


def print_papers(choices: str | None, singles: str | None, out: str | None, tongue: str) -> int:
    """Write the papers; return 0. Raises `UserError`."""
    listed = menu(choices)
    path = write_papers(listed, read_singles(listed, singles), Path(out or RESULTS), tongue)
    print(say("cli.written", tongue, folder=path.parent, files=path.name))
    return 0


def key_form(
    table: int | None, choose: str | None, round_: int, choices: str | None, out: str | None, tongue: str
) -> int:
    """Keep what one table ticked, asking for what was not given; return 0. Raises `UserError`."""
    listed = menu(choices)
    if choose is None:
        for one in listed.choices:
            title = one.title_vi if tongue == "vi" else one.title
            print(told("key.line", tongue, number=one.number, title=title, chips=one.chips))
    if table is None:
        table = _whole(_answer(told("key.table", tongue)))
    form = Form(table, round_, picked(_answer(told("key.choices", tongue)) if choose is None else choose))
    path, there = kept(form, listed, out or FORMS)
    facts = {"table": table, "round": round_, "chips": chips(form, listed), "budget": listed.budget, "file": path}
    print(told("key.replaced" if there else "key.kept", tongue, **facts))
    print(_said(form, listed, tongue))
    return 0


def _answer(question: str) -> str:
    """Return a line from the keyboard; raise `BadValue` where there is none."""
    print(question, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        raise BadValue(what="keyed choices", value=None, expected="numbers of choices, as 1,4,7")
    return line.strip()


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BadValue(what="table", value=text, expected="a whole number from 1 to 99")
    return int(text)


def _said(form: Form, listed: Menu, tongue: str) -> str:
    titles = [one.title_vi if tongue == "vi" else one.title for one in chosen(form, listed)]
    return "; ".join(titles) or told("key.nothing", tongue)


def check_form(file: str, plan: bool, choices: str | None, out: str | None, tongue: str) -> int:
    """Say whether the forms of a file are sound, and write each as a plan if asked; return 0. Raises `UserError`."""
    listed = menu(choices)
    for form in read_forms([file], listed):
        facts = {"table": form.table, "round": form.round, "chips": chips(form, listed), "budget": listed.budget}
        print(told("form.sound", tongue, **facts))
        print(_said(form, listed, tongue))
        if plan:
            path = writable(Path(out) if out else PLANS) / f"plan-{form.name}.toml"
            text = plan_text(form, listed, _title(form, listed, "en"), _title(form, listed, "vi"))
            whole(path, partial(_put, text))
            print(told("form.plan", tongue, file=path))
    return 0


def _put(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _title(form: Form, listed: Menu, tongue: str) -> str:
    titles = [one.title_vi if tongue == "vi" else one.title for one in chosen(form, listed)]
    said = "; ".join(titles) or told("plan.none", tongue)
    return told("plan.title", tongue, table=form.table, round=form.round, choices=said)


def prepare(wish: Wish, tongue: str) -> int:
    """Run as now, and keep it for scoring; return 0. Raises `UserError`."""
    _run(wish, menu(wish.choices), (), tongue)
    print(told("score.prepared", tongue, store=wish.store))
    return 0


def score(wish: Wish, tongue: str) -> int:
    """Score forms, show and write the board; return 0. Raises `UserError`."""
    listed = menu(wish.choices)
    forms = read_forms(wish.forms or (FORMS,), listed)
    done = _run(wish, listed, forms, tongue)
    runs = fair(done.runs())
    found = scores(runs, listed, forms)
    show(*screens(found, listed, tongue))
    folder = Path(wish.out) if wish.out else RESULTS
    written(tongue, folder, scores=found, pairs=pairs(runs, listed, forms))
    path = write_board(found, listed, folder / BOARD[tongue], tongue, wish.households, _fitted(done))
    print(say("cli.written", tongue, folder=path.parent, files=path.name))
    source = told("board.believe.posterior" if _fitted(done) else "board.believe.prior", tongue)
    print(told("board.believe.fit", tongue, source=source))
    return 0


def singles(wish: Wish, tongue: str) -> int:
    """Score each choice by itself, and write the table for papers; return 0. Raises `UserError`."""
    listed = menu(wish.choices)
    forms = tuple(checked(form, listed) for form in single_forms(listed))
    done = _run(wish, listed, forms, tongue)
    found = scores(fair(done.runs()), listed, forms)
    show(*screens(found, listed, tongue))
    path = Path(wish.out) if wish.out else RESULTS
    size = (wish.households, wish.draws, wish.seed)
    file = write_singles(found, listed, path / NAME, *size, fitted=_fitted(done))
    print(say("cli.written", tongue, folder=file.parent, files=file.name))
    return 0


def _run(wish: Wish, listed: Menu, forms: Sequence[Form], tongue: str) -> Sweep:
    """Run what is missing, say how long it took and what failed; raise `BadValue` when a table has no runs at all."""
    facts = {"forms": len(forms), "runs": (1 + len(forms)) * (1 + wish.draws)}
    opening = told("score.working", tongue, households=number(wish.households, tongue), **facts)
    begun = time.monotonic()
    with under_way(tongue, opening) as progress:
        done = score_sweep(listed, forms, wish.store, wish.households, wish.draws, wish.seed, wish.workers, progress)
    took = number(time.monotonic() - begun, tongue)
    print(told("score.took", tongue, runs=number(len(done.rows), tongue), seconds=took))
    failed = len(done.failures)
    if failed:
        print(told("score.failed", tongue, count=number(failed, tongue), store=wish.store), file=sys.stderr)
    if failed == len(done.rows):
        expected = "runs of every table; cashless-sim store ls --failed says why"
        raise BadValue(what="scored forms", value=0, expected=expected)
    return done


def _fitted(done: Sweep) -> bool:
    return bool(done.parameters["source"] != PRIOR)
