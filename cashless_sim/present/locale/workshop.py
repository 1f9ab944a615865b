"""Sentences of the workshop: its commands, its scoreboard and its papers, in both languages."""

from __future__ import annotations

from typing import Any

from cashless_sim.present.locale import workshop_en, workshop_vi

TABLES = {"en": workshop_en.EN, "vi": workshop_vi.VI}


def told(key: str, tongue: str, /, **facts: Any) -> str:
    """Return the sentence of a key in a language, with its facts filled in; raise KeyError for a missing one."""
    return TABLES[tongue][key].format(**facts)


ERRORS = {
    "choice": "lựa chọn",
    "choice {} is ticked twice": "lựa chọn {} bị đánh dấu hai lần",
    "the line looks like {}": "dòng này giống {}",
    "each choice once at most": "mỗi lựa chọn nhiều nhất một lần",
    "choices": "các lựa chọn (choices)",
    "key '{}'": "khóa '{}'",
    "table": "số bàn",
    "round": "số vòng",
    "chips of table {}": "số xu của bàn {}",
    "chips of '{}'": "số xu của '{}'",
    "forms": "số phiếu",
    "forms of table {} in round {}": "số phiếu của bàn {} ở vòng {}",
    "one; key the right one again": "một phiếu; hãy nhập lại phiếu đúng",
    "numbers of the choices": "số thứ tự của các lựa chọn",
    "1, 2, … at most {}": "1, 2, … nhiều nhất đến {}",
    "a file of choices in TOML": "một tệp lựa chọn dạng TOML",
    "it is no TOML ({})": "không phải TOML ({})",
    "a form of a table: .toml, .csv, or a folder of them": "phiếu của bàn: .toml, .csv, hoặc thư mục chứa các phiếu",
    "there is no form in it": "trong đó không có phiếu nào",
    "it says more than a form may: '{}'": "phiếu ghi thêm điều không được ghi: '{}'",
    "table, round and choices: tables are scored, not persons": (
        "chỉ số bàn, số vòng và các lựa chọn: chấm theo bàn, không chấm từng người"
    ),
    "take it out of the form": "hãy bỏ ra khỏi phiếu",
    "keyed choices": "các lựa chọn vừa nhập",
    "numbers of choices, as 1,4,7": "số của các lựa chọn, ví dụ 1,4,7",
    "scored forms": "số phiếu đã chấm",
    "runs of every table; cashless-sim store ls --failed says why": (
        "lần chạy của mọi bàn; cashless-sim store ls --failed cho biết lý do"
    ),
    "the table of single choices": "bảng điểm từng lựa chọn",
    "one, made for these choices": "một bảng lập cho đúng các lựa chọn này",
    "cashless-sim workshop singles makes it": "lệnh cashless-sim workshop singles lập bảng này",
    "it was made for other choices": "bảng được lập cho những lựa chọn khác",
}
"""Vietnamese for the pieces of errors that a workshop raises."""
