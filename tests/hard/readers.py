"""Every reader of a file from outside, each with seeds of valid files and what must hold when it accepts one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from inputs import (
    SHIPPED,
    SMALL,
    base,
    design_read,
    design_seeds,
    form_read,
    form_seeds,
    head,
    indicator_read,
    indicator_seeds,
    place_read,
    place_seeds,
    question_read,
    question_seeds,
    register_read,
    register_seeds,
    scenario_read,
    scenario_seeds,
    sheet_read,
    sheet_seeds,
    table_read,
    table_seeds,
    workshop_read,
    workshop_seeds,
)
from mutating import Files
from sweep_stand_in import Planted

from cashless_sim.errors import CashlessError
from cashless_sim.experiment.posterior_draws import doubts, posterior_draw, suits
from cashless_sim.experiment.posterior_table import MANIFEST, TABLE, read_table
from cashless_sim.experiment.space import grid
from cashless_sim.experiment.store import Store
from cashless_sim.experiment.sweep import sweep
from cashless_sim.experiment.swept import Sweep
from cashless_sim.experiment.upkeep import contents, merge, verify
from cashless_sim.present.again import found
from cashless_sim.present.rerun import scenarios_of
from cashless_sim.present.saving import inside
from cashless_sim.scenario.recipe import Scenario


@dataclass(frozen=True)
class Reader:
    """``seeds(folder)`` makes valid files; ``read(folder)`` reads them and asserts what must hold if it succeeds."""

    seeds: Callable[[Path], list[Files]]
    read: Callable[[Path], Any]
    leaves: tuple[str, ...] = ()


# -- results ---------------------------------------------------------------------------------------------------------
WORLD = Planted(name="world", months=4, households=300)


def store_seeds(folder: Path) -> list[Files]:
    """A store of six runs, one of which failed."""
    world = Planted(name="world", months=4, households=300, broken=(0.003,))
    path = folder / "s.sqlite"
    sweep(world, grid({"push": [n / 1000 for n in range(6)]}), store=path, workers=1, code="test", name="small")
    with Store(path) as store:
        store.link.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        store.link.execute("PRAGMA journal_mode = DELETE").fetchall()
    return [{"s.sqlite": path.read_bytes()}]


@lru_cache(maxsize=8)
def truth(push: float) -> Any:
    """Return the numbers of one run."""
    return WORLD.with_({"push": push}).build(seed=1).run()["value"].to_numpy()


def store_read(folder: Path) -> None:
    """Whatever the file says, a run that is read back is what was written, and a damaged one is made again."""
    path = folder / "s.sqlite"
    try:
        opened = Sweep.open(path, "small")
        for row, frame in zip(_there(opened), opened.frames(), strict=False):
            push = opened.design.about["settings"][row.point]["push"]
            assert frame["value"].to_numpy().tobytes() == truth(push).tobytes(), f"a wrong row was read at {push}"
    except CashlessError:
        pass
    with Store(path, make=False) as store:
        contents(store)
        verify(store)
        with Store(folder / "t.sqlite") as other:
            merge(other, store)
            assert verify(other).damaged == ()
    for left in folder.glob("t.sqlite*"):
        left.unlink()


def _there(opened: Sweep) -> list[Any]:
    with Store(opened.path, make=False) as store:
        there = store.finished(opened.design.asks)
    return [row for row, ask in zip(opened.rows, opened.design.asks, strict=True) if ask in there]


def posterior_seeds(folder: Path) -> list[Files]:
    """The shipped posterior, cut to some draws."""
    from hashlib import sha256

    home = SHIPPED / "calibrated" / "hung-yen" / "planning"
    table = head((home / TABLE).read_bytes().replace(b"\r\n", b"\n"), 12)
    manifest = json.loads((home / MANIFEST).read_text(encoding="utf-8"))
    manifest["table_hash"] = sha256(table).hexdigest()
    return [{TABLE: table, MANIFEST: json.dumps(manifest, indent=1).encode()}]


def posterior_read(folder: Path) -> None:
    """Draws of an accepted posterior can be used, whatever its manifest says."""
    made = read_table(folder)
    doubts(made)
    if suits(made, base()):
        for row in made.chosen(2, 1).to_dict("records"):
            posterior_draw(base(), made, row)


def figure_seeds(folder: Path) -> list[Files]:
    """Facts of a figure and a manifest of runs."""
    about = {
        "name": "plan",
        "hash": Scenario.loads(SMALL).hash,
        "title": "A",
        "title_vi": "A",
        "place": "hung-yen",
        "recipe": SMALL,
    }
    run = {"scenario": "plan", "replicate": 0, "draw": None, "seed": 1, "households": 2000, "full_size": 377582}
    manifest = {"format": 1, "scenarios": [about], "seed": 1, "runs": [run], "results_hash": "1" * 64}
    facts = {"figure": "adoption", "options": {"scenario": "plan"}, "manifest": manifest, "table_hash": "2" * 64}
    return [{"a.meta.json": json.dumps(facts).encode()}, {"manifest.json": json.dumps(manifest).encode()}]


def figure_read(folder: Path) -> None:
    """What is found names a recipe that is looked for."""
    for path in sorted(folder.iterdir()):
        manifest, _ = found(str(path))
        if manifest:
            scenarios_of(manifest, ())


def png_seeds(folder: Path) -> list[Files]:
    """A picture with facts inside."""
    from cashless_sim.present.saving import KEY, SIGNATURE

    body = b"iTXt" + KEY.encode() + b"\0\0\0\0\0" + b'{"figure": "adoption"}'
    return [{"a.png": SIGNATURE + (len(body) - 4).to_bytes(4, "big") + body + b"\0" * 4}]


def png_read(folder: Path) -> None:
    """Facts inside a picture are a table."""
    assert isinstance(inside(folder / "a.png"), dict)


READERS = {
    "toml": Reader(scenario_seeds, scenario_read),
    "question": Reader(question_seeds, question_read),
    "tables": Reader(table_seeds, table_read),
    "place": Reader(place_seeds, place_read),
    "register": Reader(register_seeds, register_read),
    "indicators": Reader(indicator_seeds, indicator_read),
    "design": Reader(design_seeds, design_read),
    "sheet": Reader(sheet_seeds, sheet_read),
    "form": Reader(form_seeds, form_read),
    "workshop": Reader(workshop_seeds, workshop_read),
    "store": Reader(store_seeds, store_read, leaves=("s.sqlite-wal", "s.sqlite-shm", "s.sqlite-journal")),
    "posterior": Reader(posterior_seeds, posterior_read),
    "figure": Reader(figure_seeds, figure_read),
    "png": Reader(png_seeds, png_read),
}
