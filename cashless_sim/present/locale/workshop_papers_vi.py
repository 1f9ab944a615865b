"""Texts of the workshop's papers in Vietnamese; `workshop_papers_en` has the same shape."""

ROLES = (
    (
        "Phó Chủ tịch UBND xã (chủ trì)",
        "Bạn điều hành bàn, giữ giờ, bảo đảm ai cũng được nói, rồi chốt phiếu.",
        "Xã đạt chỉ tiêu mà dân không kêu ca.",
        "Báo cáo đẹp nhưng người già phải nhờ con cháu trả hộ.",
        "Số nào là hộ tự trả, số nào là nhờ trả hộ?",
    ),
    (
        "Điện lực",
        "Đơn vị bạn lập kế hoạch xóa 708 quầy thu tiền mặt trong tỉnh trước 30/6/2025.",
        "Hóa đơn được trả đúng hạn, đỡ công đi thu.",
        "Người không còn quầy để nộp sẽ trả chậm và bị cắt điện.",
        "Ai chưa trả được nếu không còn quầy? Gặp họ ở đâu?",
    ),
    (
        "Công ty nước sạch",
        "Khách hàng ít hơn điện; hóa đơn nhỏ, nhiều nơi vẫn thu tại nhà.",
        "Dùng chung bàn hướng dẫn với điện lực để đỡ tốn.",
        "Dân quen người thu tiền, đổi cách thu thì bỏ luôn.",
        "Trả được tiền điện rồi thì có trả tiền nước cùng một cách không?",
    ),
    (
        "Ngân hàng",
        "Bạn mở tài khoản, cài ứng dụng, đăng ký trích nợ tự động.",
        "Tài khoản mở ra phải có người dùng.",
        "Mở cho đủ chỉ tiêu rồi để đó; lừa đảo làm dân sợ.",
        "Mở tài khoản xong, ai ngồi cạnh khi người ta trả hóa đơn lần đầu?",
    ),
    (
        "Trưởng thôn, tổ công nghệ số cộng đồng",
        "Tổ của bạn đi từng ngõ, gõ từng nhà, việc gì số hóa cũng đến tay.",
        "Mỗi buổi tối đến được những nhà thật sự cần.",
        "Ít người, ít buổi tối; hướng dẫn một lần rồi bà con quên.",
        "Đến nhà ai trước? Ai quay lại sau một tháng?",
    ),
    (
        "Hội Phụ nữ, Đoàn Thanh niên",
        "Bạn mở lớp “Bình dân học vụ số” và có tình nguyện viên.",
        "Lớp có người học đúng đối tượng, học xong dùng được.",
        "Người đi học là người đã biết; người cần thì bận hoặc ngại.",
        "Làm sao để người ngại đến lớp cũng được học?",
    ),
    (
        "Công an xã (căn cước, định danh điện tử)",
        "Bạn cấp căn cước gắn chíp, định danh điện tử, cảnh báo lừa đảo.",
        "Ai cũng có giấy tờ hợp lệ để mở và xác thực tài khoản.",
        "Sau mỗi vụ lừa đảo, dân không tin cả cuộc gọi thật.",
        "Ai còn vướng giấy tờ hay sinh trắc học? Có dạy cách nhận ra lừa đảo không?",
    ),
    (
        "Nhân viên điểm thu hộ của bưu điện",
        "Bạn thu hộ tiền điện bằng tiền mặt, hưởng hoa hồng trên mỗi hóa đơn.",
        "Còn việc làm; được trả công nếu giúp dân trả qua điện thoại.",
        "Dân chuyển hết sang điện thoại thì bạn mất khoản hoa hồng.",
        "Tôi biết mặt những người chưa trả được. Sao không trả công để tôi hướng dẫn họ?",
    ),
    (
        "Công nhân ở trọ",
        "Chủ trọ đứng tên công tơ, bạn trả tiền điện cho chủ trọ; lương về tài khoản.",
        "Trả đúng số điện mình dùng, không qua tay người khác.",
        "Đi ca cả ngày, loa phát lúc không có nhà, lớp mở giờ đi làm.",
        "Người ở trọ có được tính là hộ chưa tiếp cận không?",
    ),
    (
        "Người cao tuổi sống một mình",
        "Bạn ngoài bảy mươi, dùng điện thoại phím bấm, nhận trợ cấp, trả tiền mặt.",
        "Có người quen đến tận nhà, làm chậm từng bước.",
        "Bấm nhầm thì mất tiền; phải đưa mật khẩu cho người khác.",
        "Nếu tôi vẫn muốn trả tiền mặt thì nộp ở đâu, đi bao xa?",
    ),
)
"""Title, who it is, what it wants, fears, asks the table."""
QUIZ = (
    (
        (
            "Tháng 8/2022, ngành điện báo 90,7 % khách hàng TTKDTM; cùng năm, một khảo sát thấy 70 % người trả hóa đơn "
            "chỉ dùng tiền mặt. Vì sao?"
        ),
        ("Một trong hai số bị sai.", "Hai bên đếm khác nhau, trên những người khác nhau.", "Dân khai không thật."),
        "B",
        "Bên đếm khách hàng (kể cả cơ quan, nhờ trả hộ, nộp ở điểm thu hộ), bên hỏi từng người lớn.",
    ),
    (
        "Bác Ba đưa tiền mặt cho điểm thu hộ ở bưu điện. Cách đếm nào có thể coi là “không dùng tiền mặt”?",
        ("Hóa đơn thu qua tổ chức trung gian.", "Khảo sát hỏi bác có trả từ tài khoản không.", "Không cách nào."),
        "A",
        "Đơn vị thu nhận tiền qua trung gian, còn bác vẫn trả tiền mặt.",
    ),
    (
        "Muốn tự chuyển khoản trả tiền điện thì trước hết cần gì?",
        ("Nghe loa nhắc nhiều lần.", "Có ví điện tử.", "Có tài khoản, điện thoại dùng được, giấy tờ hợp lệ."),
        "C",
        "Điều kiện cần có trước; vận động suông không thay được.",
    ),
    (
        "Bảng điểm: bàn 1 thêm 3.000 hộ [1.000; 5.000], bàn 2 thêm 3.400 hộ [1.200; 5.600]. Kết luận?",
        ("Bàn 2 thắng.", "Chưa phân biệt được, hai bàn ngang nhau.", "Cả hai bàn đều vô ích."),
        "B",
        "Hai khoảng chồng lên nhau nên không xếp hơn kém.",
    ),
    (
        "Các hộ trong mô hình là ai?",
        ("Hộ thật đã xóa tên.", "Hộ được chọn ngẫu nhiên ở Hưng Yên.", "Hộ mô phỏng dựng từ bảng tổng hợp đã công bố."),
        "C",
        "Không có hộ, thôn hay người thật nào trong đó.",
    ),
    (
        "Bên cạnh một kênh ghi bằng chứng mức D. Nghĩa là gì?",
        ("Hiệu quả dựa trên phán đoán, chưa có thử nghiệm.", "Kênh này kém nhất.", "Kênh này đã thử ở Hưng Yên."),
        "A",
        "D nói về điều ta biết, không nói kênh hay hay dở.",
    ),
)
"""Question, three answers, the right letter, why."""
WORDS = (
    ("TTKDTM", "Thanh toán không dùng tiền mặt: chuyển khoản, quét mã QR, trích nợ tự động, ví điện tử, Mobile-Money."),
    ("Hộ TTKDTM", "Hộ tự trả ít nhất một hóa đơn không dùng tiền mặt trong 3 tháng gần nhất."),
    ("Nhờ trả hộ", "Người khác trả giúp bằng phương tiện số; hộ đó chưa tự trả được."),
    ("Điểm thu hộ", "Bưu điện, cửa hàng nhận tiền mặt rồi chuyển cho đơn vị cung cấp."),
    ("Trích nợ tự động", "Ngân hàng tự trả hóa đơn từ tài khoản khi đến hạn."),
    ("Giữ như hiện nay", "Phương án gốc: không thêm gì. Mọi bàn được so với phương án này."),
    ("Khoảng 80 %", "Nơi kết quả rơi vào 8 trong 10 lần, khi cả rủi ro lẫn điều chưa biết đều được tính."),
    ("Chưa phân biệt được", "Hai khoảng chồng lên nhau: không nói được bên nào hơn."),
    ("Cùng yếu tố ngẫu nhiên", "Các bàn chạy trên cùng những hộ, cùng may rủi: chỉ khác ở lựa chọn."),
    ("Mức bằng chứng A–D", "A thử nghiệm tại chỗ … D phán đoán."),
    ("Nhóm chưa tiếp cận được", "Hộ chưa TTKDTM có người trả tiền từ 60 tuổi, hoặc thuộc 20 % hộ thu nhập thấp nhất."),
    ("Xu", "Đơn vị tiền trên phiếu: 1 xu = 100 triệu đồng cho Hưng Yên cũ, năm 2027."),
)
SCRIPTS = (
    (
        "talk",
        "nói chuyện",
        (
            (4, "Sáu câu hỏi (trước)", "Phát giấy câu hỏi, thu lại, không chữa."),
            (
                6,
                "Năm cách đếm",
                "Một bác nộp tiền mặt ở bưu điện: ai đếm bác là không tiền mặt? Nói về 90,7 % và 70 % năm 2022.",
            ),
            (
                5,
                "Mô hình làm gì",
                (
                    "Hộ mô phỏng, từng tháng, điều kiện cần có trước rồi mới đến vận động. Nói rõ: chỉ minh họa, chưa "
                    "hiệu chỉnh."
                ),
            ),
            (
                8,
                "Chọn cả hội trường",
                "Đọc tám lựa chọn, giơ tay chọn trong 10 xu, nhập một phiếu, chiếu bảng điểm (đã chạy sẵn vài phiếu).",
            ),
            (4, "Ai bị bỏ lại", "Chiếu trang hai nhóm chưa tiếp cận. Hỏi: xã ta ai giống người này?"),
            (3, "Tháng tới tôi làm gì", "Mỗi người ghi một việc. Chữa câu 1 và câu 4."),
        ),
    ),
    (
        "table",
        "làm việc theo bàn",
        (
            (
                8,
                "Mở đầu, sáu câu hỏi (trước)",
                "Chia bàn 8–10 người, phát thẻ vai, thẻ từ ngữ, giấy câu hỏi; thu giấy câu hỏi.",
            ),
            (10, "Năm cách đếm và mô hình", "Như phần nói chuyện, ngắn gọn; chiếu biểu đồ các chỉ tiêu."),
            (7, "Vào vai", "Mỗi người đọc thẻ của mình trong 30 giây; chủ trì không cắt lời."),
            (
                20,
                "Thảo luận, điền phiếu",
                "Mỗi bàn một phiếu, không quá 10 xu. Nhắc: ai còn bị bỏ lại? Thu phiếu đúng giờ.",
            ),
            (
                10,
                "Nhập và chấm",
                "Nhập mỗi phiếu dưới một phút, chấm dưới hai phút. Trong lúc chờ, mỗi bàn nói một câu vì sao chọn.",
            ),
            (
                15,
                "Bảng điểm",
                "Chiếu từng trang. Khoảng chồng nhau: ngang nhau. Trao giải cho bàn bớt được nhiều hộ chưa tiếp cận.",
            ),
            (10, "Rút kinh nghiệm", "Ra khỏi vai. Ba câu hỏi rút kinh nghiệm."),
            (6, "Tháng tới tôi làm gì", "Mỗi người điền phiếu, đọc một việc cho người bên cạnh nghe."),
            (4, "Sáu câu hỏi (sau)", "Cùng câu hỏi; thu lại, đọc đáp án."),
        ),
    ),
    (
        "half",
        "nửa ngày, hai vòng",
        (
            (10, "Mở đầu, sáu câu hỏi (trước)", "Chia bàn, phát giấy, nói mục đích và điều mô hình không nói được."),
            (15, "Năm cách đếm và mô hình", "Biểu đồ các chỉ tiêu; vì sao mỗi số một khác."),
            (10, "Vào vai", "Mỗi người đọc thẻ của mình; người ở trọ, người cao tuổi, điểm thu hộ nói trước."),
            (30, "Vòng 1: thảo luận, điền phiếu", "Không quá 10 xu. Thu phiếu đúng giờ."),
            (10, "Nhập và chấm vòng 1", "Ghi cả lên bảng treo tường."),
            (20, "Bảng điểm vòng 1", "Bàn nào cũng nói: điều gì làm mình bất ngờ? Ai còn bị bỏ lại?"),
            (15, "Giải lao", "Người điều hành xem lại các phiếu, kiểm tra máy."),
            (10, "Đổi vai", "Đổi thẻ với người ngồi đối diện, vẫn ở bàn cũ."),
            (30, "Vòng 2: sửa phiếu", "Được bỏ, thêm, đổi; vẫn 10 xu."),
            (10, "Nhập và chấm vòng 2", "Chấm chung với vòng 1 để thấy mỗi bàn thay đổi ra sao."),
            (20, "Bảng điểm vòng 2", "Trao giải. Nói rõ chỗ nào chưa phân biệt được."),
            (15, "Rút kinh nghiệm", "Ra khỏi vai. Điểm nghẽn trong từng ngành, ai gỡ được?"),
            (10, "Tháng tới tôi làm gì", "Ba việc, trong quyền hạn; giữ lại phiếu."),
            (5, "Sáu câu hỏi (sau)", "Thu lại, đọc đáp án, cảm ơn."),
        ),
    ),
)
"""Name, title, rows of minutes, what, how."""
BEFORE = (
    "In giấy; kéo, bút, đồng hồ; mỗi bàn 10 đồng xu hoặc hạt đậu để đếm.",
    "Trên máy: cashless-sim workshop prepare (chạy sẵn phần giữ như hiện nay), rồi nhập thử và chấm thử một phiếu.",
    (
        "Tắt chế độ ngủ của máy; cắm sạc; mở sẵn bảng điểm của phiếu thử, phóng toàn màn hình (F11), đọc thử từ cuối "
        "phòng."
    ),
    (
        "Bàn có 8 người thì bỏ thẻ công ty nước và thẻ công an; luôn giữ ba thẻ khó nghe nhất: điểm thu hộ, ở trọ, cao "
        "tuổi."
    ),
    "Không thu họ tên, số điện thoại của ai; phiếu chỉ có số bàn.",
    "Sửa giá và quy mô các lựa chọn cho đúng địa phương trong tệp choices.toml rồi in lại giấy.",
)
FAIL = (
    "Nói thẳng với hội trường: máy hỏng, ta chấm bằng giấy; kết quả là phép cộng gần đúng.",
    "Lấy tờ “Chấm bằng giấy”. Mỗi bàn cộng ba cột Điểm, Từ, Đến của các ô đã đánh dấu.",
    "Ghi lên bảng treo tường. Khoảng Từ–Đến chồng lên nhau thì ghi cùng hạng.",
    "Cộng cột Điểm chưa tiếp cận: bàn cao nhất nhận giải; hơn nhau dưới một phần ba thì cùng nhận.",
    "Giữ phiếu lại; khi có máy thì nhập và chấm, gửi kết quả sau.",
)
DEBRIEF = (
    "Lựa chọn nào thêm được nhiều hộ mà vẫn để sót người? Vì sao?",
    "Điều kiện nào phải có trước khi vận động: giấy tờ, tài khoản, điện thoại, người đi cùng? Ai lo được?",
    "Nếu bảng điểm sai một nửa thì bàn ta có đổi lựa chọn không? Cần biết thêm số liệu gì?",
)
