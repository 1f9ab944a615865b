"""Readers of what people write: scenarios, questions, tables, registers, spreadsheets, forms."""

from __future__ import annotations

import json
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from mutating import Files

import cashless_sim.data as data
from cashless_sim.analysis.optimise.question import question, unit_costs
from cashless_sim.analysis.targets import targets
from cashless_sim.analysis.workshop.menu import menu
from cashless_sim.calibration.points import points
from cashless_sim.calibration.targets import register
from cashless_sim.experiment.space import checked, design_file, point
from cashless_sim.present.local_form import COLUMNS, SHEET, read_form, write_form
from cashless_sim.present.spreadsheet import from_sheet, to_sheet
from cashless_sim.present.workshop.forms import read_forms
from cashless_sim.scenario.recipe import Scenario

SHIPPED = data.folder()


def files(folder: Path, *names: str) -> Files:
    """Return the contents of files of the shipped data."""
    return {Path(name).name: (folder / name).read_bytes() for name in names}


# -- scenarios -------------------------------------------------------------------------------------------------------
SMALL = """title = "Small"
title_vi = "Nhỏ"
question = "What if?"
[time]
start = "2019-01"
end = "2020-12"
[place]
name = "hung-yen"
households = 2000
population_seed = 7
[month]
rules = ["Turnover", "Access", "Awareness", "Consider", "Choose", "Pay", "Learn", "Occasions"]
[rules.Awareness]
tell = 0.4
[rules.Consider]
by_peers = 0.2
[[campaigns]]
name = "visits"
channel = "home-visit"
intensity = 0.5
start = "2020-01"
end = "2020-06"
districts = ["Kim Động"]
target = { age = { min = 60 }, smartphone = true, education = ["PRIMARY"] }
capacity = 900
months = [1, 2, 3]
effects = { informs = 0.1 }
ranges = { intensity = [0.2, 0.9] }
[[campaigns]]
name = "sms"
channel = "sms"
start = "2020-01"
end = "2020-02"
note = "=1+1"
[[shocks]]
name = "covid"
kind = "covid"
start = "2020-02"
end = "2020-06"
size = 0.3
persistence = 0.1
[[closures]]
name = "counters"
utility = "electricity"
method = "COUNTER"
start = "2020-01"
end = "2020-12"
left = 0.5
[policies.electricity]
use = "adaptive"
budget = 1e6
[banks.all]
fee = 1100
outages = { "2020-03" = 0.3 }
[wallets.MoMo]
discount = 500
[switches]
network = "none"
imitation = "linear"
turnover = false
[observation]
firms = 0.2
[regulation]
"""


def scenario_seeds(folder: Path) -> list[Files]:
    """Texts of all tables, and shipped plans that extend another."""
    plans = sorted((SHIPPED / "scenarios" / "plans").glob("0*.toml"))[1:6]
    tiny = 'extends = "base.toml"\n[place]\nhouseholds = "all"\n[[campaigns]]\nname = "sms"\nremove = true\n'
    made = [{"plan.toml": SMALL.encode()}] * 4
    made += [{"plan.toml": tiny.encode(), "base.toml": SMALL.encode()}] * 2
    return made + [{"plan.toml": path.read_bytes(), "01-nen.toml": SMALL.encode()} for path in plans]


def scenario_read(folder: Path) -> None:
    """A scenario that is accepted is that of its own text."""
    made = Scenario.load(folder / "plan.toml")
    assert Scenario.loads(made.to_toml(), name=made.name).hash == made.hash


def question_seeds(folder: Path) -> list[Files]:
    """The shipped question, with unit costs."""
    costs = b"channel,cost\nsms,300\nhome-visit,50000\n"
    budgets = SHIPPED / "scenarios" / "plans" / "budgets"
    return [
        {path.name.replace(path.stem, "asked"): path.read_bytes(), "costs.csv": costs} for path in budgets.glob("*")
    ]


def question_read(folder: Path) -> None:
    """Costs are those of a number; what is held can be looked up."""
    assert all(0 <= cost < float("inf") for cost in unit_costs(folder / "costs.csv").values())
    asked = question(folder / "asked.toml", folder / "costs.csv")
    asked.held(("Hung Yen", "Kim Dong"))


# -- tables ----------------------------------------------------------------------------------------------------------
TABLES = {
    "observed/reported_rates.csv": lambda root: data.reported_rates(data.USES, root),
    "observed/bass_series.csv": data.bass_series,
    "population/parameters.csv": data.parameters,
    "population/correlations.csv": data.correlations,
    "population/bills.csv": data.bills,
    "population/trends.csv": data.trends,
}


def table_seeds(folder: Path) -> list[Files]:
    """The shipped tables, one at a time, cut to some rows."""
    return [{Path(name).name: head((SHIPPED / name).read_bytes(), 25)} for name in TABLES]


def head(content: bytes, rows: int) -> bytes:
    """Return the first rows of a table."""
    return b"\n".join(content.splitlines()[: rows + 1]) + b"\n"


