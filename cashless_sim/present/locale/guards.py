"""Vietnamese for the pieces of errors that guard against files nobody has looked at."""

GUARDS = {
    "use": "use",
    "a header in CSV": "dòng tiêu đề ở dạng CSV",
    "a list of tables": "danh sách các bảng",
    "a list of texts": "danh sách các chuỗi chữ",
    "a list of calendar months": "danh sách các tháng trong năm",
    "a table of household columns": "bảng các cột của hộ",
    "a table of numbers": "bảng các số",
    "a table of numbers by year": "bảng các số theo năm",
    "runs in the manifest": "các lần chạy trong tệp manifest",
    "it holds no manifest of runs": "tệp không chứa thông tin về các lần chạy",
    "its sheet '{}' is of {} rows and {} columns": "trang '{}' có {} dòng và {} cột",
    "at most {} rows and {} columns": "tối đa {} dòng và {} cột",
    "take out the cells far away": "hãy bỏ các ô nằm quá xa",
    "it is no table": "đây không phải một bảng",
    "a number for each key": "một số cho mỗi khóa",
    "{} is {}": "{} đang là {}",
    "a name from this package": "một tên có sẵn trong gói này",
    "where the figure was read": "nơi đọc được con số",
    "say where the figure was read, as a key or in words: it stands in no data file": (
        "hãy ghi nơi đọc được con số, bằng khóa hoặc bằng lời: con số này không có trong tệp số liệu nào"
    ),
    "share, which is fitted in percent": "share, được hiệu chỉnh theo phần trăm",
    "the unit of {} is '{}'": "đơn vị của {} là '{}'",
    "source is empty": "source đang để trống",
    "--everything": "--everything",
    "beside --targets": "đi cùng --targets",
    "one of them": "một trong hai",
    "a pathlib.Path: the folder of place.toml, districts.csv and marginals.csv": (
        "một pathlib.Path: thư mục có place.toml, districts.csv và marginals.csv"
    ),
    (
        "it is code from outside, which reading the file would run: allow it if you trust it, with --allow-code "
        "(in Python allow_code=True, or CASHLESS_SIM_ALLOW_CODE=1)"
    ): (
        "đây là mã lệnh từ bên ngoài, đọc tệp là chạy mã lệnh đó: nếu tin cậy, hãy cho phép bằng --allow-code "
        "(trong Python: allow_code=True, hoặc CASHLESS_SIM_ALLOW_CODE=1)"
    ),
}
