"""Words of the health card and of figures made again, in both languages."""

EN = {
    # health card
    "health.title": "How far to trust these numbers",
    "health.colour.green": "green",
    "health.colour.amber": "amber",
    "health.colour.red": "red",
    "health.replicates": "Enough runs?",
    "health.replicates.one": "Each scenario was run only once: luck is unknown and no band is drawn.",
    "health.replicates.one.do": "Run at least 8 replicates, or better 20 draws.",
    "health.replicates.few.luck": "Only {count} replicates of each scenario: the band is rough and holds luck only.",
    "health.replicates.few.luck.do": "Run {enough} replicates or more, or better 20 draws.",
    "health.replicates.few.draws": "Only {count} draws of the uncertain numbers: the band is rough.",
    "health.replicates.few.draws.do": "Run {enough} draws or more.",
    "health.replicates.enough.luck": (
        "{count} replicates of each scenario, but no draws: the band holds luck, not ignorance."
    ),
    "health.replicates.enough.luck.do": "Add draws of the uncertain numbers before deciding anything.",
    "health.replicates.enough.draws": "{count} draws of the uncertain numbers stand behind each band.",
    "health.calibrated": "Fitted to data?",
    "health.calibrated.no": "Uncalibrated: curves come from assumed ranges, not from a fit to data.",
    "health.calibrated.no.do": "Read directions, not levels; use a fitted posterior for numbers.",
    "health.calibrated.no.mark": "UNCALIBRATED",
    "health.calibrated.doubted": (
        "Drawn from a fit that has not passed its checks ({doubts}): not to be called calibrated."
    ),
    "health.calibrated.doubted.do": (
        "Run cashless-sim validate and the checks of the fit first; read directions, not levels."
    ),
    "health.calibrated.doubted.mark": "UNCALIBRATED",
    "doubt.alarm": "some reported figures are hardly within the model's reach",
    "doubt.missed": "figures are not fitted as closely as their errors ask",
    "doubt.untold": "too few simulations to tell whether reported figures are within reach",
    "doubt.unchecked": "the inference has not been checked",
    "doubt.ranks": "the inference does not find all planted values",
    "doubt.unscored": "there is no scorecard",
    "health.calibrated.other": "Fitted, but by other code or data than these.",
    "health.calibrated.other.do": "Fit again with cashless-sim calibrate, or use the version that made the fit.",
    "health.calibrated.other.mark": "FITTED BY OTHER CODE",
    "health.calibrated.yes": "Levels were fitted by this code to these data; effects of outreach stay as assumed.",
    "health.dates": "Within the dates that were fitted?",
    "health.dates.within": "All months lie within those of the fitted figures ({first} to {last}).",
    "health.dates.beyond": "The runs go on to {end}; the fitted figures end in {last}.",
    "health.dates.beyond.do": "Read later months as an outlook that holds if the assumptions do.",
    "health.ranges": "Within plausible ranges?",
    "health.ranges.inside": "Every number of the rules lies in its plausible range.",
    "health.ranges.outside": "{count} numbers lie outside their plausible ranges: {names}.",
    "health.ranges.outside.do": "Say why in the report, or set them back.",
    "health.paired": "Comparable on the same luck?",
    "health.paired.yes": "All scenarios share seeds, draws and households.",
    "health.paired.no": "Scenarios differ in seeds, draws or households: their difference is partly luck.",
    "health.paired.no.do": "Run all of them in one command, with the same number of households.",
    "health.paired.no.mark": "NOT COMPARABLE",
    "health.groups": "Groups large enough?",
    "health.groups.large": "The smallest group has {size} simulated households.",
    "health.groups.small": (
        "{count} of {of} groups have fewer than {least} simulated households at some time; they are not shown."
    ),
    "health.groups.small.do": "Run more households, or look at larger groups.",
    "health.credits": "Do causes add up?",
    "health.credits.agree": "Causes of first cashless payments add up to all of them in every month.",
    "health.credits.wrong": (
        "Causes of first cashless payments miss their total by up to {gap} households: a fault of the model."
    ),
    "health.credits.wrong.do": "Do not use these runs; report the fault with their manifest.",
    "health.credits.wrong.mark": "FAULTY, DO NOT USE",
    # reproduce
    "command.reproduce": (
        "Make a saved figure again and say whether its data are identical.\n\nExample: cashless-sim reproduce "
        "results/hung-yen/adoption.png"
    ),
    "reproduce.what": (
        "Figure (.png, .svg, .csv, .meta.json), manifest.json, or the beginning of a recipe's or result's hash."
    ),
    "reproduce.into": "Folder for the new figure; reproduced/ beside the old one if not given.",
    "reproduce.scenario": "TOML file of a scenario that is not shipped; may be given again.",
    "reproduce.threads": "Cores to use; all if not given.",
    "reproduce.working": "Running {runs} runs again …",
    "reproduce.same": "{name}: data identical.",
    "reproduce.other": "{name}: DATA DIFFER: {rows} of {all} rows, largest difference {gap}.",
    "reproduce.code": "Made by other code ({old}) than this ({new}).",
    "reproduce.data": "Made from other data ({old}) than these ({new}).",
    "reproduce.drawn": "Drawn again from its own table; what made the table was not run again.",
    "reproduce.results": "Results {old} then, {new} now.",
}
VI = {
    # bảng kiểm độ tin cậy
    "health.title": "Bảng kiểm độ tin cậy",
    "health.colour.green": "xanh",
    "health.colour.amber": "vàng",
    "health.colour.red": "đỏ",
    "health.replicates": "Số lần chạy đã đủ chưa?",
    "health.replicates.one": "Mỗi kịch bản mới chạy một lần: chưa biết ngẫu nhiên lớn nhỏ ra sao, nên không vẽ khoảng.",
    "health.replicates.one.do": "Hãy chạy ít nhất 8 lần lặp, tốt hơn là 20 bộ tham số.",
    "health.replicates.few.luck": "Mỗi kịch bản mới chạy lặp {count} lần: khoảng còn thô và chỉ do ngẫu nhiên.",
    "health.replicates.few.luck.do": "Hãy chạy lặp từ {enough} lần trở lên, tốt hơn là 20 bộ tham số.",
    "health.replicates.few.draws": "Mới có {count} bộ tham số: khoảng còn thô.",
    "health.replicates.few.draws.do": "Hãy chạy từ {enough} bộ tham số trở lên.",
    "health.replicates.enough.luck": (
        "Mỗi kịch bản chạy lặp {count} lần nhưng chưa đổi tham số: khoảng chỉ do ngẫu nhiên, chưa gồm điều chưa biết."
    ),
    "health.replicates.enough.luck.do": "Hãy chạy thêm các bộ tham số trước khi quyết định.",
    "health.replicates.enough.draws": "Mỗi khoảng dựa trên {count} bộ tham số.",
    "health.calibrated": "Đã hiệu chỉnh theo số liệu chưa?",
    "health.calibrated.no": "Chưa hiệu chỉnh: các đường lấy từ khoảng giả định, chưa khớp với số liệu.",
    "health.calibrated.no.do": (
        "Chỉ nên đọc chiều hướng, không đọc con số; muốn có con số, hãy dùng bộ tham số đã hiệu chỉnh."
    ),
    "health.calibrated.no.mark": "CHƯA HIỆU CHỈNH",
    "health.calibrated.doubted": (
        "Tham số lấy từ lần hiệu chỉnh chưa qua hết kiểm tra ({doubts}): chưa được gọi là đã hiệu chỉnh."
    ),
    "health.calibrated.doubted.do": (
        "Hãy chạy cashless-sim validate và các kiểm tra trước; chỉ đọc chiều hướng, không đọc con số."
    ),
    "health.calibrated.doubted.mark": "CHƯA HIỆU CHỈNH",
    "doubt.alarm": "có số công bố mà mô hình khó tạo ra được",
    "doubt.missed": "chưa khớp số công bố trong phạm vi sai số của chúng",
    "doubt.untold": "quá ít lần mô phỏng để biết mô hình có tạo ra được các số công bố hay không",
    "doubt.unchecked": "chưa kiểm tra cách ước lượng",
    "doubt.ranks": "cách ước lượng chưa tìm lại đúng mọi giá trị cài sẵn",
    "doubt.unscored": "chưa có bảng kiểm định",
    "health.calibrated.other": "Đã hiệu chỉnh, nhưng bằng mã nguồn hoặc dữ liệu khác.",
    "health.calibrated.other.do": (
        "Hãy hiệu chỉnh lại bằng cashless-sim calibrate, hoặc dùng đúng phiên bản đã hiệu chỉnh."
    ),
    "health.calibrated.other.mark": "HIỆU CHỈNH BẰNG BẢN KHÁC",
    "health.calibrated.yes": (
        "Mức độ đã được hiệu chỉnh bằng chính mã nguồn và dữ liệu này; hiệu quả tuyên truyền vẫn là giả định."
    ),
    "health.dates": "Có nằm trong thời gian đã hiệu chỉnh không?",
    "health.dates.within": "Mọi tháng đều nằm trong thời gian của số liệu hiệu chỉnh ({first} đến {last}).",
    "health.dates.beyond": "Mô phỏng chạy đến {end}; số liệu hiệu chỉnh chỉ đến {last}.",
    "health.dates.beyond.do": "Các tháng sau đó chỉ là triển vọng, đúng nếu các giả định đúng.",
    "health.ranges": "Tham số có nằm trong khoảng hợp lý không?",
    "health.ranges.inside": "Mọi tham số của các quy tắc đều nằm trong khoảng hợp lý.",
    "health.ranges.outside": "{count} tham số nằm ngoài khoảng hợp lý: {names}.",
    "health.ranges.outside.do": "Hãy nêu lý do trong báo cáo, hoặc đưa về trong khoảng.",
    "health.paired": "Có đối chiếu được với nhau không?",
    "health.paired.yes": "Các kịch bản chung mã số ngẫu nhiên, chung bộ tham số và số hộ.",
    "health.paired.no": (
        "Các kịch bản khác nhau về mã số ngẫu nhiên, bộ tham số hoặc số hộ: chênh lệch có phần do ngẫu nhiên."
    ),
    "health.paired.no.do": "Hãy chạy tất cả trong cùng một lệnh, với cùng số hộ.",
    "health.paired.no.mark": "KHÔNG ĐỐI CHIẾU ĐƯỢC",
    "health.groups": "Các nhóm có đủ lớn không?",
    "health.groups.large": "Nhóm nhỏ nhất có {size} hộ mô phỏng.",
    "health.groups.small": "{count} trong {of} nhóm có lúc dưới {least} hộ mô phỏng; các nhóm này không hiện.",
    "health.groups.small.do": "Hãy chạy nhiều hộ hơn, hoặc xem các nhóm lớn hơn.",
    "health.credits": "Các nguyên nhân cộng lại có đúng không?",
    "health.credits.agree": "Tháng nào các nguyên nhân lần đầu trả TTKDTM cũng cộng lại đúng bằng tổng.",
    "health.credits.wrong": "Các nguyên nhân lần đầu trả TTKDTM cộng lại lệch tổng tới {gap} hộ: mô hình có lỗi.",
    "health.credits.wrong.do": "Không dùng các lần chạy này; hãy báo lỗi kèm tệp manifest của chúng.",
    "health.credits.wrong.mark": "CÓ LỖI, KHÔNG SỬ DỤNG",
    # tạo lại
    "command.reproduce": (
        "Tạo lại một hình đã lưu và cho biết số liệu có giống hệt không.\n\nVí dụ: cashless-sim reproduce "
        "results/hung-yen/adoption.png"
    ),
    "reproduce.what": "Hình (.png, .svg, .csv, .meta.json), manifest.json, hoặc phần đầu mã kịch bản, mã kết quả.",
    "reproduce.into": "Thư mục cho hình mới; không ghi thì là reproduced/ cạnh hình cũ.",
    "reproduce.scenario": "Tệp TOML của kịch bản không có sẵn; có thể ghi nhiều lần.",
    "reproduce.threads": "Số nhân dùng để chạy; không ghi thì dùng mọi nhân.",
    "reproduce.working": "Đang chạy lại {runs} lần …",
    "reproduce.same": "{name}: số liệu giống hệt.",
    "reproduce.other": "{name}: SỐ LIỆU KHÁC: {rows} trong {all} dòng, lệch nhiều nhất {gap}.",
    "reproduce.code": "Trước đây chạy bằng mã nguồn khác ({old}), nay là {new}.",
    "reproduce.data": "Trước đây chạy bằng dữ liệu khác ({old}), nay là {new}.",
    "reproduce.drawn": "Vẽ lại từ bảng số liệu đi kèm; không chạy lại phần đã tạo ra bảng.",
    "reproduce.results": "Mã kết quả trước {old}, nay {new}.",
}
