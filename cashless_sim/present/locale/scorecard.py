"""Sentences about posteriors, their scores and their checks, in both languages."""

from __future__ import annotations

from typing import Any

EN = {
    "calibrate.everything": (
        "Fit to everything reported, figures kept for checking included; only once the scorecard is there."
    ),
    "calibrate.ablation": "Leave a part out of the model: all-but-definition, all-but-closures, outreach, turnover.",
    "predictive.few": "{member}: {simulations} prior simulations are too few to say what the model can make.",
    "predictive.calm": (
        "{member}: the reported figures lie within what the model makes before the fit ({share} of 100 prior "
        "simulations lie as far out)."
    ),
    "predictive.alarm": (
        "{member}: MISSPECIFIED: the model hardly makes the reported figures, whatever its numbers ({share} of 100 "
        "prior simulations lie as far out): not to be called calibrated."
    ),
    "predictive.beyond": "outside 95 % of prior simulations: {targets}",
    "command.validate": ("Score the posterior that saw no figure kept for checking.\n\nExample: cashless-sim validate"),
    "command.forecast": "Forecast figures that are not published yet.\n\nExample: cashless-sim forecast",
    "option.posterior": "Folder of the posterior; the shipped one if not given.",
    "option.out": "Folder for the results; beside the shipped posterior if not given.",
    "option.draws": "Draws of the posterior; 200 if not given.",
    "option.workers": "Local processes; all cores if not given.",
    "validate.working": "Running {draws} draws of the posterior to the dates of the figures",
    "validate.points": "Figures that no fit saw, % (as they are reported: parameters, luck, error)",
    "validate.rivals": "Against simple methods fitted to the same figures (forced switches apart), %",
    "validate.months": "Mean error of Findex 2024 D, E, account in % of them, by month of the survey of 2022",
    "validate.head.point": "figure",
    "validate.head.published": "published",
    "validate.head.forecast": "median",
    "validate.head.range": "80 % interval",
    "validate.head.range95": "95 % interval",
    "validate.head.in": "inside",
    "validate.head.crps": "CRPS",
    "validate.head.method": "method",
    "validate.head.mape": "mean error of Findex 2024",
    "validate.head.model": "CRPS of the model at the same figures",
    "validate.head.month": "month",
    "validate.head.draws": "draws",
    "validate.outside": "OUTSIDE",
    "validate.model": "this model",
    "validate.better": "(model better)",
    "validate.worse": "(model worse)",
    "validate.honest": (
        "Figures of 2024 were known to those who built the model: an out-of-time check, no blind test. A scoring is "
        "kept in the log for good."
    ),
    "baseline.last value": "last value",
    "baseline.logistic": "logistic",
    "baseline.Bass": "Bass",
    "baseline.Bass with pulses": "Bass with pulses",
    "forecast.title": "Figures not published yet, %",
    "command.check": "Check the inference itself.",
    "command.check.calibration": (
        "Fit simulated data whose truth is known, with the estimator that is shipped.\n\nExample: cashless-sim check "
        "calibration"
    ),
    "check.quick": "A try with very few simulations, not for use.",
    "check.member": "Structure to check; contagion-closures, with what moves the answer, if not given.",
    "check.simulations": "Simulations of the bank.",
    "check.working": "{simulations} simulations from the prior of {member}",
    "check.numbers": (
        "Each number: distance of its ranks from even / what chance allows; truths inside intervals, %; found again; "
        "prior narrowed (* the data say little)"
    ),
    "check.moves": "What moves the answer: mean of the draws in %, and shift in points",
    "check.head.number": "number",
    "check.head.ranks": "ranks",
    "check.head.covered50": "in 50 %",
    "check.head.covered80": "in 80 %",
    "check.head.covered95": "in 95 %",
    "check.head.recovery": "correlation",
    "check.head.contraction": "contraction",
    "check.head.variant": "change",
    "check.sound": "The ranks of all numbers stay inside what chance allows.",
    "check.unsound": (
        "The ranks of some numbers leave what chance allows: their intervals are not to be taken at their word."
    ),
    "check.origin": "Check of {member}: {trials} trials, {households} households in the country, half of it elsewhere",
    "check.took": "{minutes} minutes",
    "variant.as it is": "as it is",
    "variant.agents' cash counted: least": "agents' cash counted: least",
    "variant.agents' cash counted: most": "agents' cash counted: most",
    "variant.imitation: threshold": "imitation: threshold",
    "variant.imitation: none": "imitation: none",
    "variant.network: well mixed": "network: well mixed",
    "variant.half the households": "half the households",
    "variant.twice the households": "twice the households",
    "variant.no outreach": "no outreach",
    "command.check.honesty": (
        "Fit the model with parts left out, and show what the fit says of campaigns.\n\nExample: cashless-sim check "
        "honesty"
    ),
    "check.each": "Simulations of each structure of each model; 120 if not given.",
    "honesty.working": "{simulations} simulations of each structure of each model",
    "honesty.models": "The same small fit with parts left out (medians of Findex 2024 in %)",
    "honesty.effects": "What campaigns do, before and after the fit: not fitted, drawn with each simulation",
    "honesty.head.model": "model",
    "honesty.head.misfit": "misfit",
    "honesty.head.least": "least",
    "honesty.head.tolerance": "tolerance",
    "honesty.head.number": "number",
    "honesty.head.prior": "before",
    "honesty.head.posterior": "after",
    "honesty.head.shift": "moved by (SD)",
    "honesty.unmoved": "unmoved",
    "honesty.whole model": "whole model",
    "honesty.definition change only": "definition change only",
    "honesty.closures only": "closures only",
    "honesty.no outreach": "no outreach",
    "honesty.no turnover": "no turnover",
    "command.local": "A province's own monthly counts: the form, and a fit to it.",
    "command.local.form": "Write the empty form so-lieu-dia-phuong.xlsx.\n\nExample: cashless-sim local form",
    "command.local.fit": (
        "Fit the model to a filled form as well.\n\nExample: cashless-sim local fit so-lieu-dia-phuong.xlsx"
    ),
    "local.file": "The filled form.",
    "local.simulations": "Most simulations for each structure; 200 if not given.",
    "local.working": "Fitting to {rows} rows of the form, {months} months with all places",
    "local.met": "B of old Hưng Yên: counted in the form, and fit with 80 % interval, %",
    "command.check.countries": (
        "Fit and score the model in Thailand, Indonesia and India.\n\nExample: cashless-sim check countries"
    ),
    "countries.title": "Other countries, %: two waves fitted, the later one forecast",
    "countries.honest": (
        "Only accounts and early users at the start are a country's own; people, campaigns and rules are those of Viet "
        "Nam. That is all it is."
    ),
}
VI = {
    "calibrate.everything": (
        "Hiệu chỉnh theo toàn bộ số liệu đã công bố, kể cả số liệu để riêng kiểm tra; chỉ chạy khi đã có bảng kiểm "
        "định."
    ),
    "calibrate.ablation": "Bỏ một phần của mô hình: all-but-definition, all-but-closures, outreach, turnover.",
    "predictive.few": (
        "{member}: {simulations} lần mô phỏng tiên nghiệm là quá ít để biết mô hình có tạo ra được số liệu hay không."
    ),
    "predictive.calm": (
        "{member}: số liệu công bố nằm trong phạm vi mô hình tạo ra trước khi hiệu chỉnh ({share} trên 100 lần mô "
        "phỏng tiên nghiệm nằm xa như vậy)."
    ),
    "predictive.alarm": (
        "{member}: MÔ HÌNH CHƯA PHÙ HỢP: dù chọn tham số nào, mô hình hầu như không tạo ra được số liệu công bố "
        "({share} trên 100 lần mô phỏng tiên nghiệm nằm xa như vậy): không được gọi là đã hiệu chỉnh."
    ),
    "predictive.beyond": "nằm ngoài 95% số lần mô phỏng tiên nghiệm: {targets}",
    "command.validate": (
        "Kiểm định bộ tham số chưa hề dùng số liệu để riêng kiểm tra.\n\nVí dụ: cashless-sim validate"
    ),
    "command.forecast": "Dự báo những con số chưa công bố.\n\nVí dụ: cashless-sim forecast",
    "option.posterior": "Thư mục của bộ tham số hậu nghiệm; không ghi thì dùng bộ kèm theo.",
    "option.out": "Thư mục ghi kết quả; không ghi thì ghi cạnh bộ kèm theo.",
    "option.draws": "Số lần rút từ bộ hậu nghiệm; không ghi thì 200.",
    "option.workers": "Số tiến trình trên máy; không ghi thì dùng mọi nhân.",
    "validate.working": "Đang chạy {draws} lần rút từ bộ hậu nghiệm đến ngày của từng số liệu",
    "validate.points": (
        "Số liệu để riêng kiểm tra, % (dự báo con số sẽ được công bố: gồm tham số, ngẫu nhiên và sai số công bố)"
    ),
    "validate.rivals": "So với các phương pháp đơn giản dùng cùng số liệu (không tính nơi bắt buộc chuyển), %",
    "validate.months": "Sai số trung bình của Findex 2024 (D, E, tài khoản) tính bằng %, theo tháng khảo sát năm 2022",
    "validate.head.point": "số liệu",
    "validate.head.published": "công bố",
    "validate.head.forecast": "trung vị",
    "validate.head.range": "khoảng 80%",
    "validate.head.range95": "khoảng 95%",
    "validate.head.in": "nằm trong",
    "validate.head.crps": "CRPS",
    "validate.head.method": "phương pháp",
    "validate.head.mape": "sai số trung bình Findex 2024",
    "validate.head.model": "CRPS của mô hình tại cùng số liệu",
    "validate.head.month": "tháng",
    "validate.head.draws": "số lần rút",
    "validate.outside": "NGOÀI",
    "validate.model": "mô hình này",
    "validate.better": "(mô hình tốt hơn)",
    "validate.worse": "(mô hình kém hơn)",
    "validate.honest": (
        "Người xây dựng mô hình đã biết số liệu năm 2024: đây là kiểm tra ngoài khoảng thời gian hiệu chỉnh, không "
        "phải kiểm tra mù. Mỗi lần chấm điểm được lưu lại vĩnh viễn."
    ),
    "baseline.last value": "giá trị gần nhất",
    "baseline.logistic": "đường logistic",
    "baseline.Bass": "đường Bass",
    "baseline.Bass with pulses": "đường Bass có các đợt đẩy",
    "forecast.title": "Những con số chưa công bố, %",
    "command.check": "Kiểm tra chính phương pháp suy luận.",
    "command.check.calibration": (
        "Hiệu chỉnh theo số liệu mô phỏng đã biết trước đáp án, bằng chính cách tính được dùng.\n\nVí dụ: cashless-sim "
        "check calibration"
    ),
    "check.quick": "Chạy thử với rất ít lần mô phỏng, không dùng để kết luận.",
    "check.member": (
        "Giả thuyết về cấu trúc cần kiểm tra; không ghi thì contagion-closures và xem cả điều gì làm kết quả thay đổi."
    ),
    "check.simulations": "Số lần mô phỏng tiên nghiệm.",
    "check.working": "{simulations} lần mô phỏng từ tiên nghiệm của {member}",
    "check.numbers": (
        "Từng tham số: độ lệch của thứ hạng / mức ngẫu nhiên cho phép; tỷ lệ % đáp án nằm trong khoảng; mức tìm lại "
        "được; mức thu hẹp (* số liệu cho biết rất ít)"
    ),
    "check.moves": "Điều làm kết quả thay đổi: trung bình các lần rút, %, và mức thay đổi, điểm phần trăm",
    "check.head.number": "tham số",
    "check.head.ranks": "thứ hạng",
    "check.head.covered50": "trong khoảng 50%",
    "check.head.covered80": "trong khoảng 80%",
    "check.head.covered95": "trong khoảng 95%",
    "check.head.recovery": "tương quan",
    "check.head.contraction": "mức thu hẹp",
    "check.head.variant": "thay đổi",
    "check.sound": "Thứ hạng của mọi tham số nằm trong mức ngẫu nhiên cho phép.",
    "check.unsound": "Thứ hạng của một số tham số vượt mức ngẫu nhiên cho phép: chưa thể tin hẳn các khoảng của chúng.",
    "check.origin": "Kiểm tra {member}: {trials} lần thử, {households} hộ cho cả nước, nơi khác một nửa",
    "check.took": "{minutes} phút",
    "variant.as it is": "như hiện nay",
    "variant.agents' cash counted: least": "tính tiền mặt tại điểm thu hộ: ít nhất",
    "variant.agents' cash counted: most": "tính tiền mặt tại điểm thu hộ: nhiều nhất",
    "variant.imitation: threshold": "bắt chước: theo ngưỡng",
    "variant.imitation: none": "bắt chước: không có",
    "variant.network: well mixed": "mạng lưới: mọi hộ gặp nhau",
    "variant.half the households": "nửa số hộ",
    "variant.twice the households": "gấp đôi số hộ",
    "variant.no outreach": "không tuyên truyền, vận động",
    "command.check.honesty": (
        "Hiệu chỉnh mô hình khi bỏ bớt từng phần, và cho biết số liệu nói gì về các đợt tuyên truyền. Ví dụ: "
        "cashless-sim check honesty"
    ),
    "check.each": "Số lần mô phỏng của mỗi giả thuyết trong mỗi mô hình; không ghi thì 120.",
    "honesty.working": "{simulations} lần mô phỏng cho mỗi giả thuyết của mỗi mô hình",
    "honesty.models": "Cùng một cách hiệu chỉnh nhỏ khi bỏ bớt từng phần (trung vị Findex 2024, %)",
    "honesty.effects": (
        "Tác động của các đợt tuyên truyền trước và sau hiệu chỉnh: không hiệu chỉnh, chỉ rút cùng từng lần mô phỏng"
    ),
    "honesty.head.model": "mô hình",
    "honesty.head.misfit": "độ lệch",
    "honesty.head.least": "nhỏ nhất",
    "honesty.head.tolerance": "dung sai",
    "honesty.head.number": "tham số",
    "honesty.head.prior": "trước",
    "honesty.head.posterior": "sau",
    "honesty.head.shift": "dịch chuyển (số lần độ lệch chuẩn)",
    "honesty.unmoved": "không đổi",
    "honesty.whole model": "mô hình đầy đủ",
    "honesty.definition change only": "chỉ đổi cách tính",
    "honesty.closures only": "chỉ đóng điểm thu tiền mặt",
    "honesty.no outreach": "không tuyên truyền, vận động",
    "honesty.no turnover": "không có thay đổi hộ",
    "command.local": "Số liệu hằng tháng của địa phương: mẫu nhập và hiệu chỉnh theo mẫu.",
    "command.local.form": "Tạo mẫu trống so-lieu-dia-phuong.xlsx.\n\nVí dụ: cashless-sim local form",
    "command.local.fit": ("Hiệu chỉnh thêm theo mẫu đã điền.\n\nVí dụ: cashless-sim local fit so-lieu-dia-phuong.xlsx"),
    "local.file": "Mẫu đã điền.",
    "local.simulations": "Số lần mô phỏng tối đa cho mỗi giả thuyết về cấu trúc; không ghi thì 200.",
    "local.working": "Đang hiệu chỉnh theo {rows} dòng của mẫu, {months} tháng có đủ các địa bàn",
    "local.met": "B của Hưng Yên cũ: theo mẫu, và giá trị mô phỏng với khoảng 80%, %",
    "command.check.countries": (
        "Hiệu chỉnh và kiểm định mô hình ở Thái Lan, Indonesia và Ấn Độ.\n\nVí dụ: cashless-sim check countries"
    ),
    "countries.title": "Các nước khác, %: hiệu chỉnh theo hai đợt khảo sát, dự báo đợt sau",
    "countries.honest": (
        "Chỉ tỷ lệ có tài khoản và tỷ lệ trả số lúc bắt đầu là của từng nước; dân cư, đợt tuyên truyền và quy định là "
        "của Việt Nam. Chỉ có vậy."
    ),
}
TABLES = {"en": EN, "vi": VI}


def told(key: str, tongue: str, /, **facts: Any) -> str:
    """Return the sentence of a key in a language, with its facts filled in; raise KeyError for a missing one."""
    return TABLES[tongue][key].format(**facts)
