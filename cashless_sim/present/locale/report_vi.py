"""Words of reports, slides and office files in Vietnamese; `report_en` holds the same keys."""

VI = {
    "report.kind": "Báo cáo mô phỏng",
    "report.question": "Câu hỏi",
    "report.ask": "Các phương án này làm thay đổi cách hộ gia đình trả hóa đơn ra sao?",
    "report.ask.one": "Hộ gia đình chuyển dần cách trả hóa đơn ra sao?",
    "report.answer": "Trả lời",
    "report.trust": "Tin được đến đâu (bảng kiểm độ tin cậy)",
    "report.figures": "Biểu đồ",
    "report.plans": "Các phương án so với “{baseline}”",
    "report.groups": "Không để ai bị bỏ lại phía sau: {title}, {month}",
    "report.groups.one": "Không để ai bị bỏ lại phía sau: {month}",
    "report.statistics": "Các chỉ tiêu thường công bố, theo cách đếm của mô hình vào {month}",
    "report.limits": "Mô hình không nói được điều gì",
    "report.provenance": "Số liệu từ đâu ra",
    "report.sources": "Nguồn của các số liệu công bố",
    "report.where": "{place}, địa giới ngày {date}; từ {first} đến {last}",
    "report.figure": "Hình {number}",
    "answer.some": (
        "Đến {month}, có {count} trong {all} phương án cho kết quả phân biệt được với “{baseline}”; cao nhất là "
        "“{title}”: {level} số hộ có trả hóa đơn không dùng tiền mặt trong 3 tháng gần nhất, thay vì {base}, chênh "
        "{difference} điểm phần trăm ({interval})."
    ),
    "answer.single": (
        "Đến {month}, với “{title}” có {level} số hộ trả hóa đơn không dùng tiền mặt trong 3 tháng gần nhất, với "
        "“{baseline}” là {base}: chênh {difference} điểm phần trăm ({interval})."
    ),
    "answer.none": (
        "Đến {month}, chưa phân biệt được phương án nào với “{baseline}”; chênh nhiều nhất là “{title}”: {level} số hộ "
        "có trả hóa đơn không dùng tiền mặt trong 3 tháng gần nhất, thay vì {base}, chênh {difference} điểm phần trăm "
        "({interval})."
    ),
    "answer.level": (
        "Đến {month}, có {level} số hộ trả hóa đơn không dùng tiền mặt trong 3 tháng gần nhất ({interval})."
    ),
    "answer.since": "Vào {month}, tỷ lệ này là {level} ({interval}).",
    "answer.cost": (
        "Phương án đó chi thêm {cost} triệu đồng cho tuyên truyền, hướng dẫn, tức {value} đồng cho mỗi hộ tăng thêm "
        "({interval}); bằng chứng về các kênh được dùng: mức {grade} (A là thử nghiệm tại chỗ … D là phán đoán)."
    ),
    "answer.cost.none": (
        "Phương án đó chi thêm {cost} triệu đồng cho tuyên truyền, hướng dẫn; số hộ tăng thêm là {gain} ({interval}), "
        "chưa phân biệt được với không tăng, nên không tính chi phí cho mỗi hộ; bằng chứng về các kênh được dùng: mức "
        "{grade} (A là thử nghiệm tại chỗ … D là phán đoán)."
    ),
    "answer.cost.free": "Phương án đó không chi thêm cho tuyên truyền, hướng dẫn so với “{baseline}”.",
    "answer.cost.unknown": "Các lần chạy này không ghi chi phí của phương án đó.",
    "answer.group": (
        "Nhóm chưa tiếp cận được nhiều nhất là {group}: {level} trả không dùng tiền mặt, thấp hơn mức chung của mọi hộ "
        "{gap} điểm; phương án làm thay đổi {difference} điểm ở nhóm này ({interval})."
    ),
    "answer.group.one": (
        "Nhóm chưa tiếp cận được nhiều nhất là {group}: {level} trả không dùng tiền mặt, thấp hơn mức chung của mọi hộ "
        "{gap} điểm."
    ),
    "answer.group.none": "Trong các nhóm đủ số hộ mô phỏng, không nhóm nào thấp hơn mức chung.",
    "answer.no": "chưa rõ",
    "interval.both": "khoảng 80 % từ {low80} đến {high80}; 95 % từ {low95} đến {high95}; {count} cặp lần chạy",
    "interval.pair": "khoảng 80 % từ {low80} đến {high80}",
    "interval.single": "chỉ có một cặp lần chạy nên chưa tính được khoảng",
    "interval.lonely": "chỉ có một lần chạy nên chưa tính được khoảng",
    "interval.wide": "quá ít lần chạy để tính khoảng cho tỷ số này",
    "interval.band": "80 % trong {count} lần chạy nằm từ {low} đến {high}",
    "interval.spread": (
        "Khoảng là của thêm một lần chạy với {source}: khoảng này chứa cả điều chưa biết nên chạy thêm cũng không "
        "hẹp lại."
    ),
    "interval.mean": (
        "Khoảng là khoảng tin cậy của trung bình, chỉ do ngẫu nhiên: điều chưa biết về tham số không nằm trong đó."
    ),
    "interval.paired": "Chênh lệch lấy theo từng cặp lần chạy chung số ngẫu nhiên nên có khoảng hẹp hơn từng mức.",
    "head.plan": "phương án",
    "head.level": "hộ đang TTKDTM, %",
    "head.difference": "chênh lệch, điểm",
    "head.band": "khoảng 80 %",
    "head.cost": "chi thêm, triệu đồng",
    "head.gain": "số hộ tăng thêm",
    "head.value": "đồng cho mỗi hộ tăng thêm",
    "head.grade": "mức bằng chứng",
    "head.verdict": "kết luận",
    "head.group": "nhóm",
    "head.base": "“{baseline}”, %",
    "head.with": "khi có phương án, %",
    "head.code": "mã",
    "head.counts": "đếm gì",
    "verdict.apart": "phân biệt được",
    "verdict.not": "chưa phân biệt được",
    "verdict.unknown": "chỉ một cặp",
    "table.using": (
        "“Đang TTKDTM”: trong 3 tháng gần nhất, hộ có tự trả hóa đơn không dùng tiền mặt. Chi phí là chi tuyên truyền, "
        "hướng dẫn như ghi trong phương án, không chiết khấu."
    ),
    "table.band": "Trong ngoặc [ ]: khoảng 80 %.",
    "table.hidden": "–: dưới {fewest} hộ mô phỏng, hoặc không đếm.",
    "table.codes": "A đến G đếm những việc khác nhau trên những người khác nhau: không nối chung một đường.",
    "group.all": "mọi hộ",
    "group.age=15-24": "hộ có người trả tiền 15–24 tuổi",
    "group.age=25-39": "hộ có người trả tiền 25–39 tuổi",
    "group.age=40-59": "hộ có người trả tiền 40–59 tuổi",
    "group.age=60+": "hộ có người trả tiền từ 60 tuổi",
    "group.income=1": "20 % hộ thu nhập thấp nhất",
    "group.income=2": "nhóm 20 % hộ thu nhập thứ 2",
    "group.income=3": "nhóm 20 % hộ thu nhập thứ 3",
    "group.income=4": "nhóm 20 % hộ thu nhập thứ 4",
    "group.income=5": "20 % hộ thu nhập cao nhất",
    "group.urban=yes": "hộ ở thành thị",
    "group.urban=no": "hộ ở nông thôn",
    "group.district": "hộ ở {name}",
    "limit.real": "Hộ trong mô hình được dựng từ các bảng tổng hợp đã công bố: không phải hộ, thôn hay người có thật.",
    "limit.levels": (
        "Khi chưa có số liệu hằng tháng của địa phương, kết quả chỉ để minh họa: hãy đọc chênh lệch giữa các phương "
        "án, đừng đọc mức tuyệt đối."
    ),
    "limit.effect": (
        "Mô hình không cho biết tuyên truyền, hướng dẫn đã làm được gì ở Hưng Yên: hiệu quả của các kênh lấy từ nước "
        "khác và từ phán đoán, kèm mức bằng chứng A đến D."
    ),
    "limit.rank": "Khi các khoảng chồng lên nhau thì không xếp hạng: các phương án chưa phân biệt được.",
    "limit.events": "Mô hình không biết sự kiện, quy định hay giá cả nào ngoài những gì ghi trong kịch bản.",
    "limit.whole": "Mô hình chỉ tính tiền tuyên truyền và tiền thu hóa đơn, không tính lợi ích của cả nền kinh tế số.",
    "made.households": "số hộ mô phỏng",
    "made.of": "{count} trong {full}",
    "made.runs": "số lần chạy của mỗi kịch bản",
    "made.counts": "{replicates} lần với giá trị của kịch bản, {draws} lần với {source}",
    "made.prior": "tham số rút từ các khoảng giả định",
    "made.posterior": "tham số rút từ bộ ước lượng theo số công bố",
    "made.seed": "mã số ngẫu nhiên",
    "made.months": "thời gian",
    "made.place": "địa bàn",
    "made.code": "chương trình",
    "made.recipe": "mã của “{title}”",
    "made.datahash": "mã dữ liệu",
    "made.codehash": "mã chương trình",
    "made.calibration": "hiệu chỉnh",
    "made.synthetic": "hộ mô phỏng, không phải hộ thật",
    "made.statistic": "chỉ tiêu",
    "made.using": "hộ đang TTKDTM (tự trả hóa đơn, 3 tháng gần nhất); không phải mã nào trong A đến G",
    "light.green": "xanh",
    "light.amber": "vàng",
    "light.red": "đỏ",
    "slide.keys": "Phím mũi tên hoặc bấm chuột: trang sau, trang trước. N: lời thuyết trình. L: ngôn ngữ. P: in.",
    "slide.change": "Phương án làm thay đổi được bao nhiêu",
    "slide.change.unit": "điểm phần trăm số hộ TTKDTM tăng thêm",
    "slide.change.level": "số hộ trả hóa đơn không dùng tiền mặt",
    "slide.between": "khoảng 80 %: từ {low} đến {high}",
    "slide.cost": "Tốn bao nhiêu",
    "slide.cost.unit": "đồng cho mỗi hộ tăng thêm",
    "slide.cost.total": "triệu đồng chi thêm cho tuyên truyền, hướng dẫn",
    "slide.cost.untold": "Số hộ tăng thêm chưa phân biệt được với không tăng: không tính chi phí cho mỗi hộ.",
    "slide.left": "Nhóm chưa tiếp cận được",
    "slide.left.unit": "trả không dùng tiền mặt; thấp hơn mức chung {gap} điểm",
    "slide.left.none": "Không nhóm nào thấp hơn mức chung",
    "slide.limits": "Mô hình không nói được điều gì",
    "slide.health": "Tin được đến đâu",
    "slide.health.fine": "Mọi mục đều đạt.",
    "slide.made": "Số liệu từ đâu ra",
    "slide.against": "“{title}” so với “{baseline}”, {month}",
    "slide.none": "Chưa phân biệt được phương án nào với “{baseline}”",
    "notes.open": "Đọc to câu hỏi. Nói rõ: đây là hộ mô phỏng, và con số nào cũng có khoảng đi kèm.",
    "notes.figure": "Trước hết nói hai trục là gì, sau đó mới nói nhận xét. Nội dung hình: {alt}",
    "notes.limits": "Đọc phần này trước khi mời hỏi, để người trình bày không hứa quá điều mô hình cho biết.",
    "notes.health": "Xanh, vàng, đỏ cho biết con số dùng được hay chưa, không phải phương án tốt hay xấu.",
    "notes.made": "Giữ trang này trên màn hình khi mọi người hỏi: có đủ thông tin để tính lại đúng các con số này.",
    "short.real": "Đây là hộ mô phỏng, không phải hộ thật.",
    "short.levels": "Đọc chênh lệch giữa các phương án, đừng đọc mức.",
    "short.effect": "Hiệu quả tuyên truyền lấy từ nơi khác, chưa đo ở đây.",
    "short.rank": "Khoảng chồng lên nhau thì không xếp hạng.",
    "brief.title": "PHIẾU THAM MƯU",
    "brief.subject": "Về việc: {question}",
    "brief.to": "Kính gửi: ........................................",
    "brief.date": "........, ngày ...... tháng ...... năm ......",
    "brief.ask": "1. Vấn đề xin ý kiến",
    "brief.answer": "2. Kết quả mô phỏng",
    "brief.propose": "3. Đề xuất",
    "brief.propose.some": (
        "Xem xét phương án “{title}”; trước khi chi, cần nạp số liệu hằng tháng của địa phương và chạy lại."
    ),
    "brief.propose.none": (
        "Chưa có phương án nổi trội: nên giữ lại kinh phí, hoặc trước hết chi cho việc thu thập số liệu hằng tháng của "
        "địa phương."
    ),
    "brief.propose.one": "Mới chạy một kịch bản: cần chạy thêm phương án để đối chiếu trước khi quyết định.",
    "brief.limits": "4. Điều kết quả không nói lên",
    "brief.opinion": "5. Ý kiến của lãnh đạo: ........................................",
    "brief.sign": "Người lập phiếu",
    "brief.annex": "PHỤ LỤC: các bảng số liệu",
    "sheet.read": "Đọc trước",
    "sheet.charts": "Biểu đồ",
    "sheet.plans": "Phương án",
    "sheet.levels": "Mức",
    "sheet.differences": "Chênh lệch",
    "sheet.groups": "Nhóm",
    "sheet.spending": "Khoản chi",
    "sheet.dictionary": "Giải thích cột",
    "chart.using": "Hộ đang thanh toán không dùng tiền mặt, %",
    "chart.difference": "Chênh lệch so với “{baseline}”, {month}, điểm phần trăm",
    "chart.groups": "Hộ đang TTKDTM theo nhóm, {month}, %",
    "column.scenario": "kịch bản",
    "column.title": "tên gọi",
    "column.month": "tháng",
    "column.measure": "chỉ tiêu",
    "column.group": "nhóm",
    "column.n": "số lần chạy hoặc số cặp",
    "column.mean": "trung bình",
    "column.base": "phương án gốc",
    "column.level": "khi có phương án",
    "column.difference": "chênh lệch",
    "column.low80": "cận dưới 80 %",
    "column.high80": "cận trên 80 %",
    "column.low95": "cận dưới 95 %",
    "column.high95": "cận trên 95 %",
    "column.sd": "độ lệch chuẩn của chênh lệch",
    "column.cost": "chi thêm cho tuyên truyền",
    "column.gain": "số hộ tăng thêm",
    "column.gain_low80": "số hộ tăng thêm, cận dưới 80 %",
    "column.gain_high80": "số hộ tăng thêm, cận trên 80 %",
    "column.value": "chi phí cho mỗi hộ",
    "column.value_low80": "chi phí cho mỗi hộ, cận dưới 80 %",
    "column.value_high80": "chi phí cho mỗi hộ, cận trên 80 %",
    "column.grade": "mức bằng chứng",
    "column.verdict": "kết luận",
    "column.channel": "kênh",
    "column.sponsor": "đơn vị chi",
    "column.year": "năm",
    "column.sheet": "trang tính",
    "column.column": "cột",
    "column.unit": "đơn vị",
    "column.meaning": "ý nghĩa",
    "unit.text": "chữ",
    "unit.share": "tỷ lệ từ 0 đến 1",
    "unit.count": "số đếm",
    "unit.vnd": "đồng",
    "unit.households": "hộ",
    "unit.month": "NĂM-THÁNG",
    "meaning.scenario": "tên kịch bản trong tệp",
    "meaning.title": "tên gọi đầy đủ",
    "meaning.month": "tháng được đếm",
    "meaning.measure": "using: hộ tự trả hóa đơn không dùng tiền mặt trong 3 tháng gần nhất; A đến G: chỉ tiêu công bố",
    "meaning.group": "những hộ nào",
    "meaning.n": "số lần chạy đứng sau con số, hoặc số cặp lần chạy đứng sau chênh lệch",
    "meaning.mean": "trung bình của các lần chạy",
    "meaning.base": "giá trị ở phương án gốc, trung bình của các cặp",
    "meaning.level": "giá trị ở kịch bản này, trung bình của các cặp",
    "meaning.difference": "kịch bản này trừ phương án gốc, theo từng cặp",
    "meaning.low80": "cận dưới của khoảng 80 %",
    "meaning.high80": "cận trên của khoảng 80 %",
    "meaning.low95": "cận dưới của khoảng 95 %",
    "meaning.high95": "cận trên của khoảng 95 %",
    "meaning.sd": "độ lệch chuẩn của chênh lệch theo cặp",
    "meaning.cost": "tiền tuyên truyền, hướng dẫn chi nhiều hơn phương án gốc, cả thời gian",
    "meaning.gain": "số hộ đang TTKDTM nhiều hơn phương án gốc",
    "meaning.gain_low80": "cận dưới khoảng 80 % của số hộ tăng thêm",
    "meaning.gain_high80": "cận trên khoảng 80 % của số hộ tăng thêm",
    "meaning.value": "tiền chi thêm chia cho số hộ tăng thêm; để trống khi số hộ chưa phân biệt được với không tăng",
    "meaning.value_low80": "cận dưới khoảng 80 % của chi phí cho mỗi hộ; để trống khi quá ít lần chạy",
    "meaning.value_high80": "cận trên khoảng 80 % của chi phí cho mỗi hộ; để trống khi quá ít lần chạy",
    "meaning.grade": "bằng chứng yếu nhất trong các kênh thêm vào: A là thử nghiệm tại chỗ … D là phán đoán",
    "meaning.verdict": "khoảng 80 % của chênh lệch có bỏ ra ngoài số không hay không",
    "meaning.channel": "kênh tuyên truyền, hướng dẫn, như ghi trong tệp kịch bản",
    "meaning.sponsor": "đơn vị trả tiền",
    "meaning.year": "năm dương lịch",
    "command.report": (
        "Viết báo cáo về các kịch bản thành một tệp HTML không cần internet; thêm --docx, --pdf nếu cần.\n\n"
        "Ví dụ: cashless-sim report 01-nen 04a-diem-ho-tro-nha-van-hoa --to 01-nen --docx"
    ),
    "command.slides": (
        "Làm trang trình chiếu hai ngôn ngữ trong một tệp HTML không cần internet.\n\n"
        "Ví dụ: cashless-sim slides 01-nen 04a-diem-ho-tro-nha-van-hoa --to 01-nen"
    ),
    "command.export": (
        "Ghi bảng tính (xlsx), trang trình chiếu có biểu đồ sửa được (pptx) hoặc phiếu tham mưu một trang (docx).\n\n"
        "Ví dụ: cashless-sim export 01-nen 04a-diem-ho-tro-nha-van-hoa --to 01-nen --as xlsx --as pptx"
    ),
    "option.docx": "Ghi thêm phiếu tham mưu một trang kèm bảng (.docx).",
    "option.pdf": "In thêm ra PDF; cần có Chromium, Chrome hoặc Edge.",
    "option.as": "xlsx, pptx hoặc docx; có thể ghi nhiều lần; không ghi thì làm cả ba.",
    "option.file": "Tệp cần ghi; không ghi thì là results/<kịch bản> với đuôi tương ứng.",
    "option.draws": "Số lần chạy với tham số rút ngẫu nhiên, để có khoảng (20).",
    "option.replicates": "Số lần chạy lặp của mỗi kịch bản (1).",
    "command.written": "Đã ghi {files}",
}
