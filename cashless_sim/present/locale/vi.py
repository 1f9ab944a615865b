"""Every sentence for readers, in Vietnamese; `en` holds the same keys."""

MESSAGES = {
    # statistics: what is counted, and a few words for the end of a line
    "measure.A": "hóa đơn thu qua ngân hàng, tổ chức trung gian, kể cả tiền mặt nộp tại điểm thu hộ",
    "measure.B": "tỷ lệ khách hàng thanh toán không dùng tiền mặt (TTKDTM) theo cách đếm của đơn vị cung cấp",
    "measure.C": "tỷ trọng tiền hóa đơn thu không dùng tiền mặt",
    "measure.D": "người trả tiền điện, nước từ tài khoản hoặc điện thoại, trên số người có trả (12 tháng)",
    "measure.E": "người từ 15 tuổi trả hóa đơn qua điện thoại hoặc internet",
    "measure.F": "người trưởng thành có tài khoản thanh toán, theo Ngân hàng Nhà nước",
    "measure.G": "người từ 15 tuổi có tài khoản",
    "line.A": "qua ngân hàng, điểm thu hộ (kể cả tiền mặt)",
    "line.B": "khách hàng TTKDTM (đơn vị cung cấp đếm)",
    "line.C": "tỷ trọng tiền thu không tiền mặt",
    "line.D": "trả điện, nước từ tài khoản, điện thoại",
    "line.E": "trả hóa đơn qua điện thoại, internet",
    "line.F": "có tài khoản thanh toán (NHNN)",
    "line.G": "người từ 15 tuổi có tài khoản",
    # who stands behind statistic B
    "payer.self": "hộ tự trả không dùng tiền mặt {share}",
    "payer.proxy": "nhờ trả hộ {share}",
    "payer.agent": "nộp tiền mặt ở điểm thu hộ {share}",
    "payer.late": "chưa trả (trả chậm) {share}",
    # honesty
    "uncalibrated.long": ("Chưa hiệu chỉnh: các đường tính từ những khoảng giá trị giả định, chưa khớp với số liệu."),
    "synthetic": "hộ mô phỏng, không phải hộ thật",
    # the adoption figure
    "adoption.title": "Thanh toán hóa đơn không dùng tiền mặt (TTKDTM) ở {place}, {first}–{last}",
    "adoption.subtitle": "Kịch bản: {title}",
    "adoption.y": "tỷ lệ (mỗi chỉ tiêu một mẫu số riêng)",
    "adoption.point.here": "số liệu công bố, {place}",
    "adoption.point.wider": "số liệu công bố, vùng rộng hơn",
    "adoption.band.draws": "80 % trong {count} bộ tham số giả định",
    "adoption.band.posterior": "80 % trong {count} bộ tham số ước lượng",
    "adoption.band.luck": "80 % trong {count} lần chạy lặp (chỉ do ngẫu nhiên)",
    "adoption.band.none": "không có vùng tô",
    "adoption.alt": ("Biểu đồ đường từ {first} đến {last}{mark}. Cuối kỳ: {ends}. Vùng tô: {band}. Điểm: số công bố."),
    "note.who": "{households} hộ mô phỏng ({place}, địa giới ngày {date}); mã số ngẫu nhiên {seed}; {code}",
    "note.sample": "{count} trong {full}",
    "note.line": "Đường: một lần chạy với giá trị của kịch bản.",
    "note.mean": "Đường: trung bình {replicates} lần chạy với giá trị của kịch bản.",
    "note.band": (
        "Vùng tô: 80 % trong {count} bộ tham số giả định, mỗi bộ {households} hộ (mã số {seed}), chưa hiệu chỉnh."
    ),
    "note.posterior": (
        "Vùng tô: 80 % trong {count} bộ tham số ước lượng theo số công bố, mỗi bộ {households} hộ (mã số {seed}){mark}."
    ),
    "note.noband": "Không có vùng tô: chưa chạy với tham số giả định.",
    "note.luck": "Vùng tô: 80 % trong {count} lần chạy lặp (chỉ do ngẫu nhiên), chưa hiệu chỉnh.",
    "note.points": "Số công bố: chỉ những số dùng để hiệu chỉnh; vạch ngang phủ cả năm nếu chỉ biết năm.",
    "note.codes": "A–G là những chỉ tiêu khác nhau, mẫu số khác nhau: không gộp thành một đường.",
    "note.recipe": "Mã kịch bản {hash}",
    "geography.hung-yen": "Hưng Yên cũ",
    "geography.viet-nam": "Việt Nam",
    "geography.evnnpc": "miền Bắc (EVNNPC)",
    "area.Hưng Yên province": "Hưng Yên",
    "area.Viet Nam": "Việt Nam",
    "area.Northern Vietnam (27 provinces)": "miền Bắc",
    # the yearly table
    "table.title": "{title} ({place}): tỷ lệ theo từng chỉ tiêu vào cuối mỗi năm, %",
    "table.year": "cuối",
    "table.reported": "số công bố trong năm (dùng để hiệu chỉnh)",
    "table.held": "(để riêng kiểm tra)",
    "table.unseen": (
        "Mẫu này không có thôn nào ở {districts}: các nơi đó thiếu trong kết quả theo huyện; từ 5.000 hộ trở lên "
        "thường có đủ."
    ),
    "table.band": "[thấp–cao]: {text}",
    "table.behind": "Thành phần của chỉ tiêu B, hóa đơn điện {month}: {parts}",
    # the command line
    "cli.app": (
        "Tuyên truyền, hướng dẫn làm thanh toán hóa đơn không dùng tiền mặt lan rộng ra sao, từng tháng.\n\n"
        "Ví dụ: cashless-sim run hung-yen --households 20000"
    ),
    "cli.run": (
        "Chạy kịch bản, in bảng theo năm, ghi runs.csv, manifest.json và adoption.png.\n\n"
        "Ví dụ: cashless-sim run hung-yen no-outreach --households 20000"
    ),
    "cli.compiling": "Đang biên dịch các quy tắc cho máy này: khoảng nửa phút, chỉ lần đầu.",
    "cli.uncached": "Không giữ được bản biên dịch các quy tắc ({why}); lần chạy nào cũng phải biên dịch lại.",
    "cli.doctor": ("Xem phiên bản, số nhân, mức tốc độ và phông chữ.\n\nVí dụ: cashless-sim doctor --json"),
    "cli.scenario": "Tên kịch bản có sẵn hoặc tệp TOML; không ghi thì là hung-yen.",
    "cli.replicates": "Số lần chạy lặp với giá trị của kịch bản (1).",
    "cli.draws": "Số lần chạy thêm với tham số rút ngẫu nhiên, để vẽ vùng tô (20).",
    "cli.households": "Số hộ; không ghi thì là mọi hộ của địa bàn.",
    "cli.seed": "Mã số ngẫu nhiên (1).",
    "cli.out": "Thư mục kết quả; không ghi thì là results/<kịch bản>.",
    "cli.language": "en hoặc vi; nếu không thì theo CASHLESS_SIM_LANGUAGE, sau cùng là en.",
    "cli.allow-code": "Cho phép tệp kịch bản dùng quy tắc từ bên ngoài (package.module:Name); mã lệnh của nó sẽ chạy.",
    "cli.threads": "Số nhân được dùng; không ghi thì dùng hết.",
    "cli.version": "Xem phiên bản rồi thoát.",
    "cli.error": "Lỗi: {sentence}",
    "cli.stopped": "Đã dừng; chưa ghi kết quả nào.",
    "cli.written": "Đã ghi vào {folder}: {files}",
    "cli.warning": "Lưu ý: {sentence}",
    "caution.empty": '{file} không ghi gì nên chạy không có phương án nào; hãy bắt đầu bằng extends = "hung-yen"',
    "caution.late": (
        "{where}: đợt tuyên truyền '{name}' bắt đầu {start}, sau khi lần chạy kết thúc {end}, nên không có tác dụng"
    ),
    "caution.early": (
        "{where}: đợt tuyên truyền '{name}' kết thúc {end}, trước khi lần chạy bắt đầu {start}, nên không có tác dụng"
    ),
    "caution.amount": "{where}: {key} = {digits} được hiểu là số lẻ thập phân; nếu là hàng nghìn, hãy viết {meant}",
    "cli.beside": "{usual} đang giữ kết quả của kịch bản hoặc mã số ngẫu nhiên khác nên để nguyên; ghi vào {folder}.",
    "cli.took.one": "{runs} lần chạy trong {seconds} giây; mã kịch bản {hash}; mã kết quả {results}",
    "cli.took": "{runs} lần chạy trong {seconds} giây; mã kịch bản {hash}; mã kết quả {results}",
    "cli.working.one": "Đang chạy {runs} lần cho {scenarios} …",
    "cli.working": "Đang chạy {runs} lần cho {scenarios} …",
    "cli.progress": "Đang mô phỏng",
    "cli.left": "còn",
    "cli.far": "Đã xong {share} sau {seconds} giây, còn khoảng {left} giây",
    "cli.usage": "{problem}; xem {command} --help",
    "cli.usage.option": "không có tùy chọn '{name}'",
    "cli.usage.command": "không có lệnh '{name}'; có thể dùng: {expected}",
    "cli.usage.value": "tùy chọn {name} cần có giá trị",
    "cli.usage.novalue": "tùy chọn {name} không nhận giá trị",
    "cli.usage.nothing": "chưa ghi lệnh; có thể dùng: {expected}",
    "cli.usage.missing": "còn thiếu {name}",
    "cli.usage.invalid": "không hiểu giá trị của {name}",
    "cli.usage.extra": "thừa từ: {name}",
    "cli.usage.other": "không hiểu lệnh này ({problem})",
    "cli.difference": (
        "Chênh lệch so với {baseline} (kịch bản gốc) vào {month}, điểm phần trăm (so từng cặp, {count} cặp)"
    ),
    "cli.difference.one": (
        "Chênh lệch so với {baseline} (kịch bản gốc) vào {month}, điểm phần trăm (so từng cặp, {count} cặp)"
    ),
    "cli.difference.sign": "Lấy kịch bản trừ đi {baseline}: số dương là cao hơn {baseline}, số âm là thấp hơn.",
    "cli.difference.single": "–: một cặp thì chưa tính được khoảng; hãy dùng --draws hoặc --replicates từ 2 trở lên.",
    "cli.difference.scenario": "kịch bản",
    "cli.difference.statistic": "chỉ tiêu",
    "cli.difference.mean": "chênh lệch",
    "cli.difference.band": "80 %",
    "cli.difference.95": "95 %",
    "cli.difference.gain": "phương sai giảm (lần) nhờ ghép cặp",
    "cli.difference.sd": "độ lệch chuẩn của chênh lệch",
    "doctor.cores": "số nhân",
    "doctor.level": "quy tắc chạy bằng",
    "doctor.compiled": "mã máy đã biên dịch",
    "doctor.interpreted": "Python thường (chậm: NUMBA_DISABLE_JIT đang bật)",
    "doctor.data": "dữ liệu",
    "doctor.language": "ngôn ngữ",
    "doctor.font": "phông chữ của hình",
    "doctor.encoding": "bảng mã của màn hình",
    # sweeps and the store of their runs
    "cli.sweep": (
        "Chạy kịch bản với nhiều bộ thiết lập, cất vào kho; nếu dừng giữa chừng, gõ lại lệnh để chạy tiếp.\n\n"
        "Ví dụ: cashless-sim sweep hung-yen --vary rules.Awareness.tell=0.1,0.3 --households 2000"
    ),
    "cli.store": "Quản lý kho lưu các lần chạy đã xong.",
    "sweep.vary": "Khóa của kịch bản cần thay đổi: KHÓA=1,2,3 hoặc KHÓA=THẤP:CAO.",
    "sweep.points": "Số điểm cần lấy trong các khoảng.",
    "sweep.method": "Cách rải điểm trong các khoảng (latin).",
    "sweep.design": "Bảng thiết lập của bạn, CSV: mỗi cột một khóa.",
    "sweep.replicates": "Số lần chạy lặp ở mỗi điểm (1).",
    "sweep.draws": "Số bộ tham số rút ra ở mỗi điểm (0).",
    "sweep.group": "Nhóm cần giữ, ví dụ all; không ghi thì giữ hết.",
    "sweep.workers": "Số tiến trình trên máy; không ghi thì dùng hết nhân.",
    "sweep.scheduler": "Bộ điều phối Dask sẽ chạy thay máy này.",
    "sweep.retry": "Chạy lại các lần bị lỗi.",
    "sweep.name": "Tên của đợt chạy trong kho.",
    "sweep.store": "Tệp kho (results/store.sqlite).",
    "sweep.out": "Thư mục ghi bảng; results/<tên>.",
    "sweep.working.one": "Đợt chạy gồm {runs} lần cho {scenarios} …",
    "sweep.working": "Đợt chạy gồm {runs} lần cho {scenarios} …",
    "sweep.done.one": "Đợt chạy {name}: đã có {finished} trên {asked} lần trong {store}; mã kết quả {hash}",
    "sweep.done": "Đợt chạy {name}: đã có {finished} trên {asked} lần trong {store}; mã kết quả {hash}",
    "sweep.failed.one": (
        "{count} lần chạy bị lỗi, đã để riêng. Xem lý do: cashless-sim store ls {store} --failed; "
        "chạy lại: thêm --retry vào lệnh vừa rồi"
    ),
    "sweep.failed": (
        "{count} lần chạy bị lỗi, đã để riêng. Xem lý do: cashless-sim store ls {store} --failed; "
        "chạy lại: thêm --retry vào lệnh vừa rồi"
    ),
    "sweep.stopped": "Đã dừng; các lần chạy xong nằm trong kho, gõ lại lệnh này để chạy tiếp.",
    "store.ls": (
        "Liệt kê các đợt chạy, số lần chạy và phiên bản mã.\n\nVí dụ: cashless-sim store ls results/store.sqlite"
    ),
    "store.verify": ("Tính lại mọi mã kiểm tra.\n\nVí dụ: cashless-sim store verify results/store.sqlite"),
    "store.gc": (
        "Xóa các lần bị lỗi và các lần không đợt nào nhắc đến.\n\nVí dụ: cashless-sim store gc results/store.sqlite"
    ),
    "store.merge": (
        "Chép các lần chạy của kho khác vào kho đầu tiên.\n\n"
        "Ví dụ: cashless-sim store merge all.sqlite first.sqlite second.sqlite"
    ),
    "store.path": "Tệp của kho.",
    "store.usual": "Tệp của kho; không ghi thì là results/store.sqlite.",
    "store.into": "Kho nhận; chưa có thì tạo mới.",
    "store.other": "Các kho để chép; chúng được giữ nguyên.",
    "store.ls.failed": "Xem vết lỗi của các lần bị lỗi.",
    "store.verify.drop": "Lấy các lần bị hỏng ra để chạy lại.",
    "store.gc.forget": "Đợt chạy cần bỏ trước khi dọn.",
    "store.head.sweep": "đợt chạy",
    "store.head.asked": "cần chạy",
    "store.head.finished": "đã xong",
    "store.head.failed": "bị lỗi",
    "store.total.one": "{runs} lần chạy, {size} MB",
    "store.total": "{runs} lần chạy, {size} MB",
    "store.code.one": "phiên bản mã {code}: {runs} lần chạy",
    "store.code": "phiên bản mã {code}: {runs} lần chạy",
    "store.damaged": "lần chạy {key} bị hỏng",
    "store.dropped": "lần chạy {key} bị hỏng, đã lấy ra",
    "store.design.damaged": "đợt chạy {name} bị hỏng; chạy lại lệnh của đợt đó để ghi lại",
    "store.design.dropped": "đợt chạy {name} bị hỏng, đã lấy ra; chạy lại lệnh của đợt đó để ghi lại",
    "store.broken": "Bản thân tệp đã hỏng; hãy cứu phần còn đọc được: cashless-sim store merge KHO_MỚI {store}",
    "store.sound.one": "{sound} lần chạy còn nguyên, {damaged} lần bị hỏng",
    "store.sound": "{sound} lần chạy còn nguyên, {damaged} lần bị hỏng",
    "store.cleared": "Đã xóa {runs} lần chạy không đợt nào nhắc đến và {failures} lần bị lỗi.",
    "store.merged.one": ("{store}: thêm {added} lần chạy, đã có {present}, bị hỏng {damaged}, mâu thuẫn {conflicting}"),
    "store.merged": "{store}: thêm {added} lần chạy, đã có {present}, bị hỏng {damaged}, mâu thuẫn {conflicting}",
    "store.conflict": "lần chạy {key} ở kho kia có số khác; giữ bản ở đây",
    # headings of help pages
    "help.usage": "Cách dùng:",
    "help.options": "Tùy chọn:",
    "help.commands": "Lệnh:",
    "help.words": "Tham số:",
    "help.help": "Xem hướng dẫn này rồi thoát.",
    "help.required": "[bắt buộc]",
    # errors: what, where, what was expected, what next
    "error.error": "{message}",
    "error.user": "{message}",
    "error.file": "{path}: {problem}; cần {expected}",
    "error.unknown-key": "không có khóa '{key}'; khóa dùng được: {expected}",
    "error.duplicate-key": "khóa '{key}' bị ghi hai lần; chỉ ghi một lần",
    "error.bad-value": "{what} đang là {value}; cần {expected}",
    "error.unknown-name": "không có {what} tên là '{name}'; có thể chọn: {expected}",
    "error.data": "{problem}; cần {expected}",
    "error.rule": "quy tắc {rule}: {problem}; cần {expected}",
    "error.unsupported": "không thể {what}: {why}",
    "error.broken-law": "tháng {month}, {what} không khớp nhau: {left} và {right}",
    "error.stream-collision": (
        "hai lượt '{first}' và '{second}' sẽ dùng chung số ngẫu nhiên; hãy đổi tên một trong hai"
    ),
    "error.near": "có phải ý bạn là '{near}'?",
    # calibration
    "cli.calibrate": (
        "Hiệu chỉnh tham số theo số liệu đã công bố; nếu bị dừng, chạy lại lệnh này để làm tiếp.\n\n"
        "Ví dụ: cashless-sim calibrate --quick"
    ),
    "calibrate.quick": "Chạy thử trong vài phút, không dùng để kết luận.",
    "calibrate.member": "Phương án cấu trúc; không ghi thì chạy tất cả.",
    "calibrate.targets": "Danh mục số liệu của mình, thay cho danh mục có sẵn.",
    "calibrate.households": "Số hộ ở mỗi địa bàn.",
    "calibrate.particles": "Số lần mô phỏng mỗi thế hệ.",
    "calibrate.simulations": "Số lần mô phỏng tối đa cho mỗi giả thuyết về cấu trúc.",
    "calibrate.out": "Thư mục; results/calibration.",
    "calibrate.working": (
        "Đang hiệu chỉnh: tối đa {simulations} lần mô phỏng cho mỗi giả thuyết về cấu trúc, "
        "{households} hộ ở mỗi địa bàn …"
    ),
    "calibrate.took": "{simulations} lần mô phỏng; {seconds} giây",
    "calibrate.stopped": "Đã dừng; các lần mô phỏng đã xong được giữ lại, chạy lại lệnh này để làm tiếp.",
    "calibrate.learnt": "Tham số tự do: khoảng tiên nghiệm, trung vị và khoảng 80% hậu nghiệm",
    "calibrate.met": "Số liệu dùng để hiệu chỉnh: công bố ± sai số, và giá trị mô phỏng với khoảng 80%, %",
    "calibrate.head.number": "tham số",
    "calibrate.head.prior": "tiên nghiệm",
    "calibrate.head.posterior": "hậu nghiệm",
    "calibrate.head.contraction": "mức thu hẹp",
    "calibrate.head.target": "số liệu",
    "calibrate.head.reported": "công bố",
    "calibrate.head.fit": "mô phỏng",
    "calibrate.head.misfit": "độ lệch (số lần sai số chuẩn)",
    "calibrate.unlearnt": "(số liệu không cho biết)",
    "calibrate.member.fit": (
        "{member}: {simulations} lần mô phỏng, tương đương {ess} lần rút đều, ở dung sai {tolerance}"
    ),
    "calibrate.warning.few-effective": "Quá ít lần rút mang trọng số: cần mô phỏng thêm.",
    "calibrate.warning.tolerance": "Chưa đạt sai số đã nêu (dung sai lớn hơn 1): khoảng hậu nghiệm còn quá rộng.",
    "calibrate.warning.failed": "Một số lần mô phỏng không tính được chỉ tiêu.",
    "calibrate.honest": (
        "Chỉ khớp theo mức chung; tác động của tuyên truyền vẫn là giả định. Chưa kiểm định: kết quả "
        "vẫn coi là chưa hiệu chỉnh."
    ),
}