def table_read(folder: Path) -> None:
    """Numbers of an accepted table are finite where they are there."""
    for name, read in TABLES.items():
        path = folder / Path(name).name
        if path.is_file():
            root = folder / "root"
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, root / name)
            try:
                frame = read(root)
            finally:
                shutil.rmtree(root)
            assert isinstance(frame, pd.DataFrame)


def place_seeds(folder: Path) -> list[Files]:
    """Two shipped places."""
    home = SHIPPED / "population" / "places"
    return [files(home / name, "place.toml", "districts.csv", "marginals.csv") for name in ("hung-yen", "thailand")]


def place_read(folder: Path) -> None:
    """Households of an accepted place add up."""
    made = data.place(folder)
    assert made.districts["households"].sum() == made.households > 0


def register_seeds(folder: Path) -> list[Files]:
    """What a fit is held against."""
    return [files(SHIPPED, "calibrated/targets.toml"), files(SHIPPED, "calibrated/points.toml")]


def register_read(folder: Path) -> None:
    """Values of accepted targets are shares with an error."""
    if (folder / "targets.toml").is_file():
        made = register(path=folder / "targets.toml")
        assert all(-1 <= one.value <= 1 and one.sd > 0 for one in made.targets)
    else:
        root = folder / "root"
        (root / "calibrated").mkdir(parents=True)
        shutil.copyfile(folder / "points.toml", root / "calibrated" / "points.toml")
        (root / "population").symlink_to(SHIPPED / "population")
        try:
            points(root)
        finally:
            shutil.rmtree(root)


def indicator_seeds(folder: Path) -> list[Files]:
    """The indicators that ship."""
    return [{"targets.csv": (SHIPPED / "targets.csv").read_bytes()}]


def indicator_read(folder: Path) -> None:
    """Numbers of accepted indicators are in order."""
    frame = targets(folder)
    assert ((frame["low"] <= frame["value"]) & (frame["value"] <= frame["high"])).all()


def design_seeds(folder: Path) -> list[Files]:
    """A design of three keys."""
    text = "rules.Awareness.tell,households,switches.turnover\n0.1,500,true\n0.2,,false\n0.3,1000,true\n"
    return [{"design.csv": text.encode()}]


def design_read(folder: Path) -> None:
    """Every point of an accepted design is plain values."""
    frame = checked(design_file(folder / "design.csv"))
    for number in range(min(len(frame), 5)):
        json.dumps(point(frame, number))


# -- spreadsheets ----------------------------------------------------------------------------------------------------
def sheet_seeds(folder: Path) -> list[Files]:
    """A plan as a spreadsheet."""
    base = Scenario.load("no-outreach")
    lists = Scenario.loads(SMALL).recipe.model_dump(mode="json", exclude_defaults=True)
    kept = {kind: lists[kind] for kind in ("campaigns", "closures", "shocks")}
    plan = base.with_(kept, start="2019-01", end="2020-12", households=2000)
    return [{"plan.xlsx": to_sheet(plan, base, folder / f"{t}.xlsx", t).read_bytes()} for t in ("en", "vi")]


def sheet_read(folder: Path) -> None:
    """An accepted plan is that of its own text."""
    made = from_sheet(folder / "plan.xlsx", base())
    assert Scenario.loads(made.to_toml(), name=made.name).hash == made.hash


@lru_cache(maxsize=1)
def base() -> Scenario:
    """Return the scenario that plans in spreadsheets change."""
    return Scenario.load("no-outreach")


def form_seeds(folder: Path) -> list[Files]:
    """A filled form of a province's counts."""
    import openpyxl

    book = openpyxl.load_workbook(write_form(folder / "form.xlsx"))
    for row in (["Hưng Yên", "2024-05", 1000, 800, 700], ["Kim Động", "5/2024", 500, 300] + [None] * 4):
        book[SHEET].append(row + [5] * (len(COLUMNS) - len(row)))
    book.save(folder / "filled.xlsx")
    return [{"form.xlsx": (folder / "filled.xlsx").read_bytes()}]


def form_read(folder: Path) -> None:
    """Accepted counts can be true."""
    for one in read_form(folder / "form.xlsx"):
        assert 0 <= one.cashless <= one.customers < float("inf")


def workshop_seeds(folder: Path) -> list[Files]:
    """Two forms of tables and the choices."""
    one = {"form.toml": b"table = 1\nround = 1\nchoices = [1, 2]\n"}
    many = {"forms.csv": b"table,round,choices\n1,1,1 2\n2,1,3\n3,1,\n"}
    return [one, many, {"choices.toml": (SHIPPED / "workshop" / "choices.toml").read_bytes()}]


def workshop_read(folder: Path) -> None:
    """Accepted forms keep within their chips."""
    if (folder / "choices.toml").is_file():
        assert menu(folder / "choices.toml").choices
    else:
        asked = usual_menu()
        for form in read_forms([folder], asked):
            assert sum(asked.by_number[one].chips for one in form.choices) <= asked.budget


@lru_cache(maxsize=1)
def usual_menu() -> Any:
    """Return the shipped choices."""
    return menu()
