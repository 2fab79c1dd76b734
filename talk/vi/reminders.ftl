# Reminders.
reminders-check_in = Buổi { $session } bắt đầu lúc { $starts }. Anh/chị đến nơi thì điểm danh giúp nhé.
reminders-self_check = Sắp hết giờ làm việc. Anh/chị dành nửa phút tự nhìn lại một ngày nhé, chỉ riêng anh/chị xem được.
reminders-near = ⏳ Phản ánh số { $number } ({ $name }) sắp đến hạn trả lời: { $due }.
reminders-overdue = 🔴 Phản ánh số { $number } ({ $name }) đã quá hạn trả lời từ { $due }.
reminders-still_there = Zalo sắp ngừng chuyển tin của cơ quan đến anh/chị, vì đã lâu anh/chị chưa nhắn gì ở đây. Anh/chị bấm nút dưới để tiếp tục nhận bản tin và lời nhắc.
reminders-still_there-button = Tiếp tục nhận tin
reminders-still_here = Cảm ơn anh/chị. Bản tin và lời nhắc vẫn tiếp tục đến đây.
