"""A province's form is made, filled, read and fitted; a planted truth is found; nobody's data are read."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from cashless_sim.calibration.infer import infer
from cashless_sim.calibration.local import PLACE, Count, checked, shares, with_local
from cashless_sim.calibration.priors import FREE, free
from cashless_sim.calibration.simulate import Reality
from cashless_sim.calibration.targets import register
from cashless_sim.errors import BadValue, DataProblem, FileProblem
from cashless_sim.present import local_form
from cashless_sim.present.local_form import COLUMNS, NAME, SHEET, read_form, write_form
from cashless_sim.units import month_number, month_text

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
TRUTH = {prior.name: prior.at(0.5) for prior in FREE} | {"agent_counted_after": 0.8, "digital": -0.5}
MONTHS = tuple(month_number(text) for text in ("2018-06", "2019-01", "2019-06", "2019-10"))


@pytest.fixture
def form(tmp_path):
    return write_form(tmp_path / NAME)


def filled(path, rows, heading=None):
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    for row in rows:
        sheet.append(row)
    if heading:
        sheet.cell(1, len(COLUMNS) + 1, heading)
    book.save(path)
    return path


GOOD = ["Văn Lâm", "2024-05", 40_000, 30_000, 28_000, None, 120, 800.5]


def test_an_empty_form_has_the_columns_and_no_rows(form):
    sheet = openpyxl.load_workbook(form)[SHEET]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    with pytest.raises(DataProblem, match="no counts"):
        read_form(form)


def test_what_is_filled_in_is_read(form):
    rows = [GOOD, ["Mỹ Hào", "5/2024", 34_000, 20_000], ["Văn Lâm", datetime(2024, 6, 1), 40_100, 31_000]]
    found = read_form(filled(form, rows))
    assert found[1] == Count("Van Lam", month_number("2024-05"), 40_000, 30_000, 28_000, None, 120, 800.5)
    assert [one.month for one in found] == [month_number("2024-05")] * 2 + [month_number("2024-06")]
    assert shares(found) == {month_number("2024-05"): 50_000 / 74_000}


@pytest.mark.parametrize(
    ("change", "heading", "said"),
    [
        ({}, "Họ và tên", "a name"),
        ({}, "Số điện thoại", "a phone number"),
        ({}, "Số CCCD", "an ID number"),
        ({}, "Mã khách hàng", "a customer code"),
        ({5: "0912 345 678"}, None, "a phone number"),
        ({5: "033188001234"}, None, "an ID number"),
        ({5: "PA05010012345"}, None, "a customer code"),
        ({}, "Ghi chú", "unknown column"),
        ({0: "Nguyễn Văn A"}, None, "not one of the province"),
        ({0: "Văn Lam"}, None, "did you mean 'Văn Lâm'"),
        ({1: "tháng 5"}, None, "the month is"),
        ({2: "bốn mươi"}, None, "customers is"),
        ({3: 50_000}, None, "cashless of"),
        ({3: -1}, None, "cashless is"),
        ({4: 30_001}, None, "domestic up to cashless"),
    ],
)
def test_what_should_not_be_sent_or_cannot_be_is_refused(form, change, heading, said):
    row = [change.get(number, cell) for number, cell in enumerate(GOOD)]
    with pytest.raises(DataProblem, match=said):
        read_form(filled(form, [row], heading))


@pytest.mark.parametrize("cell", [10**400, float("inf"), float("nan"), True])
def test_a_number_that_no_program_holds_is_refused(cell):
    with pytest.raises(DataProblem, match="customers is"):
        local_form._amount("row 3", "customers", cell)


def test_what_is_no_form_is_refused(tmp_path, form):
    (tmp_path / "text.xlsx").write_text("nothing", encoding="utf-8")
    with pytest.raises(FileProblem, match="no Excel workbook"):
        read_form(tmp_path / "text.xlsx")
    with pytest.raises(FileProblem):
        read_form(tmp_path / "nowhere.xlsx")
    with pytest.raises(DataProblem, match="twice"):
        read_form(filled(form, [GOOD, GOOD]))


def test_a_month_of_the_form_takes_the_place_of_the_published_one():
    listed = register("check")
    count = Count("Hưng Yên", month_number("2019-10"), 300_000, 150_000)
    local = with_local(listed, [count])
    assert len(local.targets) == len(listed.targets)
    mine = next(one for one in local.targets if one.name == "B.hung-yen.2019-10.all")
    assert (mine.value, mine.sd) == (0.5, 0.02)
    assert local.hash != listed.hash
    with pytest.raises(BadValue, match="sd"):
        with_local(listed, [count], 0.0)
    with pytest.raises(DataProblem, match="no month has all places"):
        with_local(listed, [count, Count("Van Lam", month_number("2020-01"), 5.0, 1.0)])


def test_a_planted_truth_is_found(tmp_path):
    """The form is filled with what the model says of known numbers; a fit to the form comes back to them."""
    listed = register("check")
    member = listed.member("contagion-handover")
    blank = with_local(listed, [Count("Hưng Yên", month, 1000.0, 500.0) for month in MONTHS])
    asked = replace(blank, targets=tuple(one for one in blank.targets if one.place == PLACE))
    told = dict(zip([one.name for one in asked.targets], Reality(asked, member, 1400, 1)(TRUTH, 99), strict=True))
    rows = [
        ["Hưng Yên", month_text(m), 100_000, round(100_000 * told[f"B.hung-yen.{month_text(m)}.all"])] for m in MONTHS
    ]
    counts = read_form(filled(write_form(tmp_path / NAME), rows))
    local = with_local(replace(listed, targets=()), counts)
    fit = infer(Reality(local, member, 1400, 1), free(member.spontaneous), local.targets, 15, 45, seed=1)
    counted = fit.values[:, [prior.name for prior in fit.priors].index("agent_counted_after")]
    before, after = (np.average(np.abs(counted - 0.8), weights=w) for w in (np.ones(fit.spent), fit.weights))
    assert after < before
    last = fit.statistics[:, -1]
    assert abs(np.average(last, weights=fit.weights) - local.targets[-1].value) < abs(
        last[:15].mean() - local.targets[-1].value
    )


def test_counts_are_put_in_order():
    one, other = Count("b", 5, 10.0, 1.0), Count("a", 5, 10.0, 1.0)
    assert checked([one, other]) == (other, one)
