"""Vietnamese for the pieces of errors of the explorers."""

EXPLORE = {
    "--date": "--date",
    "--month": "--month",
    "a date such as 2026-11-24": "một ngày, ví dụ 2026-11-24",
    "a month after {}, the start of '{}'": "một tháng sau {}, là tháng bắt đầu của '{}'",
    "campaigns of '{}'": "các đợt tuyên truyền của '{}'",
    "campaigns that '{}' does not have": "các đợt tuyên truyền mà '{}' chưa có",
    "none more": "không có thêm đợt nào",
    "first month of the plans": "tháng đầu của các phương án",
    "month to judge in": "tháng xét phương án",
    "{} or later, when plans begin": "{} trở về sau, khi phương án bắt đầu",
    "sliders in a notebook": "thanh trượt trong sổ tay",
}
