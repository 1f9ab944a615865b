"""The form that a province fills, so-lieu-dia-phuong.xlsx: made empty, and read without taking personal data."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cashless_sim.calibration.local import Count, checked
from cashless_sim.data import districts
from cashless_sim.errors import DataProblem, FileProblem, nearest
from cashless_sim.experiment.writing import told, whole
from cashless_sim.present.spreadsheet import refuse_vast
from cashless_sim.units import month_number

NAME = "so-lieu-dia-phuong.xlsx"
SHEET = "Số liệu"
GUIDE = "Hướng dẫn"
COLUMNS = {
    "Địa bàn": "place",
    "Tháng": "month",
    "Số khách hàng": "customers",
    "Khách hàng TTKDTM": "cashless",
    "Trong đó hộ gia đình": "domestic",
    "Số tài khoản thanh toán": "accounts",
    "Số tổ công nghệ số cộng đồng": "teams",
    "Số giờ hướng dẫn": "hours",
}
NEEDED = ("place", "month", "customers", "cashless")
PROVINCE = "Hưng Yên"
TEXT = (
    "Mỗi dòng là một địa bàn trong một tháng. Chỉ ghi số tổng hợp; KHÔNG ghi họ tên, số điện thoại, số căn cước hay mã "
    "khách hàng của ai.",
    "Địa bàn: tên huyện, thị xã, thành phố trước tháng 7/2025, hoặc Hưng Yên cho toàn tỉnh (Hưng Yên cũ).",
    "Tháng: dạng 2024-05 hoặc 5/2024. Số khách hàng: toàn bộ khách hàng mua điện trong tháng.",
    "Khách hàng TTKDTM: số khách hàng thanh toán không dùng tiền mặt theo cách tính của đơn vị điện lực; trong đó hộ "
    "gia đình: phần là khách hàng sinh hoạt (có thể để trống).",
    "Số tài khoản, số tổ công nghệ số cộng đồng, số giờ hướng dẫn: có thể để trống.",
)
PERSONAL = {
    "a name": re.compile(r"h[oọ] (và )?t[eê]n|người nộp|chủ hộ|full ?name", re.I),
    "a phone number": re.compile(r"đi[eệ]n tho[aạ]i|sđt|phone|di đ[oộ]ng", re.I),
    "an ID number": re.compile(r"căn cước|cccd|cmnd|cmt|hộ chiếu|passport", re.I),
    "a customer code": re.compile(r"mã (khách|kh)|customer code|mã hộ", re.I),
}
"""Headings of columns that nobody should send."""
SECRET = {
    "a phone number": re.compile(r"^(\+?84|0)\d{9}$"),
    "an ID number": re.compile(r"^\d{12}$"),
    "a customer code": re.compile(r"^P[A-Z]\d{6,}", re.I),
}
"""What a cell may not look like, spaces, dots and dashes left out."""
NEXT = "take it out of the file; only totals are read"


def write_form(path: Path) -> Path:
    """Write the empty form; return the path, raise `FileProblem`."""
    with told(path, "a file that can be written"):
        path.parent.mkdir(parents=True, exist_ok=True)
    whole(path, _write)
    return path


def _write(path: Path) -> None:
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    sheet = book.add_worksheet(SHEET)
    for column, heading in enumerate(COLUMNS):
        sheet.write(0, column, heading, bold)
    sheet.set_column(0, len(COLUMNS) - 1, 22)
    sheet.freeze_panes(1, 2)
    guide = book.add_worksheet(GUIDE)
    guide.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
    for row, text in enumerate(TEXT):
        guide.write(row, 0, text)
    book.close()
    path.write_bytes(held.getvalue())


def read_form(path: Path) -> tuple[Count, ...]:
    """Return the counts of a filled form; raise `FileProblem`, and `DataProblem` with the cell that is wrong.

    Nothing is read from a file that seems to hold personal data, in any of its sheets.
    """
    book = _opened(path)
    refuse_vast(book, path)
    if SHEET not in book.sheetnames:
        raise DataProblem(where=path.name, problem=f"there is no sheet '{SHEET}'", expected="the form as it was made")
    for sheet in book.worksheets:
        if sheet.title != GUIDE:
            _refuse_personal(sheet)
    rows = list(book[SHEET].iter_rows(values_only=True))
    names = _headings(rows[0] if rows else ())
    counts = [
        _count(names, row, number) for number, row in enumerate(rows[1:], start=2) if any(c is not None for c in row)
    ]
    book.close()
    return checked(counts)


def _opened(path: Path) -> Any:
    import openpyxl

    with told(path, "a filled form"):
        try:
            return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=False, data_only=True)
        except OSError:
            raise
        except Exception as error:
            problem = "it is no Excel workbook"
            raise FileProblem(path=str(path), problem=problem, expected="a filled form, .xlsx") from error


def _refuse_personal(sheet: Any) -> None:
    """Refuse a heading or a cell that looks like somebody's name, phone, ID or customer code."""
    for number, cells in enumerate(sheet.iter_rows()):
        for cell in cells:
            text = unicodedata.normalize("NFC", str(cell.value)).strip() if cell.value is not None else ""
            plain = re.sub(r"[\s.\-]", "", text)
            headings = PERSONAL if number == 0 else {}
            for what, pattern in (*headings.items(), *SECRET.items()):
                if pattern.search(text if pattern in headings.values() else plain):
                    where = f"{sheet.title}!{cell.coordinate}"
                    raise DataProblem(where=where, problem=f"it looks like {what}", expected="totals only", next=NEXT)


