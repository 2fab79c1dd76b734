# Words of the browser chat that come from the server.
browser-chat-title = Trợ lý Công Vụ
browser-chat-subtitle = Phản ánh, khen ngợi, tra cứu
browser-citizen-title = Công dân
browser-citizen-subtitle = Phản ánh, khen ngợi, tra cứu
browser-official-title = Cán bộ
browser-official-subtitle = Điểm danh, tự kiểm tra
browser-head-title = Trưởng đơn vị
browser-head-subtitle = Phản ánh, bản tin tuần
browser-no-pane = Trang dùng thử này không mở ở đây.
browser-bad-request = Tin nhắn gửi lên bị lỗi, anh/chị vui lòng gửi lại.
browser-no-file = Không mở được tệp này.
browser-unknown-token = Cuộc trò chuyện này không còn, anh/chị vui lòng tải lại trang.
browser-too-big = Tệp quá lớn. Anh/chị vui lòng gửi tệp dưới 20 MB.
browser-not-found = Không có trang này.
browser-fault = Hệ thống đang bận, tin chưa được nhận. Anh/chị vui lòng gửi lại sau ít phút.
browser-whole-text = Nguyên văn.txt
browser-too-fast = Anh/chị gửi hơi nhanh. Vui lòng chờ một phút rồi gửi lại.
