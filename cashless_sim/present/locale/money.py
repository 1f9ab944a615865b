"""Words of the tables of spending and burden in reports, slides and office files, in both languages."""

EN = {
    "report.spending": "Who pays for the outreach, through which channel",
    "report.burden": "What households bear in a year, by age, income and place ({title})",
    "report.burden.one": "What households bear in a year, by age, income and place",
    "head.channel": "channel",
    "head.sponsor": "who pays",
    "head.spent": "spent, million VND",
    "head.spent.more": "more than “{baseline}”, million VND",
    "head.contacts": "contacts",
    "head.contacts.more": "more contacts",
    "head.fees": "fees, VND",
    "head.hours": "on the way and paying, hours",
    "head.late_bills": "late bills",
    "head.helped_bills": "paid through a helper, bills",
    "head.change": "change",
    "table.spending": (
        "Mean of the runs over all months, in VND as typed in the scenarios, not discounted. What a plan saves on a "
        "channel has a minus sign."
    ),
    "table.burden": (
        "Mean of a household of the group over the last 12 months of the runs, to {month}: first with “{baseline}”, "
        "then the change with the plan."
    ),
    "table.burden.one": "Mean of a household of the group over the last 12 months of the runs, to {month}.",
    "table.burden.fees": "Fees are those of payments, not the bills themselves.",
    "table.burden.free": (
        "Fees for paying are left out: they are 0 in the scenarios compared here. Sources name none for paying by bank "
        "or e-wallet, and no figure was found for agents."
    ),
    "channel.loudspeaker": "loudspeaker",
    "channel.sms": "SMS, Zalo messages",
    "channel.social-media": "social media",
    "channel.poster": "posters, leaflets",
    "channel.counter-staff": "staff at the counter",
    "channel.phone-call": "phone calls",
    "channel.home-visit": "home visits",
    "channel.class": "class in the village",
    "channel.event-day": "event day",
    "channel.digital-team": "community digital team",
    "channel.literacy-class": "digital skills class",
    "channel.help-desk": "help desk",
    "channel.account-drive": "drive to open accounts",
    "channel.debit-drive": "drive for auto-debit",
    "channel.cashback": "cashback",
    "channel.fee-waiver": "fees waived",
    "sponsor.digital steering committee": "digital steering committee",
    "sponsor.commune People's Committee": "commune People's Committee",
    "sponsor.commune service centre": "commune service centre",
    "sponsor.power company": "power company",
    "sponsor.water company": "water company",
    "sponsor.telecom company": "telecom company",
    "sponsor.bank": "bank",
    "sponsor.wallet": "e-wallet",
    "sponsor.post office": "post office",
    "sponsor.Youth Union": "Youth Union",
    "sponsor.Women's Union": "Women's Union",
    "sponsor.village head": "village head",
    "sponsor.police": "police",
    "sheet.burden": "Burden",
    "column.item": "what",
    "unit.own": "as named beside it",
    "meaning.item": "fees in VND, time in hours, bills paid late, bills paid through a helper; a household and year",
}

VI = {
    "report.spending": "Ai chi cho tuyên truyền, hướng dẫn, qua kênh nào",
    "report.burden": "Hộ gia đình phải chịu gì trong một năm, theo tuổi, thu nhập, nơi ở ({title})",
    "report.burden.one": "Hộ gia đình phải chịu gì trong một năm, theo tuổi, thu nhập, nơi ở",
    "head.channel": "kênh",
    "head.sponsor": "đơn vị chi",
    "head.spent": "đã chi, triệu đồng",
    "head.spent.more": "chi thêm so với “{baseline}”, triệu đồng",
    "head.contacts": "lượt tiếp xúc",
    "head.contacts.more": "thêm lượt tiếp xúc",
    "head.fees": "phí, đồng",
    "head.hours": "đi lại và trả tiền, giờ",
    "head.late_bills": "hóa đơn trả chậm",
    "head.helped_bills": "hóa đơn nhờ trả hộ",
    "head.change": "thay đổi",
    "table.spending": (
        "Trung bình các lần chạy, cộng mọi tháng, theo số tiền ghi trong phương án, không chiết khấu. Dấu trừ là phần "
        "phương án chi ít hơn ở kênh đó."
    ),
    "table.burden": (
        "Trung bình một hộ của nhóm trong 12 tháng cuối, đến {month}: trước là với “{baseline}”, sau là thay đổi khi "
        "có phương án."
    ),
    "table.burden.one": "Trung bình một hộ của nhóm trong 12 tháng cuối, đến {month}.",
    "table.burden.fees": "Phí là phí khi trả tiền, không phải tiền hóa đơn.",
    "table.burden.free": (
        "Bảng không có cột phí: trong các kịch bản đối chiếu ở đây, phí khi trả tiền bằng 0. Nguồn công bố không nêu "
        "phí nào khi trả qua ngân hàng, ví điện tử; phí ở điểm thu hộ thì chưa tìm được số liệu."
    ),
    "channel.loudspeaker": "đài truyền thanh",
    "channel.sms": "tin nhắn SMS, Zalo",
    "channel.social-media": "mạng xã hội",
    "channel.poster": "áp phích, tờ rơi",
    "channel.counter-staff": "nhân viên tại quầy",
    "channel.phone-call": "gọi điện",
    "channel.home-visit": "đến từng nhà",
    "channel.class": "lớp hướng dẫn ở thôn",
    "channel.event-day": "ngày hội",
    "channel.digital-team": "tổ công nghệ số cộng đồng",
    "channel.literacy-class": "lớp kỹ năng số",
    "channel.help-desk": "điểm hỗ trợ",
    "channel.account-drive": "vận động mở tài khoản",
    "channel.debit-drive": "vận động trích nợ tự động",
    "channel.cashback": "hoàn tiền",
    "channel.fee-waiver": "miễn phí giao dịch",
    "sponsor.digital steering committee": "Ban Chỉ đạo chuyển đổi số",
    "sponsor.commune People's Committee": "UBND xã, phường",
    "sponsor.commune service centre": "trung tâm phục vụ hành chính công xã, phường",
    "sponsor.power company": "điện lực",
    "sponsor.water company": "công ty nước",
    "sponsor.telecom company": "doanh nghiệp viễn thông",
    "sponsor.bank": "ngân hàng",
    "sponsor.wallet": "ví điện tử",
    "sponsor.post office": "bưu điện",
    "sponsor.Youth Union": "Đoàn Thanh niên",
    "sponsor.Women's Union": "Hội Liên hiệp Phụ nữ",
    "sponsor.village head": "trưởng thôn",
    "sponsor.police": "công an",
    "sheet.burden": "Gánh nặng của hộ",
    "column.item": "khoản",
    "unit.own": "như ghi bên cạnh",
    "meaning.item": "phí tính bằng đồng, thời gian bằng giờ, hóa đơn trả chậm, hóa đơn nhờ trả hộ; mỗi hộ mỗi năm",
}