def _headings(row: tuple[Any, ...]) -> list[str]:
    found = []
    for cell in row:
        text = unicodedata.normalize("NFC", str(cell or "")).strip()
        if text and text not in COLUMNS:
            problem = f"unknown column '{text}'"
            raise DataProblem(
                where=f"{SHEET}!1", problem=problem, expected=", ".join(COLUMNS), near=nearest(text, COLUMNS)
            )
        found.append(COLUMNS.get(text, ""))
    for name in NEEDED:
        if name not in found:
            heading = next(key for key, value in COLUMNS.items() if value == name)
            raise DataProblem(where=f"{SHEET}!1", problem=f"column '{heading}' is missing", expected=", ".join(COLUMNS))
    return found


def _count(names: list[str], row: tuple[Any, ...], number: int) -> Count:
    cells = {name: cell for name, cell in zip(names, row, strict=False) if name}
    where = f"{SHEET}!{number}"
    given: dict[str, Any] = {"place": _place(where, cells["place"]), "month": _month(where, cells["month"])}
    for name, value in cells.items():
        if name not in given and not (value is None and name not in NEEDED):
            given[name] = _amount(where, name, value)
    return Count(**given)


def _place(where: str, cell: Any) -> str:
    known = {str(vi): str(plain) for vi, plain in _districts()} | {PROVINCE: PROVINCE}
    text = unicodedata.normalize("NFC", str(cell or "")).strip()
    if text not in known:
        problem = "the place is not one of the province"
        raise DataProblem(where=where, problem=problem, expected=", ".join(known), near=nearest(text, known))
    return known[text]


def _districts() -> Iterator[tuple[Any, Any]]:
    table = districts("hung-yen")
    return iter(zip(table["district_vi"], table["district"], strict=True))


def _month(where: str, cell: Any) -> int:
    if isinstance(cell, datetime | date):
        return (cell.year - 1970) * 12 + cell.month - 1
    text = str(cell or "").strip()
    if found := re.fullmatch(r"(\d{1,2})/(\d{4})", text):
        text = f"{found[2]}-{int(found[1]):02d}"
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise DataProblem(where=where, problem=f"the month is '{text}'", expected="2024-05 or 5/2024")
    return month_number(text)


def _amount(where: str, name: str, cell: Any) -> float:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not abs(cell) <= sys.float_info.max:
        raise DataProblem(where=where, problem=f"{name} is '{cell}'", expected="a number in a cell of numbers")
    return float(cell)
