"""Words of figures in Vietnamese; `figures_en` holds the same keys."""

VI = {
    # lề
    "note.replicate": "{count} lần chạy với giá trị của kịch bản",
    "note.replicates": "{count} lần chạy lặp với giá trị của kịch bản",
    "note.prior": "{count} bộ tham số giả định, mỗi lần {households} hộ",
    "note.posterior": "{count} bộ tham số ước lượng theo số công bố, mỗi lần {households} hộ",
    "note.band.around": "đường: giá trị của kịch bản; khoảng: 80 % trong {count} bộ tham số",
    "note.band.draws": "con số: trung bình của {count} bộ tham số; khoảng: 80 % trong số đó",
    "note.band.luck": "con số: trung bình của {count} lần chạy lặp; khoảng: 80 % trong số đó (chỉ do ngẫu nhiên)",
    "note.band.none": "không có khoảng: chỉ chạy một lần",
    "note.unknown": "Không rõ hình này lấy từ các lần chạy nào: chưa biết mã số ngẫu nhiên, mã kịch bản, số hộ.",
    "note.brief": "Hộ mô phỏng · mã kịch bản {hash}",
    "note.brief.unknown": "Không rõ lấy từ các lần chạy nào",
    "mark.unknown": "CHƯA RÕ NGUỒN",
    "of.scenario": "Kịch bản: {title}.",
    "of.group": " Chỉ tính: {group}.",
    "share.households": "tỷ lệ hộ",
    "share.bills": "tỷ lệ hóa đơn",
    "points": "điểm phần trăm",
    # nhóm hộ
    "group.all": "tất cả các hộ",
    "group.income=1": "thu nhập thấp nhất",
    "group.income=2": "thu nhập nhóm 2",
    "group.income=3": "thu nhập nhóm 3",
    "group.income=4": "thu nhập nhóm 4",
    "group.income=5": "thu nhập cao nhất",
    "group.age=15-24": "người trả 15–24 tuổi",
    "group.age=25-39": "người trả 25–39 tuổi",
    "group.age=40-59": "người trả 40–59 tuổi",
    "group.age=60+": "người trả từ 60 tuổi",
    "group.urban=no": "nông thôn",
    "group.urban=yes": "thành thị",
    # chỉ tiêu
    "of.using": "tỷ lệ hộ đang sử dụng TTKDTM (3 tháng gần nhất)",
    "of.active": "tỷ lệ hộ có trả hóa đơn không dùng tiền mặt trong tháng",
    "of.ever": "tỷ lệ hộ đã từng trả hóa đơn không dùng tiền mặt",
    "of.aware": "tỷ lệ hộ biết đến TTKDTM",
    "of.account": "tỷ lệ hộ có người trả tiền có tài khoản ngân hàng",
    "of.smartphone": "tỷ lệ hộ có người trả tiền dùng điện thoại thông minh",
    "of.mobile_money": "tỷ lệ hộ có Mobile-Money",
    "of.able": "tỷ lệ hộ tự trả được không dùng tiền mặt",
    "of.transacts": "tỷ lệ hộ có giao dịch không dùng tiền mặt bất kỳ",
    "of.adopted": "tỷ lệ hộ lần đầu trả không dùng tiền mặt",
    "of.lapsed": "tỷ lệ hộ thôi dùng trong tháng",
    "of.gone": "tỷ lệ hộ TTKDTM đã giải thể",
    "of.late": "tỷ lệ hóa đơn chưa trả đúng hạn",
    "of.cut": "tỷ lệ khách hàng bị ngừng cung cấp",
    "of.own_digital": "tỷ lệ hóa đơn hộ tự trả không dùng tiền mặt",
    "of.method_share": "tỷ lệ hóa đơn theo cách trả",
    "of.A": "chỉ tiêu A, thu qua ngân hàng hoặc điểm thu hộ (kể cả tiền mặt)",
    "of.B": "chỉ tiêu B, tỷ lệ khách hàng TTKDTM theo đơn vị cung cấp",
    "of.C": "chỉ tiêu C, tỷ trọng tiền hóa đơn thu không dùng tiền mặt",
    "of.D": "chỉ tiêu D, người trả hóa đơn từ tài khoản hoặc điện thoại",
    "of.E": "chỉ tiêu E, người lớn trả hóa đơn qua điện thoại hoặc internet",
    "of.F": "chỉ tiêu F, tài khoản thanh toán (Ngân hàng Nhà nước)",
    "of.G": "chỉ tiêu G, người lớn có tài khoản",
    "not.using": "chưa sử dụng TTKDTM (3 tháng gần nhất)",
    "not.ever": "chưa từng trả hóa đơn không dùng tiền mặt",
    "not.aware": "chưa biết đến TTKDTM",
    "not.account": "chưa có tài khoản ngân hàng",
    "not.smartphone": "chưa có điện thoại thông minh",
    "not.other": "ngoài chỉ tiêu “{name}”",
    "short.using": "đang sử dụng TTKDTM",
    "short.aware": "biết đến TTKDTM",
    "short.account": "có tài khoản ngân hàng",
    "short.smartphone": "có điện thoại thông minh",
    # các đường, chiếu trong hội trường
    "adoption.title.slide": "Thanh toán hóa đơn không tiền mặt, {place}, đến {month}",
    "adoption.note": (
        "Mỗi chữ cái là một chỉ tiêu có mẫu số riêng: không gộp thành một đường. Chấm: số công bố, tô đặc là của "
        "địa bàn này."
    ),
    "adoption.alt": (
        "Các đường thanh toán hóa đơn không dùng tiền mặt ở {place} đến {month}. Cuối kỳ: {ends}. Chấm: số công bố."
    ),
    "line.A": "qua ngân hàng, thu hộ",
    "line.B": "khách hàng TTKDTM",
    "line.C": "tiền hóa đơn",
    "line.D": "người trả hóa đơn",
    "line.E": "người lớn, qua điện thoại",
    "line.F": "tài khoản thanh toán",
    "line.G": "có tài khoản",
    # các bước
    "funnel.title": "Từ có điện thoại đến dùng thường xuyên: hộ dân đã đi tới đâu, {place}, {month}",
    "funnel.title.slide": "Hộ dân đã đi tới bước nào, {month}",
    "funnel.note": (
        "Mỗi thanh là tỷ lệ trên tất cả các hộ; “đã thôi dùng” là “đã từng trả” trừ đi “đang sử dụng”. Tính theo "
        "hộ, không theo người; không phải chỉ tiêu nào trong A–G."
    ),
    "funnel.alt": "Biểu đồ thanh, {place}, {month}. Tỷ lệ hộ: {steps}.",
    "step.smartphone": "dùng điện thoại thông minh",
    "step.account": "có tài khoản ngân hàng",
    "step.aware": "biết đến TTKDTM",
    "step.ever": "đã từng trả bằng TTKDTM",
    "step.using": "đang sử dụng (3 tháng gần nhất)",
    "step.stopped": "đã từng, nay thôi dùng",
    # cách trả
    "methods.title": "Hóa đơn {bill} được trả bằng cách nào, {place}",
    "methods.title.slide": "Hóa đơn {bill} được trả bằng cách nào",
    "methods.note": (
        "Tỷ lệ trên số hóa đơn phát hành trong tháng. Tiền mặt: thu ngân viên, quầy thu, điểm thu hộ. Chỉ tiêu B "
        "của đơn vị cung cấp tính cả “nhờ trả hộ” và một phần tiền mặt nộp tại điểm thu hộ."
    ),
    "methods.alt": "Biểu đồ miền từ {first} đến {last}, {place}: cách trả hóa đơn {bill}. Cuối kỳ: {shares}.",
    "bill.electricity": "tiền điện",
    "bill.water": "tiền nước",
    "bill.telecom": "viễn thông",
    "method.COLLECTOR": "thu ngân viên",
    "method.COUNTER": "quầy thu",
    "method.AGENT": "điểm thu hộ",
    "method.TRANSFER": "chuyển khoản, QR",
    "method.AUTODEBIT": "trích nợ tự động",
    "method.WALLET": "ví điện tử",
    "method.PROXY": "nhờ trả hộ",
    "method.NONE": "chưa trả",
    # chênh lệch
    "difference.title": "Các kịch bản làm thay đổi bao nhiêu so với “{baseline}”: {measure}",
    "difference.title.slide": "{short}: chênh lệch so với “{baseline}”, điểm phần trăm",
    "difference.under": (
        "Chênh lệch so với “{baseline}”, cùng yếu tố ngẫu nhiên; trên 0: cao hơn “{baseline}”. Vùng đậm 80 %, vùng "
        "nhạt 95 %."
    ),
    "difference.alt": "Đường chênh lệch so với “{baseline}” về {measure}. Bảng đối chiếu {month}: {receipts}",
    "difference.receipt": "Bảng đối chiếu, {month} (điểm phần trăm):",
    "difference.receipt.row": (
        "{title}: {difference}, 80 % {range80}, 95 % {range95}; {count} cặp, độ lệch chuẩn của chênh lệch {sd}, "
        "ghép cặp giảm phương sai {gain} lần."
    ),
    "difference.receipt.one": "{title}: {difference}; chỉ có một cặp nên không có khoảng.",
    "difference.kind.mean": "Khoảng: của trung bình qua các lần ngẫu nhiên (phân phối Student).",
    "difference.kind.spread": "Khoảng: dự báo chênh lệch nếu chạy thêm một bộ tham số nữa (phân phối Student).",
    "difference.single": "Chỉ một cặp lần chạy thì không có khoảng: hãy chạy từ 2 lần lặp hoặc 2 bộ tham số trở lên.",
    "difference.left": "Còn {count} kịch bản không vẽ.",
    # chi phí và hiệu quả
    "cost.title": "Các phương án tốn bao nhiêu và đem lại bao nhiêu, so với “{baseline}”",
    "cost.title.slide": "Phương án tốn bao nhiêu, được bao nhiêu",
    "cost.under": (
        "Trục đứng: {gain}. Đường đứt: các phương án không bị phương án nào vượt (biên Pareto). Vạch: khoảng 80 %."
    ),
    "cost.alt": "{count} phương án theo chi phí tăng thêm và {gain}, so với “{baseline}”. Không bị vượt: {best}.",
    "cost.note": "Vòng rỗng: chưa phân biệt được với không có hiệu quả. Chi phí theo đơn giá ghi trong kịch bản.",
    "cost.grades": (
        "Trong ngoặc: mức bằng chứng của kênh yếu nhất được thêm, từ A (thực nghiệm tại chỗ) đến D (phán đoán)."
    ),
    "cost.x": "chi phí tăng thêm, triệu đồng",
    "cost.x.slide": "chi phí tăng thêm, triệu đồng",
    "gain.payer": "số hộ TTKDTM tăng thêm",
    "gain.bill": "số hóa đơn TTKDTM tăng thêm",
    "gain.payer.axis": "số hộ TTKDTM tăng thêm",
    "gain.bill.axis": "số hóa đơn TTKDTM tăng thêm",
    "gain.payer.slide": "số hộ tăng thêm",
    "gain.bill.slide": "số hóa đơn thêm",
    # nhóm chưa tiếp cận được
    "left.title": "Nhóm chưa tiếp cận được, {place}: hộ {measure}",
    "left.title.slide": "Nhóm chưa sử dụng TTKDTM, % số hộ",
    "left.under": (
        "Thu nhập chia năm nhóm bằng nhau. Phần trăm của mỗi nhóm vào cuối mỗi năm; màu càng đậm, càng nhiều hộ "
        "chưa tiếp cận."
    ),
    "left.alt": "Bảng màu, {place}: hộ {measure} theo nhóm. Nhiều nhất {last}: {worst}. Số ô không hiện: {count}.",
    "left.note": "Ô gạch chéo, <{least}: dưới {least} hộ mô phỏng ({count} ô không hiện).",
    # bản đồ ô
    "tiles.title": "{measure}, theo {unit}, {place}, {month}",
    "tiles.title.slide": "{measure} theo {unit}, {month}",
    "tiles.note": (
        "Mỗi {unit} một ô, địa giới ngày {date}, đặt gần đúng vị trí, không theo tỷ lệ; càng đậm càng cao. Ô gạch "
        "chéo, <{least}: dưới {least} hộ mô phỏng ({count} ô)."
    ),
    "tiles.alt": "Bản đồ ô theo {unit}. Tỷ lệ, từ thấp đến cao: {shares}. Không hiện vì quá ít hộ: {count}.",
    "tiles.unit.district": "huyện",
    "tiles.unit.region": "vùng",
    # sổ ghi nguồn ảnh hưởng
    "influence.title": "Hộ bắt đầu TTKDTM nhờ đâu, {place}, {first}–{last}",
    "influence.title.slide": "Hộ bắt đầu TTKDTM nhờ đâu, nghìn hộ mỗi năm",
    "influence.y": "số hộ lần đầu trả TTKDTM, nghìn hộ mỗi năm",
    "influence.note": (
        "Nguyên nhân trực tiếp trong mô hình, cộng lại đúng bằng tổng; phần trăm: của cả kỳ. Hình cho biết điều "
        "đã diễn ra trong mô hình, không cho biết nếu không làm thì sao: muốn biết, hãy đối chiếu các kịch bản."
    ),
    "influence.alt": "Cột chồng theo năm, {first} đến {last}, {place}. Nguyên nhân lần đầu trả TTKDTM: {shares}.",
    "cause.campaign": "tuyên truyền, vận động",
    "cause.peer": "người quen",
    "cause.gate_opened": "mới có máy, tài khoản",
    "cause.occasion": "khoản TTKDTM khác",
    "cause.closure": "điểm thu đóng cửa",
    "cause.season": "tiền điện mùa hè",
    "cause.own": "tự quyết định",
    "cause.other": "nguyên nhân khác",
    # tiên nghiệm và hậu nghiệm
    "posterior.title": "Số liệu cho biết thêm về {count} trong {of} tham số được hiệu chỉnh",
    "posterior.title.slide": "Số liệu cho biết thêm về {count}/{of} tham số",
    "posterior.under": (
        "Xám: trước khi hiệu chỉnh. Xanh: sau khi hiệu chỉnh. Chấm và vạch: trung vị và khoảng 80 %, theo đơn vị riêng."
    ),
    "posterior.note": (
        "Xếp theo mức thu hẹp (1 trừ tỷ số phương sai sau và trước); “cho biết thêm”: từ 0,1 trở lên. Chỉ mức độ "
        "được hiệu chỉnh, hiệu quả tuyên truyền thì không."
    ),
    "posterior.left": "Còn {count} tham số ít được biết thêm, không vẽ.",
    "posterior.alt": (
        "Phân bố của các tham số trước và sau khi hiệu chỉnh; {count} trong {of} được biết thêm. Rõ nhất: {best}."
    ),
    "posterior.low": "thấp nhất (trước)",
    "posterior.high": "cao nhất (trước)",
    # bảng kiểm định
    "score.title": "Dự báo và thực tế: {count} trong {of} số liệu để riêng kiểm tra nằm trong khoảng 80 %",
    "score.title.slide": "{count}/{of} số kiểm tra trong khoảng 80 %",
    "score.under": "Bên phải: công bố | trung vị dự báo [khoảng 80 %], %. Màu cam: số công bố nằm ngoài khoảng 80 %.",
    "score.note": (
        "Vạch đậm 80 %, vạch nhạt 95 %, nét trắng: trung vị. Mỗi chữ cái là một chỉ tiêu khác nhau. Người xây "
        "dựng mô hình đã biết số liệu năm 2024: đây là kiểm tra ngoài khoảng thời gian hiệu chỉnh, không phải "
        "kiểm tra mù."
    ),
    "score.left": "Còn {count} số liệu không vẽ.",
    "score.alt": "Khoảng dự báo so với số công bố: {count} trong {of} nằm trong khoảng 80 %. Nằm ngoài: {missed}.",
    "score.published": "công bố",
    "baseline.last value": "giá trị gần nhất",
    "baseline.logistic": "đường logistic",
    "baseline.Bass": "đường Bass",
    "baseline.Bass with pulses": "đường Bass có các đợt đẩy",
    # độ nhạy
    "ranks.title": "Cách ước lượng tìm lại đúng giá trị đã cài sẵn ở {count}/{of} tham số",
    "ranks.title.slide": "Tìm lại đúng: {count}/{of}",
    "ranks.under": "Tỷ lệ lần thử có giá trị thật ở hạng này trở xuống, trừ đi hạng. Ước lượng tốt thì nằm trong dải.",
    "ranks.band": "95 % cách ước lượng tốt nằm trọn trong dải này",
    "ranks.x": "hạng của giá trị thật trong các bộ tham số ước lượng được",
    "ranks.y": "tỷ lệ lần thử, trừ đi hạng",
    "ranks.none": "không có",
    "ranks.note": "Kiểm tra bằng mô phỏng: số liệu tạo từ tham số đã biết, rồi ước lượng như với số liệu thật.",
    "ranks.alt": "Các đường hạng so với một dải: {count}/{of} tham số nằm trong dải. Nằm ngoài: {out}.",
    "sensitivity.title": "Tham số nào làm {outcome} thay đổi nhiều nhất",
    "sensitivity.title.slide": "Tham số nào quan trọng nhất",
    "sensitivity.outcome": "kết quả",
    "sensitivity.under.morris": "Mức ảnh hưởng trung bình trên cả khoảng của từng tham số (Morris, μ*); vạch: 95 %.",
    "sensitivity.under.sobol": (
        "Tỷ phần phương sai: riêng tham số (đậm, S1), kể cả tương tác (nhạt, ST; Sobol); vạch: 95 %."
    ),
    "sensitivity.x.morris": "mức ảnh hưởng trung bình, μ*",
    "sensitivity.x.sobol": "tỷ phần phương sai",
    "sensitivity.note": (
        "Cho biết điều gì làm kết quả mô hình thay đổi trong các khoảng đã nêu, không phải điều gì làm thực tế "
        "thay đổi."
    ),
    "sensitivity.left": "Còn {count} tham số ít quan trọng hơn, không vẽ.",
    "sensitivity.alt": "Thanh cho biết tham số nào làm {outcome} thay đổi; nhiều nhất: {best}.",
}
