# Reminders.
reminders-check_in = Buổi { $session } bắt đầu lúc { $starts }. Anh/chị đến nơi thì điểm danh giúp nhé.
reminders-self_check = Sắp hết giờ làm việc. Anh/chị dành nửa phút tự nhìn lại một ngày nhé, chỉ riêng anh/chị xem được.
reminders-near = ⏳ Phản ánh số { $number } ({ $name }) sắp đến hạn trả lời: { $due }.
reminders-overdue = 🔴 Phản ánh số { $number } ({ $name }) đã quá hạn trả lời từ { $due }.
