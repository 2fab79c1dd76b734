# The weekly digest.
digest-title = 📰 BẢN TIN TUẦN { $first } – { $last }
    { $unit }
digest-title-so-far = 📰 TUẦN NÀY { $first } – { $last }, đến giờ này ({ $until })
    { $unit }
digest-quiet = Tuần này không có gì cần anh/chị xem. Chúc anh/chị tuần mới nhiều thuận lợi!
digest-no-work = Tuần này đơn vị chưa có buổi làm việc nào được tính.
digest-present = 👥 Có mặt { $percent }%{ $change }, muộn { $late } lượt
digest-checked = 🪞 Tự kiểm tra { $percent }%{ $change }
digest-up = {" "}(tăng { $points } điểm)
digest-down = {" "}(giảm { $points } điểm)
digest-same = {" "}(như tuần trước)
digest-new = 📥 Phản ánh mới: { $count } (tuần trước { $before })
digest-answered = 💬 Đã trả lời: { $count }, đúng hạn { $percent }%
digest-answered-none = 💬 Đã trả lời: 0
digest-overdue = 🔴 Đang quá hạn: { $count }
digest-category = {"   "}• { $name }: { $count } (tuần trước { $before })
digest-praise = 🌸 Lời khen: { $count }
digest-needs = VIỆC CẦN ANH/CHỊ:
digest-need-overdue = { $count } phản ánh quá hạn trả lời, lâu nhất là số { $number } (hạn { $due })
digest-need-near = { $count } phản ánh sắp đến hạn, gần nhất là số { $number } (hạn { $due })
digest-need-unaccepted = { $count } phản ánh chưa được tiếp nhận, lâu nhất là số { $number }
digest-need-empty = { $unit }: { $when } không có ai điểm danh
digest-need-pattern = { $count } phản ánh cùng loại «{ $name }» trong tuần (chưa xác minh)
digest-session = buổi { $session } { $day }
digest-first-button = ▶️ Mở ngay phản ánh số { $number }
digest-new-button = 📥 Mới ({ $count })
digest-answered-button = 💬 Đã trả lời ({ $count })
digest-overdue-button = 🔴 Quá hạn ({ $count })
digest-praise-button = 🌸 Lời khen ({ $count })
digest-attendance-button = 👥 Chi tiết chuyên cần
digest-seen-button = ✅ Đã xem
digest-last-week-button = ⏪ Tuần trước
digest-this-week-button = ⏩ Tuần này
digest-seen = Cảm ơn anh/chị, tôi đã ghi nhận anh/chị xem bản tin.
digest-seen-before = Anh/chị đã xem bản tin này rồi.
digest-not-yours = Số liệu này không thuộc đơn vị của anh/chị.
digest-list-new = { $title }
    { $count } phản ánh mới:
digest-list-answered = { $title }
    { $count } phản ánh đã trả lời:
digest-list-overdue = { $title }
    { $count } phản ánh quá hạn:
digest-list-praise = { $title }
    { $count } lời khen:
digest-case-line = Số { $number }
digest-case-line-named = Số { $number } · { $name }
digest-by-day = Theo ngày (lượt có mặt/lượt cần có mặt):
digest-day-line = • { $day }: { $present }/{ $expected }, muộn { $late }
digest-by-person = Cần hỏi thêm (vắng chưa báo, đến muộn):
digest-person-line = • { $name }: vắng { $missed } buổi, muộn { $late } lượt
digest-chart-title = Tuần { $first } – { $last }
digest-chart-days = Có mặt từng ngày
digest-chart-on-time = đúng giờ
digest-chart-late = muộn
digest-chart-missing = chưa điểm danh
digest-chart-day-0 = Thứ Hai
digest-chart-day-1 = Thứ Ba
digest-chart-day-2 = Thứ Tư
digest-chart-day-3 = Thứ Năm
digest-chart-day-4 = Thứ Sáu
digest-chart-day-5 = Thứ Bảy
digest-chart-day-6 = Chủ nhật
digest-chart-categories = Phản ánh mới theo loại
digest-chart-this-week = tuần này
digest-chart-last-week = tuần trước
digest-chart-footnote = Phản ánh là lời người dân, chưa xác minh. Tính đến { $at }.
digest-tile-present = Có mặt
digest-tile-checked = Tự kiểm tra
digest-tile-new = Phản ánh mới
digest-tile-before = tuần trước { $value }
digest-case-elsewhere = • { $line } (đơn vị trực thuộc đang xử lý)
digest-list-more = … và { $count } việc nữa: gõ /phananh để xem.
