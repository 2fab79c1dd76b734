# Today's board.
board-title = 👥 { $unit }
    Lúc { $now }
board-nobody = Đơn vị chưa có ai trong danh sách.
board-no-session = Bây giờ chưa đến giờ điểm danh, hoặc hôm nay là ngày nghỉ.
board-session = Buổi { $session } (từ { $starts }): có mặt { $present }/{ $expected }
board-late = 🟡 Muộn { $count }: { $names }
board-late-name = { $name } ({ $minutes } phút)
board-corrected = 📝 Bổ sung, đã duyệt { $count }: { $names }
board-corrected-name = { $name } ({ $at })
board-missing = ⚪ Chưa điểm danh { $count }: { $names }
board-not-yet = Chưa đến giờ vào; còn { $count } người chưa điểm danh: { $names }
board-left = 👋 Đã về: { $names }
board-left-name = { $name } ({ $at })
board-left-name-corrected = { $name } ({ $at }, bổ sung)
board-away = 🏖 Vắng có báo { $count }: { $names }
board-away-name = { $name } ({ $kind })
board-again-button = 🔄 Xem lại
