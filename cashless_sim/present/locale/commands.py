"""Words of the commands ``new`` and ``completion``, of ``--json``, and of a new scenario's comments."""

from __future__ import annotations

from typing import Any

EN = {
    "command.new": (
        "Write a scenario to fill in, made from a shipped one: every line explained, nothing changed yet.\n\n"
        "Example: cashless-sim new my-plan --from 01-nen"
    ),
    "command.completion": (
        "Print what makes a shell complete the commands when Tab is pressed.\n\n"
        "Example: cashless-sim completion bash (its output goes to the end of ~/.bashrc)"
    ),
    "option.name": "Name of the new scenario; its file is NAME.toml.",
    "option.from": "Shipped scenario or plan to begin with (hung-yen).",
    "option.new.out": "File to write (NAME.toml).",
    "option.shell": "bash, zsh, fish, powershell or pwsh.",
    "option.json": "Print JSON for a script instead of tables.",
    "new.next": "Take the # away from a line to change it, then: cashless-sim run {file}",
    "new.head": (
        "A scenario that begins with '{base}' and changes nothing yet.\n"
        "Lines with # are not read: take the # away and change the value.\n"
        "Run it with: cashless-sim run {file}"
    ),
    "new.title": "What readers see above figures and reports, in both languages.",
    "new.time": "Months of the run, YYYY-MM.",
    "new.place": "How many households are simulated: all, or a whole number (2000 is quick).",
    "new.campaign": (
        "A further outreach campaign. channel: {channels}.\n"
        "sponsor (who pays) and runner (who does it): {sponsors}.\n"
        "capacity counts contacts a month; costs are in VND."
    ),
    "new.campaigns": "Campaigns that are there: write the name again to change one; remove = true takes it out.",
    "new.rules": "Numbers of the rules: what each means, its unit, its plausible range, its source.",
    "new.my.title": "My plan",
    "new.my.title_vi": "Phương án của tôi",
}

VI = {
    "command.new": (
        "Viết một kịch bản để điền, lấy từ một kịch bản có sẵn: dòng nào cũng có giải thích, chưa thay đổi gì.\n\n"
        "Ví dụ: cashless-sim new phuong-an-moi --from 01-nen"
    ),
    "command.completion": (
        "In ra đoạn lệnh để khi bấm phím Tab, máy gợi ý tên lệnh.\n\n"
        "Ví dụ: cashless-sim completion bash (chép đoạn in ra vào cuối tệp ~/.bashrc)"
    ),
    "option.name": "Tên kịch bản mới; tệp là TÊN.toml.",
    "option.from": "Kịch bản hoặc phương án có sẵn để bắt đầu (hung-yen).",
    "option.new.out": "Tệp cần ghi (TÊN.toml).",
    "option.shell": "bash, zsh, fish, powershell hoặc pwsh.",
    "option.json": "In JSON cho chương trình khác đọc, thay cho bảng.",
    "new.next": "Bỏ dấu # ở đầu dòng nào cần sửa, sau đó: cashless-sim run {file}",
    "new.head": (
        "Kịch bản bắt đầu từ '{base}', chưa thay đổi gì.\n"
        "Dòng có dấu # không được đọc: muốn sửa thì bỏ dấu # rồi đổi giá trị.\n"
        "Chạy bằng lệnh: cashless-sim run {file}"
    ),
    "new.title": "Tên gọi trên biểu đồ và báo cáo, bằng hai ngôn ngữ.",
    "new.time": "Các tháng mô phỏng, dạng NĂM-THÁNG.",
    "new.place": "Số hộ mô phỏng: all là tất cả, hoặc một số nguyên (2000 thì chạy nhanh).",
    "new.campaign": (
        "Thêm một đợt tuyên truyền, vận động, hướng dẫn. channel (kênh): {channels}.\n"
        "sponsor (đơn vị chi) và runner (đơn vị làm): {sponsors}.\n"
        "capacity là số lượt tiếp xúc mỗi tháng; chi phí tính bằng đồng."
    ),
    "new.campaigns": "Các đợt đã có: ghi lại đúng tên để sửa; remove = true để bỏ.",
    "new.rules": "Các con số của quy tắc: ý nghĩa, đơn vị, khoảng hợp lý, nguồn (bằng tiếng Anh).",
    "new.my.title": "My plan",
    "new.my.title_vi": "Phương án của tôi",
}
TABLES = {"en": EN, "vi": VI}


def told(key: str, tongue: str, /, **facts: Any) -> str:
    """Return the sentence of a key in a language, with its facts filled in; raise KeyError for a missing one."""
    return TABLES[tongue][key].format(**facts)
