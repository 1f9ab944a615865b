"""Sentences about the check of a rule, in both languages; the English ones are those of the check itself."""

from __future__ import annotations

from typing import Any

from cashless_sim.present.locale.errors import explain
from cashless_sim.testing.finding import Finding

EN = {
    "command": (
        "Check a rule of your own: its text, its luck, its numbers, and how it runs. "
        "Example: cashless-sim check-rule my_package.my_rules:MyRule"
    ),
    "argument": "The rule, as package.module:Name, or a shipped one by its name.",
    "scenario": "Scenario whose month it is put into; hung-yen if not given.",
    "ok": "ok",
    "refused": "refused",
    "note": "note",
    "not tried": "not tried",
    "sound": "{rule}: sound ({ok} checks hold, {note} to note)",
    "unsound": "{rule}: {refused} refused, {skipped} not tried",
}
VI = {
    "command": (
        "Kiểm tra một quy tắc tự viết: mã nguồn, số ngẫu nhiên, các con số và cách chạy. "
        "Ví dụ: cashless-sim check-rule my_package.my_rules:MyRule"
    ),
    "argument": "Quy tắc, dạng package.module:Name, hoặc tên một quy tắc có sẵn.",
    "scenario": "Kịch bản có tháng mô phỏng để đặt quy tắc vào; mặc định là hung-yen.",
    "ok": "đạt",
    "refused": "không đạt",
    "note": "lưu ý",
    "not tried": "chưa thử",
    "sound": "{rule}: dùng được ({ok} mục đạt, {note} mục cần lưu ý)",
    "unsound": "{rule}: {refused} mục không đạt, {skipped} mục chưa thử",
}
CHECKS_VI = {
    "defined": "là quy tắc viết cho một hộ, đọc được mã nguồn",
    "owns": "chỉ ghi vào các cột của chính nó",
    "luck": "chỉ dùng số ngẫu nhiên của chính nó, có tên",
    "outside": "chỉ thấy hằng số và công thức ở bên ngoài",
    "meaning": "nói rõ ý nghĩa, đơn vị và nguồn của từng con số",
    "fits": "đặt vừa vào tháng mô phỏng",
    "speed": "biên dịch được",
    "repeats": "cùng số ngẫu nhiên thì cùng kết quả, theo thứ tự hộ nào cũng vậy",
    "bits": "bản biên dịch cho kết quả trùng từng bit với mã nguồn",
    "chances": "các xác suất đều nằm giữa 0 và 1",
    "ranges": "tỷ lệ nằm giữa 0 và 1, các số đều hữu hạn",
    "rises": "tăng, giảm đúng như đã khai báo",
    "null": "không thay đổi gì khi các tham số ở giá trị không tác động",
    "laws": "không mất hộ, hóa đơn hay tiền trong cả tháng",
}
WORDS_VI = {
    "said": "{sentence}",
    "no-doc": "{what} chưa nói nó làm gì: hãy viết một câu mô tả (docstring)",
    "reads-file": "không đọc được mã nguồn: hãy viết quy tắc trong một tệp, không gõ ở dấu nhắc",
    "calls": "gọi {name}, hàm không xem được mã: hãy đánh dấu @formula, hoặc dùng u.<name> để lấy số ngẫu nhiên",
    "holds": "dùng {name}, {kind}: hãy đổi thành tham số, cột, hoặc một bộ hằng số (tuple)",
    "generator": "dùng {name}, số ngẫu nhiên không có khóa: hãy dùng u.<name>, một lượt rút có tên",
    "no-meaning": "{what} chưa có {missing}: hãy ghi ngay ở chỗ khai báo",
    "no-unit": "{what} chưa có đơn vị: hãy ghi kiểu, như {name}: Share = parameter(…)",
    "source": "{what} có nguồn '{source}': hãy ghi khóa của một tài liệu, hoặc 'assumed'",
    "outside-range": "{what} là {value:g}, ngoài khoảng hợp lý từ {low:g} đến {high:g}",
    "held": "{names} không có khoảng hợp lý: giữ cố định trong khi các số khác được rút ngẫu nhiên",
    "table": "đọc here.{name}, bảng không ai ghi số liệu: hãy lấy một bảng trong cashless_sim.rules.surroundings",
    "slower": "chạy {level}: {why}",
    "level": "{level}",
    "differs": "{what} khác nhau {when}: hộ {id}, {one} và {other}",
    "same": "{months} tháng của {households} hộ",
    "chance": "so u.{draw} với {value:g} (hộ {id}): hãy giữ trong khoảng từ 0 đến 1, như min(…, 1.0)",
    "chance-ends": "khi mọi tham số ở đầu mút của khoảng, so u.{draw} với {value:g} (hộ {id}), tức là chắc chắn xảy ra",
    "largest": "xác suất lớn nhất {value:.3g}, {count} lần so sánh",
    "no-chance": "không có lần so sánh nào với xác suất",
    "leaves": "{what} thành {value} (hộ {id}): hãy giữ trong khoảng từ 0 đến 1",
    "infinite": "{what} thành {value} (hộ {id}): hãy giữ cho hữu hạn",
    "columns": "{count} cột, ở hai đầu mút khoảng của mọi tham số",
    "no-such": "khai báo {column} thay đổi theo {cause}, thứ không có: hãy nêu một tham số, peers.<name> hoặc "
    "here.<name>, và một cột của chính nó",
    "against-rise": "{column} giảm khi {cause} đi từ {low:g} đến {high:g}: hộ {id}, từ {one} sang {other}",
    "against-fall": "{column} tăng khi {cause} đi từ {low:g} đến {high:g}: hộ {id}, từ {one} sang {other}",
    "moved": "{count} khai báo, {moved} trên {households} hộ thay đổi",
    "still": "{column} không đổi theo {cause} ở hộ nào trong {households} hộ: chưa thử được gì",
    "undeclared": "chưa khai báo",
    "null-moves": "{column} vẫn thay đổi: hộ {id}, từ {one} sang {other}",
    "null-others": "cột {column} của quy tắc khác thay đổi khi có quy tắc này trong tháng",
    "raises": "báo lỗi {kind}: {said}",
    "earlier": "vì mục {check} không đạt",
}
WHEN_VI = {
    "on the same luck": "dù cùng số ngẫu nhiên",
    "when households are taken in another order": "khi đổi thứ tự các hộ",
    "from its text when compiled": "giữa bản biên dịch và mã nguồn",
    "as its text, slowly": "theo mã nguồn, chậm hơn",
    "its text is what runs": "chính mã nguồn là bản được chạy",
    "vectorised": "mức nhanh nhất",
    "scalar": "mức nhanh",
    "unit": "đơn vị",
    "meaning": "ý nghĩa",
}
TABLES = {"en": EN, "vi": VI}


def told(key: str, tongue: str, /, **facts: Any) -> str:
    """Return the sentence of a key in a language; raise KeyError for a missing one."""
    return TABLES[tongue][key].format(**facts)


def finding(one: Finding, tongue: str) -> str:
    """Return the line of a finding in a language."""
    status = told(one.status, tongue)
    return f"{status:<9}  {one.check:<8}  {_sentence(one, tongue)}"


def _sentence(one: Finding, tongue: str) -> str:
    if tongue == "en":
        return one.sentence()
    if one.error is not None:
        text = explain(one.error, tongue)
    elif one.key:
        facts = {name: WHEN_VI.get(v, v) if isinstance(v, str) else v for name, v in one.facts.items()}
        text = WORDS_VI[one.key].format(**facts)
    else:
        text = CHECKS_VI[one.check]
    return f"{one.where + ': ' if one.where else ''}{text}"
