"""A plan survives the trip through a spreadsheet, filled cells count, and what is wrong is said with its row."""

import datetime
import importlib.util

import pytest

from cashless_sim.analysis.plans import plans
from cashless_sim.errors import BadValue, FileProblem, UnknownKey, UnknownName, Unsupported
from cashless_sim.present import spreadsheet
from cashless_sim.present.cli.main import main
from cashless_sim.present.spreadsheet import from_sheet, to_sheet
from cashless_sim.scenario.recipe import Scenario

pytestmark = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("openpyxl", "xlsxwriter"))), reason="needs openpyxl and xlsxwriter"
)
BASE = Scenario.load("hung-yen")
SHOWN = [plan for plan in plans() if plan.name[:3] in ("01-", "03b", "06b", "07a", "09b", "10a")]


@pytest.fixture
def sheet(tmp_path):
    """Return a writer that fills cells of a written plan in and gives back the file."""
    import openpyxl

    path = to_sheet(SHOWN[0].scenario, BASE, tmp_path / "plan.xlsx", "vi")

    def filled(page: str, row: int, **cells) -> object:
        book = openpyxl.load_workbook(path)
        keys = {cell.value: cell.column for cell in book[page][2]}
        for key, value in cells.items():
            book[page].cell(row, keys[key]).value = value
        book.save(path)
        return path

    filled.path = path
    return filled


@pytest.mark.parametrize("plan", SHOWN, ids=lambda plan: plan.name)
def test_a_plan_comes_back_the_same(plan, tmp_path):
    path = to_sheet(plan.scenario, BASE, tmp_path / f"{plan.name}.xlsx", "vi")
    back = from_sheet(path)
    assert back.hash == plan.scenario.hash and back.name == plan.name
    assert back.recipe.title_vi == plan.scenario.recipe.title_vi
    assert back.recipe.question == plan.scenario.recipe.question


def test_the_same_plan_gives_the_same_bytes(tmp_path):
    one, two = (to_sheet(SHOWN[1].scenario, BASE, tmp_path / f"{n}.xlsx", "en").read_bytes() for n in "ab")
    assert one == two


def test_labels_are_in_the_readers_language_and_cells_yellow(sheet):
    import openpyxl

    book = openpyxl.load_workbook(sheet.path)
    page = book["campaigns"]
    assert page["A1"].value == "tên ngắn" and page["A2"].value == "name"
    assert page["A3"].fill.start_color.rgb == "FFFFF2A8"
    assert book["list_channel"].sheet_state == "hidden"
    assert page.data_validations.dataValidation


def test_a_filled_row_is_a_campaign(sheet):
    row = 3 + len(SHOWN[0].scenario.recipe.campaigns)
    path = sheet(
        "campaigns",
        row,
        name="mine",
        channel="help-desk",
        start=datetime.datetime(2027, 3, 1),
        end="2027-06",
        capacity=1200.0,
        districts="Văn Lâm; Yên Mỹ",
        months="3; 4",
        target='{"age": {"min": 60}}',
        cost_per_contact=4500,
    )
    made = {c.name: c for c in from_sheet(path).settings().campaigns}["mine"]
    assert (made.capacity, made.contact_cost, made.months) == (1200, 4500.0, (3, 4))
    assert made.districts == ("Van Lam", "Yen My") and made.target == {"age": {"min": 60}}


@pytest.mark.parametrize(
    ("cells", "kind", "said"),
    [
        ({"capacity": "1.200.000"}, BadValue, "campaigns, row 3: capacity is '1.200.000'; expected a whole number"),
        ({"capacity": 1.5}, BadValue, "a whole number"),
        ({"intensity": 1.5}, BadValue, "plan.xlsx .*intensity.* is 1.5"),
        ({"start": "3/2027"}, BadValue, "start.* is '3/2027'"),
        ({"channel": "helpdesk"}, UnknownName, "did you mean 'help-desk'"),
        ({"target": "over 60"}, BadValue, "a table in JSON"),
        ({"name": None}, BadValue, "name"),
    ],
)
def test_a_wrong_cell_is_said_with_its_file(sheet, cells, kind, said):
    with pytest.raises(kind, match=said):
        from_sheet(sheet("campaigns", 3, **cells))


@pytest.mark.parametrize("value", [10**400, float("inf"), float("nan"), True])
def test_a_number_that_no_program_holds_is_refused(value):
    for counted in (True, False):
        with pytest.raises(BadValue, match="without marks between thousands"):
            spreadsheet._number(value, "row 3", "capacity", counted)


def test_a_wrong_sheet_is_refused(sheet, tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(sheet.path)
    book["campaigns"]["B2"].value = "chanel"
    book.save(tmp_path / "keys.xlsx")
    with pytest.raises(UnknownKey, match="did you mean 'channel'"):
        from_sheet(tmp_path / "keys.xlsx")
    del book["plan"]
    book.save(tmp_path / "none.xlsx")
    with pytest.raises(FileProblem, match="it has no sheet 'plan'"):
        from_sheet(tmp_path / "none.xlsx")
    (tmp_path / "text.xlsx").write_text("no spreadsheet", encoding="utf-8")
    with pytest.raises(FileProblem, match="it is no spreadsheet"):
        from_sheet(tmp_path / "text.xlsx")
    with pytest.raises(FileProblem, match="No such file"):
        from_sheet(tmp_path / "gone.xlsx")


def test_what_a_sheet_does_not_hold_is_said(tmp_path):
    other = BASE.with_({"rules.Awareness.tell": 0.4}, name="other")
    with pytest.raises(Unsupported, match="differs from 'hung-yen'"):
        to_sheet(other, BASE, tmp_path / "other.xlsx", "en")
    assert from_sheet(to_sheet(other, other, tmp_path / "other.xlsx", "en"), base=other).hash == other.hash


def test_there_and_back_on_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASHLESS_SIM_LANGUAGE", "vi")
    name = SHOWN[1].name
    assert main(["scenario", "to-xlsx", name]) == 0
    assert main(["scenario", "from-xlsx", f"{name}.xlsx", "--out", "back.toml"]) == 0
    assert "back.toml" in capsys.readouterr().out
    assert Scenario.load("back.toml").hash == SHOWN[1].scenario.hash
    assert main(["scenario", "from-xlsx", "gone.xlsx"]) == 2
    assert capsys.readouterr().err.startswith("Lỗi: gone.xlsx")
