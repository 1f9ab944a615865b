"""Vietnamese for the pieces of errors that figures, and figures made again, raise."""

FIGURE_ERRORS = {
    "figure": "hình",
    "size of a figure": "cỡ hình",
    "rows of the runs": "số dòng kết quả",
    "rows of this figure in the runs": "số dòng dành cho hình này trong kết quả",
    "rows of this figure in the frame": "số dòng dành cho hình này trong bảng",
    "rows of adopted_by in the runs": "số dòng adopted_by trong kết quả",
    "runs with all their rows": "các lần chạy có đủ các dòng",
    "month in these runs": "tháng trong các lần chạy này",
    "measure that is a share": "chỉ tiêu là một tỷ lệ",
    "measure of this figure": "chỉ tiêu của hình này",
    "a share of households": "một tỷ lệ hộ",
    "gain": "phần tăng thêm (per)",
    "column of the frame": "cột trong bảng",
    "mu_star, or S1 with ST": "mu_star, hoặc S1 cùng ST",
    "rows with {} '{}'": "số dòng có {} là '{}'",
    "at least one in the unit share": "ít nhất một dòng có đơn vị share",
    "results with this hash": "kết quả có mã này",
    "one that lies under {}/": "một mã có trong thư mục {}/",
    "recipe of scenario '{}'": "nội dung của kịch bản '{}'",
    "not found": "không tìm thấy",
    "one with hash {}": "nội dung có mã {}",
    "give its file with --scenario": "hãy ghi tệp của kịch bản bằng --scenario",
    "there is no such file": "không có tệp này",
    "it holds no facts of a figure": "tệp không chứa thông tin của hình",
    "a figure saved by cashless-sim": "một hình do cashless-sim lưu",
    "the table of the figure, beside it": "bảng số liệu của hình, nằm cạnh hình",
    "a figure's .png, .svg, .csv or .meta.json, a manifest.json, or the beginning of a hash": (
        "tệp .png, .svg, .csv hoặc .meta.json của một hình, một tệp manifest.json, hoặc phần đầu của một mã"
    ),
}
