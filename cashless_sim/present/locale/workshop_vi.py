"""Words of the workshop in Vietnamese; `workshop_en` holds the same keys."""

VI = {
    # commands
    "command": "Hội thảo trọn gói: in giấy, nhập phiếu của các bàn, chấm điểm, lập bảng dự phòng.",
    "command.papers": (
        "In giấy cho hội thảo: phiếu đề xuất, thẻ vai, bảng điểm treo tường, câu hỏi, kịch bản điều hành; một tệp "
        "HTML.\n\nVí dụ: cashless-sim workshop papers --out giay --language vi"
    ),
    "command.key": (
        "Nhập phiếu của một bàn, mỗi lựa chọn một phím.\n\nVí dụ: cashless-sim workshop key --table 3 --choose 1,4,7"
    ),
    "command.form": (
        "Kiểm tra phiếu đã nhập; với --to-toml thì ghi thành phương án để làm tiếp.\n\n"
        "Ví dụ: cashless-sim workshop form results/workshop/forms/table-3-round-1.toml --to-toml"
    ),
    "command.score": (
        "Chấm các phiếu, cùng yếu tố ngẫu nhiên, so với giữ như hiện nay; chạy tiếp được nếu bị dừng.\n\nVí dụ: "
        "cashless-sim workshop score results/workshop/forms"
    ),
    "command.prepare": (
        "Chạy sẵn phần giữ như hiện nay trước giờ hội thảo, để chấm điểm nhanh hơn.\n\nVí dụ: "
        "cashless-sim workshop prepare"
    ),
    "command.singles": (
        "Chấm riêng từng lựa chọn: lập bảng dự phòng khi máy hỏng.\n\n"
        "Ví dụ: cashless-sim workshop singles --choices viec-cua-xa.toml"
    ),
    "option.out": "Thư mục ghi kết quả.",
    "option.choices": "Tệp lựa chọn của bạn (TOML); không ghi thì dùng tệp có sẵn.",
    "option.table": "Số của bàn (1 đến 99); không ghi tên người.",
    "option.round": "Vòng (1).",
    "option.choose": "Số của các lựa chọn đã đánh dấu, ví dụ 1,4,7.",
    "option.to-toml": "Ghi phiếu thành phương án (TOML) để chạy, sửa, so sánh tiếp.",
    "option.forms": "Tệp phiếu (.toml, .csv) hoặc thư mục chứa phiếu; không ghi thì là results/workshop/forms.",
    "option.form": "Tệp phiếu (.toml, .csv).",
    "option.households": "Số hộ trong một lần chạy (20.000).",
    "option.draws": "Số bộ tham số rút ra, mỗi bộ một số ngẫu nhiên riêng (9).",
    "option.singles": "Bảng điểm từng lựa chọn (CSV); không ghi thì dùng bảng có sẵn.",
    "option.store": "Tệp kho giữ các lần chạy (results/workshop/store.sqlite).",
    # keying
    "key.table": "Bàn số: ",
    "key.choices": "Các ô đã đánh dấu, mỗi lựa chọn một phím (ví dụ 147), rồi Enter: ",
    "key.line": "{number}. {title} ({chips} xu)",
    "key.kept": "Bàn {table}, vòng {round}: dùng {chips} trong {budget} xu; đã ghi {file}",
    "key.replaced": "Bàn {table}, vòng {round}: dùng {chips} trong {budget} xu; đã ghi đè {file}",
    "key.nothing": "(không chọn gì: giữ như hiện nay)",
    "form.sound": "Bàn {table}, vòng {round}: phiếu hợp lệ, {chips} trong {budget} xu",
    "form.plan": "Phương án: {file}",
    "plan.title": "Đề xuất của bàn {table}, vòng {round}: {choices}",
    "plan.none": "giữ như hiện nay",
    # scoring
    "score.working": "Đang chấm {forms} phiếu: {runs} lần chạy, mỗi lần {households} hộ …",
    "score.prepared": "Đã sẵn sàng: phần giữ như hiện nay nằm trong {store}.",
    "score.took": "{runs} lần chạy trong {seconds} giây",
    "score.failed": "{count} lần chạy bị lỗi; xem: cashless-sim store ls {store} --failed",
    "score.title.gain": "Bảng điểm, {month}: hộ TTKDTM tăng thêm, {count} bộ tham số (khoảng 80 %)",
    "score.title.money": "Tiền, {month}: nghìn đồng mỗi hộ tăng thêm, {count} bộ tham số (khoảng 80 %)",
    "score.title.left": "Nhóm chưa tiếp cận được, {month}: số hộ, {count} bộ tham số (khoảng 80 %)",
    "score.head.place": "hạng",
    "score.head.table": "bàn",
    "score.head.choices": "lựa chọn",
    "score.head.chips": "xu",
    "score.head.gain": "hộ tăng thêm",
    "score.head.spent": "triệu đồng",
    "score.head.value": "nghìn đồng mỗi hộ",
    "score.head.old": "từ 60 tuổi",
    "score.head.poor": "thu nhập thấp",
    "score.head.helped": "bớt được",
    "score.head.grade": "bằng chứng",
    "score.head.prize": "giải",
    "score.tie": "{place}=",
    "score.prize": "★",
    "score.table": "Bàn {table}",
    "score.table.round": "Bàn {table}, vòng {round}",
    "score.none": "chưa rõ",
    # the board
    "board.title": "Bảng điểm hội thảo",
    "board.chosen": "Mỗi bàn chọn gì?",
    "board.chosen.under": "Số của các lựa chọn · số xu",
    "board.chosen.row": "{choices} · {chips} xu",
    "board.gain": "Ai thêm được nhiều hộ nhất?",
    "board.gain.under": "Số hộ TTKDTM tăng thêm, {month} [khoảng 80 %]",
    "board.money": "Tốn bao nhiêu cho mỗi hộ?",
    "board.money.under": "Nghìn đồng cho mỗi hộ tăng thêm [khoảng 80 %]",
    "board.left": "Không để ai bị bỏ lại phía sau",
    "board.left.under": "Số hộ chưa tiếp cận bớt được, hai nhóm [khoảng 80 %]",
    "board.still": "Còn ai chưa tiếp cận được?",
    "board.still.under": "Hộ chưa TTKDTM, {month}: từ 60 tuổi · thu nhập thấp nhất",
    "board.read": "Đọc bảng này thế nào?",
    "board.read.tie": "So với giữ như hiện nay. Khoảng chồng lên nhau là ngang nhau (1=): chưa phân biệt được.",
    "board.read.using": (
        "TTKDTM: hộ tự trả hóa đơn không dùng tiền mặt trong 3 tháng gần nhất. Không phải chỉ tiêu nào từ A đến G."
    ),
    "board.read.groups": (
        "Hai nhóm: người trả tiền từ 60 tuổi; 20 % hộ thu nhập thấp nhất. Hộ thuộc cả hai nhóm tính hai lần."
    ),
    "board.read.luck": "Mọi bàn chạy trên cùng {households} hộ mô phỏng, cùng yếu tố ngẫu nhiên, {count} bộ tham số.",
    "board.believe": "Tin được đến đâu?",
    "board.believe.place": "Chỉ minh họa cho Hưng Yên cũ (39/104 xã, phường), chưa phải dự báo.",
    "board.believe.fit": "Chưa hiệu chỉnh: tham số {source}.",
    "board.believe.posterior": "ước lượng theo mức đã công bố, chưa qua kiểm định",
    "board.believe.prior": "lấy trong các khoảng giả định",
    "board.believe.grade": "Bằng chứng về các kênh: mức A là thử nghiệm tại chỗ, mức D là phán đoán. Ở đây: {grades}.",
    "board.believe.real": "Hộ mô phỏng, không phải hộ thật. Chấm theo bàn, không chấm từng người.",
    "board.foot": "Minh họa cho Hưng Yên, chưa hiệu chỉnh",
    "board.cost": "{chips} xu · đã chi {spent} triệu đồng · bằng chứng mức {grade}",
    "board.unclear": "chưa phân biệt được với hiện nay",
    "board.prize": "Giải: {tables}",
    "board.prize.none": "Chưa bàn nào phân biệt được với hiện nay: không trao giải.",
    # papers: what is common
    "paper.title": "Giấy in cho hội thảo",
    "paper.foot": "Minh họa cho Hưng Yên; chưa hiệu chỉnh; hộ mô phỏng, không phải hộ thật.",
    "paper.print": "In trang A4, một mặt, đen trắng. Số bản ghi ở đầu từng trang.",
    "copies.one": "1 bản cho mỗi bàn",
    "copies.rounds": "1 bản cho mỗi bàn, mỗi vòng",
    "copies.person": "1 bản cho mỗi người",
    "copies.persons": "2 bản cho mỗi người: trước và sau",
    "copies.wall": "1 bản, phóng to để treo tường",
    "copies.lead": "1 bản cho người điều hành",
    # the form
    "form.title": "Phiếu đề xuất của bàn",
    "form.lead": "Năm 2027 nên làm gì để thêm nhiều hộ trả hóa đơn không dùng tiền mặt (TTKDTM), mà không bỏ sót ai?",
    "form.table": "Bàn số",
    "form.round": "Vòng",
    "form.rule": "Bàn có {budget} xu; 1 xu là {amount} triệu đồng. Đánh dấu × vào ô, cộng số xu, không quá {budget}.",
    "form.head.tick": "×",
    "form.head.choice": "Lựa chọn",
    "form.head.chips": "Xu",
    "form.head.grade": "Bằng chứng",
    "form.sum": "Cộng số xu đã dùng (nhiều nhất {budget}):",
    "form.why": "Vì sao bàn chọn như vậy? Ai còn bị bỏ lại?",
    "form.person": "Không ghi họ tên, số điện thoại của ai: chấm theo bàn, không chấm từng người.",
    "form.grade": (
        "Bằng chứng: A thử nghiệm tại chỗ, B thử nghiệm nơi khác, C suy từ nghiên cứu gần, D phán đoán. Giá và quy mô "
        "là giả định."
    ),
    # roles
    "role.title": "Thẻ vai",
    "role.how": "Cắt theo đường kẻ, mỗi người rút một thẻ. Hãy nói như người trong thẻ, không nói như mình.",
    "role.want": "Muốn",
    "role.fear": "Lo",
    "role.ask": "Hỏi bàn",
    # wall sheet
    "wall.title": "Bảng điểm treo tường",
    "wall.round": "Vòng 1 □    Vòng 2 □",
    "wall.head.table": "Bàn",
    "wall.head.choices": "Lựa chọn",
    "wall.head.chips": "Xu",
    "wall.head.gain": "Hộ tăng thêm",
    "wall.head.band": "Khoảng 80 %",
    "wall.head.value": "Nghìn đồng mỗi hộ",
    "wall.head.helped": "Chưa tiếp cận: bớt được",
    "wall.head.place": "Hạng",
    "wall.rule": (
        "Khoảng chồng lên nhau: ghi cùng hạng. Giải riêng: bàn bớt được nhiều hộ chưa tiếp cận nhất (khoảng chồng nhau "
        "thì cùng nhận)."
    ),
    # quiz
    "quiz.title": "Sáu câu hỏi",
    "quiz.when": "Trước □    Sau □        Bàn số ______",
    "quiz.how": "Khoanh một chữ ở mỗi câu. Không ghi tên. Năm phút.",
    "quiz.key": "Đáp án sáu câu hỏi",
    "quiz.sum": "Người điều hành đếm số câu đúng của cả bàn trước và sau, chỉ ghi tổng của bàn.",
    # glossary
    "words.title": "Thẻ từ ngữ",
    # next month
    "next.title": "Tháng tới tôi làm gì",
    "next.lead": "Chỉ ba việc, trong quyền hạn của mình, làm được trong 30 ngày. Giữ lại phiếu này.",
    "next.head.do": "Việc sẽ làm",
    "next.head.whom": "Cho nhóm nào",
    "next.head.with": "Làm cùng đơn vị nào",
    "next.head.day": "Trước ngày",
    "next.head.see": "Biết đã xong nhờ đâu",
    "next.block": "Điểm nghẽn trong ngành tôi, và ai gỡ được:",
    "next.count": "Số liệu hằng tháng đơn vị tôi có thể gửi (chỉ số tổng hợp, không có tên ai):",
    # facilitator
    "lead.title": "Người điều hành",
    "lead.minutes": "Phút",
    "lead.what": "Việc",
    "lead.how": "Cách làm",
    "lead.before": "Chuẩn bị",
    "lead.fail": "Khi máy hỏng: chấm bằng giấy",
    "lead.debrief": "Câu hỏi lúc rút kinh nghiệm",
    "lead.script": "Kịch bản: {title}, {minutes} phút",
    # fallback
    "paperscore.title": "Chấm bằng giấy: điểm từng lựa chọn",
    "paperscore.lead": (
        "Cộng điểm của các ô đã đánh dấu. Đây là phép cộng gần đúng: các việc làm chung thường cho kết quả khác tổng "
        "của từng việc."
    ),
    "paperscore.unit": (
        "1 điểm = 100 hộ TTKDTM tăng thêm vào {month}. Từ và đến là khoảng 80 %: cộng riêng từng cột; khoảng cộng như "
        "vậy rộng hơn khoảng thật."
    ),
    "paperscore.size": "Tính từ {households} hộ mô phỏng, {draws} bộ tham số, mã số ngẫu nhiên {seed}.",
    "paperscore.sum": "Cộng ở đây",
    "paperscore.head.number": "Số",
    "paperscore.head.choice": "Lựa chọn",
    "paperscore.head.chips": "Xu",
    "paperscore.head.points": "Điểm",
    "paperscore.head.low": "Từ",
    "paperscore.head.high": "Đến",
    "paperscore.head.helped": "Điểm chưa tiếp cận",
    "paperscore.head.spent": "Chi, triệu đồng",
    "paperscore.helped": (
        "Điểm chưa tiếp cận: 1 điểm = bớt được 100 hộ chưa TTKDTM ở hai nhóm (người trả tiền từ 60 tuổi; 20 % hộ thu "
        "nhập thấp nhất)."
    ),
}
