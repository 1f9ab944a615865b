"""Vietnamese for what an error advises to do next, with ``{}`` for what varies."""

NEXT = {
    "join campaigns of one channel, or let fewer of them reach the same households": (
        "gộp các đợt cùng kênh, hoặc để ít đợt hơn cùng đến một hộ"
    ),
    "bring cashless-sim up to date": "hãy cập nhật cashless-sim",
    "bring the same version to all machines, and begin the sweep again after an edit": (
        "hãy dùng cùng một phiên bản trên mọi máy, và chạy lại sau khi sửa mã"
    ),
    "cashless-sim store verify --drop takes it out; the next sweep makes it again": (
        "cashless-sim store verify --drop sẽ lấy nó ra; đợt chạy sau sẽ làm lại"
    ),
    "cashless-sim store verify tells whether it is damaged": "cashless-sim store verify cho biết nó có hỏng không",
    'install it: pip install "cashless-sim[cluster]"': 'hãy cài: pip install "cashless-sim[cluster]"',
    "save what can be read: cashless-sim store merge NEW OLD": (
        "hãy cứu phần còn đọc được: cashless-sim store merge KHO_MỚI KHO_CŨ"
    ),
    "the same command goes on from there": "gõ lại lệnh vừa rồi để chạy tiếp",
    "try again when it is done": "hãy thử lại khi chương trình đó xong",
    "in TOML write {} or {}": "trong TOML hãy viết {} hoặc {}",
    "{} has such a key ({})": "bảng {} mới có khóa như vậy ({})",
    "it is a household column: write it inside target = { … }": "đây là cột của hộ: hãy viết trong target = {{ … }}",
    "build another model, or use agent.remove()": "hãy dựng mô hình khác, hoặc dùng agent.remove()",
    "discard() takes it out of a set of your own": "dùng discard() để bỏ hộ khỏi tập hợp của bạn",
    "give the row to look at": "hãy cho biết dòng cần xem",
    "in a rule use u.<name>; elsewhere streams.uniform(seed, h.unique_id, model.month, 'my.purpose')": (
        "trong quy tắc dùng u.<tên>; nơi khác dùng streams.uniform(seed, h.unique_id, model.month, 'my.purpose')"
    ),
    "keep models apart": "không trộn các mô hình",
    "set `households`": "hãy đặt `households`",
    "use a data folder": "hãy dùng một thư mục dữ liệu",
    "work on a copy: model.agents.copy()": "hãy làm trên bản sao: model.agents.copy()",
    "add the row with its source, or one marked assumed": "hãy thêm dòng đó kèm nguồn, hoặc ghi assumed",
    "bring the largest ones nearer to 0": "hãy đưa các hệ số lớn nhất về gần 0",
    "correct it; data/README.md says what each column holds": "hãy sửa lại; data/README.md nói rõ từng cột",
    "declare it in `{}`": "hãy khai báo trong `{}`",
    "Python finds no module '{}': for a file in this folder, set PYTHONPATH=.": (
        "Python không tìm thấy module '{}': nếu là tệp trong thư mục này, hãy đặt PYTHONPATH=."
    ),
    "its module has no '{}'": "module đó không có '{}'",
    "importing it raised {}: {}": "khi nạp thì gặp lỗi {}: {}",
    "install the package again": "hãy cài lại gói",
    "it stands first on line {}; keep one": "khóa này đã có ở dòng {}; chỉ giữ một",
    "leave it out to have them all": "bỏ trống để lấy tất cả",
    "lower village_size in marginals.csv": "hãy giảm village_size trong marginals.csv",
    "make a new one: rule.with_({}=…)": "hãy tạo quy tắc mới: rule.with_({}=…)",
    "write columns in the household method": "hãy ghi cột trong hàm household",
    "own a column of your own, or write a rule that replaces the owner": (
        "hãy sở hữu một cột riêng, hoặc viết quy tắc thay cho quy tắc đang sở hữu"
    ),
    "raise degree or lower far": "hãy tăng degree hoặc giảm far",
    "record with cs.run(...), whose tidy frame holds every measure by group": (
        "hãy dùng cs.run(...): bảng kết quả có mọi chỉ tiêu theo nhóm"
    ),
    "rename the column or leave one of the rules out": "hãy đổi tên cột hoặc bỏ một trong hai quy tắc",
    "row {} now holds {}: ask model.agents again": "dòng {} nay là hộ {}: hãy lấy lại từ model.agents",
    "move the shock, take it out (remove = true), or make the run longer": (
        "hãy dời biến cố, bỏ nó (remove = true), hoặc kéo dài lần chạy"
    ),
    "set another range, or leave it out": "hãy đặt khoảng khác, hoặc bỏ khoảng này",
    "set a later end": "hãy đặt tháng kết thúc muộn hơn",
}

ORGANISATIONS = {
    "only": "danh sách việc cần kiểm tra (only)",
    "policy of a bank or wallet": "chính sách của ngân hàng hoặc ví điện tử",
    "a table [banks.<name>] for a bank, or [banks.all]": "một bảng [banks.<tên>] cho một ngân hàng, hoặc [banks.all]",
    "a table [wallets.<name>] for a wallet, or [wallets.all]": (
        "một bảng [wallets.<tên>] cho một ví điện tử, hoặc [wallets.all]"
    ),
    'shares by month, as "2024-07" = 0.3': 'tỷ lệ theo tháng, dạng "2024-07" = 0.3',
}

REPORTS = {
    "an office file": "ghi tệp Word, Excel hoặc PowerPoint",
    "a PDF": "ghi tệp PDF",
    "shell": "trình dòng lệnh (shell)",
    "it is there already": "tệp đã có sẵn",
    "a new file": "một tệp mới",
    "name of a scenario": "tên của kịch bản",
    "a name that can be a file's": "một tên đặt được cho tệp",
    "finished runs": "số lần chạy đã xong",
    "at least one; cashless-sim store ls --failed says why": (
        "ít nhất một; lệnh cashless-sim store ls --failed cho biết lý do"
    ),
    "baseline": "kịch bản gốc",
    "baseline among the scenarios": "kịch bản gốc trong các kịch bản",
    "rows in the runs": "số dòng trong kết quả",
    "the browser could not print it ({})": "trình duyệt không in được ({})",
    "the browser printed nothing": "trình duyệt không in ra gì",
    "a page that can be printed": "một trang in được",
    "there is no Chromium, Chrome or Edge here; open the HTML file and print it": (
        "máy này không có Chromium, Chrome hay Edge; hãy mở tệp HTML rồi in"
    ),
}
